"""What a discharge plan still lacks."""

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given

from casecore.discharges import (
    Destination,
    DischargePlanContents,
    DischargePlanned,
    FollowUpArranged,
    PlanItem,
    review_discharge_plan,
)
from casecore.standards import Standard
from casecore.terms import NotReadable, Source, plain, read
from casecore.testing.strategies.discharges import discharge_plan_contents, discharges_planned

SOURCE = Source(cite="Model Agency Manual 8.1", invented=True)
EVERYTHING = DischargePlanContents(asks_for=tuple(PlanItem), services=("psychiatry",))
COMPLETE = DischargePlanned(
    planned_on=date(2026, 3, 1),
    target_on=date(2026, 4, 1),
    destination=Destination.OWN_HOME,
    living_arrangement="alone, with a weekly visit",
    follow_ups=(FollowUpArranged(service="psychiatry", provider="Clinic North", on=date(2026, 4, 6)),),
    supports=("sister",),
    crisis_contact="county line",
    medication="none",
    given_to_client_on=date(2026, 3, 2),
)


def codes(plan: DischargePlanned | None, rule: DischargePlanContents = EVERYTHING) -> list[str]:
    standard = Standard.fixed("discharges/plan", rule, since=date(2026, 1, 1), source=SOURCE)
    return [finding.code for finding in review_discharge_plan(plan, standard)]


class TestADischargePlan:
    """A discharge plan holds what the program asks for."""

    def test_a_complete_one_has_no_gaps(self) -> None:
        assert codes(COMPLETE) == []

    def test_an_empty_one_lacks_everything_at_once(self) -> None:
        assert codes(DischargePlanned(planned_on=date(2026, 3, 1))) == [
            "discharge-plan-lacks-target-day",
            "discharge-plan-lacks-destination",
            "discharge-plan-lacks-living-arrangement",
            "discharge-plan-lacks-follow-up",
            "discharge-plan-lacks-supports",
            "discharge-plan-lacks-crisis-contact",
            "discharge-plan-lacks-medication",
            "discharge-plan-lacks-copy-for-client",
            "discharge-plan-lacks-service",
        ]

    @pytest.mark.parametrize(
        ("field", "empty", "code"),
        [
            ("target_on", None, "discharge-plan-lacks-target-day"),
            ("destination", None, "discharge-plan-lacks-destination"),
            ("destination", Destination.NOT_KNOWN, "discharge-plan-lacks-destination"),
            ("living_arrangement", None, "discharge-plan-lacks-living-arrangement"),
            ("supports", (), "discharge-plan-lacks-supports"),
            ("crisis_contact", None, "discharge-plan-lacks-crisis-contact"),
            ("medication", None, "discharge-plan-lacks-medication"),
            ("given_to_client_on", None, "discharge-plan-lacks-copy-for-client"),
        ],
    )
    def test_each_gap_alone(self, field: str, empty: Any, code: str) -> None:
        assert codes(attrs.evolve(COMPLETE, **{field: empty})) == [code]

    def test_a_follow_up_without_day_or_provider(self) -> None:
        bare = FollowUpArranged(service="psychiatry")
        plan = attrs.evolve(COMPLETE, follow_ups=(bare, *COMPLETE.follow_ups))
        assert codes(plan) == ["discharge-plan-lacks-follow-up-days", "discharge-plan-lacks-follow-up-providers"]

    def test_a_service_that_must_be_arranged(self) -> None:
        rule = DischargePlanContents(services=("psychiatry", "housing"))
        standard = Standard.fixed("discharges/plan", rule, since=date(2026, 1, 1), source=SOURCE)
        (finding,) = review_discharge_plan(COMPLETE, standard)
        assert (finding.code, finding.about) == ("discharge-plan-lacks-service", "housing")
        assert (finding.on, finding.standard, finding.source) == (COMPLETE.planned_on, "discharges/plan", SOURCE)
        assert finding.would_satisfy

    def test_without_a_plan_there_is_nothing_to_have_gaps(self) -> None:
        assert codes(None) == []

    def test_the_standard_of_the_plans_own_day_judges_it(self) -> None:
        bare = DischargePlanned(planned_on=date(2026, 1, 1))
        assert len(codes(bare)) == 9
        assert codes(attrs.evolve(bare, planned_on=date(2025, 12, 31))) == []

    @given(discharges_planned(), discharge_plan_contents())
    def test_only_what_is_asked_for_is_found_and_only_where_it_is_not_there(
        self, plan: DischargePlanned, rule: DischargePlanContents
    ) -> None:
        standard = Standard.fixed("discharges/plan", rule, since=date(2020, 1, 1), source=SOURCE)
        found = {finding.code for finding in review_discharge_plan(plan, standard)}
        there = {
            PlanItem.TARGET_DAY: plan.target_on is not None,
            PlanItem.DESTINATION: plan.destination not in (None, Destination.NOT_KNOWN),
            PlanItem.LIVING_ARRANGEMENT: plan.living_arrangement is not None,
            PlanItem.FOLLOW_UP: len(plan.follow_ups) > 0,
            PlanItem.FOLLOW_UP_DAYS: all(follow_up.on for follow_up in plan.follow_ups),
            PlanItem.FOLLOW_UP_PROVIDERS: all(follow_up.provider for follow_up in plan.follow_ups),
            PlanItem.SUPPORTS: len(plan.supports) > 0,
            PlanItem.CRISIS_CONTACT: plan.crisis_contact is not None,
            PlanItem.MEDICATION: plan.medication is not None,
            PlanItem.COPY_FOR_CLIENT: plan.given_to_client_on is not None,
        }
        expected = {f"discharge-plan-lacks-{item.value}" for item in rule.asks_for if not there[item]}
        if set(rule.services) - {follow_up.service for follow_up in plan.follow_ups}:
            expected.add("discharge-plan-lacks-service")
        assert found == expected


class TestTheRuleAsData:
    """What a plan must hold is data."""

    @given(discharge_plan_contents())
    def test_what_is_written_out_is_read_back(self, rule: DischargePlanContents) -> None:
        assert read(plain(rule), DischargePlanContents) == rule

    def test_a_rule_that_asks_for_nothing_or_twice_is_refused(self) -> None:
        with pytest.raises(NotReadable):
            DischargePlanContents()
        with pytest.raises(NotReadable) as told:
            DischargePlanContents(asks_for=(PlanItem.SUPPORTS, PlanItem.SUPPORTS), services=("a", "a"))
        assert [problem.path for problem in told.value.problems] == ["asks_for", "services"]
