from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.contacts import Contact, Mode, Outcome
from casecore.discharges import Destination, Discharged, DischargeReason, DischargeUndone
from casecore.intake import Admission
from casecore.record import CaseRecord, Correction, LateEntry, Line, Opaque, StrikeOut, fold, loose_ends
from casecore.terms import Entry
from casecore.testing.strategies.record import case_histories

D = date


def contact(day: int, minutes: int = 30) -> Contact:
    return Contact(held_on=D(2026, 3, day), mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=minutes)


def record_of(*entries: Entry) -> CaseRecord:
    """Entries written one after another, a day apart; ids e1, e2, ..."""
    lines = [
        Line(f"e{place}", "C-1", place, datetime(2026, 4, place, 9, tzinfo=UTC), "w-1", entry)
        for place, entry in enumerate(entries, start=1)
    ]
    return fold("C-1", lines)


def correction(of: str, day: int, minutes: int) -> Correction:
    return Correction(corrected_on=D(2026, 4, 20), of=of, to=contact(day, minutes), reason="wrong length")


def strike(of: str) -> StrikeOut:
    return StrikeOut(struck_on=D(2026, 4, 20), of=of, reason="wrong client")


def minutes_of(record: CaseRecord) -> list[int | None]:
    return [contact.minutes for contact in record.contacts]


class TestAmendments:
    """Amendments leave the original readable; what counts from then on is the amended fact (CMS PIM 3.3.2.5)."""

    def test_a_correction_takes_the_place_of_the_original(self) -> None:
        record = record_of(contact(2, 30), correction("e1", 3, 45))
        assert minutes_of(record) == [45]
        assert record.contacts[0].held_on == D(2026, 3, 3)

    def test_the_original_stays_readable_with_who_and_when(self) -> None:
        record = record_of(contact(2, 30), correction("e1", 3, 45))
        original, amendment = record.lines
        assert original.entry == contact(2, 30)
        assert (amendment.by, amendment.recorded_at) == ("w-1", datetime(2026, 4, 2, 9, tzinfo=UTC))

    def test_the_latest_of_several_corrections_stands(self) -> None:
        assert minutes_of(record_of(contact(2), correction("e1", 2, 45), correction("e1", 2, 50))) == [50]

    def test_a_correction_of_a_correction_stands_for_the_original(self) -> None:
        assert minutes_of(record_of(contact(2), correction("e1", 2, 45), correction("e2", 2, 50))) == [50]

    def test_striking_out_the_original_takes_its_corrections_with_it(self) -> None:
        assert minutes_of(record_of(contact(2), correction("e1", 2, 45), strike("e1"))) == []

    def test_striking_out_a_correction_brings_back_what_stood_before(self) -> None:
        assert minutes_of(record_of(contact(2, 30), correction("e1", 2, 45), strike("e2"))) == [30]

    def test_striking_out_a_strike_out_undoes_it(self) -> None:
        assert minutes_of(record_of(contact(2, 30), strike("e1"), strike("e2"))) == [30]
        assert minutes_of(record_of(contact(2, 30), strike("e1"), strike("e2"), strike("e3"))) == []

    def test_a_late_entry_counts_on_its_own_day(self) -> None:
        late = LateEntry(entered_on=D(2026, 4, 2), entry=contact(1, 20), reason="away that week")
        assert minutes_of(record_of(contact(2, 30), late)) == [20, 30]

    def test_a_late_entry_can_be_corrected(self) -> None:
        late = LateEntry(entered_on=D(2026, 4, 2), entry=contact(1, 20), reason="away that week")
        assert minutes_of(record_of(late, correction("e1", 1, 25))) == [25]

    def test_an_amendment_of_an_amendment_cannot_hide_in_a_late_entry(self) -> None:
        with pytest.raises(ValueError, match="must be a fact"):
            LateEntry(entered_on=D(2026, 4, 2), entry=strike("e1"), reason="no")

    def test_what_nothing_here_knows_is_kept_and_not_judged(self) -> None:
        record = record_of(contact(2), Opaque("ehr-alert", 1, b"{}"))
        assert [line.entry_id for line in record.opaque] == ["e2"]
        assert len(record.contacts) == 1


