"""
Dues and findings to bytes and back: what the due index keeps.

Rewritten with every write and thrown away when anything changes, so they have no old forms. Dues are kept as JSON lists
in the order of `_DUE`, since a worker's whole list is decoded whenever somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import msgspec

from casecore.terms import Due, Finding, NotReadable, Period, Problem, Source

T = TypeVar("T")

_DUE = tuple[
    str, str, date, date, date, date | None, str, Source | None, str, date | None, str | None, str, str, str
]  # fmt: skip
_encoder = msgspec.json.Encoder()
_dues = msgspec.json.Decoder(list[_DUE])
_findings = msgspec.json.Decoder(tuple[Finding, ...])


def due_bytes(dues: Iterable[Due]) -> bytes:
    """Dues as UTF-8 JSON."""
    return _encoder.encode(
        [
            (
                due.code, due.what, due.window.start, due.window.end, due.since, due.closes, due.standard, due.source,
                due.would_satisfy, due.met_on, due.lifted_because, due.about, due.case, due.worker,
            )
            for due in dues
        ]
    )  # fmt: skip


def dues_from(stored: bytes, as_of: date) -> list[Due]:
    """
    The dues that `due_bytes` made bytes of, as asked about on *as_of*.

    Raises:
        NotReadable: The bytes are damaged, or another version of this library made them.
    """
    period, made = Period.unchecked, Due.unchecked
    return [
        made(
            code=code, what=what, window=period(start=start, end=end), since=since, as_of=as_of, closes=closes,
            standard=standard, source=source, would_satisfy=would_satisfy, met_on=met_on,
            lifted_because=lifted_because, about=about, case=case, worker=worker,
        )
        for (
            code, what, start, end, since, closes, standard, source, would_satisfy, met_on, lifted_because, about, case,
            worker,
        ) in _decoded(_dues, stored)
    ]  # fmt: skip


def finding_bytes(findings: Iterable[Finding]) -> bytes:
    """Findings as UTF-8 JSON."""
    return _encoder.encode(tuple(findings))


def findings_from(stored: bytes) -> tuple[Finding, ...]:
    """
    The findings that `finding_bytes` made bytes of.

    Raises:
        NotReadable: The bytes are damaged, or another version of this library made them.
    """
    return _decoded(_findings, stored)


def _decoded(decoder: msgspec.json.Decoder[T], stored: bytes) -> T:
    try:
        return decoder.decode(stored)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        pass  # told below, so that the error carries nothing of what stood there
    raise NotReadable([Problem("", "must be what the due index keeps; this is damaged")], what="due index")
