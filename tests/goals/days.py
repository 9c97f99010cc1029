"""Days counted from one first day, so that a test reads as the story does."""

from __future__ import annotations

from datetime import date, timedelta

from casecore.terms import Source

FIRST = date(2026, 1, 1)
CITED = Source(cite="Model Agency Manual 4", invented=True)


def DAY(number: int) -> date:  # noqa: N802  # reads as a word of the story
    """Day 1 is the first of January 2026."""
    return FIRST + timedelta(days=number - 1)
