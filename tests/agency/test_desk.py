from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest
from casecore_sql import SQLiteStore

import casecore
from casecore.agency import Agency
from casecore.contacts import Contact, Mode, Outcome
from casecore.goals import GoalSet, ProgressNoted
from casecore.hooks import Store, hookimpl
from casecore.intake import Admission
from casecore.interchange import Kinds
from casecore.plans import PlanDrafted
from casecore.record import RULES, Correction, LateEntry, LateEntryLimits, StrikeOut
from casecore.staff import WorkerAssigned, WorkerRelieved
from casecore.standards import (
    Exemption,
    ExemptionEnded,
    Layer,
    Rulebook,
    RulebookPinned,
    Standard,
    model_rulebook_text,
    read_rulebook,
    rulebook_toml,
)
from casecore.terms import (
    DueState,
    Entry,
    NotKnown,
    NotPossible,
    NotReadable,
    RecordMoved,
    Source,
    Span,
    StoreUnavailable,
)
from casecore.testing import MemoryStore

from .desks import (
    ADMITTED,
    ASSIGNED,
    CHANGED,
    MARCH_1,
    MODEL,
    Between,
    Clock,
    agency_over,
    contact,
    discharged,
    everything_in,
    numbered,
    wrote,
)

NEW_YORK = "America/New_York"
TODAY = date(2026, 3, 31)


class Sql:
    """The SQL plugin as an object a host hands over."""

    @hookimpl
    def casecore_provide_store(self, url: str) -> Store | None:
        """A store for SQLite addresses."""
        return SQLiteStore.open(url) if url.startswith("sqlite:") else None


