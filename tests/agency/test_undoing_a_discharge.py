from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casecore.caseloads import ON_THE_LIST
from casecore.contacts import Contact, Mode, Outcome
from casecore.discharges import Destination, Discharged, DischargeReason, DischargeUndone, SummaryWritten
from casecore.record import Line, fold
from casecore.terms import Due, Finding
from casecore.testing import MemoryStore
from casecore.testing.strategies.record import case_histories

from .desks import ADMITTED, ASSIGNED, MODEL, STANDARDS, Clock, agency_over, contact, discharged, wrote


def is_open(lines: tuple[Line, ...]) -> bool:
    """Admitted, with the admission not struck out since, and not discharged."""
    record = fold("C-1", lines)
    return record.admission is not None and record.discharge is None


OPEN = case_histories(standards=STANDARDS).filter(is_open)


class TestUndoingADischarge:
    """Undoing a discharge restores exactly the open items that the discharge closed."""

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(OPEN, st.integers(0, 40), st.integers(0, 20), st.integers(-30, 90), st.sampled_from(DischargeReason))
    def test_on_any_day_the_worklist_is_what_it_was_without_it(
        self, lines: tuple[Line, ...], idle: int, closed: int, after: int, reason: DischargeReason
    ) -> None:
        clock = Clock()
        agency = agency_over(MemoryStore(), MODEL, clock=clock)
        for line in lines:
            clock.now = line.recorded_at
            agency.write("C-1", line.entry, by=line.by, entry_id=line.entry_id)
        clock.now += timedelta(days=idle)
        left = agency.today
        undone_on = left + timedelta(days=closed)
        day = undone_on + timedelta(days=after)

        def open_items(asked: date) -> tuple[list[Due], tuple[Finding, ...]]:
            listed = agency.worklist(as_of=asked, states=ON_THE_LIST)
            return list(listed), listed.findings

        before = [open_items(each) for each in (left, undone_on, day)]
        discharge = Discharged(discharged_on=left, reason=reason, is_planned=False, destination=Destination.NOT_KNOWN)
        agency.write("C-1", discharge, by="w-1")
        clock.now += timedelta(days=closed)
        agency.write("C-1", DischargeUndone(undone_on=undone_on, reason="the client stayed"), by="w-1")
        assert [open_items(each) for each in (left, undone_on, day)] == before
        assert agency.read("C-1").discharge is None

    def test_what_was_open_is_closed_in_between(self) -> None:
        clock = Clock()
        agency = agency_over(MemoryStore(), MODEL, clock=clock)
        wrote(agency, "C-1", ADMITTED, ASSIGNED)
        before = {due.code for due in agency.worklist(worker="w-7")}
        wrote(agency, "C-1", discharged(31))
        between = {due.code for due in agency.worklist(worker="w-7", as_of=date(2026, 4, 2))}
        assert between == {"discharge-summary", "contact-after-discharge"}
        clock.set(date(2026, 4, 2))
        wrote(agency, "C-1", DischargeUndone(undone_on=date(2026, 4, 2), reason="the client stayed"))
        assert {due.code for due in agency.worklist(worker="w-7")} >= before - {"note-owed"}
        assert not {due.code for due in agency.worklist(worker="w-7")} & between

    def test_what_was_done_while_the_case_was_closed_counts(self) -> None:
        clock = Clock(datetime.combine(date(2026, 3, 20), time(14), UTC))
        agency = agency_over(MemoryStore(), MODEL, clock=clock)
        wrote(agency, "C-1", ADMITTED, discharged(20))
        clock.set(date(2026, 3, 25))
        follow_up = Contact(held_on=date(2026, 3, 24), mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=40)
        wrote(agency, "C-1", follow_up, SummaryWritten(written_on=date(2026, 3, 25)))
        wrote(agency, "C-1", DischargeUndone(undone_on=date(2026, 3, 25), reason="the client stayed"))
        with_it = [due.would_satisfy for due in agency.worklist(case="C-1") if due.standard == "contacts/face-to-face"]
        other = agency_over(MemoryStore(), MODEL, clock=clock)
        wrote(other, "C-1", ADMITTED, contact(24))
        assert with_it == [
            due.would_satisfy for due in other.worklist(case="C-1") if due.standard == "contacts/face-to-face"
        ]
        assert agency.read("C-1").of(SummaryWritten)

    def test_the_summary_that_was_written_does_not_do_for_the_next_discharge(self) -> None:
        clock = Clock(datetime.combine(date(2026, 3, 20), time(14), UTC))
        agency = agency_over(MemoryStore(), MODEL, clock=clock)
        wrote(agency, "C-1", ADMITTED, discharged(20), SummaryWritten(written_on=date(2026, 3, 20)))
        summaries = [due for due in agency.worklist(case="C-1") if due.code == "discharge-summary"]
        assert not summaries
        wrote(agency, "C-1", DischargeUndone(undone_on=date(2026, 3, 20), reason="stayed"))
        clock.set(date(2026, 3, 23))
        wrote(agency, "C-1", discharged(23))
        assert [due.by for due in agency.worklist(case="C-1") if due.code == "discharge-summary"] == [date(2026, 4, 6)]
