"""Goals of every legal shape, and legal histories of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import hypothesis.strategies as st

from casecore.goals import (
    STEPS,
    Achievement,
    AttainmentScore,
    Goal,
    GoalOutcomes,
    GoalSet,
    GoalStatus,
    GoalStatusChanged,
    Objective,
    Progress,
    ProgressNoted,
    Rating,
    StalledGoals,
    attainment_score,
    goals_of,
    progress_of,
)
from casecore.terms import Span

Days = tuple[date, date]
THESE_YEARS: Days = (date(2023, 1, 1), date(2027, 12, 31))


def _words(longest: int = 40) -> st.SearchStrategy[str]:
    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    return st.text(characters, min_size=1, max_size=longest).filter(str.strip)


def _refs(kind: str) -> st.SearchStrategy[str]:
    return st.integers(1, 9).map(lambda number: f"{kind}-{number}")


def _days(between: Days) -> st.SearchStrategy[date]:
    return st.dates(*between)


def _values() -> st.SearchStrategy[Decimal | int]:
    return st.one_of(st.integers(-50, 50), st.decimals(-50, 50, places=2))


def _begins() -> st.SearchStrategy[GoalStatus]:
    return st.sampled_from([GoalStatus.PROPOSED, GoalStatus.ACCEPTED, GoalStatus.ACTIVE])


@st.composite
def objectives(draw: st.DrawFn, *, objective_id: str | None = None) -> Objective:
    """An objective, often one that lacks a measure, baseline, target or day."""
    return Objective(
        objective_id=objective_id or draw(_refs("o")),
        words=draw(_words()),
        measure=draw(st.none() | _words()),
        unit=draw(st.none() | _words(10)),
        baseline=draw(st.none() | _values()),
        target=draw(st.none() | _values()),
        target_on=draw(st.none() | _days(THESE_YEARS)),
    )


@st.composite
def goals_set(
    draw: st.DrawFn,
    *,
    between: Days = THESE_YEARS,
    goal_id: str | None = None,
    needs: Sequence[str] | None = None,
    status: GoalStatus | None = None,
) -> GoalSet:
    """A goal as it is written down."""
    steps = st.lists(objectives(), max_size=3, unique_by=lambda objective: objective.objective_id)
    return GoalSet(
        set_on=draw(_days(between)),
        goal_id=goal_id or draw(_refs("g")),
        words=draw(_words()),
        in_clients_words=draw(st.booleans()),
        objectives=tuple(draw(steps)),
        needs=tuple(needs) if needs is not None else tuple(draw(st.lists(_refs("n"), max_size=3, unique=True))),
        weight=draw(st.integers(0, 10)),
        status=status or draw(_begins()),
    )


@st.composite
def goal_statuses_changed(
    draw: st.DrawFn,
    *,
    between: Days = THESE_YEARS,
    goal_id: str | None = None,
    status: GoalStatus | None = None,
) -> GoalStatusChanged:
    """A change of status, with a reason, so that it is legal wherever the step is."""
    return GoalStatusChanged(
        changed_on=draw(_days(between)),
        goal_id=goal_id or draw(_refs("g")),
        status=status or draw(st.sampled_from(GoalStatus)),
        reason=draw(_words()),
    )


@st.composite
def progress_noted(
    draw: st.DrawFn,
    *,
    between: Days = THESE_YEARS,
    goal_id: str | None = None,
    objective_ids: Sequence[str] | None = None,
) -> ProgressNoted:
    """A progress note that says something; of one of *objective_ids*, where these are given, or of the goal."""
    named: st.SearchStrategy[str | None] = st.none()
    if objective_ids is None:
        named |= _refs("o")
    elif objective_ids:
        named |= st.sampled_from(list(objective_ids))
    objective_id = draw(named)
    return ProgressNoted(
        noted_on=draw(_days(between)),
        goal_id=goal_id or draw(_refs("g")),
        objective_id=objective_id,
        value=None if objective_id is None else draw(st.none() | _values()),
        achievement=draw(st.none() | st.sampled_from(Achievement)),
        attainment=draw(st.none() | st.integers(-2, 2)),
        note=draw(_words()),
    )


@st.composite
def goal_histories(
    draw: st.DrawFn, *, between: Days = THESE_YEARS, goal_id: str = "g-1", needs: Sequence[str] | None = None
) -> tuple[GoalSet | GoalStatusChanged | ProgressNoted, ...]:
    """One goal's entries in the order they were written, each allowed by what stands before it."""
    day = draw(_days(between))
    latest = draw(goals_set(between=(day, day), goal_id=goal_id, needs=needs))
    status = latest.status
    entries: list[GoalSet | GoalStatusChanged | ProgressNoted] = [latest]
    for _ in range(draw(st.integers(0, 8))):
        day = min(between[1], day + timedelta(days=draw(st.integers(0, 60))))
        today = (day, day)
        match draw(st.sampled_from(["note", "note", "move", "restate"])):
            case "move":
                status = draw(st.sampled_from(STEPS[status]))
                entries.append(draw(goal_statuses_changed(between=today, goal_id=goal_id, status=status)))
            case "restate" if status in (GoalStatus.ACTIVE, GoalStatus.ACCEPTED) and day > latest.set_on:
                latest = draw(goals_set(between=today, goal_id=goal_id, needs=needs))
                entries.append(latest)
            case _:
                ids = [objective.objective_id for objective in latest.objectives]
                entries.append(draw(progress_noted(between=today, goal_id=goal_id, objective_ids=ids)))
    return tuple(entries)


