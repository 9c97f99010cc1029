"""May the client be discharged? Every reason at once."""

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.crises import Setting, Stay
from casecore.discharges import (
    Destination,
    Discharged,
    DischargePlanned,
    DischargeReadiness,
    DischargeReason,
    FollowUpArranged,
    ReadinessItem,
    may_discharge,
)
from casecore.goals import GoalStatus
from casecore.standards import Standard
from casecore.terms import (
    Answer,
    Due,
    Finding,
    NotReadable,
    Period,
    Source,
    Span,
    StandardNotInForce,
    Verdict,
    WorkingDays,
    plain,
    read,
)
from casecore.testing.strategies.crises import stay_lists
from casecore.testing.strategies.discharges import discharge_readiness_rules, discharges_planned

SOURCE = Source(cite="Model Agency Manual 8.2", invented=True)
ON = date(2026, 3, 31)
EVERYTHING = DischargeReadiness(
    asks_for=tuple(ReadinessItem),
    notice=Span(days=10),
    duties_passed_over=("contacts/monthly",),
    when_unplanned=(ReadinessItem.NO_OPEN_STAY,),
)
PLAN = DischargePlanned(
    planned_on=date(2026, 3, 1),
    follow_ups=(FollowUpArranged(service="psychiatry"),),
    supports=("sister",),
    given_to_client_on=ON,
    notice_given_on=date(2026, 3, 21),
)
READY: dict[str, Any] = {
    "goals": [("g-1", GoalStatus.COMPLETED)],
    "duties": [],
    "plan": PLAN,
    "plan_gaps": [],
    "stays": [],
}
GAP = Finding(code="discharge-plan-lacks-supports", on=ON, what="gap", would_satisfy="a better plan")


def due(last: date, standard: str = "plans/review") -> Due:
    return Due(
        code="review-owed", what="a review", window=Period(date(2026, 3, 1), last), since=date(2026, 3, 1), as_of=ON,
        standard=standard,
    )  # fmt: skip


DUE, OVERDUE = due(date(2026, 4, 15)), due(date(2026, 3, 31))


def asked(rule: DischargeReadiness = EVERYTHING, *, is_planned: bool = True, on: date = ON, **facts: Any) -> Verdict:
    standard = Standard.fixed("discharges/readiness", rule, since=date(2026, 1, 1), source=SOURCE)
    return may_discharge(standard, on=on, is_planned=is_planned, **{**READY, **facts})


def one(item: ReadinessItem, **facts: Any) -> Verdict:
    notice = Span(days=10) if item is ReadinessItem.NOTICE_GIVEN else None
    (part,) = asked(DischargeReadiness(asks_for=(item,), notice=notice), **facts).parts
    return part


class TestAPlannedDischarge:
    """A client is discharged as planned when everything the program asks for is there."""

    def test_ready(self) -> None:
        verdict = asked()
        assert verdict.is_yes
        assert len(verdict.parts) == len(ReadinessItem)
        assert verdict.source == SOURCE

    def test_nothing_ready_gives_every_reason_at_once(self) -> None:
        verdict = asked(
            goals=[("g-1", GoalStatus.ACTIVE)],
            duties=[OVERDUE],
            plan=None,
            stays=[Stay(stay_id="s", setting=Setting.MEDICAL_INPATIENT, admitted_on=ON)],
        )
        answers = [part.answer for part in verdict.parts]
        assert verdict.is_no
        assert answers.count(Answer.NO) == 8
        assert answers.count(Answer.NOT_KNOWN) == 1
        assert verdict.because == "9 of 9 items asked for do not hold, or are not known"

    def test_what_was_not_handed_in_is_not_known_never_no(self) -> None:
        verdict = asked(goals=None, duties=None, plan_gaps=None, stays=None)
        assert verdict.answer is Answer.NOT_KNOWN
        assert verdict.missing == ("goals", "duties", "discharge-plan-gaps", "stays")

    def test_a_day_without_an_edition_is_refused(self) -> None:
        with pytest.raises(StandardNotInForce):
            asked(on=date(2025, 12, 31))


