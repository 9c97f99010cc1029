from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff.qualifying.months import (
    MONTH,
    Stretch,
    days,
    in_months,
    in_parts,
    laid_together,
    months,
    most_months,
    position,
    unbroken,
    whole,
)
from casecore.staff.qualifying.months import without as outside
from casecore.terms import add_months

DAYS = st.dates(date(2019, 1, 1), date(2025, 12, 31))


def stretch(first: str, last: str, extent: int | Fraction = 1, spell: int = -1) -> Stretch:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return Stretch(start.toordinal(), end.toordinal() + 1, extent, spell)


class TestMonths:
    """A month is counted from its anchor; days left over are a part of the month they lie in; the last day counts."""

    @pytest.mark.parametrize(
        ("first", "last", "anchor", "expected"),
        [
            ("2026-02-15", "2026-08-14", 15, Fraction(6)),
            ("2026-01-01", "2026-12-31", 1, Fraction(12)),
            ("2024-02-01", "2024-02-28", 1, Fraction(28, 29)),
            ("2025-02-01", "2025-02-28", 1, Fraction(1)),
            ("2026-01-31", "2026-02-27", 31, Fraction(1)),  # 28 February begins the next month
            ("2026-01-31", "2026-02-28", 31, 1 + Fraction(1, 31)),
            ("2024-01-31", "2024-02-28", 31, Fraction(1)),
            ("2026-01-29", "2026-02-27", 29, Fraction(1)),
            ("2024-01-30", "2024-02-28", 30, Fraction(1)),
            ("2026-04-30", "2026-05-29", 30, Fraction(1)),
            ("2026-03-31", "2026-04-29", 31, Fraction(1)),
            ("2026-01-10", "2026-01-10", 10, Fraction(1, 31)),
            ("2026-01-10", "2026-01-19", 15, Fraction(5, 31) + Fraction(5, 31)),
            ("2025-12-20", "2026-01-05", 1, Fraction(12, 31) + Fraction(5, 31)),
        ],
    )
    def test_by_hand(self, first: str, last: str, anchor: int, expected: Fraction) -> None:
        assert Fraction(months([stretch(first, last)], anchor), MONTH) == expected

    @given(DAYS, st.integers(0, 60))
    def test_whole_months_are_those_of_dateutil_and_of_add_months(self, first: date, count: int) -> None:
        after = add_months(first, count)
        assert after == first + relativedelta(months=count)
        assert months([Stretch(first.toordinal(), after.toordinal(), 1)], first.day) == count * MONTH

    @given(DAYS, DAYS, DAYS, st.integers(1, 31))
    def test_for_one_anchor_months_add_up(self, one: date, two: date, three: date, anchor: int) -> None:
        a, b, c = (each.toordinal() for each in sorted((one, two, three)))
        halves = months([Stretch(a, b, 1), Stretch(b, c, 1)], anchor)
        assert halves == months([Stretch(a, c, 1)], anchor)

    @given(DAYS, st.integers(1, 31))
    def test_a_day_is_the_part_of_its_month_that_a_slow_count_gives(self, day: date, anchor: int) -> None:
        from tests.staff.qualifying.days_of_work import part_of_month

        number = day.toordinal()
        assert Fraction(position(number + 1, anchor) - position(number, anchor), MONTH) == part_of_month(day, anchor)

    def test_the_extent_is_multiplied(self) -> None:
        assert months([stretch("2026-01-01", "2026-02-28", Fraction(1, 2))], 1) == MONTH

    def test_the_best_anchor_stands(self) -> None:
        pieces = [stretch("2026-03-01", "2026-03-28")]
        assert most_months(pieces, (1,)) == Fraction(28, 31) * MONTH
        assert most_months(pieces, (1, 15)) == (Fraction(14, 28) + Fraction(14, 31)) * MONTH
        assert most_months([], ()) == 0

    @pytest.mark.parametrize("anchor", [1, 2, 15, 28, 29, 30, 31])
    def test_the_first_and_the_last_days_of_the_calendar_have_a_place(self, anchor: int) -> None:
        first, last = date.min.toordinal(), date.max.toordinal()
        assert 0 < position(first + 1, anchor) - position(first, anchor) <= MONTH // 28
        assert 0 < position(last, anchor) - position(last - 1, anchor) <= MONTH // 28
        assert position(date(1, 2, 1).toordinal(), anchor) - position(first, anchor) <= 1.01 * MONTH
        assert position(date(9999, 12, 1).toordinal(), 1) - position(date(9998, 12, 1).toordinal(), 1) == 12 * MONTH

    def test_one_stretch_alone_counts_from_its_own_first_day_and_for_no_more_than_the_most(self) -> None:
        assert in_months(stretch("2026-02-15", "2026-08-14"), 1) == 6 * MONTH
        assert in_months(stretch("2026-02-15", "2026-08-14", Fraction(1, 2)), 1) == 3 * MONTH
        assert in_months(stretch("2026-02-15", "2026-08-14", 2), 1) == 6 * MONTH

    def test_a_fraction_that_is_whole_becomes_a_whole_number(self) -> None:
        assert [type(whole(Fraction(*each))) for each in ((6, 2), (3, 2), (0, 1))] == [int, Fraction, int]
        assert [whole(Fraction(*each)) for each in ((6, 2), (3, 2))] == [3, Fraction(3, 2)]

    def test_in_parts_of_full_time_a_spell_stays_where_it_stands(self) -> None:
        pieces = [stretch("2026-01-01", "2026-01-31", Fraction(1, 2), 7), stretch("2026-02-01", "2026-02-28", 1, 8)]
        assert in_parts(pieces, 6) == [pieces[0]._replace(extent=3), pieces[1]._replace(extent=6)]
        assert {type(each.extent) for each in in_parts(pieces, 6)} == {int}
        assert in_parts(pieces[1:], 1) == pieces[1:]

    def test_days(self) -> None:
        assert days([stretch("2026-01-01", "2026-01-10"), stretch("2026-02-01", "2026-02-04", Fraction(1, 2))]) == 12
        assert days([]) == 0


