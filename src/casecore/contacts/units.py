"""
Billing units: how many units the minutes of contacts make.

Medicare's table for units of 15 minutes, where 8 minutes make the next one:

>>> from fractions import Fraction
>>> from casecore.contacts import BillingUnits, SumOver, UnitRounding, units_of
>>> cms = BillingUnits(unit_minutes=15, rounding=UnitRounding.THRESHOLD, threshold_minutes=8, sum_over=SumOver.DAY)
>>> [int(units_of(minutes, cms)) for minutes in (7, 8, 22, 23, 37, 38, 52, 53)]
[0, 1, 1, 2, 2, 3, 3, 4]
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import (
    ONE_DAY,
    AtLeast,
    AtMost,
    Due,
    DueState,
    Minutes,
    NotReadable,
    Period,
    Problem,
    Value,
    month_of,
)

from .contact import Contact
from .counting import MISSING, Counting, NotCounted, sieve_of, standard_order
from .lengths import length_of
from .minimum import ANY_MEETING


class UnitRounding(enum.Enum):
    """
    Where a part of a unit goes.

    ``threshold``: up where at least the threshold of minutes is left over. ``nearest-half-up``, ``nearest-half-down``
    and ``nearest-half-even``: to the nearest, a half as named.
    """

    THRESHOLD = "threshold"
    UP = "up"
    DOWN = "down"
    HALF_UP = "nearest-half-up"
    HALF_DOWN = "nearest-half-down"
    HALF_EVEN = "nearest-half-even"


class BelowMinimum(enum.Enum):
    """What minutes short of the minimum are worth."""

    NOTHING = "nothing"
    THE_MINIMUM = "the-minimum"


class SumOver(enum.Enum):
    """What is summed before it is rounded."""

    CONTACT = "contact"
    DAY = "day"
    MONTH = "month"


UnitMinutes = Annotated[int, AtLeast(1), AtMost(1440)]


@attrs.frozen(kw_only=True)
class BillingUnits(Rule, asks="billing-units"):
    """
    How minutes become units.

    Attributes:
        unit_minutes: The length of one unit.
        step_minutes: What is rounded to, where that is a part of a unit: 6 for tenths of an hour. Else the unit.
        rounding: Where a part of a step goes.
        threshold_minutes: For ``threshold``: so many minutes left over make one more step.
        sum_over: What is summed before rounding: nothing (each contact alone), the day, or the calendar month.
        minimum_minutes: The least that is billed at all; it is compared with the sum, before rounding.
        below_minimum: What less than the minimum is worth. No time at all is worth nothing.
        counting: Which contacts are billable; never a daily maximum, which limits contacts and not minutes.
    """

    unit_minutes: UnitMinutes
    rounding: UnitRounding
    sum_over: SumOver
    step_minutes: UnitMinutes | None = None
    threshold_minutes: UnitMinutes | None = None
    minimum_minutes: Minutes = 0
    below_minimum: BelowMinimum = BelowMinimum.NOTHING
    counting: Counting = ANY_MEETING

    def contradictions(self) -> Iterator[Problem]:
        step = self.step_minutes or self.unit_minutes
        if step > self.unit_minutes:
            yield Problem("step_minutes", "must not be more than unit_minutes")
        if (self.rounding is UnitRounding.THRESHOLD) != (self.threshold_minutes is not None):
            yield Problem("threshold_minutes", "must be given for threshold, and only for it")
        if self.threshold_minutes is not None and self.threshold_minutes > step:
            yield Problem("threshold_minutes", "must not be more than a step")
        if self.counting.most_per_day is not None or self.counting.short_contacts_add_up:
            yield Problem("counting", "must not limit or join the contacts of a day: units count minutes")


@attrs.frozen(kw_only=True)
class UnitLine(Value):
    """
    One sum and its units.

    Attributes:
        period: The day or the month.
        contacts: The contacts summed.
        minutes: Their minutes.
        units: Exact, a part of a unit as a fraction.
    """

    period: Period
    contacts: tuple[Contact, ...]
    minutes: Annotated[int, AtLeast(0)]
    units: Fraction


@attrs.frozen(kw_only=True)
class UnitsBilled(Value):
    """
    What a client's contacts come to.

    Attributes:
        lines: By day; sums worth nothing are lines too.
        units: The sum of all lines.
        not_billable: Contacts that the rule does not take, each with the reason.
        not_known: Contacts that may be billable, each with what is not known of it: its length, or what a filter asks.
            While there are any, the units are those of the other contacts, and not yet the answer.
    """

    lines: tuple[UnitLine, ...]
    units: Fraction
    not_billable: tuple[tuple[Contact, NotCounted], ...]
    not_known: tuple[tuple[Contact, NotCounted], ...]

    @property
    def is_known(self) -> bool:
        """Whether nothing is missing to know the units for sure."""
        return not self.not_known


def units_of(minutes: int, rule: BillingUnits) -> Fraction:
    """
    The units that *minutes*, already summed, come to.

    Raises:
        NotReadable: *minutes* is negative or not a whole number.
    """
    if type(minutes) is not int or minutes < 0:
        raise NotReadable([Problem("minutes", "must be a whole number, at least 0")], what="units")
    step = rule.step_minutes or rule.unit_minutes
    return Fraction(_steps(minutes, step, rule) * step, rule.unit_minutes)


def _steps(minutes: int, step: int, rule: BillingUnits) -> int:
    if minutes == 0:
        return 0
    if minutes < rule.minimum_minutes:
        if rule.below_minimum is BelowMinimum.NOTHING:
            return 0
        minutes = rule.minimum_minutes
    whole, left = divmod(minutes, step)
    if rule.rounding is UnitRounding.THRESHOLD:
        return whole + (left >= (rule.threshold_minutes or 0) > 0)
    if rule.rounding is UnitRounding.UP:
        return whole + (left > 0)
    if rule.rounding is UnitRounding.DOWN:
        return whole
    if 2 * left == step:
        return whole + {UnitRounding.HALF_UP: 1, UnitRounding.HALF_DOWN: 0}.get(rule.rounding, whole % 2)
    return whole + (2 * left > step)


def bill_contacts(
    contacts: Iterable[Contact],
    rule: BillingUnits,
    *,
    during: Period | None = None,
    born_on: date | None = None,
) -> UnitsBilled:
    """
    Work out the units of one client's contacts, line by line.

    Args:
        contacts: Any order.
        during: Only the contacts held then; nothing for all. A month cut by it is summed as far as it lies inside.
        born_on: For a rule whose ``counting`` asks for the client's age.
    """
    against = sieve_of(rule.counting, born_on)
    sums: dict[tuple[date, int], list[Contact]] = {}
    refused: list[tuple[Contact, NotCounted]] = []
    unknown: list[tuple[Contact, NotCounted]] = []
    chosen = (contact for contact in contacts if during is None or contact.held_on in during)
    for place, contact in enumerate(sorted(chosen, key=standard_order)):
        reason = against(contact)
        if reason in MISSING:
            unknown.append((contact, reason))
        elif reason is None and length_of(contact) is None:
            unknown.append((contact, NotCounted.LENGTH_NOT_KNOWN))
        elif reason is not None:
            refused.append((contact, reason))
        elif rule.sum_over is SumOver.MONTH:
            sums.setdefault((contact.held_on.replace(day=1), 0), []).append(contact)
        else:
            sums.setdefault((contact.held_on, 0 if rule.sum_over is SumOver.DAY else place), []).append(contact)
    lines = tuple(_line(day, summed, rule) for (day, _), summed in sums.items())
    total = sum((line.units for line in lines), Fraction(0))
    return UnitsBilled(lines=lines, units=total, not_billable=tuple(refused), not_known=tuple(unknown))


def _line(day: date, summed: Sequence[Contact], rule: BillingUnits) -> UnitLine:
    period = month_of(day) if rule.sum_over is SumOver.MONTH else Period(day, day + ONE_DAY)
    minutes = sum(length_of(contact) or 0 for contact in summed)
    return UnitLine(period=period, contacts=tuple(summed), minutes=minutes, units=units_of(minutes, rule))


def billable_months(dues: Iterable[Due]) -> tuple[Period, ...]:
    """
    The months that may be billed where the unit is a month in which the minimum was met.

    A lifted month is not one: nothing was owed in it, and nothing was done for it.
    Args:
        dues: What `contact_dues` gives for a minimum per calendar month.
    """
    return tuple(month_of(due.window.start) for due in dues if due.state is DueState.MET)
