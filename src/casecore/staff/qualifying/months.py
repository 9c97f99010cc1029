"""
How long is it? Stretches of work in months, days or hours, exactly.

A month is counted from a day of the month, the *anchor*: with anchor 15, every 15th to the 14th after it is one month,
and a day is as much of a month as the month around it has days. Where a month has no such day, its last day stands for
it. With the first day of an unbroken stretch as the anchor, 15 February to 14 August is exactly six months. For any one
anchor the months of days simply add up, which is why work in parts, part-time and overlapping, can be summed.

>>> from datetime import date
>>> stretch = Stretch(date(2026, 2, 15).toordinal(), date(2026, 8, 15).toordinal(), 1)
>>> months([stretch], 15) / MONTH
6.0
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from casecore.terms import exact

MONTH = 4 * 7 * 29 * 3 * 5 * 31
"""What a month is counted in, so that a day of a month of 28, 29, 30 or 31 days is a whole number of it."""

Extent = int | Fraction
"""A part of full time, 1 being all of it."""


@lru_cache(maxsize=4096)
def counted(number: float) -> Extent:
    """The number as it was written, exactly: a whole one where it is whole, since fractions take their time."""
    return whole(exact(number))


def whole(number: Fraction) -> Extent:
    """The same as a whole number where it is one."""
    return number.numerator if number.denominator == 1 else number


class Stretch(NamedTuple):
    """
    Days of one extent, half-open, as day numbers (`date.toordinal`).

    Attributes:
        spell: The place of the spell in the file that it comes from; -1 where several were laid together.
    """

    start: int
    end: int
    extent: Extent
    spell: int = -1


@lru_cache(maxsize=4096)
def position(day: int, anchor: int) -> int:
    """How far into its months, counted from *anchor* on, a day begins; only differences mean anything."""
    on = date.fromordinal(day)
    year, month = on.year, on.month
    first = min(anchor, monthrange(year, month)[1])
    if on.day < first:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if not year:  # the December before the calendar begins has 31 days
            return 13 * MONTH - (first - on.day) * (MONTH // 31)
        first = min(anchor, monthrange(year, month)[1])
    after = (year, month + 1) if month < 12 else (year + 1, 1)
    days = monthrange(year, month)[1] - first + min(anchor, monthrange(*after)[1]) if after[0] <= 9999 else 31
    return (12 * year + month) * MONTH + (day - date(year, month, first).toordinal()) * (MONTH // days)


def months(stretches: Iterable[Stretch], anchor: int) -> Extent:
    """How many `MONTH` there are in all stretches together."""
    return sum((position(end, anchor) - position(start, anchor)) * extent for start, end, extent, _ in stretches)


def most_months(stretches: Sequence[Stretch], anchors: Iterable[int]) -> Extent:
    """The months by the anchor that gives the most; more work and more anchors never give less."""
    return max((months(stretches, anchor) for anchor in anchors), default=0)


def in_months(stretch: Stretch, most: Extent) -> Extent:
    """The months of one stretch alone, counted from its own first day."""
    start, end, extent, _ = stretch
    anchor = date.fromordinal(start).day
    return (position(end, anchor) - position(start, anchor)) * min(extent, most)


def days(stretches: Iterable[Stretch]) -> Extent:
    """Days of full time in all stretches together."""
    return sum((end - start) * extent for start, end, extent, _ in stretches)


def laid_together(stretches: Iterable[Stretch], most: Extent = 1) -> list[Stretch]:
    """
    Stretches that do not overlap: on each day the sum of all extents, but never more than *most*.

    Neighbors of one extent become one stretch.
    """
    ordered = sorted(stretches)
    apart = all(one.end <= other.start for one, other in pairwise(ordered))
    if apart and all(each.extent <= most for each in ordered):
        return ordered
    turns: dict[int, Extent] = {}
    for start, end, extent, _ in ordered:
        turns[start] = turns.get(start, 0) + extent
        turns[end] = turns.get(end, 0) - extent
    laid: list[Stretch] = []
    total: Extent = 0
    for since, day in pairwise(sorted(turns)):
        total += turns[since]
        if total > 0:
            extent = min(total, most)
            if laid and laid[-1].end == since and laid[-1].extent == extent:
                laid[-1] = Stretch(laid[-1].start, day, extent)
            else:
                laid.append(Stretch(since, day, extent))
    return laid


def in_parts(stretches: Sequence[Stretch], parts: int) -> Sequence[Stretch]:
    """The same stretches with whole extents, *parts* being full time: whole numbers are summed much quicker."""
    if parts == 1:
        return stretches
    return [
        Stretch(start, end, extent.numerator * (parts // extent.denominator), spell)
        for start, end, extent, spell in stretches
    ]


def unbroken(stretches: Sequence[Stretch], gap_days: int) -> list[list[Stretch]]:
    """*stretches*, laid together before, in runs: no gap inside a run is longer than *gap_days*."""
    runs: list[list[Stretch]] = []
    for stretch in stretches:
        if runs and stretch.start - runs[-1][-1].end <= gap_days:
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return runs


def without(stretch: Stretch, others: Iterable[Stretch]) -> list[Stretch]:
    """What is left of *stretch* outside the days that *others* of the same spell cover."""
    left = [stretch]
    for other in others:
        if other.spell == stretch.spell:
            left = [
                piece._replace(start=start, end=end)
                for piece in left
                for start, end in ((piece.start, min(piece.end, other.start)), (max(piece.start, other.end), piece.end))
                if start < end
            ]
    return left