class TestLaidTogether:
    """On each day the sum of all extents counts, but never more than full time."""

    def test_two_full_jobs_are_one(self) -> None:
        laid = laid_together([stretch("2026-01-01", "2026-01-31"), stretch("2026-01-15", "2026-02-15")])
        assert laid == [stretch("2026-01-01", "2026-02-15")]

    def test_two_halves_are_a_whole(self) -> None:
        half = Fraction(1, 2)
        laid = laid_together([stretch("2026-01-01", "2026-01-31", half), stretch("2026-01-11", "2026-01-20", half)])
        assert laid == [
            stretch("2026-01-01", "2026-01-10", half),
            stretch("2026-01-11", "2026-01-20", 1),
            stretch("2026-01-21", "2026-01-31", half),
        ]

    def test_one_after_the_other_stays_as_it_is_in_order_of_days(self) -> None:
        early, late = stretch("2026-01-01", "2026-01-31", 1, 1), stretch("2026-02-01", "2026-02-03", 1, 0)
        assert laid_together([late, early]) == [early, late]
        assert laid_together([]) == []

    def test_more_than_the_most_is_cut_also_alone(self) -> None:
        assert laid_together([stretch("2026-01-01", "2026-01-31", 9)], 8) == [stretch("2026-01-01", "2026-01-31", 8)]
        assert laid_together([stretch("2026-01-01", "2026-01-31", 8)], 8) == [stretch("2026-01-01", "2026-01-31", 8)]

    def test_neighbors_of_one_extent_join_only_where_they_touch(self) -> None:
        pieces = [
            stretch("2026-01-01", "2026-01-10"),
            stretch("2026-01-05", "2026-01-10"),
            stretch("2026-01-12", "2026-01-15"),
        ]
        assert laid_together(pieces) == [stretch("2026-01-01", "2026-01-10"), stretch("2026-01-12", "2026-01-15")]

    @given(
        st.lists(
            st.tuples(st.integers(1, 40), st.integers(1, 20), st.sampled_from((1, Fraction(1, 2), Fraction(4, 5))))
        )
    )
    def test_each_day_has_what_a_slow_sum_gives(self, parts: list[tuple[int, int, int | Fraction]]) -> None:
        laid = laid_together([Stretch(start, start + length, extent) for start, length, extent in parts])
        for day in range(1, 62):
            slow = min(Fraction(1), sum((Fraction(e) for s, n, e in parts if s <= day < s + n), Fraction(0)))
            assert sum((Fraction(each.extent) for each in laid if each.start <= day < each.end), Fraction(0)) == slow
        assert all(one.end <= other.start for one, other in pairwise(laid))


class TestUnbroken:
    """A gap of up to so many days does not break a stretch."""

    @pytest.mark.parametrize(("gap_days", "runs"), [(0, 3), (1, 2), (2, 1)])
    def test_gaps_of_one_day_and_of_two(self, gap_days: int, runs: int) -> None:
        pieces = [
            stretch("2026-01-01", "2026-01-10"),
            stretch("2026-01-12", "2026-01-20"),
            stretch("2026-01-23", "2026-01-31"),
        ]
        assert len(unbroken(pieces, gap_days)) == runs
        assert [each for run in unbroken(pieces, gap_days) for each in run] == pieces

    def test_no_gap_at_all(self) -> None:
        pieces = [stretch("2026-01-01", "2026-01-10"), stretch("2026-01-11", "2026-01-20", Fraction(1, 2))]
        assert unbroken(pieces, 0) == [pieces]
        assert unbroken([], 5) == []


class TestOutside:
    """Of a spell, the days that another kind of work has taken already are left out."""

    def test_days_in_the_middle_at_an_end_and_all(self) -> None:
        whole = stretch("2026-01-01", "2026-01-31", 1, 7)
        middle = stretch("2026-01-10", "2026-01-20", Fraction(1, 2), 7)
        assert outside(whole, [middle]) == [
            stretch("2026-01-01", "2026-01-09", 1, 7),
            stretch("2026-01-21", "2026-01-31", 1, 7),
        ]
        assert outside(whole, [stretch("2026-01-01", "2026-01-30", 1, 7)]) == [
            stretch("2026-01-31", "2026-01-31", 1, 7)
        ]
        assert outside(middle, [whole]) == []
        assert outside(whole, [stretch("2026-03-01", "2026-03-02", 1, 7)]) == [whole]

    def test_of_another_spell_nothing_is_left_out(self) -> None:
        whole = stretch("2026-01-01", "2026-01-31", 1, 7)
        assert outside(whole, [whole._replace(spell=8)]) == [whole]
        assert outside(whole, [whole._replace(spell=8), whole]) == []

    def test_a_day_outside_a_stretch_is_a_day(self) -> None:
        first = date(2026, 1, 1).toordinal()
        assert stretch("2026-01-01", "2026-01-01").end - first == timedelta(days=1).days
