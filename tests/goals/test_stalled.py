"""Goals on which nothing moves, and goals closed without an outcome."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.goals import (
    Achievement,
    GoalOutcomes,
    GoalSet,
    GoalStatus,
    GoalStatusChanged,
    Objective,
    ProgressNoted,
    StalledGoals,
    goals_of,
    next_stall_on,
    review_goal_outcomes,
    review_stalled_goals,
)
from casecore.standards import Edition, Standard
from casecore.terms import Entry, NotReadable, Span, StandardNotInForce, WorkingDays, read
from casecore.testing.strategies import goals as strategies
from tests.goals.days import CITED, DAY

GoalEntry = GoalSet | GoalStatusChanged | ProgressNoted


def goal_set(day: int = 1, **fields: Any) -> GoalSet:
    given: dict[str, Any] = {"goal_id": "g-1", "words": "My own place", "in_clients_words": True, **fields}
    return GoalSet(set_on=DAY(day), **given)


def noted(day: int, **fields: Any) -> ProgressNoted:
    given: dict[str, Any] = fields or {"note": "looked at two rooms"}
    return ProgressNoted(noted_on=DAY(day), goal_id="g-1", **given)


def moved(day: int, status: GoalStatus) -> GoalStatusChanged:
    return GoalStatusChanged(changed_on=DAY(day), goal_id="g-1", status=status, reason="because")


def asking(since: date = date(2020, 1, 1), **spans: Span) -> Standard[StalledGoals]:
    return Standard.fixed("goals/stalled", StalledGoals(**spans), since=since, source=CITED)


NOTED = asking(without_progress_noted=Span(days=30))
IMPROVED = asking(without_improvement=Span(days=60))


def codes(entries: Iterable[Entry], standard: Standard[StalledGoals], day: int) -> list[tuple[str, date]]:
    return [(finding.code, finding.on) for finding in review_stalled_goals(entries, standard, as_of=DAY(day))]


class TestWithoutProgressNoted:
    """An active goal has progress noted within 30 days."""

    def test_the_last_day_and_the_day_after(self) -> None:
        assert codes([goal_set(1)], NOTED, 31) == []
        assert codes([goal_set(1)], NOTED, 32) == [("goal-without-progress-noted", DAY(32))]

    def test_the_day_since_when_stays_as_time_goes_on(self) -> None:
        assert codes([goal_set(1)], NOTED, 200) == [("goal-without-progress-noted", DAY(32))]

    def test_any_note_starts_the_time_again(self) -> None:
        assert codes([goal_set(1), noted(20)], NOTED, 50) == []
        assert codes([goal_set(1), noted(20)], NOTED, 51) == [("goal-without-progress-noted", DAY(51))]

    def test_a_goal_on_hold_or_over_is_not_asked(self) -> None:
        for status in GoalStatus:
            entries: list[GoalEntry] = [goal_set(1), moved(2, status)]
            assert bool(codes(entries, NOTED, 100)) is (status is GoalStatus.ACTIVE)

    def test_a_goal_resumed_from_hold_has_the_time_from_that_day(self) -> None:
        entries = [goal_set(1), moved(5, GoalStatus.ON_HOLD), moved(90, GoalStatus.ACTIVE)]
        assert codes(entries, NOTED, 120) == []
        assert codes(entries, NOTED, 121) == [("goal-without-progress-noted", DAY(121))]

    def test_restating_a_goal_is_not_progress(self) -> None:
        assert codes([goal_set(1), goal_set(20)], NOTED, 32) != []

    def test_a_note_not_yet_written_does_not_help(self) -> None:
        assert codes([goal_set(1), noted(40)], NOTED, 39) != []
        assert codes([goal_set(1), noted(40)], NOTED, 40) == []

    def test_it_says_why_by_whose_authority_and_what_would_satisfy(self) -> None:
        (finding,) = review_stalled_goals([goal_set(1)], NOTED, as_of=DAY(40))
        assert finding.what == "no progress noted on an active goal since 2026-01-01; at most 30 days are allowed"
        assert (finding.standard, finding.source, finding.about) == ("goals/stalled", CITED, "g-1")
        assert finding.would_satisfy == "a progress note on this goal, or putting it on hold with a reason"

    def test_business_days_are_the_agencys_own(self) -> None:
        standard = asking(without_progress_noted=Span(business_days=1))
        friday = goal_set(2)
        assert friday.set_on.weekday() == 4
        closed = WorkingDays(closed=frozenset({DAY(5)}))
        found = review_stalled_goals([friday], standard, as_of=DAY(6), working_days=closed)
        assert found == ()
        assert review_stalled_goals([friday], standard, as_of=DAY(7), working_days=closed) != ()
        with pytest.raises(NotReadable, match="working_days"):
            review_stalled_goals([friday], standard, as_of=DAY(7))


class TestEditions:
    """Whether a goal is stalled today is asked by today's edition."""

    CHANGED = Standard(
        name="goals/stalled",
        editions=(
            Edition(since=DAY(1), source=CITED, value=StalledGoals(without_progress_noted=Span(days=90))),
            Edition(since=DAY(60), source=CITED, value=StalledGoals(without_progress_noted=Span(days=30))),
            Edition(since=DAY(100), source=CITED),
        ),
    )

    def test_the_day_before_and_the_day_of_the_next_edition(self) -> None:
        assert codes([goal_set(1)], self.CHANGED, 59) == []
        assert codes([goal_set(1)], self.CHANGED, 60) == [("goal-without-progress-noted", DAY(60))]

    @pytest.mark.parametrize("day", [0, 100])
    def test_before_the_first_and_after_a_repeal_it_raises(self, day: int) -> None:
        with pytest.raises(StandardNotInForce):
            codes([goal_set(0)], self.CHANGED, day)
        with pytest.raises(StandardNotInForce):
            next_stall_on([goal_set(0)], self.CHANGED, as_of=DAY(day))


