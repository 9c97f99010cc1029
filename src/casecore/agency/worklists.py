"""A day's worklist out of the due index; cases whose row does not hold for that day are judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date

from casecore.caseloads import Worklist
from casecore.hooks import IndexRow, Store
from casecore.interchange import dues_from, findings_from
from casecore.record import CaseRecord
from casecore.terms import Due, DueState, Finding, NotKnown, StoreUnavailable

from .judge import Judge
from .lines import index_row


def worklist_from(
    store: Store,
    judge: Judge,
    read: Callable[[str], CaseRecord],
    *,
    worker: str | None,
    case: str | None,
    as_of: date,
    today: date,
    states: frozenset[DueState],
) -> Worklist:
    """See `Agency.worklist`."""
    day = as_of.isoformat()
    dues: list[Due] = []
    findings: list[Finding] = []
    kept: list[IndexRow] = []
    renewed: list[IndexRow] = []
    for row in _rows(store, worker, case, in_the_past=as_of < today):
        if row.rules == judge.key and row.valid_from <= day and (not row.look_again_on or day < row.look_again_on):
            if worker is None or row.worker == worker:
                dues.extend(due for due in dues_from(row.dues, as_of) if due.state in states)
                kept.append(row)
            continue
        record = read(row.case)
        items = judge.open_items(record, as_of)
        if worker is None or items.worker == worker:
            dues.extend(due for due in items.dues if due.state in states)
            findings.extend(items.findings)
        if as_of == today:
            renewed.append(index_row(items))
    if renewed:
        with suppress(StoreUnavailable):  # the answer is right without; the next day's worklist will try again
            store.reindex(renewed)
    return Worklist(as_of, dues, lambda: [*findings, *(found for row in kept for found in findings_from(row.findings))])


def _rows(store: Store, worker: str | None, case: str | None, *, in_the_past: bool) -> Iterable[IndexRow]:
    """The rows to look at. Who was accountable in the past a row does not say: then every case is looked at."""
    if case is not None:
        rows = store.index(cases=[case])
        if not rows:
            raise NotKnown("no such case")
        return rows
    return store.index() if in_the_past else store.index(worker=worker)
