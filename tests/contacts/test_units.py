"""Billing units: minutes into units, and units among services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.contacts import (
    BelowMinimum,
    BillingUnits,
    Contact,
    ContactMinimum,
    Counting,
    Mode,
    NotCounted,
    Outcome,
    Party,
    Per,
    Place,
    SumOver,
    UnitRounding,
    bill_contacts,
    billable_months,
    contact_dues,
    share_units,
    units_of,
)
from casecore.terms import NotReadable, Period, month_of, read
from casecore.testing.strategies.contacts import billing_units, contacts
from tests.contacts.standards import BROWARD, CMS, FILE, PENNSYLVANIA_UNITS, TENTHS, march, met, standing


class TestMedicare:
    """Less than 8 minutes are no unit, 8 to 22 are 1, 23 to 37 are 2, 38 to 52 are 3, 53 to 67 are 4, and so on."""

    TABLE = (
        (0, 7, 0), (8, 22, 1), (23, 37, 2), (38, 52, 3), (53, 67, 4), (68, 82, 5), (83, 97, 6), (98, 112, 7),
        (113, 127, 8), (128, 142, 9), (143, 157, 10), (158, 172, 11), (173, 187, 12), (188, 202, 13), (203, 217, 14),
        (218, 232, 15), (233, 240, 16),
    )  # fmt: skip

    def test_the_printed_table_minute_by_minute(self) -> None:
        printed = {minute: units for first, last, units in self.TABLE for minute in range(first, last + 1)}
        assert sorted(printed) == list(range(241))
        assert {minute: units_of(minute, CMS) for minute in printed} == printed
        assert {minute: (minute + 7) // 15 for minute in printed} == printed

    def test_rounding_where_flooring_is_meant_gives_another_table(self) -> None:
        """A vendor's help page prints round((m + 7) / 15) beside this table; they differ in half of all minutes."""
        wrong = [minute for minute in range(241) if round((minute + 7) / 15) != units_of(minute, CMS)]
        assert set(range(16, 23)) | set(range(46, 53)) <= set(wrong)

    def test_all_minutes_of_a_day_are_summed_first(self) -> None:
        assert bill_contacts(march(4, 4, minutes=7), CMS).units == 1
        assert bill_contacts(march(4, 5, minutes=7), CMS).units == 0

    @pytest.mark.parametrize(
        ("services", "shares"),
        [
            ([("a", 33), ("b", 7)], [2, 1]),
            ([("a", 24), ("b", 23)], [2, 1]),
            ([("a", 23), ("b", 24)], [1, 2]),
            ([("a", 7), ("b", 4)], [1, 0]),
            ([("a", 7), ("b", 7), ("c", 7)], [1, 0, 0]),
            ([("a", 18), ("b", 13), ("c", 10), ("d", 8)], [1, 1, 1, 0]),
            ([("a", 3), ("b", 18)], [0, 1]),
            ([("a", 8), ("b", 23)], [0, 2]),
            ([("a", 8), ("b", 8)], [1, 0]),
            ([], []),
            ([("a", 0), ("b", 0)], [0, 0]),
        ],
    )
    def test_what_is_left_goes_to_the_largest_remainder_and_ties_to_the_longer(
        self, services: list[tuple[str, int]], shares: list[int]
    ) -> None:
        assert [units for _, units in share_units(services, CMS)] == shares


