"""How much work there is on each day, and what it comes to: for `oracle`, slowly and one day at a time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from casecore.staff import Spell
from casecore.staff.posts import Counting, Work

DAY = timedelta(days=1)


def exact(number: float) -> Fraction:
    """The number as it is written."""
    return Fraction(str(number))


def among(word: str | None, asked: Collection[str]) -> bool:
    return not asked or word in asked


def days_from(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


class Unit(NamedTuple):
    """How the days of work are weighed: by parts of months, or by what one point of a day is worth."""

    asked: str
    counting: Counting

    @property
    def in_hours(self) -> bool:
        return self.asked == "hours" or (self.asked == "months" and self.counting.hours_in_a_year is not None)

    @property
    def most_a_day(self) -> Fraction:
        if not self.in_hours:
            return Fraction(1)
        full = self.counting.full_time_hours
        return Fraction(24) if full is None else exact(full) / 7

    def worth(self, day: date, anchor: int) -> Fraction:
        """What one full day, or one hour, is in the unit asked for."""
        if self.asked != "months":
            return Fraction(1)
        if self.counting.hours_in_a_year is not None:
            return 12 / exact(self.counting.hours_in_a_year)
        if self.counting.days_in_a_year is not None:
            return Fraction(12, self.counting.days_in_a_year)
        return part_of_month(day, anchor)


@cache
def part_of_month(day: date, anchor: int) -> Fraction:
    """A day as a part of the month it lies in, months running from the anchor, or a short month's last day."""
    starts = [
        date(year, month + 1, min(anchor, monthrange(year, month + 1)[1]))
        for year, month in (divmod(12 * day.year + day.month - 1 + more, 12) for more in (-1, 0, 1, 2))
    ]
    start = max(each for each in starts if each <= day)
    return Fraction(1, (min(each for each in starts if each > day) - start).days)


def extent(spell: Spell, counting: Counting, *, in_hours: bool) -> Fraction:
    """Hours a day, or the part of full time, that the spell has."""
    full = None if counting.full_time_hours is None else exact(counting.full_time_hours)
    if spell.share is not None:
        return exact(spell.share) * (full or 0) / 7 if in_hours else exact(spell.share)
    weekly = Fraction(0)
    if spell.hours_per_week is not None:
        weekly = exact(spell.hours_per_week)
    elif spell.hours is not None and spell.ended_on is not None:
        weekly = exact(spell.hours) / len(days_from(spell.began_on, spell.ended_on)) * 7
    weekly = weekly if full is None else min(weekly, full)
    return weekly / 7 if in_hours else weekly / full if full else Fraction(0)


def is_such_work(spell: Spell, work: Work, counting: Counting) -> bool:
    served = {each.group: each.share for each in spell.served or ()}
    return (
        (not work.kinds or bool(set(work.kinds) & set(spell.kinds or ())))
        and among(spell.title, work.titles)
        and among(spell.employer, work.employers)
        and among(spell.status, work.statuses)
        and (not work.settings or bool(set(work.settings) & set(spell.settings or ())))
        and spell.title not in work.not_titles
        and spell.status not in work.not_statuses
        and work.is_paid in (None, spell.is_paid)
        and (work.group is None or served.get(work.group, 0) >= (work.served_at_least or 0))
        and (not work.full_time or extent(spell, counting, in_hours=False) >= 1)
        and set(work.papers) <= set(spell.papers)
    )


Daily = dict[tuple[int, date], Fraction]
"""How much of each spell, by its place, counts on each day."""


def anchors(dailies: Iterable[Daily]) -> list[int]:
    """The days of the month on which unbroken runs of days of one spell begin."""
    return sorted({when.day for d in dailies for place, when in d if (place, when - DAY) not in d}) or [1]


def first_kind_only(dailies: list[Daily]) -> list[Daily]:
    taken: set[tuple[int, date]] = set()
    apart: list[Daily] = []
    for daily in dailies:
        apart.append({key: much for key, much in daily.items() if key not in taken})
        taken |= set(daily)
    return apart


def by_day(daily: Daily) -> dict[date, Fraction]:
    sums: dict[date, Fraction] = {}
    for (_, when), much in daily.items():
        sums[when] = sums.get(when, Fraction(0)) + much
    return sums


def kind_by_kind(dailies: list[Daily], unit: Unit, anchor: int) -> list[Fraction]:
    """What each kind comes to; a day that is full takes no more."""
    room: dict[date, Fraction] = {}
    totals: list[Fraction] = []
    for daily in dailies:
        total = Fraction(0)
        for when, much in by_day(daily).items():
            left = room.get(when, unit.most_a_day)
            total += min(much, left) * unit.worth(when, anchor)
            room[when] = left - min(much, left)
        totals.append(total)
    return totals


def best(dailies: list[Daily], unit: Unit, total: Callable[[list[Fraction]], Fraction]) -> Fraction:
    return max(total(kind_by_kind(dailies, unit, anchor)) for anchor in anchors(dailies))
