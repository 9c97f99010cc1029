"""
How much continuing education a standard asks for, in which stretch of days, and what it accepts.

>>> from casecore.terms import read
>>> rule = read({"hours": 36, "per": "calendar-years", "years": 3, "first_year": 2024,
...              "asks_newcomers": True, "counts_unverified": False,
...              "parts": [{"subjects": ["ethics"], "at_least": 3}, {"subjects": ["self-study"], "at_most": 12}]},
...             LearningMinimum)
>>> str(rule.parts[0]), str(rule.parts[1])
('at least 3 hours of ethics', 'at most 12 hours of self-study')
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Label, Problem, Span, Value, exact, field_names

from .figures import in_hours
from .holding import CredentialAsked

Hours = Annotated[float, AtLeast(0), AtMost(10_000)]
"""Hours of instruction, or contact hours as the issuer counts them."""


class LearningPer(enum.Enum):
    """The stretch of days in which hours are counted."""

    CALENDAR_YEARS = "calendar-years"
    YEARS_OF_SERVICE = "years-of-service"
    """Counted from the day of appointment in the worker's file."""
    CREDENTIAL = "credential"
    """From the day on which a credential was issued to the day on which it expires."""
    ROLLING = "rolling"
    """Looking back from each day."""


@attrs.frozen(kw_only=True)
class LearningPart(Value):
    """
    A part of the hours that has a least or a most of its own.

    Attributes:
        subjects: The subjects it takes together.
        at_least: How many hours of them must be among the hours.
        at_most: How many hours of them count at all; further ones are passed over.
    """

    subjects: tuple[Label, ...]
    at_least: Hours = 0.0
    at_most: Hours | None = None

    def contradictions(self) -> Iterator[Problem]:
        if not self.subjects:
            yield Problem("subjects", "must name at least one subject")
        if self.at_least == 0 and self.at_most is None:
            yield Problem("", "must say at_least or at_most")
        if self.at_most is not None and self.at_most < self.at_least:
            yield Problem("at_most", "must not be less than at_least")

    def __str__(self) -> str:
        bounds = [f"at least {in_hours(exact(self.at_least))}"] if self.at_least else []
        if self.at_most is not None:
            bounds.append(f"at most {in_hours(exact(self.at_most))}")
        return f"{' and '.join(bounds)} of {' or '.join(self.subjects)}"


@attrs.frozen(kw_only=True)
class LearningMinimum(Rule, asks="continuing-education"):
    """
    At least so many hours of continuing education in every stretch of days.

    Attributes:
        hours: How many.
        per: In what.
        years, first_year: For ``calendar-years``: how many years belong together, and a year with which they begin. For
            ``years-of-service`` only *years*.
        asks_newcomers: For ``calendar-years``: whether all the hours are asked of somebody who was appointed after the
            stretch began; else they begin with the next one.
        credential: For ``credential``: on which credential the hours depend.
        span: For ``rolling``: how far each day looks back; never in business days.
        parts: Least and most hours of some subjects.
        subjects: The only subjects that count; none named means any.
        providers: The only providers whose teaching counts; none named means any.
        papers: The kinds of papers that must be on file for it, all of them.
        counts_unverified: Whether hours that were only said count.
        carries_over: How many hours above the minimum of one stretch count in the next one. Nothing, unless said.
        roles: The roles of which it is asked; none named means every worker.
    """

    hours: Hours
    per: LearningPer
    counts_unverified: bool
    years: Annotated[int, AtLeast(1), AtMost(20)] | None = None
    first_year: Annotated[int, AtLeast(1), AtMost(9999)] | None = None
    asks_newcomers: bool | None = None
    credential: CredentialAsked | None = None
    span: Span | None = None
    parts: tuple[LearningPart, ...] = ()
    subjects: tuple[Label, ...] = ()
    providers: tuple[Label, ...] = ()
    papers: tuple[Label, ...] = ()
    carries_over: Hours = 0.0
    roles: tuple[Label, ...] = ()

    def asks_for_less_than(self, other: Rule) -> bool | None:
        """Fewer hours are less, where all else is the same; else nothing can be said."""
        if not isinstance(other, LearningMinimum):
            return None
        if any(getattr(self, name) != getattr(other, name) for name in field_names(LearningMinimum) if name != "hours"):
            return None
        return self.hours < other.hours

    def is_asked_of(self, roles: Collection[str]) -> bool:
        """Whether it is asked of somebody with these roles."""
        return not self.roles or any(role in self.roles for role in roles)

    def contradictions(self) -> Iterator[Problem]:
        needed = {
            LearningPer.CALENDAR_YEARS: ("years", "first_year", "asks_newcomers"),
            LearningPer.YEARS_OF_SERVICE: ("years",),
            LearningPer.CREDENTIAL: ("credential",),
            LearningPer.ROLLING: ("span",),
        }[self.per]
        for field in ("years", "first_year", "asks_newcomers", "credential", "span"):
            if field in needed and getattr(self, field) is None:
                yield Problem(field, f"must be said where per is {self.per.value}")
            elif field not in needed and getattr(self, field) is not None:
                yield Problem(field, f"must be left out where per is {self.per.value}")
        if self.span is not None and self.span.business_days is not None:
            yield Problem("span", "must not be in business days")
        if self.per is LearningPer.ROLLING and self.carries_over:
            yield Problem("carries_over", "must be left out where per is rolling")
        named = [subject for part in self.parts for subject in part.subjects]
        if len(set(named)) < len(named):
            yield Problem("parts", "must not name a subject twice")
        if self.subjects and set(named) - set(self.subjects):
            yield Problem("parts", "must name no subject but those in subjects")
        if sum(exact(part.at_least) for part in self.parts) > exact(self.hours):
            yield Problem("parts", "must not ask for more hours together than hours does")
