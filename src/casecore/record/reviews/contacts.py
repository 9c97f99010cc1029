"""How often the client is met, and whether notes are written on time."""

from __future__ import annotations

from datetime import date

from casecore.contacts import (
    Contact,
    ContactMinimum,
    EffortDocumented,
    NoteDeadline,
    judge_contact_frequency,
    note_dues,
    review_notes_on_time,
)
from casecore.crises import INPATIENT, StayBegan, StayEnded, stays_of
from casecore.terms import Due, Finding, Period

from ..case_record import CaseRecord
from ..checklist import Question, Reviewed


def contact_frequency(asked: Question) -> Reviewed:
    """Every minimum of contacts, from admission to discharge; a hospital stay relieves where the standard says so."""
    standards = asked.rules.asking(ContactMinimum)
    admission = asked.record.admission
    if not standards or admission is None:
        return Reviewed()
    client = asked.record.client
    stays = inpatient_periods(asked.record, asked.as_of)
    dues: list[Due] = []
    findings: list[Finding] = []
    for standard in standards:
        owed, short = judge_contact_frequency(
            asked.record.contacts,
            standard,
            admitted_on=admission.admitted_on,
            as_of=asked.as_of,
            discharged_on=asked.discharged_on,
            discharge_planned_on=asked.discharge_target,
            stays=stays,
            born_on=client.born_on if client else None,
            efforts=asked.record.of(EffortDocumented),
        )
        dues += owed
        findings += short
    return Reviewed(dues, findings)


def inpatient_periods(record: CaseRecord, as_of: date) -> tuple[Period, ...]:
    """The client's stays in hospital, each up to the day of leaving; one that goes on has no end yet."""
    return tuple(
        Period(stay.admitted_on, stay.discharged_on or date.max)
        for stay in stays_of(record.of(StayBegan, StayEnded), as_of=as_of)
        if stay.setting in INPATIENT and stay.discharged_on != stay.admitted_on
    )


def notes_on_time(asked: Question) -> Reviewed:
    """Notes still to be written, or written late. A note without a day of its own was written when its line was."""
    standards = asked.rules.asking(NoteDeadline)
    if not standards:
        return Reviewed()
    noted: list[tuple[Contact, date | None]] = []
    for line in asked.record.standing:
        contact = line.entry
        if isinstance(contact, Contact):
            written_on = contact.written_on or line.recorded_at.astimezone(asked.zone).date()
            if written_on != contact.held_on:  # written on the same day, a note is on time whatever the standard
                noted.append((contact, written_on))
    dues: list[Due] = []
    findings: list[Finding] = []
    for standard in standards:
        dues += note_dues(noted, standard, as_of=asked.as_of, working_days=asked.working_days)
        findings += review_notes_on_time(noted, standard, as_of=asked.as_of, working_days=asked.working_days)
    still_to_come = [written_on for _, written_on in noted if written_on is not None and written_on > asked.as_of]
    return Reviewed(dues, findings, still_to_come)
