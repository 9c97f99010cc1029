"""
Whether a change between two scores is more than the instrument's own noise.

The reliable change index of Jacobson and Truax: the change divided by the standard error of a difference,

    RCI = (after - before) / (sqrt(2) * SD * sqrt(1 - reliability)).

Source: N. S. Jacobson and P. Truax, Journal of Consulting and Clinical Psychology 59 (1991), 12-19, as restated in
N. M. Blampied, The Cognitive Behaviour Therapist 15 (2022), and in the manual of the R package CECPfuns, which tells
that the sqrt(2) is the correction of Christensen and Mendoza (1986). The 1991 article itself was not read.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import isqrt
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, NotReadable, Problem, Value

from .instrument import Precision, Worse
from .numbers import Number, coarse, number


class Reached(enum.Enum):
    """Whether an index of exactly the threshold is reliable: only *above* it, or *at least* it."""

    ABOVE = "above"
    AT_LEAST = "at-least"


class Change(enum.Enum):
    """
    What a change between two scores is.

    *Undefined* (the instrument measures without error, so there is no noise to compare with) is another thing than *not
    known* (a score, or the instrument's precision, is missing).
    """

    BETTER = "reliably-better"
    WORSE = "reliably-worse"
    NOT_RELIABLE = "not-reliable"
    UNDEFINED = "undefined"
    NOT_KNOWN = "not-known"


@attrs.frozen(kw_only=True)
class ReliableChangeThreshold(Rule, asks="reliable-change"):
    """
    From which index on a change is called reliable.

    Attributes:
        index: 1.96 in the published form: a change that noise alone would exceed once in twenty.
        reached: *above* in the published form.
    """

    index: Annotated[Number, AtLeast(0), AtMost(100)]
    reached: Reached

    def contradictions(self) -> Iterator[Problem]:
        yield from coarse(index=self.index)


JACOBSON_TRUAX = ReliableChangeThreshold(index=Decimal("1.96"), reached=Reached.ABOVE)
"""The threshold as published in 1991."""


@attrs.frozen(kw_only=True)
class ReliableChange(Value):
    """
    The judgement of one change.

    Attributes:
        change: After minus before.
        index: The reliable change index, rounded to four decimals for reading; the judgement is made exactly. Below
            zero for a falling score, whichever way is worse.
        smallest: The change that has an index of exactly the threshold, rounded to four decimals for reading.
        because: The reason in one sentence.
    """

    answer: Change
    change: Number | None = None
    index: Number | None = None
    smallest: Number | None = None
    because: str = ""


def reliable_change(
    before: Number | None,
    after: Number | None,
    *,
    worse: Worse,
    precision: Precision | None,
    threshold: ReliableChangeThreshold = JACOBSON_TRUAX,
) -> ReliableChange:
    """
    Judge whether a client's score truly changed, or whether the instrument's noise could explain it.

    Squares are compared, as exact fractions: no root, no rounding, so that an index of exactly 1.96 falls on the side
    that *threshold* says.

    Args:
        before, after: Totals; nothing where one is not known.
        worse: The instrument's `worse`.
        precision: The instrument's, or one found in a population nearer to the agency's clients.

    Returns:
        *Undefined* with a reliability of 1 or a standard deviation of 0, whatever the scores; *not known* where the
        precision or a score is missing.

    Raises:
        NotReadable: A score has more than 12 decimals.
    """
    if problems := list(coarse(before=before, after=after)):
        raise NotReadable(problems, what="scores")
    change = None if before is None or after is None else Fraction(after) - Fraction(before)
    if precision is None:
        return _without_index(Change.NOT_KNOWN, change, "the standard deviation and reliability are not given")
    noise = 2 * Fraction(precision.standard_deviation) ** 2 * (1 - Fraction(precision.reliability))
    if not noise:
        return _without_index(
            Change.UNDEFINED, change, "a reliability of 1 or a standard deviation of 0 leaves no noise"
        )
    limit = Fraction(threshold.index)
    smallest = number(_root(noise * limit**2))
    if change is None:
        return ReliableChange(answer=Change.NOT_KNOWN, smallest=smallest, because="a score is not known")
    index = _root(change**2 / noise)
    over = change**2 - limit**2 * noise
    is_reliable = bool(change) and (over >= 0 if threshold.reached is Reached.AT_LEAST else over > 0)
    if is_reliable:
        answer = Change.WORSE if (change > 0) is (worse is Worse.HIGHER) else Change.BETTER
    else:
        answer = Change.NOT_RELIABLE
    words = "above" if threshold.reached is Reached.ABOVE else "at least"
    return ReliableChange(
        answer=answer,
        change=number(change),
        index=number(index if change >= 0 else -index),
        smallest=smallest,
        because=f"the index is {'' if is_reliable else 'not '}{words} {threshold.index}",
    )


def _without_index(answer: Change, change: Fraction | None, because: str) -> ReliableChange:
    return ReliableChange(answer=answer, change=None if change is None else number(change), because=because)


def _root(square: Fraction) -> Fraction:
    """The square root to four decimals, the half going up."""
    scale = 10**4
    doubled = isqrt(4 * square.numerator * scale**2 // square.denominator)
    return Fraction((doubled + 1) // 2, scale)
