"""
What a post asks for: a tree of needs, all of it data.

A `Need` is either a group of others (`all_of`, `any_of`, `none_of`, `at_least` so many `of` them, or `adds_up`) or one
question about the staff file; exactly one of these is filled.

>>> from casecore.staff.posts import Need
>>> from casecore.terms import read
>>> graduate = read({"all_of": [{"degree": {"level": "bachelor"}},
...                             {"experience": {"at_least": {"years": 3}}}]}, Need)
>>> str(graduate.all_of[1].experience.at_least)
'3 years'
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Label, Problem, Span, Value, Words, node_problems

from .held_asked import Aged, Appointed, CredentialAsked, Judged, LearningAsked, Scored, Stated
from .schooling_asked import CreditsAsked, DegreeAsked
from .word_lists import values_within
from .work import ANY_WORK, Amount, OtherWork, Work

DEEPEST = 25
"""How many needs may stand inside one another."""


class StaffDay(enum.Enum):
    """A day in a worker's course from which posts count."""

    ASKED = "asked"
    """The day asked about."""
    APPLICATION = "application"
    EXAMINATION = "examination"
    APPOINTMENT = "appointment"
    """The day of appointment; who is not appointed yet would be appointed on the day asked about."""


class Footing(enum.Enum):
    """On what footing somebody may be appointed while a need is still open."""

    CONDITIONAL = "conditional"
    """Appointed, on condition that the need is met in time."""
    PROVISIONAL = "provisional"
    """Appointed for the time being, as before an examination is held."""


@attrs.frozen(kw_only=True)
class MayFollow(Value):
    """
    A need that may be met later: until then it stands as a condition, and does not bar.

    Attributes:
        within: How long, the anchor being day 0; on the last day of it the condition still stands. Nothing: no limit.
        after: The day it counts from.
        late_counts: Whether it also does when it is met after that; otherwise the file is looked at as of the last day.
    """

    within: Span | None = None
    after: StaffDay = StaffDay.APPOINTMENT
    footing: Footing = Footing.CONDITIONAL
    late_counts: bool = True

    def contradictions(self) -> Iterator[Problem]:
        if self.within is not None and self.within.business_days is not None:
            yield Problem("within", "must not be in business days")
        if self.after is StaffDay.ASKED:
            yield Problem("after", "must not be the day asked about, which moves")
        if self.within is None and not self.late_counts:
            yield Problem("late_counts", "must not be false without a limit")


@attrs.frozen(kw_only=True)
class Substitute(Value):
    """
    What counts as experience though it is none: exactly one of *needs* and *each*.

    Attributes:
        counts_as: How much it is worth.
        needs: Counts once, as soon as this holds.
        each: Counts again for each full lot of these credits.
        at_most: How much of this substitute counts.
    """

    counts_as: Amount
    needs: Need | None = None
    each: CreditsAsked | None = None
    at_most: Amount | None = None

    def contradictions(self) -> Iterator[Problem]:
        if (self.needs is None) == (self.each is None):
            yield Problem("", "must give exactly one of needs, each")
        if self.each is not None and not self.each.at_least:
            yield Problem("each.at_least", "must be more than 0")


@attrs.frozen(kw_only=True)
class ExperienceAsked(Value):
    """
    So much work of a kind.

    Of spells that overlap no day counts as more than one day of full time.

    Attributes:
        work: Which work counts; anything, where nothing is said.
        in_proportion: Whether part time counts in proportion; otherwise a day is a day, as in years of service.
        other: Other work that counts too, less or only so far. What several entries fit counts with the first.
        within: Only work in the span that ends with the day it is measured on.
        is_continuous: Only the longest unbroken stretch counts; a gap of up to *gap_days* does not break it.
        is_preceding: The stretch must reach to the day it is measured on, or to the day before.
        substitutes: What counts in place of work.
        substituted_at_most: How much all substitutes together may count.
        floor: How much must be the very work asked for: neither other work nor a substitute.
    """

    at_least: Amount
    work: Work = ANY_WORK
    other: tuple[OtherWork, ...] = ()
    within: Span | None = None
    in_proportion: bool = True
    is_continuous: bool = False
    is_preceding: bool = False
    gap_days: Annotated[int, AtLeast(0), AtMost(3_660)] = 0
    substitutes: tuple[Substitute, ...] = ()
    substituted_at_most: Amount | None = None
    floor: Amount | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.within is not None and self.within.business_days is not None:
            yield Problem("within", "must not be in business days")
        if self.gap_days and not (self.is_continuous or self.is_preceding):
            yield Problem("gap_days", "must stand together with is_continuous or is_preceding")
        if self.other and (self.is_continuous or self.is_preceding):
            yield Problem("other", "must not stand together with is_continuous or is_preceding")
        for path, amount in self._amounts():
            if amount is not None and amount.unit != self.at_least.unit:
                yield Problem(path, "must be in the unit of at_least; years and months are one")
        if self.at_least.unit == "hours" and not self.in_proportion:
            yield Problem("in_proportion", "must not be false where hours are asked for")
        if (
            self.floor is not None
            and self.floor.unit == self.at_least.unit
            and self.floor.number > self.at_least.number
        ):
            yield Problem("floor", "must not be more than at_least")

    def _amounts(self) -> Iterator[tuple[str, Amount | None]]:
        yield "floor", self.floor
        yield "substituted_at_most", self.substituted_at_most
        for place, other in enumerate(self.other):
            yield f"other[{place}].at_most", other.at_most
        for place, substitute in enumerate(self.substitutes):
            yield f"substitutes[{place}].counts_as", substitute.counts_as
            yield f"substitutes[{place}].at_most", substitute.at_most


