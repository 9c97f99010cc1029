"""Which days of work count, and how much of each: from what is sure to what could be."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from casecore.terms import Span, exact

from ..experience import Spell
from ..posts import Work
from .fits import NO, SURE, Unknown, work_fits
from .held import held_since
from .limits import look_back_start
from .months import Extent, Stretch, counted, whole
from .seen import Seen

LAST_DAY = date.max.toordinal()


class Done(NamedTuple):
    """
    The work that counts, one stretch a spell and not yet laid together.

    Attributes:
        surely: With the least extent it has for sure.
        perhaps: Everything that may count, with the most extent it could have.
    """

    surely: list[Stretch]
    perhaps: list[Stretch]


class Looked(NamedTuple):
    """The days looked at: half-open, as day numbers."""

    start: int
    end: int


def looked_at(day: date, within: Span | None, seen: Seen) -> Looked:
    """The days that end with *day*; the day itself is inside where the post counts it."""
    end = min(day.toordinal() + seen.reckoning.day_asked_counts, LAST_DAY)
    return Looked(look_back_start(within, day).toordinal(), end)


def work_done(
    asked: Work,
    looked: Looked,
    seen: Seen,
    day: date,
    unknown: Unknown,
    *,
    in_hours: bool,
    in_proportion: bool,
) -> Done:
    """
    The work of the file that fits *asked*, within the days looked at; none where the file does not tell of work.

    Args:
        in_hours: Whether the extents are hours a day; otherwise they are parts of full time.
        in_proportion: Whether part time counts in proportion; otherwise each day of work is a full one.
    """
    surely: list[Stretch] = []
    perhaps: list[Stretch] = []
    start, end, sure_start, sure_end = looked.start, looked.end, looked.start, looked.end
    if asked.after is not None:
        since = held_since(asked.after, seen, day, unknown)
        start, sure_start = max(start, since.perhaps), max(sure_start, since.surely)
    if asked.before is not None:
        since = held_since(asked.before, seen, day, unknown)
        end, sure_end = min(end, since.surely), min(sure_end, since.perhaps)
    stated_on = seen.file.stated_on
    told_until = LAST_DAY if stated_on is None else stated_on.toordinal() + 1
    for place, spell in enumerate(seen.file.experience or ()):
        first = spell.began_on.toordinal()
        last = LAST_DAY if spell.ended_on is None else spell.ended_on.toordinal() + 1
        told = max(told_until, first) if spell.ended_on is None else last
        if max(first, start) >= min(last, end):
            continue
        path = f"experience[{place}]"
        noted = len(unknown)
        fit = work_fits(spell, asked, path, unknown, counts_unverified=seen.counts_unverified)
        if fit is NO:
            continue
        least, most = extents(spell, seen.reckoning.full_time)
        if asked.full_time and most < 1:
            del unknown[noted:]
            continue
        is_long_enough = least >= 1 or not asked.full_time
        if not in_proportion:
            least, most = full_day(seen.reckoning.full_time) if in_hours else (1, 1)
        elif in_hours:
            least, most = hours_a_day(spell, seen.reckoning.full_time)
        if least != most or not is_long_enough:
            is_stated = spell.share is not None or spell.hours_per_week is not None or spell.hours is not None
            unknown.append(FULL_TIME if is_stated else f"{path}.share")
        all_of_it = Stretch(max(first, start), min(last, end), most, place)
        if most:
            perhaps.append(all_of_it)
        if told < all_of_it.end:
            unknown.append("stated_on")
        if fit is SURE and least and is_long_enough:
            part = Stretch(max(first, sure_start), min(told, sure_end), least, place)
            if part.start < part.end:
                surely.append(part)
    return Done(surely, perhaps)


FULL_TIME = "full_time_hours"
"""What is not known where part time is stated in hours, and the post does not say how many hours are full time."""


def extents(spell: Spell, full_time: Fraction | None) -> tuple[Extent, Extent]:
    """The least and the most part of full time that a spell can have been."""
    if spell.share is not None:
        share = counted(spell.share)
        return share, share
    weekly = hours_per_week(spell)
    if weekly is None:
        return 0, 1
    if not weekly:
        return 0, 0
    if full_time is None:
        return 0, 1
    share = whole(min(weekly / full_time, Fraction(1)))
    return share, share


def full_day(full_time: Fraction | None) -> tuple[Extent, Extent]:
    """The hours of a full day, spread over the week; what full time is may not be known."""
    return (0, 24) if full_time is None else (full_time / 7, full_time / 7)


def hours_a_day(spell: Spell, full_time: Fraction | None) -> tuple[Extent, Extent]:
    """The least and the most hours on each day of a spell; never more than full time, where that is known."""
    weekly = hours_per_week(spell)
    if weekly is not None:
        daily = weekly / 7 if full_time is None else min(weekly, full_time) / 7
        return daily, daily
    if full_time is None:
        return 0, 0 if spell.share == 0 else 24
    if spell.share is None:
        return 0, full_time / 7
    daily = exact(spell.share) * full_time / 7
    return daily, daily


def hours_per_week(spell: Spell) -> Fraction | None:
    """The hours a week, where hours are stated; all hours of a spell are spread evenly over its days."""
    if spell.hours_per_week is not None:
        return exact(spell.hours_per_week)
    if spell.hours is None or spell.ended_on is None:
        return None
    return exact(spell.hours) * 7 / ((spell.ended_on - spell.began_on).days + 1)
