"""Credentials, learning, statements, ages, days of hire and rulings as a post asks for them."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Label, Problem, Span, Value

from ..credentials import CredentialSort

Years = Annotated[int, AtLeast(0), AtMost(150)]


class Held(enum.Enum):
    """When a credential must be valid."""

    ON_THE_DAY = "on-the-day"
    """On the day asked about: whenever the question is asked, it must be valid then."""
    AT_APPOINTMENT = "at-appointment"
    """On the day of appointment; what becomes of it later does not matter. Before appointment, on the day asked."""
    THROUGHOUT = "throughout"
    """On every day from appointment to the day asked about. Before appointment, on the day asked."""


@attrs.frozen(kw_only=True)
class CredentialAsked(Value):
    """
    One credential that fits in every respect and is valid.

    Attributes:
        names, issuers: Any of these; no issuer means that it does not matter who gave it.
        for_at_least: How long it must have been held, from the day it was issued.
        for_at_most: How long after the day it was issued it still counts, as for a limited permit.
    """

    names: tuple[Label, ...]
    sort: CredentialSort | None = None
    issuers: tuple[Label, ...] = ()
    held: Held = Held.ON_THE_DAY
    for_at_least: Span | None = None
    for_at_most: Span | None = None
    papers: tuple[Label, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if not self.names:
            yield Problem("names", "must not be empty")
        for name in ("for_at_least", "for_at_most"):
            span = getattr(self, name)
            if span is not None and span.business_days is not None:
                yield Problem(name, "must not be in business days")


@attrs.frozen(kw_only=True)
class LearningAsked(Value):
    """
    Hours of continuing education or training.

    Attributes:
        subjects, providers: Any of these; empty means that it does not matter.
        within: Only what was completed in the span that ends with the day it is measured on.
    """

    hours: Annotated[float, AtLeast(0), AtMost(10_000)]
    subjects: tuple[Label, ...] = ()
    providers: tuple[Label, ...] = ()
    within: Span | None = None
    papers: tuple[Label, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if self.within is not None and self.within.business_days is not None:
            yield Problem("within", "must not be in business days")


@attrs.frozen(kw_only=True)
class Stated(Value):
    """What is stated under *name* is a yes; for what must not be so, use ``none_of``."""

    name: Label
    papers: tuple[Label, ...] = ()


@attrs.frozen(kw_only=True)
class Scored(Value):
    """The number stated under *name* lies within the bounds given: a score, a speed, a rank."""

    name: Label
    at_least: float | None = None
    at_most: float | None = None
    papers: tuple[Label, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        yield from _bounds(self.at_least, self.at_most)


@attrs.frozen(kw_only=True)
class Aged(Value):
    """Completed years of life on the day it is measured; *at_most* 35 holds until the day before the 36th birthday."""

    at_least: Years | None = None
    at_most: Years | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from _bounds(self.at_least, self.at_most)


@attrs.frozen(kw_only=True)
class Appointed(Value):
    """
    The day of appointment lies from *since* up to, but not including, *before*.

    Who is not appointed yet would be appointed on the day asked about.
    """

    since: date | None = None
    before: date | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.since is None and self.before is None:
            yield Problem("", "must give at least one of since, before")
        elif self.since is not None and self.before is not None and self.before <= self.since:
            yield Problem("before", "must be after since")


@attrs.frozen(kw_only=True)
class Judged(Value):
    """
    Something the post leaves to an official: it needs human judgement until a `Ruling` on the clause is on file.

    Attributes:
        by: Who decides, where the post says so.
    """

    clause: Label
    by: Label | None = None


def _bounds(least: float | None, most: float | None) -> Iterator[Problem]:
    if least is None and most is None:
        yield Problem("", "must give at least one of at_least, at_most")
    elif least is not None and most is not None and least > most:
        yield Problem("at_least", "must not be more than at_most")
