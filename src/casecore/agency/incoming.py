"""What a host hands over with an entry, checked before anything is read or written."""

from __future__ import annotations

from casecore.record import Line
from casecore.terms import Entry, NotReadable, Problem, text_problem

LONGEST_REF = 200


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


def same_content(line: Line, entry: Entry, by: str) -> None:
    """
    Accept a second writing of what a line already holds.

    Raises:
        NotReadable: The line under this id holds something else.
    """
    if line.entry != entry or line.by != by:
        raise NotReadable([Problem("entry_id", "must be new; it was used for another entry")], what="entry")
