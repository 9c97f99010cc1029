"""
Goal Attainment Scaling: one score for goals of every kind.

>>> from casecore.goals import Rating, attainment_score
>>> attained, weights = (-2, 0, -1, 2, 0, 1), (3, 5, 1, 4, 2, 6)
>>> score = attainment_score(Rating(goal_id=f"g-{n}", weight=w, level=x)
...                          for n, (x, w) in enumerate(zip(attained, weights)))
>>> score.score
Decimal('55')
>>> attainment_score([]).knowledge.value, attainment_score([]).because
('undefined', 'there are no goals')
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction
from math import isqrt
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, NotReadable, Problem, Ref, Value

from .progress import Knowledge
from .standing import Goal

PUBLISHED_RHO = Decimal("0.30")
"""The average correlation between goals that Kiresuk and Sherman assume."""

_DIGITS = 28


class Unrated(enum.Enum):
    """What a goal without a rating does to the score."""

    NOT_KNOWN = "not-known"
    LEFT_OUT = "left-out"


@attrs.frozen(kw_only=True)
class Rating(Value):
    """
    One goal's place on the attainment scale.

    Attributes:
        weight: Its weight among the client's goals.
        level: -2 much less than expected, 0 as expected, +2 much more; whole levels only. Nothing where not rated.
    """

    goal_id: Ref
    weight: Annotated[int, AtLeast(0), AtMost(100)] = 1
    level: Annotated[int, AtLeast(-2), AtMost(2)] | None = None


@attrs.frozen(kw_only=True)
class AttainmentScore(Value):
    """
    The attainment score T of a set of goals, or why there is none.

    Attributes:
        score: T: 50 where goals are attained just as expected, standard deviation 10. Exact where T is a decimal
            number of at most 28 digits, else to 28 digits. Nothing unless it is known.
        because: Why there is no score, where there is none.
        missing: Ids of the goals whose rating could still change the answer.
        counted: Ids of the goals that the score is made of.
        left_out: Ids of unrated goals that were left out.
    """

    knowledge: Knowledge
    score: Decimal | None = None
    because: str = ""
    missing: tuple[Ref, ...] = ()
    counted: tuple[Ref, ...] = ()
    left_out: tuple[Ref, ...] = ()


def attainment_score(
    ratings: Iterable[Rating],
    *,
    rho: Decimal | Fraction | int = PUBLISHED_RHO,
    unrated: Unrated = Unrated.NOT_KNOWN,
) -> AttainmentScore:
    """
    The attainment score T = 50 + 10 * sum(w x) / sqrt((1 - rho) * sum(w^2) + rho * sum(w)^2).

    Args:
        ratings: One for each goal; in any order.
        rho: The correlation assumed between goals, from 0 to 1, as an exact number.
        unrated: Whether a goal that was not rated makes the score not known, or is left out of it.

    Returns:
        Undefined without goals, or where every weight is zero. Not known while a goal of some weight is not rated;
        one of weight zero cannot change the score, so its rating is not missed.

    Raises:
        NotReadable: *rho* lies outside 0 to 1, or is a binary fraction (a float cannot hold 0.30).

    Source:
        Kiresuk, T. J. and Sherman, R. E. (1968), Community Mental Health Journal 4, 443-453. Beware of the formulas
        printed in Turner-Stokes (2009), Clinical Rehabilitation 23, pages 364 and 367: an erratum corrects them.
    """
    correlation = _exact(rho)
    all_ratings = tuple(ratings)
    counted = all_ratings
    left_out: tuple[str, ...] = ()
    if unrated is Unrated.LEFT_OUT:
        counted = tuple(rating for rating in all_ratings if rating.level is not None)
        left_out = tuple(rating.goal_id for rating in all_ratings if rating.level is None)
    ids = tuple(rating.goal_id for rating in counted)
    if not counted:
        because = "no goal is rated" if left_out else "there are no goals"
        return AttainmentScore(knowledge=Knowledge.UNDEFINED, because=because, left_out=left_out)
    total = sum(rating.weight for rating in counted)
    if total == 0:
        return AttainmentScore(
            knowledge=Knowledge.UNDEFINED, because="every weight is zero", counted=ids, left_out=left_out
        )
    missing = tuple(rating.goal_id for rating in counted if rating.level is None and rating.weight)
    if missing:
        return AttainmentScore(
            knowledge=Knowledge.NOT_KNOWN,
            because=f"{len(missing)} of {len(counted)} goals not rated",
            missing=missing,
            counted=ids,
        )
    weighted = sum(rating.weight * (rating.level or 0) for rating in counted)
    squares = sum(rating.weight**2 for rating in counted)
    spread = (1 - correlation) * squares + correlation * total**2
    return AttainmentScore(knowledge=Knowledge.KNOWN, score=_score(weighted, spread), counted=ids, left_out=left_out)


def score_goals(
    goals: Iterable[Goal], *, rho: Decimal | Fraction | int = PUBLISHED_RHO, unrated: Unrated = Unrated.NOT_KNOWN
) -> AttainmentScore:
    """
    The attainment score of the goals that were taken up, each at the level last noted for it.

    A goal that was only proposed, accepted or rejected was never worked on and is passed over. One that was taken up
    and then cancelled is not: to drop what failed would flatter the score.
    """
    return attainment_score(
        (Rating(goal_id=goal.goal_id, weight=goal.weight, level=goal.attainment) for goal in goals if goal.has_begun),
        rho=rho,
        unrated=unrated,
    )


def _exact(rho: Decimal | Fraction | int) -> Fraction:
    if isinstance(rho, bool) or not isinstance(rho, Decimal | Fraction | int):
        problem = Problem("rho", "must be an exact number: a Decimal, a Fraction or a whole number")
    elif isinstance(rho, Decimal) and not rho.is_finite():
        problem = Problem("rho", "must be a finite number")
    elif not 0 <= rho <= 1:
        problem = Problem("rho", "must lie from 0 to 1")
    else:
        return Fraction(rho)
    raise NotReadable([problem], what="attainment score")


def _score(weighted: int, spread: Fraction) -> Decimal:
    """50 + 10 * weighted / sqrt(spread), by whole numbers as long as the root is rational."""
    square = Fraction(100 * weighted**2) / spread
    over, under = isqrt(square.numerator), isqrt(square.denominator)
    with localcontext(prec=2 * _DIGITS) as numbers:
        if over**2 == square.numerator and under**2 == square.denominator:
            distance = Decimal(over) / under
        else:
            distance = (Decimal(square.numerator) / square.denominator).sqrt()
        score = 50 + distance if weighted >= 0 else 50 - distance
        numbers.prec = _DIGITS
        return +score
