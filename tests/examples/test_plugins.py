"""The example plugins, each at a desk as a host would use it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import casecore_sql
import pytest

from casecore.agency import Agency, instruments_of
from casecore.assessments import Assessment, ItemAnswer, score_assessment
from casecore.contacts import Contact, Mode, Outcome
from casecore.intake import Admission
from casecore.record import Opaque
from casecore.staff import WorkerAssigned
from casecore.terms import DueState, NotPossible, PluginFault
from examples.plugins import town_shelter
from examples.plugins.own_cases_only import OwnCasesOnly
from examples.plugins.tally import Tally
from examples.plugins.town_directory import TownDirectory
from examples.plugins.town_shelter import BedGiven, SearchBegun

FRIDAY = date(2026, 3, 6)
ADMITTED = Admission(admitted_on=date(2026, 3, 1), client="P-1", program="shelter")
ASSIGNED = WorkerAssigned(assigned_on=date(2026, 3, 1), worker="w-7")
VISIT = Contact(held_on=FRIDAY, mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=30)


def at(day: date) -> Any:
    return lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def desk(*plugins: object, url: str = "sqlite://", today: date = date(2026, 3, 31), **more: Any) -> Agency:
    return Agency.open(url, plugins=[casecore_sql, *plugins], clock=at(today), **more)


class TestTownShelter:
    """A plugin's own entries are written and read, its rule is asked, its review judges, its calendar counts."""

    def test_the_search_is_owed_within_three_days_on_which_the_town_hall_is_open(self) -> None:
        with desk(town_shelter, rulebooks=["town-shelter"]) as agency:
            for entry in (ADMITTED, ASSIGNED, BedGiven(given_on=FRIDAY, bed="b-1")):
                agency.write("C-1", entry, by="w-7")
            (due,) = agency.worklist(worker="w-7")
            # Monday and Tuesday the town hall is closed: Wednesday, Thursday, Friday
            assert (due.code, due.by, due.state) == ("town-shelter-search-owed", date(2026, 3, 13), DueState.OVERDUE)
            assert due.source is not None
            assert due.source.cite == "House rules of the shelter, 3"
            agency.write("C-1", SearchBegun(begun_on=date(2026, 3, 12), bed="b-1", where="Vestal"), by="w-7")
            assert list(agency.worklist(worker="w-7")) == []
            (met,) = agency.checklist("C-1").dues
            assert met.state is DueState.MET
            assert agency.read("C-1").of(SearchBegun)[0].where == "Vestal"

    def test_without_the_plugin_its_entries_are_kept_and_its_dues_are_gone(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'a.db'}"
        with desk(town_shelter, url=url, rulebooks=["town-shelter"]) as agency:
            for entry in (ADMITTED, ASSIGNED, BedGiven(given_on=FRIDAY, bed="b-1")):
                agency.write("C-1", entry, by="w-7")
            assert len(agency.worklist(worker="w-7")) == 1
        with desk(url=url) as agency:
            assert len(agency.worklist(worker="w-7")) == 0
            (line,) = agency.read("C-1").opaque
            assert isinstance(line.entry, Opaque)
            assert line.entry.of_kind == "town-shelter/bed-given"
        with desk(town_shelter, url=url, rulebooks=["town-shelter"]) as agency:
            assert len(agency.worklist(worker="w-7")) == 1

    def test_its_instrument_scores(self) -> None:
        instrument = instruments_of([town_shelter])["town-housing@1"]
        answers = tuple(ItemAnswer(item=item.id, value=2) for item in instrument.items)
        filled = Assessment(
            completed_on=FRIDAY, assessment_id="a-1", about="housing", instrument=instrument.key, answers=answers
        )
        assert score_assessment(instrument, filled).total == 6
        with desk(town_shelter) as agency:
            assert set(agency.instruments) == {"phq-9@1", "gad-7@1", "town-housing@1"}


