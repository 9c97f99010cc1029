"""How many contacts one period owes, and why fewer than usual."""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from casecore.terms import ONE_DAY, Period

from .minimum import ContactMinimum, Direction, DuringStay, PartPeriods, TransitionMonths


class Relief(enum.Enum):
    """Why a period owes fewer contacts than usual, or none."""

    STAY_WHOLE = "inpatient-whole-period"
    STAY_PART = "inpatient-part-period"
    TRANSITION = "transition"
    PART_PERIOD = "part-period"
    EFFORT = "effort-documented"


class Asked(NamedTuple):
    """How many contacts and different services are asked; *relief* and *because* where that is fewer than usual."""

    contacts: int
    services: int
    relief: Relief | None = None
    because: str = ""


class Stays:
    """Stays as known on one day, merged, with the days inside any window counted quickly."""

    def __init__(self, stays: Iterable[Period], *, as_of: date) -> None:
        merged: list[list[date]] = []
        for stay in sorted((stay.start, date.max if stay.end > as_of else stay.end) for stay in stays):
            if stay[0] > as_of:
                break
            if merged and stay[0] <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], stay[1])
            else:
                merged.append([*stay])
        self.spans = merged
        self._ends = [end for _, end in merged]

    def days_inside(self, window: Period, *, discharge_day_counts: bool) -> int:
        """How many days of *window* lie inside stays."""
        extra = ONE_DAY if discharge_day_counts else timedelta(0)
        inside, counted_to = 0, window.start
        for start, end in self.spans[bisect_right(self._ends, window.start - extra) :]:
            if start >= window.end:
                break
            first = max(start, counted_to)
            counted_to = min(end if end == date.max else end + extra, window.end)
            inside += max(0, (counted_to - first).days)
        return inside

    def ends_after(self, day: date) -> date | None:
        """The end of the stay that *day* lies in, ``date.max`` where it lasts; nothing where it lies in none."""
        place = bisect_right(self._ends, day)
        return self._ends[place] if place < len(self.spans) and self.spans[place][0] <= day else None


def asked_in(rule: ContactMinimum, period: Period, window: Period, stays: Stays, discharge: date | None) -> Asked:
    """
    What *period* owes, of which *window* lies in the episode.

    Where several reliefs hold, the one that asks for least stands. Of different services no more are asked than of
    contacts.
    """
    least, relief, because = rule.at_least, None, ""
    if window.days < period.days and rule.part_periods is not PartPeriods.WHOLE:
        share = Fraction(rule.at_least * window.days, period.days)
        prorated = rule.part_rounding.of(share) if rule.part_periods is PartPeriods.PRORATED else 0
        if prorated < least:
            least, relief = prorated, Relief.PART_PERIOD
            because = f"{window.days} of its {period.days} days lie in the episode"
    transition = rule.transition
    if transition and discharge and transition.at_least < least and _in_transition(transition, period.start, discharge):
        least, relief = transition.at_least, Relief.TRANSITION
        side = "before" if transition.direction is Direction.BEFORE else "after"
        because = f"it is one of the transition months {side} the discharge"
    if rule.during_stay and stays.spans:
        least, relief, because = _with_stay(rule.during_stay, window, stays, (least, relief, because))
    return Asked(least, min(rule.different_services, least), relief, because)


def _in_transition(rule: TransitionMonths, month: date, discharge: date) -> bool:
    before = (discharge.year - month.year) * 12 + discharge.month - month.month
    distance = before if rule.direction is Direction.BEFORE else -before
    return 0 <= distance < rule.months if rule.discharge_month_is_one else 1 <= distance <= rule.months


def _with_stay(
    rule: DuringStay, window: Period, stays: Stays, usual: tuple[int, Relief | None, str]
) -> tuple[int, Relief | None, str]:
    inside = stays.days_inside(window, discharge_day_counts=rule.discharge_day_counts)
    if inside == window.days and rule.whole_period is not None and rule.whole_period < usual[0]:
        return rule.whole_period, Relief.STAY_WHOLE, "the client was in a hospital on all of its days"
    if rule.part_from_days <= inside < window.days and rule.part_period is not None and rule.part_period < usual[0]:
        return rule.part_period, Relief.STAY_PART, f"the client was in a hospital on {inside} of its days"
    return usual