class TestOtherWays:
    """Each payer counts in its own way."""

    @pytest.mark.parametrize(("minutes", "units"), [(0, 0), (1, 1), (15, 1), (16, 2), (30, 2), (31, 3)])
    def test_pennsylvania_a_quarter_hour_or_portion_thereof(self, minutes: int, units: int) -> None:
        assert units_of(minutes, PENNSYLVANIA_UNITS) == units

    @pytest.mark.parametrize(
        ("minutes", "tenths"), [(0, 0), (2, 0), (3, 1), (8, 1), (9, 2), (57, 10), (60, 10), (62, 10), (63, 11)]
    )
    def test_texas_schools_tenths_of_an_hour_to_the_nearest_six_minutes(self, minutes: int, tenths: int) -> None:
        assert units_of(minutes, TENTHS) == Fraction(tenths, 10)

    @pytest.mark.parametrize(
        ("rounding", "mode"),
        [
            (UnitRounding.HALF_UP, ROUND_HALF_UP),
            (UnitRounding.HALF_DOWN, ROUND_HALF_DOWN),
            (UnitRounding.HALF_EVEN, ROUND_HALF_EVEN),
        ],
    )
    def test_where_halves_go(self, rounding: UnitRounding, mode: str) -> None:
        rule = attrs.evolve(TENTHS, rounding=rounding)
        for minutes in range(241):
            by_decimal = (Decimal(minutes) / 6).quantize(Decimal(1), rounding=mode)
            assert units_of(minutes, rule) == Fraction(int(by_decimal), 10)

    @pytest.mark.parametrize(("minutes", "quarters"), [(0, 0), (14, 0), (15, 1), (29, 1), (30, 2), (60, 4)])
    def test_broward_nothing_below_fifteen_minutes(self, minutes: int, quarters: int) -> None:
        assert units_of(minutes, BROWARD) == Fraction(quarters, 4)

    def test_broward_calls_of_one_day_add_up(self) -> None:
        calls = march(4, 4, 4, minutes=5, mode=Mode.TELEPHONE)
        assert bill_contacts(calls, BROWARD).units == Fraction(1, 4)
        assert bill_contacts(calls, attrs.evolve(BROWARD, sum_over=SumOver.CONTACT)).units == 0

    @pytest.mark.parametrize(("minutes", "units"), [(0, 0), (1, 1), (14, 1), (15, 1), (16, 2)])
    def test_less_than_the_minimum_may_be_worth_the_minimum(self, minutes: int, units: int) -> None:
        rule = attrs.evolve(PENNSYLVANIA_UNITS, minimum_minutes=15, below_minimum=BelowMinimum.THE_MINIMUM)
        assert units_of(minutes, rule) == units

    def test_a_month_in_which_the_minimum_is_met_is_one_unit(self) -> None:
        rule = ContactMinimum(at_least=1, per=Per.MONTH, effort_accepted=True)
        held = [met(date(2026, 3, 31)), met(date(2026, 5, 1)), met(date(2026, 5, 2))]
        dues = contact_dues(held, standing(rule), admitted_on=date(2026, 3, 10), as_of=date(2026, 6, 5))
        assert billable_months(dues) == (month_of(date(2026, 3, 1)), month_of(date(2026, 5, 1)))


class TestWhatIsSummed:
    """Minutes are summed per contact, per day or per month before they are rounded (choice 17)."""

    @pytest.mark.parametrize(("sum_over", "units"), [(SumOver.CONTACT, 3), (SumOver.DAY, 2), (SumOver.MONTH, 2)])
    def test_it_matters(self, sum_over: SumOver, units: int) -> None:
        held = march(4, 4, 5, minutes=8)
        rule = attrs.evolve(CMS, sum_over=sum_over)
        assert bill_contacts(held, rule).units == units

    def test_months_are_not_summed_together(self) -> None:
        held = [met(date(2026, 3, 31), minutes=7), met(date(2026, 4, 1), minutes=7)]
        billed = bill_contacts(held, attrs.evolve(CMS, sum_over=SumOver.MONTH))
        assert [(line.period, line.minutes, int(line.units)) for line in billed.lines] == [
            (month_of(date(2026, 3, 1)), 7, 0), (month_of(date(2026, 4, 1)), 7, 0),
        ]  # fmt: skip

    def test_what_is_not_billable_is_listed_with_the_reason(self) -> None:
        voicemail = met(date(2026, 3, 4), outcome=Outcome.MESSAGE_LEFT, minutes=9)
        visit = met(date(2026, 3, 4), minutes=20)
        billed = bill_contacts([voicemail, visit], CMS)
        assert billed.units == 1
        assert billed.not_billable == ((voicemail, NotCounted.OUTCOME),)

    def test_a_length_or_place_that_is_not_known_makes_the_units_not_known(self) -> None:
        no_length, no_place = met(date(2026, 3, 4), place=Place.HOME), met(date(2026, 3, 4), minutes=9)
        rule = attrs.evolve(CMS, counting=Counting(places=(Place.HOME,)))
        billed = bill_contacts([no_length, no_place], rule)
        assert not billed.is_known
        assert dict(billed.not_known) == {
            no_length: NotCounted.LENGTH_NOT_KNOWN, no_place: NotCounted.PLACE_NOT_KNOWN,
        }  # fmt: skip
        assert bill_contacts([], rule).is_known

    def test_only_the_days_asked_about(self) -> None:
        held = [*march(1, 31, minutes=15), met(date(2026, 4, 1), minutes=15)]
        assert bill_contacts(held, CMS, during=Period(date(2026, 3, 1), date(2026, 4, 1))).units == 2

    def test_the_clients_age_can_decide(self) -> None:
        rule = attrs.evolve(CMS, counting=Counting(collaterals_under_age=18))
        collateral = met(date(2026, 3, 4), minutes=15, party=Party.COLLATERAL)
        assert bill_contacts([collateral], rule, born_on=date(2015, 1, 1)).units == 1
        assert bill_contacts([collateral], rule).not_known == ((collateral, NotCounted.AGE_NOT_KNOWN),)


