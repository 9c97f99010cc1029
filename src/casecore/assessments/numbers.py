"""Scores are exact numbers: counted and compared as fractions, shown as whole numbers or decimals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from casecore.terms import Problem

Number = int | Decimal
DECIMALS = 12
"""As many decimals as a score may have when it comes in; nobody measures finer."""
DIGITS_SHOWN = 28
"""As many decimals as a score that never ends (a third, say) is shown with."""


def is_coarse(value: Number) -> bool:
    """Whether a number has few enough decimals to be counted with exactly."""
    if not isinstance(value, Decimal):
        return type(value) is int
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -DECIMALS <= exponent <= DECIMALS


def is_whole(value: Number) -> bool:
    """Whether a number has no decimals; whatever the thread's decimal precision."""
    return isinstance(value, int) or Fraction(value).denominator == 1


def coarse(**values: Number | None) -> Iterator[Problem]:
    """A problem for each number that has too many decimals."""
    for name, value in values.items():
        if value is not None and not is_coarse(value):
            yield Problem(name, f"must not have more than {DECIMALS} decimals or trailing zeros in its exponent")


def number(exact: Fraction) -> Number:
    """The same number, whole where it can be, else as a decimal: exact where it ends, or to 28 decimals."""
    if exact.denominator == 1:
        return exact.numerator
    digits = DIGITS_SHOWN
    if 10**digits % exact.denominator == 0:
        digits = next(digits for digits in range(1, DIGITS_SHOWN + 1) if 10**digits % exact.denominator == 0)
    return Decimal(f"{round(exact * 10**digits)}E-{digits}")


def halves_up(exact: Fraction, decimals: int) -> Fraction:
    """Rounded to so many decimals; a half goes to the higher number."""
    scale: int = 10**decimals
    return Fraction((exact * scale + Fraction(1, 2)).__floor__(), scale)


def halves_to_even(exact: Fraction, decimals: int) -> Fraction:
    """Rounded to so many decimals; a half goes to the even neighbor."""
    scale: int = 10**decimals
    return Fraction(round(exact * scale), scale)
