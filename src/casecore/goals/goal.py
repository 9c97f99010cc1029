"""The client's goals, in the client's words, with objectives that can be measured."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Entry, Label, Problem, Ref, Value, Words


class GoalStatus(enum.Enum):
    """Where a goal stands in its life; how far it was reached is another question, see `Achievement`."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


class Achievement(enum.Enum):
    """How far a goal has been reached."""

    IN_PROGRESS = "in-progress"
    IMPROVING = "improving"
    WORSENING = "worsening"
    NO_CHANGE = "no-change"
    ACHIEVED = "achieved"
    SUSTAINING = "sustaining"
    NOT_ACHIEVED = "not-achieved"
    NOT_ATTAINABLE = "not-attainable"


@attrs.frozen(kw_only=True)
class Objective(Value):
    """
    A measurable step toward a goal.

    Attributes:
        measure: What is counted or observed.
        unit: The unit of *baseline* and *target*.
        target_on: The day by which the target is to be reached.
    """

    objective_id: Ref
    words: Words
    measure: Words | None = None
    unit: Label | None = None
    baseline: Decimal | int | None = None
    target: Decimal | int | None = None
    target_on: date | None = None


@attrs.frozen(kw_only=True)
class GoalSet(Entry, kind="goal-set", dated="set_on"):
    """
    A goal written down; written again under the same id, it is restated.

    Attributes:
        words: The goal.
        in_clients_words: Whether these are the client's own words.
        needs: Ids of the needs it answers.
        weight: Its weight among the client's goals in attainment scaling.
        status: Where a new goal begins. A restatement leaves the status as it is: only `GoalStatusChanged` moves it.
    """

    set_on: date
    goal_id: Ref
    words: Words
    in_clients_words: bool
    objectives: tuple[Objective, ...] = ()
    needs: tuple[Ref, ...] = ()
    weight: Annotated[int, AtLeast(0), AtMost(100)] = 1
    status: GoalStatus = GoalStatus.ACTIVE

    def contradictions(self) -> Iterator[Problem]:
        ids = [objective.objective_id for objective in self.objectives]
        if len(set(ids)) < len(ids):
            yield Problem("objectives", "must not name an objective twice")


@attrs.frozen(kw_only=True)
class GoalStatusChanged(Entry, kind="goal-status", dated="changed_on"):
    """A goal's life moves on; leaving it open-ended or unfinished asks for a reason."""

    changed_on: date
    goal_id: Ref
    status: GoalStatus
    reason: Words | None = None


@attrs.frozen(kw_only=True)
class ProgressNoted(Entry, kind="progress", dated="noted_on"):
    """
    How a goal, or one objective of it, stands on a day.

    Attributes:
        objective_id: The objective that *value* and *achievement* speak of; without one, *achievement* is the goal's.
        value: The measure's value, in the objective's unit.
        attainment: The goal's level on the attainment scale, -2 (much less than expected) to +2 (much more).
    """

    noted_on: date
    goal_id: Ref
    objective_id: Ref | None = None
    value: Decimal | int | None = None
    achievement: Achievement | None = None
    attainment: Annotated[int, AtLeast(-2), AtMost(2)] | None = None
    note: Words | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.value is not None and self.objective_id is None:
            yield Problem("objective_id", "must be named where a value is given")
        if self.value is None and self.achievement is None and self.attainment is None and self.note is None:
            yield Problem("", "must say something: a value, an achievement, an attainment or a note")
