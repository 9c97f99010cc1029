from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from casecore.terms import (
    ONE_DAY,
    NotReadable,
    Period,
    add_months,
    age_on,
    month_of,
    months_between,
    quarter_of,
)
from casecore.testing.strategies import terms as strategies

ANY_DAY = st.dates()
LAST_DAY = date.max


class TestPeriod:
    """A period holds its first day and not its end."""

    def test_the_day_before_the_first_day_and_the_end_are_outside(self) -> None:
        march = Period(date(2026, 3, 1), date(2026, 4, 1))
        days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
        assert [day in march for day in days] == [False, True, True, False]
        assert march.last == date(2026, 3, 31)
        assert march.days == 31
        assert str(march) == "2026-03-01 to 2026-03-31"

    @pytest.mark.parametrize("end", [date(2026, 3, 1), date(2026, 2, 28)])
    def test_it_is_never_empty(self, end: date) -> None:
        with pytest.raises(NotReadable, match="end: must be after start"):
            Period(date(2026, 3, 1), end)

    @given(strategies.periods(longest=60))
    def test_its_length_is_the_number_of_days_inside(self, period: Period) -> None:
        around = [period.start + timedelta(days=number) for number in range(-3, period.days + 3)]
        assert sum(day in period for day in around) == period.days

    @given(strategies.periods(longest=60), strategies.periods(longest=60))
    def test_an_overlap_is_the_days_in_both(self, one: Period, other: Period) -> None:
        def days(period: Period | None) -> set[date]:
            return {period.start + timedelta(days=number) for number in range(period.days)} if period else set()

        assert days(one.overlap(other)) == days(one) & days(other)
        assert one.overlap(other) == other.overlap(one)

    def test_neighbors_do_not_overlap(self) -> None:
        assert month_of(date(2026, 3, 1)).overlap(month_of(date(2026, 4, 1))) is None

    def test_periods_are_ordered_by_their_first_day(self) -> None:
        march, april = month_of(date(2026, 3, 1)), month_of(date(2026, 4, 1))
        assert sorted([april, march]) == [march, april]


class TestMonths:
    """Months are counted from the first anchor and clamp to the last day of a shorter month."""

    @given(ANY_DAY, st.integers(-1200, 1200))
    def test_dateutil_defines_what_a_month_later_is(self, day: date, months: int) -> None:
        try:
            expected = day + relativedelta(months=months)
        except (ValueError, OverflowError):
            with pytest.raises(NotReadable, match="year from 1 to 9999"):
                add_months(day, months)
        else:
            assert add_months(day, months) == expected

    @pytest.mark.parametrize(
        ("day", "months", "expected"),
        [
            (date(2026, 1, 31), 1, date(2026, 2, 28)),
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2026, 1, 31), 2, date(2026, 3, 31)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2024, 2, 29), 48, date(2028, 2, 29)),
            (date(2026, 3, 31), -1, date(2026, 2, 28)),
            (date(2026, 12, 15), 1, date(2027, 1, 15)),
            (date(2026, 1, 15), -1, date(2025, 12, 15)),
        ],
    )
    def test_by_hand(self, day: date, months: int, expected: date) -> None:
        assert add_months(day, months) == expected

    def test_years_outside_the_calendar_are_refused_not_wrapped(self) -> None:
        for day, months in ((date.max, 1), (date.min, -1)):
            with pytest.raises(NotReadable):
                add_months(day, months)

    @given(strategies.days())
    def test_the_month_of_a_day_holds_it_and_only_days_of_that_month(self, day: date) -> None:
        month = month_of(day)
        assert day in month
        assert month.start == day.replace(day=1)
        assert (month.last.year, month.last.month) == (day.year, day.month)
        assert month.end.day == 1

    @given(strategies.days())
    def test_a_quarter_is_three_whole_months(self, day: date) -> None:
        quarter = quarter_of(day)
        months = list(months_between(quarter.start, quarter.last))
        assert day in quarter
        assert [month.start.month for month in months] in ([1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12])
        assert months[0].start == quarter.start
        assert months[-1].end == quarter.end

    @given(strategies.days(), strategies.days())
    def test_months_between_are_those_that_have_a_day_inside(self, one: date, other: date) -> None:
        first, last = min(one, other), max(one, other)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        months = list(months_between(first, last))
        assert [month.start for month in months] == sorted({day.replace(day=1) for day in days})
        assert all(month == month_of(month.start) for month in months)

    def test_no_month_lies_between_a_day_and_an_earlier_one(self) -> None:
        assert list(months_between(date(2026, 4, 1), date(2026, 3, 31))) == []
        assert list(months_between(date(2026, 3, 31), date(2026, 3, 1))) == []


class TestAge:
    """Years of life are completed on the birthday; 29 February is completed on 28 February of a common year."""

    @pytest.mark.parametrize(
        ("born_on", "day", "age"),
        [
            (date(2008, 5, 17), date(2026, 5, 16), 17),
            (date(2008, 5, 17), date(2026, 5, 17), 18),
            (date(2008, 2, 29), date(2026, 2, 27), 17),
            (date(2008, 2, 29), date(2026, 2, 28), 18),
            (date(2008, 2, 29), date(2028, 2, 28), 19),
            (date(2008, 2, 29), date(2028, 2, 29), 20),
            (date(2026, 5, 17), date(2026, 5, 17), 0),
        ],
    )
    def test_by_hand(self, born_on: date, day: date, age: int) -> None:
        assert age_on(day, born_on) == age

    @given(strategies.days(between=(date(1920, 1, 1), date(2020, 1, 1))), st.integers(0, 40_000))
    def test_dateutil_agrees_on_every_other_birthday(self, born_on: date, later: int) -> None:
        assume((born_on.month, born_on.day) != (2, 29))
        day = born_on + timedelta(days=later)
        assert age_on(day, born_on) == relativedelta(day, born_on).years

    @given(st.integers(1904, 2020).filter(lambda year: year % 4 == 0), st.integers(0, 40_000))
    def test_a_leap_day_birthday_by_counting_birthdays(self, year: int, later: int) -> None:
        born_on = date(year, 2, 29)
        day = born_on + timedelta(days=later)
        birthdays = [born_on + relativedelta(years=number) for number in range(1, 120)]
        assert age_on(day, born_on) == sum(birthday <= day for birthday in birthdays)

    @given(strategies.days(), strategies.days())
    def test_it_grows_by_one_at_most_from_day_to_day(self, born_on: date, day: date) -> None:
        assert age_on(day + ONE_DAY, born_on) - age_on(day, born_on) in (0, 1)


class TestTheCalendarsEnds:
    """A day outside the years 1 to 9999 is a typed error, not a crash."""

    def test_the_last_months(self) -> None:
        with pytest.raises(NotReadable):
            month_of(LAST_DAY)
        assert month_of(date(9999, 11, 30)).end == date(9999, 12, 1)
