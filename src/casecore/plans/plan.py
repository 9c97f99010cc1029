"""The service plan: drafted, proposed, signed, reviewed, superseded, closed. Each step is an entry."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Entry, Label, Problem, Ref, Value, Words


class Signer(enum.Enum):
    """In which role somebody signs a plan."""

    CLIENT = "client"
    GUARDIAN = "guardian"
    CASE_MANAGER = "case-manager"
    SUPERVISOR = "supervisor"
    PHYSICIAN = "physician"
    PROVIDER = "provider"
    SUPPORT = "support"


class Per(enum.Enum):
    """The stretch of time a planned service's frequency counts over."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ONCE = "once"


@attrs.frozen(kw_only=True)
class PlannedNeed(Value):
    """A need the plan knows of: answered by goals or services, or deferred with a reason."""

    need_id: Ref
    words: Words
    deferred_because: Words | None = None


@attrs.frozen(kw_only=True)
class PlannedService(Value):
    """
    A service in the plan: who gives how much of what, how often, for how long.

    Attributes:
        minutes: The amount, each time.
        times, per: The frequency, as in 2 per week.
        starts_on, ends_on: The duration; *ends_on* is its last day.
    """

    service: Label
    provider: Label | None = None
    minutes: Annotated[int, AtLeast(1), AtMost(24 * 60)] | None = None
    times: Annotated[int, AtLeast(1), AtMost(1000)] | None = None
    per: Per | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    goals: tuple[Ref, ...] = ()
    needs: tuple[Ref, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield Problem("ends_on", "must not be before starts_on")


@attrs.frozen(kw_only=True)
class NaturalSupport(Value):
    """Somebody who is not paid to help, and what they agreed to do."""

    who: Label
    does: Words | None = None


@attrs.frozen(kw_only=True)
class PlanDrafted(Entry, kind="plan-drafted", dated="drafted_on"):
    """
    One version of the plan, written whole. A new version of the same plan carries no signatures.

    Attributes:
        plan_id: The same through all versions.
        plan_version: 1 for the first, then counting up.
        author: The worker who wrote it.
        goals: Ids of the goals in it.
        starts_on: First day it is meant to govern; nothing means from the last signature.
    """

    drafted_on: date
    plan_id: Ref
    plan_version: Annotated[int, AtLeast(1), AtMost(10_000)]
    author: Ref
    goals: tuple[Ref, ...] = ()
    needs: tuple[PlannedNeed, ...] = ()
    services: tuple[PlannedService, ...] = ()
    supports: tuple[NaturalSupport, ...] = ()
    starts_on: date | None = None

    def contradictions(self) -> Iterator[Problem]:
        if len(set(self.goals)) < len(self.goals):
            yield Problem("goals", "must not name a goal twice")
        if len({need.need_id for need in self.needs}) < len(self.needs):
            yield Problem("needs", "must not name a need twice")


@attrs.frozen(kw_only=True)
class PlanProposed(Entry, kind="plan-proposed", dated="proposed_on"):
    """A version is put to the signers; from then on only a new version changes it."""

    proposed_on: date
    plan_id: Ref
    plan_version: Annotated[int, AtLeast(1), AtMost(10_000)]


@attrs.frozen(kw_only=True)
class PlanSigned(Entry, kind="plan-signed", dated="signed_on"):
    """
    A signature, or a documented refusal to sign.

    Attributes:
        signer: Who signed: a worker's id, or the host's id of the person.
        refused_because: The reason given for not signing; the entry is then a refusal, not a signature.
    """

    signed_on: date
    plan_id: Ref
    plan_version: Annotated[int, AtLeast(1), AtMost(10_000)]
    role: Signer
    signer: Ref
    refused_because: Words | None = None


@attrs.frozen(kw_only=True)
class PlanReviewed(Entry, kind="plan-reviewed", dated="reviewed_on"):
    """
    A review of the plan: opened, then completed.

    Attributes:
        is_complete: Whether the review was completed on this day; otherwise it was opened and the plan is under review.
        next_within_days: A shorter interval asked for in writing by the client or family, for the reviews that follow.
    """

    reviewed_on: date
    plan_id: Ref
    is_complete: bool = True
    outcome: Words | None = None
    next_within_days: Annotated[int, AtLeast(1), AtMost(3660)] | None = None


@attrs.frozen(kw_only=True)
class PlanClosed(Entry, kind="plan-closed", dated="closed_on"):
    """The plan no longer governs; nothing follows it."""

    closed_on: date
    plan_id: Ref
    reason: Words
