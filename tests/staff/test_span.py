from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import (
    LimitRounding,
    StaffMember,
    Supervision,
    SupervisionCount,
    SupervisionSort,
    SupervisionSpan,
    is_within_span,
    review_supervision_span,
)
from casecore.standards import Edition, Standard
from casecore.terms import Answer, Source, StandardNotInForce
from casecore.testing.strategies.supervision import supervision_spans

SOURCE = Source(cite="55 Pa. Code 5221.23(d), (e)", url="https://www.pacodeandbulletin.gov")
DAY = date(2026, 3, 1)


def rule(at_most: int = 7, by: SupervisionCount = SupervisionCount.HEADS) -> SupervisionSpan:
    return SupervisionSpan(at_most=at_most, counted_by=by, rounding=LimitRounding.EXACT, sort=SupervisionSort.LINE)


SPAN = Standard(
    name="staff/span",
    editions=(
        Edition(since=date(2024, 1, 1), value=rule(8), source=SOURCE),
        Edition(since=date(2026, 1, 1), value=rule(7), source=SOURCE),
    ),
)


def chart(count: int) -> list[Supervision]:
    return [
        Supervision(worker=f"w-{number}", supervisor="w-0", since=date(2024, 1, 1)) for number in range(1, count + 1)
    ]


def told(count: int, share: float = 1.0, on: date = DAY) -> list[str]:
    staff = [StaffMember(worker="w-0", share=share)]
    return [finding.what for finding in review_supervision_span(chart(count), staff, SPAN, on=on)]


class TestSpan:
    """At most seven case managers a full-time supervisor, whose time is in proportion (55 Pa. Code 5221.23)."""

    def test_the_limit_itself_and_one_more(self) -> None:
        assert told(7) == []
        assert told(8) == ["8 workers supervised; the limit is 7"]

    def test_a_part_timers_limit_is_their_share(self) -> None:
        assert told(3, 0.5) == []
        assert told(4, 0.5) == ["4 workers supervised; the limit is 7 x 0.5 = 3.5"]

    def test_the_finding_says_who_and_what_would_satisfy(self) -> None:
        (finding,) = review_supervision_span(chart(9), [StaffMember(worker="w-0")], SPAN, on=DAY)
        assert (finding.code, finding.worker, finding.source) == ("supervision-span-exceeded", "w-0", SOURCE)
        assert finding.would_satisfy == "2 fewer, or more supervisor time"

    def test_the_day_before_and_the_day_of_the_next_edition(self) -> None:
        assert told(8, on=date(2025, 12, 31)) == []
        assert len(told(8, on=date(2026, 1, 1))) == 1
        with pytest.raises(StandardNotInForce):
            told(8, on=date(2023, 12, 31))

    def test_by_shares_two_half_timers_are_one(self) -> None:
        standard = Standard.fixed("a/b", rule(1, SupervisionCount.SHARES), since=date(2024, 1, 1), source=SOURCE)
        halves = [StaffMember(worker="w-0"), *(StaffMember(worker=f"w-{number}", share=0.5) for number in (1, 2, 3))]
        assert review_supervision_span(chart(2), halves, standard, on=DAY) == ()
        (finding,) = review_supervision_span(chart(3), halves, standard, on=DAY)
        assert finding.what == "3 workers of 1.5 full-time supervised; the limit is 1"
        assert finding.would_satisfy == "0.5 full-time fewer, or more supervisor time"

    def test_a_supervisor_of_an_unknown_share_is_found_only_above_the_whole_limit(self) -> None:
        verdict = is_within_span("w-0", chart(5), [], SPAN, on=DAY)
        assert (verdict.answer, verdict.missing) == (Answer.NOT_KNOWN, ("share of w-0",))
        assert is_within_span("w-0", chart(8), [], SPAN, on=DAY).is_no
        assert is_within_span("w-0", [], [], SPAN, on=DAY).is_yes

    def test_a_larger_span_asks_for_less(self) -> None:
        assert rule(8).asks_for_less_than(rule(7)) is True
        assert rule(7).asks_for_less_than(rule(7)) is False
        assert rule(8).asks_for_less_than(rule(7, SupervisionCount.SHARES)) is None

    @given(
        supervision_spans(sort=SupervisionSort.LINE),
        st.lists(st.none() | st.integers(0, 4), max_size=5),
        st.none() | st.integers(0, 4),
    )
    def test_brute_force_over_all_unknown_shares(
        self, asked: SupervisionSpan, quarters: list[int | None], own: int | None
    ) -> None:
        """Not known exactly where some shares make it yes and others no; quarters of full time reach every corner."""
        standard = Standard.fixed("a/b", asked, since=date(2024, 1, 1), source=SOURCE)
        staff = [StaffMember(worker=f"w-{n}", share=q / 4) for n, q in enumerate(quarters, 1) if q is not None]
        if own is not None:
            staff.append(StaffMember(worker="w-0", share=own / 4))
        by_heads = asked.counted_by is SupervisionCount.HEADS
        least = sum(Fraction(1) if by_heads else Fraction(q or 0, 4) for q in quarters)
        most = sum(Fraction(1) if by_heads or q is None else Fraction(q, 4) for q in quarters)
        answers = {
            carried <= asked.rounding.of(Fraction(asked.at_most * share, 4))
            for carried in (least, most)
            for share in ([own] if own is not None else range(5))
        }
        expected = Answer.NOT_KNOWN if len(answers) == 2 else Answer.YES if True in answers else Answer.NO
        assert is_within_span("w-0", chart(len(quarters)), staff, standard, on=DAY).answer is expected


class TestRounding:
    """Where a part of a whole goes is said by the standard."""

    @pytest.mark.parametrize(
        ("rounding", "halves", "thirds"), [("down", 7, 6), ("nearest", 8, 7), ("up", 8, 7), ("exact", 7.5, 20 / 3)]
    )
    def test_each(self, rounding: str, halves: float, thirds: float) -> None:
        way = LimitRounding(rounding)
        assert float(way.of(Fraction(15, 2))) == halves
        assert float(way.of(Fraction(20, 3))) == thirds
        assert way.prorated(15, 0.5) == way.of(Fraction(15, 2))

    def test_in_words(self) -> None:
        assert LimitRounding.EXACT.sum_in_words(20, 0.8) == "the limit is 20 x 0.8 = 16"
        assert LimitRounding.UP.sum_in_words(15, 0.5) == "the limit is 15 x 0.5 = 7.5, rounded up 8"
        assert LimitRounding.NEAREST.sum_in_words(15, 0.5) == "the limit is 15 x 0.5 = 7.5, rounded 8"
        assert LimitRounding.DOWN.sum_in_words(15, 1.0) == "the limit is 15"
