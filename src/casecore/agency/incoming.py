"""What a host hands over with an entry, checked before anything is read or written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casecore.hooks import Store
from casecore.interchange import EntryBytes
from casecore.record import Line, Opaque
from casecore.terms import DueState, Entry, NotReadable, Problem, text_problem

LONGEST_REF = 200


def checked_store(store: object) -> Store:
    """*store*, where it is one."""
    if not isinstance(store, Store):
        raise NotReadable([Problem("", "must be an address or a store")], what="store")
    return store


def checked_ref(name: str, ref: str) -> str:
    """
    An id as it was handed in.

    Raises:
        NotReadable: It is not text, empty, too long, or holds what no text may hold.
    """
    if not isinstance(ref, str):
        problem: str | None = "must be text"
    elif not ref.strip() or len(ref) > LONGEST_REF:
        problem = f"must have from 1 to {LONGEST_REF} characters"
    else:
        problem = text_problem(ref)
    if problem:
        raise NotReadable([Problem(name, problem)], what="id")
    return ref


def checked_day(name: str, day: date | None) -> None:
    """
    A day as it was handed in, where one was.

    Raises:
        NotReadable: It is not a day; an instant is none, since it would first have to be told whose.
    """
    if day is not None and type(day) is not date:
        raise NotReadable([Problem(name, "must be a day")], what="question")


def checked_states(states: Iterable[DueState]) -> frozenset[DueState]:
    """
    The states that were asked for.

    Raises:
        NotReadable: One of them is not a state; text that says one is not.
    """
    asked = frozenset(states) if isinstance(states, Iterable) and not isinstance(states, str) else frozenset({None})
    if not all(isinstance(state, DueState) for state in asked):
        raise NotReadable([Problem("states", "must be states of a due")], what="question")
    return asked


def checked_entry(entry: Entry) -> Entry:
    """
    An entry that a host wants to write.

    Raises:
        NotReadable: It is none, or one of a kind that nothing here knows and that can only be read.
    """
    if not isinstance(entry, Entry) or isinstance(entry, Opaque):
        raise NotReadable([Problem("entry", "must be an entry")], what="entry")
    return entry


def is_same(line: Line, entry: Entry, by: str, entry_bytes: EntryBytes) -> bool:
    """
    Whether a line already holds what is written a second time.

    In the hour that clocks are set back over, two equal instants of two zones count as unequal; their bytes tell.
    """
    return line.by == by and (line.entry == entry or entry_bytes.encode(line.entry) == entry_bytes.encode(entry))


def same_content(line: Line, entry: Entry, by: str, entry_bytes: EntryBytes) -> None:
    """
    Accept a second writing of what a line already holds.

    Raises:
        NotReadable: The line under this id holds something else.
    """
    if not is_same(line, entry, by, entry_bytes):
        raise NotReadable([Problem("entry_id", "must be new; it was used for another entry")], what="entry")
