"""Instruments as data: what a definition may say, and where its bands leave scores without a name."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.assessments import (
    BUILT_IN,
    Band,
    Filling,
    Instrument,
    Item,
    MissingItems,
    Precision,
    Rounding,
    ScoreRange,
    Scoring,
    Worse,
    built_in,
    gaps_of,
    read_instrument,
)
from casecore.terms import NotKnown, NotReadable, plain, read
from casecore.testing.strategies.assessments import instruments, items, missing_items, precisions, score_ranges
from tests.assessments.makers import SOURCE, an_instrument


def problems_of(definition: str) -> list[str]:
    with pytest.raises(NotReadable) as refused:
        read_instrument(definition)
    return [str(problem) for problem in refused.value.problems]


DEFINITION = """
id = "daily-living"
version = "1"
title = "Daily living"
license = "made up"
worse = "lower"
scoring = "mean"
source = { cite = "made up", invented = true }
items = [ { id = "a", lowest = 1, highest = 7 }, { id = "b", lowest = 1, highest = 7 } ]
rounding = "half-up"
decimals = 1
"""


class TestDefinition:
    """An instrument is what its definition says; a definition that contradicts itself is refused with all problems."""

    def test_it_is_read_from_toml(self) -> None:
        instrument = read_instrument(DEFINITION + "bands = [ { name = 'low', below = 5.1 } ]")
        assert instrument.key == "daily-living@1"
        assert instrument.bands[0].below == Decimal("5.1")
        assert (instrument.lowest, instrument.highest, instrument.step) == (Fraction(1), Fraction(7), Fraction(1, 10))

    def test_all_problems_are_told_at_once(self) -> None:
        bad = DEFINITION.replace("decimals = 1", "decimals = 9").replace(
            "lowest = 1, highest = 7", "lowest = 8, highest = 7"
        )
        told = problems_of(bad.replace('worse = "lower"', 'worse = "sideways"'))
        assert told == [
            "worse: must be one of higher, lower",
            "items[0].highest: must be greater than lowest",
            "items[1].highest: must be greater than lowest",
            "decimals: must be at most 6",
        ]
        assert problems_of(bad.replace("lowest = 8", "lowest = 1")) == ["decimals: must be at most 6"]

    def test_an_item_stands_once(self) -> None:
        with pytest.raises(NotReadable, match=r"items\[1\]\.id: must not stand twice"):
            an_instrument(items=(Item(id="a", lowest=0, highest=1), Item(id="a", lowest=0, highest=1)))

    def test_without_items_there_is_no_instrument(self) -> None:
        with pytest.raises(NotReadable, match="items: must not be empty"):
            an_instrument(items=())

    def test_bands_do_not_overlap(self) -> None:
        bands = (Band(name="high", at_least=4), Band(name="low", at_most=4), Band(name="none", at_least=0, below=1))
        with pytest.raises(NotReadable) as refused:
            an_instrument(bands=bands)
        assert [problem.path for problem in refused.value.problems] == ["bands[2]", "bands[0]"]

    def test_bands_that_touch_do_not_overlap(self) -> None:
        assert an_instrument(bands=(Band(name="low", below=4), Band(name="high", at_least=4))).bands

    def test_a_band_printed_beside_another_range_of_totals_is_refused(self) -> None:
        # some copies of PHQ-9 print totals of 0-21 beside a band of 20-27
        with pytest.raises(NotReadable, match="must not reach past the highest total"):
            an_instrument(count=7, bands=(Band(name="severe", at_least=20, at_most=27),))
        with pytest.raises(NotReadable, match="must not begin below the lowest total"):
            an_instrument(bands=(Band(name="none", at_least=-1, at_most=2),))
        for out_of_reach in (Band(name="x", at_least=10), Band(name="x", below=0)):
            with pytest.raises(NotReadable, match="must hold a total that the items can come to"):
                an_instrument(bands=(out_of_reach,))

    def test_other_contradictions(self) -> None:
        for fields, told in (
            ({"id": "x@1"}, "id: must not hold an @"),
            ({"version": "@"}, "version: must not hold an @"),
            ({"missing": MissingItems(at_most=3)}, "missing.at_most: must leave at least one item answered"),
            (
                {"bands": (Band(name="a", below=2), Band(name="a", at_least=2))},
                r"bands\[1\].name: must not stand twice",
            ),
        ):
            with pytest.raises(NotReadable, match=told):
                an_instrument(**fields)
        unequal = (Item(id="a", lowest=0, highest=1), Item(id="b", lowest=0, highest=10))
        with pytest.raises(NotReadable, match="must be 0 where the items have different ranges"):
            an_instrument(items=unequal, missing=MissingItems(at_most=1))

    def test_a_threshold_of_an_items_own_lies_in_its_range(self) -> None:
        with pytest.raises(NotReadable, match="flag_at: must be an answer"):
            Item(id="9", lowest=0, highest=3, flag_at=4)

    def test_no_total_is_rounded_past_the_highest(self) -> None:
        halves = (Item(id="a", lowest=0, highest=Decimal("2.5"), takes_fractions=True),)
        with pytest.raises(NotReadable, match="decimals: must be enough"):
            an_instrument(items=halves, rounding=Rounding.HALF_UP)
        assert an_instrument(items=halves, rounding=Rounding.HALF_UP, decimals=1).step == Fraction(1, 10)

    def test_half_answers_are_asked_for_expressly(self) -> None:
        with pytest.raises(NotReadable, match="takes_fractions: must be true"):
            Item(id="a", lowest=0, highest=Decimal("2.5"))
        assert Item(id="a", lowest=0, highest=Decimal("2.5"), takes_fractions=True).highest == Decimal("2.5")

    @pytest.mark.parametrize("number", [Decimal("1E-99999999"), Decimal("0E+99999999"), Decimal("0.1234567890123")])
    def test_numbers_finer_than_anybody_measures_are_refused(self, number: Decimal) -> None:
        with pytest.raises(NotReadable, match="12 decimals"):
            ScoreRange(at_least=number)
        with pytest.raises(NotReadable, match="12 decimals"):
            Item(id="a", lowest=number, highest=3, takes_fractions=True)
        with pytest.raises(NotReadable, match="12 decimals"):
            Precision(standard_deviation=number, reliability=0, population="all", source=SOURCE)

    @pytest.mark.parametrize("number", [float("nan"), 1.5, "5", True, Decimal("NaN"), Decimal("Infinity")])
    def test_what_is_no_exact_number_is_refused(self, number: object) -> None:
        with pytest.raises(NotReadable):
            ScoreRange(at_least=number)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "text", ["id = ", "x" * 1_000_001, "a = " + "[" * 50_000, "\0", "a = nan", "a = 1e99999999", "a = 9" * 3]
    )
    def test_what_is_no_definition_is_refused(self, text: str) -> None:
        with pytest.raises(NotReadable):
            read_instrument(text)

    def test_a_precision_is_no_less_than_nothing_and_no_more_than_perfect(self) -> None:
        for deviation, reliability in ((-1, 0), (1, 2), (1, -1)):
            with pytest.raises(NotReadable):
                Precision(standard_deviation=deviation, reliability=reliability, population="all", source=SOURCE)

    @settings(deadline=None)
    @given(instruments())
    def test_it_survives_being_written_down(self, instrument: Instrument) -> None:
        assert read(plain(instrument), Instrument) == instrument

    @settings(deadline=None)
    @given(items() | missing_items() | precisions() | score_ranges())
    def test_its_parts_survive_too(self, part: object) -> None:
        assert read(plain(part), type(part)) == part


class TestRange:
    """A range's ends are inside, outside, or open."""

    def test_ends(self) -> None:
        assert [n for n in range(10) if n in ScoreRange(at_least=3, at_most=5)] == [3, 4, 5]
        assert [n for n in range(10) if n in ScoreRange(above=3, below=5)] == [4]
        assert [n for n in range(10) if n in ScoreRange(above=7)] == [8, 9]
        assert str(ScoreRange(above=7, at_most=9)) == "above 7 and at most 9"

    @pytest.mark.parametrize(
        "ends",
        [{}, {"at_least": 1, "above": 1}, {"at_most": 1, "below": 1}, {"at_least": 2, "at_most": 1},
         {"above": 1, "at_most": 1}, {"at_least": 1, "below": 1}],
    )  # fmt: skip
    def test_a_range_without_scores_is_refused(self, ends: dict[str, int]) -> None:
        with pytest.raises(NotReadable):
            ScoreRange(**ends)

    @given(score_ranges(), st.fractions(-40, 140, max_denominator=8))
    def test_edges_and_membership_agree(self, scores: ScoreRange, score: Fraction) -> None:
        assert (score in scores) == (scores.lower <= (0, score, 0) <= scores.upper)