class TestUsingIt:
    """Open, write, read, list: the example that the desk was made for."""

    def test_the_example(self, tmp_path: Path) -> None:
        clock = Clock(datetime(2026, 3, 31, 14, tzinfo=UTC))
        url = f"sqlite:///{tmp_path}/agency.db"
        with Agency.open(url, plugins=[Sql()], rulebooks=["model-agency"], clock=clock) as agency:
            agency.write("C-1001", ADMITTED, by="w-7")
            agency.write("C-1001", ASSIGNED, by="w-7")
            agency.write(
                "C-1001",
                Contact(held_on=date(2026, 3, 4), mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=40),
                by="w-7",
            )
            record = agency.read("C-1001", as_of=date(2026, 3, 31))
            assert [one.minutes for one in record.contacts] == [40]
            listed = agency.worklist(worker="w-7", as_of=date(2026, 3, 31))
            told = [(due.state.value, due.by, due.standard.partition("/")[0]) for due in listed]
            assert all(due.what and due.source and due.would_satisfy for due in listed)
        assert ("due", date(2026, 3, 31), "assessments") in told
        assert ("due", date(2026, 3, 31), "contacts") in told
        with Agency.open(url, plugins=[Sql()], rulebooks=["model-agency"], clock=clock) as again:
            assert list(again.cases()) == ["C-1001"]
            assert again.read("C-1001").number == 3

    def test_writing_gives_the_record_and_reading_gives_the_same(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        wrote(agency, "C-1", ADMITTED)
        written = agency.write("C-1", contact(4), by="w-7", entry_id="row-12")
        read = agency.read("C-1")
        assert read.lines == written.lines
        assert read.standing == written.standing
        assert [(line.entry_id, line.number, line.by) for line in read.lines] == [
            ("id-1", 1, "w-7"),
            ("row-12", 2, "w-7"),
        ]

    def test_an_unknown_case_is_not_known(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        for ask in (
            lambda: agency.read("C-9"),
            lambda: agency.checklist("C-9"),
            lambda: agency.worklist(case="C-9"),
        ):
            with pytest.raises(NotKnown, match="no such case"):
                ask()
        assert list(agency.worklist(worker="w-9")) == []
        assert everything_in(store) == ((), ())

    def test_two_desks_in_one_process_share_nothing(self) -> None:
        one, other = agency_over(MemoryStore(), MODEL), agency_over(MemoryStore(), CHANGED, zone=NEW_YORK)
        wrote(one, "C-1", ADMITTED)
        wrote(other, "C-2", ADMITTED)
        assert (list(one.cases()), list(other.cases())) == (["C-1"], ["C-2"])
        assert one.rules_key != other.rules_key
        one.close()
        assert other.read("C-2").number == 1
        with pytest.raises(StoreUnavailable):
            one.read("C-1")


class TestNothingHappensAtImport:
    """Importing a room reads no clock, opens nothing, and the front door loads nothing heavy."""

    def loaded_by(self, code: str) -> set[str]:
        path = os.pathsep.join([str(Path(str(casecore.__file__)).parents[1])])
        asked = f"import sys; before = set(sys.modules); {code}; print(*sorted(set(sys.modules) - before))"
        done = subprocess.run(
            [sys.executable, "-c", asked], env={"PYTHONPATH": path}, capture_output=True, text=True, check=True
        )
        return set(done.stdout.split())

    def test_the_front_door_loads_itself_alone(self) -> None:
        assert self.loaded_by("import casecore") == {"casecore"}

    def test_the_desk_loads_no_driver_no_plugin_and_no_screen_until_it_is_opened(self) -> None:
        loaded = self.loaded_by("import casecore.agency")
        lazy = {"cattrs", "pluggy", "sqlite3", "dateutil", "typer", "rich", "hypothesis", "pytest", "casecore_sql"}
        assert not {name.partition(".")[0] for name in loaded} & lazy


class TestDays:
    """A line belongs to the agency's own day on which it was written down."""

    def test_half_past_eleven_at_night_is_still_today(self, store: Store) -> None:
        clock = Clock()
        agency = agency_over(store, MODEL, clock=clock, zone=NEW_YORK)
        clock.set(date(2026, 3, 4), time(23, 30), NEW_YORK)
        assert clock.now.astimezone(UTC).date() == date(2026, 3, 5)
        assert agency.today == date(2026, 3, 4)
        wrote(agency, "C-1", ADMITTED, contact(4))
        with pytest.raises(NotPossible):
            agency.write("C-1", contact(5), by="w-7")
        clock.set(date(2026, 3, 5), time(0, 30), NEW_YORK)
        wrote(agency, "C-1", contact(5))
        assert agency.read("C-1", known_on=date(2026, 3, 4)).number == 2
        assert agency.read("C-1", known_on=date(2026, 3, 3)).number == 0
        assert agency.read("C-1", known_on=date(2026, 3, 5)).number == 3

    def test_so_does_the_note_that_was_written_with_it(self) -> None:
        clock = Clock()
        clock.set(date(2026, 3, 6), time(23, 30), NEW_YORK)  # Friday; the note on Wednesday's contact is due that day
        for zone, late in ((NEW_YORK, []), ("UTC", ["note-late"])):
            agency = agency_over(MemoryStore(), MODEL, clock=clock, zone=zone)
            wrote(agency, "C-1", ADMITTED, contact(4))
            found = [each.code for each in agency.checklist("C-1").findings if each.code.startswith("note")]
            assert found == late

    @pytest.mark.parametrize(
        ("zone", "day"),
        [
            (NEW_YORK, date(2026, 3, 8)),
            (NEW_YORK, date(2026, 11, 1)),
            ("Asia/Beirut", date(2026, 10, 24)),  # clocks go from midnight back to 23:00 of the same day
            ("Asia/Beirut", date(2026, 3, 29)),  # the day begins at 1:00
            ("Pacific/Apia", date(2011, 12, 29)),  # the next day was left out
        ],
    )
    def test_every_hour_of_a_day_on_which_clocks_change_belongs_to_it(self, zone: str, day: date) -> None:
        clock = Clock(datetime.combine(day - timedelta(days=1), time(12), ZoneInfo(zone)).astimezone(UTC))
        agency = agency_over(MemoryStore(), clock=clock, zone=zone)
        days = []
        for _ in range(48 * 2):
            agency.write("C-1", contact(date(2011, 1, 1)), by="w-7")
            days.append(agency.today)
            clock.now += timedelta(minutes=30)
        for asked in sorted(set(days)):
            assert agency.read("C-1", known_on=asked).number == sum(each <= asked for each in days)

    def test_a_clock_set_back_does_not_reorder(self, store: Store) -> None:
        clock = Clock()
        agency = agency_over(store, MODEL, clock=clock)
        wrote(agency, "C-1", ADMITTED, contact(4, minutes=20))
        clock.now -= timedelta(days=10)
        agency.write("C-1", contact(4, minutes=30), by="w-7")
        lines = agency.read("C-1").lines
        assert [line.number for line in lines] == [1, 2, 3]
        assert [line.recorded_at for line in lines] == sorted(line.recorded_at for line in lines)
        assert [one.minutes for one in agency.read("C-1").contacts] == [20, 30]

    def test_as_of_is_when_it_happened_and_known_on_is_when_it_was_written_down(self, store: Store) -> None:
        clock = Clock()
        agency = agency_over(store, MODEL, clock=clock)
        clock.set(date(2026, 3, 5))
        wrote(agency, "C-1", ADMITTED, contact(4, minutes=30))
        first = agency.read("C-1").lines[1].entry_id
        clock.set(date(2026, 3, 20))
        to = contact(2, minutes=45)
        wrote(agency, "C-1", Correction(corrected_on=date(2026, 3, 20), of=first, to=to, reason="wrong day"))
        minutes = {
            (as_of, known_on): [one.minutes for one in agency.read("C-1", as_of=as_of, known_on=known_on).contacts]
            for as_of in (date(2026, 3, 3), date(2026, 3, 4))
            for known_on in (date(2026, 3, 19), date(2026, 3, 20), None)
        }
        assert list(minutes.values()) == [[], [45], [45], [30], [45], [45]]

    def test_a_corrected_contact_was_written_down_when_the_original_was(self) -> None:
        clock = Clock()
        agency = agency_over(MemoryStore(), MODEL, clock=clock)
        clock.set(date(2026, 3, 4))
        wrote(agency, "C-1", ADMITTED, contact(4))
        clock.set(date(2026, 3, 20))
        to = contact(4, minutes=55)
        wrote(agency, "C-1", Correction(corrected_on=date(2026, 3, 20), of="id-2", to=to, reason="length"))
        assert not [found for found in agency.checklist("C-1").findings if found.code.startswith("note")]

    def test_nothing_is_written_before_its_day(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        wrote(agency, "C-1", ADMITTED)
        before = everything_in(store)
        with pytest.raises(NotPossible, match="after 2026-03-31"):
            agency.write("C-1", contact(date(2026, 4, 1)), by="w-7")
        assert everything_in(store) == before


class TestRefusing:
    """What may not be written is refused with every reason, and nothing is written."""

    def test_every_reason_is_there_and_the_store_is_as_it_was(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        wrote(agency, "C-1", ADMITTED, discharged(20))
        before = everything_in(store)
        plan = PlanDrafted(
            drafted_on=date(2026, 4, 2), plan_id="p-1", plan_version=1, author="w-7", goals=("g-1", "g-2")
        )
        with pytest.raises(NotPossible) as caught:
            agency.write("C-1", plan, by="w-7")
        verdict = caught.value.verdict
        assert verdict == agency.may_write("C-1", plan)
        assert len(verdict.parts) == 4
        told = str(caught.value)
        assert all(reason in told for reason in ("after 2026-03-31", "discharged on 2026-03-20", "g-1", "g-2"))
        assert everything_in(store) == before

    def test_a_case_that_was_refused_its_first_entry_does_not_begin(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        with pytest.raises(NotPossible):
            agency.write("C-1", discharged(20), by="w-7")
        assert list(agency.cases()) == []

    def test_a_late_entry_is_marked_as_such_where_the_rulebook_asks(self, store: Store) -> None:
        limits = LateEntryLimits(late_after=Span(days=7), refused_after=Span(days=20))
        book = Rulebook(
            name="late",
            version="1",
            title="Late entries (invented)",
            layer=Layer.AGENCY,
            standards=(
                Standard.fixed("record/late", limits, since=MARCH_1, source=Source(cite="Manual 1", invented=True)),
            ),
        )
        agency = agency_over(store, book)
        wrote(agency, "C-1", contact(24))
        with pytest.raises(NotPossible, match="a late entry, with the reason"):
            agency.write("C-1", contact(23), by="w-7")
        agency.write("C-1", LateEntry(entered_on=TODAY, entry=contact(23), reason="away"), by="w-7")
        with pytest.raises(NotPossible, match="still taken"):
            agency.write("C-1", LateEntry(entered_on=TODAY, entry=contact(10), reason="away"), by="w-7")


class TestWritingAgain:
    """With the host's own id an entry is there once, however often it is written."""

    def test_the_record_comes_back_as_it_is(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        wrote(agency, "C-1", ADMITTED)
        first = agency.write("C-1", contact(4), by="w-7", entry_id="row-12")
        before = everything_in(store)
        again = agency.write("C-1", contact(4), by="w-7", entry_id="row-12")
        assert again.lines == first.lines
        assert everything_in(store) == before

    def test_also_when_it_could_not_be_written_any_more(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        goal = GoalSet(set_on=date(2026, 3, 5), goal_id="g-1", words="work again", in_clients_words=True)
        wrote(agency, "C-1", ADMITTED, goal)
        progress = ProgressNoted(noted_on=date(2026, 3, 25), goal_id="g-1", note="going well")
        agency.write("C-1", progress, by="w-7", entry_id="row-1")
        wrote(agency, "C-1", StrikeOut(struck_on=TODAY, of="row-1", reason="wrong client"), discharged(20))
        assert agency.may_write("C-1", progress).is_no
        assert agency.write("C-1", progress, by="w-7", entry_id="row-1").number == 5

    @pytest.mark.parametrize(("case", "day", "by"), [("C-1", 5, "w-7"), ("C-1", 4, "w-8"), ("C-2", 4, "w-7")])
    def test_the_id_is_not_used_for_anything_else(self, store: Store, case: str, day: int, by: str) -> None:
        agency = agency_over(store, MODEL)
        agency.write("C-1", contact(4), by="w-7", entry_id="row-12")
        before = everything_in(store)
        with pytest.raises(NotReadable):
            agency.write(case, contact(day), by=by, entry_id="row-12")
        assert everything_in(store) == before

    def test_in_the_hour_that_clocks_are_set_back_over_too(self, store: Store) -> None:
        clock = Clock(datetime(2026, 12, 1, tzinfo=UTC))
        agency = agency_over(store, MODEL, clock=clock)
        began = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo(NEW_YORK))
        night = contact(date(2026, 11, 1), began_at=began)
        agency.write("C-1", night, by="w-7", entry_id="row-12")
        assert agency.write("C-1", night, by="w-7", entry_id="row-12").number == 1
        later = contact(date(2026, 11, 1), began_at=began.replace(fold=1))
        with pytest.raises(NotReadable):
            agency.write("C-1", later, by="w-7", entry_id="row-12")

    def test_an_answer_that_was_lost_is_found_again(self, store: Store) -> None:
        between = Between(store)
        agency = agency_over(between, MODEL)
        wrote(agency, "C-1", ADMITTED)

        def lost() -> None:
            raise StoreUnavailable("no answer")

        between.after = lost
        with pytest.raises(StoreUnavailable) as caught:
            agency.write("C-1", contact(4), by="w-7", entry_id="row-12")
        assert caught.value.retry
        assert agency.write("C-1", contact(4), by="w-7", entry_id="row-12").number == 2

    def test_a_store_that_fails_acknowledges_nothing(self, store: Store) -> None:
        between = Between(store)
        agency = agency_over(between, MODEL)
        wrote(agency, "C-1", ADMITTED)
        before = everything_in(store)

        def down() -> None:
            raise StoreUnavailable("the disk is full")

        between.before = down
        with pytest.raises(StoreUnavailable):
            agency.write("C-1", contact(4), by="w-7")
        assert everything_in(store) == before
        assert agency.read("C-1").number == 1
        listed = list(agency.worklist(case="C-1"))
        assert listed == list(agency_over(store, MODEL).worklist(case="C-1"))
        wrote(agency, "C-1", contact(4))


class TestTwoDesks:
    """Who wrote first is heard; the other reads and decides again."""

    def test_the_second_writer_is_told_and_nothing_is_lost(self, store: Store) -> None:
        between = Between(store)
        slow, quick = agency_over(between, MODEL), agency_over(store, MODEL, new_id=lambda: "quick")
        wrote(slow, "C-1", ADMITTED)
        between.before = lambda: wrote(quick, "C-1", contact(3))
        with pytest.raises(RecordMoved) as caught:
            slow.write("C-1", contact(4), by="w-8")
        assert caught.value.retry
        assert [one.held_on.day for one in slow.read("C-1").contacts] == [3]
        slow.write("C-1", contact(4), by="w-8")
        assert [one.held_on.day for one in quick.read("C-1").contacts] == [3, 4]
        assert [row.number for row in store.index()] == [3]

    def test_what_became_impossible_in_between_is_refused(self, store: Store) -> None:
        between = Between(store)
        slow, quick = agency_over(between, MODEL), agency_over(store, MODEL, new_id=lambda: "quick")
        wrote(slow, "C-1", ADMITTED)
        between.before = lambda: wrote(quick, "C-1", discharged(20))
        late = GoalSet(set_on=date(2026, 3, 25), goal_id="g-1", words="work again", in_clients_words=True)
        with pytest.raises(RecordMoved):
            slow.write("C-1", late, by="w-8")
        with pytest.raises(NotPossible):
            slow.write("C-1", late, by="w-8")


class TestTogether:
    """One contact that concerned several clients is written in all their records, or in none."""

    def test_each_record_has_its_copy_and_nothing_of_the_others(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        records = agency.write_together(["C-1", "C-2", "C-1"], contact(4), by="w-7", shared="group-9")
        assert sorted(records) == ["C-1", "C-2"]
        for case, other in (("C-1", "C-2"), ("C-2", "C-1")):
            (one,) = agency.read(case).contacts
            assert one == contact(4, shared="group-9")
            assert other not in repr(store.load(case))
            assert records[case].lines == agency.read(case).lines

    def test_a_contact_that_has_a_shared_id_keeps_it_and_without_one_gets_one(self) -> None:
        agency = agency_over(MemoryStore(), MODEL)
        agency.write_together(["C-1"], contact(4, shared="own"), by="w-7", shared="other")
        agency.write_together(["C-1", "C-2"], contact(5), by="w-7")
        assert [one.shared for one in agency.read("C-1").contacts] == ["own", "id-1"]
        assert [one.shared for one in agency.read("C-2").contacts] == ["id-1"]

    def test_one_refusal_is_for_all(self, store: Store) -> None:
        limits = LateEntryLimits(late_after=Span(days=7))
        late = Standard.fixed("record/late", limits, since=MARCH_1, source=Source(cite="Manual 1", invented=True))
        book = Rulebook(
            name="late", version="1", title="Late", layer=Layer.PROGRAM, standards=(late,), programs=("ICM",)
        )
        agency = agency_over(store, book)
        wrote(agency, "C-2", ADMITTED)
        before = everything_in(store)
        with pytest.raises(NotPossible, match="C-2"):
            agency.write_together(["C-1", "C-2"], contact(4), by="w-7")
        assert everything_in(store) == before

    def test_somebody_wrote_to_one_of_them_first(self, store: Store) -> None:
        between = Between(store)
        agency, other = agency_over(between, MODEL), agency_over(store, MODEL, new_id=lambda: "other")
        between.before = lambda: wrote(other, "C-2", ADMITTED)
        with pytest.raises(RecordMoved):
            agency.write_together(["C-1", "C-2"], contact(4), by="w-7", shared="g")
        assert list(store.cases()) == ["C-2"]
        agency.write_together(["C-1", "C-2"], contact(4), by="w-7", shared="g")
        before = everything_in(store)
        agency.write_together(["C-1", "C-2"], contact(4), by="w-7", shared="g")
        assert everything_in(store) == before


class TestExemptions:
    """A standard lifted for a case is lifted on its days, and holds again after them."""

    def states(self, agency: Agency, day: date) -> set[str]:
        return {due.standard for due in agency.worklist(as_of=day)}

    def test_it_lifts_and_ends(self, store: Store) -> None:
        clock = Clock()
        agency = agency_over(store, MODEL, clock=clock)
        wrote(agency, "C-1", ADMITTED)
        assert "assessments/comprehensive" in self.states(agency, date(2026, 3, 31))
        exemption = Exemption(
            granted_on=TODAY,
            exemption_id="x-1",
            standard="assessments/comprehensive",
            reason="flooding",
            authority="director",
            since=date(2026, 4, 5),
            until=date(2026, 5, 15),
        )
        wrote(agency, "C-1", exemption)
        days = {day: "assessments/comprehensive" in self.states(agency, day) for day in (
            date(2026, 4, 4), date(2026, 4, 5), date(2026, 5, 14), date(2026, 5, 15),
        )}  # fmt: skip
        assert list(days.values()) == [True, False, False, True]
        checked = agency.checklist("C-1", as_of=date(2026, 4, 5))
        (lifted,) = [due for due in checked.dues if due.standard == "assessments/comprehensive"]
        assert lifted.state is DueState.LIFTED
        assert "flooding" in str(lifted.lifted_because)
        clock.set(date(2026, 4, 20))
        wrote(agency, "C-1", ExemptionEnded(ended_on=date(2026, 4, 20), exemption_id="x-1", reason="dry again"))
        assert "assessments/comprehensive" not in self.states(agency, date(2026, 4, 19))
        assert "assessments/comprehensive" in self.states(agency, date(2026, 4, 20))


class TestRules:
    """A case is held to the rules of its program, in the versions it is pinned to."""

    def book(self, version: str, at_least: int) -> Rulebook:
        text = rulebook_toml(MODEL).replace('version = "2025.2"', f'version = "{version}"')
        return read_rulebook(text.replace("at_least = 4,", f"at_least = {at_least},"), RULES)

    def asked_for(self, agency: Agency, day: date) -> list[str]:
        dues = agency.checklist("C-1", as_of=day).dues
        return [due.what[:1] for due in dues if due.standard == "contacts/face-to-face" and day in due.window]

    def test_a_pin_changes_the_answer_from_its_day(self, store: Store) -> None:
        clock = Clock(datetime(2026, 3, 1, 9, tzinfo=UTC))
        agency = agency_over(store, self.book("2026.1", 4), self.book("2026.2", 2), clock=clock)
        wrote(agency, "C-1", ADMITTED, ASSIGNED)
        for day, version in ((10, "2026.1"), (20, None)):
            clock.set(date(2026, 3, day))
            pin = RulebookPinned(
                pinned_on=date(2026, 3, day), rulebook="model-agency", pinned_to=version, reason="as agreed"
            )
            wrote(agency, "C-1", pin)
        asked = {day: self.asked_for(agency, date(2026, 3, day)) for day in (1, 9, 10, 19, 20, 31)}
        assert asked == {1: ["2"], 9: ["2"], 10: ["4"], 19: ["4"], 20: ["2"], 31: ["2"]}
        for day in asked:
            listed = agency.worklist(worker="w-7", as_of=date(2026, 3, day))
            assert [due.what[:1] for due in listed if due.standard == "contacts/face-to-face"] == asked[day]

    def test_a_pin_to_what_is_not_loaded_writes_nothing(self, store: Store) -> None:
        agency = agency_over(store, MODEL)
        wrote(agency, "C-1", ADMITTED)
        before = everything_in(store)
        pin = RulebookPinned(pinned_on=TODAY, rulebook="model-agency", pinned_to="1999.1", reason="no")
        with pytest.raises(NotPossible, match="opening the agency with that version"):
            agency.write("C-1", pin, by="w-7")
        assert everything_in(store) == before
        assert agency.may_write("C-1", attrs.evolve(pin, pinned_to="2025.2")).is_yes
        assert agency.may_write("C-1", attrs.evolve(pin, pinned_to=None)).is_yes

    def test_before_its_admission_a_case_has_no_program(self) -> None:
        agency = agency_over(MemoryStore(), MODEL)
        record = agency.write("C-1", ADMITTED, by="w-7")
        assert agency.rules(record, MARCH_1) is agency.rules(record, TODAY)
        only_icm = read_rulebook(
            model_rulebook_text().replace('layer = "agency"', 'layer = "program"\nprograms = ["ICM"]'), RULES
        )
        agency = agency_over(MemoryStore(), only_icm)
        record = agency.write("C-1", ADMITTED, by="w-7")
        assert not agency.rules(record, date(2026, 2, 28)).standards
        assert agency.rules(record, MARCH_1).standards


class TestWorkers:
    """A worklist is of those cases for which the worker is accountable on that day."""

    def test_a_case_moves_from_worker_to_worker(self, store: Store) -> None:
        clock = Clock()
        agency = agency_over(store, MODEL, clock=clock)
        clock.set(date(2026, 3, 1))
        wrote(agency, "C-1", ADMITTED, ASSIGNED)
        clock.set(date(2026, 3, 10))
        wrote(agency, "C-1", WorkerAssigned(assigned_on=date(2026, 3, 10), worker="w-8"))
        clock.set(date(2026, 3, 20))
        wrote(agency, "C-1", WorkerRelieved(relieved_on=date(2026, 3, 20), worker="w-8"))
        whose = {
            day: [worker for worker in ("w-7", "w-8") if list(agency.worklist(worker=worker, as_of=date(2026, 3, day)))]
            for day in (1, 9, 10, 19, 20, 31)
        }
        assert whose == {1: ["w-7"], 9: ["w-7"], 10: ["w-8"], 19: ["w-8"], 20: [], 31: []}
        assert list(agency.worklist(as_of=date(2026, 3, 31)))
        assert not [due for due in agency.worklist(as_of=date(2026, 3, 31)) if due.worker]


def test_ids_come_from_the_host_in_order() -> None:
    agency = agency_over(MemoryStore(), new_id=numbered())
    agency.write("C-1", Admission(admitted_on=MARCH_1, client="P-1", program="ICM"), by="w-1")
    assert [line.entry_id for line in agency.write("C-1", contact(4), by="w-1").lines] == ["id-1", "id-2"]


@attrs.frozen(kw_only=True)
class HostShift(Entry, kind="host-night-shift", dated="worked_on"):
    worked_on: date
    hours: int


class TestAHostsOwnEntries:
    """A host adds its own kinds of entries; a desk that does not know them keeps them and leaves them aside."""

    def test_they_are_written_and_read_by_the_desk_that_knows_them(self) -> None:
        store = MemoryStore()
        entry = HostShift(worked_on=date(2026, 3, 2), hours=8)
        clock = lambda: datetime(2026, 3, 2, 12, tzinfo=UTC)  # noqa: E731  # a clock is a function
        with Agency(store, clock=clock, kinds=Kinds(added=[HostShift])) as agency:
            agency.write("C-1", entry, by="w-7")
            assert agency.read("C-1").of(HostShift) == (entry,)
            record = Agency(store, clock=clock).read("C-1")
            assert [line.entry_id for line in record.opaque] == [record.lines[0].entry_id]
            with pytest.raises(NotReadable, match="known kind"):
                Agency(store, clock=clock).write("C-1", entry, by="w-7")
