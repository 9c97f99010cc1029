"""What changed between two versions of a plan."""

from __future__ import annotations

import random
from collections import Counter
from typing import TypeVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.plans import (
    ChangeKind,
    FieldChange,
    NaturalSupport,
    Per,
    PlanChange,
    PlanDrafted,
    PlannedNeed,
    PlannedService,
    PlanPart,
    apply_changes,
    diff,
)
from casecore.terms import NotReadable
from casecore.testing.strategies import plans as strategies
from tests.plans.stories import DAY, drafted

T = TypeVar("T")
DRAFTS = strategies.plans_drafted()


def content(version: PlanDrafted) -> tuple[object, ...]:
    """What a version says, apart from order; the needs and goals of a plan are sets already."""
    return (
        set(version.needs),
        set(version.goals),
        Counter(version.services),
        Counter(version.supports),
        version.starts_on,
    )


def turned(changes: tuple[PlanChange, ...]) -> Counter[PlanChange]:
    return Counter(attrs.evolve(change, was=change.now, now=change.was) for change in changes)


class TestLaws:
    """A diff says all that changed and nothing else."""

    @given(DRAFTS)
    def test_nothing_changed_between_a_version_and_itself(self, version: PlanDrafted) -> None:
        assert diff(version, version) == ()

    @given(DRAFTS, DRAFTS)
    def test_applied_to_the_older_it_says_what_the_newer_says(self, older: PlanDrafted, newer: PlanDrafted) -> None:
        made = apply_changes(older, diff(older, newer))
        assert content(made) == content(newer)
        assert (made.plan_version, made.author, made.drafted_on) == (older.plan_version, older.author, older.drafted_on)

    @given(DRAFTS, DRAFTS)
    def test_it_is_empty_only_where_both_say_the_same(self, older: PlanDrafted, newer: PlanDrafted) -> None:
        assert (diff(older, newer) == ()) is (content(older) == content(newer))

    @given(DRAFTS, DRAFTS)
    def test_the_other_way_round_it_is_turned_around(self, older: PlanDrafted, newer: PlanDrafted) -> None:
        assert Counter(diff(newer, older)) == turned(diff(older, newer))

    @given(DRAFTS, st.randoms(use_true_random=False))
    def test_order_means_nothing(self, version: PlanDrafted, chance: random.Random) -> None:
        def mixed(parts: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(chance.sample(parts, len(parts)))

        other = attrs.evolve(
            version,
            needs=mixed(version.needs),
            goals=mixed(version.goals),
            services=mixed(version.services),
            supports=mixed(version.supports),
        )
        assert diff(version, other) == ()

    @given(strategies.plan_changes())
    def test_each_change_tells_what_came_went_or_which_fields_differ(self, changes: tuple[PlanChange, ...]) -> None:
        for change in changes:
            assert (change.was is None) is (change.kind is ChangeKind.ADDED)
            assert (change.now is None) is (change.kind is ChangeKind.REMOVED)
            if change.part is not PlanPart.STARTS_ON:
                assert bool(change.fields) is (change.kind is ChangeKind.CHANGED)
            for field in change.fields:
                assert field.was != field.now
                assert field.field in str(change)


class TestEachPart:
    """Needs, goals, services and supports: added, removed, changed field by field."""

    def test_a_need_deferred(self) -> None:
        was = PlannedNeed(need_id="n-1", words="Teeth")
        now = PlannedNeed(need_id="n-1", words="Teeth", deferred_because="after the move")
        (change,) = diff(drafted(1, needs=(was,)), drafted(2, 2, needs=(now,)))
        assert change == PlanChange(part=PlanPart.NEEDS, about="n-1", was=was, now=now)
        assert change.fields == (FieldChange("deferred_because", None, "after the move"),)
        assert str(change) == "needs: n-1 changed (deferred_because)"

    def test_goals_come_and_go(self) -> None:
        changes = diff(drafted(1, goals=("g-1", "g-2")), drafted(2, 2, goals=("g-2", "g-3")))
        assert [str(change) for change in changes] == ["goals: g-1 removed", "goals: g-3 added"]
        assert [change.fields for change in changes] == [(), ()]

    def test_a_service_more_often_and_by_somebody_else(self) -> None:
        was = PlannedService(service="counseling", provider="Clinic", times=1, per=Per.WEEK)
        now = PlannedService(service="counseling", provider="Shelter", times=2, per=Per.WEEK)
        (change,) = diff(drafted(1, services=(was,)), drafted(2, 2, services=(now,)))
        assert change.fields == (FieldChange("provider", "Clinic", "Shelter"), FieldChange("times", 1, 2))

    def test_of_two_services_of_one_name_the_provider_tells_which_changed(self) -> None:
        clinic = PlannedService(service="counseling", provider="Clinic", times=1, per=Per.WEEK)
        shelter = PlannedService(service="counseling", provider="Shelter")
        more = attrs.evolve(clinic, times=3)
        (change,) = diff(drafted(1, services=(clinic, shelter)), drafted(2, 2, services=(shelter, more)))
        assert (change.was, change.now) == (clinic, more)

    def test_the_same_service_twice_is_told_as_one_more(self) -> None:
        once = PlannedService(service="counseling")
        (change,) = diff(drafted(1, services=(once,)), drafted(2, 2, services=(once, once)))
        assert (change.kind, change.now) == (ChangeKind.ADDED, once)

    def test_a_support_that_does_something_else(self) -> None:
        was, now = NaturalSupport(who="sister"), NaturalSupport(who="sister", does="drives to the clinic")
        (change,) = diff(drafted(1, supports=(was,)), drafted(2, 2, supports=(now,)))
        assert (change.kind, change.about) == (ChangeKind.CHANGED, "sister")

    def test_another_first_day(self) -> None:
        (change,) = diff(drafted(1, starts_on=DAY(5)), drafted(2, 2, starts_on=DAY(9)))
        assert change.fields == (FieldChange("starts_on", DAY(5), DAY(9)),)

    def test_number_author_and_day_are_not_content(self) -> None:
        assert diff(drafted(1), drafted(9, 4, author="w-9")) == ()


class TestRefused:
    """A change is not made to a version it does not fit."""

    def test_all_that_does_not_fit_is_named_without_quoting_it(self) -> None:
        gone = diff(drafted(1, goals=("g-1", "g-2")), drafted(2, 2))
        with pytest.raises(NotReadable) as refused:
            apply_changes(drafted(1), gone)
        assert [problem.path for problem in refused.value.problems] == ["changes[0].was", "changes[1].was"]
        assert "g-1" not in str(refused.value)

    def test_what_is_there_already_is_not_added_again(self) -> None:
        added = diff(drafted(1), drafted(2, 2, goals=("g-1",)))
        with pytest.raises(NotReadable, match="goals"):
            apply_changes(drafted(1, goals=("g-1",)), added)
