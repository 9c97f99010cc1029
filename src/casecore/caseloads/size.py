"""
Is a worker's caseload larger than the standard allows?

>>> from datetime import date
>>> from casecore.staff import CaseloadLimit, StaffMember
>>> from casecore.standards import Standard
>>> from casecore.terms import Source
>>> limit = Standard.fixed("caseload/size", CaseloadLimit(at_most=15), since=date(2025, 1, 1),
...                        source=Source(cite="Model Agency Manual 3.1", invented=True))
>>> found = review_caseload_size({"w-7": 9}, [StaffMember(worker="w-7", share=0.5)], limit, on=date(2026, 3, 31))
>>> print(found[0].what)
9 open cases, 7 allowed: 15 a full-time worker, times 0.5, rounded down
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from casecore.staff import CaseloadLimit, StaffMember
from casecore.standards import Standard
from casecore.terms import Finding


def review_caseload_size(
    open_cases: Mapping[str, int], staff: Iterable[StaffMember], limit: Standard[CaseloadLimit], *, on: date
) -> tuple[Finding, ...]:
    """
    Flag the workers who carry more open cases than their share of full time allows.

    Args:
        open_cases: How many open cases each worker is accountable for, by worker id; one not named carries none.
        staff: Who works here on that day, with their share of full time.
        limit: Read on *on*. A part-timer's limit is the full-timer's times the share, rounded down: part of a case
            cannot be carried.

    Returns:
        One ``caseload-above-limit`` finding a worker, with the arithmetic.

    Raises:
        StandardNotInForce: *limit* has no edition covering that day.
    """
    edition = limit.on(on)
    most = edition.rule.at_most
    findings = []
    for member in staff:
        share = Decimal(str(member.share))
        allowed = int(most * share)
        carried = open_cases.get(member.worker, 0)
        if carried > allowed:
            arithmetic = "" if share == 1 else f": {most} a full-time worker, times {share}, rounded down"
            findings.append(
                Finding(
                    code="caseload-above-limit",
                    on=on,
                    what=f"{carried} open cases, {allowed} allowed{arithmetic}",
                    standard=limit.name,
                    source=edition.source,
                    would_satisfy=f"{carried - allowed} cases assigned to somebody else",
                    worker=member.worker,
                )
            )
    return tuple(findings)
