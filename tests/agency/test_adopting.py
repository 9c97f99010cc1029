from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casecore.agency import Adopted, OldEntry
from casecore.contacts import Contact
from casecore.goals import ProgressNoted
from casecore.hooks import Store
from casecore.record import LateEntryLimits, Line, Opaque
from casecore.standards import Layer, Rulebook, Standard
from casecore.terms import Entry, NotPossible, NotReadable, Source, Span
from casecore.testing import MemoryStore
from casecore.testing.strategies.record import case_histories

from .desks import ADMITTED, MARCH_1, MODEL, STANDARDS, Clock, agency_over, contact, discharged, everything_in, wrote

TODAY = date(2026, 3, 31)


def old(entry_id: str, entry: Entry, day: int | None = None, by: str = "w-1") -> OldEntry:
    """An entry of the old system, written down at noon of a day in March 2026."""
    at = None if day is None else datetime.combine(date(2026, 3, day), time(12), UTC)
    return OldEntry(entry_id=entry_id, entry=entry, by=by, recorded_at=at)


CASE = (old("r-1", ADMITTED, 1), old("r-2", contact(4), 9), old("r-3", contact(6, minutes=20), 7))


class TestAdopting:
    """The cases of an existing system are taken over: its entries, its ids, its times of writing."""

    def test_entries_keep_their_ids_writers_order_and_times(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        assert list(agency.adopt([("C-1", CASE)])) == [Adopted(case="C-1", written=3)]
        lines = agency.read("C-1").lines
        assert [(line.entry_id, line.by) for line in lines] == [("r-1", "w-1"), ("r-2", "w-1"), ("r-3", "w-1")]
        assert [line.recorded_at.day for line in lines] == [1, 9, 9]  # never before the line before it

    def test_known_on_reads_the_old_systems_knowledge(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        list(agency.adopt([("C-1", CASE)]))
        known = {day: len(agency.read("C-1", known_on=date(2026, 3, day)).contacts) for day in (1, 8, 9)}
        assert known == {1: 0, 8: 0, 9: 2}

    def test_a_time_that_is_not_known_or_still_to_come_is_the_moment_of_adoption(self) -> None:
        clock = Clock()
        agency = agency_over(MemoryStore(), MODEL, clock=clock)
        later = OldEntry(entry_id="r-2", entry=contact(5), by="w-1", recorded_at=datetime(2031, 1, 1, tzinfo=UTC))
        list(agency.adopt([("C-1", [old("r-1", contact(4)), later])]))
        assert [line.recorded_at for line in agency.read("C-1").lines] == [clock.now, clock.now]

    def test_twice_changes_nothing(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        list(agency.adopt([("C-1", CASE)]))
        before = everything_in(store)
        assert list(agency.adopt([("C-1", CASE)])) == [Adopted(case="C-1", already_there=3)]
        assert everything_in(store) == before

    def test_what_was_added_since_is_taken_over_next_time(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        list(agency.adopt([("C-1", CASE)]))
        wrote(agency, "C-1", contact(20))
        (adopted,) = agency.adopt([("C-1", (*CASE, old("r-4", contact(12), 12)))])
        assert (adopted.written, adopted.already_there) == (1, 3)
        assert [one.held_on.day for one in agency.read("C-1").contacts] == [4, 6, 12, 20]

    def test_what_may_not_be_written_is_left_out_and_reported(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        entries = [
            old("r-0", ProgressNoted(noted_on=MARCH_1, goal_id="g-1", note="going well"), 1),
            *CASE,
            old("r-5", contact(date(2026, 4, 1)), 10),
            old("r-6", discharged(20), 20),
            old("r-7", discharged(21), 21),
        ]
        (adopted,) = agency.adopt([("C-1", entries)])
        assert (adopted.written, adopted.already_there) == (4, 0)
        assert [entry_id for entry_id, _ in adopted.refused] == ["r-0", "r-5", "r-7"]
        reasons = ["; ".join(part.because for part in verdict.parts) for _, verdict in adopted.refused]
        assert "no goal g-1" in reasons[0]
        assert "after 2026-03-31" in reasons[1]
        assert "discharged on 2026-03-20" in reasons[2]

    def test_an_entry_changed_since_is_reported_and_the_rest_goes_on(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        list(agency.adopt([("C-1", CASE)]))
        changed = [CASE[0], old("r-2", contact(4, minutes=10), 9), old("r-9", contact(9), 9)]
        one, two = agency.adopt([("C-1", changed), ("C-2", [old("s-1", ADMITTED, 1)])])
        assert (one.written, one.already_there, [entry_id for entry_id, _ in one.refused]) == (1, 1, ["r-2"])
        assert two.written == 1
        assert [each.minutes for each in agency.read("C-1").contacts] == [40, 20, 40]

    def test_limits_on_late_entries_do_not_hold(self, store: Store) -> None:
        limits = LateEntryLimits(late_after=Span(days=2), refused_after=Span(days=3))
        late = Standard.fixed("record/late", limits, since=MARCH_1, source=Source(cite="Manual 1", invented=True))
        agency = agency_over(
            store, Rulebook(name="late", version="1", title="Late", layer=Layer.AGENCY, standards=(late,))
        )
        with pytest.raises(NotPossible):
            agency.write("C-1", contact(4), by="w-1")
        assert [adopted.written for adopted in agency.adopt([("C-1", CASE)])] == [3]

    def test_an_id_that_another_case_has_is_refused_with_its_batch(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        list(agency.adopt([("C-1", CASE)]))
        before = everything_in(store)
        with pytest.raises(NotReadable):
            list(agency.adopt([("C-2", [old("n-1", contact(4))]), ("C-3", [old("r-2", contact(5))])]))
        assert everything_in(store) == before

    def test_an_entry_that_nothing_here_knows_is_no_entry_to_adopt(self) -> None:
        agency = agency_over(MemoryStore(), MODEL)
        with pytest.raises(NotReadable):
            list(agency.adopt([("C-1", [old("r-1", Opaque("ehr-alert", 1, b"{}"))])]))

    def test_a_batch_is_stored_before_it_is_reported(self) -> None:
        store = MemoryStore()
        agency = agency_over(store, MODEL)
        told: list[str] = []

        def cases() -> Iterator[tuple[str, Sequence[OldEntry]]]:
            for number in range(5):
                told.append(f"asked for C-{number}, {len(list(store.cases()))} stored")
                yield f"C-{number}", [old(f"r-{number}-{each}", contact(each)) for each in (4, 5)]

        for adopted in agency.adopt(cases(), batch=4):
            told.append(f"told of {adopted.case}, {len(list(store.cases()))} stored")
        assert told == [
            "asked for C-0, 0 stored", "asked for C-1, 0 stored", "asked for C-2, 0 stored",
            "told of C-0, 2 stored", "told of C-1, 2 stored",
            "asked for C-3, 2 stored", "asked for C-4, 2 stored",
            "told of C-2, 4 stored", "told of C-3, 4 stored", "told of C-4, 5 stored",
        ]  # fmt: skip

    def test_one_case_may_be_handed_over_in_parts(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        adopted = list(agency.adopt([("C-1", CASE[:1]), ("C-1", CASE[1:]), ("C-1", CASE)]))
        assert [(one.written, one.already_there) for one in adopted] == [(1, 0), (2, 0), (0, 3)]
        assert agency.read("C-1").number == 3

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(
        st.tuples(case_histories(standards=STANDARDS), case_histories(case="C-2", standards=STANDARDS)),
        st.integers(1, 40),
    )
    def test_adopted_or_written_the_case_is_the_same_and_the_counts_add_up(
        self, told: tuple[tuple[Line, ...], ...], batch: int
    ) -> None:
        clock = Clock(max(lines[-1].recorded_at for lines in told))
        written, adopting = MemoryStore(), MemoryStore()
        one, other = agency_over(written, MODEL, clock=clock), agency_over(adopting, MODEL, clock=clock)
        cases = []
        for lines in told:
            cases.append((lines[0].case, [
                OldEntry(entry_id=line.entry_id, entry=line.entry, by=line.by, recorded_at=line.recorded_at)
                for line in lines
            ]))  # fmt: skip
        end = clock.now
        for line in sorted((line for lines in told for line in lines), key=lambda line: line.recorded_at):
            clock.now = line.recorded_at
            one.write(line.case, line.entry, by=line.by, entry_id=line.entry_id)
        clock.now = end
        for adopted, (case, entries) in zip(other.adopt(cases, batch=batch), cases, strict=True):
            assert adopted.case == case
            assert adopted.written + adopted.already_there + len(adopted.refused) == len(entries)
        for case, _ in cases:
            assert written.load(case) == adopting.load(case)
            assert list(one.worklist(case=case)) == list(other.worklist(case=case))
        kept = sum(len(other.read(case).of(Contact)) for case, _ in cases)
        assert kept == sum(len(one.read(case).of(Contact)) for case, _ in cases)
