"""Stretches of scores, closed or open at either end, as instruments print them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

import attrs

from casecore.terms import Label, Problem, Value

from .numbers import Number, coarse


class Edge(NamedTuple):
    """
    One end of a range. Edges sort along the line of scores.

    Attributes:
        beyond: -1 or 1 where the range has no end on that side, else 0.
        at: The printed number.
        side: For a lower end 0 where the number itself is inside and 1 where it is not; for an upper end 0 and -1.
    """

    beyond: int
    at: Number | Fraction
    side: int


@attrs.frozen(kw_only=True)
class ScoreRange(Value):
    """
    The scores from one end to the other; each end inside (*at_least*, *at_most*), outside (*above*, *below*) or open.

    >>> 5 in ScoreRange(at_least=5, below=10), 10 in ScoreRange(at_least=5, below=10)
    (True, False)
    """

    at_least: Number | None = None
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from coarse(at_least=self.at_least, above=self.above, at_most=self.at_most, below=self.below)
        if self.at_least is not None and self.above is not None:
            yield Problem("above", "must not be given beside at_least")
        if self.at_most is not None and self.below is not None:
            yield Problem("below", "must not be given beside at_most")
        if self.at_least is self.above is self.at_most is self.below is None:
            yield Problem("", "must name at least one of at_least, above, at_most, below")
        if self.lower > self.upper:
            yield Problem("", "must hold at least one score: its upper end lies below its lower end")

    def __contains__(self, score: Number | Fraction) -> bool:
        return (
            (self.at_least is None or score >= self.at_least)
            and (self.above is None or score > self.above)
            and (self.at_most is None or score <= self.at_most)
            and (self.below is None or score < self.below)
        )

    @property
    def lower(self) -> Edge:
        """The lower end."""
        if self.at_least is not None:
            return Edge(0, self.at_least, 0)
        return Edge(-1, 0, 0) if self.above is None else Edge(0, self.above, 1)

    @property
    def upper(self) -> Edge:
        """The upper end."""
        if self.at_most is not None:
            return Edge(0, self.at_most, 0)
        return Edge(1, 0, 0) if self.below is None else Edge(0, self.below, -1)

    def __str__(self) -> str:
        named = (("at least", self.at_least), ("above", self.above), ("at most", self.at_most), ("below", self.below))
        return " and ".join(f"{words} {number}" for words, number in named if number is not None)


@attrs.frozen(kw_only=True)
class Band(ScoreRange):
    """A range of scores that an instrument gives a name, as in *mild*."""

    name: Label


def overlaps(bands: Iterable[Band]) -> Iterator[int]:
    """The place of every band that shares a score with a band lower on the line, or begins where another begins."""
    furthest: Edge | None = None
    for place, band in sorted(enumerate(bands), key=lambda placed: placed[1].lower):
        if furthest is not None and band.lower <= furthest:
            yield place
        furthest = band.upper if furthest is None else max(furthest, band.upper)


def uncovered(bands: Iterable[Band], lowest: Fraction, highest: Fraction) -> Iterator[tuple[Edge, Edge]]:
    """Every stretch from *lowest* to *highest* that none of *bands*, which do not overlap, holds: its two edges."""
    covered_to = Edge(0, lowest, 0)
    for band in sorted(bands, key=lambda band: band.lower):
        if band.lower > covered_to:
            yield covered_to, Edge(0, band.lower.at, band.lower.side - 1)
        covered_to = Edge(band.upper.beyond, band.upper.at, band.upper.side + 1)
    if covered_to <= Edge(0, highest, 0):
        yield covered_to, Edge(0, highest, 0)
