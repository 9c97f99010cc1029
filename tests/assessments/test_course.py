"""The course of a client's scores, and whether a change in it is real."""

from __future__ import annotations

import decimal
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casecore.assessments import (
    JACOBSON_TRUAX,
    Assessment,
    Change,
    Course,
    CoursePoint,
    Instrument,
    ItemAnswer,
    Precision,
    Reached,
    ReliableChange,
    ReliableChangeThreshold,
    Worse,
    built_in,
    course_of,
    reliable_change,
)
from casecore.terms import NotReadable, Source, plain, read
from casecore.testing.strategies.assessments import (
    DAYS,
    assessments,
    course_points,
    courses,
    instruments,
    precisions,
    reliable_change_thresholds,
    reliable_changes,
)

PHQ = built_in("phq-9")
MADE_UP = Source(cite="made up", invented=True)


def reported(day: int, total: int | None, *, instrument: str = "phq-9@1") -> Assessment:
    return Assessment(
        completed_on=date(2026, 3, day),
        assessment_id=f"a-{day}",
        about="depression",
        instrument=instrument,
        total=total,
    )


class TestCourse:
    """A course shows each score with its change since the first and since the one before."""

    def test_changes_by_hand(self) -> None:
        given_ones = [reported(20, 9), reported(1, 18), reported(9, 12), reported(12, None)]
        course = course_of(given_ones, PHQ, as_of=date(2026, 3, 31))
        shown = [(point.on.day, point.score.total, point.since_first, point.since_previous) for point in course.points]
        assert shown == [
            (1, 18, None, None), (9, 12, -6, -6), (12, None, None, None), (20, 9, -9, -3),
        ]  # fmt: skip
        assert [point.score.band for point in course.known] == ["moderately severe", "moderate", "mild"]

    def test_what_lies_ahead_is_left_aside(self) -> None:
        both = [reported(1, 18), reported(9, 12)]
        assert len(course_of(both, PHQ, as_of=date(2026, 3, 8)).points) == 1
        assert len(course_of(both, PHQ, as_of=date(2026, 3, 9)).points) == 2

    def test_other_instruments_are_left_aside_and_other_versions_named(self) -> None:
        others = [reported(1, 3, instrument="gad-7@1"), reported(2, 3, instrument="phq-9@2")]
        course = course_of([*others, reported(3, 3)], PHQ, as_of=date(2026, 3, 31))
        assert [point.assessment_id for point in course.points] == ["a-3"]
        assert course.other_versions == ("a-2",)

    def test_of_two_on_one_day_the_first_handed_in_is_the_earlier(self) -> None:
        course = course_of([reported(1, 10), reported(1, 4)], PHQ, as_of=date(2026, 3, 31))
        assert [point.since_previous for point in course.points] == [None, -6]

    def test_every_unreadable_assessment_is_told_with_its_place(self) -> None:
        beyond = Assessment(
            completed_on=date(2026, 3, 1), assessment_id="b", about="depression", instrument="phq-9@1",
            answers=(ItemAnswer(item="1", value=7),),
        )  # fmt: skip
        with pytest.raises(NotReadable) as refused:
            course_of([reported(9, 99), beyond], PHQ, as_of=date(2026, 3, 31))
        assert sorted(problem.path for problem in refused.value.problems) == [
            "assessments[0].total", "assessments[1].answers[0].value",
        ]  # fmt: skip

    @settings(max_examples=40, deadline=None)
    @given(
        instruments().flatmap(lambda one: st.tuples(st.just(one), st.lists(assessments(instrument=one)))), st.randoms()
    )
    def test_order_does_not_matter_and_changes_add_up(
        self, drawn: tuple[Instrument, list[Assessment]], random: st.DataObject
    ) -> None:
        instrument, given_ones = drawn
        assume(len({one.completed_on for one in given_ones}) == len(given_ones))
        course = course_of(given_ones, instrument, as_of=DAYS[1])
        shuffled = sorted(given_ones, key=lambda one: one.assessment_id)
        assert course_of(shuffled, instrument, as_of=DAYS[1]) == course
        known = course.known
        for before, after in pairwise(known):
            assert after.score.total is not None
            assert before.score.total is not None
            assert float(after.since_previous or 0) == pytest.approx(float(after.score.total - before.score.total))
            assert float(after.since_first or 0) == pytest.approx(
                float(before.since_first or 0) + float(after.since_previous or 0)
            )

    @settings(max_examples=40, deadline=None)
    @given(instruments().flatmap(courses))
    def test_days_rise(self, course: Course) -> None:
        days = [point.on for point in course.points]
        assert days == sorted(days)

    @settings(max_examples=40, deadline=None)
    @given(instruments().flatmap(course_points))
    def test_a_point_without_a_total_has_no_change(self, point: CoursePoint) -> None:
        assert point.score.is_known or point.since_first is point.since_previous is None


def precision(deviation: str, reliability: str) -> Precision:
    return Precision(
        standard_deviation=Decimal(deviation), reliability=Decimal(reliability), population="made up", source=MADE_UP
    )


def judged(before: int | None, after: int | None, *, by: Precision | None, reached: Reached = Reached.ABOVE) -> Change:
    threshold = ReliableChangeThreshold(index=Decimal("1.96"), reached=reached)
    return reliable_change(before, after, worse=Worse.HIGHER, precision=by, threshold=threshold).answer


