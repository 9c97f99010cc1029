"""
Days and spans of days.

A `Period` is half-open: its first day is inside, its *end* is the first day after it. Months and years are counted from
the first anchor, never chained, and clamp to the last day of a shorter month (31 January + 1 month = 28 February).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

import attrs

from .checks import AtLeast, AtMost
from .errors import NotReadable, Problem
from .values import Value

ONE_DAY = timedelta(days=1)
"""From one day to the next."""


@attrs.frozen(order=True)
class Period(Value):
    """The days from *start* up to, but not including, *end*."""

    start: date
    end: date

    def contradictions(self) -> Iterator[Problem]:
        if self.end <= self.start:
            yield Problem("end", "must be after start")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - ONE_DAY

    @property
    def days(self) -> int:
        """How many days are inside."""
        return (self.end - self.start).days

    def overlap(self, other: Period) -> Period | None:
        """The days in both, or nothing."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def __str__(self) -> str:
        return f"{self.start} to {self.last}"


def add_days(day: date, days: int) -> date:
    """
    The day that many days later (or earlier).

    Raises:
        NotReadable: The result lies outside the years 1 to 9999.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        pass  # told below, so that the error has no other behind it
    raise NotReadable([Problem("days", "must lead to a year from 1 to 9999")], what="day")


def add_months(day: date, months: int) -> date:
    """
    The same day of the month, *months* later (or earlier), clamped to the month's last day.

    Raises:
        NotReadable: The result lies outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise NotReadable([Problem("months", "must lead to a year from 1 to 9999")], what="day")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(day: date) -> Period:
    """The calendar month that *day* lies in."""
    start = day.replace(day=1)
    return Period(start, add_months(start, 1))


def quarter_of(day: date) -> Period:
    """The calendar quarter that *day* lies in."""
    start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(start, add_months(start, 3))


def months_between(first: date, last: date) -> Iterator[Period]:
    """Every calendar month that has a day from *first* to *last*, both inside; none where *last* is earlier."""
    start = first.replace(day=1)
    while start <= last and first <= last:
        month = Period(start, add_months(start, 1))
        yield month
        start = month.end


def age_on(day: date, born_on: date) -> int:
    """
    Completed years of life. Who was born on 29 February completes a year on 28 February of a common year.

    The choice of 28 February follows the clamping of months everywhere else here; see ``docs/reference/choices.md``.
    """
    years = day.year - born_on.year
    return years if add_months(born_on, 12 * years) <= day else years - 1


@attrs.frozen(kw_only=True)
class Span(Value):
    """
    A length of time as standards state it: exactly one of the four units.

    Business days are counted with the agency's own closed days, see `WorkingDays`.
    """

    days: Annotated[int, AtLeast(0), AtMost(40_000)] | None = None
    business_days: Annotated[int, AtLeast(0), AtMost(10_000)] | None = None
    months: Annotated[int, AtLeast(0), AtMost(1_200)] | None = None
    years: Annotated[int, AtLeast(0), AtMost(100)] | None = None

    def contradictions(self) -> Iterator[Problem]:
        if sum(unit is not None for unit in (self.days, self.business_days, self.months, self.years)) != 1:
            yield Problem("", "must name exactly one of days, business_days, months, years")

    def after(self, anchor: date, working_days: WorkingDays | None = None) -> date:
        """
        The last day that is still within this span of *anchor*; the anchor is day 0.

        Raises:
            NotReadable: Business days are asked for, and no working days are given.
        """
        if self.days is not None:
            return add_days(anchor, self.days)
        if self.business_days is not None:
            if working_days is None:
                raise NotReadable([Problem("working_days", "must be given to count business days")], what="span")
            return working_days.after(anchor, self.business_days)
        return add_months(anchor, self.months if self.months is not None else 12 * (self.years or 0))

    def look_back(self, day: date) -> Period:
        """
        The span that ends with *day*, which is inside: ``Span(days=7)`` sees seven days, today among them.

        Raises:
            NotReadable: Business days cannot be looked back over.
        """
        if self.business_days is not None:
            raise NotReadable([Problem("business_days", "must not be used to look back")], what="span")
        if self.days is not None:
            start = add_days(day, -self.days)
        else:
            start = add_months(day, -(self.months if self.months is not None else 12 * (self.years or 0)))
        return Period(min(add_days(start, 1), day), add_days(day, 1))

    def __str__(self) -> str:
        for count, unit in ((self.days, "day"), (self.business_days, "business day"), (self.months, "month")):
            if count is not None:
                return f"{count} {unit}{'s' if count != 1 else ''}"
        return f"{self.years} year{'s' if self.years != 1 else ''}"


@attrs.frozen(kw_only=True)
class WorkingDays(Value):
    """
    The days on which the agency works: not its weekend (Monday is 0), not its closed days.

    Nothing is closed unless the agency says so: holidays are its own, or a plugin's.
    """

    closed: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})

    def contradictions(self) -> Iterator[Problem]:
        if len(self.weekend & set(range(7))) == 7 or self.weekend - set(range(7)):
            yield Problem("weekend", "must name weekdays from 0 to 6, and leave one open")

    def is_open(self, day: date) -> bool:
        """Whether the agency works on *day*."""
        return day.weekday() not in self.weekend and day not in self.closed

    def next_open(self, day: date) -> date:
        """*day* itself where it is open, else the first open day after it."""
        for _ in range(4000):
            if self.is_open(day):
                return day
            day = add_days(day, 1)
        raise NotReadable([Problem("closed", "must leave a day open within ten years")], what="working days")

    def after(self, anchor: date, business_days: int) -> date:
        """
        The day that many open days after *anchor*, which is day 0 and never counted.

        Zero business days is the anchor itself, rolled forward to an open day.
        """
        day = anchor
        for _ in range(business_days):
            day = self.next_open(add_days(day, 1))
        return day if business_days else self.next_open(day)
