"""
An agency's own database read as case records. Copy this file and put your tables in the place of these.

The tables are those of bhsim, which makes up behavioral-health agencies (``bhsim generate agency.sqlite``). An
enrollment of a person in a program becomes a case. Ids are the old ones, so adopting twice changes nothing. What the
database does not say is not made up in silence: it is counted, with the reason, see `OldAgency.left_behind`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from casecore.agency import OldEntry
from casecore.assessments import Assessment, ItemAnswer
from casecore.clients import ClientDescribed
from casecore.contacts import Contact, Mode, Outcome, Place
from casecore.discharges import Destination, Discharged, DischargeReason
from casecore.intake import Admission
from casecore.staff import WorkerAssigned
from casecore.terms import Entry

OUTCOMES = {"COMPLETED": Outcome.HELD, "NO_SHOW": Outcome.NO_SHOW, "CANCELED": Outcome.CANCELLED}
INSTRUMENTS = {"PHQ9 v1": ("phq-9@1", "depression"), "GAD7 v1": ("gad-7@1", "anxiety")}
TELEHEALTH = "Telehealth"  # the one location that is no place
OLD_SYSTEM = "old-system"  # who wrote what nobody is named for

# Enrollments include both their days. Where two hold, max() makes SQLite take the one begun last.
ENROLLED = """max(e.start_date), e.enrollment_id FROM {table} x
    LEFT JOIN individual_programs e ON e.individual_id = x.individual_id AND e.program_id = x.program_id
    AND date(x.{day}) >= e.start_date AND (e.end_date IS NULL OR date(x.{day}) <= e.end_date)"""
VISITS = f"""SELECT x.*, t.description, l.location_name, {ENROLLED.format(table="visits", day="scheduled_start")}
    JOIN visit_types t USING (visit_type_id) JOIN locations l USING (location_id) GROUP BY x.visit_id"""
ASSESSMENTS = f"""SELECT x.*, i.instrument_code || ' ' || i.instrument_version AS instrument, v.employee_id,
    (SELECT group_concat(item_number || '=' || response_value) FROM assessment_responses r
     WHERE r.assessment_id = x.assessment_id) AS answers, {ENROLLED.format(table="assessments", day="assessed_at")}
    JOIN assessment_instruments i USING (instrument_id) LEFT JOIN visits v ON v.visit_id = x.visit_id
    GROUP BY x.assessment_id"""
ENROLLMENTS = """SELECT e.*, i.full_name, i.date_of_birth, p.program_code, (
        SELECT o.enrollment_id FROM individual_programs o WHERE o.individual_id = e.individual_id
        AND o.program_id = e.program_id AND o.end_date < e.start_date ORDER BY o.end_date DESC LIMIT 1) AS follows
    FROM individual_programs e JOIN individuals i USING (individual_id) JOIN programs p USING (program_id)
    ORDER BY e.enrollment_id"""

NOT_CASE_FACTS = {
    "employees": "names and supervisors are no part of a case; their ids stand on what they wrote",
    "employee_programs": "who may work in which program is no part of a case",
    "employee_supervision": "who supervises whom is no part of a case",
    "productivity_rules": "became the standard contacts/units of the rulebook",
    "visit_productivity": "units are worked out again from the minutes",
    "assessment_scores": "totals are worked out again from the answers",
    "assessment_questions": "the wording of instruments is not kept",
    "answer_options": "the wording of instruments is not kept",
    "simulation_metadata": "says how the data were made",
}


class LeftBehind(NamedTuple):
    """What adoption could not carry over: rows of a table, or a fact about them; why, and how many."""

    what: str
    why: str
    how_many: int


class OldAgency:
    """The old database, its wall-clock times read as those of *zone*: it does not say which zone they are in."""

    def __init__(self, path: Path, *, zone: tzinfo) -> None:
        self._rows = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self._rows.row_factory = sqlite3.Row
        self._zone = zone
        self._left: Counter[tuple[str, str]] = Counter()

    def close(self) -> None:
        """Let go of the database."""
        self._rows.close()

    def __len__(self) -> int:
        """How many cases there are."""
        return self._count("SELECT count(*) FROM individual_programs")

    def cases(self) -> Iterator[tuple[str, list[OldEntry]]]:
        """For each enrollment its case id and its entries, in the order in which they were written down."""
        self._left.clear()
        visits, assessments = self._placed("visits", VISITS), self._placed("assessments", ASSESSMENTS)
        for row in self._rows.execute(ENROLLMENTS):
            case = row["enrollment_id"]
            entries = [*self._enrollment(row), *self._visits(visits[case]), *self._assessments(assessments[case])]
            yield case, sorted(entries, key=attrgetter("recorded_at"))  # of the same instant, in the order above

    def left_behind(self) -> tuple[LeftBehind, ...]:
        """What could not be carried over; complete once all `cases` have been read."""
        for table, why in NOT_CASE_FACTS.items():
            self._left[table, why] = self._count(f"SELECT count(*) FROM {table}")
        alone = "NOT IN (SELECT individual_id FROM individual_programs)"
        self._left["individuals", "in no program, so there is no case"] = self._count(
            f"SELECT count(*) FROM individuals WHERE individual_id {alone}"
        )
        self._left["individuals: sex", "the record has no place for it"] = self._count(
            "SELECT count(*) FROM individuals"
        )
        return tuple(LeftBehind(what, why, n) for (what, why), n in sorted(self._left.items()) if n)

    def _enrollment(self, row: Any) -> Iterator[OldEntry]:
        case, client, since = row["enrollment_id"], row["individual_id"], date.fromisoformat(row["start_date"])
        born_on = date.fromisoformat(row["date_of_birth"])
        self._left["enrollments: time of writing", "not kept; taken as the day itself"] += 1
        described = ClientDescribed(described_on=since, client=client, name=row["full_name"], born_on=born_on)
        admission = Admission(admitted_on=since, client=client, program=row["program_code"], follows=row["follows"])
        yield self._old(f"enrollment/{case}/client", described, OLD_SYSTEM, self._midnight(since))
        yield self._old(f"enrollment/{case}/admission", admission, OLD_SYSTEM, self._midnight(since))
        if row["end_date"]:
            yield self._discharge(case, date.fromisoformat(row["end_date"]))

    def _discharge(self, case: str, ended_on: date) -> OldEntry:
        self._left["enrollments: reason and destination", "not kept; written as other, unplanned, not known"] += 1
        discharged = Discharged(
            discharged_on=ended_on,
            reason=DischargeReason.OTHER,
            is_planned=False,
            destination=Destination.NOT_KNOWN,
            in_own_words="The old system keeps the last day only.",
        )
        return self._old(f"enrollment/{case}/end", discharged, OLD_SYSTEM, self._midnight(ended_on))

    def _visits(self, rows: list[Any]) -> Iterator[OldEntry]:
        taken = [row for row in rows if row["visit_status"] in OUTCOMES]
        if taken:
            yield self._worker(taken)
        else:
            self._left["enrollments: accountable worker", "not kept, and no visit tells"] += 1
        for row in taken:
            yield self._old(f"visit/{row['visit_id']}", self._contact(row), row["employee_id"], self._written_at(row))
        for row in rows:
            if row["visit_status"] not in OUTCOMES:
                self._left["visits", f"{row['visit_status'].lower()}: an appointment, not a contact"] += 1

    def _worker(self, visits: list[Any]) -> OldEntry:
        """Nobody is named as accountable there: taken is who had most visits, from the first of them on."""
        self._left["enrollments: accountable worker", "not kept; taken as who had the most visits"] += 1
        most = Counter(row["employee_id"] for row in sorted(visits, key=lambda row: row["scheduled_start"]))
        worker = most.most_common(1)[0][0]  # of equals, who came first
        first = min(row["scheduled_start"] for row in visits if row["employee_id"] == worker)
        assigned = WorkerAssigned(assigned_on=date.fromisoformat(first[:10]), worker=worker)
        case = visits[0]["enrollment_id"]
        return self._old(f"enrollment/{case}/worker", assigned, OLD_SYSTEM, self._instant(first))

    def _contact(self, row: Any) -> Contact:
        held, afar = row["visit_status"] == "COMPLETED", row["location_name"] == TELEHEALTH
        if afar:
            self._left["visits: mode", "telehealth may be video or telephone; taken as video"] += 1
        return Contact(
            held_on=date.fromisoformat((row["actual_start"] or row["scheduled_start"])[:10]),
            mode=Mode.VIDEO if afar else Mode.FACE_TO_FACE,
            outcome=OUTCOMES[row["visit_status"]],
            place=None if afar else Place.OFFICE,  # the other locations are the agency's own centers
            minutes=row["actual_duration_minutes"],
            began_at=self._instant(row["actual_start"]) if held else None,
            ended_at=self._instant(row["actual_end"]) if held else None,
            written_on=date.fromisoformat(row["documented_at"][:10]) if row["documented_at"] else None,
            services=(row["description"],),
        )

    def _written_at(self, row: Any) -> datetime:
        if row["documented_at"] is None:
            self._left["visits: time of writing", "not kept for visits not held; taken as the appointment"] += 1
        return self._instant(row["documented_at"] or row["scheduled_start"])

    def _assessments(self, rows: list[Any]) -> Iterator[OldEntry]:
        for row in rows:
            if row["instrument"] not in INSTRUMENTS:
                self._left["assessments", "by an instrument that is not defined here"] += 1
                continue
            old_id, by = f"assessment/{row['assessment_id']}", row["employee_id"] or OLD_SYSTEM
            yield self._old(old_id, self._assessment(row), by, self._instant(row["assessed_at"]))

    def _assessment(self, row: Any) -> Assessment:
        instrument, about = INSTRUMENTS[row["instrument"]]
        if row["status"] != "COMPLETE":  # kept with its answers; what is owed is a finished one
            about = f"{about}, not finished"
        if row["employee_id"] is None:
            self._left["assessments: assessor", "not kept without a visit"] += 1
        answers = (answer.split("=") for answer in (row["answers"] or "").split(",") if answer)
        return Assessment(
            completed_on=date.fromisoformat(row["assessed_at"][:10]),
            assessment_id=row["assessment_id"],
            about=about,
            instrument=instrument,
            answers=tuple(ItemAnswer(item=item, value=int(value)) for item, value in answers),
            assessor=row["employee_id"],
        )

    def _placed(self, table: str, query: str) -> dict[str, list[Any]]:
        """The rows of a table by enrollment; those that no enrollment covers are left behind."""
        placed: dict[str, list[Any]] = defaultdict(list)
        for row in self._rows.execute(query):
            if row["enrollment_id"] is None:
                self._left[table, "no enrollment of that person in that program covers the day"] += 1
            else:
                placed[row["enrollment_id"]].append(row)
        return placed

    def _old(self, entry_id: str, entry: Entry, by: str, recorded_at: datetime) -> OldEntry:
        return OldEntry(entry_id=entry_id, entry=entry, by=by, recorded_at=recorded_at)

    def _instant(self, wall_clock: str) -> datetime:
        return datetime.fromisoformat(wall_clock).replace(tzinfo=self._zone)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self._zone)

    def _count(self, query: str) -> int:
        return int(self._rows.execute(query).fetchone()[0])