class TestTownDirectory:
    """A directory in a CSV file is searched by need, service and place."""

    @pytest.fixture
    def directory(self) -> TownDirectory:
        return TownDirectory(Path(str(town_shelter.__file__)).parents[1] / "town_directory" / "directory.csv")

    def test_it_is_searched(self, directory: TownDirectory) -> None:
        with desk(directory) as agency:
            assert [found.name for found in agency.resources(need="Housing")] == [
                "Elm Street Apartments",
                "County Housing Office",
            ]
            assert [found.id for found in agency.resources(need="housing", place="vestal")] == ["2"]
            assert [found.id for found in agency.resources(service="meals")] == ["3"]
            assert agency.resources(need="work") == ()
            assert {found.directory for found in agency.resources()} == {"town-directory"}

    def test_a_file_that_cannot_be_read_is_told_and_not_taken_for_an_empty_one(self, tmp_path: Path) -> None:
        (tmp_path / "odd.csv").write_text("id,name\n1,Elm\n")
        for name, error in (("none.csv", "FileNotFoundError"), ("odd.csv", "KeyError")):
            with desk(TownDirectory(tmp_path / name)) as agency, pytest.raises(PluginFault, match=error):
                agency.resources(need="housing")


class TestOwnCasesOnly:
    """A worker sees and writes in cases of their own; a supervisor everywhere; intake begins cases."""

    @pytest.fixture
    def agency(self) -> Any:
        with desk(OwnCasesOnly(supervisors={"s-1"}, intake={"i-1"}), rulebooks=["model-agency"]) as agency:
            for case, worker in (("C-1", "w-7"), ("C-2", "w-8")):
                agency.write(case, ADMITTED, by="i-1")
                agency.write(case, assigned_to(worker), by="s-1")
            yield agency

    def test_reading(self, agency: Agency) -> None:
        assert agency.read("C-1", by="w-7").number == 2
        assert agency.checklist("C-2", by="s-1").dues
        for by in ("w-8", "i-1", None):
            with pytest.raises(NotPossible):
                agency.read("C-1", by=by)
            with pytest.raises(NotPossible):
                agency.checklist("C-1", by=by)

    def test_lists_hold_only_what_one_may_see(self, agency: Agency) -> None:
        assert {due.case for due in agency.worklist(by="s-1")} == {"C-1", "C-2"}
        assert {due.case for due in agency.worklist(by="w-7")} == {"C-1"}
        assert {due.case for due in agency.worklist(worker="w-8", by="w-7")} == set()
        assert {due.case for due in agency.worklist(by="w-7", as_of=date(2026, 3, 20))} == {"C-1"}
        assert not agency.worklist(by="i-1").findings
        for by in ("w-8", None):
            with pytest.raises(NotPossible):
                agency.worklist(case="C-1", by=by)

    def test_writing(self, agency: Agency) -> None:
        agency.write("C-1", VISIT, by="w-7", entry_id="v-1")
        assert agency.may_write("C-1", VISIT, by="w-7").is_yes
        for by in ("w-8", None):
            assert not agency.may_write("C-1", VISIT, by=by).is_yes
        with pytest.raises(NotPossible) as refused:
            agency.write("C-1", VISIT, by="w-8")
        assert "a supervisor" in refused.value.verdict.would_satisfy
        with pytest.raises(NotPossible):  # not even told what is there already
            agency.write("C-1", VISIT, by="w-8", entry_id="v-1")
        with pytest.raises(NotPossible):
            agency.write_together(["C-1", "C-2"], VISIT, by="w-7", shared="group-1")
        assert agency.read("C-1", by="s-1").number == 3


def assigned_to(worker: str) -> WorkerAssigned:
    return WorkerAssigned(assigned_on=date(2026, 3, 1), worker=worker)


class TestTally:
    """A listener hears of what was written, once."""

    def test_it_counts(self) -> None:
        tally = Tally()
        with desk(tally) as agency:
            agency.write("C-1", ADMITTED, by="w-7", entry_id="a")
            agency.write("C-1", ADMITTED, by="w-7", entry_id="a")
            agency.write("C-1", VISIT, by="w-7")
            agency.write("C-2", ADMITTED, by="w-7")
            agency.write_together(["C-1", "C-2"], VISIT, by="w-7")
        assert tally.written == {"admission": 2, "contact": 3}
