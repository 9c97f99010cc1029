"""Everything known of one worker or applicant that a post may ask about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import attrs

from casecore.terms import Label, Problem, Ref, Value, Words

from .claims import Claim
from .credentials import Credential, Learning
from .experience import Spell
from .schooling import Credits, Degree


@attrs.frozen(kw_only=True)
class Statement(Claim):
    """
    One thing stated: a yes or no, or a number; exactly one of the two.

    Attributes:
        name: The post's word for it, as in ``written-examination-passed`` or ``typing-words-per-minute``.
        stated_on: The day from which it is known; nothing where it always held.
        until: First day on which it is no longer to be relied on.
    """

    name: Label
    is_so: bool | None = None
    number: float | None = None
    stated_on: date | None = None
    until: date | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from super().contradictions()
        if (self.is_so is None) == (self.number is None):
            yield Problem("", "must give exactly one of is_so, number")
        if self.stated_on is not None and self.until is not None and self.until <= self.stated_on:
            yield Problem("until", "must be after stated_on")


@attrs.frozen(kw_only=True)
class Ruling(Value):
    """
    What an official decided where a post leaves it to their judgement. Only what is recorded counts.

    Attributes:
        post, clause: Which clause of which post.
        by: Who decided: a name or an office.
    """

    post: Label
    clause: Label
    is_so: bool
    decided_on: date
    by: Label
    because: Words | None = None


@attrs.frozen(kw_only=True)
class StaffFile(Value):
    """
    What is known of one worker or applicant.

    A list that is given is complete: what is not in it is not so. A list left out is not known.

    Attributes:
        worker: An id, never a name.
        stated_on: The last day of which the file tells: what it lacks may have come since, and work that "still lasts"
            may have ended. Without it, somebody keeps the file up.
        applied_on, examined_on, appointed_on: The days from which posts count.
        credits: Credits outside the degrees.
        statements: Anything else a post asks for by name; what is not stated is not known.
    """

    worker: Ref
    stated_on: date | None = None
    born_on: date | None = None
    applied_on: date | None = None
    examined_on: date | None = None
    appointed_on: date | None = None
    degrees: tuple[Degree, ...] | None = None
    credits: tuple[Credits, ...] | None = None
    experience: tuple[Spell, ...] | None = None
    credentials: tuple[Credential, ...] | None = None
    learning: tuple[Learning, ...] | None = None
    statements: tuple[Statement, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        degrees = self.degrees or ()
        if len(degrees) > MOST_DEGREES:
            yield Problem("degrees", f"must not have more than {MOST_DEGREES} parts")
        else:
            for (_, one), (place, other) in combinations(enumerate(degrees), 2):
                if one.is_the_same_as(other):
                    yield Problem(f"degrees[{place}]", "must not overlap a degree of the same kind before it")
        for earlier, later in (("applied_on", "examined_on"), ("applied_on", "appointed_on")):
            first, second = getattr(self, earlier), getattr(self, later)
            if first is not None and second is not None and second < first:
                yield Problem(later, f"must not be before {earlier}")
        for place, spell in enumerate(self.experience or ()):
            if self.born_on is not None and spell.began_on < self.born_on:
                yield Problem(f"experience[{place}].began_on", "must not be before born_on")


MOST_DEGREES = 100
"""How many degrees one file may hold."""
