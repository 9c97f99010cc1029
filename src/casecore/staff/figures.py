"""Hours in sentences."""

from __future__ import annotations

from fractions import Fraction

from casecore.terms import in_figures


def in_hours(hours: Fraction) -> str:
    """Hours for a sentence: ``1 hour``, ``2.5 hours``."""
    return f"{in_figures(hours)} hour{'' if hours == 1 else 's'}"
