"""How far objectives have come, and where goals stand."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.goals import (
    STEPS,
    Achievement,
    Goal,
    GoalSet,
    GoalStatus,
    GoalStatusChanged,
    Knowledge,
    Objective,
    Progress,
    ProgressNoted,
    goals_of,
    may_change_status,
    may_note_progress,
    may_set_goal,
    progress_of,
)
from casecore.terms import NotReadable, plain, read
from casecore.testing.strategies import goals as strategies
from tests.goals.days import DAY


def goal_set(day: int = 1, **fields: Any) -> GoalSet:
    given: dict[str, Any] = {"goal_id": "g-1", "words": "My own place", "in_clients_words": True, **fields}
    return GoalSet(set_on=DAY(day), **given)


def moved(day: int, status: GoalStatus, reason: str | None = "because") -> GoalStatusChanged:
    return GoalStatusChanged(changed_on=DAY(day), goal_id="g-1", status=status, reason=reason)


def nights(**fields: Any) -> Objective:
    given: dict[str, Any] = {"measure": "nights on the street", "baseline": 20, "target": 4, **fields}
    return Objective(objective_id="o-1", words="Sleep inside", **given)


def valued(day: int, value: Decimal | int) -> ProgressNoted:
    return ProgressNoted(noted_on=DAY(day), goal_id="g-1", objective_id="o-1", value=value)


class TestShareOfTheWay:
    """Progress is the part of the way from baseline to target, whichever way the target lies."""

    @pytest.mark.parametrize(
        ("value", "share"),
        [
            (20, 0),
            (4, 1),
            (12, Fraction(1, 2)),
            (24, Fraction(-1, 4)),
            (0, Fraction(5, 4)),
            (Decimal("6.4"), Fraction("0.85")),
        ],
    )
    def test_downward(self, value: Decimal | int, share: Fraction | int) -> None:
        progress = progress_of(nights(), [valued(2, value)])
        assert (progress.knowledge, progress.share) == (Knowledge.KNOWN, share)
        assert progress.is_reached is (share >= 1)

    def test_upward_and_exactly(self) -> None:
        thirds = nights(baseline=0, target=3)
        assert progress_of(thirds, [valued(2, 1)]).share == Fraction(1, 3)

    def test_the_last_value_by_day_counts_and_later_ones_are_not_yet_seen(self) -> None:
        noted = [valued(9, 8), valued(3, 12), valued(20, 4)]
        assert progress_of(nights(), noted).share == 1
        assert progress_of(nights(), noted, DAY(19)).share == Fraction(3, 4)
        assert progress_of(nights(), noted, DAY(9)).noted_on == DAY(9)
        assert progress_of(nights(), noted, DAY(8)).value == 12

    def test_of_two_values_on_one_day_the_later_given_counts(self) -> None:
        assert progress_of(nights(), [valued(2, 8), valued(2, 12)]).value == 12

    def test_another_objectives_values_say_nothing(self) -> None:
        other = ProgressNoted(noted_on=DAY(2), goal_id="g-1", objective_id="o-2", value=4)
        assert progress_of(nights(), [other]).missing == ("value",)

    def test_undefined_where_target_is_the_baseline(self) -> None:
        progress = progress_of(nights(target=20), [valued(2, 8)])
        assert (progress.knowledge, progress.share, progress.is_reached) == (Knowledge.UNDEFINED, None, None)

    def test_undefined_without_a_measure(self) -> None:
        progress = progress_of(nights(measure=None), [valued(2, 8)])
        assert (progress.knowledge, progress.because) == (Knowledge.UNDEFINED, "the objective has no measure")

    def test_not_known_while_facts_are_missing_and_they_are_named(self) -> None:
        progress = progress_of(nights(baseline=None, target=None), [])
        assert (progress.knowledge, progress.missing) == (Knowledge.NOT_KNOWN, ("baseline", "target", "value"))
        assert progress_of(nights(), []).missing == ("value",)

    @given(strategies.progresses())
    def test_a_share_is_there_exactly_when_it_is_known(self, progress: Progress) -> None:
        assert (progress.share is not None) == (progress.knowledge is Knowledge.KNOWN)
        assert (progress.missing != ()) == (progress.knowledge is Knowledge.NOT_KNOWN)

    @given(st.integers(-99, 99), st.integers(-99, 99), st.integers(-99, 99))
    def test_walking_the_share_from_the_baseline_arrives_at_the_value(self, start: int, end: int, value: int) -> None:
        share = progress_of(nights(baseline=start, target=end), [valued(2, value)]).share
        if start == end:
            assert share is None
        else:
            assert share is not None
            assert start + share * (end - start) == value


class TestGoalsOf:
    """A goal is what was last written of it; its status and what was achieved are told apart."""

    def test_a_completed_goal_is_not_for_that_achieved(self) -> None:
        (goal,) = goals_of([goal_set(), moved(5, GoalStatus.COMPLETED, None)])
        assert (goal.status, goal.achievement, goal.is_open) == (GoalStatus.COMPLETED, None, False)

    def test_a_restatement_changes_the_words_and_leaves_the_status(self) -> None:
        entries = [
            goal_set(1, objectives=(nights(),), weight=2),
            moved(5, GoalStatus.ON_HOLD, "in hospital"),
            goal_set(7, words="A place with my sister", weight=3),
        ]
        (goal,) = goals_of(entries)
        assert (goal.words, goal.weight, goal.objectives) == ("A place with my sister", 3, ())
        assert (goal.status, goal.status_since, goal.status_reason) == (GoalStatus.ON_HOLD, DAY(5), "in hospital")
        assert (goal.set_on, goal.restated) == (DAY(1), 1)

    def test_as_of_an_earlier_day_what_came_later_is_not_seen(self) -> None:
        entries = [goal_set(), moved(5, GoalStatus.COMPLETED, None), valued(7, 3)]
        assert goals_of(entries, DAY(4))[0].status is GoalStatus.ACTIVE
        assert goals_of(entries, DAY(5))[0].status is GoalStatus.COMPLETED
        assert goals_of(entries, DAY(6))[0].noted == ()
        assert goals_of(entries, DAY(0)) == ()

    def test_what_is_dated_before_the_goal_is_passed_over(self) -> None:
        (goal,) = goals_of([valued(1, 3), moved(1, GoalStatus.COMPLETED), goal_set(2)])
        assert (goal.status, goal.noted) == (GoalStatus.ACTIVE, ())

    def test_on_one_day_a_goal_is_set_before_it_moves(self) -> None:
        (goal,) = goals_of([valued(1, 3), moved(1, GoalStatus.COMPLETED), goal_set(1)])
        assert (goal.status, len(goal.noted)) == (GoalStatus.COMPLETED, 1)

    def test_the_achievement_of_an_objective_is_not_the_goals(self) -> None:
        of_objective = ProgressNoted(
            noted_on=DAY(3), goal_id="g-1", objective_id="o-1", achievement=Achievement.ACHIEVED
        )
        of_goal = ProgressNoted(noted_on=DAY(2), goal_id="g-1", achievement=Achievement.IMPROVING)
        (goal,) = goals_of([goal_set(), of_objective, of_goal])
        assert goal.achievement is Achievement.IMPROVING
        assert goals_of([goal_set(), of_objective])[0].achievement is None

    def test_objectives_are_found_by_id(self) -> None:
        (goal,) = goals_of([goal_set(objectives=(nights(),))])
        assert goal.objective("o-1") == nights()
        assert goal.objective("o-2") is None

    def test_other_entries_are_passed_over(self) -> None:
        assert goals_of([object(), "a note", None]) == ()

    @given(strategies.goal_histories(), st.randoms(use_true_random=False))
    def test_order_of_days_alone_decides(
        self, history: tuple[GoalSet | GoalStatusChanged | ProgressNoted, ...], chance: random.Random
    ) -> None:
        by_day: dict[object, list[GoalSet | GoalStatusChanged | ProgressNoted]] = {}
        for entry in history:
            by_day.setdefault(entry.happened_on, []).append(entry)
        days = list(by_day)
        chance.shuffle(days)
        assert goals_of([entry for day in days for entry in by_day[day]]) == goals_of(history)


class TestSteps:
    """A goal moves by named steps only, with a reason where it is put off, given up or taken up again."""

    @pytest.mark.parametrize("before", list(GoalStatus))
    @pytest.mark.parametrize("after", list(GoalStatus))
    def test_every_pair_of_statuses(self, before: GoalStatus, after: GoalStatus) -> None:
        (goal,) = goals_of([goal_set(), moved(2, before)] if before is not GoalStatus.ACTIVE else [goal_set()])
        verdict = may_change_status(goal, moved(3, after))
        assert verdict.is_yes is (after in STEPS[before])
        assert bool(verdict.would_satisfy) is not verdict.is_yes

    @pytest.mark.parametrize(
        ("before", "after", "asks"),
        [
            (GoalStatus.ACTIVE, GoalStatus.ON_HOLD, True),
            (GoalStatus.ACTIVE, GoalStatus.CANCELLED, True),
            (GoalStatus.PROPOSED, GoalStatus.REJECTED, True),
            (GoalStatus.COMPLETED, GoalStatus.ACTIVE, True),
            (GoalStatus.CANCELLED, GoalStatus.ACTIVE, True),
            (GoalStatus.REJECTED, GoalStatus.PROPOSED, True),
            (GoalStatus.ACTIVE, GoalStatus.COMPLETED, False),
            (GoalStatus.ON_HOLD, GoalStatus.ACTIVE, False),
            (GoalStatus.PROPOSED, GoalStatus.ACCEPTED, False),
        ],
    )
    def test_where_a_reason_is_asked_for(self, before: GoalStatus, after: GoalStatus, asks: bool) -> None:
        (goal,) = goals_of([goal_set(), moved(1, before)])
        assert may_change_status(goal, moved(3, after, None)).is_no is asks
        assert may_change_status(goal, moved(3, after, "a reason")).is_yes

    def test_every_reason_is_named_at_once(self) -> None:
        (goal,) = goals_of([goal_set(5)])
        verdict = may_change_status(goal, moved(3, GoalStatus.REJECTED, None))
        assert [part.is_no for part in verdict.parts] == [True, True, True]
        assert verdict.would_satisfy == (
            "change it to on-hold or completed or cancelled",
            "give the reason",
            "date it 2026-01-05 or later",
        )

    def test_a_goal_nobody_set(self) -> None:
        assert may_change_status(None, moved(3, GoalStatus.COMPLETED)).is_no
        assert may_note_progress(None, valued(3, 1)).is_no

    def test_a_goal_begins_open(self) -> None:
        assert may_set_goal(None, goal_set()).is_yes
        assert may_set_goal(None, goal_set(status=GoalStatus.COMPLETED)).is_no

    def test_a_goal_that_is_over_is_not_restated(self) -> None:
        (goal,) = goals_of([goal_set(), moved(2, GoalStatus.CANCELLED)])
        assert may_set_goal(goal, goal_set(3)).is_no
        (resumed,) = goals_of([goal_set(), moved(2, GoalStatus.CANCELLED), moved(3, GoalStatus.ACTIVE)])
        assert may_set_goal(resumed, goal_set(3)).is_yes
        assert may_set_goal(resumed, goal_set(0)).is_no

    def test_progress_is_noted_on_an_objective_that_the_goal_has(self) -> None:
        (goal,) = goals_of([goal_set(2, objectives=(nights(),))])
        assert may_note_progress(goal, valued(2, 1)).is_yes
        assert may_note_progress(goal, valued(1, 1)).is_no
        (other,) = goals_of([goal_set()])
        assert may_note_progress(other, valued(2, 1)).is_no

    def test_the_outcome_of_a_goal_that_is_over_may_still_be_noted(self) -> None:
        (goal,) = goals_of([goal_set(), moved(2, GoalStatus.COMPLETED)])
        outcome = ProgressNoted(noted_on=DAY(3), goal_id="g-1", achievement=Achievement.ACHIEVED)
        assert may_note_progress(goal, outcome).is_yes

    @given(strategies.goal_histories())
    def test_histories_from_the_strategy_are_legal_step_by_step(
        self, history: tuple[GoalSet | GoalStatusChanged | ProgressNoted, ...]
    ) -> None:
        for place, entry in enumerate(history):
            goal = next(iter(goals_of(history[:place])), None)
            if isinstance(entry, GoalSet):
                assert may_set_goal(goal, entry).is_yes
            elif isinstance(entry, GoalStatusChanged):
                assert may_change_status(goal, entry).is_yes
            else:
                assert may_note_progress(goal, entry).is_yes

    @given(strategies.goals())
    def test_a_goal_on_hold_or_active_is_open(self, goal: Goal) -> None:
        over = (GoalStatus.COMPLETED, GoalStatus.CANCELLED, GoalStatus.REJECTED)
        assert goal.is_open is (goal.status not in over)
        assert goal.has_begun or goal.status not in (GoalStatus.ACTIVE, GoalStatus.COMPLETED)


class TestBadInput:
    """What cannot be read is refused with its path, and never quoted."""

    def test_an_objective_named_twice(self) -> None:
        with pytest.raises(NotReadable, match="objectives: must not name an objective twice"):
            goal_set(objectives=(nights(), nights()))

    def test_a_value_without_its_objective(self) -> None:
        with pytest.raises(NotReadable, match="objective_id: must be named where a value is given"):
            ProgressNoted(noted_on=DAY(1), goal_id="g-1", value=3)

    def test_a_note_that_says_nothing(self) -> None:
        with pytest.raises(NotReadable, match="must say something"):
            ProgressNoted(noted_on=DAY(1), goal_id="g-1")

    @pytest.mark.parametrize("value", [Decimal("NaN"), float("nan"), "7", True])
    def test_values_that_are_no_numbers(self, value: Any) -> None:
        with pytest.raises(NotReadable, match="value"):
            valued(1, value)

    def test_all_problems_at_once_without_the_words(self) -> None:
        with pytest.raises(NotReadable) as refused:
            read({"set_on": "soon", "goal_id": "", "words": "secret\0", "weight": -1}, GoalSet)
        assert "secret" not in str(refused.value)
        paths = [problem.path for problem in refused.value.problems]
        assert "set_on" in paths
        assert any(path.endswith("in_clients_words") for path in paths)

    @given(st.one_of(strategies.goals_set(), strategies.goal_statuses_changed(), strategies.progress_noted()))
    def test_entries_come_back_from_plain_data(self, entry: GoalSet | GoalStatusChanged | ProgressNoted) -> None:
        assert read(plain(entry), type(entry)) == entry
