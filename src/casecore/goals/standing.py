"""Where each goal stands: what was written of it, folded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from casecore.terms import Count, Ref, Value, Words

from .goal import Achievement, GoalSet, GoalStatus, GoalStatusChanged, Objective, ProgressNoted

GoalEntry = GoalSet | GoalStatusChanged | ProgressNoted

OPEN = frozenset({GoalStatus.PROPOSED, GoalStatus.ACCEPTED, GoalStatus.ACTIVE, GoalStatus.ON_HOLD})
"""The statuses in which something can still come of a goal."""


@attrs.frozen(kw_only=True)
class Goal(Value):
    """
    One goal as it stands: its latest wording, its status, and what was noted of it.

    The status says where the goal is in its life. How far it was reached is said by `achievement`, `attainment` and
    the progress of its objectives: a completed goal need not have been achieved.

    Attributes:
        set_on: The day it was first written down.
        restated: How often it was written again.
        status_since: The day it came to that status.
        status_reason: The reason given then.
        has_begun: Whether it was ever active; a goal cancelled before it was taken up never began.
        noted: All progress noted, oldest first.
    """

    goal_id: Ref
    words: Words
    in_clients_words: bool
    objectives: tuple[Objective, ...]
    needs: tuple[Ref, ...]
    weight: int
    set_on: date
    restated: Count
    status: GoalStatus
    status_since: date
    status_reason: Words | None
    has_begun: bool
    noted: tuple[ProgressNoted, ...]

    @property
    def is_open(self) -> bool:
        """Whether something can still come of it: neither completed nor cancelled nor rejected."""
        return self.status in OPEN

    @property
    def achievement(self) -> Achievement | None:
        """How far the goal was last said to be reached; what is said of one objective is not said of the goal."""
        for note in reversed(self.noted):
            if note.achievement is not None and note.objective_id is None:
                return note.achievement
        return None

    @property
    def attainment(self) -> int | None:
        """The last level noted on the attainment scale, -2 to +2; nothing where the goal was never rated."""
        for note in reversed(self.noted):
            if note.attainment is not None:
                return note.attainment
        return None

    def objective(self, objective_id: str) -> Objective | None:
        """The objective with this id, in the goal's latest wording."""
        return next((each for each in self.objectives if each.objective_id == objective_id), None)


def goals_of(entries: Iterable[object], as_of: date | None = None) -> tuple[Goal, ...]:
    """
    The goals as they stand, in the order in which they were first set.

    Args:
        entries: Entries of one case, in any order; entries of other kinds are passed over. Of one day's entries a goal
            is set before its status changes, and that before progress is noted; beyond that the order given holds.
        as_of: Entries dated later are left out. Without a day everything written counts.

    What is dated before the goal it speaks of was set is passed over: there was no such goal then. The fold takes a
    change of status as it was written; whether it may be written is for `may_change_status`.
    """
    drafts: dict[str, _Draft] = {}
    for entry in _in_order(entries, as_of):
        draft = drafts.get(entry.goal_id)
        if isinstance(entry, GoalSet):
            if draft is None:
                drafts[entry.goal_id] = _Draft(entry)
            else:
                draft.latest = entry
                draft.restated += 1
        elif draft is None:
            continue
        elif isinstance(entry, GoalStatusChanged):
            draft.move(entry.status, entry.changed_on, entry.reason)
        else:
            draft.noted.append(entry)
    return tuple(draft.frozen() for draft in drafts.values())


_PLACE = {GoalSet: 0, GoalStatusChanged: 1, ProgressNoted: 2}


def _in_order(entries: Iterable[object], as_of: date | None) -> list[GoalEntry]:
    placed: list[tuple[date, int, int, GoalEntry]] = []
    for number, entry in enumerate(entries):
        if isinstance(entry, GoalSet):
            day = entry.set_on
        elif isinstance(entry, GoalStatusChanged):
            day = entry.changed_on
        elif isinstance(entry, ProgressNoted):
            day = entry.noted_on
        else:
            continue
        if as_of is None or day <= as_of:
            placed.append((day, _PLACE[type(entry)], number, entry))
    placed.sort()  # the number is unique, so entries themselves are never compared
    return [entry for _, _, _, entry in placed]


class _Draft:
    """A goal while it is being folded; changed in place, frozen once."""

    __slots__ = ("first", "has_begun", "latest", "noted", "restated", "status", "status_reason", "status_since")

    def __init__(self, first: GoalSet) -> None:
        self.first = self.latest = first
        self.restated = 0
        self.noted: list[ProgressNoted] = []
        self.has_begun = False
        self.move(first.status, first.set_on, None)

    def move(self, status: GoalStatus, since: date, reason: str | None) -> None:
        self.status, self.status_since, self.status_reason = status, since, reason
        self.has_begun = self.has_begun or status is GoalStatus.ACTIVE or status is GoalStatus.COMPLETED

    def frozen(self) -> Goal:
        latest = self.latest
        return Goal.unchecked(
            goal_id=latest.goal_id,
            words=latest.words,
            in_clients_words=latest.in_clients_words,
            objectives=latest.objectives,
            needs=latest.needs,
            weight=latest.weight,
            set_on=self.first.set_on,
            restated=self.restated,
            status=self.status,
            status_since=self.status_since,
            status_reason=self.status_reason,
            has_begun=self.has_begun,
            noted=tuple(self.noted),
        )
