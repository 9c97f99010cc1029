"""May the client be discharged? With all reasons at once."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from casecore.crises import Stay
from casecore.goals import GoalStatus
from casecore.standards import Rule, Standard
from casecore.terms import (
    Due,
    DueState,
    Finding,
    Problem,
    Source,
    Span,
    Verdict,
    WorkingDays,
    all_of,
    no,
    not_known,
    yes,
)

from .discharge import Discharged, DischargePlanned, DischargeReason


class ReadinessItem(enum.Enum):
    """Something that a program can ask for before a planned discharge."""

    GOALS_HAVE_OUTCOME = "goals-have-outcome"
    NO_OPEN_DUTIES = "no-open-duties"
    """Nothing due or overdue."""
    NO_OVERDUE_DUTIES = "no-overdue-duties"
    """Nothing overdue; what is still on time does not stand in the way."""
    PLAN_COMPLETE = "plan-complete"
    """There is a discharge plan, and it has no gaps."""
    SUPPORTS_IN_PLACE = "supports-in-place"
    FOLLOW_UP_ARRANGED = "follow-up-arranged"
    PLAN_GIVEN_TO_CLIENT = "plan-given-to-client"
    NO_OPEN_STAY = "no-open-stay"
    NOTICE_GIVEN = "notice-given"


@attrs.frozen(kw_only=True)
class DischargeReadiness(Rule, asks="discharge-readiness"):
    """
    What the program asks for before a client is discharged.

    Attributes:
        asks_for: The items; all must hold for a planned discharge.
        when_unplanned: Those that stand in the way of an unplanned discharge too; a death is never held up.
        goal_outcomes: The statuses in which a goal has its outcome.
        notice: How long before the discharge the client must have been told: the discharge may be on the last day of
            this span, counted from the notice as day 0, or later.
        duties_passed_over: Names of standards whose open duties never stand in the way.
    """

    asks_for: tuple[ReadinessItem, ...]
    when_unplanned: tuple[ReadinessItem, ...] = ()
    goal_outcomes: tuple[GoalStatus, ...] = (GoalStatus.COMPLETED, GoalStatus.CANCELLED, GoalStatus.REJECTED)
    notice: Span | None = None
    duties_passed_over: tuple[str, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if not self.asks_for:
            yield Problem("asks_for", "must name at least one item")
        if len(set(self.asks_for)) < len(self.asks_for):
            yield Problem("asks_for", "must not name anything twice")
        if not set(self.when_unplanned) <= set(self.asks_for):
            yield Problem("when_unplanned", "must name only items of asks_for")
        if (ReadinessItem.NOTICE_GIVEN in self.asks_for) != (self.notice is not None):
            yield Problem("notice", "must be given where notice is asked for, and only there")


def may_discharge(
    standard: Standard[DischargeReadiness],
    *,
    on: date,
    is_planned: bool,
    reason: DischargeReason | None = None,
    goals: Iterable[tuple[str, GoalStatus]] | None = None,
    duties: Iterable[Due] | None = None,
    plan: DischargePlanned | None = None,
    plan_gaps: Iterable[Finding] | None = None,
    stays: Iterable[Stay] | None = None,
    discharge: Discharged | None = None,
    working_days: WorkingDays | None = None,
) -> Verdict:
    """
    May the client be discharged on this day? Everything the program asks for, each with its reason.

    A planned discharge needs every item. An unplanned one (lost to contact, died) is held up only by what the rule
    names for that; the rest is judged all the same and stands among the parts, so that the gaps can be seen. What is
    not asked for is not judged. An episode that has ended cannot be ended again.

    Args:
        standard: Read on *on*.
        on: The day of the discharge.
        reason: Why; a death counts as unplanned and is never held up.
        goals: Id and status of each goal. Nothing handed in (None) means not known, here and below; an empty list
            means that there is none.
        duties: What is owed as of *on*.
        plan: The discharge plan as it stands; None means that none was written.
        plan_gaps: What `review_discharge_plan` found in it.
        stays: The client's stays.
        discharge: The discharge that stands already, if one does.
        working_days: Asked for where notice is counted in business days.

    Raises:
        StandardNotInForce: *standard* has no edition on *on*.
        NotReadable: Notice is counted in business days, and no working days are given.
    """
    edition = standard.on(on)
    rule, source = edition.rule, edition.source
    owed = None if duties is None else [due for due in duties if due.standard not in rule.duties_passed_over]
    judge = {
        ReadinessItem.GOALS_HAVE_OUTCOME: lambda: _goals(goals, rule.goal_outcomes, source),
        ReadinessItem.NO_OPEN_DUTIES: lambda: _duties(owed, (DueState.DUE, DueState.OVERDUE), "open", source),
        ReadinessItem.NO_OVERDUE_DUTIES: lambda: _duties(owed, (DueState.OVERDUE,), "overdue", source),
        ReadinessItem.PLAN_COMPLETE: lambda: _complete(plan, plan_gaps, source),
        ReadinessItem.SUPPORTS_IN_PLACE: lambda: _planned(
            plan, "Are supports in place?", bool(plan and plan.supports), "who supports the client afterwards", source
        ),
        ReadinessItem.FOLLOW_UP_ARRANGED: lambda: _planned(
            plan, "Is follow-up arranged?", bool(plan and plan.follow_ups), "a follow-up that is arranged", source
        ),
        ReadinessItem.PLAN_GIVEN_TO_CLIENT: lambda: _given(plan, on, source),
        ReadinessItem.NO_OPEN_STAY: lambda: _stays(stays, on, source),
        ReadinessItem.NOTICE_GIVEN: lambda: _notice(plan, on, rule.notice, working_days, source),
    }
    parts = {item: judge[item]() for item in rule.asks_for}
    has_died = reason is DischargeReason.DIED
    if is_planned and not has_died:
        question, stand_in_the_way = "May the client be discharged as planned?", tuple(parts.values())
    else:
        question = "May the client be discharged, unplanned?"
        stand_in_the_way = () if has_died else tuple(parts[item] for item in rule.when_unplanned)
    ended = [] if discharge is None else [_ended(discharge)]
    judged = all_of(question, [*ended, *stand_in_the_way], source=source)
    gaps = sum(not part.is_yes for part in parts.values())
    because = (
        f"{gaps} of {len(parts)} items asked for do not hold, or are not known" if gaps else "all items asked for hold"
    )
    return attrs.evolve(
        judged, because="the episode has ended already" if ended else because, parts=(*ended, *parts.values())
    )


def _ended(discharge: Discharged) -> Verdict:
    return no(
        "Is the episode still going on?",
        f"discharged on {discharge.discharged_on}",
        would_satisfy=("the discharge undone, if it did not take place",),
    )


def _goals(goals: Iterable[tuple[str, GoalStatus]] | None, outcomes: tuple[GoalStatus, ...], source: Source) -> Verdict:
    question = "Has every goal an outcome?"
    if goals is None:
        return not_known(question, "goals", source=source)
    lacking = [goal_id for goal_id, status in goals if status not in outcomes]
    if not lacking:
        return yes(question, source=source)
    wanted = [f"the outcome of goal {goal_id}" for goal_id in lacking]
    return no(question, f"without one: {', '.join(lacking)}", would_satisfy=wanted, source=source)


def _duties(duties: list[Due] | None, states: tuple[DueState, ...], word: str, source: Source) -> Verdict:
    question = f"Is no duty {word}?"
    if duties is None:
        return not_known(question, "duties", source=source)
    left = [due for due in duties if due.state in states]
    if not left:
        return yes(question, source=source)
    wanted = [f"{due.what}, by {due.by}" for due in left]
    return no(
        question, f"{len(left)} {word}: {', '.join(due.code for due in left)}", would_satisfy=wanted, source=source
    )


def _no_plan(question: str, source: Source) -> Verdict:
    return no(question, "no discharge plan is written", would_satisfy=("a discharge plan",), source=source)


def _complete(plan: DischargePlanned | None, gaps: Iterable[Finding] | None, source: Source) -> Verdict:
    question = "Is the discharge plan complete?"
    if plan is None:
        return _no_plan(question, source)
    if gaps is None:
        return not_known(question, "discharge-plan-gaps", source=source)
    found = tuple(gaps)
    if not found:
        return yes(question, source=source)
    because = ", ".join(dict.fromkeys(finding.code for finding in found))
    wanted = tuple(dict.fromkeys(finding.would_satisfy for finding in found))
    return no(question, because, would_satisfy=wanted, source=source)


def _planned(plan: DischargePlanned | None, question: str, holds: bool, words: str, source: Source) -> Verdict:
    if plan is None:
        return _no_plan(question, source)
    if holds:
        return yes(question, source=source)
    return no(question, "the discharge plan names none", would_satisfy=(f"a plan with {words}",), source=source)


def _given(plan: DischargePlanned | None, on: date, source: Source) -> Verdict:
    question = "Has the client been given the plan?"
    if plan is None:
        return _no_plan(question, source)
    if plan.given_to_client_on is not None and plan.given_to_client_on <= on:
        return yes(question, f"on {plan.given_to_client_on}", source=source)
    because = "no such day is written" if plan.given_to_client_on is None else "only after the discharge"
    return no(question, because, would_satisfy=("the plan given to the client by the day of discharge",), source=source)


def _stays(stays: Iterable[Stay] | None, on: date, source: Source) -> Verdict:
    question = "Is the client out of hospital?"
    if stays is None:
        return not_known(question, "stays", source=source)
    left = [stay for stay in stays if stay.is_open_on(on)]
    if not left:
        return yes(question, source=source)
    because = ", ".join(f"{stay.setting.value} since {stay.admitted_on}" for stay in left)
    return no(question, because, would_satisfy=("the end of the stay",), source=source)


def _notice(
    plan: DischargePlanned | None, on: date, notice: Span | None, working_days: WorkingDays | None, source: Source
) -> Verdict:
    question = f"Was notice given {notice} before?"
    if plan is None or plan.notice_given_on is None or notice is None:
        return not_known(question, "notice-given-on", because="no day of notice is written", source=source)
    earliest = notice.after(plan.notice_given_on, working_days)
    if on >= earliest:
        return yes(question, f"on {plan.notice_given_on}", source=source)
    because = f"given on {plan.notice_given_on}"
    return no(question, because, would_satisfy=(f"a discharge on {earliest} or later",), source=source)
