"""Notes written in time."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.contacts import Contact, NoteDeadline, Outcome, note_dues, review_notes_on_time
from casecore.terms import DueState, NotReadable, Span, WorkingDays, read
from casecore.testing.strategies.contacts import contacts, note_deadlines
from tests.contacts.standards import NAME, SOURCE, TEXAS_NOTE, met, standing

FRIDAY = date(2026, 5, 22)
CLOSED = WorkingDays(closed=frozenset({date(2026, 5, 25)}))  # Memorial Day
STANDARD = standing(TEXAS_NOTE)


def codes(written: date | None, as_of: date, recorded: date | None = None, days: WorkingDays = CLOSED) -> list[str]:
    found = review_notes_on_time(
        [(met(FRIDAY, written_on=written), recorded)], STANDARD, as_of=as_of, working_days=days
    )
    return [finding.code for finding in found]


class TestTexas:
    """A note is due within 2 business days after each contact."""

    def test_weekend_and_holiday_are_passed_over(self) -> None:
        (due,) = note_dues([(met(FRIDAY), None)], STANDARD, as_of=FRIDAY, working_days=CLOSED)
        assert (due.by, due.state, due.code) == (date(2026, 5, 27), DueState.DUE, "note-owed")
        (due,) = note_dues([(met(FRIDAY), None)], STANDARD, as_of=FRIDAY, working_days=WorkingDays())
        assert due.by == date(2026, 5, 26)

    def test_the_last_day_is_in_time_and_the_next_is_not(self) -> None:
        assert codes(date(2026, 5, 27), date(2026, 6, 30)) == []
        assert codes(date(2026, 5, 28), date(2026, 6, 30)) == ["note-late"]

    def test_a_missing_note_is_found_the_day_after(self) -> None:
        assert codes(None, date(2026, 5, 27)) == []
        assert codes(None, date(2026, 5, 28)) == ["note-missing"]

    def test_a_note_written_later_was_missing_before(self) -> None:
        assert codes(date(2026, 6, 9), date(2026, 6, 8)) == ["note-missing"]
        assert codes(date(2026, 6, 9), date(2026, 6, 9)) == ["note-late"]

    def test_the_day_the_entry_was_written_down_serves_where_no_other_is_named(self) -> None:
        assert codes(None, date(2026, 6, 30), recorded=date(2026, 5, 27)) == []
        assert codes(None, date(2026, 6, 30), recorded=date(2026, 5, 28)) == ["note-late"]
        assert codes(date(2026, 5, 26), date(2026, 6, 30), recorded=date(2026, 6, 15)) == []

    def test_a_finding_names_the_day_and_the_authority(self) -> None:
        (finding,) = review_notes_on_time([(met(FRIDAY), None)], STANDARD, as_of=date(2026, 6, 1), working_days=CLOSED)
        assert (finding.on, finding.standard, finding.source) == (date(2026, 5, 28), NAME, SOURCE)
        assert finding.what == "the note on the contact of 2026-05-22 is not written; it was due by 2026-05-27"

    def test_without_the_agencys_days_business_days_cannot_be_counted(self) -> None:
        for judge in (note_dues, review_notes_on_time):
            with pytest.raises(NotReadable, match="working_days"):
                judge([], STANDARD, as_of=FRIDAY)

    def test_written_notes_are_listed_when_asked_for(self) -> None:
        pair = (met(FRIDAY, written_on=FRIDAY), None)
        assert note_dues([pair], STANDARD, as_of=date(2026, 6, 1), working_days=CLOSED) == ()
        (due,) = note_dues([pair], STANDARD, as_of=date(2026, 6, 1), working_days=CLOSED, written_too=True)
        assert due.state is DueState.MET

    def test_contacts_still_to_come_need_no_note(self) -> None:
        assert note_dues([(met(FRIDAY), None)], STANDARD, as_of=date(2026, 5, 21), working_days=CLOSED) == ()


class TestWhichContacts:
    """The standard says which contacts need a note, and only while it is in force."""

    def test_attempts_need_one_unless_the_standard_names_outcomes(self) -> None:
        attempt = (met(FRIDAY, outcome=Outcome.NO_SHOW), None)
        only_held = attrs.evolve(TEXAS_NOTE, outcomes=(Outcome.HELD,))
        assert len(note_dues([attempt], STANDARD, as_of=FRIDAY, working_days=CLOSED)) == 1
        assert note_dues([attempt], standing(only_held), as_of=FRIDAY, working_days=CLOSED) == ()

    @pytest.mark.parametrize(("held_on", "by"), [(21, None), (22, date(2026, 5, 23)), (23, date(2026, 5, 28))])
    def test_a_contact_is_judged_by_the_edition_of_its_day(self, held_on: int, by: date | None) -> None:
        short, longer = NoteDeadline(within=Span(days=1)), NoteDeadline(within=Span(days=5))
        standard = standing(short, (date(2026, 5, 23), longer), since=FRIDAY)
        found = note_dues([(met(date(2026, 5, held_on)), None)], standard, as_of=date(2026, 5, 30))
        assert [due.by for due in found] == ([by] if by else [])

    def test_same_day_notes(self) -> None:
        standard = standing(NoteDeadline(within=Span(days=0)))
        pairs = [(met(FRIDAY, written_on=FRIDAY), None), (met(FRIDAY, written_on=date(2026, 5, 23)), None)]
        assert [one.code for one in review_notes_on_time(pairs, standard, as_of=date(2026, 6, 1))] == ["note-late"]

    def test_a_deadline_needs_a_length(self) -> None:
        with pytest.raises(NotReadable, match="exactly one"):
            read({"within": {}}, NoteDeadline)


class TestLaws:
    """The quick answers for notes written soon equal those of counting every day."""

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(contacts(between=(date(2026, 5, 1), date(2026, 6, 1))), max_size=6),
        note_deadlines(),
        st.dates(date(2026, 5, 1), date(2026, 8, 1)),
    )
    def test_each_note_is_judged_by_counting_days(self, held: list[Contact], rule: NoteDeadline, as_of: date) -> None:
        late, missing = [], []
        for contact in held:
            if contact.held_on > as_of or (rule.outcomes and contact.outcome not in rule.outcomes):
                continue
            last = rule.within.after(contact.held_on, CLOSED)
            written = contact.written_on if contact.written_on and contact.written_on <= as_of else None
            if written and written > last:
                late.append(last + timedelta(days=1))
            if written is None and as_of > last:
                missing.append(last + timedelta(days=1))
        pairs = [(contact, None) for contact in held]
        found = review_notes_on_time(pairs, standing(rule), as_of=as_of, working_days=CLOSED)
        assert [one.on for one in found if one.code == "note-late"] == sorted(late)
        assert [one.on for one in found if one.code == "note-missing"] == sorted(missing)
        dues = note_dues(pairs, standing(rule), as_of=as_of, working_days=CLOSED, written_too=True)
        assert sum(due.state is DueState.OVERDUE for due in dues) == len(missing)
        assert sum(due.state is DueState.MET_LATE for due in dues) == len(late)
        assert note_dues(pairs, standing(rule), as_of=as_of, working_days=CLOSED) == tuple(
            due for due in dues if due.met_on is None
        )
