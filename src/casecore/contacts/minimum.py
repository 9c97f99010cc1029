"""
How many contacts a standard asks for, in which stretch of days, and when it asks for fewer.

>>> from casecore.terms import read
>>> minimum = read({"at_least": 4, "per": "calendar-month",
...                 "counting": {"modes": ["face-to-face"], "most_per_day": 1}}, ContactMinimum)
>>> minimum.counting.phrase(minimum.at_least)
'4 face-to-face contacts'
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Count, Problem, Value

from .counting import Counting


class Per(enum.Enum):
    """The stretch of days in which contacts are counted."""

    MONTH = "calendar-month"
    QUARTER = "calendar-quarter"
    ROLLING = "rolling-days"


class Direction(enum.Enum):
    """On which side of the discharge the transition months lie."""

    BEFORE = "before"
    AFTER = "after"


class PartPeriods(enum.Enum):
    """What is owed in a period that the episode fills only in part: its first, its last."""

    WHOLE = "whole"
    PRORATED = "prorated"
    EXCUSED = "excused"


class Rounding(enum.Enum):
    """Where a part of a whole goes. A half goes up in ``nearest``."""

    UP = "up"
    DOWN = "down"
    NEAREST = "nearest"

    def of(self, number: Fraction) -> int:
        """*number*, never negative, as a whole one."""
        if self is Rounding.UP:
            return -(-number.numerator // number.denominator)
        if self is Rounding.DOWN:
            return number.numerator // number.denominator
        return (2 * number.numerator + number.denominator) // (2 * number.denominator)


@attrs.frozen(kw_only=True)
class DuringStay(Value):
    """
    Another minimum for periods touched by a stay in a hospital.

    Attributes:
        whole_period: Contacts owed where every day is inside stays; 0 excuses, nothing leaves the usual minimum.
        part_period: The same where some days are inside and some are not: the months of admission and discharge.
        part_from_days: How many days must be inside before *part_period* holds.
        discharge_day_counts: Whether the day of leaving the hospital is still a day inside.
    """

    whole_period: Count | None = None
    part_period: Count | None = None
    part_from_days: Annotated[int, AtLeast(1), AtMost(92)] = 1
    discharge_day_counts: bool = False


@attrs.frozen(kw_only=True)
class TransitionMonths(Value):
    """
    Another minimum for the last months before the discharge from the program, or for the first after it.

    Attributes:
        at_least: Contacts owed in such a month.
        months: How many months, at most.
        direction: On which side of the discharge they lie; the sources have both.
        discharge_month_is_one: Whether the month of the discharge is the first of them.
    """

    at_least: Count
    months: Annotated[int, AtLeast(1), AtMost(24)]
    direction: Direction
    discharge_month_is_one: bool


ANY_MEETING = Counting()
"""Every held contact counts."""


@attrs.frozen(kw_only=True)
class ContactMinimum(Rule, asks="contact-minimum"):
    """
    At least so many contacts in every month, quarter, or stretch of *days* since the last ones.

    Attributes:
        at_least: How many.
        per: In what.
        days: The length of the stretch, for ``rolling-days``: the next contact is due so many days after the last.
        counting: Which contacts count.
        different_services: How many different services the counted contacts must have given between them.
        effort_accepted: Whether a documented effort lifts what is owed.
        late_effort_accepted: Whether it does so when it was documented only after the last day.
        during_stay: What a hospital stay changes.
        transition: What a discharge changes.
        part_periods: What is owed in the episode's first and last period. The whole minimum, where nothing is said.
        part_rounding: Where a part of a contact goes when the minimum is prorated.
    """

    at_least: Annotated[int, AtLeast(1), AtMost(1000)]
    per: Per
    days: Annotated[int, AtLeast(1), AtMost(3660)] | None = None
    counting: Counting = ANY_MEETING
    different_services: Count = 0
    effort_accepted: bool = False
    late_effort_accepted: bool = False
    during_stay: DuringStay | None = None
    transition: TransitionMonths | None = None
    part_periods: PartPeriods = PartPeriods.WHOLE
    part_rounding: Rounding = Rounding.UP

    def asks_for_less_than(self, other: Rule) -> bool | None:
        """
        Fewer contacts are less, where they are counted alike and in the same stretch of days; else nothing can be said.

        What lessens or lifts a minimum (stays, transition, part periods, efforts) is not weighed.
        """
        if not isinstance(other, ContactMinimum):
            return None
        if (self.per, self.days, self.counting) != (other.per, other.days, other.counting):
            return None
        return self.at_least < other.at_least

    def contradictions(self) -> Iterator[Problem]:
        rolling = self.per is Per.ROLLING
        if rolling and self.days is None:
            yield Problem("days", "must say how many days roll")
        if not rolling and self.days is not None:
            yield Problem("days", "must be left out unless per is rolling-days")
        if self.late_effort_accepted and not self.effort_accepted:
            yield Problem("late_effort_accepted", "must stand beside effort_accepted")
        if self.transition and self.per is not Per.MONTH:
            yield Problem("transition", "must be left out unless per is calendar-month")
        if self.transition and self.transition.at_least > self.at_least:
            yield Problem("transition.at_least", "must not be more than at_least")
        if self.during_stay:
            yield from self._contradictions_of_stay(self.during_stay)
        if rolling and (self.part_periods is not PartPeriods.WHOLE or self.different_services):
            field = "different_services" if self.different_services else "part_periods"
            yield Problem(field, "must be left out when days roll")

    def _contradictions_of_stay(self, stay: DuringStay) -> Iterator[Problem]:
        for name in ("whole_period", "part_period"):
            if (getattr(stay, name) or 0) > self.at_least:
                yield Problem(f"during_stay.{name}", "must not be more than at_least")
        if self.per is Per.ROLLING and (stay.whole_period or stay.part_period is not None):
            yield Problem("during_stay", "must only excuse (whole_period = 0) when days roll")
