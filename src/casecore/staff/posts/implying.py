"""
Whether whoever meets one need surely meets another: what hides a route, idles a floor or contradicts an exclusion.

The answer is a sure yes or *nothing sure*: where two needs cannot be compared, one does not imply the other here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from casecore.terms import exact

from ..schooling import CreditUnit
from .held_asked import Aged, Appointed, CredentialAsked, Judged, LearningAsked, Scored, Stated
from .needs import ExperienceAsked, Need
from .schooling_asked import CreditsAsked, DegreeAsked
from .sure_lengths import is_longer, own_work, very_work
from .work import Work


class Implications:
    """Comparisons of needs of one tree, which outlives them; each pair is looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bool] = {}

    def implies(self, one: Need, other: Need) -> bool:
        """Whether whoever meets *one* surely meets *other*."""
        key = (id(one), id(other))
        if key not in self._known:
            self._known[key] = False  # while it is looked at
            self._known[key] = self._implies(one, other)
        return self._known[key]

    def _implies(self, one: Need, other: Need) -> bool:
        if not _are_asked_alike(one, other):
            return False
        if other.all_of:
            return all(self.implies(one, part) for part in other.all_of)
        if one.any_of:
            return all(self.implies(part, other) for part in one.any_of)
        if other.any_of and any(self.implies(one, part) for part in other.any_of):
            return True
        if one.all_of and any(self.implies(part, other) for part in one.all_of):
            return True
        if other.of and other.at_least is not None:
            return _asks_more_of(one, other) or sum(self.implies(one, part) for part in other.of) >= other.at_least
        if one.none_of and other.none_of:
            return all(any(self.implies(each, part) for part in one.none_of) for each in other.none_of)
        return _leaf_implies(one, other)


def _asks_more_of(one: Need, other: Need) -> bool:
    """More of the same parts."""
    return one.of == other.of and one.at_least is not None and one.at_least >= (other.at_least or 0)


def _are_asked_alike(one: Need, other: Need) -> bool:
    """Whether *one* is asked wherever *other* is, on the same day, and cannot be met later unless the other can too."""
    if one.asked_at and not (other.asked_at and set(other.asked_at) <= set(one.asked_at)):
        return False
    if (one.measured_at, one.measured_on) != (other.measured_at, other.measured_on):
        return False
    return one.may_follow in (None, other.may_follow)


def _leaf_implies(one: Need, other: Need) -> bool:
    if one.post is not None and one.post == other.post:
        return True
    if one.adds_up is not None and one.adds_up == other.adds_up:
        return True
    for name, compared in _COMPARED.items():
        asked, wanted = getattr(one, name), getattr(other, name)
        if asked is not None and wanted is not None:
            return compared(asked, wanted)
    return False