class TestReliableChange:
    """A change is reliable where its index exceeds 1.96: noise alone would exceed that once in twenty."""

    def test_by_hand(self) -> None:
        # SEM = 5 x sqrt(0.18) = 2.1213..., times sqrt(2) = 3; 6 / 3 = 2 exactly
        result = reliable_change(18, 12, worse=Worse.HIGHER, precision=precision("5", "0.82"))
        assert (result.answer, result.change, result.index, result.smallest) == (Change.BETTER, -6, -2, Decimal("5.88"))
        assert result.because == "the index is above 1.96"

    def test_which_way_is_better_is_the_instruments_to_say(self) -> None:
        by = precision("5", "0.82")
        assert reliable_change(12, 18, worse=Worse.HIGHER, precision=by).answer is Change.WORSE
        assert reliable_change(12, 18, worse=Worse.LOWER, precision=by).answer is Change.BETTER
        assert reliable_change(18, 12, worse=Worse.LOWER, precision=by).answer is Change.WORSE

    @pytest.mark.parametrize(
        ("reached", "answer"), [(Reached.ABOVE, Change.NOT_RELIABLE), (Reached.AT_LEAST, Change.WORSE)]
    )
    def test_an_index_of_exactly_the_threshold(self, reached: Reached, answer: Change) -> None:
        # S_diff = sqrt(2) x 25 x sqrt(0.5) = 25; 49 / 25 = 1.96 exactly
        by = precision("25", "0.5")
        assert judged(0, 49, by=by, reached=reached) is answer
        assert judged(0, 48, by=by, reached=reached) is Change.NOT_RELIABLE
        assert judged(0, 50, by=by, reached=reached) is Change.WORSE

    def test_a_threshold_that_floats_would_miss(self) -> None:
        # S_diff squared = 2 x 0.01 x (1 - 0.82) = 0.0036; 0.1176 / 0.06 = 1.96, but not in floats
        by = precision("0.1", "0.82")
        assert 0.1176 / (sqrt(2) * 0.1 * sqrt(1 - 0.82)) != 1.96
        for reached, answer in ((Reached.ABOVE, Change.NOT_RELIABLE), (Reached.AT_LEAST, Change.WORSE)):
            threshold = ReliableChangeThreshold(index=Decimal("1.96"), reached=reached)
            rise = reliable_change(0, Decimal("0.1176"), worse=Worse.HIGHER, precision=by, threshold=threshold)
            assert (rise.answer, rise.index) == (answer, Decimal("1.96"))

    @pytest.mark.parametrize("by", [precision("5", "1"), precision("0", "0.5"), precision("0", "1")])
    def test_without_noise_it_is_undefined_whatever_the_scores(self, by: Precision) -> None:
        for before, after in ((1, 9), (1, 1), (None, 9)):
            result = reliable_change(before, after, worse=Worse.HIGHER, precision=by)
            assert (result.answer, result.index, result.smallest) == (Change.UNDEFINED, None, None)

    def test_undefined_is_not_not_known(self) -> None:
        by = precision("5", "0.82")
        assert judged(None, 9, by=by) is judged(9, None, by=by) is judged(1, 9, by=None) is Change.NOT_KNOWN
        assert reliable_change(None, 9, worse=Worse.HIGHER, precision=by).smallest == Decimal("5.88")

    def test_no_change_is_never_reliable(self) -> None:
        at_nothing = ReliableChangeThreshold(index=0, reached=Reached.AT_LEAST)
        same = reliable_change(7, 7, worse=Worse.HIGHER, precision=precision("5", "0.8"), threshold=at_nothing)
        assert same.answer is Change.NOT_RELIABLE

    def test_the_published_threshold(self) -> None:
        assert ReliableChangeThreshold(index=Decimal("1.96"), reached=Reached.ABOVE) == JACOBSON_TRUAX
        assert read({"index": "1.96", "reached": "above"}, ReliableChangeThreshold) == JACOBSON_TRUAX

    def test_bad_input(self) -> None:
        with pytest.raises(NotReadable, match="before"):
            reliable_change(Decimal("1E-9999999"), 1, worse=Worse.HIGHER, precision=None)
        for index in (-1, Decimal("NaN"), Decimal("1E-20")):
            with pytest.raises(NotReadable):
                ReliableChangeThreshold(index=index, reached=Reached.ABOVE)

    @given(st.integers(0, 60), st.integers(0, 60), precisions(), reliable_change_thresholds())
    def test_floats_agree_away_from_the_edge(
        self, before: int, after: int, by: Precision, threshold: ReliableChangeThreshold
    ) -> None:
        result = reliable_change(before, after, worse=Worse.HIGHER, precision=by, threshold=threshold)
        noise = sqrt(2) * float(by.standard_deviation) * sqrt(1 - float(by.reliability))
        if noise == 0:
            assert result.answer is Change.UNDEFINED
            return
        index = (after - before) / noise
        assert float(result.index or 0) == pytest.approx(index, abs=6e-5)
        assume(abs(abs(index) - float(threshold.index)) > 1e-9)
        assert (result.answer is not Change.NOT_RELIABLE) == (abs(index) > float(threshold.index))

    @given(reliable_changes())
    def test_a_judgement_has_its_reason(self, result: ReliableChange) -> None:
        assert result.because
        assert (result.index is None) == (result.answer in (Change.UNDEFINED, Change.NOT_KNOWN))

    @settings(deadline=None)
    @given(reliable_change_thresholds())
    def test_a_threshold_can_be_written_in_a_rulebook(self, threshold: ReliableChangeThreshold) -> None:
        assert read(plain(threshold), ReliableChangeThreshold) == threshold
        assert ReliableChangeThreshold.asks == "reliable-change"

    def test_the_hosts_decimal_precision_changes_nothing(self) -> None:
        with decimal.localcontext() as coarse:
            coarse.prec = 2
            by = precision("25", "0.5")
            assert judged(0, 49, by=by) is Change.NOT_RELIABLE
            assert Fraction(reliable_change(0, 49, worse=Worse.HIGHER, precision=by).index or 0) == Fraction("1.96")