class TestGaps:
    """A score in a gap has no band; the gaps of an instrument are told beforehand."""

    def test_whole_totals_leave_no_gap_between_four_and_five(self) -> None:
        bands = (Band(name="low", at_least=0, at_most=4), Band(name="high", at_least=5, at_most=9))
        assert gaps_of(an_instrument(bands=bands)) == ()

    def test_prorated_totals_do_unless_they_are_rounded(self) -> None:
        bands = (Band(name="low", at_least=0, at_most=4), Band(name="high", at_least=5, at_most=9))
        loose = an_instrument(bands=bands, missing=MissingItems(at_most=1))
        assert gaps_of(loose) == (ScoreRange(above=4, below=5),)
        assert gaps_of(attrs.evolve(loose, rounding=Rounding.HALF_UP)) == ()

    def test_printed_bands_with_one_decimal_leave_gaps_in_a_mean(self) -> None:
        # as DLA-20 prints its bands: nothing at exactly 2.0, nothing between 3.0 and 3.1
        printed = [("adequate", "6.0", None), ("mild", "5.1", "6.0"), ("moderate", "4.1", "5.0"),
                   ("serious", "3.1", "4.0"), ("severe", "2.1", "3.0")]  # fmt: skip
        bands = [
            Band(name=name, at_least=Decimal(low), at_most=Decimal(high))
            if high
            else Band(name=name, above=Decimal(low))
            for name, low, high in printed
        ] + [Band(name="extreme", below=2)]
        seven = tuple(Item(id=str(n), lowest=1, highest=7) for n in range(20))
        exact = an_instrument(items=seven, scoring=Scoring.MEAN, worse=Worse.LOWER, bands=tuple(bands))
        assert [str(gap) for gap in gaps_of(exact)] == [
            "at least 2 and below 2.1", "above 3 and below 3.1", "above 4 and below 4.1", "above 5 and below 5.1",
        ]  # fmt: skip
        rounded = attrs.evolve(exact, rounding=Rounding.HALF_UP, decimals=1)
        assert gaps_of(rounded) == (ScoreRange(at_least=2, at_most=2),)

    def test_the_ends_can_be_gaps(self) -> None:
        middle = an_instrument(bands=(Band(name="middle", above=2, below=7),))
        assert gaps_of(middle) == (ScoreRange(at_least=0, at_most=2), ScoreRange(at_least=7, at_most=9))

    def test_an_instrument_without_bands_has_none(self) -> None:
        assert gaps_of(an_instrument()) == ()

    @given(instruments(), st.integers(0, 400))
    def test_every_total_has_a_band_or_lies_in_a_gap(self, instrument: Instrument, nth: int) -> None:
        step = instrument.step or Fraction(1, 40)
        total = instrument.lowest // step * step + nth * step
        if not instrument.bands or not instrument.lowest <= total <= instrument.highest:
            return
        holding = [band for band in (*instrument.bands, *gaps_of(instrument)) if total in band]
        assert len(holding) == 1


