"""The standards of ``standards.toml``, and short ways to write contacts down."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from casecore.contacts import BillingUnits, Contact, ContactMinimum, ContactTiers, Mode, NoteDeadline, Outcome
from casecore.standards import Edition, Rule, Standard
from casecore.terms import Source, read

R = TypeVar("R", bound=Rule)
FILE = tomllib.loads((Path(__file__).parent / "standards.toml").read_text(encoding="utf-8"))
ICM = read(FILE["icm"], ContactMinimum)
SCM = read(FILE["scm"], ContactMinimum)
PENNSYLVANIA = read(FILE["pennsylvania"], ContactMinimum)
ACT = read(FILE["act"], ContactTiers)
RESIDENCE = read(FILE["residence"], ContactTiers)
TEXAS_NOTE = read(FILE["texas-note"], NoteDeadline)
CMS = read(FILE["cms"], BillingUnits)
PENNSYLVANIA_UNITS = read(FILE["pennsylvania-units"], BillingUnits)
TENTHS = read(FILE["tenths"], BillingUnits)
BROWARD = read(FILE["broward"], BillingUnits)

SOURCE = Source(cite="Rule 1", invented=True)
NAME = "contacts/minimum"


def standing(rule: R, *later: tuple[date, R | None], since: date = date(2020, 1, 1)) -> Standard[R]:
    """A standard of one edition, and of *later* ones; nothing is a repeal."""
    editions = [(since, rule), *later]
    return Standard(
        name=NAME, editions=tuple(Edition(since=day, value=value, source=SOURCE) for day, value in editions)
    )


def met(day: date, **fields: Any) -> Contact:
    """A contact face to face, held; unless *fields* say otherwise."""
    return Contact(**{"held_on": day, "mode": Mode.FACE_TO_FACE, "outcome": Outcome.HELD, **fields})


def march(*days: int, **fields: Any) -> list[Contact]:
    """Contacts on these days of March 2026."""
    return [met(date(2026, 3, day), **fields) for day in days]