class TestWithoutImprovement:
    """An active goal gets better within 60 days."""

    WAY = Objective(objective_id="o-1", words="Sleep inside", measure="nights", baseline=20, target=4)

    def value(self, day: int, value: int) -> ProgressNoted:
        return noted(day, objective_id="o-1", value=value)

    def since(self, *entries: GoalEntry) -> date | None:
        """The day on which the goal is first stalled."""
        return next_stall_on([goal_set(1, objectives=(self.WAY,)), *entries], IMPROVED, as_of=DAY(1))

    def stalled_on(self, *entries: GoalEntry) -> list[date]:
        given = [goal_set(1, objectives=(self.WAY,)), *entries]
        return [finding.on for finding in review_stalled_goals(given, IMPROVED, as_of=DAY(300))]

    def test_notes_alone_are_no_improvement(self) -> None:
        assert self.stalled_on(noted(30)) == [DAY(62)]
        assert codes([goal_set(1), noted(30)], IMPROVED, 62) == [("goal-without-improvement", DAY(62))]

    @pytest.mark.parametrize("said", [Achievement.IMPROVING, Achievement.WORSENING, Achievement.NO_CHANGE])
    def test_what_is_said_of_it_counts(self, said: Achievement) -> None:
        better = said is Achievement.IMPROVING
        assert self.stalled_on(noted(30, achievement=said)) == [DAY(91) if better else DAY(62)]

    def test_a_value_nearer_the_target_counts_and_one_farther_does_not(self) -> None:
        assert self.stalled_on(self.value(30, 19)) == [DAY(91)]
        assert self.stalled_on(self.value(30, 21)) == [DAY(62)]

    def test_coming_back_to_where_one_was_is_no_improvement(self) -> None:
        assert self.stalled_on(self.value(10, 12), self.value(20, 18), self.value(30, 12)) == [DAY(71)]
        assert self.stalled_on(self.value(10, 12), self.value(20, 18), self.value(30, 11)) == [DAY(91)]

    def test_a_higher_level_counts_and_the_first_rating_does_not(self) -> None:
        assert self.stalled_on(noted(10, attainment=-1)) == [DAY(62)]
        assert self.stalled_on(noted(10, attainment=-1), noted(20, attainment=0)) == [DAY(81)]

    @pytest.mark.parametrize("said", [Achievement.ACHIEVED, Achievement.SUSTAINING])
    def test_a_goal_achieved_or_sustained_need_not_get_better(self, said: Achievement) -> None:
        assert self.stalled_on(noted(10, achievement=said)) == []
        assert self.stalled_on(noted(10, achievement=said), noted(20, achievement=Achievement.WORSENING)) == [DAY(71)]

    def test_without_baseline_or_target_values_tell_nothing(self) -> None:
        for lacking in ({"baseline": None}, {"target": None}, {"target": 20}):
            fields: dict[str, Any] = {"baseline": 20, "target": 4, **lacking}
            way = Objective(objective_id="o-1", words="Sleep inside", **fields)
            entries = [goal_set(1, objectives=(way,)), self.value(30, 5)]
            assert codes(entries, IMPROVED, 100) == [("goal-without-improvement", DAY(62))]

    def test_both_are_found_at_once(self) -> None:
        both = asking(without_progress_noted=Span(days=30), without_improvement=Span(days=60))
        assert [code for code, _ in codes([goal_set(1)], both, 99)] == [
            "goal-without-progress-noted",
            "goal-without-improvement",
        ]


