"""Goal Attainment Scaling, as Kiresuk and Sherman published it (1968)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.goals import (
    PUBLISHED_RHO,
    AttainmentScore,
    GoalSet,
    GoalStatus,
    GoalStatusChanged,
    Knowledge,
    ProgressNoted,
    Rating,
    Unrated,
    attainment_score,
    goals_of,
    score_goals,
)
from casecore.terms import NotReadable
from casecore.testing.strategies.goals import attainment_scores, ratings
from tests.goals.days import DAY


def rated(levels: Sequence[int | None], weights: Sequence[int]) -> list[Rating]:
    return [
        Rating(goal_id=f"g-{number}", weight=weight, level=level)
        for number, (level, weight) in enumerate(zip(levels, weights, strict=True))
    ]


class TestScore:
    """T = 50 + 10 sum(wx) / sqrt((1-rho) sum(w^2) + rho sum(w)^2), with rho 0.30."""

    def test_the_published_example_gives_55_exactly(self) -> None:
        score = attainment_score(rated([-2, 0, -1, 2, 0, 1], [3, 5, 1, 4, 2, 6]))
        assert score.score == Decimal("55.0")
        assert score.knowledge is Knowledge.KNOWN
        assert score.missing == ()

    def test_the_published_example_without_weights_gives_50(self) -> None:
        assert attainment_score(rated([-2, 0, -1, 2, 0, 1], [1] * 6)).score == 50

    @pytest.mark.parametrize(
        ("count", "all_plus_one", "all_minus_two", "step"),
        [
            (1, "60.00", "30.00", "10.0000"),
            (2, "62.40", "25.19", "6.2017"),
            (3, "63.69", "22.61", "4.5644"),
            (4, "64.51", "20.98", "3.6274"),
            (5, "65.08", "19.85", "3.0151"),
            (6, "65.49", "19.02", "2.5820"),
            (7, "65.81", "18.38", "2.2588"),
            (8, "66.06", "17.87", "2.0080"),
        ],
    )
    def test_equal_weights_agree_with_the_conversion_keys(
        self, count: int, all_plus_one: str, all_minus_two: str, step: str
    ) -> None:
        ones = attainment_score(rated([1] * count, [1] * count)).score
        twos = attainment_score(rated([-2] * count, [1] * count)).score
        one_point = attainment_score(rated([1] + [0] * (count - 1), [1] * count)).score
        assert ones is not None
        assert twos is not None
        assert one_point is not None
        assert round(ones, 2) == Decimal(all_plus_one)
        assert round(twos, 2) == Decimal(all_minus_two)
        assert round(one_point - 50, 4) == Decimal(step)

    @given(st.lists(ratings(is_rated=True), min_size=1, max_size=8), st.decimals(0, 1, places=2))
    def test_it_agrees_with_the_formula_in_floating_point(self, given: list[Rating], rho: Decimal) -> None:
        score = attainment_score(given, rho=rho)
        weights = [rating.weight for rating in given]
        if not any(weights):
            assert score.knowledge is Knowledge.UNDEFINED
            return
        weighted = sum(rating.weight * (rating.level or 0) for rating in given)
        r = float(rho)
        spread = (1 - r) * sum(w * w for w in weights) + r * sum(weights) ** 2
        assert score.score is not None
        assert math.isclose(float(score.score), 50 + 10 * weighted / math.sqrt(spread), rel_tol=1e-12, abs_tol=1e-9)

    @given(st.lists(ratings(is_rated=True), min_size=1, max_size=6), st.integers(2, 9))
    def test_only_the_proportion_of_weights_matters(self, given: list[Rating], factor: int) -> None:
        grown = [Rating(goal_id=r.goal_id, weight=r.weight * factor, level=r.level) for r in given]
        assert attainment_score(given).score == attainment_score(grown).score

    @given(st.lists(ratings(is_rated=True), min_size=1, max_size=6))
    def test_turning_every_level_around_mirrors_the_score_at_50(self, given: list[Rating]) -> None:
        turned = [Rating(goal_id=r.goal_id, weight=r.weight, level=-(r.level or 0)) for r in given]
        score, mirrored = attainment_score(given).score, attainment_score(turned).score
        if score is None or mirrored is None:
            assert score is mirrored
        else:
            assert abs(score + mirrored - 100) < Decimal("1e-24")

    def test_without_correlation_the_weights_add_as_squares(self) -> None:
        assert attainment_score(rated([1, 1], [3, 4]), rho=0).score == 50 + Decimal(70) / 5

    def test_with_full_correlation_the_score_is_the_mean_level(self) -> None:
        assert attainment_score(rated([2, -1], [1, 3]), rho=1).score == Decimal("47.5")

    def test_rho_may_be_a_fraction(self) -> None:
        given = rated([1, 2], [1, 2])
        assert attainment_score(given, rho=Fraction(3, 10)) == attainment_score(given, rho=PUBLISHED_RHO)


class TestUndefined:
    """There is no score without goals, or where no goal has weight; it is never 0, 50 or a crash."""

    @pytest.mark.parametrize("unrated", list(Unrated))
    def test_without_goals(self, unrated: Unrated) -> None:
        score = attainment_score([], unrated=unrated)
        assert (score.knowledge, score.score) == (Knowledge.UNDEFINED, None)
        assert score.because == "there are no goals"

    @pytest.mark.parametrize("level", [1, None])
    def test_with_all_weights_zero_rated_or_not(self, level: int | None) -> None:
        score = attainment_score(rated([level, 2], [0, 0]))
        assert (score.knowledge, score.score) == (Knowledge.UNDEFINED, None)
        assert score.because == "every weight is zero"

    def test_when_every_goal_is_left_out(self) -> None:
        score = attainment_score(rated([None], [1]), unrated=Unrated.LEFT_OUT)
        assert (score.knowledge, score.because, score.left_out) == (Knowledge.UNDEFINED, "no goal is rated", ("g-0",))


class TestUnrated:
    """A goal that was not rated leaves the score not known, unless the host leaves such goals out."""

    def test_one_goal_not_rated_leaves_the_score_not_known(self) -> None:
        score = attainment_score(rated([2, None], [1, 1]))
        assert (score.knowledge, score.score, score.missing) == (Knowledge.NOT_KNOWN, None, ("g-1",))

    def test_left_out_it_counts_neither_way(self) -> None:
        score = attainment_score(rated([2, None], [1, 5]), unrated=Unrated.LEFT_OUT)
        assert score.score == 70
        assert (score.counted, score.left_out) == (("g-0",), ("g-1",))

    def test_a_rating_that_cannot_change_the_score_is_not_missed(self) -> None:
        assert attainment_score(rated([1, None], [1, 0])).score == 60

    @given(attainment_scores())
    def test_only_a_known_score_is_a_number(self, score: AttainmentScore) -> None:
        assert (score.score is not None) == (score.knowledge is Knowledge.KNOWN)
        assert (score.because == "") == (score.knowledge is Knowledge.KNOWN)
        assert bool(score.missing) == (score.knowledge is Knowledge.NOT_KNOWN)


class TestRefused:
    """What the scale does not have is refused."""

    @pytest.mark.parametrize(
        "rho", [Decimal("-0.01"), Decimal("1.01"), 2, Decimal("NaN"), Decimal("Infinity"), 0.3, True, "0.3", None]
    )
    def test_rho_outside_0_to_1_or_inexact(self, rho: Any) -> None:
        with pytest.raises(NotReadable, match="rho"):
            attainment_score(rated([1], [1]), rho=rho)

    def test_rho_is_checked_even_where_there_is_nothing_to_score(self) -> None:
        with pytest.raises(NotReadable, match="rho"):
            attainment_score([], rho=7)

    @pytest.mark.parametrize("level", [Decimal("0.5"), 0.5, 3, -3, True])
    def test_half_levels_and_levels_off_the_scale(self, level: Any) -> None:
        with pytest.raises(NotReadable, match="level"):
            Rating(goal_id="g-1", level=level)

    @pytest.mark.parametrize("weight", [-1, 101, 1.5])
    def test_weights_below_zero_or_in_parts(self, weight: Any) -> None:
        with pytest.raises(NotReadable, match="weight"):
            Rating(goal_id="g-1", weight=weight, level=1)


class TestOfGoals:
    """A client's score is made of the goals that were taken up, at the level last noted."""

    def test_the_last_rating_counts_and_goals_never_begun_are_passed_over(self) -> None:
        goals = goals_of(
            [
                GoalSet(set_on=DAY(1), goal_id="g-1", words="My own place", in_clients_words=True),
                GoalSet(
                    set_on=DAY(1),
                    goal_id="g-2",
                    words="A job",
                    in_clients_words=True,
                    status=GoalStatus.PROPOSED,
                ),
                ProgressNoted(noted_on=DAY(9), goal_id="g-1", attainment=1),
                ProgressNoted(noted_on=DAY(2), goal_id="g-1", attainment=-2),
            ]
        )
        score = score_goals(goals)
        assert (score.score, score.counted) == (Decimal(60), ("g-1",))

    def test_a_goal_that_was_given_up_still_counts(self) -> None:
        goals = goals_of(
            [
                GoalSet(set_on=DAY(1), goal_id="g-1", words="My own place", in_clients_words=True),
                GoalSet(set_on=DAY(1), goal_id="g-2", words="A job", in_clients_words=True),
                ProgressNoted(noted_on=DAY(2), goal_id="g-1", attainment=2),
                ProgressNoted(noted_on=DAY(2), goal_id="g-2", attainment=-2),
                GoalStatusChanged(changed_on=DAY(3), goal_id="g-2", status=GoalStatus.CANCELLED, reason="moved"),
            ]
        )
        assert score_goals(goals).score == 50
        assert score_goals(goals, rho=1, unrated=Unrated.LEFT_OUT).score == 50
