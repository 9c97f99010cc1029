"""
The due index: what is open on a case, kept with each write, so that a day's worklist need not judge every case again.

It gives the same answer as judging every case in full: each row says from which day and up to which day it holds, the
number of the last line it knows of, and by which rules it was judged. Where any of these does not fit the day asked
about, the case is judged again.
"""

from __future__ import annotations

from datetime import date

import attrs

from casecore.record import CaseRecord, Checklist
from casecore.terms import Due, Finding

from .worklist import ON_THE_LIST


@attrs.frozen(kw_only=True)
class OpenItems:
    """
    What is open on one case, and for which days that holds.

    Attributes:
        number: The last line it takes into account.
        rules: Which rules the case was judged by; another text of any rulebook gives another one.
        valid_from, look_again_on: It holds from the first of these days up to, but not including, the second.
        dues: Those still to come, due or overdue.
    """

    case: str
    number: int
    worker: str
    program: str
    rules: str
    valid_from: date
    look_again_on: date | None
    dues: tuple[Due, ...]
    findings: tuple[Finding, ...]


def open_items(record: CaseRecord, judged: Checklist, *, rules: str) -> OpenItems:
    """The row of the due index that a checklist comes to."""
    admission = record.admission
    return OpenItems(
        case=record.case,
        number=record.number,
        worker=judged.worker,
        program=admission.program if admission else "",
        rules=rules,
        valid_from=judged.as_of,
        look_again_on=judged.look_again_on,
        dues=tuple(due.belonging_to(record.case, judged.worker) for due in judged.dues if due.state in ON_THE_LIST),
        findings=tuple(finding.belonging_to(record.case, judged.worker) for finding in judged.findings),
    )