class TestNextStall:
    """The day on which more will be found is told ahead."""

    @settings(deadline=None)  # a walk through a year of days
    @given(strategies.goal_histories(between=(DAY(1), DAY(300))), strategies.stalled_goals(), st.integers(1, 400))
    def test_nothing_more_is_found_before_that_day_and_something_is_on_it(
        self, history: tuple[GoalEntry, ...], rule: StalledGoals, number: int
    ) -> None:
        standard = Standard.fixed("goals/stalled", rule, since=date(2020, 1, 1), source=CITED)
        as_of = DAY(number)
        known = [entry for entry in history if entry.happened_on <= as_of]
        found = review_stalled_goals(known, standard, as_of=as_of)
        turning = next_stall_on(known, standard, as_of=as_of)
        for later in range(1, 420):
            day = as_of + timedelta(days=later)
            more = review_stalled_goals(known, standard, as_of=day) != found
            if more or turning == day:
                assert more
                assert turning == day
                return
            if later > 380:
                break
        assert turning is None

    @given(strategies.goal_histories(between=(DAY(1), DAY(200))), st.integers(1, 260))
    def test_a_walk_day_by_day_finds_the_same_goals_without_notes(
        self, history: tuple[GoalEntry, ...], number: int
    ) -> None:
        quiet, status, restated = 0, None, True
        for day in range(1, number + 1):
            quiet += 1
            for entry in history:
                if entry.happened_on == DAY(day):
                    if isinstance(entry, GoalStatusChanged):
                        status, quiet = entry.status, 0
                    elif isinstance(entry, ProgressNoted):
                        quiet = 0
                    elif restated:
                        status, quiet, restated = entry.status, 0, False
        stalled = status is GoalStatus.ACTIVE and quiet > 30
        found = review_stalled_goals(history, NOTED, as_of=DAY(number))
        assert bool(found) is stalled
        if stalled:
            assert found[0].on == DAY(number - quiet + 31)


