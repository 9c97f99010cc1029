"""A day's worklist out of the due index; cases whose row does not hold for that day are judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import chain

from casecore.caseloads import OpenItems, Worklist
from casecore.hooks import CaseAsked, IndexRow, Store
from casecore.interchange import dues_from, findings_from
from casecore.record import CaseRecord
from casecore.terms import Due, DueState, Finding, NotKnown, StoreUnavailable

from .access import Access
from .judge import Judge
from .lines import index_row


def worklist_from(
    store: Store,
    judge: Judge,
    read: Callable[[str], CaseRecord],
    *,
    access: Access,
    by: str | None,
    worker: str | None,
    case: str | None,
    as_of: date,
    today: date,
    states: frozenset[DueState],
) -> Worklist:
    """See `Agency.worklist`."""
    day = as_of.isoformat()
    kept: list[IndexRow] = []
    judged: list[OpenItems] = []
    renewed: list[IndexRow] = []
    for row in _rows(store, worker, case, in_the_past=as_of < today):
        if row.holds_on(day, judge.key):
            if worker is None or row.worker == worker:
                kept.append(row)
            continue
        items = judge.open_items(read(row.case), as_of)
        if worker is None or items.worker == worker:
            judged.append(items)
        if as_of == today:
            renewed.append(index_row(items))
    if renewed:
        with suppress(StoreUnavailable):  # the answer is right without; the next day's worklist will try again
            store.reindex(renewed)

    if access.is_asked:
        kept, judged = _seen(access, by, kept, judged, is_one_case=case is not None)

    def dues() -> Iterator[Due]:
        indexed = (due for row in kept for due in dues_from(row.dues, as_of))
        found = (due for items in judged for due in items.dues)
        return (due for due in chain(indexed, found) if due.state in states)

    def findings() -> Iterator[Finding]:
        indexed = (finding for row in kept for finding in findings_from(row.findings))
        return chain(indexed, (finding for items in judged for finding in items.findings))

    return Worklist(as_of, dues, findings)


def _seen(
    access: Access, by: str | None, kept: list[IndexRow], judged: list[OpenItems], *, is_one_case: bool
) -> tuple[list[IndexRow], list[OpenItems]]:
    """What of it *by* may see; where one case was asked for by its id, not seeing it is an error."""
    rows: list[IndexRow | OpenItems] = [*kept, *judged]
    asked = [CaseAsked(row.case, row.worker, row.program) for row in rows]
    if is_one_case:
        access.to_see(asked, by)
        return kept, judged
    seen = access.seen(asked, by)
    return (
        [row for row, may in zip(kept, seen[: len(kept)], strict=True) if may],
        [items for items, may in zip(judged, seen[len(kept) :], strict=True) if may],
    )


def _rows(store: Store, worker: str | None, case: str | None, *, in_the_past: bool) -> Iterable[IndexRow]:
    """The rows to look at. Who was accountable in the past a row does not say: then every case is looked at."""
    if case is not None:
        rows = store.index(cases=[case])
        if not rows:
            raise NotKnown("no such case")
        return rows
    return store.index() if in_the_past else store.index(worker=worker)
