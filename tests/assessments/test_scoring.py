"""What answers come to, by a second scorer and by hand."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.assessments import (
    Assessment,
    Band,
    Filling,
    Instrument,
    ItemAnswer,
    MissingItems,
    Rounding,
    Score,
    Scoring,
    Worse,
    built_in,
    gaps_of,
    score,
    score_assessment,
    score_total,
)
from casecore.terms import NotReadable
from casecore.testing.strategies.assessments import DAYS, assessments, instruments, item_answers, scores
from tests.assessments.makers import an_instrument

PHQ = built_in("phq-9")


def answered(*values: int | Decimal | None) -> list[ItemAnswer]:
    return [ItemAnswer(item=str(n), value=value) for n, value in enumerate(values, start=1)]


def plain_sum(instrument: Instrument, answers: tuple[ItemAnswer, ...]) -> float | None:
    """A second scorer: floats, one loop, no rounding."""
    told = {answer.item: float(answer.value) for answer in answers if answer.value is not None}
    if len(instrument.items) - len(told) > instrument.missing.at_most:
        return None
    mean = sum(told.values()) / len(told)
    everything = [told.get(item.id, mean) for item in instrument.items]
    return sum(everything) / (len(everything) if instrument.scoring is Scoring.MEAN else 1)


class TestSum:
    """A total is the sum of the answers, and falls into one band."""

    @pytest.mark.parametrize(
        ("total", "band"),
        [(0, "minimal"), (4, "minimal"), (5, "mild"), (9, "mild"), (10, "moderate"), (14, "moderate"),
         (15, "moderately severe"), (19, "moderately severe"), (20, "severe"), (27, "severe")],
    )  # fmt: skip
    def test_both_sides_of_every_cut_of_phq_9(self, total: int, band: str) -> None:
        values = [min(3, max(0, total - 3 * place)) for place in range(9)]
        result = score(PHQ, answered(*values))
        assert (result.total, result.band, result.missing, result.because) == (total, band, (), "")

    @given(instruments(rounding=Rounding.NONE).flatmap(lambda one: st.tuples(st.just(one), item_answers(one))))
    def test_a_second_scorer_agrees(self, drawn: tuple[Instrument, tuple[ItemAnswer, ...]]) -> None:
        instrument, answers = drawn
        result, other = score(instrument, answers).total, plain_sum(instrument, answers)
        assert (result is None) == (other is None)
        if result is not None and other is not None:
            assert float(result) == pytest.approx(other)

    @given(instruments().flatmap(scores))
    def test_a_total_has_a_band_or_a_reason(self, result: Score) -> None:
        assert result.is_known == (result.total is not None)
        assert (result.band is not None) == (result.because == "")
        assert result.is_known or result.missing

    @given(instruments().flatmap(lambda one: st.tuples(st.just(one), item_answers(one, open_items=False))))
    def test_a_band_holds_its_total_and_no_neighbor_lends_one(
        self, drawn: tuple[Instrument, tuple[ItemAnswer, ...]]
    ) -> None:
        instrument, answers = drawn
        result = score(instrument, answers)
        assert result.total is not None
        assert instrument.lowest <= result.total <= instrument.highest
        inside = [band.name for band in instrument.bands if result.total in band]
        assert inside == ([result.band] if result.band else [])

    def test_a_total_in_a_gap_has_no_band(self) -> None:
        bands = (Band(name="low", at_most=3), Band(name="high", at_least=6))
        result = score(an_instrument(bands=bands), answered(1, 2, 2))
        assert (result.total, result.band, result.because) == (5, None, "the total lies in a gap between the bands")

    def test_an_instrument_without_bands_says_so(self) -> None:
        assert score(an_instrument(), answered(1, 2, 2)).because == "the instrument names no bands"

    def test_the_hosts_decimal_precision_changes_nothing(self) -> None:
        third = an_instrument(scoring=Scoring.MEAN)
        with decimal.localcontext() as coarse:
            coarse.prec = 2
            assert str(score(third, answered(3, 3, 1)).total) == "2.3333333333333333333333333333"
            assert score_total(an_instrument(count=900, highest=1000), 812_345).total == 812_345


class TestMissingItems:
    """Items left open are filled as the instrument says, or the total is not known and they are named."""

    def test_with_one_open_item_phq_9_is_not_known(self) -> None:
        result = score(PHQ, answered(3, 3, None, 3, 3, 3, 3, 3, 3))
        assert (result.total, result.band, result.missing, result.was_filled) == (None, None, ("3",), False)
        assert "3; at most 0" in result.because

    def test_without_any_answer_nothing_is_known(self) -> None:
        assert score(PHQ, []).missing == tuple("123456789")

    def test_as_many_as_allowed_are_filled_and_one_more_is_not(self) -> None:
        lenient = attrs.evolve(PHQ, missing=MissingItems(at_most=2), rounding=Rounding.HALF_UP)
        assert score(lenient, answered(1, 1, 1, 1, 1, 1, 1)).total == 9
        assert score(lenient, answered(1, 1, 1, 1, 1, 1)).total is None

    @pytest.mark.parametrize(
        ("rounding", "total", "band"),
        [(Rounding.HALF_UP, 5, "mild"), (Rounding.HALF_EVEN, 4, "minimal"), (Rounding.NONE, Decimal("4.5"), None)],
    )
    def test_halves_land_in_different_bands(self, rounding: Rounding, total: Decimal, band: str | None) -> None:
        lenient = attrs.evolve(PHQ, missing=MissingItems(at_most=1), rounding=rounding)
        result = score(lenient, answered(0, 0, 0, 0, 1, 1, 1, 1))  # 4 on 8 items: 4.5 on 9
        assert (result.total, result.band, result.was_filled) == (total, band, True)

    def test_prorating_and_the_persons_mean_differ_once_rounded(self) -> None:
        policy = MissingItems(at_most=4, filled=Filling.PRORATED)
        prorated = attrs.evolve(PHQ, missing=policy, rounding=Rounding.HALF_UP)
        filled = attrs.evolve(prorated, missing=attrs.evolve(policy, filled=Filling.PERSON_MEAN))
        answers = answered(1, 1, 1, 1, 3)  # mean 1.4: 12.6 prorated; 7 + 4 x 1 with each item rounded
        assert (score(prorated, answers).total, score(filled, answers).total) == (13, 11)

    @given(
        instruments(rounding=Rounding.NONE, missing=MissingItems(at_most=3)).flatmap(
            lambda one: st.tuples(st.just(one), item_answers(one))
        )
    )
    def test_without_rounding_they_agree(self, drawn: tuple[Instrument, tuple[ItemAnswer, ...]]) -> None:
        instrument, answers = drawn
        other = attrs.evolve(instrument, missing=attrs.evolve(instrument.missing, filled=Filling.PERSON_MEAN))
        assert score(instrument, answers) == score(other, answers)

    def test_a_mean_is_rounded_as_told(self) -> None:
        mean = an_instrument(count=8, scoring=Scoring.MEAN, rounding=Rounding.HALF_EVEN, decimals=1)
        assert score(mean, answered(1, 1, 0, 0, 0, 0, 0, 0)).total == Decimal("0.2")  # 0.25
        up = attrs.evolve(mean, rounding=Rounding.HALF_UP)
        assert score(up, answered(1, 1, 0, 0, 0, 0, 0, 0)).total == Decimal("0.3")


class TestFlags:
    """An item with a threshold of its own is flagged whatever the total; left open, its flag is not known."""

    def with_flag(self, worse: Worse, flag_at: int) -> Instrument:
        plain_one = an_instrument(worse=worse)
        return attrs.evolve(plain_one, items=(*plain_one.items[:2], attrs.evolve(plain_one.items[2], flag_at=flag_at)))

    @pytest.mark.parametrize(("value", "flags"), [(0, ()), (1, ("3",)), (3, ("3",))])
    def test_from_the_threshold_on(self, value: int, flags: tuple[str, ...]) -> None:
        assert score(self.with_flag(Worse.HIGHER, 1), answered(0, 0, value)).flags == flags

    def test_downward_where_lower_is_worse(self) -> None:
        instrument = self.with_flag(Worse.LOWER, 1)
        assert [score(instrument, answered(0, 0, value)).flags for value in (0, 1, 2)] == [("3",), ("3",), ()]

    def test_an_open_item_is_not_known_to_be_fine(self) -> None:
        result = score(self.with_flag(Worse.HIGHER, 1), answered(0, 0))
        assert (result.flags, result.flags_not_known) == ((), ("3",))


class TestOutsideTotals:
    """A total from outside is given its band; answers, where there are any, decide."""

    def test_a_total_alone_is_banded(self) -> None:
        result = score_total(PHQ, 12)
        assert (result.total, result.band, result.reported) == (12, "moderate", 12)

    def test_its_flags_are_not_known(self) -> None:
        flagged = TestFlags().with_flag(Worse.HIGHER, 1)
        assert score_total(flagged, 9).flags_not_known == ("3",)

    @pytest.mark.parametrize("total", [-1, 28, Decimal("11.5"), Decimal("1E-99999999"), Decimal("NaN"), 12.0, True])
    def test_a_total_the_items_cannot_come_to_is_refused(self, total: int | Decimal) -> None:
        with pytest.raises(NotReadable, match="total: must be a total that phq-9@1 can come to, from 0 to 27"):
            score_total(PHQ, total)

    def assessed(self, **fields: object) -> Assessment:
        said = {"completed_on": DAYS[0], "assessment_id": "a", "about": "depression", "instrument": "phq-9@1"}
        return Assessment(**(said | fields))  # type: ignore[arg-type]

    def test_answers_decide_and_a_departure_shows(self) -> None:
        ones = tuple(answered(*[1] * 9))
        result = score_assessment(PHQ, self.assessed(answers=ones, total=10))
        assert (result.total, result.reported, result.departs_from_report) == (9, 10, True)
        assert not score_assessment(PHQ, self.assessed(answers=ones, total=9)).departs_from_report

    def test_too_few_answers_stay_not_known_beside_a_total(self) -> None:
        result = score_assessment(PHQ, self.assessed(answers=tuple(answered(1)), total=10))
        assert (result.total, result.reported, result.departs_from_report) == (None, 10, False)

    def test_with_neither_nothing_is_known(self) -> None:
        assert score_assessment(PHQ, self.assessed()).total is None
        assert score_assessment(PHQ, self.assessed(total=10)).band == "moderate"

    def test_another_version_is_refused(self) -> None:
        with pytest.raises(NotReadable, match="instrument: must be phq-9@1"):
            score_assessment(PHQ, self.assessed(instrument="phq-9@2", total=10))

    @given(instruments().flatmap(lambda one: st.tuples(st.just(one), assessments(instrument=one))))
    def test_generated_assessments_can_be_scored(self, drawn: tuple[Instrument, Assessment]) -> None:
        instrument, assessment = drawn
        assert score_assessment(instrument, assessment) == score(instrument, assessment.answers)


class TestBadAnswers:
    """Answers that the instrument does not take are refused, all at once, with their places."""

    def test_all_at_once(self) -> None:
        given_answers = [
            ItemAnswer(item="1", value=4), ItemAnswer(item="10", value=1), ItemAnswer(item="2", value=1),
            ItemAnswer(item="2", value=1), ItemAnswer(item="3", value=Decimal("1.5")), ItemAnswer(item="4", value=-1),
        ]  # fmt: skip
        with pytest.raises(NotReadable) as refused:
            score(PHQ, given_answers)
        assert [str(problem) for problem in refused.value.problems] == [
            "answers[0].value: must be from 0 to 3",
            "answers[1].item: must be an item of phq-9@1",
            "answers[3].item: must not be answered twice",
            "answers[4].value: must be a whole number",
            "answers[5].value: must be from 0 to 3",
        ]

    def test_whole_decimals_are_whole(self) -> None:
        result = score(PHQ, answered(*[Decimal("1.0")] * 9))
        assert result.total == 9
        assert type(result.total) is int

    def test_an_answer_finer_than_anything_is_refused_at_once(self) -> None:
        with pytest.raises(NotReadable):
            score(PHQ, answered(Decimal("1E-99999999")))


def test_gaps_and_bands_share_no_total() -> None:
    bands = (Band(name="low", at_most=3), Band(name="high", at_least=6))
    instrument = an_instrument(bands=bands)
    in_gap = {total for total in range(10) if any(total in gap for gap in gaps_of(instrument))}
    assert in_gap == {total for total in range(10) if score_total(instrument, total).band is None} == {4, 5}
    assert Fraction(9) == instrument.highest
