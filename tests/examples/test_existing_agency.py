"""The example mapping, held against what other people's code says about the same database."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import bhsim  # type: ignore[import-untyped]
import casecore_sql
import pytest

from casecore.agency import Agency
from casecore.assessments import Assessment, built_in, score_assessment
from casecore.contacts import BillingUnits, Contact, Outcome, SumOver, UnitRounding, bill_contacts, units_of
from casecore.record import RULES, CaseRecord
from casecore.standards import lint_rulebook, read_rulebook
from casecore.terms import Due, Finding, read

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "existing_agency"
RULEBOOK = FOLDER / "rulebook.toml"
TODAY = date(2026, 10, 31)
ZONE = "America/New_York"


def load_mapping() -> Any:
    spec = importlib.util.spec_from_file_location("existing_agency_mapping", FOLDER / "mapping.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


mapping = load_mapping()


class Adopted(NamedTuple):
    """The agency of the issue, adopted once: its old database, its desk, its records, what was left behind."""

    old: sqlite3.Connection
    path: Path
    agency: Agency
    records: dict[str, CaseRecord]
    refused: list[Any]
    left: tuple[Any, ...]

    def table(self, query: str) -> list[sqlite3.Row]:
        return self.old.execute(query).fetchall()

    def count(self, query: str) -> int:
        return int(self.old.execute(query).fetchone()[0])

    def left_of(self, table: str) -> int:
        return sum(one.how_many for one in self.left if one.what == table)


def open_agency(folder: Path) -> Agency:
    noon = datetime.combine(TODAY, time(12), ZoneInfo(ZONE))
    url = f"sqlite:///{folder / 'casecore.db'}?synchronous=NORMAL"
    return Agency.open(url, plugins=[casecore_sql], rulebooks=[RULEBOOK], zone=ZONE, clock=lambda: noon)


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adopted]:
    folder = tmp_path_factory.mktemp("agency")
    path = folder / "agency.sqlite"
    bhsim.generate(path, bhsim.Config(clients=300, employees=25, months=12, reference_date=TODAY.isoformat(), seed=7))
    old = sqlite3.connect(path)
    old.row_factory = sqlite3.Row
    with open_agency(folder) as agency:
        agency_before = mapping.OldAgency(path, zone=agency.zone)
        refused = [each for one in agency.adopt(agency_before.cases()) for each in one.refused]
        left = agency_before.left_behind()
        agency_before.close()
        yield Adopted(old, path, agency, {case: agency.read(case) for case in agency.cases()}, refused, left)
    old.close()


def facts_of(adopted: Adopted, kind: type) -> dict[str, Any]:
    """The adopted entries of a class by the old system's id."""
    return {
        line.entry_id.split("/")[1]: line.entry
        for record in adopted.records.values()
        for line in record.lines
        if isinstance(line.entry, kind)
    }


class TestScores:
    """Totals worked out here equal those that the old system kept, on every row."""

    def test_every_total(self, adopted: Adopted) -> None:
        theirs = {row["assessment_id"]: row["total_score"] for row in adopted.table("SELECT * FROM assessment_scores")}
        ours = {
            old_id: score_assessment(built_in(assessment.instrument), assessment)
            for old_id, assessment in facts_of(adopted, Assessment).items()
        }
        assert len(theirs) > 1000
        assert {old_id: score.total for old_id, score in ours.items() if score.is_known} == theirs

    def test_an_assessment_not_finished_has_no_total_and_meets_nothing(self, adopted: Adopted) -> None:
        rows = adopted.table("SELECT assessment_id FROM assessments WHERE status <> 'COMPLETE'")
        kept = facts_of(adopted, Assessment)
        assert rows
        for row in rows:
            assessment = kept[row["assessment_id"]]
            assert score_assessment(built_in(assessment.instrument), assessment).missing
            assert assessment.about.endswith(", not finished")


