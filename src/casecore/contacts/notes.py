"""Is the note on each contact written in time?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import attrs

from casecore.standards import Edition, Rule, Standard
from casecore.terms import ONE_DAY, Due, Finding, NotReadable, Period, Problem, Span, WorkingDays

from .contact import Contact, Outcome


@attrs.frozen(kw_only=True)
class NoteDeadline(Rule, asks="note-deadline"):
    """
    The note must be written within so much time of the contact.

    Attributes:
        within: The day of the contact is day 0; the last day is still in time.
        outcomes: The contacts that need a note; none means all, attempts too.
    """

    within: Span
    outcomes: tuple[Outcome, ...] = ()


class _Note(NamedTuple):
    contact: Contact
    edition: Edition[NoteDeadline]
    last: date
    written_on: date | None


def note_dues(
    contacts: Iterable[tuple[Contact, date | None]],
    standard: Standard[NoteDeadline],
    *,
    as_of: date,
    working_days: WorkingDays | None = None,
    written_too: bool = False,
) -> tuple[Due, ...]:
    """
    List the notes that are still to be written.

    Each contact is judged by the edition in force on the day it was held, and by none where none is. A note without a
    deadline that has passed can still be written, late.

    Args:
        contacts: Pairs, in any order, of a contact and the day on which its entry was written down. That day counts as
            the note's where the contact has no ``written_on``; where both are nothing, the note is not written yet.
        as_of: Contacts held later are passed over; notes written later were not written yet.
        working_days: The agency's, wanted where the deadline is in business days.
        written_too: Whether to list also the notes that are written.

    Returns:
        ``note-owed`` dues by the day of the contact.

    Raises:
        NotReadable: Business days are to be counted, and no working days are given.
    """
    owed = [
        Due.unchecked(
            code="note-owed",
            what=f"a note on the contact of {note.contact.held_on}",
            window=Period(note.contact.held_on, note.last + ONE_DAY),
            since=note.contact.held_on,
            as_of=as_of,
            standard=standard.name,
            source=note.edition.source,
            would_satisfy="" if note.written_on else f"the note, written by {note.last}",
            met_on=note.written_on,
        )
        for note in _notes(contacts, standard, as_of, working_days, on_time_too=written_too)
        if written_too or note.written_on is None
    ]
    return tuple(sorted(owed, key=lambda due: (due.since, due.by, due.met_on or date.max)))


def review_notes_on_time(
    contacts: Iterable[tuple[Contact, date | None]],
    standard: Standard[NoteDeadline],
    *,
    as_of: date,
    working_days: WorkingDays | None = None,
) -> tuple[Finding, ...]:
    """
    Flag the contacts whose note was written late or is missing.

    Args:
        contacts: As for `note_dues`, and so is all the rest.

    Returns:
        ``note-late`` or ``note-missing`` findings, dated the first day after the deadline, by day.
    """
    found = []
    for note in _notes(contacts, standard, as_of, working_days, on_time_too=False):
        if note.written_on is None and note.last >= as_of:
            continue
        outcome = f"was written on {note.written_on}" if note.written_on else "is not written"
        found.append(
            Finding.unchecked(
                code="note-late" if note.written_on else "note-missing",
                on=note.last + ONE_DAY,
                what=f"the note on the contact of {note.contact.held_on} {outcome}; it was due by {note.last}",
                standard=standard.name,
                source=note.edition.source,
                would_satisfy="" if note.written_on else "the note, even late",
            )
        )
    return tuple(sorted(found, key=lambda finding: (finding.on, finding.what)))


def _notes(
    contacts: Iterable[tuple[Contact, date | None]],
    standard: Standard[NoteDeadline],
    as_of: date,
    working_days: WorkingDays | None,
    *,
    on_time_too: bool,
) -> Iterator[_Note]:
    if working_days is None and any(
        one.value and one.value.within.business_days is not None for one in standard.editions
    ):
        raise NotReadable([Problem("working_days", "must be given to count business days")], what="notes")
    for contact, recorded_on in contacts:
        held_on = contact.held_on
        if held_on > as_of:
            continue
        edition = standard.in_force(held_on)
        if edition is None:
            continue
        rule = edition.rule
        if rule.outcomes and contact.outcome not in rule.outcomes:
            continue
        written_on = contact.written_on or recorded_on
        if written_on is not None:
            if written_on > as_of:
                written_on = None
            elif not on_time_too:
                least_days = rule.within.days or rule.within.business_days or 0
                if (written_on - held_on).days <= least_days:  # business days are never fewer days than their number
                    continue
        last = rule.within.after(held_on, working_days)
        if written_on is None or on_time_too or written_on > last:
            yield _Note(contact, edition, last, written_on)
