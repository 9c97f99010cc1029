"""A degree, credits, a spell of work in few words."""

from __future__ import annotations

from ..experience import Spell
from ..schooling import Credits, Degree
from .wording import any_of_these


def told_degree(degree: Degree) -> str:
    """``bachelor in history, awarded 2015-05-01``."""
    told = degree.title or degree.level.value
    if degree.field:
        told += f" in {degree.field}"
    return f"{told}, awarded {degree.awarded_on}" if degree.awarded_on else told


def told_credits(credits: Credits) -> str:
    """``18 semester in psychology``."""
    subject = f" in {credits.subject}" if credits.subject else ""
    return f"{credits.amount:g} {credits.unit.value}{subject}"


def told_spell(spell: Spell) -> str:
    """``2023-08-01 to now at 0.5 (mental-health)``."""
    told = f"{spell.began_on} to {spell.ended_on or 'now'}"
    if spell.share is not None and spell.share != 1:
        told += f" at {spell.share:g}"
    elif spell.hours_per_week is not None:
        told += f" at {spell.hours_per_week:g} hours a week"
    return f"{told} ({any_of_these(spell.kinds, 'and')})" if spell.kinds else told
