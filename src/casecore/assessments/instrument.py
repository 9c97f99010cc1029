"""
An instrument as data: its items, how they are scored, and what its scores are called.

Never the wording of its items: who may reproduce that is the instrument's license to say.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Label, Length, Problem, Source, Value, Words

from .numbers import Number, coarse, halves_to_even, halves_up, is_whole
from .ranges import Band, overlaps


class Scoring(enum.Enum):
    """How the answers come to a total."""

    SUM = "sum"
    MEAN = "mean"


class Worse(enum.Enum):
    """Which way a client's state is worse: PHQ-9 scores worsen upward, scores of daily living downward."""

    HIGHER = "higher"
    LOWER = "lower"


class Rounding(enum.Enum):
    """Where a total between two steps goes: a half to the higher number, to the even one, or nothing is rounded."""

    NONE = "none"
    HALF_UP = "half-up"
    HALF_EVEN = "half-even"


class Filling(enum.Enum):
    """
    How open items are made up for.

    *Prorated*: the answered items' sum is scaled up to all items, then rounded once. *Person mean*: each open item
    takes the mean of the answered ones, rounded by itself, and then all are added. Without rounding they agree.
    """

    PRORATED = "prorated"
    PERSON_MEAN = "person-mean"


@attrs.frozen(kw_only=True)
class Item(Value):
    """
    One item.

    Attributes:
        id: What `ItemAnswer.item` calls it.
        lowest, highest: The answers it can be given, both inside.
        takes_fractions: Whether answers between whole numbers are possible.
        flag_at: The answer from which on, in the worse direction, somebody must look at this item whatever the total.
    """

    id: Label
    lowest: Number
    highest: Number
    takes_fractions: bool = False
    flag_at: Number | None = None

    def contradictions(self) -> Iterator[Problem]:
        if too_fine := list(coarse(lowest=self.lowest, highest=self.highest, flag_at=self.flag_at)):
            yield from too_fine
            return
        if not self.takes_fractions and not (is_whole(self.lowest) and is_whole(self.highest)):
            yield Problem("takes_fractions", "must be true where lowest or highest is not a whole number")
        if self.lowest >= self.highest:
            yield Problem("highest", "must be greater than lowest")
        elif self.flag_at is not None and not self.lowest <= self.flag_at <= self.highest:
            yield Problem("flag_at", "must be an answer from lowest to highest")


@attrs.frozen(kw_only=True)
class MissingItems(Value):
    """
    What happens when items were left open: up to *at_most* are filled, with more the total is not known.

    Without anything said, one open item makes the total not known.
    """

    at_most: Annotated[int, AtLeast(0), AtMost(1000)] = 0
    filled: Filling = Filling.PRORATED


@attrs.frozen(kw_only=True)
class Precision(Value):
    """
    How finely an instrument measures, as found in a named population: what reliable change is judged by.

    Attributes:
        standard_deviation: Of the scores in that population, usually before treatment.
        reliability: From 0 to 1: test-retest or internal consistency; the source's note should say which.
    """

    standard_deviation: Annotated[Number, AtLeast(0)]
    reliability: Annotated[Number, AtLeast(0), AtMost(1)]
    population: Label
    source: Source

    def contradictions(self) -> Iterator[Problem]:
        yield from coarse(standard_deviation=self.standard_deviation, reliability=self.reliability)


@attrs.frozen(kw_only=True)
class Instrument(Value):
    """
    A form that is filled in and scored.

    Attributes:
        id, version: Together its `key`, as in ``phq-9@1``: what `Assessment.instrument` names.
        license: Who may use and reproduce it, as far as is known.
        worse: Which way a score is worse.
        rounding, decimals: How totals that fall between two steps of that many decimals are rounded. A sum of whole
            answers never does.
        bands: The names of its score ranges. They may leave gaps (see `gaps_of`); they may not overlap, reach past the
            totals that the items can come to, or be out of reach.
        precision: For reliable change, where a source gives it.
    """

    id: Label
    version: Label
    title: Label
    license: Words
    source: Source
    worse: Worse
    scoring: Scoring
    items: Annotated[tuple[Item, ...], Length(1, 1000)]
    missing: MissingItems = MissingItems()
    rounding: Rounding = Rounding.NONE
    decimals: Annotated[int, AtLeast(0), AtMost(6)] = 0
    bands: tuple[Band, ...] = ()
    precision: Precision | None = None

    def contradictions(self) -> Iterator[Problem]:
        for name in ("id", "version"):
            if "@" in getattr(self, name):
                yield Problem(name, "must not hold an @")
        if self.rounded(self.lowest) < self.lowest or self.rounded(self.highest) > self.highest:
            yield Problem("decimals", "must be enough that no total is rounded past the lowest or highest one")
        yield from self._item_problems()
        yield from self._band_problems()

    def _item_problems(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for place, item in enumerate(self.items):
            if item.id in seen:
                yield Problem(f"items[{place}].id", "must not stand twice in one instrument")
            seen.add(item.id)
        if self.missing.at_most >= len(self.items):
            yield Problem("missing.at_most", "must leave at least one item answered")
        if self.missing.at_most and len({(item.lowest, item.highest) for item in self.items}) > 1:
            yield Problem("missing.at_most", "must be 0 where the items have different ranges")

    def _band_problems(self) -> Iterator[Problem]:
        names: set[str] = set()
        for place, band in enumerate(self.bands):
            if band.name in names:
                yield Problem(f"bands[{place}].name", "must not stand twice in one instrument")
            names.add(band.name)
            if band.lower.beyond == 0 and band.lower.at < self.lowest:
                yield Problem(f"bands[{place}]", "must not begin below the lowest total the items can come to")
            if band.at_most is not None and band.at_most > self.highest:
                yield Problem(f"bands[{place}]", "must not reach past the highest total the items can come to")
            elif band.lower > (0, self.highest, 0) or band.upper < (0, self.lowest, 0):
                yield Problem(f"bands[{place}]", "must hold a total that the items can come to")
        for place in overlaps(self.bands):
            yield Problem(f"bands[{place}]", "must not overlap another band")

    @property
    def key(self) -> str:
        """Id and version, as in ``phq-9@1``."""
        return f"{self.id}@{self.version}"

    @property
    def lowest(self) -> Fraction:
        """The lowest total the items can come to."""
        return self._total_of([item.lowest for item in self.items])

    @property
    def highest(self) -> Fraction:
        """The highest total the items can come to."""
        return self._total_of([item.highest for item in self.items])

    def _total_of(self, values: list[Number]) -> Fraction:
        total = sum(map(Fraction, values), Fraction(0))
        return total / len(values) if self.scoring is Scoring.MEAN else total

    def rounded(self, total: Fraction) -> Fraction:
        """A total, rounded as this instrument rounds."""
        if self.rounding is Rounding.NONE:
            return total
        return (halves_up if self.rounding is Rounding.HALF_UP else halves_to_even)(total, self.decimals)

    @property
    def step(self) -> Fraction | None:
        """The distance between one possible total and the next; nothing where totals can lie anywhere."""
        if self.rounding is not Rounding.NONE:
            return Fraction(1, 10**self.decimals)
        whole = not any(item.takes_fractions for item in self.items)
        return Fraction(1) if whole and self.scoring is Scoring.SUM and not self.missing.at_most else None
