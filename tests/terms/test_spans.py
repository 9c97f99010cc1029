from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from casecore.terms import NotReadable, Period, Span, WorkingDays
from casecore.testing.strategies import terms as strategies

FRIDAY = date(2026, 7, 3)
SATURDAY = date(2026, 7, 4)
MONDAY = date(2026, 7, 6)


def open_days_after(anchor: date, how_many: int, calendar: WorkingDays) -> date:
    """The oracle: list the days after the anchor one by one, keep the open ones, and point."""
    days = (anchor + timedelta(days=number) for number in range(1, 40 * how_many + 400))
    kept = [day for day in days if day.weekday() not in calendar.weekend and day not in calendar.closed]
    return kept[how_many - 1]


class TestSpan:
    """A standard states a length in exactly one unit; the anchor is day 0."""

    @pytest.mark.parametrize(
        ("span", "last_day"),
        [
            (Span(days=30), date(2026, 3, 2)),
            (Span(days=0), date(2026, 1, 31)),
            (Span(months=1), date(2026, 2, 28)),
            (Span(months=0), date(2026, 1, 31)),
            (Span(years=1), date(2027, 1, 31)),
            (Span(years=0), date(2026, 1, 31)),
        ],
    )
    def test_the_last_day_within(self, span: Span, last_day: date) -> None:
        assert span.after(date(2026, 1, 31)) == last_day

    @given(strategies.days(), strategies.spans(units=("days", "months", "years")))
    def test_dateutil_defines_the_meaning(self, anchor: date, span: Span) -> None:
        step = relativedelta(days=span.days or 0, months=span.months or 0, years=span.years or 0)
        assert span.after(anchor) == anchor + step

    @pytest.mark.parametrize(
        "units",
        [{}, {"days": 1, "months": 1}, {"days": 0, "business_days": 0}, {"days": 1, "years": 1, "months": 1}],
    )
    def test_two_units_or_none_are_refused(self, units: dict[str, int]) -> None:
        with pytest.raises(NotReadable, match="exactly one of"):
            Span(**units)

    @pytest.mark.parametrize(
        ("unit", "most"), [("days", 40_000), ("business_days", 10_000), ("months", 1_200), ("years", 100)]
    )
    def test_each_unit_has_its_bounds(self, unit: str, most: int) -> None:
        assert getattr(Span(**{unit: most}), unit) == most
        for outside in (-1, most + 1, 10**400):
            with pytest.raises(NotReadable) as caught:
                Span(**{unit: outside})
            assert [problem.path for problem in caught.value.problems] == [unit]

    def test_business_days_cannot_be_counted_without_a_calendar(self) -> None:
        with pytest.raises(NotReadable, match="working_days"):
            Span(business_days=3).after(FRIDAY)

    def test_it_reads_as_a_person_would_say_it(self) -> None:
        said = [Span(days=1), Span(days=30), Span(business_days=1), Span(months=6), Span(years=1), Span(years=0)]
        assert [str(span) for span in said] == ["1 day", "30 days", "1 business day", "6 months", "1 year", "0 years"]

    @pytest.mark.parametrize("span", [Span(days=1), Span(months=1), Span(years=1)])
    def test_a_day_outside_the_calendar_is_a_typed_error(self, span: Span) -> None:
        with pytest.raises(NotReadable):
            span.after(date.max)
        with pytest.raises(NotReadable):
            Span(days=2).look_back(date.min)
        with pytest.raises(NotReadable):
            span.look_back(date.max)


class TestLookBack:
    """Looking back, the day asked about is inside, and the first day is chosen so that the length is right."""

    def test_seven_days_are_seven_days(self) -> None:
        assert Span(days=7).look_back(date(2026, 3, 31)) == Period(date(2026, 3, 25), date(2026, 4, 1))

    @given(strategies.days(), st.integers(1, 1000))
    def test_n_days_are_n_days_and_end_today(self, day: date, number: int) -> None:
        seen = Span(days=number).look_back(day)
        assert (seen.days, seen.last) == (number, day)

    @pytest.mark.parametrize(
        ("span", "day", "first"),
        [
            (Span(months=1), date(2026, 3, 31), date(2026, 3, 1)),
            (Span(months=12), date(2026, 3, 31), date(2025, 4, 1)),
            (Span(years=1), date(2024, 2, 29), date(2023, 3, 1)),
            (Span(years=3), date(2026, 3, 31), date(2023, 4, 1)),
        ],
    )
    def test_months_and_years_by_hand(self, span: Span, day: date, first: date) -> None:
        assert span.look_back(day).start == first

    @pytest.mark.parametrize("span", [Span(days=0), Span(months=0), Span(years=0)])
    def test_a_span_of_nothing_still_sees_today(self, span: Span) -> None:
        assert span.look_back(MONDAY) == Period(MONDAY, date(2026, 7, 7))

    def test_business_days_are_not_looked_back_over(self) -> None:
        with pytest.raises(NotReadable, match="must not be used to look back"):
            Span(business_days=5).look_back(MONDAY)


class TestWorkingDays:
    """Business days are the days on which the agency works; the anchor is never counted."""

    @given(strategies.days(), st.integers(1, 60), strategies.working_days())
    def test_listing_the_open_days_gives_the_same_day(self, anchor: date, number: int, calendar: WorkingDays) -> None:
        assert calendar.after(anchor, number) == open_days_after(anchor, number, calendar)
        assert Span(business_days=number).after(anchor, calendar) == calendar.after(anchor, number)

    @given(strategies.days(), strategies.working_days())
    def test_zero_business_days_is_the_anchor_rolled_forward(self, anchor: date, calendar: WorkingDays) -> None:
        rolled = calendar.after(anchor, 0)
        assert calendar.is_open(rolled)
        between = [anchor + timedelta(days=number) for number in range((rolled - anchor).days)]
        assert not any(calendar.is_open(day) for day in between)
        assert calendar.next_open(anchor) == rolled

    def test_friday_plus_one_is_monday_and_a_holiday_moves_it(self) -> None:
        assert WorkingDays().after(FRIDAY, 1) == MONDAY
        assert WorkingDays(closed=frozenset({MONDAY})).after(FRIDAY, 1) == date(2026, 7, 7)

    def test_from_a_closed_day_the_first_open_day_is_day_1(self) -> None:
        assert WorkingDays().after(SATURDAY, 1) == MONDAY
        assert WorkingDays().after(SATURDAY, 0) == MONDAY

    def test_a_weekend_is_the_agencys_own(self) -> None:
        assert WorkingDays(weekend=frozenset({4})).after(date(2026, 7, 2), 1) == SATURDAY
        assert WorkingDays(weekend=frozenset()).after(FRIDAY, 1) == SATURDAY

    @pytest.mark.parametrize("weekend", [frozenset(range(7)), frozenset({7}), frozenset({-1}), frozenset({5, 6, 9})])
    def test_a_weekend_names_weekdays_and_leaves_one_open(self, weekend: frozenset[int]) -> None:
        with pytest.raises(NotReadable, match="weekend"):
            WorkingDays(weekend=weekend)

    def test_an_agency_closed_for_good_is_a_typed_error(self) -> None:
        closed = frozenset(MONDAY + timedelta(days=number) for number in range(5000))
        with pytest.raises(NotReadable, match="closed"):
            WorkingDays(closed=closed).next_open(MONDAY)

    def test_the_calendars_end_is_a_typed_error(self) -> None:
        with pytest.raises(NotReadable):
            WorkingDays().after(date.max, 1)
