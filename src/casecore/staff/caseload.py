"""Who works on the case, and how many cases one worker may carry."""

from __future__ import annotations

import enum
from datetime import date
from fractions import Fraction
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Entry, Label, Ref, Value, exact, in_figures


class Assignment(enum.Enum):
    """In which capacity a worker is on the case. Exactly one is accountable: the primary."""

    PRIMARY = "primary"
    TEAM = "team"
    COVERING = "covering"


@attrs.frozen(kw_only=True)
class StaffMember(Value):
    """
    Somebody who works here.

    Attributes:
        share: Part of full time, 1.0 being full time.
    """

    worker: Ref
    name: Label | None = None
    share: Annotated[float, AtLeast(0), AtMost(1)] = 1.0


@attrs.frozen(kw_only=True)
class WorkerAssigned(Entry, kind="worker-assigned", dated="assigned_on"):
    """A worker takes on the case from this day; a new primary relieves the one before."""

    assigned_on: date
    worker: Ref
    capacity: Assignment = Assignment.PRIMARY


@attrs.frozen(kw_only=True)
class WorkerRelieved(Entry, kind="worker-relieved", dated="relieved_on"):
    """A worker leaves the case; *relieved_on* is the first day without them."""

    relieved_on: date
    worker: Ref


class LimitRounding(enum.Enum):
    """Where a part of a whole goes when a full-timer's limit is prorated. A half goes up in ``nearest``."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"
    EXACT = "exact"
    """Nowhere: the part counts as it is."""

    def of(self, limit: Fraction) -> Fraction:
        """*limit*, never negative, rounded."""
        if self is LimitRounding.DOWN:
            return Fraction(limit.numerator // limit.denominator)
        if self is LimitRounding.UP:
            return Fraction(-(-limit.numerator // limit.denominator))
        if self is LimitRounding.NEAREST:
            return Fraction((2 * limit.numerator + limit.denominator) // (2 * limit.denominator))
        return limit

    @property
    def words(self) -> str:
        """What is added to a sentence that does the sum."""
        return _ROUNDED[self]

    def prorated(self, at_most: int, share: float) -> Fraction:
        """The limit of somebody who works this part of full time."""
        return self.of(at_most * exact(share))

    def sum_in_words(self, at_most: int, share: float) -> str:
        """The sum that gives the limit: ``the limit is 15 x 0.5 = 7.5, rounded down 7``."""
        if share == 1:
            return f"the limit is {at_most}"
        whole, limit = at_most * exact(share), self.prorated(at_most, share)
        rounded = f"{self.words} {in_figures(limit)}" if limit != whole else ""
        return f"the limit is {at_most} x {in_figures(exact(share))} = {in_figures(whole)}{rounded}"


_ROUNDED = {
    LimitRounding.DOWN: ", rounded down",
    LimitRounding.NEAREST: ", rounded",
    LimitRounding.UP: ", rounded up",
    LimitRounding.EXACT: "",
}


@attrs.frozen(kw_only=True)
class CaseloadLimit(Rule, asks="caseload-limit"):
    """
    How many open cases a full-time worker may carry; a part-timer's limit is prorated by their share.

    Attributes:
        at_most: How many, or how much weight where `CaseWeights` weigh them.
        rounding: Where a part of a case goes in a prorated limit. Down, unless said: part of a case cannot be carried.
    """

    at_most: Annotated[int, AtLeast(1), AtMost(1000)]
    rounding: LimitRounding = LimitRounding.DOWN

    def asks_for_less_than(self, other: Rule) -> bool | None:
        """A larger caseload is less than a smaller one asks for; the rounding of a part-timer's is not weighed."""
        return self.at_most > other.at_most if isinstance(other, CaseloadLimit) else None
