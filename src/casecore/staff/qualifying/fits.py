"""
Does one thing in the file fit what is asked? No, perhaps, or surely.

The three are numbers so that *all of these* is the least of them and *any of these* the greatest. Where it is only
perhaps, the path of the fact that would settle it is noted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from ..claims import Claim
from ..experience import Spell
from ..posts import DegreeAsked, Work
from ..schooling import Degree

Fit = int
NO: Final = 0
PERHAPS: Final = 1
SURE: Final = 2

Unknown = list[str]
"""The paths of facts that are not known and matter."""


def backed(claim: Claim, papers: Sequence[str], counts_unverified: bool, path: str, unknown: Unknown) -> Fit:
    """Whether what stands behind *claim* suffices: it is verified, and every paper asked for is on file."""
    fit = SURE
    for paper in papers:
        if paper in claim.refused:
            return NO
        if paper not in claim.papers:
            unknown.append(f"{path}.papers: {paper}")
            fit = PERHAPS
    if not (claim.is_verified or counts_unverified):
        unknown.append(f"{path}.is_verified")
        return PERHAPS
    return fit


def is_one_of(word: str | None, asked: Collection[str], path: str, field: str, unknown: Unknown) -> Fit:
    """Whether *word* is among those asked for; nothing asked fits any."""
    if not asked:
        return SURE
    if word is None:
        unknown.append(f"{path}.{field}")
        return PERHAPS
    return SURE if word in asked else NO


def has_one_of(words: Collection[str] | None, asked: Collection[str], path: str, field: str, unknown: Unknown) -> Fit:
    """Whether one of *words* is among those asked for."""
    if not asked:
        return SURE
    if words is None:
        unknown.append(f"{path}.{field}")
        return PERHAPS
    for word in words:
        if word in asked:
            return SURE
    return NO


def degree_fits(degree: Degree, asked: DegreeAsked, path: str, unknown: Unknown, *, counts_unverified: bool) -> Fit:
    """Whether it is such a degree, whenever it was awarded; the credits within it are another question."""
    higher = degree.level.rank - asked.level.rank
    if higher < 0 or (higher and not asked.or_higher):
        return NO
    noted = len(unknown)
    fit = SURE
    if asked.fields:
        fit = is_one_of(degree.field, asked.fields, path, "field", unknown)
    if asked.titles:
        fit = min(fit, is_one_of(degree.title, asked.titles, path, "title", unknown))
    if asked.institutions:
        fit = min(fit, is_one_of(degree.institution, asked.institutions, path, "institution", unknown))
    if asked.accreditors:
        fit = min(fit, has_one_of(degree.accreditors, asked.accreditors, path, "accreditors", unknown))
    for part in asked.including:
        fit = min(fit, has_one_of(degree.including, (part,), path, "including", unknown))
    fit = min(fit, backed(degree, asked.papers, counts_unverified, path, unknown))
    if fit is NO:
        del unknown[noted:]
    return fit


def work_fits(spell: Spell, asked: Work, path: str, unknown: Unknown, *, counts_unverified: bool) -> Fit:
    """Whether it is such work, apart from its extent and from what it came before or after."""
    noted = len(unknown)
    fit = has_one_of(spell.kinds, asked.kinds, path, "kinds", unknown)
    if fit is NO:
        return NO
    if asked.titles:
        fit = min(fit, is_one_of(spell.title, asked.titles, path, "title", unknown))
    if asked.employers:
        fit = min(fit, is_one_of(spell.employer, asked.employers, path, "employer", unknown))
    if asked.statuses:
        fit = min(fit, is_one_of(spell.status, asked.statuses, path, "status", unknown))
    if asked.settings:
        fit = min(fit, has_one_of(spell.settings, asked.settings, path, "settings", unknown))
    if asked.not_titles:
        fit = min(fit, SURE - is_one_of(spell.title, asked.not_titles, path, "title", unknown))
    if asked.not_statuses:
        fit = min(fit, SURE - is_one_of(spell.status, asked.not_statuses, path, "status", unknown))
    if asked.is_paid is not None:
        fit = min(fit, _is_so(spell.is_paid, asked.is_paid, path, "is_paid", unknown))
    if asked.group is not None:
        fit = min(fit, _served(spell, asked, path, "served", unknown))
    fit = min(fit, backed(spell, asked.papers, counts_unverified, path, unknown))
    if fit is NO:
        del unknown[noted:]
    return fit


def _is_so(answer: bool | None, asked: bool, path: str, field: str, unknown: Unknown) -> Fit:
    if answer is None:
        unknown.append(f"{path}.{field}")
        return PERHAPS
    return SURE if answer is asked else NO


def _served(spell: Spell, asked: Work, path: str, field: str, unknown: Unknown) -> Fit:
    if spell.served is None:
        unknown.append(f"{path}.{field}")
        return PERHAPS
    share = next((each.share for each in spell.served if each.group == asked.group), 0.0)
    return SURE if share >= (asked.served_at_least or 0.0) else NO
