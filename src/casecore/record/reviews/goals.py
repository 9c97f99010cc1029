"""Goals on which nothing moves, and goals closed without an outcome."""

from __future__ import annotations

from casecore.goals import (
    GoalOutcomes,
    GoalSet,
    GoalStatusChanged,
    ProgressNoted,
    StalledGoals,
    next_stall_on,
    review_goal_outcomes,
    review_stalled_goals,
)
from casecore.terms import Finding

from ..checklist import Question, Reviewed


def stalled_goals(asked: Question) -> Reviewed:
    """Active goals that nobody has noted progress on for longer than the standard allows; none after discharge."""
    standards = asked.rules.asking(StalledGoals)
    if not standards or asked.discharged_on is not None:
        return Reviewed()
    entries = asked.record.of(GoalSet, GoalStatusChanged, ProgressNoted)
    findings: list[Finding] = []
    turning_days = []
    for standard in standards:
        if entries and standard.in_force(asked.as_of):
            findings += review_stalled_goals(entries, standard, as_of=asked.as_of, working_days=asked.working_days)
            turning_days.append(next_stall_on(entries, standard, as_of=asked.as_of, working_days=asked.working_days))
    return Reviewed((), findings, [day for day in turning_days if day])


def goal_outcomes(asked: Question) -> Reviewed:
    """Goals that the discharge closed without anybody saying what came of them."""
    closed_on = asked.discharged_on
    if closed_on is None:
        return Reviewed()
    entries = asked.record.of(GoalSet, GoalStatusChanged, ProgressNoted)
    return Reviewed(
        (),
        [
            finding
            for standard in asked.rules.asking(GoalOutcomes)
            if standard.in_force(closed_on)
            for finding in review_goal_outcomes(entries, standard, closed_on=closed_on)
        ],
    )
