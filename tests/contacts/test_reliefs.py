"""When a period owes fewer contacts than usual, or none: stays, transition, part months, documented effort."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from casecore.contacts import (
    Contact,
    ContactMinimum,
    Direction,
    DuringStay,
    EffortDocumented,
    PartPeriods,
    Per,
    Relief,
    Rounding,
    TransitionMonths,
    contact_dues,
    explain_contacts,
    review_contact_frequency,
)
from casecore.terms import Due, DueState, Period
from tests.contacts.standards import ICM, NAME, met, standing

FOUR = ContactMinimum(at_least=4, per=Per.MONTH)
ADMITTED = date(2026, 1, 1)


def asked(rule: ContactMinimum, month: int, **facts: Any) -> tuple[int, Relief | None]:
    given = {"admitted_on": ADMITTED, "as_of": date(2026, 12, 31), **facts}
    account = explain_contacts([], standing(rule), day=date(2026, month, 10), **given)
    return account.asked, account.relief


def due_of_month(rule: ContactMinimum, month: int, contacts: tuple[Contact, ...] = (), **facts: Any) -> Due:
    given = {"admitted_on": ADMITTED, "as_of": date(2026, 12, 31), **facts}
    found = contact_dues(contacts, standing(rule), **given)
    return next(due for due in found if due.window.start.month == month)


class TestHospitalStays:
    """A month wholly inside a hospital stay is excused; the months of admission and discharge have another minimum."""

    RULE = attrs.evolve(FOUR, during_stay=DuringStay(whole_period=0, part_period=2))

    @pytest.mark.parametrize(
        ("first", "end", "answer"),
        [
            (date(2026, 3, 1), date(2026, 4, 1), (0, Relief.STAY_WHOLE)),
            (date(2026, 3, 1), date(2026, 3, 31), (2, Relief.STAY_PART)),
            (date(2026, 3, 2), date(2026, 4, 1), (2, Relief.STAY_PART)),
            (date(2026, 3, 31), date(2026, 5, 1), (2, Relief.STAY_PART)),
            (date(2026, 2, 1), date(2026, 3, 1), (4, None)),
            (date(2026, 4, 1), date(2026, 5, 1), (4, None)),
        ],
    )
    def test_the_days_inside_decide(self, first: date, end: date, answer: tuple[int, Relief | None]) -> None:
        assert asked(self.RULE, 3, stays=[Period(first, end)]) == answer

    def test_the_day_of_leaving_is_a_day_inside_only_where_the_standard_says_so(self) -> None:
        counts = attrs.evolve(FOUR, during_stay=DuringStay(whole_period=0, discharge_day_counts=True))
        stay = [Period(date(2026, 3, 1), date(2026, 3, 31))]
        assert asked(counts, 3, stays=stay) == (0, Relief.STAY_WHOLE)
        assert asked(attrs.evolve(FOUR, during_stay=DuringStay(whole_period=0)), 3, stays=stay) == (4, None)

    def test_a_part_may_need_some_days(self) -> None:
        rule = attrs.evolve(FOUR, during_stay=DuringStay(part_period=1, part_from_days=10))
        assert asked(rule, 3, stays=[Period(date(2026, 3, 1), date(2026, 3, 10))]) == (4, None)
        assert asked(rule, 3, stays=[Period(date(2026, 3, 1), date(2026, 3, 11))]) == (1, Relief.STAY_PART)

    def test_two_stays_that_touch_or_overlap_are_one(self) -> None:
        stays = [Period(date(2026, 3, 16), date(2026, 4, 1)), Period(date(2026, 3, 1), date(2026, 3, 16))]
        assert asked(self.RULE, 3, stays=stays) == (0, Relief.STAY_WHOLE)
        assert asked(self.RULE, 3, stays=[*stays, Period(date(2026, 3, 5), date(2026, 3, 20))])[0] == 0

    def test_a_stay_that_has_not_ended_lasts(self) -> None:
        stay = Period(date(2026, 3, 1), date(2026, 3, 12))
        assert asked(self.RULE, 3, stays=[stay], as_of=date(2026, 3, 11)) == (0, Relief.STAY_WHOLE)
        assert asked(self.RULE, 3, stays=[stay], as_of=date(2026, 3, 12)) == (2, Relief.STAY_PART)

    def test_a_stay_not_yet_begun_changes_nothing(self) -> None:
        stay = Period(date(2026, 3, 12), date(2026, 3, 20))
        assert asked(self.RULE, 3, stays=[stay], as_of=date(2026, 3, 11)) == (4, None)

    def test_an_excused_month_is_lifted_and_no_finding(self) -> None:
        stay = [Period(date(2026, 3, 1), date(2026, 4, 1))]
        due = due_of_month(self.RULE, 3, stays=stay)
        assert due.state is DueState.LIFTED
        assert due.lifted_because == "nothing is owed: the client was in a hospital on all of its days"
        found = review_contact_frequency(
            [], standing(self.RULE), admitted_on=date(2026, 3, 1), as_of=date(2026, 4, 1), stays=stay
        )
        assert found == ()

    def test_what_the_standard_does_not_mention_changes_nothing(self) -> None:
        assert asked(FOUR, 3, stays=[Period(date(2026, 3, 1), date(2026, 4, 1))]) == (4, None)


class TestTransition:
    """A client awaiting discharge, or just discharged, is owed another minimum for some months (choice 15)."""

    def rule(self, direction: Direction, is_one: bool) -> ContactMinimum:
        transition = TransitionMonths(at_least=1, months=2, direction=direction, discharge_month_is_one=is_one)
        return attrs.evolve(FOUR, transition=transition)

    @pytest.mark.parametrize(
        ("direction", "is_one", "months"),
        [
            (Direction.BEFORE, True, {5, 6}),
            (Direction.BEFORE, False, {4, 5}),
            (Direction.AFTER, True, {6, 7}),
            (Direction.AFTER, False, {7, 8}),
        ],
    )
    def test_anchor_and_direction_decide_which_months(
        self, direction: Direction, is_one: bool, months: set[int]
    ) -> None:
        rule = self.rule(direction, is_one)
        found = contact_dues(
            [], standing(rule), admitted_on=ADMITTED, as_of=date(2026, 12, 31), discharged_on=date(2026, 6, 10)
        )
        assert {due.window.start.month for due in found if due.what.startswith("1 contact")} == months
        last = max(months) if direction is Direction.AFTER else 6
        assert [due.window.start.month for due in found] == list(range(1, last + 1))

    def test_before_a_discharge_its_planned_day_serves(self) -> None:
        rule = self.rule(Direction.BEFORE, True)
        planned = date(2026, 6, 10)
        assert asked(rule, 5, discharge_planned_on=planned) == (1, Relief.TRANSITION)
        assert asked(rule, 4, discharge_planned_on=planned) == (4, None)

    def test_the_discharge_outranks_the_plan(self) -> None:
        facts = {"discharge_planned_on": date(2026, 6, 10), "discharged_on": date(2026, 7, 10)}
        assert asked(self.rule(Direction.BEFORE, True), 5, **facts) == (4, None)

    def test_after_a_discharge_a_plan_does_not_serve(self) -> None:
        assert asked(self.rule(Direction.AFTER, True), 7, discharge_planned_on=date(2026, 6, 10)) == (4, None)

    def test_contacts_after_the_discharge_count_in_transition_months_after_it(self) -> None:
        contact = (met(date(2026, 6, 20)),)
        after = due_of_month(self.rule(Direction.AFTER, True), 6, contact, discharged_on=date(2026, 6, 10))
        before = due_of_month(self.rule(Direction.BEFORE, True), 6, contact, discharged_on=date(2026, 6, 10))
        assert (after.met_on, before.met_on) == (date(2026, 6, 20), None)

    def test_a_discharge_still_to_come_is_not_known_yet(self) -> None:
        assert asked(ICM, 5, discharged_on=date(2026, 6, 10), as_of=date(2026, 6, 9)) == (4, None)
        assert asked(ICM, 5, discharged_on=date(2026, 6, 10), as_of=date(2026, 6, 10)) == (1, Relief.TRANSITION)


class TestPartMonths:
    """The first and the last month of an episode owe all, a share, or nothing (choice 16)."""

    @pytest.mark.parametrize(
        ("treated", "rounding", "owed"),
        [
            (PartPeriods.WHOLE, Rounding.UP, 4),
            (PartPeriods.EXCUSED, Rounding.UP, 0),
            (PartPeriods.PRORATED, Rounding.UP, 2),  # 12 of 31 days: 4 x 12 / 31 = 1.55
            (PartPeriods.PRORATED, Rounding.DOWN, 1),
            (PartPeriods.PRORATED, Rounding.NEAREST, 2),
        ],
    )
    def test_the_first_month(self, treated: PartPeriods, rounding: Rounding, owed: int) -> None:
        rule = attrs.evolve(FOUR, part_periods=treated, part_rounding=rounding)
        assert asked(rule, 3, admitted_on=date(2026, 3, 20), as_of=date(2026, 3, 31)) == (owed, Relief.PART_PERIOD) or (
            asked(rule, 3, admitted_on=date(2026, 3, 20), as_of=date(2026, 3, 31)) == (4, None)
            and treated is PartPeriods.WHOLE
        )

    def test_a_half_goes_up_to_the_nearest(self) -> None:
        rule = attrs.evolve(FOUR, at_least=1, part_periods=PartPeriods.PRORATED, part_rounding=Rounding.NEAREST)
        assert asked(rule, 4, admitted_on=date(2026, 4, 16), as_of=date(2026, 4, 30)) == (1, None)  # 15 of 30 days
        assert asked(rule, 5, admitted_on=date(2026, 5, 17), as_of=date(2026, 5, 31))[0] == 0  # 15 of 31 days

    def test_the_month_of_discharge_ends_with_the_day_of_discharge(self) -> None:
        due = due_of_month(FOUR, 3, (met(date(2026, 3, 10)),), discharged_on=date(2026, 3, 10))
        assert due.window == Period(date(2026, 3, 1), date(2026, 3, 11))
        assert due.would_satisfy == "3 contacts"
        assert due.state is DueState.MISSED
        prorated = attrs.evolve(FOUR, part_periods=PartPeriods.PRORATED)
        assert asked(prorated, 3, discharged_on=date(2026, 3, 10)) == (2, Relief.PART_PERIOD)

    def test_a_discharge_on_the_last_day_leaves_the_month_whole(self) -> None:
        excused = attrs.evolve(FOUR, part_periods=PartPeriods.EXCUSED)
        assert asked(excused, 3, discharged_on=date(2026, 3, 31)) == (4, None)

    def test_of_several_reliefs_the_one_that_asks_for_least_stands(self) -> None:
        rule = attrs.evolve(
            ICM, part_periods=PartPeriods.PRORATED, during_stay=DuringStay(whole_period=0, part_period=3)
        )
        stay = [Period(date(2026, 3, 2), date(2026, 3, 5))]
        assert asked(rule, 3, stays=stay, discharged_on=date(2026, 3, 28)) == (1, Relief.TRANSITION)


class TestDocumentedEffort:
    """Where the standard accepts it, a documented effort stands in for what could not be done (choice 10)."""

    RULE = attrs.evolve(FOUR, effort_accepted=True)

    def effort(self, on: date, for_day: date = date(2026, 3, 31), standard: str = NAME) -> EffortDocumented:
        return EffortDocumented(documented_on=on, standard=standard, for_day=for_day, effort="Called Ms Secret twice.")

    def test_it_lifts_what_is_owed_and_says_nothing_of_the_note(self) -> None:
        due = due_of_month(self.RULE, 3, efforts=[self.effort(date(2026, 3, 31))])
        assert due.state is DueState.LIFTED
        assert due.lifted_because == "the effort documented on 2026-03-31 is accepted in its place"

    def test_it_belongs_to_rules_that_accept_it(self) -> None:
        assert due_of_month(FOUR, 3, efforts=[self.effort(date(2026, 3, 31))]).state is DueState.MISSED

    def test_a_late_one_only_where_the_rule_says_so(self) -> None:
        late = [self.effort(date(2026, 4, 1))]
        lenient = attrs.evolve(self.RULE, late_effort_accepted=True)
        assert due_of_month(self.RULE, 3, efforts=late).state is DueState.MISSED
        assert due_of_month(lenient, 3, efforts=late).state is DueState.LIFTED
        assert due_of_month(lenient, 3, efforts=late, as_of=date(2026, 3, 31)).state is DueState.DUE

    def test_it_answers_only_its_own_standard_and_period(self) -> None:
        other = self.effort(date(2026, 3, 30), standard="contacts/other")
        wrong_month = self.effort(date(2026, 3, 30), for_day=date(2026, 2, 28))
        assert due_of_month(self.RULE, 3, efforts=[other, wrong_month]).state is DueState.MISSED

    def test_what_was_done_is_shown_as_done(self) -> None:
        contacts = tuple(met(date(2026, 3, day)) for day in (2, 3, 4, 5))
        due = due_of_month(self.RULE, 3, contacts, efforts=[self.effort(date(2026, 3, 31))])
        assert due.state is DueState.MET

    def test_the_account_says_so(self) -> None:
        assert asked(self.RULE, 3, efforts=[self.effort(date(2026, 3, 31))]) == (4, Relief.EFFORT)
