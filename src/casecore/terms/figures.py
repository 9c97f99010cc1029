"""Numbers as they are written: decimal fractions without what floats add to them, and in sentences."""

from __future__ import annotations

import functools
from fractions import Fraction


@functools.lru_cache(maxsize=1000)  # the same few hours and shares come again and again
def exact(number: float) -> Fraction:
    """The number as it is written: 0.1 is a tenth."""
    return Fraction(repr(float(number)))


def in_figures(number: Fraction) -> str:
    """A number for a sentence, without a decimal point where it is whole."""
    return str(number.numerator) if number.denominator == 1 else repr(float(number))
