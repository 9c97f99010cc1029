"""Which assessments a program owes its clients, how soon, how often, and for how long one is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Label, Problem, Span

from .assessment import Assessment

Days = Annotated[int, AtLeast(0), AtMost(3660)]


@attrs.frozen(kw_only=True)
class RequiredAssessment(Rule, asks="required-assessment"):
    """
    An assessment of one kind that every client is owed.

    Attributes:
        about: The kind, as in `Assessment.about`.
        first_within: The first is due within this span of admission, which is day 0.
        repeated_every: Each further one is due within this span of the last *completed* one, however late or early that
            was; without it, the first is the only one.
        valid_for: A completed one is good through this span of its completion; a new one is due before that ends.
        opens_days_before: How many days before its last day a further one becomes due; without it, from the day after
            the last one was completed.
        closes_days_after: How many days after its last day it can still be made up for, late; after those it is missed.
            Without it, it stays overdue until it is done.
        days_before_admission: How many days before admission one may have been completed and still be the first.
        instruments: The instruments that count, by id (``phq-9``, any version) or by id and version (``phq-9@1``); none
            named means that any counts, and none at all too. An assessment that names no instrument does not count
            where one is asked for.
    """

    about: Label
    first_within: Span
    repeated_every: Span | None = None
    valid_for: Span | None = None
    opens_days_before: Days | None = None
    closes_days_after: Days | None = None
    days_before_admission: Days = 0
    instruments: tuple[Label, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        for name in ("repeated_every", "valid_for"):
            span: Span | None = getattr(self, name)
            if span is not None and not (span.days or span.business_days or span.months or span.years):
                yield Problem(name, "must be longer than nothing")

    def accepts(self, assessment: Assessment) -> bool:
        """Whether an assessment is of this kind, by an instrument that counts."""
        if assessment.about != self.about:
            return False
        if not self.instruments:
            return True
        used = assessment.instrument
        return used is not None and (used in self.instruments or used.partition("@")[0] in self.instruments)

    @property
    def wanted(self) -> str:
        """The entry that meets it, in words."""
        by = f" by {' or '.join(self.instruments)}" if self.instruments else ""
        return f"an assessment about {self.about}{by}"
