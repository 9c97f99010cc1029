"""The life of a plan: draft, proposed, signed, under review, superseded, closed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from casecore.plans import (
    PlanClosed,
    PlanDrafted,
    PlannedNeed,
    PlanProposed,
    PlanReviewed,
    PlanSigned,
    PlanState,
    ServicePlan,
    Signer,
    may_close,
    may_draft,
    may_propose,
    may_review,
    may_revise,
    may_sign,
    plans_of,
    revise,
)
from casecore.terms import NotPossible, NotReadable, Verdict, plain, read
from casecore.testing.strategies import plans as strategies
from tests.plans.stories import ALL_THREE, DAY, closed, drafted, proposed, reviewed, signed

IN_FORCE = [drafted(1), proposed(2), signed(3)]


def plan_of(*entries: Any, as_of: int | None = None) -> ServicePlan:
    (plan,) = plans_of(entries, as_of=None if as_of is None else DAY(as_of))
    return plan


def states(*entries: Any, as_of: int | None = None) -> list[str]:
    return [version.state.value for version in plan_of(*entries, as_of=as_of).versions]


class TestStates:
    """Each version stands somewhere on the way, and one at most is in force."""

    def test_step_by_step(self) -> None:
        life = [*IN_FORCE, reviewed(50, complete=False), reviewed(60), closed(90)]
        expected = {
            1: "draft",
            2: "proposed",
            3: "signed",
            49: "signed",
            50: "under-review",
            60: "signed",
            90: "closed",
        }
        for day, state in expected.items():
            assert states(*life, as_of=day) == [state]
            assert plan_of(*life, as_of=day).state.value == state

    def test_a_signed_version_stays_in_force_until_the_next_is_signed(self) -> None:
        life = [*IN_FORCE, drafted(10, 2), proposed(11, 2), signed(12, version=2)]
        assert states(*life, as_of=11) == ["signed", "proposed"]
        assert plan_of(*life, as_of=11).in_force == 1
        assert states(*life, as_of=12) == ["superseded", "signed"]
        governing = plan_of(*life).governing
        assert governing is not None
        assert governing.number == 2

    def test_an_unsigned_version_is_superseded_as_soon_as_a_newer_is_drafted(self) -> None:
        assert states(drafted(1), proposed(2), drafted(3, 2)) == ["superseded", "draft"]

    def test_a_version_meant_to_begin_later_does_not_govern_yet(self) -> None:
        life = [*IN_FORCE, drafted(10, 2, starts_on=DAY(30)), proposed(11, 2), signed(12, version=2)]
        assert states(*life, as_of=29) == ["signed", "signed"]
        assert plan_of(*life, as_of=29).in_force == 1
        assert plan_of(*life, as_of=30).in_force == 2
        assert plan_of(*life[3:], as_of=29).governing is None

    def test_a_new_version_in_force_ends_the_review_that_led_to_it(self) -> None:
        life = [*IN_FORCE, reviewed(20, complete=False), drafted(21, 2), proposed(21, 2), signed(22, version=2)]
        assert states(*life, as_of=21) == ["under-review", "proposed"]
        assert states(*life) == ["superseded", "signed"]

    def test_a_draft_may_be_written_again_and_a_proposed_version_not(self) -> None:
        again = plan_of(drafted(1), drafted(2, author="w-2")).newest
        assert (again.content.author, again.drafted_on) == ("w-2", DAY(1))
        assert plan_of(drafted(1), proposed(2), drafted(3, author="w-2")).newest.content.author == "w-1"

    def test_the_first_closing_stands(self) -> None:
        plan = plan_of(*IN_FORCE, closed(9), closed(12))
        assert (plan.closed_on, plan.closed_because, plan.governing) == (DAY(9), "moved away", None)

    def test_entries_of_a_plan_nobody_drafted_and_other_entries_are_passed_over(self) -> None:
        assert plans_of([proposed(2), signed(3), reviewed(4), closed(5), object()]) == ()
        assert plan_of(drafted(1), proposed(2, 7), signed(3, version=7)).state is PlanState.DRAFT

    def test_on_one_day_the_steps_are_taken_in_their_order(self) -> None:
        assert states(signed(1), proposed(1), drafted(1)) == ["signed"]

    def test_plans_are_kept_apart(self) -> None:
        other = drafted(2, plan_id="p-2")
        assert [plan.plan_id for plan in plans_of([other, *IN_FORCE])] == ["p-1", "p-2"]

    def test_a_version_is_found_by_its_number(self) -> None:
        plan = plan_of(*IN_FORCE)
        assert plan.version(1) == plan.newest
        assert plan.version(2) is None

    @settings(max_examples=50, deadline=None)
    @given(strategies.plan_histories(), st.randoms(use_true_random=False))
    def test_entries_may_be_given_in_any_order_of_days(self, history: tuple[Any, ...], chance: random.Random) -> None:
        by_day: dict[date, list[Any]] = {}
        for entry in history:
            by_day.setdefault(entry.happened_on, []).append(entry)
        days = list(by_day)
        chance.shuffle(days)
        assert plans_of([entry for day in days for entry in by_day[day]]) == plans_of(history)

    @settings(max_examples=50, deadline=None)
    @given(strategies.plan_histories())
    def test_as_of_a_day_is_what_was_written_until_then(self, history: tuple[Any, ...]) -> None:
        for day in {entry.happened_on for entry in history}:
            until_then = [entry for entry in history if entry.happened_on <= day]
            assert plans_of(history, as_of=day) == plans_of(until_then, as_of=day)


class TestMay:
    """Before each step one asks whether it may be taken; a no names every reason and what would satisfy."""

    def refused(self, verdict: Verdict, *wanted: str) -> None:
        assert verdict.is_no
        assert verdict.would_satisfy == wanted

    def test_a_plan_begins_with_version_1(self) -> None:
        assert may_draft(None, drafted(1)).is_yes
        self.refused(may_draft(None, drafted(1, 2)), "number it 1")

    def test_versions_count_on(self) -> None:
        plan = plan_of(*IN_FORCE)
        assert may_draft(plan, drafted(9, 2)).is_yes
        self.refused(may_draft(plan, drafted(9, 3)), "number it 2")

    def test_a_draft_is_written_again_and_a_signed_version_revised(self) -> None:
        assert may_draft(plan_of(drafted(1)), drafted(2)).is_yes
        self.refused(may_draft(plan_of(*IN_FORCE), drafted(9)), "revise it: draft the next version")

    def test_a_draft_that_waits_comes_first(self) -> None:
        self.refused(may_revise(plan_of(drafted(1)), on=DAY(2)), "write version 1 again, or propose it")
        assert may_revise(plan_of(drafted(1), proposed(2)), on=DAY(3)).is_yes
        self.refused(may_revise(plan_of(*IN_FORCE), on=DAY(0)), "date it 2026-01-01 or later")
        self.refused(may_revise(None, on=DAY(0)), "draft its first version")

    def test_only_a_draft_is_proposed(self) -> None:
        assert may_propose(plan_of(drafted(1)), proposed(1)).is_yes
        self.refused(may_propose(plan_of(drafted(1), proposed(2)), proposed(3)), "it is proposed; have it signed")
        self.refused(
            may_propose(plan_of(drafted(1), proposed(2), drafted(3, 2)), proposed(3)), "propose the newest version"
        )
        self.refused(may_propose(plan_of(*IN_FORCE), proposed(4)), "revise it, and propose the next version")
        self.refused(may_propose(plan_of(drafted(1)), proposed(2, 2)), "draft this version first")
        self.refused(may_propose(None, proposed(2)), "draft this version first")
        self.refused(may_propose(plan_of(drafted(5)), proposed(2)), "date it 2026-01-05 or later")

    def test_only_what_is_before_the_signers_is_signed(self) -> None:
        assert may_sign(plan_of(drafted(1), proposed(2)), signed(2)).is_yes
        self.refused(may_sign(plan_of(drafted(1)), signed(2)), "propose the version first")
        self.refused(
            may_sign(plan_of(*IN_FORCE, drafted(9, 2), proposed(9, 2), signed(9, version=2)), signed(9)),
            "sign version 2",
            "nothing more is needed",
        )
        self.refused(may_sign(None, signed(2)), "draft and propose this version first")

    def test_nobody_signs_twice_in_one_role(self) -> None:
        self.refused(may_sign(plan_of(*IN_FORCE), signed(4)), "nothing more is needed")
        assert may_sign(plan_of(*IN_FORCE), signed(4, Signer.SUPERVISOR)).is_yes

    def test_every_reason_is_named_at_once(self) -> None:
        plan = plan_of(drafted(5), closed(6))
        author = signed(1, Signer.SUPERVISOR, signer="w-1")
        verdict = may_sign(plan, author, ALL_THREE)
        assert verdict.would_satisfy == (
            "draft a new plan",
            "have another supervisor sign",
            "date it 2026-01-05 or later",
        )

    def test_only_a_plan_in_force_is_reviewed(self) -> None:
        assert may_review(plan_of(*IN_FORCE), reviewed(3)).is_yes
        self.refused(may_review(plan_of(drafted(1)), reviewed(3)), "have the plan signed first")
        self.refused(may_review(plan_of(*IN_FORCE), reviewed(2)), "date it 2026-01-03 or later")
        self.refused(may_review(None, reviewed(2)), "draft, propose and sign the plan first")

    def test_one_review_at_a_time(self) -> None:
        opened = plan_of(*IN_FORCE, reviewed(10, complete=False))
        self.refused(may_review(opened, reviewed(11, complete=False)), "complete the review that is open")
        assert may_review(opened, reviewed(11)).is_yes

    def test_a_closed_plan_stays_closed(self) -> None:
        plan = plan_of(*IN_FORCE, closed(9))
        for verdict in (
            may_draft(plan, drafted(10, 2)),
            may_propose(plan, proposed(10)),
            may_sign(plan, signed(10, Signer.SUPERVISOR)),
            may_review(plan, reviewed(10)),
            may_revise(plan, on=DAY(10)),
            may_close(plan, closed(10)),
        ):
            assert verdict.is_no
            assert "draft a new plan" in verdict.would_satisfy

    def test_a_plan_is_closed_after_all_that_happened_to_it(self) -> None:
        assert may_close(plan_of(*IN_FORCE), closed(3)).is_yes
        self.refused(may_close(plan_of(*IN_FORCE), closed(2)), "date it 2026-01-03 or later")
        assert may_close(None, closed(2)).is_no


class TestRevise:
    """A revision copies everything forward but the signatures."""

    def test_the_next_version_says_the_same_and_nobody_has_signed_it(self) -> None:
        needs = (PlannedNeed(need_id="n-1", words="A place to live"),)
        first = [drafted(1, needs=needs, goals=("g-1",), starts_on=DAY(3)), proposed(2), signed(3)]
        draft = revise(plan_of(*first), drafted_on=DAY(20), author="w-2")
        assert draft == drafted(20, 2, author="w-2", needs=needs, goals=("g-1",))
        newest = plan_of(*first, draft).newest
        assert (newest.state, newest.signatures, newest.signed_on) == (PlanState.DRAFT, (), None)

    def test_an_older_version_may_be_taken_up_again(self) -> None:
        second = [drafted(9, 2, goals=("g-2",)), proposed(9, 2), signed(9, version=2)]
        plan = plan_of(drafted(1, goals=("g-1",)), proposed(2), signed(3), *second)
        draft = revise(plan, drafted_on=DAY(20), author="w-1", copy_of=1)
        assert (draft.plan_version, draft.goals) == (3, ("g-1",))

    def test_where_it_may_not_be_revised_the_error_carries_the_verdict(self) -> None:
        with pytest.raises(NotPossible) as refused:
            revise(plan_of(drafted(1)), drafted_on=DAY(2), author="w-1")
        assert refused.value.verdict.would_satisfy == ("write version 1 again, or propose it",)
        with pytest.raises(NotPossible, match="no version 7"):
            revise(plan_of(*IN_FORCE), drafted_on=DAY(9), author="w-1", copy_of=7)

    @settings(max_examples=50, deadline=None)
    @given(strategies.service_plans(between=(date(2023, 1, 1), date(2024, 1, 1))))
    def test_a_revision_may_always_be_written(self, plan: ServicePlan) -> None:
        if may_revise(plan, on=date(2025, 1, 1)).is_yes:
            draft = revise(plan, drafted_on=date(2025, 1, 1), author="w-1")
            assert may_draft(plan, draft).is_yes


class PlanLife(RuleBasedStateMachine):
    """Any order of steps; those that the verdicts allow are taken, and the laws hold after each."""

    @initialize()
    def begin(self) -> None:
        self.day = DAY(1)
        self.entries: list[Any] = [drafted(1)]
        self.contents: dict[int, PlanDrafted] = {}
        self.gone: set[int] = set()

    @property
    def plan(self) -> ServicePlan:
        (plan,) = plans_of(self.entries, signatures=ALL_THREE, as_of=self.day)
        return plan

    def take(self, entry: Any, verdict: Verdict) -> None:
        if verdict.is_yes:
            self.entries.append(entry)
        else:
            assert verdict.would_satisfy

    @rule(days=st.integers(0, 5))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(again=st.booleans(), starts=st.none() | st.integers(0, 9))
    def draft(self, again: bool, starts: int | None) -> None:
        entry = PlanDrafted(
            drafted_on=self.day,
            plan_id="p-1",
            plan_version=self.plan.newest.number + (not again),
            author="w-1",
            starts_on=None if starts is None else self.day + timedelta(days=starts),
        )
        self.take(entry, may_draft(self.plan, entry))

    @rule(back=st.integers(0, 1))
    def propose(self, back: int) -> None:
        number = max(1, self.plan.newest.number - back)
        entry = PlanProposed(proposed_on=self.day, plan_id="p-1", plan_version=number)
        self.take(entry, may_propose(self.plan, entry))

    @rule(role=st.sampled_from([Signer.CLIENT, Signer.CASE_MANAGER, Signer.SUPERVISOR]), by=st.sampled_from("12"))
    def sign(self, role: Signer, by: str) -> None:
        number = self.plan.newest.number
        entry = PlanSigned(signed_on=self.day, plan_id="p-1", plan_version=number, role=role, signer=f"w-{by}")
        self.take(entry, may_sign(self.plan, entry, ALL_THREE))

    @rule()
    def go_on(self) -> None:
        """The next step on the way, so that most lives come to a plan in force."""
        plan = self.plan
        if plan.newest.state is PlanState.DRAFT:
            self.propose(0)
        elif plan.newest.state is PlanState.PROPOSED:
            for role in (Signer.CLIENT, Signer.CASE_MANAGER, Signer.SUPERVISOR):
                self.sign(role, "2")
        else:
            self.draft(False, None)

    @rule(complete=st.booleans())
    def review(self, complete: bool) -> None:
        entry = PlanReviewed(reviewed_on=self.day, plan_id="p-1", is_complete=complete)
        self.take(entry, may_review(self.plan, entry))

    @precondition(lambda self: len(self.entries) > 12)
    @rule()
    def close(self) -> None:
        entry = PlanClosed(closed_on=self.day, plan_id="p-1", reason="over")
        self.take(entry, may_close(self.plan, entry))

    @invariant()
    def the_laws_hold(self) -> None:
        plan = self.plan
        numbers = [version.number for version in plan.versions]
        assert numbers == list(range(1, len(numbers) + 1))
        assert plan.in_force is None or plan.governing is not None
        assert [version.number for version in plan.versions if version.state is PlanState.UNDER_REVIEW] in (
            [],
            [plan.in_force],
        )
        assert (plan.closed_on is None) == (plan.state is not PlanState.CLOSED)
        for version in plan.versions:
            if version.signed_on is not None:
                assert self.contents.setdefault(version.number, version.content) == version.content
                assert "w-1" not in [one.signer for one in version.signatures if one.role is Signer.SUPERVISOR]
            if version.number in self.gone:
                assert version.state is PlanState.SUPERSEDED
            elif version.state is PlanState.SUPERSEDED:
                assert version.number < plan.newest.number
                self.gone.add(version.number)


PlanLife.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestPlanLife = PlanLife.TestCase


class TestBadInput:
    """What cannot be read is refused with its path."""

    def test_goals_and_needs_named_twice(self) -> None:
        need = PlannedNeed(need_id="n-1", words="A place to live")
        with pytest.raises(NotReadable, match="goals: must not name a goal twice"):
            drafted(1, goals=("g-1", "g-1"))
        with pytest.raises(NotReadable, match="needs: must not name a need twice"):
            drafted(1, needs=(need, need))

    @pytest.mark.parametrize("number", [0, -1, 10_001, 1.0, True])
    def test_version_numbers_that_are_none(self, number: Any) -> None:
        with pytest.raises(NotReadable, match="plan_version"):
            drafted(1, number)

    @given(
        st.one_of(
            strategies.plans_drafted(),
            strategies.plans_proposed(),
            strategies.plans_signed(),
            strategies.plans_reviewed(),
            strategies.plans_closed(),
        )
    )
    def test_entries_come_back_from_plain_data(self, entry: Any) -> None:
        assert read(plain(entry), type(entry)) == entry
