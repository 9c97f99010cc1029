"""By when plans, signatures and reviews are owed, and what a plan lacks."""

from __future__ import annotations

from casecore.goals import GoalSet, GoalStatusChanged, ProgressNoted
from casecore.plans import (
    PlanClosed,
    PlanDrafted,
    PlanProposed,
    PlanQuality,
    PlanReviewed,
    PlanSignatures,
    PlanSigned,
    PlanTimes,
    plan_dues,
    review_plan,
)
from casecore.standards import Standard
from casecore.terms import Entry

from ..checklist import Question, Reviewed

_PLANS = (PlanDrafted, PlanProposed, PlanSigned, PlanReviewed, PlanClosed)
_GOALS = (GoalSet, GoalStatusChanged, ProgressNoted)


def plan_times(asked: Question) -> Reviewed:
    """The first plan, each signature waited for, each review."""
    standards = asked.rules.asking(PlanTimes)
    admission = asked.record.admission
    if not standards or admission is None:
        return Reviewed()
    entries: tuple[Entry, ...] = asked.record.of(*_PLANS)
    return Reviewed(
        [
            due
            for standard in standards
            for due in plan_dues(
                entries,
                standard,
                admitted_on=admission.admitted_on,
                as_of=asked.as_of,
                signatures=_signatures(asked),
                working_days=asked.working_days,
                until=asked.discharged_on,
            )
        ]
    )


def plan_quality(asked: Question) -> Reviewed:
    """What the governing plan, and the one before the signers, lack; none after discharge."""
    standards = asked.rules.asking(PlanQuality)
    if not standards or asked.discharged_on is not None or not asked.record.of(PlanDrafted):
        return Reviewed()
    entries: tuple[Entry, ...] = asked.record.of(*_PLANS, *_GOALS)
    return Reviewed(
        (),
        [
            finding
            for standard in standards
            for finding in review_plan(entries, standard, as_of=asked.as_of, signatures=_signatures(asked))
        ],
    )


def _signatures(asked: Question) -> Standard[PlanSignatures] | None:
    """The first by name; two standards on who signs a plan would contradict each other, which the linter tells."""
    return next(iter(asked.rules.asking(PlanSignatures)), None)
