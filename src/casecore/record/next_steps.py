"""Whether a step of a goal, a plan or a stay may be taken now, as the room of that stage judges it."""

from __future__ import annotations

from casecore.crises import StayBegan, StayEnded, may_begin_stay, may_end_stay, stays_of
from casecore.goals import (
    Goal,
    GoalSet,
    GoalStatusChanged,
    ProgressNoted,
    goals_of,
    may_change_status,
    may_note_progress,
    may_set_goal,
)
from casecore.plans import (
    PlanClosed,
    PlanDrafted,
    PlanProposed,
    PlanReviewed,
    PlanSignatures,
    PlanSigned,
    ServicePlan,
    may_close,
    may_draft,
    may_propose,
    may_review,
    may_sign,
    plans_of,
)
from casecore.standards import Standard
from casecore.terms import Entry, Verdict

from .case_record import CaseRecord


def may_come_next(
    record: CaseRecord, entry: Entry, signatures: Standard[PlanSignatures] | None = None
) -> Verdict | None:
    """
    Whether this step may follow what the whole record holds, whatever its day; nothing where no stage has a say.

    Args:
        signatures: Who must sign a plan, where a rulebook says so.
    """
    if isinstance(entry, GoalSet):
        return may_set_goal(_goal(record, entry.goal_id), entry)
    if isinstance(entry, GoalStatusChanged):
        return may_change_status(_goal(record, entry.goal_id), entry)
    if isinstance(entry, ProgressNoted):
        return may_note_progress(_goal(record, entry.goal_id), entry)
    if isinstance(entry, StayBegan):
        return may_begin_stay(stays_of(record.of(StayBegan, StayEnded)), entry)
    if isinstance(entry, StayEnded):
        return may_end_stay(stays_of(record.of(StayBegan, StayEnded)), entry)
    if isinstance(entry, PlanDrafted | PlanProposed | PlanSigned | PlanReviewed | PlanClosed):
        return _plan_step(_plan(record, entry.plan_id, signatures), entry, signatures)
    return None


def _plan_step(
    plan: ServicePlan | None,
    entry: PlanDrafted | PlanProposed | PlanSigned | PlanReviewed | PlanClosed,
    signatures: Standard[PlanSignatures] | None,
) -> Verdict:
    if isinstance(entry, PlanDrafted):
        return may_draft(plan, entry)
    if isinstance(entry, PlanProposed):
        return may_propose(plan, entry)
    if isinstance(entry, PlanSigned):
        return may_sign(plan, entry, signatures)
    return may_review(plan, entry) if isinstance(entry, PlanReviewed) else may_close(plan, entry)


def _goal(record: CaseRecord, goal_id: str) -> Goal | None:
    goals = goals_of(record.of(GoalSet, GoalStatusChanged, ProgressNoted))
    return next((goal for goal in goals if goal.goal_id == goal_id), None)


def _plan(record: CaseRecord, plan_id: str, signatures: Standard[PlanSignatures] | None) -> ServicePlan | None:
    steps = record.of(PlanDrafted, PlanProposed, PlanSigned, PlanReviewed, PlanClosed)
    plans = plans_of((step for step in steps if getattr(step, "plan_id", None) == plan_id), signatures=signatures)
    return plans[0] if plans else None
