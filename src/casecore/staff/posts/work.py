"""How much work, of which kind, before or after what: experience as a post asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Label, Problem, Value, exact

from ..experience import Share
from .held_asked import CredentialAsked
from .schooling_asked import DegreeAsked

Much = Annotated[float, AtLeast(0), AtMost(500_000)]


@attrs.frozen(kw_only=True)
class Amount(Value):
    """
    An amount of full-time work, in exactly one unit. A year is twelve months; how hours become months, the post says.

    Attributes:
        days: Calendar days of full-time work, not working days.
    """

    years: Annotated[float, AtLeast(0), AtMost(100)] | None = None
    months: Annotated[float, AtLeast(0), AtMost(1_200)] | None = None
    days: Annotated[float, AtLeast(0), AtMost(40_000)] | None = None
    hours: Much | None = None

    def contradictions(self) -> Iterator[Problem]:
        if sum(unit is not None for unit in (self.years, self.months, self.days, self.hours)) != 1:
            yield Problem("", "must name exactly one of years, months, days, hours")

    @property
    def unit(self) -> str:
        """What is counted: ``months`` (for years too), ``days`` or ``hours``."""
        return "hours" if self.hours is not None else "days" if self.days is not None else "months"

    @property
    def number(self) -> Fraction:
        """How many of `unit`; decimal fractions as they are written."""
        if self.years is not None:
            return 12 * exact(self.years)
        return exact(next(each for each in (self.months, self.days, self.hours) if each is not None))

    def __str__(self) -> str:
        units = ((self.years, "year"), (self.months, "month"), (self.days, "day"), (self.hours, "hour"))
        number, unit = next((number, unit) for number, unit in units if number is not None)
        return f"{number:,g} {unit}{'' if number == 1 else 's'}"


@attrs.frozen(kw_only=True)
class Holding(Value):
    """Something held from a day on: a degree or a credential; exactly one of the two."""

    degree: DegreeAsked | None = None
    credential: CredentialAsked | None = None

    def contradictions(self) -> Iterator[Problem]:
        if (self.degree is None) == (self.credential is None):
            yield Problem("", "must give exactly one of degree, credential")


@attrs.frozen(kw_only=True)
class Work(Value):
    """
    Which work counts. Every field that is filled must fit; a list fits where one of its words does.

    Attributes:
        kinds, titles, employers, statuses, settings: Any of these; empty means that it does not matter.
        not_titles, not_statuses: None of these, as in a trainee year that does not count.
        is_paid: Paid work only, or volunteer work only.
        group, served_at_least: The part of the people served that belonged to a group.
        full_time: Only work of full time; otherwise part time counts in proportion.
        after, before: Only work done after (before) the first day on which something was held.
        papers: The papers that must be on file for it.
    """

    kinds: tuple[Label, ...] = ()
    titles: tuple[Label, ...] = ()
    employers: tuple[Label, ...] = ()
    statuses: tuple[Label, ...] = ()
    settings: tuple[Label, ...] = ()
    not_titles: tuple[Label, ...] = ()
    not_statuses: tuple[Label, ...] = ()
    is_paid: bool | None = None
    group: Label | None = None
    served_at_least: Share | None = None
    full_time: bool = False
    after: Holding | None = None
    before: Holding | None = None
    papers: tuple[Label, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if (self.group is None) != (self.served_at_least is None):
            yield Problem("served_at_least", "must stand together with group")
        for wanted, unwanted in (("titles", "not_titles"), ("statuses", "not_statuses")):
            if set(getattr(self, wanted)) & set(getattr(self, unwanted)):
                yield Problem(unwanted, f"must not name one of {wanted}")


ANY_WORK = Work()
"""Work of any kind."""


@attrs.frozen(kw_only=True)
class OtherWork(Value):
    """
    Other work that counts too, less or only so far.

    Attributes:
        counts_for: What a month of it is worth, 1.0 being as much as the work itself.
        at_most: How much of it counts, after *counts_for*.
    """

    work: Work
    counts_for: Share = 1.0
    at_most: Amount | None = None
