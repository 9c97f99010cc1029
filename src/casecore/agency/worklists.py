"""A day's worklist out of the due index; cases whose row does not hold for that day are judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from casecore.caseloads import Worklist
from casecore.hooks import IndexRow, Store
from casecore.interchange import dues_from, findings_from
from casecore.record import CaseRecord
from casecore.terms import Due, DueState, Finding, NotKnown

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
    for row in _rows(store, worker, case, day):
        if row.rules == judge.key and row.valid_from <= day and (not row.look_again_on or day < row.look_again_on):
            for due in dues_from(row.dues, as_of):
                if due.state in states:
                    dues.append(due)
            kept.append(row)
            continue
        judged = judge.checklist(read(row.case), as_of)
        if worker is not None and judged.worker != worker:
            continue
        dues.extend(due for due in judged.dues if due.state in states)
        findings.extend(judged.findings)
    return Worklist(as_of, dues, lambda: [*findings, *(found for row in kept for found in findings_from(row.findings))])


def _rows(store: Store, worker: str | None, case: str | None, day: str) -> Iterable[IndexRow]:
    if case is not None:
        rows = store.index(cases=[case])
        if not rows:
            raise NotKnown("no such case")
        return rows if worker is None else [row for row in rows if row.worker == worker or row.valid_from > day]
    if worker is None:
        return store.index()
    # Before a row holds, the case may have been another worker's; those cases are looked at one by one.
    return [*store.index(worker=worker), *(row for row in store.index(after=day) if row.worker != worker)]


def renewed(store: Store, judge: Judge, read: Callable[[str], CaseRecord], today: date) -> int:
    """See `Agency.renew_index`."""
    stale = [
        row.case
        for row in store.index()
        if row.rules != judge.key or (row.look_again_on and row.look_again_on <= today.isoformat())
    ]
    rows = [index_row(judge.open_items(read(case), today)) for case in stale]
    store.reindex(rows)
    return len(rows)
