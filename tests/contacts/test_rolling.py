"""Contacts in every stretch of days since the last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from casecore.contacts import (
    Contact,
    ContactMinimum,
    DuringStay,
    EffortDocumented,
    Mode,
    Outcome,
    Per,
    Relief,
    contact_dues,
    explain_contacts,
    review_contact_frequency,
)
from casecore.terms import Due, DueState, Finding, Period
from tests.contacts.standards import NAME, PENNSYLVANIA, march, met, standing

ADMITTED = date(2026, 3, 1)


def dues(*days: int, rule: ContactMinimum = PENNSYLVANIA, as_of: int = 31, **facts: Any) -> tuple[Due, ...]:
    given = {"admitted_on": ADMITTED, "as_of": date(2026, 3, 1) + timedelta(days=as_of - 1), **facts}
    return contact_dues(march(*days), standing(rule), **given)


def findings(*days: int, as_of: int = 31, **facts: Any) -> tuple[Finding, ...]:
    given = {"admitted_on": ADMITTED, "as_of": date(2026, 3, 1) + timedelta(days=as_of - 1), **facts}
    return review_contact_frequency(march(*days), standing(PENNSYLVANIA), **given)


class TestPennsylvania:
    """A reasonable attempt at contact is made at least every 2 weeks."""

    def test_the_first_is_due_two_weeks_after_admission(self) -> None:
        (due,) = dues(as_of=15)
        assert (due.by, due.state) == (date(2026, 3, 15), DueState.DUE)
        assert due.what == "1 contact or attempt by 2026-03-15"
        assert dues(as_of=16)[0].state is DueState.OVERDUE

    def test_the_next_is_due_two_weeks_after_the_last(self) -> None:
        assert dues(4, 10)[-1].by == date(2026, 3, 24)

    def test_an_attempt_counts_and_a_cancelled_appointment_does_not(self) -> None:
        def last_by(outcome: Outcome) -> date:
            attempt = Contact(held_on=date(2026, 3, 10), mode=Mode.TELEPHONE, outcome=outcome)
            return contact_dues([attempt], standing(PENNSYLVANIA), admitted_on=ADMITTED, as_of=date(2026, 3, 12))[-1].by

        assert last_by(Outcome.NOT_REACHED) == date(2026, 3, 24)
        assert last_by(Outcome.CANCELLED) == date(2026, 3, 15)

    def test_exactly_two_weeks_is_on_time_and_a_day_more_is_late(self) -> None:
        on_time, still_open = dues(15)
        assert (on_time.state, still_open.by) == (DueState.MET, date(2026, 3, 29))
        late, still_open = dues(16)
        assert (late.state, late.met_on, still_open.by) == (DueState.MET_LATE, date(2026, 3, 16), date(2026, 3, 30))

    def test_a_late_one_is_found_the_day_after_it_was_due(self) -> None:
        assert findings(15, 29) == ()
        (finding,) = findings(16, 29)
        assert (finding.code, finding.on) == ("contacts-below-minimum", date(2026, 3, 16))
        assert finding.what.endswith("made up on 2026-03-16")

    def test_an_overdue_one_stays_until_it_is_made(self) -> None:
        (due,) = dues(as_of=300)
        assert (due.state, due.closes) == (DueState.OVERDUE, None)
        (finding,) = findings(as_of=300)
        assert finding.would_satisfy == "1 contact or attempt"

    def test_close_contacts_make_one_stretch(self) -> None:
        assert len(dues(2, 3, 4, 5, 6, 7, 8)) == 2

    def test_a_contact_on_the_day_of_admission_counts(self) -> None:
        first, second = dues(1)
        assert (first.met_on, second.by) == (ADMITTED, date(2026, 3, 15))

    def test_after_the_discharge_nothing_more_is_owed(self) -> None:
        assert [due.state for due in dues(10, discharged_on=date(2026, 3, 20))] == [DueState.MET]

    def test_what_was_overdue_at_the_discharge_is_missed_after_it(self) -> None:
        (due,) = dues(discharged_on=date(2026, 3, 20))
        assert (due.by, due.closes, due.state) == (date(2026, 3, 15), date(2026, 3, 21), DueState.MISSED)

    def test_what_is_due_on_the_day_of_discharge_is_owed_and_a_day_later_is_not(self) -> None:
        assert dues(discharged_on=date(2026, 3, 14)) == ()
        assert [due.state for due in dues(discharged_on=date(2026, 3, 15))] == [DueState.MISSED]

    @pytest.mark.parametrize(("day", "by"), [(1, 15), (15, 15), (31, 31)])
    def test_the_account_of_a_day_is_of_the_latest_stretch_begun(self, day: int, by: int) -> None:
        account = explain_contacts(
            march(9, 17), standing(PENNSYLVANIA), day=date(2026, 3, day), admitted_on=ADMITTED, as_of=date(2026, 3, 31)
        )
        assert account.by in {date(2026, 3, by), date(2026, 3, 23)}
        assert account.still_owed == (1 if day == 31 else 0)


class TestSeveralInAStretch:
    """At least two contacts in every stretch of so many days."""

    RULE = ContactMinimum(at_least=2, per=Per.ROLLING, days=14)

    def test_the_second_of_the_stretch_meets_it_and_the_first_starts_the_next(self) -> None:
        first, second = dues(4, 10, rule=self.RULE)
        assert (first.met_on, second.by) == (date(2026, 3, 10), date(2026, 3, 18))

    def test_one_alone_does_not(self) -> None:
        (due,) = dues(4, rule=self.RULE, as_of=16)
        assert (due.state, due.would_satisfy) == (DueState.OVERDUE, "1 contact")

    def test_more_than_asked_move_the_next_stretch_on(self) -> None:
        assert dues(2, 3, 4, 5, rule=self.RULE)[-1].by == date(2026, 3, 18)


class TestWhatIsNotKnown:
    """A contact whose length is not known may be the one that is missing."""

    def test_a_stretch_that_might_have_been_kept_is_not_known(self) -> None:
        rule = attrs.evolve(PENNSYLVANIA, counting=attrs.evolve(PENNSYLVANIA.counting, minimum_minutes=10))
        (finding,) = review_contact_frequency(
            [met(date(2026, 3, 10))], standing(rule), admitted_on=ADMITTED, as_of=date(2026, 3, 16)
        )
        assert finding.code == "contacts-not-known"


class TestStaysAndEfforts:
    """While the client is in a hospital nothing runs out; a documented effort stands in for a contact."""

    EXCUSED = attrs.evolve(PENNSYLVANIA, during_stay=DuringStay(whole_period=0))
    EFFORT = attrs.evolve(PENNSYLVANIA, effort_accepted=True)

    def test_a_stretch_that_runs_out_in_a_stay_is_lifted_and_counted_anew(self) -> None:
        lifted, following = dues(rule=self.EXCUSED, stays=[Period(date(2026, 3, 10), date(2026, 3, 20))])
        assert (lifted.state, following.window) == (DueState.LIFTED, Period(date(2026, 3, 20), date(2026, 4, 4)))

    def test_while_the_stay_lasts_nothing_else_is_owed(self) -> None:
        (lifted,) = dues(rule=self.EXCUSED, stays=[Period(date(2026, 3, 10), date(2026, 9, 1))])
        assert lifted.state is DueState.LIFTED
        account = explain_contacts(
            [], standing(self.EXCUSED), day=ADMITTED, admitted_on=ADMITTED, as_of=date(2026, 3, 31),
            stays=[Period(date(2026, 3, 10), date(2026, 9, 1))],
        )  # fmt: skip
        assert account.relief is Relief.STAY_WHOLE

    def test_what_ran_out_before_the_stay_ran_out(self) -> None:
        assert (
            dues(rule=self.EXCUSED, stays=[Period(date(2026, 3, 16), date(2026, 3, 20))])[0].state is DueState.OVERDUE
        )

    def test_a_rule_that_does_not_speak_of_stays_runs_on(self) -> None:
        assert dues(stays=[Period(date(2026, 3, 10), date(2026, 3, 20))])[0].state is DueState.OVERDUE

    def test_an_effort_stands_in_and_the_next_is_due_so_many_days_later(self) -> None:
        effort = EffortDocumented(
            documented_on=date(2026, 3, 14), standard=NAME, for_day=date(2026, 3, 15), effort="No phone, no door."
        )
        lifted, following = dues(rule=self.EFFORT, efforts=[effort])
        assert (lifted.state, lifted.by, following.by) == (DueState.LIFTED, date(2026, 3, 15), date(2026, 3, 29))
        assert dues(efforts=[effort])[0].state is DueState.OVERDUE

    def test_a_contact_counts_from_its_own_day_even_where_what_lifts_would_leave_more_time(self) -> None:
        stays = [Period(date(2026, 3, 10), date(2026, 3, 20))]
        assert dues(rule=self.EXCUSED, stays=stays)[-1].by == date(2026, 4, 3)
        assert dues(9, rule=self.EXCUSED, stays=stays)[-1].by == date(2026, 3, 23)
        effort = EffortDocumented(
            documented_on=date(2026, 3, 2), standard=NAME, for_day=ADMITTED, effort="No phone, no door."
        )
        assert dues(rule=self.EFFORT, efforts=[effort])[-1].by == date(2026, 3, 29)
        assert dues(3, rule=self.EFFORT, efforts=[effort])[-1].by == date(2026, 3, 17)

    def test_a_late_effort_does_not(self) -> None:
        effort = EffortDocumented(
            documented_on=date(2026, 3, 16), standard=NAME, for_day=date(2026, 3, 15), effort="No phone, no door."
        )
        assert dues(rule=self.EFFORT, efforts=[effort])[0].state is DueState.OVERDUE
        lenient = attrs.evolve(self.EFFORT, late_effort_accepted=True)
        assert dues(rule=lenient, efforts=[effort])[0].state is DueState.LIFTED