def goals(*, between: Days = THESE_YEARS, goal_id: str = "g-1") -> st.SearchStrategy[Goal]:
    """A goal as it stands after a legal history."""
    return goal_histories(between=between, goal_id=goal_id).map(lambda entries: goals_of(entries)[0])


@st.composite
def progresses(draw: st.DrawFn) -> Progress:
    """How far some objective has come."""
    objective = draw(objectives(objective_id="o-1"))
    return progress_of(objective, draw(st.lists(progress_noted(objective_ids=["o-1"]), max_size=3)))


@st.composite
def ratings(draw: st.DrawFn, *, goal_id: str | None = None, is_rated: bool | None = None) -> Rating:
    """A goal's weight and level; rated, not rated, or either."""
    rated = draw(st.booleans()) if is_rated is None else is_rated
    return Rating(
        goal_id=goal_id or draw(_refs("g")),
        weight=draw(st.integers(0, 10)),
        level=draw(st.integers(-2, 2)) if rated else None,
    )


def attainment_scores() -> st.SearchStrategy[AttainmentScore]:
    """Scores of every kind: known, not known, undefined."""
    return st.lists(ratings(), max_size=4).map(attainment_score)


def _spans() -> st.SearchStrategy[Span]:
    return st.one_of(
        st.integers(0, 200).map(lambda days: Span(days=days)),
        st.integers(1, 12).map(lambda months: Span(months=months)),
    )


@st.composite
def stalled_goals(draw: st.DrawFn) -> StalledGoals:
    """A rule for stalled goals that asks for notes, for improvement, or for both; never in business days."""
    noted, improved = draw(
        st.one_of(st.tuples(_spans(), st.none()), st.tuples(st.none(), _spans()), st.tuples(_spans(), _spans()))
    )
    return StalledGoals(without_progress_noted=noted, without_improvement=improved)


@st.composite
def goal_outcomes(draw: st.DrawFn) -> GoalOutcomes:
    """A rule for what counts as an outcome."""
    return GoalOutcomes(
        outcomes=draw(st.frozensets(st.sampled_from(Achievement), min_size=1)),
        is_rating_enough=draw(st.booleans()),
        is_cancelling_enough=draw(st.booleans()),
    )
