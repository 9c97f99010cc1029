"""What came of every goal, asked when the plan or the episode closes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from casecore.standards import Rule, Standard
from casecore.terms import Finding, Problem

from .goal import Achievement, GoalStatus
from .standing import Goal, goals_of


@attrs.frozen(kw_only=True)
class GoalOutcomes(Rule, asks="goal-outcomes"):
    """
    What counts as a recorded outcome when a goal is closed with its plan or its episode.

    Attributes:
        outcomes: The achievements that are an outcome, as last noted of the goal itself.
        is_rating_enough: Whether a level on the attainment scale is an outcome too.
        is_cancelling_enough: Whether a goal cancelled with a reason needs no other outcome.
    """

    outcomes: frozenset[Achievement]
    is_rating_enough: bool
    is_cancelling_enough: bool

    def contradictions(self) -> Iterator[Problem]:
        if not self.outcomes and not self.is_rating_enough:
            yield Problem("outcomes", "must name an achievement, or a rating must be enough")


def review_goal_outcomes(
    entries: Iterable[object], standard: Standard[GoalOutcomes], *, closed_on: date
) -> tuple[Finding, ...]:
    """
    Flag the goals that are closed without anybody saying what came of them.

    Asked of every goal that was taken up. That a goal is completed is not an outcome: it says that work on it is over,
    not how far it was reached. Goals that were only proposed, accepted or rejected are passed over.

    Args:
        entries: Entries of one case, in any order; those dated after *closed_on* are left out.
        standard: Read on *closed_on*.
        closed_on: The day the plan or the episode closes; a discharge, say.

    Returns:
        One ``goal-without-outcome`` for each such goal, dated *closed_on*.

    Raises:
        StandardNotInForce: There is no edition for *closed_on*.
    """
    edition = standard.on(closed_on)
    rule = edition.rule
    wanted = " or ".join(each.value for each in Achievement if each in rule.outcomes)
    if rule.is_rating_enough:
        wanted = f"{wanted}, or its level on the attainment scale" if wanted else "its level on the attainment scale"
    return tuple(
        Finding(
            code="goal-without-outcome",
            on=closed_on,
            what=f"nothing says what came of a goal that is {goal.status.value}",
            standard=standard.name,
            source=edition.source,
            would_satisfy=f"a progress note on the goal: {wanted}",
            about=goal.goal_id,
        )
        for goal in goals_of(entries, closed_on)
        if goal.has_begun and not _has_outcome(goal, rule)
    )


def _has_outcome(goal: Goal, rule: GoalOutcomes) -> bool:
    if goal.achievement in rule.outcomes:
        return True
    if rule.is_rating_enough and goal.attainment is not None:
        return True
    return rule.is_cancelling_enough and goal.status is GoalStatus.CANCELLED and goal.status_reason is not None
