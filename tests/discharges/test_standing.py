"""Which discharge, plan and summary stand; and that undoing a discharge leaves no trace in what is owed."""

from datetime import date, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from casecore.contacts import Contact, Mode, Outcome
from casecore.discharges import (
    Destination,
    Discharged,
    DischargeEntry,
    DischargePlanned,
    DischargeReason,
    DischargeSummary,
    DischargeUndone,
    PostDischargeContact,
    SummaryWritten,
    discharge_of,
    discharge_plan_of,
    discharge_summary_dues,
    post_discharge_dues,
    summaries_of,
)
from casecore.standards import Standard
from casecore.terms import Source
from casecore.testing.strategies.discharges import (
    discharge_entries,
    discharge_summary_rules,
    discharges,
    discharges_planned,
    discharges_undone,
    post_discharge_rules,
    summaries_written,
)

SOURCE = Source(cite="Model Agency Manual 8", invented=True)
LEFT = Discharged(
    discharged_on=date(2026, 3, 10),
    reason=DischargeReason.GOALS_MET,
    is_planned=True,
    destination=Destination.OWN_HOME,
)
UNDONE = DischargeUndone(undone_on=date(2026, 3, 15), reason="came back the next day")
SUMMARY = SummaryWritten(written_on=date(2026, 3, 12))
NEAR = (date(2026, 1, 1), date(2026, 6, 30))
ANY_RULE_SINCE = date(2020, 1, 1)


def summary_standard(rule: DischargeSummary) -> Standard[DischargeSummary]:
    return Standard.fixed("discharges/summary", rule, since=ANY_RULE_SINCE, source=SOURCE)


def contact_standard(rule: PostDischargeContact) -> Standard[PostDischargeContact]:
    return Standard.fixed("discharges/contact", rule, since=ANY_RULE_SINCE, source=SOURCE)


class TestTheDischargeThatStands:
    """A discharge stands until it is undone."""

    def test_undone_it_no_longer_stands(self) -> None:
        assert discharge_of([LEFT]) == LEFT
        assert discharge_of([LEFT, UNDONE]) is None
        assert discharge_of([]) is None

    def test_discharged_again_the_new_one_stands_even_if_it_is_dated_earlier(self) -> None:
        again = attrs.evolve(LEFT, discharged_on=date(2026, 3, 14))
        assert discharge_of([LEFT, UNDONE, again]) == again

    def test_as_of_the_day_before_each_step(self) -> None:
        entries: list[DischargeEntry] = [LEFT, UNDONE]
        stands = [discharge_of(entries, as_of=date(2026, 3, day)) for day in (9, 10, 14, 15)]
        assert stands == [None, LEFT, LEFT, None]

    @given(discharge_entries(between=NEAR))
    def test_it_stands_when_the_last_step_was_a_discharge(self, entries: list[DischargeEntry]) -> None:
        steps = [entry for entry in entries if not isinstance(entry, SummaryWritten)]
        last = steps[-1] if steps else None
        assert discharge_of(entries) == (last if isinstance(last, Discharged) else None)


class TestUndoingLeavesNoTrace:
    """A discharge and its undoing together change nothing in what is owed, on any day, by any rule."""

    @given(
        discharge_entries(between=NEAR),
        discharges(between=NEAR),
        discharges_undone(between=NEAR),
        post_discharge_rules(),
        st.dates(*NEAR),
    )
    def test_contacts_afterwards(
        self,
        entries: list[DischargeEntry],
        left: Discharged,
        undone: DischargeUndone,
        rule: PostDischargeContact,
        as_of: date,
    ) -> None:
        before = entries if discharge_of(entries) is None else [*entries, undone]
        contacts = [Contact(held_on=as_of, mode=Mode.TELEPHONE, outcome=Outcome.HELD)]
        after = [*before, left, attrs.evolve(undone, undone_on=max(undone.undone_on, left.discharged_on))]
        day = max(as_of, *(entry.happened_on for entry in after))
        assert discharge_of(after) == discharge_of(before)
        assert post_discharge_dues(after, contacts, contact_standard(rule), as_of=day) == post_discharge_dues(
            before, contacts, contact_standard(rule), as_of=day
        )

    @given(
        discharge_entries(between=NEAR),
        discharges(between=NEAR),
        discharges_undone(between=NEAR),
        discharge_summary_rules(undone_summary_counts=True),
        st.none() | st.dates(*NEAR),
    )
    def test_the_summary(
        self,
        entries: list[DischargeEntry],
        left: Discharged,
        undone: DischargeUndone,
        rule: DischargeSummary,
        inactive_since: date | None,
    ) -> None:
        before = entries if discharge_of(entries) is None else [*entries, undone]
        after = [*before, left, attrs.evolve(undone, undone_on=max(undone.undone_on, left.discharged_on))]
        day = max(entry.happened_on for entry in after)
        assert discharge_summary_dues(
            after, summary_standard(rule), as_of=day, inactive_since=inactive_since
        ) == discharge_summary_dues(before, summary_standard(rule), as_of=day, inactive_since=inactive_since)


class TestTheSummaryOfAnUndoneDischarge:
    """Whether a summary already written will do for the next discharge is the standard's choice."""

    AGAIN = attrs.evolve(LEFT, discharged_on=date(2026, 3, 11))

    def test_where_it_counts(self) -> None:
        assert summaries_of([LEFT, SUMMARY, UNDONE], undone_summary_counts=True) == (SUMMARY,)

    def test_where_it_does_not(self) -> None:
        assert summaries_of([LEFT, SUMMARY, UNDONE], undone_summary_counts=False) == ()
        later = SummaryWritten(written_on=date(2026, 4, 1))
        assert summaries_of([LEFT, SUMMARY, UNDONE, later], undone_summary_counts=False) == (later,)

    def test_as_of_the_day_before_it_was_written(self) -> None:
        found = [summaries_of([SUMMARY], undone_summary_counts=True, as_of=date(2026, 3, day)) for day in (11, 12)]
        assert found == [(), (SUMMARY,)]

    @given(discharge_entries(between=NEAR), summaries_written(between=NEAR))
    def test_a_summary_written_last_always_counts(self, entries: list[DischargeEntry], last: SummaryWritten) -> None:
        for counts in (True, False):
            assert summaries_of([*entries, last], undone_summary_counts=counts)[-1] == last


class TestThePlanThatStands:
    """A later discharge plan replaces an earlier one whole."""

    def test_of_two_on_one_day_the_one_given_last(self) -> None:
        first = DischargePlanned(planned_on=date(2026, 3, 1), medication="none")
        second = DischargePlanned(planned_on=date(2026, 3, 1))
        assert discharge_plan_of([first, second]) is second

    def test_as_of(self) -> None:
        first, second = (DischargePlanned(planned_on=date(2026, 3, day)) for day in (1, 5))
        found = [discharge_plan_of([second, first], as_of=first.planned_on + timedelta(days=n)) for n in (-1, 0, 3, 4)]
        assert found == [None, first, first, second]

    @given(st.lists(discharges_planned(between=NEAR), max_size=5))
    def test_it_is_of_the_latest_day(self, plans: list[DischargePlanned]) -> None:
        found = discharge_plan_of(plans)
        assert (found.planned_on if found else None) == max((plan.planned_on for plan in plans), default=None)