class TestEachItem:
    """What each item asks for."""

    @pytest.mark.parametrize("status", GoalStatus)
    def test_a_goal_has_its_outcome_when_completed_cancelled_or_rejected(self, status: GoalStatus) -> None:
        ended = status in (GoalStatus.COMPLETED, GoalStatus.CANCELLED, GoalStatus.REJECTED)
        assert one(ReadinessItem.GOALS_HAVE_OUTCOME, goals=[("g-7", status)]).is_yes == ended

    def test_no_goals_at_all_leaves_none_open(self) -> None:
        assert one(ReadinessItem.GOALS_HAVE_OUTCOME, goals=[]).is_yes

    def test_the_goals_without_an_outcome_are_named(self) -> None:
        part = one(ReadinessItem.GOALS_HAVE_OUTCOME, goals=[("g-1", GoalStatus.ON_HOLD), ("g-2", GoalStatus.COMPLETED)])
        assert part.would_satisfy == ("the outcome of goal g-1",)

    def test_open_is_due_or_overdue_and_overdue_is_overdue(self) -> None:
        answers = [
            one(item, duties=[duty]).answer
            for item in (ReadinessItem.NO_OPEN_DUTIES, ReadinessItem.NO_OVERDUE_DUTIES)
            for duty in (DUE, OVERDUE)
        ]
        assert answers == [Answer.NO, Answer.NO, Answer.YES, Answer.NO]

    def test_what_is_met_lifted_or_to_come_does_not_stand_in_the_way(self) -> None:
        done = attrs.evolve(OVERDUE, met_on=ON)
        lifted = attrs.evolve(OVERDUE, lifted_because="exempted")
        coming = attrs.evolve(OVERDUE, window=Period(date(2026, 4, 1), date(2026, 5, 1)))
        assert one(ReadinessItem.NO_OPEN_DUTIES, duties=[done, lifted, coming]).is_yes

    def test_standards_can_be_passed_over(self) -> None:
        rule = attrs.evolve(EVERYTHING, asks_for=(ReadinessItem.NO_OPEN_DUTIES,), notice=None, when_unplanned=())
        assert asked(rule, duties=[due(date(2026, 4, 15), "contacts/monthly")]).is_yes
        assert asked(rule, duties=[DUE]).is_no

    def test_a_plan_with_gaps_is_not_complete(self) -> None:
        part = one(ReadinessItem.PLAN_COMPLETE, plan_gaps=[GAP])
        assert part.is_no
        assert (part.because, part.would_satisfy) == ("discharge-plan-lacks-supports", ("a better plan",))

    def test_supports_follow_up_and_copy(self) -> None:
        bare = DischargePlanned(planned_on=date(2026, 3, 1))
        for item in (
            ReadinessItem.SUPPORTS_IN_PLACE,
            ReadinessItem.FOLLOW_UP_ARRANGED,
            ReadinessItem.PLAN_GIVEN_TO_CLIENT,
        ):
            assert one(item).is_yes
            assert one(item, plan=bare).is_no
            assert one(item, plan=None).because == "no discharge plan is written"

    def test_a_copy_given_the_day_after_the_discharge_is_too_late(self) -> None:
        late = attrs.evolve(PLAN, given_to_client_on=date(2026, 4, 1))
        assert one(ReadinessItem.PLAN_GIVEN_TO_CLIENT, plan=late).is_no

    def test_a_stay_that_ends_on_the_day_is_over(self) -> None:
        stay = Stay(stay_id="s", setting=Setting.STATE_HOSPITAL, admitted_on=date(2026, 3, 1))
        assert one(ReadinessItem.NO_OPEN_STAY, stays=[stay]).is_no
        assert one(ReadinessItem.NO_OPEN_STAY, stays=[attrs.evolve(stay, discharged_on=ON)]).is_yes
        assert one(ReadinessItem.NO_OPEN_STAY, stays=[attrs.evolve(stay, discharged_on=date(2026, 4, 1))]).is_no

    def test_notice_ten_days_before(self) -> None:
        for day, answer in ((20, Answer.YES), (21, Answer.YES), (22, Answer.NO)):
            plan = attrs.evolve(PLAN, notice_given_on=date(2026, 3, day))
            assert one(ReadinessItem.NOTICE_GIVEN, plan=plan).answer is answer

    def test_a_notice_that_nobody_wrote_down_is_not_known(self) -> None:
        part = one(ReadinessItem.NOTICE_GIVEN, plan=attrs.evolve(PLAN, notice_given_on=None))
        assert part.missing == ("notice-given-on",)

    def test_notice_in_business_days(self) -> None:
        rule = DischargeReadiness(asks_for=(ReadinessItem.NOTICE_GIVEN,), notice=Span(business_days=7))
        assert asked(rule, working_days=WorkingDays()).is_yes
        assert asked(attrs.evolve(rule, notice=Span(business_days=8)), working_days=WorkingDays()).is_no


