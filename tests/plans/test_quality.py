"""What a good plan holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.goals import Goal, GoalSet, GoalStatus, GoalStatusChanged, Objective, goals_of
from casecore.plans import (
    NaturalSupport,
    Per,
    PlanCheck,
    PlannedNeed,
    PlannedService,
    PlanQuality,
    PlanVersion,
    Signer,
    plans_of,
    review_plan,
    review_plan_quality,
)
from casecore.standards import Edition, Standard
from casecore.terms import Finding, NotReadable, StandardNotInForce, plain, read
from casecore.testing.strategies import goals as goal_strategies
from casecore.testing.strategies import plans as strategies
from tests.plans.stories import ALL_THREE, CITED, DAY, LONG_AGO, closed, drafted, proposed, signed

ALL = frozenset(PlanCheck)


def asking(*checks: PlanCheck, since: date = LONG_AGO) -> Standard[PlanQuality]:
    return Standard.fixed("plans/quality", PlanQuality(checks=frozenset(checks) or ALL), since=since, source=CITED)


STEP = Objective(
    objective_id="o-1", words="Sleep inside", measure="nights a month", baseline=4, target=28, target_on=DAY(90)
)
HOUSING = PlannedService(
    service="housing help",
    provider="Shelter",
    minutes=60,
    times=1,
    per=Per.WEEK,
    starts_on=DAY(5),
    ends_on=DAY(90),
    goals=("g-1",),
)
PLACE = PlannedNeed(need_id="n-1", words="A place to live")
SISTER = NaturalSupport(who="sister")


def goal(**fields: Any) -> GoalSet:
    given: dict[str, Any] = {
        "goal_id": "g-1",
        "words": "My own place",
        "in_clients_words": True,
        "objectives": (STEP,),
        "needs": ("n-1",),
        **fields,
    }
    return GoalSet(set_on=DAY(1), **given)


def found(*goals: Any, rule: Standard[PlanQuality] | None = None, signatures: Any = None, **plan: Any) -> list[Finding]:
    content: dict[str, Any] = {
        "goals": ("g-1",),
        "needs": (PLACE,),
        "services": (HOUSING,),
        "supports": (SISTER,),
        **plan,
    }
    entries = [drafted(2, **content), proposed(3), signed(4)]
    (made,) = plans_of(entries, signatures=signatures)
    return list(review_plan_quality(made.newest, goals_of(goals or [goal()]), rule or asking()))


def codes(*goals: Any, **plan: Any) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.about)) for finding in found(*goals, **plan)]


class TestAGoodPlan:
    """A plan that holds all that is asked for has no finding."""

    def test_nothing_is_found(self) -> None:
        assert found() == []


class TestNeeds:
    """Each need is addressed by a goal or a service, or deferred with a reason."""

    def test_neither_addressed_nor_deferred(self) -> None:
        assert codes(goal(needs=())) == [("need-not-addressed", "n-1")]

    def test_a_service_that_names_it_is_enough(self) -> None:
        assert codes(goal(needs=()), services=(attrs.evolve(HOUSING, needs=("n-1",)),)) == []

    def test_deferring_it_with_a_reason_is_enough(self) -> None:
        assert codes(goal(needs=()), needs=(attrs.evolve(PLACE, deferred_because="after discharge"),)) == []
        with pytest.raises(NotReadable, match="deferred_because"):
            attrs.evolve(PLACE, deferred_because=" ")

    def test_a_goal_outside_the_plan_does_not_address_it(self) -> None:
        other = goal(goal_id="g-2", needs=("n-1",))
        assert codes(goal(needs=()), other) == [("need-not-addressed", "n-1")]

    @pytest.mark.parametrize("status", list(GoalStatus))
    def test_a_goal_given_up_addresses_nothing(self, status: GoalStatus) -> None:
        moved = GoalStatusChanged(changed_on=DAY(9), goal_id="g-1", status=status, reason="because")
        given_up = status in (GoalStatus.CANCELLED, GoalStatus.REJECTED)
        assert bool(codes(goal(), moved)) is given_up

    def test_a_service_for_a_need_the_plan_does_not_hold(self) -> None:
        assert codes(services=(attrs.evolve(HOUSING, needs=("n-7",)),)) == [("need-not-known", "n-7")]


class TestGoals:
    """Goals are the client's, in the client's words, with steps that can be measured."""

    def test_a_plan_without_goals(self) -> None:
        services = (attrs.evolve(HOUSING, goals=(), needs=("n-1",)),)
        assert codes(goals=(), services=services) == [("plan-without-goals", "p-1")]

    def test_goals_nobody_set_whether_the_plan_or_a_service_names_them(self) -> None:
        services = (attrs.evolve(HOUSING, goals=("g-1", "g-8", "g-9")),)
        assert codes(goals=("g-1", "g-9"), services=services) == [("goal-not-known", "g-9"), ("goal-not-known", "g-8")]

    def test_not_in_the_clients_words(self) -> None:
        assert codes(goal(in_clients_words=False)) == [("goal-not-in-clients-words", "g-1")]

    def test_without_an_objective(self) -> None:
        assert codes(goal(objectives=())) == [("goal-without-objective", "g-1")]

    @pytest.mark.parametrize(
        ("field", "code"),
        [
            ("measure", "objective-without-measure"),
            ("baseline", "objective-without-baseline"),
            ("target", "objective-without-target"),
            ("target_on", "objective-without-target-day"),
        ],
    )
    def test_an_objective_that_cannot_be_measured(self, field: str, code: str) -> None:
        lacking: dict[str, Any] = {field: None}
        assert codes(goal(objectives=(attrs.evolve(STEP, **lacking),))) == [(code, "o-1")]

    def test_a_baseline_of_zero_is_a_baseline(self) -> None:
        assert codes(goal(objectives=(attrs.evolve(STEP, baseline=0),))) == []

    def test_goals_that_are_over_are_past_mending(self) -> None:
        over = GoalStatusChanged(changed_on=DAY(9), goal_id="g-1", status=GoalStatus.COMPLETED)
        assert codes(goal(in_clients_words=False, objectives=()), over) == []


class TestServices:
    """Each service says who gives how much of it, how often, and until when."""

    @pytest.mark.parametrize(
        ("field", "code"),
        [
            ("provider", "service-without-provider"),
            ("minutes", "service-without-amount"),
            ("times", "service-without-frequency"),
            ("per", "service-without-frequency"),
            ("ends_on", "service-without-duration"),
        ],
    )
    def test_each_lack_by_its_own_code(self, field: str, code: str) -> None:
        lacking: dict[str, Any] = {field: None}
        assert codes(services=(attrs.evolve(HOUSING, **lacking),)) == [(code, "housing help")]

    def test_a_service_given_once_needs_neither_frequency_nor_duration(self) -> None:
        once = attrs.evolve(HOUSING, per=Per.ONCE, times=None, starts_on=None, ends_on=None)
        assert codes(services=(once,)) == []


class TestSupportsAndSignatures:
    """A plan names somebody who is not paid to help, and is signed by all who must."""

    def test_no_natural_support(self) -> None:
        assert codes(supports=()) == [("plan-without-natural-support", "p-1")]

    def test_the_missing_roles_are_named_and_it_is_dated_the_day_it_was_proposed(self) -> None:
        (finding,) = found(signatures=ALL_THREE)
        assert finding.code == "plan-unsigned"
        assert finding.on == DAY(3)
        assert finding.what == "version 1 of the plan: not signed by case-manager, supervisor"
        assert finding.would_satisfy == "the signature of case-manager, supervisor"

    def test_without_a_standard_for_signatures_somebody_must_have_signed(self) -> None:
        (plan,) = plans_of([drafted(2), proposed(3)])
        (finding,) = review_plan_quality(plan.newest, (), asking(PlanCheck.UNSIGNED))
        assert finding.what == "version 1 of the plan: not signed by anybody"


class TestRulebookAsks:
    """Only what the rulebook asks for is found, by the edition of the day the version was drafted."""

    @pytest.mark.parametrize("check", list(PlanCheck))
    def test_each_check_is_asked_for_alone(self, check: PlanCheck) -> None:
        bare = goal(in_clients_words=False, needs=(), objectives=(Objective(objective_id="o-1", words="Sleep inside"),))
        without_step = goal(goal_id="g-2", objectives=(), needs=())
        goals = ("g-1", "g-2", "g-9") if check is not PlanCheck.WITHOUT_GOALS else ()
        services = (PlannedService(service="rides", needs=("n-8",)),)
        every = found(bare, without_step, goals=goals, services=services, supports=(), signatures=ALL_THREE)
        only = found(
            bare, without_step, goals=goals, services=services, supports=(), signatures=ALL_THREE, rule=asking(check)
        )
        assert only
        assert only == [finding for finding in every if finding.code == check.value]

    def test_the_day_before_and_the_day_of_the_next_edition(self) -> None:
        standard = Standard(
            name="plans/quality",
            editions=(
                Edition(
                    since=DAY(2), source=CITED, value=PlanQuality(checks=frozenset({PlanCheck.WITHOUT_NATURAL_SUPPORT}))
                ),
                Edition(since=DAY(9), source=CITED, value=PlanQuality(checks=frozenset({PlanCheck.WITHOUT_GOALS}))),
            ),
        )

        def of(day: int) -> list[str]:
            (plan,) = plans_of([drafted(day), proposed(20)])
            return [finding.code for finding in review_plan_quality(plan.newest, (), standard)]

        assert of(8) == ["plan-without-natural-support"]
        assert of(9) == ["plan-without-goals"]
        with pytest.raises(StandardNotInForce):
            of(1)
        assert review_plan([drafted(1), proposed(2)], standard, as_of=DAY(9)) == ()

    def test_findings_carry_standard_source_and_remedy_and_no_words_of_the_client(self) -> None:
        for finding in found(goal(words="My secret place", objectives=()), needs=(PLACE,), supports=()):
            assert (finding.standard, finding.source) == ("plans/quality", CITED)
            assert finding.would_satisfy
            assert "secret" not in finding.what + finding.would_satisfy

    def test_the_rule_is_read_from_toml(self) -> None:
        rule = PlanQuality(checks=frozenset({PlanCheck.UNSIGNED}))
        assert read({"checks": ["plan-unsigned"]}, PlanQuality) == rule
        assert PlanQuality.asks == "plan-quality"
        with pytest.raises(NotReadable, match="checks"):
            PlanQuality(checks=frozenset())
        with pytest.raises(NotReadable, match="checks"):
            read({"checks": ["plan-unsinged"]}, PlanQuality)

    @given(strategies.plan_qualities())
    def test_any_rule_comes_back_from_plain_data(self, rule: PlanQuality) -> None:
        assert read(plain(rule), PlanQuality) == rule

    @settings(max_examples=50, deadline=None)
    @given(strategies.plan_versions(), st.lists(goal_strategies.goals(), max_size=1))
    def test_whatever_the_plan_each_lack_is_told_once(self, version: PlanVersion, goals: list[Goal]) -> None:
        findings = review_plan_quality(version, goals, asking())
        services = {service.service for service in version.content.services}
        told = [(finding.code, finding.about) for finding in findings if finding.about not in services]
        assert len(set(told)) == len(told)
        named = {*version.content.goals, *(goal for each in version.content.services for goal in each.goals)}
        unknown = named - {goal.goal_id for goal in goals}
        assert {finding.about for finding in findings if finding.code == "goal-not-known"} == unknown


class TestReviewPlan:
    """Of a case's plans the newest signed version is judged, and the one that is before the signers."""

    RULE = asking(PlanCheck.WITHOUT_NATURAL_SUPPORT, PlanCheck.NEED_NOT_ADDRESSED)

    def judged(self, *entries: Any, as_of: int = 99) -> list[str]:
        return [finding.what[:9] for finding in review_plan(entries, self.RULE, as_of=DAY(as_of))]

    def test_a_draft_is_its_authors_until_it_is_proposed(self) -> None:
        life = [drafted(1), proposed(2), signed(3), drafted(10, 2), proposed(11, 2), signed(12, version=2), closed(20)]
        assert self.judged(*life, as_of=1) == []
        assert self.judged(*life, as_of=2) == ["version 1"]
        assert self.judged(*life, as_of=10) == ["version 1"]
        assert self.judged(*life, as_of=11) == ["version 1", "version 2"]
        assert self.judged(*life, as_of=12) == ["version 2"]
        assert self.judged(*life, as_of=20) == []

    def test_goals_are_taken_from_the_same_entries(self) -> None:
        plan = [drafted(1, goals=("g-1",), needs=(PLACE,), supports=(SISTER,)), proposed(2)]
        assert review_plan([*plan, goal()], self.RULE, as_of=DAY(9)) == ()
        assert [each.code for each in review_plan(plan, self.RULE, as_of=DAY(9))] == ["need-not-addressed"]

    def test_signatures_are_judged_by_their_own_standard(self) -> None:
        rule = asking(PlanCheck.UNSIGNED)
        life = [drafted(1), proposed(2), signed(3), signed(4, Signer.CASE_MANAGER)]
        assert review_plan(life, rule, as_of=DAY(9)) == ()
        (finding,) = review_plan(life, rule, as_of=DAY(9), signatures=ALL_THREE)
        assert finding.would_satisfy == "the signature of supervisor"
