"""Taking over the cases of an existing system: its entries, its ids, its times of writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

import attrs

from casecore.hooks import IndexRow, Store, StoredEntry
from casecore.interchange import EntryBytes
from casecore.record import CaseRecord, Line, fold
from casecore.terms import Entry, Ref, Value, Verdict, no

from .incoming import checked_entry, checked_ref, is_same
from .judge import Judge
from .lines import index_row, lines_from, stored


@attrs.frozen(kw_only=True)
class OldEntry(Value):
    """
    An entry as the existing system kept it.

    Attributes:
        entry_id: The old system's id, so that adopting twice changes nothing.
        by: Who wrote it there.
        recorded_at: When it was written down there; nothing, or a time still to come, means the moment of adoption. A
            record's lines never go back in time: what follows an entry without a time is dated no earlier than that.
    """

    entry_id: Ref
    entry: Entry
    by: Ref
    recorded_at: datetime | None = None


@attrs.frozen(kw_only=True)
class Adopted:
    """
    What became of one case's entries.

    Attributes:
        written: How many were taken over now.
        already_there: How many had been taken over before.
        refused: Which were not, by their ids, and why; among them those that the old system has changed since.
    """

    case: str
    written: int = 0
    already_there: int = 0
    refused: tuple[tuple[str, Verdict], ...] = ()


@attrs.define
class _Batch:
    """What is about to be stored, and what will be reported once it is."""

    entries: list[StoredEntry] = attrs.field(factory=list)
    rows: list[IndexRow] = attrs.field(factory=list)
    expected: dict[str, int] = attrs.field(factory=dict)
    adopted: list[Adopted] = attrs.field(factory=list)


def adopt_cases(
    cases: Iterable[tuple[str, Sequence[OldEntry]]],
    *,
    store: Store,
    judge: Judge,
    entry_bytes: EntryBytes,
    now: datetime,
    today: date,
    batch: int,
) -> Iterator[Adopted]:
    """See `Agency.adopt`."""
    filling = _Batch()
    for case, old in cases:
        checked_ref("case", case)
        if case in filling.expected or len(filling.entries) >= batch:
            yield from _stored(filling, store)
            filling = _Batch()
        before = fold(case, lines_from(store.load(case), entry_bytes))
        after, adopted = _adopted(before, old, judge, entry_bytes, now, today)
        filling.adopted.append(adopted)
        if after.number > before.number:
            filling.expected[case] = before.number
            filling.entries.extend(stored(line, entry_bytes) for line in after.lines[len(before.lines) :])
            filling.rows.append(index_row(judge.open_items(after, today)))
    yield from _stored(filling, store)


def _stored(batch: _Batch, store: Store) -> Iterator[Adopted]:
    if batch.entries:
        store.append(batch.entries, batch.rows, expected=batch.expected)
    return iter(batch.adopted)


_CHANGED = no(
    "Is this what was taken over under its id before?",
    "the record holds something else under it",
    would_satisfy=["a correction of what the record holds", "another id, if it is another entry"],
)


def _adopted(
    record: CaseRecord, old: Sequence[OldEntry], judge: Judge, entry_bytes: EntryBytes, now: datetime, today: date
) -> tuple[CaseRecord, Adopted]:
    there = {line.entry_id: line for line in record.lines}
    already = 0
    refused: list[tuple[str, Verdict]] = []
    first = record.number
    latest = record.lines[-1].recorded_at if record.lines else datetime.min.replace(tzinfo=UTC)
    for given in old:
        if given.entry_id in there:
            if is_same(there[given.entry_id], given.entry, given.by, entry_bytes):
                already += 1
            else:
                refused.append((given.entry_id, _CHANGED))
            continue
        verdict = judge.may_write(record, checked_entry(given.entry), today, adopting=True)
        if not verdict.is_yes:
            refused.append((given.entry_id, verdict))
            continue
        latest = max(latest, min(given.recorded_at or now, now))
        line = Line(given.entry_id, record.case, record.number + 1, latest, given.by, given.entry)
        there[given.entry_id] = line
        record = fold(record.case, (*record.lines, line))
    return record, Adopted(
        case=record.case, written=record.number - first, already_there=already, refused=tuple(refused)
    )
