"""Every word that posts ask for, by the field of the staff file in which it would stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..posts import CredentialAsked, CreditsAsked, DegreeAsked, LearningAsked, Need, Stated, Work
from ..posts.word_lists import values_within

_FIELDS: tuple[tuple[type, str, str], ...] = (
    (DegreeAsked, "fields", "degrees.field"),
    (DegreeAsked, "titles", "degrees.title"),
    (DegreeAsked, "institutions", "degrees.institution"),
    (CreditsAsked, "subjects", "credits.subject"),
    (Work, "titles", "experience.title"),
    (Work, "not_titles", "experience.title"),
    (Work, "employers", "experience.employer"),
    (Work, "statuses", "experience.status"),
    (Work, "not_statuses", "experience.status"),
    (CredentialAsked, "issuers", "credentials.issuer"),
    (LearningAsked, "subjects", "learning.subject"),
    (LearningAsked, "providers", "learning.provider"),
)


def words_asked(asked: Iterable[Need]) -> Mapping[str, tuple[str, ...]]:
    """The words under ``degrees.field``, ``experience.title`` and so on; under ``stated`` the names of statements."""
    found: dict[str, dict[str, None]] = {field: {} for _, _, field in _FIELDS}
    found["stated"] = {}
    for _, value in (each for needs in asked for each in values_within(needs)):
        if isinstance(value, Stated):
            found["stated"][value.name] = None
        for cls, words, field in _FIELDS:
            if type(value) is cls:
                found[field].update(dict.fromkeys(getattr(value, words)))
    return {field: tuple(each) for field, each in found.items()}
