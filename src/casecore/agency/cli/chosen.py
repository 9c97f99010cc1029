"""Which case and which course are worth showing: those with the most to explain."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from casecore.agency.desk import Agency
from casecore.assessments import Assessment, Course, Instrument, built_in, course_of
from casecore.contacts import ContactAccount
from casecore.record import CaseRecord

from .accounts import contact_accounts


class Chosen(NamedTuple):
    """
    What the demo shows.

    Attributes:
        record: The case, and *accounts* its contacts of the month asked about.
        client: The client whose *course* by *instrument* is drawn.
    """

    record: CaseRecord
    accounts: tuple[ContactAccount, ...]
    client: str
    course: Course
    instrument: Instrument


def choose(agency: Agency, *, day: date) -> Chosen | None:
    """
    The open case with the most different reasons for and against contacts in a month, and the longest course.

    Nothing where no client was ever admitted.
    """
    told: tuple[tuple[int, int, int], CaseRecord, tuple[ContactAccount, ...]] | None = None
    assessed: dict[str, list[Assessment]] = defaultdict(list)
    for case in agency.cases():
        record = agency.read(case)
        if record.admission is None:
            continue
        assessed[record.admission.client].extend(record.assessments)
        accounts = contact_accounts(record, agency.rules(record, day), day=day, as_of=agency.today)
        lines = [line for account in accounts for line in account.count.lines]
        reasons = len({line.why_not for line in lines})
        worth = (record.discharge is None, reasons, len(record.contacts))
        if told is None or worth > told[0]:
            told = worth, record, accounts
    if told is None:
        return None
    instrument = built_in("phq-9")
    courses = {client: course_of(theirs, instrument, as_of=agency.today) for client, theirs in assessed.items()}
    client = max(courses, key=lambda one: (_worth(courses[one]), one))
    return Chosen(told[1], told[2], client, courses[client], instrument)


def _worth(course: Course) -> tuple[bool, int, float]:
    bands = {point.score.band for point in course.known}
    return len(course.points) > len(course.known), len(bands), len(course.known)