class TestLaws:
    """What holds for every way of making units."""

    @settings(deadline=None)
    @given(billing_units(), st.integers(0, 400))
    def test_more_minutes_are_never_fewer_units_and_units_are_whole_steps(
        self, rule: BillingUnits, minutes: int
    ) -> None:
        units = units_of(minutes, rule)
        assert 0 <= units <= units_of(minutes + 1, rule)
        step = Fraction(rule.step_minutes or rule.unit_minutes, rule.unit_minutes)
        assert (units / step).denominator == 1
        if minutes >= rule.minimum_minutes:
            assert abs(units * rule.unit_minutes - minutes) <= step * rule.unit_minutes

    @settings(max_examples=50, deadline=None)
    @given(
        billing_units(),
        st.lists(contacts(between=(date(2026, 3, 30), date(2026, 4, 2))), max_size=8),
        st.randoms(),
    )
    def test_lines_add_up_and_hold_every_billable_contact_once(
        self, rule: BillingUnits, held: list[Contact], chance: Any
    ) -> None:
        billed = bill_contacts(held, rule)
        assert billed.units == sum(line.units for line in billed.lines)
        told = [one for line in billed.lines for one in line.contacts]
        told += [one for one, _ in (*billed.not_billable, *billed.not_known)]
        assert sorted(map(repr, told)) == sorted(map(repr, held))
        assert bill_contacts(chance.sample(held, len(held)), rule) == billed
        for line in billed.lines:
            assert line.minutes == sum(one.minutes or 0 for one in line.contacts)
            assert line.units == units_of(line.minutes, rule)

    @settings(max_examples=50, deadline=None)
    @given(billing_units(), st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 70)), max_size=6))
    def test_shares_are_the_total_given_out(self, rule: BillingUnits, services: Sequence[tuple[str, int]]) -> None:
        shares = share_units(services, rule)
        assert [name for name, _ in shares] == [name for name, _ in services]
        total = units_of(sum(minutes for _, minutes in services), rule)
        assert sum((units for _, units in shares), Fraction(0)) == total
        for (_, minutes), (_, units) in zip(services, shares, strict=True):
            for (_, others), (_, other_units) in zip(services, shares, strict=True):
                assert units >= other_units or minutes <= others or rule.minimum_minutes


class TestBadInput:
    """Minutes that are none, and rules that cannot be."""

    @pytest.mark.parametrize("minutes", [-1, 7.5, True, None, "7", float("nan")])
    def test_minutes_must_be_whole(self, minutes: Any) -> None:
        with pytest.raises(NotReadable, match="minutes"):
            units_of(minutes, CMS)
        with pytest.raises(NotReadable, match=r"services\[1\]"):
            share_units([("a", 5), ("b", minutes)], CMS)

    @pytest.mark.parametrize(
        ("change", "path"),
        [
            ({"threshold_minutes": None}, "threshold_minutes"),
            ({"rounding": "up"}, "threshold_minutes"),
            ({"threshold_minutes": 16}, "threshold_minutes"),
            ({"step_minutes": 16}, "step_minutes"),
            ({"unit_minutes": 0}, "unit_minutes"),
            ({"sum_over": "week"}, "sum_over"),
            ({"counting": {"most_per_day": 1}}, "counting"),
        ],
    )
    def test_it_is_refused_with_the_field_named(self, change: dict[str, object], path: str) -> None:
        table = {name: value for name, value in {**FILE["cms"], **change}.items() if value is not None}
        with pytest.raises(NotReadable) as caught:
            read(table, BillingUnits)
        assert path in {problem.path for problem in caught.value.problems}
