"""Which scores have no name."""

from __future__ import annotations

from fractions import Fraction

from .instrument import Instrument
from .numbers import number
from .ranges import Edge, ScoreRange, uncovered


def gaps_of(instrument: Instrument) -> tuple[ScoreRange, ...]:
    """
    The totals that an instrument can come to and that none of its bands holds.

    A score in a gap has no band, never a neighbor's. Only totals that can occur make a gap: 0-4 and 5-9 leave none
    where totals are whole, and leave one above 4 and below 5 where they are not. An instrument without bands has none.

    Returns:
        The gaps, lowest first: as their first and last total where totals lie on steps, else with open ends.
    """
    if not instrument.bands:
        return ()
    found = uncovered(instrument.bands, instrument.lowest, instrument.highest)
    step = instrument.step
    if step is None:
        return tuple(_between(lower, upper) for lower, upper in found)
    return tuple(gap for lower, upper in found if (gap := _on_steps(lower, upper, step)))


def _between(lower: Edge, upper: Edge) -> ScoreRange:
    first, last = number(Fraction(lower.at)), number(Fraction(upper.at))
    if lower.side == 0:
        return (
            ScoreRange.unchecked(at_least=first, at_most=last)
            if upper.side == 0
            else ScoreRange.unchecked(at_least=first, below=last)
        )
    return (
        ScoreRange.unchecked(above=first, at_most=last)
        if upper.side == 0
        else ScoreRange.unchecked(above=first, below=last)
    )


def _on_steps(lower: Edge, upper: Edge, step: Fraction) -> ScoreRange | None:
    first = -(-Fraction(lower.at) // step) * step
    if lower.side and first == lower.at:
        first += step
    last = Fraction(upper.at) // step * step
    if upper.side and last == upper.at:
        last -= step
    return ScoreRange.unchecked(at_least=number(first), at_most=number(last)) if first <= last else None