class TestOutcomes:
    """When the episode closes, the record says what came of every goal (42 CFR 441.18(a)(7)(iv))."""

    STANDARD = Standard.fixed(
        "goals/outcomes",
        GoalOutcomes(
            outcomes=frozenset({Achievement.ACHIEVED, Achievement.NOT_ACHIEVED}),
            is_rating_enough=False,
            is_cancelling_enough=True,
        ),
        since=DAY(1),
        source=CITED,
    )

    def without(self, *entries: GoalEntry, standard: Standard[GoalOutcomes] = STANDARD) -> bool:
        found = review_goal_outcomes([goal_set(1), *entries], standard, closed_on=DAY(50))
        assert all(finding.code == "goal-without-outcome" and finding.on == DAY(50) for finding in found)
        return bool(found)

    def test_an_open_goal_and_a_completed_one_need_an_outcome(self) -> None:
        assert self.without()
        assert self.without(moved(9, GoalStatus.COMPLETED))

    def test_the_achievements_named_are_outcomes_and_others_are_not(self) -> None:
        assert not self.without(noted(9, achievement=Achievement.NOT_ACHIEVED))
        assert self.without(noted(9, achievement=Achievement.IMPROVING))

    def test_the_last_word_counts(self) -> None:
        assert self.without(noted(9, achievement=Achievement.ACHIEVED), noted(10, achievement=Achievement.WORSENING))

    def test_an_outcome_noted_after_closing_is_too_late(self) -> None:
        assert self.without(noted(51, achievement=Achievement.ACHIEVED))
        assert not self.without(noted(50, achievement=Achievement.ACHIEVED))

    def test_a_rating_is_enough_only_where_the_rule_says_so(self) -> None:
        rated = Standard.fixed(
            "goals/outcomes",
            GoalOutcomes(outcomes=frozenset(), is_rating_enough=True, is_cancelling_enough=False),
            since=DAY(1),
            source=CITED,
        )
        assert self.without(noted(9, attainment=0))
        assert not self.without(noted(9, attainment=0), standard=rated)
        assert self.without(moved(9, GoalStatus.CANCELLED), standard=rated)

    def test_a_goal_given_up_with_a_reason_is_enough_only_where_the_rule_says_so(self) -> None:
        assert not self.without(moved(9, GoalStatus.CANCELLED))

    def test_a_goal_never_taken_up_needs_none(self) -> None:
        proposed = goal_set(1, status=GoalStatus.PROPOSED)
        assert review_goal_outcomes([proposed, moved(2, GoalStatus.REJECTED)], self.STANDARD, closed_on=DAY(9)) == ()

    def test_it_says_what_would_satisfy(self) -> None:
        (finding,) = review_goal_outcomes([goal_set(1)], self.STANDARD, closed_on=DAY(9))
        assert finding.what == "nothing says what came of a goal that is active"
        assert finding.would_satisfy == "a progress note on the goal: achieved or not-achieved"
        assert (finding.standard, finding.source, finding.about) == ("goals/outcomes", CITED, "g-1")

    def test_before_the_standard_it_raises(self) -> None:
        with pytest.raises(StandardNotInForce):
            review_goal_outcomes([goal_set(1)], self.STANDARD, closed_on=DAY(0))

    @given(strategies.goal_histories(), strategies.goal_outcomes())
    def test_only_goals_that_had_begun_are_found(self, history: tuple[GoalEntry, ...], rule: GoalOutcomes) -> None:
        standard = Standard.fixed("goals/outcomes", rule, since=date(2020, 1, 1), source=CITED)
        found = review_goal_outcomes(history, standard, closed_on=date(2028, 1, 1))
        (goal,) = goals_of(history)
        assert len(found) <= goal.has_begun


class TestRules:
    """The rules are read from rulebook files, and refuse what contradicts itself."""

    def test_from_toml(self) -> None:
        assert read(
            {"without_progress_noted": {"days": 90}, "without_improvement": {"months": 6}}, StalledGoals
        ) == StalledGoals(without_progress_noted=Span(days=90), without_improvement=Span(months=6))
        assert read(
            {"outcomes": ["achieved"], "is_rating_enough": True, "is_cancelling_enough": False}, GoalOutcomes
        ) == GoalOutcomes(outcomes=frozenset({Achievement.ACHIEVED}), is_rating_enough=True, is_cancelling_enough=False)
        assert (StalledGoals.asks, GoalOutcomes.asks) == ("stalled-goals", "goal-outcomes")

    def test_a_rule_that_asks_for_nothing(self) -> None:
        with pytest.raises(NotReadable, match="must ask for progress noted or for improvement"):
            StalledGoals()
        with pytest.raises(NotReadable, match="outcomes"):
            GoalOutcomes(outcomes=frozenset(), is_rating_enough=False, is_cancelling_enough=True)
