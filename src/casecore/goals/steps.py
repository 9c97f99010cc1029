"""
What may be written of a goal next.

The life of a goal, each step with whether it asks for a reason:

    proposed  -> accepted, active, on hold (reason), cancelled (reason), rejected (reason)
    accepted  -> active, on hold (reason), cancelled (reason), rejected (reason)
    active    -> on hold (reason), completed, cancelled (reason)
    on hold   -> active, completed, cancelled (reason)
    completed -> active (reason: taken up again)
    cancelled -> active (reason: taken up again)
    rejected  -> proposed (reason: taken up again)

These are our own choice, see ``docs/reference/choices/goals.md``: no rule that we know of names the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from casecore.terms import Verdict, all_of, no, yes

from .goal import GoalSet, GoalStatus, GoalStatusChanged, ProgressNoted
from .standing import Goal

STEPS: Mapping[GoalStatus, tuple[GoalStatus, ...]] = MappingProxyType(
    {
        GoalStatus.PROPOSED: (
            GoalStatus.ACCEPTED,
            GoalStatus.ACTIVE,
            GoalStatus.ON_HOLD,
            GoalStatus.CANCELLED,
            GoalStatus.REJECTED,
        ),
        GoalStatus.ACCEPTED: (GoalStatus.ACTIVE, GoalStatus.ON_HOLD, GoalStatus.CANCELLED, GoalStatus.REJECTED),
        GoalStatus.ACTIVE: (GoalStatus.ON_HOLD, GoalStatus.COMPLETED, GoalStatus.CANCELLED),
        GoalStatus.ON_HOLD: (GoalStatus.ACTIVE, GoalStatus.COMPLETED, GoalStatus.CANCELLED),
        GoalStatus.COMPLETED: (GoalStatus.ACTIVE,),
        GoalStatus.CANCELLED: (GoalStatus.ACTIVE,),
        GoalStatus.REJECTED: (GoalStatus.PROPOSED,),
    }
)
"""From each status, those that may follow."""

_BEGINNINGS = (GoalStatus.PROPOSED, GoalStatus.ACCEPTED, GoalStatus.ACTIVE)
_ASK_FOR_A_REASON = frozenset({GoalStatus.ON_HOLD, GoalStatus.CANCELLED, GoalStatus.REJECTED})


def may_set_goal(goal: Goal | None, entry: GoalSet) -> Verdict:
    """
    Whether a goal may be set, or restated, as *entry* says.

    Args:
        goal: The goal that already stands under this id, if there is one.
    """
    if goal is None:
        question = "May this goal be set?"
        begins = _claim(
            entry.status in _BEGINNINGS,
            "Does it begin where a goal can begin?",
            f"it begins as {entry.status.value}",
            "begin it as proposed, accepted or active, and change its status afterwards",
        )
        return all_of(question, [begins])
    return all_of(
        "May this goal be restated?",
        [
            _claim(
                goal.is_open,
                "Is the goal still open?",
                f"it is {goal.status.value} since {goal.status_since}",
                "take the goal up again first, or set a new one",
            ),
            _claim(
                entry.set_on >= goal.set_on,
                "Is the restatement dated after the goal was set?",
                f"the goal was set on {goal.set_on}",
                f"date it {goal.set_on} or later",
            ),
        ],
    )


def may_change_status(goal: Goal | None, change: GoalStatusChanged) -> Verdict:
    """
    Whether a goal's status may change as *change* says; a no names every reason at once.

    Args:
        goal: The goal as it stands on the day of the change; nothing where no such goal was set.
    """
    question = f"May the goal become {change.status.value}?"
    if goal is None:
        return no(question, "no goal with this id was set by that day", would_satisfy=["set the goal first"])
    allowed = STEPS[goal.status]
    named = " or ".join(status.value for status in allowed)
    is_taken_up_again = not goal.is_open and change.status in allowed
    asks = change.status in _ASK_FOR_A_REASON or is_taken_up_again
    return all_of(
        question,
        [
            _claim(
                change.status in allowed,
                f"Does {change.status.value} follow {goal.status.value}?",
                f"after {goal.status.value} comes {named}",
                f"change it to {named}",
            ),
            _claim(
                not asks or change.reason is not None,
                "Is a reason given where one is asked for?",
                f"no reason is given for {'taking it up again' if is_taken_up_again else change.status.value}",
                "give the reason",
            ),
            _claim(
                change.changed_on >= goal.status_since,
                "Is it dated after the change before it?",
                f"the goal is {goal.status.value} since {goal.status_since}",
                f"date it {goal.status_since} or later",
            ),
        ],
    )


def may_note_progress(goal: Goal | None, entry: ProgressNoted) -> Verdict:
    """
    Whether progress may be noted as *entry* says.

    A goal that is over may still be rated and its outcome noted: that is how an outcome comes to be recorded.
    """
    question = "May this progress be noted?"
    if goal is None:
        return no(question, "no goal with this id was set by that day", would_satisfy=["set the goal first"])
    return all_of(
        question,
        [
            _claim(
                entry.objective_id is None or goal.objective(entry.objective_id) is not None,
                "Does the goal have this objective?",
                "the goal has no objective with this id",
                "restate the goal with the objective, or note progress on one that it has",
            ),
            _claim(
                entry.noted_on >= goal.set_on,
                "Is it dated after the goal was set?",
                f"the goal was set on {goal.set_on}",
                f"date it {goal.set_on} or later",
            ),
        ],
    )


def _claim(holds: bool, question: str, because_not: str, would_satisfy: str) -> Verdict:
    return yes(question) if holds else no(question, because_not, would_satisfy=[would_satisfy])
