"""Units that do not fit: amounts that nothing in the post says how to reach from what files usually tell."""

from __future__ import annotations

from collections.abc import Iterator

from casecore.standards import Flaw, FlawCode
from casecore.standards.lint_editions import flaw_at

from ..schooling import CreditUnit
from .needs import ExperienceAsked
from .qualifications import Qualifications, YearOfWork
from .schooling_asked import CreditsAsked
from .word_lists import values_within
from .work import Work


def lint_units(asked: Qualifications, path: str, name: str | None) -> Iterator[Flaw]:
    """Hours without a full-time week, and ECTS credits without their worth: whatever is asked in them stays unknown."""
    counting = asked.counting
    if counting.year is YearOfWork.HOURS and counting.full_time_hours is None:
        yield _not_told(f"{path}.counting", name, "hours", "counting.full_time_hours")
    for where, value in values_within(asked.needs, f"{path}.needs"):
        if counting.full_time_hours is None:
            if isinstance(value, ExperienceAsked) and value.at_least.unit == "hours":
                yield _not_told(f"{where}.at_least", name, "hours", "counting.full_time_hours")
            elif isinstance(value, Work) and value.full_time:
                yield _not_told(f"{where}.full_time", name, "full time", "counting.full_time_hours")
        in_ects = isinstance(value, CreditsAsked) and value.unit is CreditUnit.ECTS
        if in_ects and counting.ects_in_a_semester_credit is None:
            yield _not_told(f"{where}.unit", name, "ECTS credits", "counting.ects_in_a_semester_credit")


def _not_told(path: str, name: str | None, what: str, field: str) -> Flaw:
    message = f"asks in {what}; without {field} much of what files tell stays not known"
    return flaw_at(FlawCode.NO_CONVERSION, path, message, name, warning=True)
