"""What the commands print with ``--json``; the form is described in ``docs/reference/command-line.md``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs
import typer

from casecore.caseloads import Worklist
from casecore.contacts import ContactAccount
from casecore.interchange import EntryBytes
from casecore.record import CaseRecord, Checklist, Line, Opaque
from casecore.standards import Flaw
from casecore.terms import Due, Finding, Source

FORM = 1
"""Moves when a program that reads the output could no longer read it; new names may be added without."""


def print_json(said: dict[str, Any], *, in_one_line: bool = False) -> None:
    """Print what was found, the number of its form first."""
    typer.echo(json.dumps({"form": FORM, **said}, indent=None if in_one_line else 2, ensure_ascii=False))


def worklist_said(worklist: Worklist) -> dict[str, Any]:
    """A worklist as plain data."""
    return {
        "as_of": _day(worklist.as_of),
        "dues": [due_said(due) for due in worklist],
        "findings": [finding_said(found) for found in worklist.findings],
    }


def case_said(
    record: CaseRecord, judged: Checklist, accounts: Iterable[ContactAccount], known_on: date | None
) -> dict[str, Any]:
    """One case as plain data: what is written in it, what it owes, which contacts counted."""
    admission, discharge = record.admission, record.discharge
    shown = {line.entry_id for line in record.standing}
    return {
        "case": record.case,
        "as_of": _day(judged.as_of),
        "known_on": _day(known_on),
        "client": admission.client if admission else None,
        "program": admission.program if admission else None,
        "admitted_on": _day(admission.admitted_on if admission else None),
        "discharged_on": _day(discharge.discharged_on if discharge else None),
        "worker": judged.worker or None,
        "dues": [due_said(due) for due in judged.dues],
        "findings": [finding_said(found) for found in judged.findings],
        "contacts": [_account_said(account) for account in accounts],
        "lines": [
            _line_said(line, line.entry_id in shown) for line in record.lines if line.entry.happened_on <= judged.as_of
        ],
    }


def due_said(due: Due) -> dict[str, Any]:
    """One due as plain data."""
    return {
        "code": due.code,
        "what": due.what,
        "state": due.state.value,
        "since": _day(due.since),
        "from": _day(due.window.start),
        "by": _day(due.by),
        "closes": _day(due.closes),
        "met_on": _day(due.met_on),
        "lifted_because": due.lifted_because,
        "standard": due.standard,
        "source": source_said(due.source),
        "would_satisfy": due.would_satisfy,
        "about": due.about,
        "case": due.case,
        "worker": due.worker,
    }


def finding_said(found: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "code": found.code,
        "on": _day(found.on),
        "what": found.what,
        "standard": found.standard,
        "source": source_said(found.source),
        "would_satisfy": found.would_satisfy,
        "about": found.about,
        "case": found.case,
        "worker": found.worker,
    }


def flaw_said(file: str, flaw: Flaw) -> dict[str, Any]:
    """One flaw of a rulebook as plain data."""
    return {
        "file": file,
        "severity": flaw.severity.value,
        "code": flaw.code.value,
        "path": flaw.path,
        "message": flaw.message,
        "standard": flaw.standard,
    }


def _account_said(account: ContactAccount) -> dict[str, Any]:
    return {
        "standard": account.standard,
        "source": source_said(account.source),
        "from": _day(account.window.start),
        "by": _day(account.by),
        "asked": account.asked,
        "counted": account.count.counted,
        "still_owed": account.still_owed,
        "contacts": [
            {
                "held_on": _day(line.contact.held_on),
                "mode": line.contact.mode.value,
                "outcome": line.contact.outcome.value,
                "minutes": line.contact.minutes,
                "counts": line.counts,
                "why_not": line.why_not.value if line.why_not else None,
                "because": line.because,
            }
            for line in account.count.lines
        ],
    }


def _line_said(line: Line, counts: bool) -> dict[str, Any]:
    opaque = isinstance(line.entry, Opaque)
    return {
        "number": line.number,
        "entry_id": line.entry_id,
        "kind": line.entry.of_kind if isinstance(line.entry, Opaque) else line.entry.kind,
        "on": None if opaque else _day(line.entry.happened_on),
        "recorded_at": line.recorded_at.isoformat(),
        "by": line.by,
        "counts": counts,
        "entry": None if opaque else json.loads(EntryBytes().encode(line.entry)),
    }


def source_said(source: Source | None) -> dict[str, Any] | None:
    """A citation as plain data."""
    if source is None:
        return None
    return {name: _plain(value) for name, value in attrs.asdict(source).items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