class TestUnits:
    """
    Units worked out here equal those that the old system kept, on every row.

    bhsim keeps an interval for each program, and always 15 minutes; its code divides by a fixed 15 and never reads
    the interval. What units of another interval would be, it does not say: one unit from half of it on is ours.
    """

    def rules(self, adopted: Adopted) -> dict[str, BillingUnits]:
        rows = adopted.table(
            "SELECT program_code, interval_minutes FROM productivity_rules JOIN programs USING (program_id)"
        )
        return {
            row["program_code"]: read(
                {
                    "unit_minutes": row["interval_minutes"],
                    "rounding": "threshold",
                    "threshold_minutes": row["interval_minutes"] // 2 + 1,
                    "sum_over": "contact",
                },
                BillingUnits,
            )
            for row in rows
        }

    def test_every_visit(self, adopted: Adopted) -> None:
        theirs = {
            row["visit_id"]: row["productivity_units"] for row in adopted.table("SELECT * FROM visit_productivity")
        }
        rules, ours = self.rules(adopted), dict.fromkeys(theirs, Fraction(0))
        for record in adopted.records.values():
            assert record.admission is not None
            for line in record.lines:
                if isinstance(line.entry, Contact):
                    billed = bill_contacts([line.entry], rules[record.admission.program])
                    assert billed.is_known
                    ours[line.entry_id.removeprefix("visit/")] = billed.units
        assert len(theirs) > 4000
        assert ours == theirs

    def test_the_rulebook_says_the_same_as_the_old_rules(self, adopted: Adopted) -> None:
        standards = {standard.name: standard for standard in read_rulebook(RULEBOOK, RULES).standards}
        assert set(self.rules(adopted).values()) == {standards["contacts/units"].on(TODAY).rule}

    def test_an_interval_other_than_15_minutes(self) -> None:
        of_ten = BillingUnits(
            unit_minutes=10, rounding=UnitRounding.THRESHOLD, threshold_minutes=6, sum_over=SumOver.CONTACT
        )
        assert [int(units_of(minutes, of_ten)) for minutes in (5, 6, 15, 16)] == [0, 1, 1, 2]