def _narrower(asked: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return not wanted or (bool(asked) and set(asked) <= set(wanted))


def _all_narrower(asked: object, wanted: object, *fields: str) -> bool:
    return all(_narrower(getattr(asked, field), getattr(wanted, field)) for field in fields)


def _papers(asked: Any, wanted: Any) -> bool:
    return set(wanted.papers) <= set(asked.papers)


def _degree(asked: DegreeAsked, wanted: DegreeAsked) -> bool:
    if wanted.or_higher:
        fits = asked.level.rank >= wanted.level.rank
    else:
        fits = asked.level is wanted.level and not asked.or_higher
    fits &= _all_narrower(asked, wanted, "fields", "titles", "institutions", "accreditors")
    fits &= set(wanted.including) <= set(asked.including)
    if wanted.credits is not None:
        fits &= asked.credits is not None and _credits(asked.credits, wanted.credits)
    return fits and _papers(asked, wanted)


_IN_SEMESTERS = {CreditUnit.SEMESTER: Fraction(1), CreditUnit.QUARTER: Fraction(2, 3)}


def _credits(asked: CreditsAsked, wanted: CreditsAsked) -> bool:
    if asked.unit is not wanted.unit and CreditUnit.ECTS in (asked.unit, wanted.unit):
        return False
    worth, wanted_worth = _IN_SEMESTERS.get(asked.unit, Fraction(1)), _IN_SEMESTERS.get(wanted.unit, Fraction(1))
    return (
        exact(asked.at_least) * worth >= exact(wanted.at_least) * wanted_worth
        and _all_narrower(asked, wanted, "subjects", "accreditors")
        and (asked.in_one_subject or not wanted.in_one_subject or len(asked.subjects) == 1)
        and wanted.is_graduate in (None, asked.is_graduate)
        and _papers(asked, wanted)
    )


def _experience(asked: ExperienceAsked, wanted: ExperienceAsked) -> bool:
    if asked.at_least.unit != wanted.at_least.unit or not is_narrower_work(asked.work, wanted.work):
        return False
    if asked.other not in ((), wanted.other) or wanted.within not in (None, asked.within):
        return False
    if wanted.in_proportion and not asked.in_proportion:
        return False  # a day of part time is less there
    for name in ("is_continuous", "is_preceding"):
        if getattr(wanted, name) and not (getattr(asked, name) and asked.gap_days <= wanted.gap_days):
            return False
    least = own_work(asked)
    if wanted.floor is not None and very_work(asked) < wanted.floor.number:
        return False
    if least >= wanted.at_least.number:
        return True
    same = asked.substitutes == wanted.substitutes and asked.substituted_at_most == wanted.substituted_at_most
    return same and asked.at_least.number >= wanted.at_least.number and asked.floor == wanted.floor


def is_narrower_work(asked: Work, wanted: Work) -> bool:
    """Whether all work that fits *asked* surely fits *wanted*."""
    return (
        _all_narrower(asked, wanted, "kinds", "titles", "employers", "statuses", "settings")
        and set(wanted.not_titles) <= set(asked.not_titles)
        and set(wanted.not_statuses) <= set(asked.not_statuses)
        and wanted.is_paid in (None, asked.is_paid)
        and (wanted.group is None or _serves_as_many(asked, wanted))
        and (asked.full_time or not wanted.full_time)
        and wanted.after in (None, asked.after)
        and wanted.before in (None, asked.before)
        and _papers(asked, wanted)
    )


def _serves_as_many(asked: Work, wanted: Work) -> bool:
    least, share = asked.served_at_least, wanted.served_at_least
    return asked.group == wanted.group and least is not None and share is not None and least >= share


def _credential(asked: CredentialAsked, wanted: CredentialAsked) -> bool:
    if not _all_narrower(asked, wanted, "names", "issuers") or wanted.sort not in (None, asked.sort):
        return False
    if asked.held is not wanted.held or not _papers(asked, wanted):
        return False
    least, most = wanted.for_at_least, wanted.for_at_most
    long = least is None or (
        asked.for_at_least is not None and (asked.for_at_least == least or is_longer(asked.for_at_least, least))
    )
    short = most is None or (
        asked.for_at_most is not None and (asked.for_at_most == most or is_longer(most, asked.for_at_most))
    )
    return long and short


def _learning(asked: LearningAsked, wanted: LearningAsked) -> bool:
    return (
        asked.hours >= wanted.hours
        and _all_narrower(asked, wanted, "subjects", "providers")
        and wanted.within in (None, asked.within)
        and _papers(asked, wanted)
    )


def _stated(asked: Stated, wanted: Stated) -> bool:
    return asked.name == wanted.name and _papers(asked, wanted)


def _scored(asked: Scored, wanted: Scored) -> bool:
    return asked.name == wanted.name and _inside(asked, wanted) and _papers(asked, wanted)


def _inside(asked: Scored | Aged, wanted: Scored | Aged) -> bool:
    least = wanted.at_least is None or (asked.at_least is not None and asked.at_least >= wanted.at_least)
    most = wanted.at_most is None or (asked.at_most is not None and asked.at_most <= wanted.at_most)
    return least and most


def _appointed(asked: Appointed, wanted: Appointed) -> bool:
    since = wanted.since is None or (asked.since is not None and asked.since >= wanted.since)
    before = wanted.before is None or (asked.before is not None and asked.before <= wanted.before)
    return since and before


def _judged(asked: Judged, wanted: Judged) -> bool:
    return asked.clause == wanted.clause


_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "degree": _degree,
    "credits": _credits,
    "experience": _experience,
    "credential": _credential,
    "learning": _learning,
    "stated": _stated,
    "scored": _scored,
    "aged": _inside,
    "appointed": _appointed,
    "judged": _judged,
}
"""How one question of the file is compared with another of the same sort."""