class TestUndoingADischarge:
    """Undoing a discharge restores the case as if it had never been written."""

    def test_an_undone_discharge_does_not_stand_on_any_day(self) -> None:
        discharged = Discharged(
            discharged_on=D(2026, 3, 10),
            reason=DischargeReason.GOALS_MET,
            is_planned=True,
            destination=Destination.OWN_HOME,
        )
        undone = DischargeUndone(undone_on=D(2026, 3, 20), reason="the client stayed")
        before = record_of(Admission(admitted_on=D(2026, 3, 1), client="P", program="ICM"), contact(2))
        written = record_of(*[line.entry for line in before.lines], discharged, undone)
        after = fold("C-1", [*before.lines, *written.lines[2:]])
        assert after.discharge is None
        assert after.as_of(D(2026, 3, 15)).discharge is None
        assert [line for line in after.standing if line.entry is not undone] == list(before.standing)
        assert len(after.lines) == 4

    def test_an_undoing_undoes_the_discharge_written_before_it_whatever_their_days(self) -> None:
        def discharged(day: int) -> Discharged:
            return Discharged(
                discharged_on=D(2026, 3, day),
                reason=DischargeReason.GOALS_MET,
                is_planned=True,
                destination=Destination.OWN_HOME,
            )

        undone = DischargeUndone(undone_on=D(2026, 3, 20), reason="the client stayed")
        assert record_of(discharged(10), undone, discharged(15)).discharge == discharged(15)

    def test_once_the_discharge_it_undid_is_struck_out_it_undoes_none_written_later(self) -> None:
        discharged, again = (
            Discharged(
                discharged_on=D(2026, 3, day),
                reason=DischargeReason.GOALS_MET,
                is_planned=True,
                destination=Destination.OWN_HOME,
            )
            for day in (10, 15)
        )
        undone = DischargeUndone(undone_on=D(2026, 3, 20), reason="the client stayed")
        for entries in ((discharged, undone, strike("e1")), (discharged, undone, strike("e1"), again)):
            record = record_of(*entries)
            assert record.discharge == (again if again in entries else None)
            assert [(line.entry_id, line.entry) for line in record.standing] == plain_standing(record.lines)


def plain_standing(lines: Sequence[Line]) -> list[tuple[str, Entry]]:
    """A second way: replay the amendments one by one over a plain list, asking the definition each time."""

    def stands(line: Line) -> bool:
        return not any(
            isinstance(other.entry, StrikeOut) and other.entry.of == line.entry_id and stands(other) for other in lines
        )

    def root(entry_id: str) -> str:
        line = next(line for line in lines if line.entry_id == entry_id)
        return root(line.entry.of) if isinstance(line.entry, Correction) else entry_id

    facts: list[tuple[date, int, str, Entry]] = []
    for line in lines:
        if isinstance(line.entry, Correction | StrikeOut) or not stands(line):
            continue
        fact = line.entry.entry if isinstance(line.entry, LateEntry) else line.entry
        for other in lines:
            if isinstance(other.entry, Correction) and root(other.entry_id) == line.entry_id and stands(other):
                fact = other.entry.to
        facts.append((fact.happened_on, line.number, line.entry_id, fact))
    facts.sort(key=lambda found: found[1])  # as written
    undone = set()
    for place, (_, _, _, fact) in enumerate(facts):
        if isinstance(fact, DischargeUndone):
            standing = [at for at in range(place) if isinstance(facts[at][3], Discharged) and at not in undone]
            undone.update(standing[-1:])  # none where the discharge it undid was struck out since
    kept = [found for place, found in enumerate(facts) if place not in undone]
    return [(entry_id, fact) for _, _, entry_id, fact in sorted(kept, key=lambda found: found[:2])]


class TestTheFold:
    """The record that lines come to."""

    @given(case_histories())
    def test_agrees_with_replaying_every_amendment_by_its_definition(self, lines: tuple[Line, ...]) -> None:
        record = fold("C-1", lines)
        assert [(line.entry_id, line.entry) for line in record.standing] == plain_standing(lines)

    @given(case_histories())
    def test_a_history_the_desk_let_through_has_no_loose_ends(self, lines: tuple[Line, ...]) -> None:
        assert loose_ends(fold("C-1", lines)) == {}

    @given(case_histories(), st.integers(0, 400))
    def test_as_of_a_day_holds_what_had_happened_by_then(self, lines: tuple[Line, ...], later: int) -> None:
        record = fold("C-1", lines)
        day = D(2025, 1, 1) + timedelta(days=later)
        seen = record.as_of(day)
        assert seen.standing == tuple(line for line in record.standing if line.entry.happened_on <= day)
        assert seen.lines == record.lines
        assert seen.of(Contact) == tuple(c for c in record.contacts if c.held_on <= day)

    @given(case_histories(), st.data())
    def test_known_at_an_instant_is_the_record_of_the_lines_written_by_then(
        self, lines: tuple[Line, ...], data: st.DataObject
    ) -> None:
        line = data.draw(st.sampled_from(lines))
        known = fold("C-1", lines).known_at(line.recorded_at)
        assert known.standing == fold("C-1", lines[: line.number]).standing

    @given(case_histories())
    def test_writing_never_changes_what_was_known_before(self, lines: tuple[Line, ...]) -> None:
        assert fold("C-1", lines).known_at(lines[0].recorded_at).lines == lines[:1]
