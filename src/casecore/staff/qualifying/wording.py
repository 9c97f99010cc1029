"""What a post asks, in words: the questions and the ways, as a personnel officer would put them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..posts import CreditsAsked, DegreeAsked, ExperienceAsked, Holding, Work
from ..posts.word_lists import Spelled
from ..schooling import Level


def number(amount: Fraction | int, *, up: bool = False) -> str:
    """*amount* with at most one decimal: cut, or (for what is still needed) rounded *up*."""
    return how_many(amount, 1, up=up)


def how_many(amount: Fraction | int, of: int, *, up: bool = False) -> str:
    """`number` of how many times *of* there is in *amount*, without making a fraction of the two."""
    tenths = -(-amount * 10 // of) if up else amount * 10 // of
    whole, rest = divmod(tenths, 10)
    return f"{whole:,}.{rest}" if rest else f"{whole:,}"


def any_of_these(words: Sequence[str], joined: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``; a list of words by its name alone, as the announcement does."""
    if isinstance(words, Spelled):
        words = words.written
    if len(words) < 2:
        return words[0] if words else ""
    return f"{', '.join(words[:-1])} {joined} {words[-1]}"


def the_degree(asked: DegreeAsked) -> str:
    """``a bachelor's degree or higher in sociology or psychology``."""
    level = {Level.HIGH_SCHOOL: "a high-school diploma", Level.ASSOCIATE: "an associate degree"}.get(
        asked.level, f"a {asked.level.value}'s degree" if asked.level is not Level.DOCTORATE else "a doctorate"
    )
    higher = " or higher" if asked.or_higher and asked.level is not Level.DOCTORATE else ""
    parts = [f"{level}{higher}"]
    if asked.titles:
        parts.append(f"({any_of_these(asked.titles)})")
    if asked.fields:
        parts.append(f"in {any_of_these(asked.fields)}")
    if asked.institutions:
        parts.append(f"from {any_of_these(asked.institutions)}")
    if asked.accreditors:
        parts.append(f"from a college that is {any_of_these(asked.accreditors)}")
    if asked.including:
        parts.append(f"including {any_of_these(asked.including, 'and')}")
    if asked.credits is not None:
        parts.append(f"including {the_credits(asked.credits)}")
    return " ".join(parts)


def the_credits(asked: CreditsAsked) -> str:
    """``30 semester credits in sociology or psychology``."""
    graduate = "" if asked.is_graduate is None else " graduate" if asked.is_graduate else " undergraduate"
    subjects = f" in {any_of_these(asked.subjects)}" if asked.subjects else ""
    return f"{asked.at_least:g} {asked.unit.value}{graduate} credits{subjects}"


def the_work(asked: Work) -> str:
    """``full-time paid work (mental-health) as Caseworker at Cattaraugus County after a master's degree``."""
    sort = ["full-time"] if asked.full_time else []
    sort += [] if asked.is_paid is None else ["paid" if asked.is_paid else "volunteer"]
    parts = [" ".join([*sort, "work"])]
    if asked.kinds:
        parts.append(f"({any_of_these(asked.kinds)})")
    if asked.titles:
        parts.append(f"as {any_of_these(asked.titles)}")
    if asked.not_titles:
        parts.append(f"other than as {any_of_these(asked.not_titles)}")
    if asked.employers:
        parts.append(f"at {any_of_these(asked.employers)}")
    if asked.statuses:
        parts.append(f"on {any_of_these(asked.statuses)} footing")
    if asked.not_statuses:
        parts.append(f"on another footing than {any_of_these(asked.not_statuses)}")
    if asked.settings:
        parts.append(f"in a setting that is {any_of_these(asked.settings)}")
    if asked.group is not None and asked.served_at_least is not None:
        parts.append(f"where at least {asked.served_at_least:.4g} of those served are {asked.group}")
    if asked.after is not None:
        parts.append(f"after {_held(asked.after)}")
    if asked.before is not None:
        parts.append(f"before {_held(asked.before)}")
    return " ".join(parts)


def the_experience(asked: ExperienceAsked) -> str:
    """``3 years of work (mental-health), of which at least 1 year cannot be substituted``."""
    stretch = "unbroken " if asked.is_continuous or asked.is_preceding else ""
    parts = [f"{asked.at_least} of {stretch}{the_work(asked.work)}"]
    if asked.is_preceding:
        parts.append("immediately before")
    if asked.within is not None:
        parts.append(f"within the last {asked.within}")
    told = " ".join(parts)
    return f"{told}, of which {asked.floor} must be work itself" if asked.floor is not None else told


def _held(holding: Holding) -> str:
    if holding.credential is not None:
        return f"the credential {any_of_these(holding.credential.names)}"
    assert holding.degree is not None
    return the_degree(holding.degree)