class TestNothingIsLost:
    """Every row is adopted, or counted among what could not be carried over."""

    def test_nothing_is_refused(self, adopted: Adopted) -> None:
        assert not adopted.refused

    @pytest.mark.parametrize(
        ("table", "kind"), [("visits", Contact), ("assessments", Assessment)], ids=["visits", "assessments"]
    )
    def test_rows_add_up(self, adopted: Adopted, table: str, kind: type) -> None:
        assert len(facts_of(adopted, kind)) + adopted.left_of(table) == adopted.count(f"SELECT count(*) FROM {table}")

    def test_every_enrollment_is_a_case(self, adopted: Adopted) -> None:
        rows = adopted.table("SELECT * FROM individual_programs")
        assert {row["enrollment_id"] for row in rows} == set(adopted.records)
        for row in rows:
            record = adopted.records[row["enrollment_id"]]
            assert record.admission is not None
            assert record.admission.client == row["individual_id"]
            assert record.admission.admitted_on.isoformat() == row["start_date"]
            assert (record.discharge.discharged_on.isoformat() if record.discharge else None) == row["end_date"]

    def test_every_person_has_a_case_or_is_counted(self, adopted: Adopted) -> None:
        clients = {record.admission.client for record in adopted.records.values() if record.admission}
        assert len(clients) + adopted.left_of("individuals") == adopted.count("SELECT count(*) FROM individuals")

    def test_every_answer_is_there(self, adopted: Adopted) -> None:
        answers = sum(len(assessment.answers) for assessment in facts_of(adopted, Assessment).values())
        assert answers == adopted.count("SELECT count(*) FROM assessment_responses")

    def test_every_table_is_spoken_of(self, adopted: Adopted) -> None:
        carried = {
            "individuals", "programs", "visit_types", "locations", "individual_programs", "visits", "assessments",
            "assessment_instruments", "assessment_responses",
        }  # fmt: skip
        tables = {row["name"] for row in adopted.table("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == carried | set(mapping.NOT_CASE_FACTS)
        for table in mapping.NOT_CASE_FACTS:
            assert adopted.left_of(table) == adopted.count(f"SELECT count(*) FROM {table}")

    def test_what_is_left_is_appointments_that_were_not_kept_as_contacts(self, adopted: Adopted) -> None:
        theirs = Counter(row["visit_status"] for row in adopted.table("SELECT visit_status FROM visits"))
        ours = Counter(contact.outcome for contact in facts_of(adopted, Contact).values())
        assert ours == {
            Outcome.HELD: theirs["COMPLETED"],
            Outcome.NO_SHOW: theirs["NO_SHOW"],
            Outcome.CANCELLED: theirs["CANCELED"],
        }

    def test_what_no_enrollment_covers_is_counted(self, adopted: Adopted, tmp_path: Path) -> None:
        path = tmp_path / "changed.sqlite"
        path.write_bytes(adopted.path.read_bytes())
        with sqlite3.connect(path) as changed:
            visit = changed.execute("SELECT visit_id FROM visits WHERE visit_status = 'COMPLETED' LIMIT 1").fetchone()[
                0
            ]
            changed.execute("UPDATE visits SET scheduled_start = '2019-01-01T09:00' WHERE visit_id = ?", (visit,))
        changed.close()
        old = mapping.OldAgency(path, zone=UTC)
        ids = {entry.entry_id for _, entries in old.cases() for entry in entries}
        assert f"visit/{visit}" not in ids
        assert ("visits", "no enrollment of that person in that program covers the day", 1) in old.left_behind()
        old.close()


class TestTimes:
    """Wall-clock times are read in the zone that the host says, and times of writing are kept."""

    def test_a_visit(self, adopted: Adopted) -> None:
        row = adopted.table("SELECT * FROM visits WHERE visit_status = 'COMPLETED' LIMIT 1")[0]
        contact = facts_of(adopted, Contact)[row["visit_id"]]
        assert contact.began_at == datetime.fromisoformat(row["actual_start"]).replace(tzinfo=ZoneInfo(ZONE))
        assert contact.minutes == row["actual_duration_minutes"]
        assert contact.written_on.isoformat() == row["documented_at"][:10]

    def test_a_case_as_known_before_a_note_was_written_lacks_it(self, adopted: Adopted) -> None:
        row = adopted.table(
            "SELECT * FROM visits WHERE visit_status = 'COMPLETED' AND date(documented_at) > date(actual_start) LIMIT 1"
        )[0]
        case = next(
            case
            for case, record in adopted.records.items()
            if any(line.entry_id == f"visit/{row['visit_id']}" for line in record.lines)
        )
        held, written = (date.fromisoformat(row[name][:10]) for name in ("actual_start", "documented_at"))
        ids = {
            day: {line.entry_id for line in adopted.agency.read(case, known_on=day).lines} for day in (held, written)
        }
        assert f"visit/{row['visit_id']}" not in ids[held]
        assert f"visit/{row['visit_id']}" in ids[written]


class TestSecondTime:
    """Adopting twice changes nothing."""

    def test_nothing_is_written_again(self, adopted: Adopted) -> None:
        old = mapping.OldAgency(adopted.path, zone=adopted.agency.zone)
        again = list(adopted.agency.adopt(old.cases()))
        assert len(old) == len(again) == len(adopted.records)
        assert not any(one.written or one.refused for one in again)
        assert sum(one.already_there for one in again) == sum(record.number for record in adopted.records.values())
        assert {case: adopted.agency.read(case).lines for case in adopted.agency.cases()} == {
            case: record.lines for case, record in adopted.records.items()
        }
        assert old.left_behind() == adopted.left
        old.close()

    def test_reading_twice_counts_once(self, adopted: Adopted) -> None:
        old = mapping.OldAgency(adopted.path, zone=adopted.agency.zone)
        assert list(old.cases()) == list(old.cases())
        assert old.left_behind() == adopted.left
        old.close()


class TestWorklist:
    """The worklist from the due index is what judging every case in full gives."""

    @pytest.mark.parametrize("day", [TODAY, date(2026, 11, 1), date(2026, 12, 15), date(2026, 6, 30)], ids=str)
    def test_it_equals_the_full_review(self, adopted: Adopted, day: date) -> None:
        worklist = adopted.agency.worklist(as_of=day)
        dues: list[Due] = []
        findings: list[Finding] = []
        for case in adopted.records:
            judged = adopted.agency.checklist(case, as_of=day)
            dues += [due.belonging_to(case, judged.worker) for due in judged.dues if due.state.is_open]
            findings += [found.belonging_to(case, judged.worker) for found in judged.findings]
        assert Counter(worklist) == Counter(dues)
        assert Counter(worklist.findings) == Counter(findings)
        assert len(worklist) > 100

    def test_plans_are_asked_for_from_the_day_the_manual_says(self, adopted: Adopted) -> None:
        owed = {day: {due.code for due in adopted.agency.worklist(as_of=day)} for day in (TODAY, date(2026, 11, 1))}
        assert "first-plan-owed" not in owed[TODAY]
        assert "first-plan-owed" in owed[date(2026, 11, 1)]


class TestRulebook:
    """The agency's rulebook is plainly invented, and sound."""

    def test_the_linter_finds_nothing(self) -> None:
        assert not lint_rulebook(RULEBOOK, RULES)

    def test_it_is_for_the_programs_of_the_database(self, adopted: Adopted) -> None:
        book = read_rulebook(RULEBOOK, RULES)
        assert book.invented
        assert set(book.programs) == {row["program_code"] for row in adopted.table("SELECT program_code FROM programs")}
