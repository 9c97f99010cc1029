"""Dues and findings to bytes and back: what the due index keeps. Rewritten with every write, so it has no old forms."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from casecore.terms import Due, Finding

_encoder = msgspec.json.Encoder()
_dues = msgspec.json.Decoder(tuple[Due, ...])
_findings = msgspec.json.Decoder(tuple[Finding, ...])


def due_bytes(dues: Iterable[Due]) -> bytes:
    """Dues as UTF-8 JSON."""
    return _encoder.encode(tuple(dues))


def dues_from(stored: bytes) -> tuple[Due, ...]:
    """The dues that `due_bytes` made bytes of."""
    return _dues.decode(stored)


def finding_bytes(findings: Iterable[Finding]) -> bytes:
    """Findings as UTF-8 JSON."""
    return _encoder.encode(tuple(findings))


def findings_from(stored: bytes) -> tuple[Finding, ...]:
    """The findings that `finding_bytes` made bytes of."""
    return _findings.decode(stored)
