"""
Dues and findings to bytes and back: what the due index keeps.

Rewritten with every write and thrown away when anything changes, so they have no old forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import msgspec

from casecore.terms import Due, Finding, NotReadable, Problem

T = TypeVar("T")

_encoder = msgspec.json.Encoder()
_dues = msgspec.json.Decoder(tuple[Due, ...])
_findings = msgspec.json.Decoder(tuple[Finding, ...])


def due_bytes(dues: Iterable[Due]) -> bytes:
    """Dues as UTF-8 JSON."""
    return _encoder.encode(tuple(dues))


def dues_from(stored: bytes, as_of: date) -> tuple[Due, ...]:
    """
    The dues that `due_bytes` made bytes of, as asked about on *as_of*.

    Raises:
        NotReadable: The bytes are damaged, or another version of this library made them.
    """
    dues = _decoded(_dues, stored)
    for due in dues:
        object.__setattr__(due, "as_of", as_of)  # nobody else has seen it yet; a copy of each would cost as much again
    return dues


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
