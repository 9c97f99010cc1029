"""What a store is handed and gives back: lines of case records, and one index row a case."""

from __future__ import annotations

from typing import NamedTuple


class StoredEntry(NamedTuple):
    """
    One line of a case record as it is kept; never rewritten.

    Attributes:
        entry_id: Unique in the whole store; chosen by the writer, so that a retry is recognized.
        case: The case id.
        number: Its place in the case, counting from 1 without a gap.
        kind, form: The kind of entry, and the version of its form.
        recorded_at: When it was written down: ISO 8601 in UTC with microseconds, ``2026-03-04T14:00:00.000000+00:00``.
        by: Who wrote it.
        body: The entry as UTF-8 JSON.
    """

    entry_id: str
    case: str
    number: int
    kind: str
    form: int
    recorded_at: str
    by: str
    body: bytes


class IndexRow(NamedTuple):
    """
    What is open on one case, kept beside its lines so that a worklist need not load them.

    Attributes:
        number: The number of the last line it takes into account.
        worker: The accountable worker; empty where there is none.
        program: The program; empty before admission.
        rules: The key of the rules it was judged by.
        valid_from: First day (ISO 8601) for which it holds.
        look_again_on: First day for which it no longer holds; empty for never.
        dues, findings: What was found, as bytes.
    """

    case: str
    number: int
    worker: str
    program: str
    rules: str
    valid_from: str
    look_again_on: str
    dues: bytes
    findings: bytes

    def holds_on(self, day: str, rules: str) -> bool:
        """Whether it still tells the truth about *day* (ISO 8601) under *rules*."""
        return self.rules == rules and self.valid_from <= day and (not self.look_again_on or day < self.look_again_on)