class TestAnUnplannedDischarge:
    """A client who is lost to contact or has died is discharged whatever is missing; the gaps are listed still."""

    def test_it_is_not_held_up(self) -> None:
        verdict = asked(is_planned=False, plan=None, goals=None)
        assert verdict.is_yes
        assert verdict.because == "6 of 9 items asked for do not hold, or are not known"
        assert sum(not part.is_yes for part in verdict.parts) == 6

    def test_what_the_rule_names_holds_it_up(self) -> None:
        stays = [Stay(stay_id="s", setting=Setting.STATE_HOSPITAL, admitted_on=ON)]
        assert asked(is_planned=False, stays=stays).is_no
        assert asked(is_planned=False, stays=None).missing == ("stays",)

    def test_a_death_is_never_held_up(self) -> None:
        stays = [Stay(stay_id="s", setting=Setting.STATE_HOSPITAL, admitted_on=ON)]
        for is_planned in (True, False):
            assert asked(is_planned=is_planned, reason=DischargeReason.DIED, stays=stays, plan=None).is_yes

    def test_an_episode_that_has_ended_cannot_end_again(self) -> None:
        left = Discharged(
            discharged_on=ON, reason=DischargeReason.GOALS_MET, is_planned=True, destination=Destination.FAMILY
        )
        for is_planned in (True, False):
            verdict = asked(is_planned=is_planned, discharge=left)
            assert verdict.is_no
            assert verdict.because == "the episode has ended already"
            assert verdict.would_satisfy == ("the discharge undone, if it did not take place",)


class TestAnyFacts:
    """Whatever the rule and the facts."""

    @given(
        discharge_readiness_rules(),
        st.none() | st.lists(st.tuples(st.just("g"), st.sampled_from(GoalStatus)), max_size=3),
        st.none() | st.lists(st.sampled_from((DUE, OVERDUE)), max_size=2),
        st.none() | discharges_planned(),
        st.none() | st.lists(st.just(GAP), max_size=1),
        st.none() | stay_lists(most=2),
    )
    def test_planned_is_yes_just_when_every_part_is_and_unplanned_needs_no_more(
        self,
        rule: DischargeReadiness,
        goals: list[tuple[str, GoalStatus]] | None,
        duties: list[Due] | None,
        plan: DischargePlanned | None,
        plan_gaps: list[Finding] | None,
        stays: list[Stay] | None,
    ) -> None:
        named: dict[str, Any] = {"goals": goals, "duties": duties, "plan": plan, "plan_gaps": plan_gaps, "stays": stays}
        planned = asked(rule, **named)
        unplanned = asked(rule, is_planned=False, **named)
        assert planned.is_yes == all(part.is_yes for part in planned.parts)
        assert planned.is_no == any(part.is_no for part in planned.parts)
        assert bool(planned.missing) == (planned.answer is Answer.NOT_KNOWN)
        assert unplanned.parts == planned.parts
        assert unplanned.is_yes or not planned.is_yes
        assert rule.when_unplanned or unplanned.is_yes


class TestTheRuleAsData:
    """Readiness is data; a rule that contradicts itself is refused with every reason."""

    @given(discharge_readiness_rules())
    def test_what_is_written_out_is_read_back(self, rule: DischargeReadiness) -> None:
        assert read(plain(rule), DischargeReadiness) == rule

    def test_everything_wrong_is_told_at_once(self) -> None:
        item = ReadinessItem.NO_OPEN_STAY
        with pytest.raises(NotReadable) as told:
            DischargeReadiness(asks_for=(item, item), when_unplanned=(ReadinessItem.NOTICE_GIVEN,), notice=Span(days=1))
        assert [problem.path for problem in told.value.problems] == ["asks_for", "when_unplanned", "notice"]
        with pytest.raises(NotReadable):
            DischargeReadiness(asks_for=())
