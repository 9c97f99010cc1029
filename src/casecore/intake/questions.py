"""
What a rulebook can ask about the facts: an age, a number, a yes or no, a code, a count, a stay, a service.

Every threshold, length of time and way of counting is a field.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Count, Label, Problem, Span, Value

from .facts import DATE_OF_BIRTH

Years = Annotated[int, AtLeast(0), AtMost(150)]


class CountedDays(enum.Enum):
    """How long a stay is."""

    NIGHTS = "nights"
    """The day of leaving is not counted: in on Monday, out on Wednesday is two."""
    DAYS = "days"
    """The first day and the day of leaving are both counted: in on Monday, out on Wednesday is three."""


class CountedTimes(enum.Enum):
    """Which happenings belong to a look-back window."""

    BEGUN = "begun"
    """Those that began inside it: an admission belongs to the day of admission."""
    ANY_PART = "any-part"
    """Those with any day inside it."""


class Stretches(enum.Enum):
    """Where the stretches of continuous service lie."""

    CALENDAR = "calendar"
    """Whole calendar quarters (or months, or years); the one still running on the day asked about is left out."""
    TO_DATE = "to-date"
    """Counted back from the day asked about, which is the last day of the latest stretch."""


@attrs.frozen(kw_only=True)
class AgeIs(Value):
    """Completed years of life on the day asked about; *at_most* 35 holds until the day before the 36th birthday."""

    at_least: Years | None = None
    at_most: Years | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from _bounds(self.at_least, self.at_most)


@attrs.frozen(kw_only=True)
class NumberIs(Value):
    """
    A number stated under the name *fact* lies within all bounds given.

    Attributes:
        above, below: Bounds that are themselves outside.
        known_within: How old the statement may be; without it, any age will do.
    """

    fact: Label
    at_least: Decimal | int | None = None
    above: Decimal | int | None = None
    at_most: Decimal | int | None = None
    below: Decimal | int | None = None
    known_within: Span | None = None

    def contradictions(self) -> Iterator[Problem]:
        lower = [bound for bound in (self.at_least, self.above) if bound is not None]
        upper = [bound for bound in (self.at_most, self.below) if bound is not None]
        if not lower and not upper:
            yield Problem("", "must give at least one of at_least, above, at_most, below")
        elif lower and upper:
            least, most = max(lower), min(upper)
            strict = least == self.above or most == self.below
            if least > most or (least == most and strict):
                yield Problem("", "must leave a number between its bounds")
        yield from _not_in_business_days("known_within", self.known_within)


@attrs.frozen(kw_only=True)
class FactIs(Value):
    """What was stated under the name *fact* is a yes. For a fact that must not be so, use ``none_of``."""

    fact: Label
    known_within: Span | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from _not_in_business_days("known_within", self.known_within)


@attrs.frozen(kw_only=True)
class CodeIs(Value):
    """
    One of the codes stated under the name *fact* is in the list, or starts like one; letters and points as written.

    Attributes:
        one_of: Whole codes.
        starts_with: Beginnings of codes, as in ``295`` for 295.30.
    """

    fact: Label
    one_of: tuple[Label, ...] = ()
    starts_with: tuple[Label, ...] = ()
    known_within: Span | None = None

    def contradictions(self) -> Iterator[Problem]:
        if not self.one_of and not self.starts_with:
            yield Problem("", "must give at least one of one_of, starts_with")
        yield from _not_in_business_days("known_within", self.known_within)


@attrs.frozen(kw_only=True)
class TimesHappened(Value):
    """
    How many happenings of the list *history* there were in the look-back that ends with the day asked about.

    Attributes:
        counted: Which happenings belong to the look-back; an event of one day belongs to it either way.
    """

    history: Label
    within: Span
    at_least: Count | None = None
    at_most: Count | None = None
    counted: CountedTimes = CountedTimes.BEGUN

    def contradictions(self) -> Iterator[Problem]:
        yield from _bounds(self.at_least, self.at_most)
        yield from _not_in_business_days("within", self.within)


@attrs.frozen(kw_only=True)
class DaysSpent(Value):
    """
    How many nights or days the stays of the list *history* come to, in the look-back ending with the day asked about.

    Of a stay that the look-back cuts, only the part inside counts; a day counts once, however many stays it lies in.
    """

    history: Label
    within: Span
    counted: CountedDays
    at_least: Count | None = None
    at_most: Count | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from _bounds(self.at_least, self.at_most)
        yield from _not_in_business_days("within", self.within)


@attrs.frozen(kw_only=True)
class ServedThroughout(Value):
    """
    Continuous service up to the day asked about: at least so many units of the list *history* in every stretch.

    Attributes:
        lasting: How long, in months or years: a whole number of stretches.
        every_months: The length of a stretch; 3 is a quarter.
        at_least: How many units each stretch must hold.
    """

    history: Label
    lasting: Span
    every_months: Annotated[int, AtLeast(1), AtMost(12)]
    at_least: Annotated[int, AtLeast(1), AtMost(1_000)]
    stretches: Stretches

    def contradictions(self) -> Iterator[Problem]:
        if not self.months:
            yield Problem("lasting", "must be one or more months or years")
        elif self.months % self.every_months:
            yield Problem("every_months", "must divide the months of lasting")
        if self.stretches is Stretches.CALENDAR and 12 % self.every_months:
            yield Problem("every_months", "must divide a calendar year where stretches are calendar stretches")

    @property
    def months(self) -> int:
        """The length of the whole service asked for; 0 where it is not stated in months or years."""
        return self.lasting.months or 12 * (self.lasting.years or 0)


Leaf = AgeIs | NumberIs | FactIs | CodeIs | TimesHappened | DaysSpent | ServedThroughout


def name_and_kind(leaf: Leaf) -> tuple[str, str]:
    """The name of the fact that *leaf* asks for, and what kind of fact that is."""
    if isinstance(leaf, AgeIs):
        return DATE_OF_BIRTH, "age"
    if isinstance(leaf, TimesHappened | DaysSpent | ServedThroughout):
        return leaf.history, "history"
    return leaf.fact, type(leaf).__name__


def _bounds(least: int | None, most: int | None) -> Iterator[Problem]:
    if least is None and most is None:
        yield Problem("", "must give at least one of at_least, at_most")
    elif least is not None and most is not None and least > most:
        yield Problem("at_least", "must not be more than at_most")


def _not_in_business_days(field: str, span: Span | None) -> Iterator[Problem]:
    if span is not None and span.business_days is not None:
        yield Problem(field, "must not be in business days, which cannot be looked back over")
