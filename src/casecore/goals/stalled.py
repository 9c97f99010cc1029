"""Goals on which nothing moves: nobody noted anything, or nothing got better, for longer than the standard allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import attrs

from casecore.standards import Edition, Rule, Standard
from casecore.terms import ONE_DAY, Finding, Problem, Span, WorkingDays

from .goal import Achievement, GoalStatus, Objective, ProgressNoted
from .standing import Goal, goals_of


@attrs.frozen(kw_only=True)
class StalledGoals(Rule, asks="stalled-goals"):
    """
    How long an active goal may go without progress noted, and without improvement.

    Attributes:
        without_progress_noted: The longest time without any note on the goal.
        without_improvement: The longest time without a note that it got better.
    """

    without_progress_noted: Span | None = None
    without_improvement: Span | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.without_progress_noted is None and self.without_improvement is None:
            yield Problem("", "must ask for progress noted or for improvement")


NOT_NOTED = "goal-without-progress-noted"
NOT_IMPROVED = "goal-without-improvement"


class _Stall(NamedTuple):
    """From *on* the goal is stalled, unless something is entered."""

    code: str
    goal_id: str
    on: date
    anchor: date
    span: Span


def review_stalled_goals(
    entries: Iterable[object],
    standard: Standard[StalledGoals],
    *,
    as_of: date,
    working_days: WorkingDays | None = None,
) -> tuple[Finding, ...]:
    """
    Flag the active goals on which nothing has moved for longer than the standard allows.

    The time runs from the day the goal became active (or was resumed from hold), from the last note, and for
    improvement from the last note that it got better: an achievement *improving*, *achieved* or *sustaining*, an
    attainment level above the highest so far, or a value nearer the target than the baseline and every value before
    it. A goal last said to be achieved or sustained need not get better. Only active goals are judged: a goal on hold
    waits for a stated reason.

    Args:
        entries: Entries of one case, in any order.
        standard: Read on *as_of*: whether a goal is stalled today is asked by today's edition.
        working_days: Needed where the standard counts business days.

    Returns:
        ``goal-without-progress-noted`` and ``goal-without-improvement``, each dated the first day on which the goal
        was stalled, though not before the edition began.

    Raises:
        StandardNotInForce: There is no edition for *as_of*.
    """
    edition = standard.on(as_of)
    return tuple(
        _finding(stall, standard.name, edition)
        for stall in _stalls(goals_of(entries, as_of), edition, working_days)
        if stall.on <= as_of
    )


def next_stall_on(
    entries: Iterable[object],
    standard: Standard[StalledGoals],
    *,
    as_of: date,
    working_days: WorkingDays | None = None,
) -> date | None:
    """
    The first day after *as_of* on which `review_stalled_goals` finds more, if nothing is entered until then.

    It is told by the edition of *as_of*; an edition that begins before that day may bring it forward.
    """
    edition = standard.on(as_of)
    stalls = _stalls(goals_of(entries, as_of), edition, working_days)
    return min((stall.on for stall in stalls if stall.on > as_of), default=None)


def _stalls(
    goals: Iterable[Goal], edition: Edition[StalledGoals], working_days: WorkingDays | None
) -> Iterator[_Stall]:
    rule = edition.rule
    for goal in goals:
        if goal.status is not GoalStatus.ACTIVE:
            continue
        if span := rule.without_progress_noted:
            anchor = max(goal.status_since, goal.noted[-1].noted_on) if goal.noted else goal.status_since
            on = max(span.after(anchor, working_days) + ONE_DAY, edition.since)
            yield _Stall(NOT_NOTED, goal.goal_id, on, anchor, span)
        if (span := rule.without_improvement) and goal.achievement not in _AS_GOOD_AS_ASKED:
            anchor = max(goal.status_since, _improved_on(goal) or goal.status_since)
            on = max(span.after(anchor, working_days) + ONE_DAY, edition.since)
            yield _Stall(NOT_IMPROVED, goal.goal_id, on, anchor, span)


_AS_GOOD_AS_ASKED = (Achievement.ACHIEVED, Achievement.SUSTAINING)
_BETTER = (Achievement.IMPROVING, *_AS_GOOD_AS_ASKED)


def _improved_on(goal: Goal) -> date | None:
    """The day of the last note that says the goal got better."""
    objectives = {objective.objective_id: objective for objective in goal.objectives}
    best: dict[str, Decimal | int] = {}
    highest: int | None = None
    improved_on: date | None = None
    for note in goal.noted:
        is_better = note.achievement in _BETTER
        if note.attainment is not None:
            is_better = is_better or (highest is not None and note.attainment > highest)
            highest = note.attainment if highest is None else max(highest, note.attainment)
        if _is_nearest_yet(note, objectives, best):
            is_better = True
        if is_better:
            improved_on = note.noted_on
    return improved_on


def _is_nearest_yet(note: ProgressNoted, objectives: dict[str, Objective], best: dict[str, Decimal | int]) -> bool:
    """Whether the value noted is further toward the target than the baseline and every value before; keeps *best*."""
    objective = objectives.get(note.objective_id or "")
    if objective is None or note.value is None or objective.baseline is None or objective.target is None:
        return False
    so_far = best.get(objective.objective_id, objective.baseline)
    rises = objective.target > objective.baseline
    falls = objective.target < objective.baseline
    if (rises and note.value > so_far) or (falls and note.value < so_far):
        best[objective.objective_id] = note.value
        return True
    return False


def _finding(stall: _Stall, name: str, edition: Edition[StalledGoals]) -> Finding:
    if stall.code == NOT_NOTED:
        what = f"no progress noted on an active goal since {stall.anchor}; at most {stall.span} are allowed"
        would_satisfy = "a progress note on this goal, or putting it on hold with a reason"
    else:
        what = f"no improvement on an active goal since {stall.anchor}; at most {stall.span} are allowed"
        would_satisfy = "a note that it got better; or revise the goal, or put it on hold with a reason"
    return Finding(
        code=stall.code,
        on=stall.on,
        what=what,
        standard=name,
        source=edition.source,
        would_satisfy=would_satisfy,
        about=stall.goal_id,
    )
