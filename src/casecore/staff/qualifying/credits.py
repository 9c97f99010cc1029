"""How many credits are there that fit? At least so many as are sure, at most so many as there could be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ..posts import CreditsAsked
from ..schooling import Credits, CreditUnit, Degree, Level
from .fits import NO, PERHAPS, SURE, Fit, Unknown, backed, has_one_of, is_one_of
from .months import Extent, counted
from .seen import Reckoning, Seen

Between = tuple[Extent, Extent | None]
"""From the least to the most; no most where there is no telling."""

SEMESTERS_IN_A_QUARTER = Fraction(2, 3)
"""Three quarter credits are two semester credits."""


class Fitting(NamedTuple):
    """Credits that fit, or perhaps do; no *worth* where the post does not say what such a credit is worth."""

    subject: str | None
    worth: Extent | None
    fit: Fit


def credits_in_file(asked: CreditsAsked, seen: Seen, day: date, unknown: Unknown) -> Between:
    """The credits of the whole file, in degrees and outside, earned by *day*, in the unit asked for."""
    file = seen.file
    is_open = file.degrees is None or file.credits is None
    found: list[Fitting] = []
    if file.degrees is None:
        unknown.append("degrees")
    for place, degree in enumerate(file.degrees or ()):
        if degree.awarded_on is None or degree.awarded_on <= day:
            within = _within(degree, asked, seen, day, f"degrees[{place}]", unknown)
            if within is None:
                is_open = True
            else:
                found += within
    if file.credits is None:
        unknown.append("credits")
    found += _fitting(file.credits or (), asked, seen, day, "credits", unknown)
    return _summed(found, asked, is_open=is_open)


def credits_within(degree: Degree, asked: CreditsAsked, seen: Seen, day: date, path: str, unknown: Unknown) -> Between:
    """The credits within one degree; a high-school diploma has none."""
    within = _within(degree, asked, seen, day, path, unknown)
    return _summed(within or (), asked, is_open=within is None)


def _within(
    degree: Degree, asked: CreditsAsked, seen: Seen, day: date, path: str, unknown: Unknown
) -> list[Fitting] | None:
    """The credits within a degree that fit; nothing where they are not known. They fall with their degree."""
    if degree.credits is not None:
        found = _fitting(degree.credits, asked, seen, day, f"{path}.credits", unknown, degree.accreditors)
        if not found or degree.is_verified or seen.counts_unverified:
            return found
        unknown.append(f"{path}.is_verified")
        return [each._replace(fit=PERHAPS) for each in found]
    if degree.level is Level.HIGH_SCHOOL:
        return []
    unknown.append(f"{path}.credits")
    return None


def _fitting(
    parts: Iterable[Credits],
    asked: CreditsAsked,
    seen: Seen,
    day: date,
    path: str,
    unknown: Unknown,
    accreditors: tuple[str, ...] | None = None,
) -> list[Fitting]:
    found: list[Fitting] = []
    for place, part in enumerate(parts):
        if not part.amount or (part.earned_on is not None and part.earned_on > day):
            continue
        here = f"{path}[{place}]"
        noted = len(unknown)
        fit = is_one_of(part.subject, asked.subjects, here, "subject", unknown)
        if fit is NO:
            continue
        if asked.accreditors:
            behind = accreditors if part.accreditors is None else part.accreditors
            fit = min(fit, has_one_of(behind, asked.accreditors, here, "accreditors", unknown))
        fit = min(fit, _graduate(part, asked, here, unknown))
        fit = min(fit, backed(part, asked.papers, seen.counts_unverified, here, unknown))
        if fit is NO:
            del unknown[noted:]
            continue
        if asked.in_one_subject and part.subject is None:
            fit = PERHAPS
            unknown.append(f"{here}.subject")
        worth = in_unit(part, asked.unit, seen.reckoning)
        if worth is None:
            unknown.append("ects_in_a_semester_credit")
        found.append(Fitting(part.subject, worth, fit))
    return found


def _graduate(part: Credits, asked: CreditsAsked, path: str, unknown: Unknown) -> Fit:
    if asked.is_graduate is None or part.is_graduate is asked.is_graduate:
        return SURE
    if part.is_graduate is not None:
        return NO
    unknown.append(f"{path}.is_graduate")
    return PERHAPS


def _summed(found: Sequence[Fitting], asked: CreditsAsked, *, is_open: bool) -> Between:
    """All together; where they must be in one subject, those of the subject with the most."""
    least: Extent = 0
    most: Extent = 0
    is_open = is_open or any(each.worth is None for each in found)
    kinds = [found]
    if asked.in_one_subject:  # of an unknown subject, credits may be in any
        subjects = {each.subject for each in found}
        kinds = [[each for each in found if each.subject in (subject, None)] for subject in subjects]
    for here in kinds:
        most = max(most, sum([each.worth or 0 for each in here]))
        least = max(least, sum([each.worth or 0 for each in here if each.fit is SURE]))
    return least, None if is_open else most


def in_unit(credits: Credits, unit: CreditUnit, reckoning: Reckoning) -> Extent | None:
    """What the credits come to in *unit*; nothing where the post does not say what an ECTS credit is worth."""
    amount = counted(credits.amount)
    if credits.unit is unit:
        return amount
    asked, theirs = _in_semesters(unit, reckoning), _in_semesters(credits.unit, reckoning)
    return None if asked is None or theirs is None else amount * theirs / asked


def _in_semesters(unit: CreditUnit, reckoning: Reckoning) -> Fraction | None:
    if unit is CreditUnit.SEMESTER:
        return Fraction(1)
    if unit is CreditUnit.QUARTER:
        return SEMESTERS_IN_A_QUARTER
    return None if reckoning.ects is None else 1 / reckoning.ects
