"""What somebody has studied: degrees, and credits by subject."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Label, Problem

from .claims import Claim


class Level(enum.Enum):
    """How far a course of study leads, lowest first; a post's own names for degrees are their *title*."""

    HIGH_SCHOOL = "high-school"
    """A high-school diploma or what stands for it, such as the GED."""
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"

    @property
    def rank(self) -> int:
        """0 for the lowest."""
        return _RANKS[self._value_]


_RANKS = {level.value: rank for rank, level in enumerate(Level)}


class CreditUnit(enum.Enum):
    """What a credit is. Three quarter credits are two semester credits; what an ECTS credit is worth, a post says."""

    SEMESTER = "semester"
    QUARTER = "quarter"
    ECTS = "ects"


@attrs.frozen(kw_only=True)
class Credits(Claim):
    """
    Credits earned in one subject.

    Attributes:
        subject: The subject in the words of the post, as in ``psychology``; nothing where it is not known.
        accreditors: By whom the college is accredited; nothing where that is not known. Credits within a degree that do
            not say it have the degree's.
        is_graduate: Whether they are graduate credits; nothing where that is not known.
        earned_on: The day from which they count; nothing where it is not known, and they are taken as earned.
    """

    subject: Label | None = None
    amount: Annotated[float, AtLeast(0), AtMost(2_000)]
    unit: CreditUnit
    accreditors: tuple[Label, ...] | None = None
    is_graduate: bool | None = None
    earned_on: date | None = None


@attrs.frozen(kw_only=True)
class Degree(Claim):
    """
    A degree or diploma that was awarded. A course of study that is not finished gives `Credits` only.

    Attributes:
        field: The field of study in the words of the post; nothing where it is not known.
        title: As it stands on the paper: ``MSW``; nothing where it is not known.
        accreditors: By whom the college is accredited, or with whom registered: all; nothing where not known.
        including: Parts a post may ask for, as in ``approved-field-placement``: all there are; nothing where not known.
        began_on: First day of the course.
        awarded_on: The day it was awarded; nothing where it is not known, though it was.
        credits: Its credits by subject, all that are counted nowhere else; nothing where they are not known.
    """

    level: Level
    field: Label | None = None
    title: Label | None = None
    institution: Label | None = None
    accreditors: tuple[Label, ...] | None = None
    including: tuple[Label, ...] | None = None
    began_on: date | None = None
    awarded_on: date | None = None
    credits: tuple[Credits, ...] | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from super().contradictions()
        if self.began_on is not None and self.awarded_on is not None and self.awarded_on < self.began_on:
            yield Problem("awarded_on", "must not be before began_on")

    def is_the_same_as(self, other: Degree) -> bool:
        """Whether both are one degree told twice: level, field, title and college are the same, and the times meet."""
        if (self.level, self.field, self.title, self.institution) != (
            other.level,
            other.field,
            other.title,
            other.institution,
        ):
            return False
        return not (_is_before(self, other) or _is_before(other, self))


def _is_before(one: Degree, other: Degree) -> bool:
    begins = other.began_on or other.awarded_on
    return one.awarded_on is not None and begins is not None and one.awarded_on < begins
