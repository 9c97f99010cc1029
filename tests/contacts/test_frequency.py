"""How often the client was met: dues, findings and the account of one period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs
import pytest

from casecore.contacts import (
    Contact,
    ContactMinimum,
    NotCounted,
    Party,
    Per,
    contact_dues,
    explain_contacts,
    judge_contact_frequency,
    review_contact_frequency,
)
from casecore.standards import Standard
from casecore.terms import Due, DueState, NotReadable, Period, StandardNotInForce, read
from tests.contacts.standards import ICM, NAME, SCM, SOURCE, march, met, standing

ADULT, CHILD = date(1980, 5, 1), date(2015, 5, 1)
ADMITTED = date(2026, 3, 1)


def dues(contacts: Sequence[Contact], rule: ContactMinimum = ICM, *, as_of: date, **facts: Any) -> tuple[Due, ...]:
    return contact_dues(
        contacts, standing(rule), **{"admitted_on": ADMITTED, "born_on": ADULT, "as_of": as_of, **facts}
    )


class TestIntensiveCaseManagement:
    """An active ICM client is met face to face at least 4 times in the month, counting at most 1 contact a day."""

    def test_four_days_meet_it_on_the_fourth(self) -> None:
        (due,) = dues(march(20, 3, 9, 15), as_of=date(2026, 3, 31))
        assert (due.state, due.met_on) == (DueState.MET, date(2026, 3, 20))

    def test_four_contacts_on_three_days_do_not(self) -> None:
        (due,) = dues(march(3, 9, 20, 20), as_of=date(2026, 3, 31))
        assert due.state is DueState.DUE
        assert due.would_satisfy == "1 face-to-face contact with the client or collateral, at most 1 a day"

    def test_it_may_still_be_met_on_the_last_day_and_is_missed_on_the_next(self) -> None:
        standard = standing(ICM)
        for as_of, state in ((date(2026, 3, 31), DueState.DUE), (date(2026, 4, 1), DueState.MISSED)):
            due = dues(march(3), as_of=as_of)[0]
            assert due.state is state
            found = review_contact_frequency(march(3), standard, admitted_on=ADMITTED, as_of=as_of, born_on=ADULT)
            assert [finding.code for finding in found] == (
                ["contacts-below-minimum"] if state is DueState.MISSED else []
            )

    def test_a_finding_is_dated_the_first_day_and_carries_its_authority(self) -> None:
        (finding,) = review_contact_frequency(
            march(3, 4), standing(ICM), admitted_on=ADMITTED, as_of=date(2026, 4, 1), born_on=ADULT
        )
        assert (finding.on, finding.standard, finding.source) == (ADMITTED, NAME, SOURCE)
        assert finding.what == "4 face-to-face contacts with the client or collateral in 2026-03: 2 counted"
        assert finding.would_satisfy == "2 face-to-face contacts with the client or collateral, at most 1 a day"

    def test_a_child_met_apart_from_a_collateral_has_two_on_a_day(self) -> None:
        days = march(3, 9) + march(3, 9, party=Party.COLLATERAL)
        (due,) = dues(days, as_of=date(2026, 3, 31), born_on=CHILD)
        assert due.met_on == date(2026, 3, 9)
        assert dues(days, as_of=date(2026, 3, 31))[0].met_on is None

    def test_where_the_age_is_not_known_the_shortfall_is_not_known_either(self) -> None:
        days = march(3, 9) + march(4, 10, party=Party.COLLATERAL)
        (finding,) = review_contact_frequency(days, standing(ICM), admitted_on=ADMITTED, as_of=date(2026, 4, 1))
        assert finding.code == "contacts-not-known"
        assert "facts missing" in finding.would_satisfy

    def test_every_month_since_admission_is_one_due(self) -> None:
        found = dues([], as_of=date(2026, 5, 15))
        assert [str(due.window) for due in found] == [
            "2026-03-01 to 2026-03-31", "2026-04-01 to 2026-04-30", "2026-05-01 to 2026-05-31",
        ]  # fmt: skip
        assert [due.state for due in found] == [DueState.MISSED, DueState.MISSED, DueState.DUE]
        assert {(due.code, due.standard, due.source) for due in found} == {("contacts-owed", NAME, SOURCE)}

    def test_a_new_month_is_owed_from_its_first_day(self) -> None:
        assert len(dues([], as_of=date(2026, 3, 31))) == 1
        assert len(dues([], as_of=date(2026, 4, 1))) == 2

    def test_nothing_is_owed_before_admission(self) -> None:
        assert dues([], as_of=date(2026, 2, 28)) == ()


class TestSupportiveCaseManagement:
    """An SCM client is met at least twice a month, 15 minutes each; collateral contacts are not counted."""

    def test_two_contacts_of_fifteen_minutes_meet_it_even_on_one_day(self) -> None:
        assert dues(march(5, 5, minutes=15), SCM, as_of=date(2026, 3, 31))[0].met_on == date(2026, 3, 5)

    def test_a_short_one_or_a_collateral_does_not_help(self) -> None:
        contacts = march(5, minutes=15) + march(6, minutes=14) + march(7, minutes=60, party=Party.COLLATERAL)
        assert dues(contacts, SCM, as_of=date(2026, 3, 31))[0].state is DueState.DUE


class TestQuarters:
    """At least so many contacts in a calendar quarter."""

    RULE = ContactMinimum(at_least=2, per=Per.QUARTER)

    def test_the_quarter_is_the_calendars(self) -> None:
        contacts = [met(date(2026, 2, 1)), met(date(2026, 3, 31)), met(date(2026, 4, 1))]
        first, second = dues(contacts, self.RULE, admitted_on=date(2025, 12, 31), as_of=date(2026, 4, 2))[1:]
        assert (first.window, first.met_on) == (Period(date(2026, 1, 1), date(2026, 4, 1)), date(2026, 3, 31))
        assert (second.window.start, second.met_on) == (date(2026, 4, 1), None)

    def test_an_admission_in_the_middle_of_it_begins_there(self) -> None:
        (due,) = dues([met(date(2026, 2, 1))], self.RULE, admitted_on=date(2026, 2, 14), as_of=date(2026, 3, 1))
        assert due.window == Period(date(2026, 2, 14), date(2026, 4, 1))
        assert "in 2026-02-14 to 2026-03-31" in due.what
        assert due.would_satisfy == "2 contacts"


class TestDifferentServices:
    """The contacts of a month give at least so many different services between them."""

    RULE = ContactMinimum(at_least=2, per=Per.MONTH, different_services=2)

    def test_it_is_met_on_the_day_both_are_reached(self) -> None:
        contacts = march(3, 4, services=("skills",)) + march(9, services=("skills", "linkage"))
        assert dues(contacts, self.RULE, as_of=date(2026, 3, 31))[0].met_on == date(2026, 3, 9)

    def test_contacts_enough_but_services_too_few_is_short(self) -> None:
        (due,) = dues(march(3, 4, 5, services=("skills",)), self.RULE, as_of=date(2026, 3, 31))
        assert (due.state, due.would_satisfy) == (DueState.DUE, "1 services not given yet in this period")
        (finding,) = review_contact_frequency(
            march(3, 4, services=("skills",)), standing(self.RULE), admitted_on=ADMITTED, as_of=date(2026, 4, 1)
        )
        assert finding.what.endswith("2 counted, 1 different services")


class TestEditions:
    """A calendar period is judged, all of it, by the edition in force on its first day (choice 2)."""

    TWO = ContactMinimum(at_least=2, per=Per.MONTH)
    ONE = ContactMinimum(at_least=1, per=Per.MONTH)

    @pytest.mark.parametrize(("since", "asked"), [(1, "1 contact in"), (2, "2 contacts in")])
    def test_a_change_on_the_first_day_holds_for_the_month_and_one_day_later_for_the_next(
        self, since: int, asked: str
    ) -> None:
        standard = standing(self.TWO, (date(2026, 4, since), self.ONE))
        found = contact_dues([], standard, admitted_on=ADMITTED, as_of=date(2026, 5, 1))
        assert found[1].what.startswith(asked)
        assert found[2].what.startswith("1 contact in")

    def test_months_before_the_standard_owe_nothing(self) -> None:
        standard = standing(self.ONE, since=date(2026, 4, 2))
        found = contact_dues([], standard, admitted_on=ADMITTED, as_of=date(2026, 5, 20))
        assert [due.window.start for due in found] == [date(2026, 5, 1)]

    def test_months_after_a_repeal_owe_nothing(self) -> None:
        standard = standing(self.ONE, (date(2026, 4, 1), None))
        found = contact_dues([], standard, admitted_on=ADMITTED, as_of=date(2026, 5, 20))
        assert [due.window.start for due in found] == [ADMITTED]

    def test_each_edition_counts_in_its_own_way(self) -> None:
        standard = standing(SCM, (date(2026, 4, 1), self.TWO))
        contacts = [met(date(2026, month, day), minutes=5) for month in (3, 4) for day in (5, 6)]
        found = contact_dues(contacts, standard, admitted_on=ADMITTED, as_of=date(2026, 4, 30))
        assert [due.met_on for due in found] == [None, date(2026, 4, 6)]

    def test_from_months_to_quarters_the_first_whole_quarter_is_judged(self) -> None:
        quarterly = ContactMinimum(at_least=1, per=Per.QUARTER)
        standard = standing(self.ONE, (date(2026, 5, 1), quarterly))
        found = contact_dues([], standard, admitted_on=ADMITTED, as_of=date(2026, 8, 1))
        assert [str(due.window.start) for due in found] == ["2026-03-01", "2026-04-01", "2026-07-01"]

    def test_from_months_to_rolling_days_the_first_stretch_begins_with_the_edition(self) -> None:
        rolling = ContactMinimum(at_least=1, per=Per.ROLLING, days=14)
        standard = standing(self.ONE, (date(2026, 5, 4), rolling))
        found = contact_dues([], standard, admitted_on=ADMITTED, as_of=date(2026, 5, 5))
        assert [str(due.window) for due in found] == [
            "2026-03-01 to 2026-03-31", "2026-04-01 to 2026-04-30", "2026-05-01 to 2026-05-31",
            "2026-05-04 to 2026-05-18",
        ]  # fmt: skip

    def test_from_rolling_days_to_months_what_ran_out_before_is_missed(self) -> None:
        rolling = ContactMinimum(at_least=1, per=Per.ROLLING, days=14)
        standard = standing(rolling, (date(2026, 4, 1), self.ONE))
        ran_out, monthly = sorted(
            contact_dues([], standard, admitted_on=ADMITTED, as_of=date(2026, 4, 1)), key=lambda due: due.since
        )
        assert (ran_out.by, ran_out.state) == (date(2026, 3, 15), DueState.MISSED)
        assert monthly.window.start == date(2026, 4, 1)


class TestTheAccount:
    """For one period: what counted, what did not and why not, what is still owed and by when."""

    def account(self, day: date = date(2026, 3, 10), **facts: Any) -> Any:
        contacts = [*march(3, 3, 9), met(date(2026, 4, 1))]
        given = {"admitted_on": ADMITTED, "as_of": date(2026, 3, 20), "born_on": ADULT, **facts}
        return explain_contacts(contacts, standing(ICM), day=day, **given)

    def test_it_names_each_contact_and_why(self) -> None:
        account = self.account()
        assert [line.why_not for line in account.count.lines] == [None, NotCounted.DAILY_MAXIMUM, None]
        assert (account.asked, account.count.counted, account.still_owed) == (4, 2, 2)
        assert account.by == date(2026, 3, 31)

    def test_at_one_a_day_two_must_be_begun_the_day_before_the_last(self) -> None:
        assert self.account().begin_by == date(2026, 3, 30)

    def test_it_holds_the_same_due_and_finding_as_the_whole_review(self) -> None:
        contacts = march(3, 3, 9)
        given = {"admitted_on": ADMITTED, "as_of": date(2026, 4, 20), "born_on": ADULT}
        all_dues, findings = judge_contact_frequency(contacts, standing(ICM), **given)  # type: ignore[arg-type]
        account = explain_contacts(contacts, standing(ICM), day=date(2026, 3, 31), **given)  # type: ignore[arg-type]
        assert (account.due, account.finding) == (all_dues[0], findings[0])
        assert all_dues == contact_dues(contacts, standing(ICM), **given)  # type: ignore[arg-type]
        assert findings == review_contact_frequency(contacts, standing(ICM), **given)  # type: ignore[arg-type]

    def test_contacts_outside_the_episode_are_told_of(self) -> None:
        account = self.account(admitted_on=date(2026, 3, 5), discharged_on=date(2026, 3, 8))
        assert [line.why_not for line in account.count.lines] == [
            NotCounted.BEFORE_ADMISSION, NotCounted.BEFORE_ADMISSION, NotCounted.AFTER_DISCHARGE,
        ]  # fmt: skip
        assert str(account.window) == "2026-03-05 to 2026-03-08"
        assert str(account.period) == "2026-03-01 to 2026-03-31"

    def test_a_day_of_no_period_is_refused(self) -> None:
        for day in (date(2026, 2, 28), date(2026, 4, 1)):
            with pytest.raises(StandardNotInForce, match=NAME):
                self.account(day)

    def test_when_all_is_done_nothing_is_owed(self) -> None:
        account = explain_contacts(
            march(3, 4, 5, 6, 7), standing(ICM), day=ADMITTED, admitted_on=ADMITTED, as_of=date(2026, 3, 9)
        )
        assert (account.still_owed, account.begin_by, account.due.met_on) == (0, None, date(2026, 3, 6))


class TestRulesThatCannotBe:
    """A minimum that contradicts itself is refused."""

    @pytest.mark.parametrize(
        ("table", "path"),
        [
            ({"at_least": 0, "per": "calendar-month"}, "at_least"),
            ({"at_least": 1, "per": "fortnight"}, "per"),
            ({"at_least": 1, "per": "rolling-days"}, "days"),
            ({"at_least": 1, "per": "calendar-month", "days": 14}, "days"),
            ({"at_least": 1, "per": "calendar-month", "late_effort_accepted": True}, "late_effort_accepted"),
            ({"at_least": 1, "per": "rolling-days", "days": 7, "part_periods": "excused"}, "part_periods"),
            ({"at_least": 1, "per": "rolling-days", "days": 7, "different_services": 2}, "different_services"),
            ({"at_least": 1, "per": "rolling-days", "days": 7, "during_stay": {"part_period": 0}}, "during_stay"),
            ({"at_least": 1, "per": "calendar-month", "during_stay": {"whole_period": 2}}, "during_stay.whole_period"),
            ({"at_least": 1, "per": "calendar-month", "modes": ["video"]}, "modes"),
            ({"per": "calendar-month"}, "at_least"),
        ],
    )
    def test_it_is_refused_with_the_field_named(self, table: dict[str, object], path: str) -> None:
        with pytest.raises(NotReadable) as caught:
            read(table, ContactMinimum)
        assert any(problem.path.endswith(path) for problem in caught.value.problems)

    def test_transition_months_are_for_monthly_minimums_that_ask_for_more(self) -> None:
        assert ICM.transition is not None
        for fields in ({"per": Per.QUARTER}, {"transition": attrs.evolve(ICM.transition, at_least=5)}):
            with pytest.raises(NotReadable, match="transition"):
                attrs.evolve(ICM, **fields)

    def test_a_host_without_a_rulebook_can_fix_one(self) -> None:
        standard = Standard.fixed("x/y", SCM, since=date(2020, 1, 1), source=SOURCE)
        assert len(contact_dues([], standard, admitted_on=ADMITTED, as_of=ADMITTED)) == 1
