"""
Who is eligible, as a rulebook says it: a tree of criteria, all of it data.

A `Criterion` is either a group of others (`all_of`, `any_of`, `none_of`, or `at_least` so many `of` them) or one
question about the facts (`age`, `number`, `stated`, `code`, `times`, `days`, `served`); exactly one of these is filled.

>>> from casecore.intake import Criterion
>>> from casecore.terms import read
>>> adult_in_need = read({"all_of": [{"age": {"at_least": 18}},
...                                  {"number": {"fact": "gaf", "at_most": 40}}]}, Criterion)
>>> adult_in_need.all_of[1].number.fact
'gaf'
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Count, Label, Problem, Source, Span, Value, Words

from .facts import DATE_OF_BIRTH

Years = Annotated[int, AtLeast(0), AtMost(150)]

DEEPEST = 25
"""How many criteria may stand inside one another."""


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


@attrs.frozen(kw_only=True)
class Criterion(Value):
    """
    One node of the tree.

    Attributes:
        all_of, any_of, none_of: Groups: every one, at least one, or not a single one of these holds.
        at_least, of: The group in which at least so many hold.
        question: How a person would ask it; without one, the verdict words it from the data.
        cite: The paragraph that asks it, where that is narrower than the edition's own source.
    """

    all_of: tuple[Criterion, ...] | None = None
    any_of: tuple[Criterion, ...] | None = None
    none_of: tuple[Criterion, ...] | None = None
    at_least: Annotated[int, AtLeast(1)] | None = None
    of: tuple[Criterion, ...] | None = None
    age: AgeIs | None = None
    number: NumberIs | None = None
    stated: FactIs | None = None
    code: CodeIs | None = None
    times: TimesHappened | None = None
    days: DaysSpent | None = None
    served: ServedThroughout | None = None
    question: Words | None = None
    cite: Label | None = None

    def contradictions(self) -> Iterator[Problem]:
        filled = [name for name in _ALTERNATIVES if getattr(self, name) is not None]
        if len(filled) != 1:
            yield Problem("", f"must fill exactly one of {', '.join(_ALTERNATIVES)}")
        for name in _GROUPS:
            if getattr(self, name) == ():
                yield Problem(name, "must hold at least one criterion")
        if (self.at_least is None) != (self.of is None):
            yield Problem("at_least", "must stand together with of")
        elif self.at_least is not None and self.of and self.at_least > len(self.of):
            yield Problem("at_least", f"must be at most {len(self.of)}, the number of criteria in of")

    @property
    def parts(self) -> tuple[Criterion, ...]:
        """The criteria inside a group; none in a question about facts."""
        return self.all_of or self.any_of or self.none_of or self.of or ()

    @property
    def leaf(self) -> Leaf | None:
        """The question about facts; none in a group."""
        return self.age or self.number or self.stated or self.code or self.times or self.days or self.served

    @property
    def wanted(self) -> int:
        """How many parts must hold in a group; for ``none_of``, how many bar it."""
        if self.all_of is not None:
            return len(self.all_of)
        return 1 if self.at_least is None else self.at_least

    def leaves(self) -> Iterator[Leaf]:
        """Every question about facts below this node, from left to right; one asked twice comes twice."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if leaf := node.leaf:
                yield leaf
            waiting.extend(reversed(node.parts))


_GROUPS = ("all_of", "any_of", "none_of", "of")
_ALTERNATIVES = (*_GROUPS, "age", "number", "stated", "code", "times", "days", "served")


@attrs.frozen(kw_only=True)
class EligibilityCriteria(Rule, asks="eligibility"):
    """
    Who may be served by a program.

    Attributes:
        needs: What must hold.
        counts_unverified: Whether a fact counts that has only been said; otherwise it is not known.
    """

    needs: Criterion
    counts_unverified: bool = False

    def contradictions(self) -> Iterator[Problem]:
        if _depth(self.needs) > DEEPEST:
            yield Problem("needs", f"must not hold criteria deeper than {DEEPEST} inside one another")
            return
        kinds: dict[str, str] = {}
        for leaf in self.needs.leaves():
            name, kind = name_and_kind(leaf)
            if name == DATE_OF_BIRTH and not isinstance(leaf, AgeIs):
                yield Problem("needs", "must ask for the date of birth with age only")
            elif kinds.setdefault(name, kind) != kind:
                yield Problem("needs", "must not ask for one name as two kinds of fact")


def name_and_kind(leaf: Leaf) -> tuple[str, str]:
    """The name of the fact that *leaf* asks for, and what kind of fact that is."""
    if isinstance(leaf, AgeIs):
        return DATE_OF_BIRTH, "age"
    if isinstance(leaf, TimesHappened | DaysSpent | ServedThroughout):
        return leaf.history, "history"
    return leaf.fact, type(leaf).__name__


def paragraph(cite: str | None, of: Source) -> Source:
    """The paragraph *cite* of a source that was read as a whole; the source itself where none is named."""
    return of if cite is None else Source(cite=cite, url=of.url, read_on=of.read_on, invented=of.invented)


def _depth(top: Criterion) -> int:
    depth, level = 0, [top]
    while level and depth <= DEEPEST:
        depth, level = depth + 1, [part for node in level for part in node.parts]
    return depth


def _bounds(least: int | None, most: int | None) -> Iterator[Problem]:
    if least is None and most is None:
        yield Problem("", "must give at least one of at_least, at_most")
    elif least is not None and most is not None and least > most:
        yield Problem("at_least", "must not be more than at_most")


def _not_in_business_days(field: str, span: Span | None) -> Iterator[Problem]:
    if span is not None and span.business_days is not None:
        yield Problem(field, "must not be in business days, which cannot be looked back over")