@attrs.frozen(kw_only=True)
class Pattern(Value):
    """
    One way that may be followed in part, where a post lets several be combined in proportion.

    Attributes:
        name: What the post calls it.
        needs: What must hold in full before any part of it counts.
        experience: What counts in proportion: half of it is half of the pattern.
    """

    name: Label
    experience: ExperienceAsked
    needs: Need | None = None

    def contradictions(self) -> Iterator[Problem]:
        if not self.experience.at_least.number:
            yield Problem("experience.at_least", "must be more than 0")
        asked = self.experience
        if asked.is_continuous or asked.is_preceding or asked.other or asked.substitutes or asked.floor is not None:
            yield Problem("experience", "must give only at_least, work and within in a pattern")


@attrs.frozen(kw_only=True)
class Need(Value):
    """
    One node of the tree.

    Attributes:
        all_of, any_of, none_of: Groups: every one, at least one, or not a single one of these holds.
        at_least, of: The group in which at least so many hold.
        adds_up: Patterns of which parts may be added: half of one and half of another make a whole.
        post: The name of another post whose needs must hold.
        name: What the announcement calls it, as in ``A`` for a route.
        question: How a person would ask it; without one, the verdict words it from the data.
        cite: The paragraph that asks it, where that is narrower than the edition's own source.
        asked_at: The steps at which it is asked, of those the post names; empty means at every one.
        measured_at, measured_on: The day on which the file is looked at, where it is not that of the group around it.
        may_follow: Whether it may be met later.
    """

    all_of: tuple[Need, ...] | None = None
    any_of: tuple[Need, ...] | None = None
    none_of: tuple[Need, ...] | None = None
    at_least: Annotated[int, AtLeast(1)] | None = None
    of: tuple[Need, ...] | None = None
    adds_up: tuple[Pattern, ...] | None = None
    degree: DegreeAsked | None = None
    credits: CreditsAsked | None = None
    experience: ExperienceAsked | None = None
    credential: CredentialAsked | None = None
    learning: LearningAsked | None = None
    stated: Stated | None = None
    scored: Scored | None = None
    aged: Aged | None = None
    appointed: Appointed | None = None
    judged: Judged | None = None
    post: Label | None = None
    name: Label | None = None
    question: Words | None = None
    cite: Label | None = None
    asked_at: tuple[Label, ...] = ()
    measured_at: StaffDay | None = None
    measured_on: date | None = None
    may_follow: MayFollow | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from node_problems(self, groups=_GROUPS, alternatives=_ALTERNATIVES, part="need")
        for place, pattern in enumerate(self.adds_up or ()):
            if self.adds_up and pattern.experience.at_least.unit != self.adds_up[0].experience.at_least.unit:
                yield Problem(f"adds_up[{place}].experience.at_least", "must be in the unit of the first pattern")
        if self.measured_at is not None and self.measured_on is not None:
            yield Problem("measured_on", "must not stand together with measured_at")

    @property
    def parts(self) -> tuple[Need, ...]:
        """The needs inside a group; none in a question about the file."""
        return self.all_of or self.any_of or self.none_of or self.of or ()

    @property
    def leaf(self) -> Value | None:
        """What is asked about the file; nothing in a group, and where another post is asked for."""
        asked: Value | None = next((each for name in _ASKED if (each := getattr(self, name)) is not None), None)
        return asked

    def below(self) -> Iterator[Need]:
        """The needs directly below this one: its parts, and those of its patterns and substitutes."""
        yield from self.parts
        asked = [self.experience] if self.experience else []
        for pattern in self.adds_up or ():
            asked.append(pattern.experience)
            if pattern.needs is not None:
                yield pattern.needs
        for experience in asked:
            yield from (each.needs for each in experience.substitutes if each.needs is not None)

    def places(self, path: str) -> Iterator[tuple[str, Need]]:
        """This need, which stands at *path*, and every one below it, each with the path at which it stands."""
        for where, value in values_within(self, path):
            if isinstance(value, Need):
                yield where, value

    def everything(self) -> Iterator[Need]:
        """This need and every one below it, from left to right."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(list(node.below())))


_GROUPS = ("all_of", "any_of", "none_of", "of", "adds_up")
_LEAVES = (
    "degree",
    "credits",
    "experience",
    "credential",
    "learning",
    "stated",
    "scored",
    "aged",
    "appointed",
    "judged",
    "post",
)
_ASKED = tuple(name for name in _LEAVES if name != "post")
_ALTERNATIVES = (*_GROUPS, *_LEAVES)
