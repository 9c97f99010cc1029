"""Lines of a record to and from what a store keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from casecore.caseloads import OpenItems
from casecore.hooks import IndexRow, StoredEntry
from casecore.interchange import EntryBytes, due_bytes, finding_bytes
from casecore.record import Line, Opaque
from casecore.terms import NotReadable, Problem

from .clock import stamp

_line: Callable[[Any], Line] = partial(tuple.__new__, Line)
"""The line of a tuple: half the time of calling `Line`, and every load makes as many as the case has entries."""


def stored(line: Line, entry_bytes: EntryBytes) -> StoredEntry:
    """The line as a store keeps it."""
    entry = line.entry
    kind, form = (entry.of_kind, entry.form) if isinstance(entry, Opaque) else (entry.kind, entry.version)
    return StoredEntry(
        line.entry_id, line.case, line.number, kind, form, stamp(line.recorded_at), line.by, entry_bytes.encode(entry)
    )


def lines_from(kept: Iterable[StoredEntry], entry_bytes: EntryBytes) -> tuple[Line, ...]:
    """
    The lines of a record as they were written.

    Raises:
        NotReadable: A line is damaged, or of a form newer than this library knows.
    """
    columns = tuple(zip(*kept, strict=True))
    if not columns:
        return ()
    ids, cases, numbers, kinds, forms, instants, writers, bodies = columns
    entries = entry_bytes.decode_all(kinds, forms, bodies)
    try:
        recorded = map(datetime.fromisoformat, instants)
        return tuple(map(_line, zip(ids, cases, numbers, recorded, writers, entries, strict=True)))
    except ValueError:
        pass  # told below, so that the error carries nothing of what stood there
    raise NotReadable([Problem("recorded_at", "must be an instant with its time zone; this is damaged")], what="line")


def index_row(items: OpenItems) -> IndexRow:
    """The row of the due index as a store keeps it."""
    return IndexRow(
        case=items.case,
        number=items.number,
        worker=items.worker,
        program=items.program,
        rules=items.rules,
        valid_from=items.valid_from.isoformat(),
        look_again_on=items.look_again_on.isoformat() if items.look_again_on else "",
        dues=due_bytes(items.dues),
        findings=finding_bytes(items.findings),
    )
