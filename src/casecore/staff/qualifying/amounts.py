"""What work comes to, in the unit a post asks in, as one exact number that can be compared and summed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm

from ..posts import Amount
from .months import MONTH, Extent, Stretch, days, in_months, in_parts, laid_together, most_months, whole
from .seen import Reckoning
from .wording import how_many


class Scale:
    """
    The unit of one amount asked for, and how work is measured in it.

    Points are what is compared: `MONTH` points are a month where months or years are asked, one point is a day or an
    hour where these are.
    """

    __slots__ = ("in_hours", "most_a_day", "unit", "worth")

    def __init__(self, unit: str, reckoning: Reckoning) -> None:
        self.unit = unit
        as_hours = unit == "months" and reckoning.hours_in_a_year is not None
        self.in_hours = unit == "hours" or as_hours
        # what a day, or an hour, is worth in points; nothing where calendar months are counted
        self.worth: Extent | None = 1
        if unit == "months":
            self.worth = None
            if reckoning.hours_in_a_year is not None:
                self.worth = 12 * MONTH / reckoning.hours_in_a_year
            elif reckoning.days_in_a_year is not None:
                self.worth = Fraction(12 * MONTH, reckoning.days_in_a_year)
        self.most_a_day: Extent = 1
        if self.in_hours:
            self.most_a_day = 24 if reckoning.full_time is None else reckoning.full_time / 7

    @property
    def points_in_one(self) -> int:
        """How many points one of the unit has."""
        return MONTH if self.unit == "months" else 1

    def points(self, amount: Amount) -> Fraction:
        """What *amount*, in this unit, is in points."""
        return amount.number * self.points_in_one

    def measured(self, stretches: Sequence[Stretch], anchors: Sequence[int] | None = None) -> Extent:
        """
        What *stretches* come to in points; no day counts for more than a full one.

        Args:
            anchors: The days of the month that calendar months are counted from; the stretches' own first days where
                nothing is given.
        """
        if not stretches:
            return 0
        if len(stretches) == 1 and anchors is None and self.worth is None:
            return in_months(stretches[0], self.most_a_day)
        parts = lcm(self.most_a_day.denominator, *[each.extent.denominator for each in stretches])
        laid = laid_together(in_parts(stretches, parts), int(self.most_a_day * parts))
        if self.worth is not None:
            points = days(laid) * self.worth
        else:
            points = most_months(laid, anchors_of(stretches) if anchors is None else anchors)
        return whole(Fraction(points) / parts) if parts > 1 else points

    def more(self, points: Extent) -> str:
        """*points* that are still needed, in words: ``7 more months``; rounded up."""
        if self.unit == "months" and points < MONTH:
            text, unit = str(max(1, round(points * Fraction(36525, 1200) / MONTH))), "days"
        else:
            text, unit = how_many(points, self.points_in_one, up=True), self.unit
        return f"{text} more {unit[:-1] if text == '1' else unit}"

    def told(self, points: Extent) -> str:
        """*points* in words: ``38 months``, ``2.5 months``, ``10,500 hours``; cut, never rounded up."""
        text = how_many(points, self.points_in_one)
        return f"{text} {self.unit[:-1] if text == '1' else self.unit}"


def anchors_of(stretches: Sequence[Stretch]) -> list[int]:
    """The days of the month on which the stretches begin."""
    if len(stretches) == 1:
        return [date.fromordinal(stretches[0].start).day]
    return sorted({date.fromordinal(each.start).day for each in stretches})