class TestBuiltIn:
    """PHQ-9 and GAD-7 come with the library: scoring only, and nothing that no source confirmed."""

    def test_phq_9(self) -> None:
        phq = built_in("phq-9")
        assert phq is built_in("phq-9@1")
        assert [(item.lowest, item.highest, item.flag_at) for item in phq.items] == [(0, 3, None)] * 9
        assert [(band.name, band.at_least, band.at_most) for band in phq.bands] == [
            ("minimal", 0, 4), ("mild", 5, 9), ("moderate", 10, 14), ("moderately severe", 15, 19), ("severe", 20, 27),
        ]  # fmt: skip

    def test_gad_7(self) -> None:
        gad = built_in("gad-7")
        assert [(item.lowest, item.highest, item.flag_at) for item in gad.items] == [(0, 3, None)] * 7
        assert [(band.name, band.at_least, band.at_most) for band in gad.bands] == [
            ("minimal", 0, 4), ("mild", 5, 9), ("moderate", 10, 14), ("severe", 15, 21),
        ]  # fmt: skip

    @pytest.mark.parametrize("name", BUILT_IN)
    def test_each_says_what_was_not_confirmed(self, name: str) -> None:
        instrument = built_in(name)
        assert instrument.precision is None
        assert instrument.missing == MissingItems(at_most=0, filled=Filling.PRORATED)
        assert "not confirmed" in (instrument.source.note or "").lower()
        assert gaps_of(instrument) == ()

    @pytest.mark.parametrize("name", ["phq-2", "phq-9@2", "", "../phq-9", "phq-9@"])
    def test_another_is_not_known(self, name: str) -> None:
        with pytest.raises(NotKnown, match="gad-7, phq-9"):
            built_in(name)
