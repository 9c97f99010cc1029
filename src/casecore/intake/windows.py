"""
What happened in a window of days: at least so much as we know of, at most so much as could be.

Every answer is a range. Its lower end counts what is known, its upper end adds what is not verified and what may have
taken place on days for which the list is not complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from casecore.terms import ONE_DAY, Period, add_months

from .facts import Happening, History
from .questions import CountedDays, CountedTimes, ServedThroughout, Stretches


class Range(NamedTuple):
    """From *least* to *most*; no *most* where there is no telling."""

    least: int
    most: int | None


def gaps(history: History, window: Period) -> tuple[Period, ...]:
    """The days of *window* for which the list is not known to be complete."""
    if history.complete_from is None:
        return (window,)
    known_until = history.known_until or window.end
    edges = (
        (window.start, min(history.complete_from, window.end)),
        (max(known_until, window.start), window.end),
    )
    return tuple(Period(start, end) for start, end in edges if start < end)


def times_in(history: History, window: Period, counted: CountedTimes, *, on: date, counts_unverified: bool) -> Range:
    """How many happenings belong to *window*, which ends with the day asked about."""
    least = most = 0
    for happening in history.happenings:
        if happening.began_on >= window.end:
            continue
        if happening.began_on in window:
            surely = perhaps = True
        elif counted is CountedTimes.BEGUN:
            continue
        else:
            surely = _seen_through(happening, history, on) >= window.start
            perhaps = (happening.ended_on or on) >= window.start
        least += surely and (counts_unverified or happening.is_verified)
        most += perhaps
    return Range(least, None if gaps(history, window) else most)


def days_in(history: History, window: Period, counted: CountedDays, *, on: date, counts_unverified: bool) -> Range:
    """
    How many days or nights of *window*, which ends with the day asked about, lie in a stay.

    A night belongs to the day on which it begins; the night after the day asked about has not been spent yet.
    """
    extra = 1 if counted is CountedDays.DAYS else 0
    first, end = window.start.toordinal(), on.toordinal() + extra
    known: list[tuple[int, int]] = []
    possible: list[tuple[int, int]] = []
    for gap in gaps(history, window):
        listed_if_left_then = gap.end == history.complete_from and not extra  # the night before is no gap any more
        possible.append((gap.start.toordinal(), gap.end.toordinal() - listed_if_left_then))
    for happening in history.happenings:
        began = happening.began_on.toordinal()
        possible.append((began, (happening.ended_on or on).toordinal() + extra))
        if counts_unverified or happening.is_verified:
            known.append((began, _seen_through(happening, history, on).toordinal() + extra))
    return Range(_days_covered(known, first, end), _days_covered(possible + known, first, end))


def _seen_through(happening: Happening, history: History, on: date) -> date:
    """The last day on which a stay is known to have lasted; the day of leaving where it is over."""
    if happening.ended_on is not None:
        return happening.ended_on
    if history.known_until is None:
        return max(happening.began_on, on)
    return max(happening.began_on, min(on, history.known_until - ONE_DAY))


def _days_covered(spans: Iterable[tuple[int, int]], first: int, end: int) -> int:
    """How many days from *first* up to *end* lie in one of the half-open *spans*; each day once."""
    covered, reached = 0, first
    for start, stop in sorted(spans):
        start, stop = max(start, reached), min(stop, end)
        if start < stop:
            covered, reached = covered + stop - start, stop
    return covered


def stretches_of(asked: ServedThroughout, on: date) -> Iterator[Period]:
    """The stretches of a continuous service that ends with *on*, the latest first."""
    if asked.stretches is Stretches.TO_DATE:
        for months in range(0, asked.months, asked.every_months):
            start = add_months(on, -months - asked.every_months) + ONE_DAY
            yield Period(start, add_months(on, -months) + ONE_DAY)
        return
    after = on + ONE_DAY
    end = date(after.year, (after.month - 1) // asked.every_months * asked.every_months + 1, 1)
    for months in range(0, asked.months, asked.every_months):
        yield Period(add_months(end, -months - asked.every_months), add_months(end, -months))


def stretches_served(
    history: History, asked: ServedThroughout, *, on: date, counts_unverified: bool
) -> tuple[Range, int]:
    """In how many stretches there were units enough, and how many stretches there are."""
    stretches = tuple(stretches_of(asked, on))
    least = most = 0
    units = sorted(history.happenings, key=lambda unit: unit.began_on, reverse=True)
    place = 0
    for stretch in stretches:
        sure = seen = 0
        while place < len(units) and units[place].began_on >= stretch.start:
            if units[place].began_on in stretch:
                seen += 1
                sure += counts_unverified or units[place].is_verified
            place += 1
        least += sure >= asked.at_least
        most += seen >= asked.at_least or bool(gaps(history, stretch))
    return Range(least, most), len(stretches)
