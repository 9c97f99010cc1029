"""Which case and which course are worth showing: those with the most to explain."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from casecore.agency.desk import Agency
from casecore.assessments import Assessment, Course, Instrument, built_in, course_of
from casecore.caseloads import Worklist
from casecore.contacts import ContactAccount
from casecore.record import CaseRecord, contact_accounts

LONG_ENOUGH = 100
"""Days in the program that make a time line worth drawing."""


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


def choose(agency: Agency, worklist: Worklist) -> Chosen | None:
    """
    A case in which something is due and contacts of this month count or not for many reasons, and a telling course.

    Nothing where no client was ever admitted.
    """
    day, due = worklist.as_of, {due.case for due in worklist}
    told: tuple[tuple[bool, bool, bool, int, int], CaseRecord, tuple[ContactAccount, ...]] | None = None
    assessed: dict[str, list[Assessment]] = defaultdict(list)
    for case in agency.cases():
        record = agency.read(case)
        if record.admission is None:
            continue
        assessed[record.admission.client].extend(record.assessments)
        accounts = contact_accounts(record, agency.rules(record, day), day=day, as_of=day)
        reasons = {line.why_not for account in accounts for line in account.count.lines}
        is_long = (day - record.admission.admitted_on).days >= LONG_ENOUGH
        some_count = None in reasons and len(reasons) > 1
        worth = (case in due, is_long, some_count, len(reasons), len(record.contacts))
        if told is None or worth > told[0]:
            told = worth, record, accounts
    if told is None:
        return None
    instrument = built_in("phq-9")
    courses = {client: course_of(theirs, instrument, as_of=day) for client, theirs in assessed.items()}
    client = max(courses, key=lambda one: (_worth(courses[one]), one))
    return Chosen(told[1], told[2], client, courses[client], instrument)


def _worth(course: Course) -> tuple[bool, int, float]:
    bands = {point.score.band for point in course.known}
    return len(course.points) > len(course.known), len(bands), len(course.known)
