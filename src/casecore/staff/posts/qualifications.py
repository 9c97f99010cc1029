"""What one edition of a post asks, and how it counts."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Label, Problem, Value

from .needs import DEEPEST, Need, StaffDay
from .word_lists import WordList, list_problems, spelled_out


class YearOfWork(enum.Enum):
    """What a year of experience is."""

    CALENDAR = "calendar"
    """Twelve calendar months, counted from the first day of work."""
    DAYS = "days"
    """So many calendar days as `Counting.days_in_a_year` says."""
    HOURS = "hours"
    """So many hours as `Counting.hours_in_a_year` says."""


@attrs.frozen(kw_only=True)
class Counting(Value):
    """
    How time is counted. No number here has a default: where a post does not say, what depends on it is not known.

    Attributes:
        full_time_hours: Hours a week that make full time.
        day_asked_counts: Whether the day on which experience is measured is itself counted.
        ects_in_a_semester_credit: How many ECTS credits stand for one semester credit.
    """

    year: YearOfWork = YearOfWork.CALENDAR
    full_time_hours: Annotated[float, AtLeast(1), AtMost(168)] | None = None
    days_in_a_year: Annotated[int, AtLeast(1), AtMost(366)] | None = None
    hours_in_a_year: Annotated[float, AtLeast(1), AtMost(8_784)] | None = None
    day_asked_counts: bool = True
    ects_in_a_semester_credit: Annotated[float, AtLeast(0.01), AtMost(100)] | None = None

    def contradictions(self) -> Iterator[Problem]:
        for unit in ("days", "hours"):
            if (self.year.value == unit) != (getattr(self, f"{unit}_in_a_year") is not None):
                yield Problem(f"{unit}_in_a_year", f'must stand together with year = "{unit}"')


CALENDAR_YEARS = Counting()
"""Calendar years; what full time is, is not said."""


@attrs.frozen(kw_only=True)
class Qualifications(Rule, asks="qualifications"):
    """
    Who may hold a post.

    Attributes:
        needs: What must hold.
        counting: How time and credits are counted.
        lists: Words that stand for several.
        steps: The steps at which the post distinguishes what is asked, first to last, as in ``examination``.
        measured_at: The day on which the file is looked at.
        counts_unverified: Whether something counts that has only been said; otherwise it is not known.
    """

    needs: Need
    counting: Counting = CALENDAR_YEARS
    lists: tuple[WordList, ...] = ()
    steps: tuple[Label, ...] = ()
    measured_at: StaffDay = StaffDay.ASKED
    counts_unverified: bool = False

    def contradictions(self) -> Iterator[Problem]:
        if _is_too_deep(self.needs):
            yield Problem("needs", f"must not hold needs deeper than {DEEPEST} inside one another")
            return
        yield from list_problems(self.lists, self.needs)
        unknown = {step for need in self.needs.everything() for step in need.asked_at} - set(self.steps)
        if unknown:
            yield Problem("steps", "must name every step that a need is asked at")


def with_lists_spelled_out(asked: Qualifications) -> Qualifications:
    """The same qualifications with the words themselves wherever a list is named, and without lists."""
    words = {each.name: each.words for each in asked.lists}
    return asked._with(needs=spelled_out(asked.needs, words), lists=()) if words else asked


def _is_too_deep(top: Need) -> bool:
    level = [top]
    for _ in range(DEEPEST):
        level = [part for node in level for part in node.below()]
        if not level:
            return False
    return True
