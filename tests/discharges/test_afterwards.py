"""What is owed when an episode has ended."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.contacts import Contact, Mode, Outcome, Party
from casecore.crises import ContactAsked, WhenOvertaken
from casecore.discharges import (
    ContactWindow,
    Destination,
    Discharged,
    DischargeEntry,
    DischargeReason,
    DischargeSummary,
    DischargeUndone,
    PostDischargeContact,
    SummaryClock,
    SummaryWritten,
    discharge_of,
    discharge_summary_dues,
    post_discharge_dues,
)
from casecore.standards import Edition, Standard
from casecore.terms import Due, DueState, NotReadable, Source, Span, WorkingDays, plain, read
from casecore.testing.strategies.discharges import discharge_entries, discharge_summary_rules, post_discharge_rules
from tests.crises.told import contact_lists

SOURCE = Source(cite="Model Agency Manual 8.3", invented=True)
LEFT_ON = date(2026, 3, 10)
LEFT = Discharged(
    discharged_on=LEFT_ON, reason=DischargeReason.MOVED_AWAY, is_planned=True, destination=Destination.FAMILY
)
UNDONE = DischargeUndone(undone_on=date(2026, 3, 12), reason="did not move after all")
PLAIN = DischargeSummary(within=Span(days=15), undone_summary_counts=False)
EITHER = attrs.evolve(
    PLAIN, inactive_within=Span(days=90), inactive_day_one=True, clock=SummaryClock.EARLIEST
)  # 15 days of discharge or on the 90th day of inactive status
ELSE = DischargeSummary(
    within=Span(months=1),
    inactive_within=Span(months=3),
    inactive_day_one=False,
    clock=SummaryClock.DISCHARGE_ELSE_INACTIVITY,
    undone_summary_counts=False,
)  # 1 month after formal discharge, or 3 months after the last service if there is none
DAY_7 = ContactWindow(
    name="day 7", contact=ContactAsked(parties=(Party.CLIENT,)), within=Span(days=7), same_day_counts=False
)
DAY_30 = attrs.evolve(DAY_7, name="day 30", within=Span(days=30), not_before=Span(days=8))
WINDOWS = PostDischargeContact(windows=(DAY_7, DAY_30), when_readmitted=WhenOvertaken.LIFTED)


def day(number: int) -> date:
    return LEFT_ON + timedelta(days=number)


def met(number: int) -> Contact:
    return Contact(held_on=day(number), mode=Mode.TELEPHONE, outcome=Outcome.HELD)


def written(number: int) -> SummaryWritten:
    return SummaryWritten(written_on=day(number))


def summary(
    entries: list[DischargeEntry], as_of: date, rule: DischargeSummary = PLAIN, inactive_since: date | None = None
) -> list[Due]:
    standard = Standard.fixed("discharges/summary", rule, since=date(2020, 1, 1), source=SOURCE)
    return list(discharge_summary_dues(entries, standard, as_of=as_of, inactive_since=inactive_since))


def afterwards(
    contacts: list[Contact],
    as_of: date,
    rule: PostDischargeContact = WINDOWS,
    entries: tuple[DischargeEntry, ...] = (LEFT,),
    readmitted_on: date | None = None,
) -> dict[str, DueState]:
    standard = Standard.fixed("discharges/contact", rule, since=date(2020, 1, 1), source=SOURCE)
    dues = post_discharge_dues(entries, contacts, standard, as_of=as_of, readmitted_on=readmitted_on)
    assert all(due.code == "contact-after-discharge" for due in dues)
    return {due.about: due.state for due in dues}


class TestTheSummaryWithin15Days:
    """The discharge summary is written within 15 days of the discharge."""

    def test_the_day_before_the_discharge_nothing_is_owed(self) -> None:
        assert summary([LEFT], day(-1)) == []
        assert summary([], day(40)) == []

    def test_the_fifteenth_day_is_on_time(self) -> None:
        states = [summary([LEFT], day(number))[0].state for number in (0, 15, 16)]
        assert states == [DueState.DUE, DueState.DUE, DueState.OVERDUE]

    def test_written_on_time_late_and_not_yet(self) -> None:
        states = [summary([LEFT, written(number)], day(20))[0].state for number in (0, 15, 16, 21)]
        assert states == [DueState.MET, DueState.MET, DueState.MET_LATE, DueState.OVERDUE]

    def test_it_carries_its_authority(self) -> None:
        (due,) = summary([LEFT], day(3))
        assert (due.code, due.since, due.by) == ("discharge-summary", LEFT_ON, day(15))
        assert (due.standard, due.source) == ("discharges/summary", SOURCE)
        assert due.would_satisfy == "the discharge summary, written"

    def test_whether_one_finished_ahead_counts_is_the_standards_choice(self) -> None:
        ahead = attrs.evolve(PLAIN, early_within=Span(days=7))
        entries: list[DischargeEntry] = [written(-6), LEFT]
        assert summary(entries, day(2))[0].state is DueState.DUE
        assert summary(entries, day(2), ahead)[0].state is DueState.MET
        assert summary([written(-7), LEFT], day(2), ahead)[0].state is DueState.DUE

    def test_some_reasons_ask_for_none(self) -> None:
        rule = attrs.evolve(PLAIN, not_for=(DischargeReason.DIED,))
        assert summary([attrs.evolve(LEFT, reason=DischargeReason.DIED)], day(2), rule) == []
        assert len(summary([LEFT], day(2), rule)) == 1

    def test_business_days(self) -> None:
        rule = DischargeSummary(within=Span(business_days=10), undone_summary_counts=False)
        standard = Standard.fixed("discharges/summary", rule, since=date(2020, 1, 1), source=SOURCE)
        (due,) = discharge_summary_dues([LEFT], standard, as_of=LEFT_ON, working_days=WorkingDays())
        assert due.by == date(2026, 3, 24)


class TestUndoneAndDischargedAgain:
    """After an undone discharge nothing is owed; the next discharge asks for a summary of its own."""

    AGAIN = attrs.evolve(LEFT, discharged_on=day(2))

    def test_undone(self) -> None:
        assert summary([LEFT, UNDONE], day(5)) == []

    def test_the_summary_of_the_undone_discharge_does_not_settle_the_next(self) -> None:
        entries: list[DischargeEntry] = [LEFT, written(2), UNDONE, self.AGAIN]
        assert summary(entries, day(5))[0].state is DueState.DUE
        counts = attrs.evolve(PLAIN, undone_summary_counts=True)
        assert summary(entries, day(5), counts)[0].state is DueState.MET


class TestOrOnTheNinetiethDayOfInactivity:
    """Within 15 days of discharge, or on the 90th day of inactive status, whichever is earlier."""

    IDLE = date(2026, 1, 1)

    def test_the_first_inactive_day_is_day_one(self) -> None:
        (due,) = summary([], date(2026, 2, 1), EITHER, self.IDLE)
        assert due.by == date(2026, 3, 31)
        counted_from_zero = attrs.evolve(EITHER, inactive_day_one=False)
        assert summary([], date(2026, 2, 1), counted_from_zero, self.IDLE)[0].by == date(2026, 4, 1)

    def test_it_is_upcoming_until_that_day(self) -> None:
        states = [
            summary([], as_of, EITHER, self.IDLE)[0].state
            for as_of in (date(2026, 1, 1), date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1))
        ]
        assert states == [DueState.UPCOMING, DueState.UPCOMING, DueState.DUE, DueState.OVERDUE]

    def test_the_earlier_of_the_two_governs(self) -> None:
        assert summary([LEFT], day(0), EITHER, self.IDLE)[0].by == day(15)
        later = attrs.evolve(LEFT, discharged_on=date(2026, 3, 20))
        assert summary([later], date(2026, 3, 20), EITHER, self.IDLE)[0].by == date(2026, 3, 31)

    def test_where_the_discharge_comes_first_it_governs(self) -> None:
        later = attrs.evolve(LEFT, discharged_on=date(2026, 3, 20))
        assert summary([], date(2026, 3, 19), ELSE, self.IDLE)[0].by == date(2026, 4, 1)
        assert summary([later], date(2026, 3, 20), ELSE, self.IDLE)[0].by == date(2026, 4, 20)

    def test_inactivity_after_the_discharge_or_to_come_is_passed_over(self) -> None:
        assert summary([LEFT], day(5), EITHER, day(1))[0].by == day(15)
        assert summary([], day(5), EITHER, day(6)) == []

    def test_a_rule_without_inactivity_asks_for_nothing_on_account_of_it(self) -> None:
        assert summary([], date(2026, 6, 1), PLAIN, self.IDLE) == []


class TestWhichEditionGoverns:
    """The day of discharge governs, or where there is none the day inactivity began."""

    TWO = Standard(
        name="discharges/summary",
        editions=(
            Edition(since=date(2026, 1, 1), source=SOURCE, value=PLAIN),
            Edition(since=LEFT_ON, source=SOURCE, value=EITHER),
        ),
    )

    def test_the_day_before_and_the_day_of(self) -> None:
        for left_on, count in ((date(2025, 12, 31), 0), (day(-1), 1), (day(0), 1)):
            left = attrs.evolve(LEFT, discharged_on=left_on)
            assert len(discharge_summary_dues([left], self.TWO, as_of=day(20))) == count
        for since, count in ((day(-1), 0), (day(0), 1)):
            assert len(discharge_summary_dues([], self.TWO, as_of=day(20), inactive_since=since)) == count


class TestContactsAfterTheDischarge:
    """The client is met within 7 days of the discharge, and again between the 8th and the 30th."""

    def test_each_window_is_a_due_of_its_own(self) -> None:
        assert afterwards([], day(0)) == {"day 7": DueState.UPCOMING, "day 30": DueState.UPCOMING}
        assert afterwards([], day(7)) == {"day 7": DueState.DUE, "day 30": DueState.UPCOMING}
        assert afterwards([], day(8)) == {"day 7": DueState.OVERDUE, "day 30": DueState.DUE}
        assert afterwards([], day(31)) == {"day 7": DueState.OVERDUE, "day 30": DueState.OVERDUE}

    def test_the_first_and_the_last_day_of_each(self) -> None:
        assert afterwards([met(0)], day(7))["day 7"] is DueState.DUE
        assert afterwards([met(1)], day(7))["day 7"] is DueState.MET
        assert afterwards([met(7)], day(40)) == {"day 7": DueState.MET, "day 30": DueState.OVERDUE}
        assert afterwards([met(8)], day(40)) == {"day 7": DueState.MET_LATE, "day 30": DueState.MET}
        assert afterwards([met(31)], day(40))["day 30"] is DueState.MET_LATE

    def test_one_contact_settles_two_windows_that_overlap(self) -> None:
        rule = attrs.evolve(WINDOWS, windows=(DAY_7, attrs.evolve(DAY_30, not_before=None)))
        assert afterwards([met(3)], day(9), rule) == {"day 7": DueState.MET, "day 30": DueState.MET}

    def test_the_same_day_where_it_counts(self) -> None:
        rule = attrs.evolve(WINDOWS, windows=(attrs.evolve(DAY_7, same_day_counts=True),))
        assert afterwards([met(0)], day(0), rule) == {"day 7": DueState.MET}

    def test_a_window_closes_where_the_standard_says_when(self) -> None:
        rule = attrs.evolve(WINDOWS, windows=(attrs.evolve(DAY_7, closes_after=Span(days=14)),))
        states = [afterwards([], day(number), rule)["day 7"] for number in (14, 15)]
        assert states == [DueState.OVERDUE, DueState.MISSED]

    def test_after_a_death_nobody_is_contacted(self) -> None:
        died = attrs.evolve(LEFT, reason=DischargeReason.DIED)
        assert afterwards([], day(3), entries=(died,)) == {}

    def test_undone_nothing_is_owed(self) -> None:
        assert afterwards([], day(3), entries=(LEFT, UNDONE)) == {}

    def test_a_discharge_from_before_the_standard_is_passed_over(self) -> None:
        standard = Standard.fixed("discharges/contact", WINDOWS, since=day(1), source=SOURCE)
        assert post_discharge_dues([LEFT], [], standard, as_of=day(9)) == ()
        assert len(post_discharge_dues([attrs.evolve(LEFT, discharged_on=day(1))], [], standard, as_of=day(9))) == 2

    def test_admitted_again_in_time_lifts_and_too_late_misses(self) -> None:
        assert afterwards([], day(20), readmitted_on=day(7))["day 7"] is DueState.LIFTED
        assert afterwards([], day(8), readmitted_on=day(8))["day 7"] is DueState.OVERDUE
        assert afterwards([met(9)], day(20), readmitted_on=day(8))["day 7"] is DueState.MISSED
        stands = attrs.evolve(WINDOWS, when_readmitted=WhenOvertaken.STANDS)
        assert afterwards([met(9)], day(20), stands, readmitted_on=day(8))["day 7"] is DueState.MET_LATE

    def test_a_return_to_come_is_not_yet_known(self) -> None:
        assert afterwards([], day(5), readmitted_on=day(6))["day 7"] is DueState.DUE


NEAR = (date(2026, 1, 1), date(2026, 4, 30))


class TestAnyHistory:
    """Whatever was written, and whatever the rule."""

    @given(discharge_entries(between=NEAR), contact_lists(between=NEAR), post_discharge_rules(), st.dates(*NEAR))
    def test_each_window_is_met_by_the_first_contact_that_will_do(
        self, entries: list[DischargeEntry], contacts: list[Contact], rule: PostDischargeContact, as_of: date
    ) -> None:
        standard = Standard.fixed("discharges/contact", rule, since=date(2020, 1, 1), source=SOURCE)
        dues = {due.about: due for due in post_discharge_dues(entries, contacts, standard, as_of=as_of)}
        left = discharge_of([entry for entry in entries if entry.happened_on <= as_of])
        if left is None or left.reason in rule.not_for:
            assert not dues
            return
        assert set(dues) == {window.name for window in rule.windows}
        for window in rule.windows:
            first = max(0 if window.same_day_counts else 1, (window.not_before.days or 0) if window.not_before else 0)
            days = [
                contact.held_on
                for contact in contacts
                if contact.held_on <= as_of
                and (contact.held_on - left.discharged_on).days >= first
                and window.contact.will_do(contact)
            ]
            assert dues[window.name].met_on == min(days, default=None)
            assert (dues[window.name].by - left.discharged_on).days == window.within.days

    @given(
        discharge_entries(between=NEAR),
        discharge_summary_rules(),
        post_discharge_rules(),
        st.none() | st.dates(*NEAR),
        st.integers(0, 200),
    )
    def test_with_nothing_new_written_the_dues_stay_the_same_but_for_the_day(
        self,
        entries: list[DischargeEntry],
        rule: DischargeSummary,
        windows: PostDischargeContact,
        inactive_since: date | None,
        later: int,
    ) -> None:
        first, then = NEAR[1], NEAR[1] + timedelta(days=later)
        standard = Standard.fixed("discharges/contact", windows, since=date(2020, 1, 1), source=SOURCE)
        before = [
            *summary(entries, first, rule, inactive_since),
            *post_discharge_dues(entries, [], standard, as_of=first),
        ]
        after = [*summary(entries, then, rule, inactive_since), *post_discharge_dues(entries, [], standard, as_of=then)]
        assert [due.seen_on(first) for due in after] == before


class TestTheRulesAsData:
    """What is owed afterwards is data; what contradicts itself is refused with every reason."""

    @given(discharge_summary_rules(), post_discharge_rules())
    def test_what_is_written_out_is_read_back(self, rule: DischargeSummary, windows: PostDischargeContact) -> None:
        assert read(plain(rule), DischargeSummary) == rule
        assert read(plain(windows), PostDischargeContact) == windows

    def test_the_clock_and_the_first_day_belong_to_inactivity(self) -> None:
        with pytest.raises(NotReadable) as told:
            attrs.evolve(PLAIN, inactive_within=Span(days=90), early_within=Span(business_days=1))
        assert [problem.path for problem in told.value.problems] == ["inactive_day_one", "clock", "early_within"]
        with pytest.raises(NotReadable) as told:
            attrs.evolve(EITHER, inactive_within=Span(months=3))
        assert [problem.path for problem in told.value.problems] == ["inactive_within"]

    def test_windows(self) -> None:
        with pytest.raises(NotReadable):
            attrs.evolve(WINDOWS, windows=())
        with pytest.raises(NotReadable):
            attrs.evolve(WINDOWS, windows=(DAY_7, DAY_7))
        for wrong in (Span(days=31), Span(months=1)):
            with pytest.raises(NotReadable) as told:
                attrs.evolve(DAY_30, not_before=wrong)
            assert [problem.path for problem in told.value.problems] == ["not_before"]
        with pytest.raises(NotReadable):
            attrs.evolve(DAY_7, within=Span(days=0))
