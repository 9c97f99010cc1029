"""
What a store must do. It keeps bytes under ids and numbers; it knows nothing of the domain.

The promises are numbered in ``docs/reference/contracts/storage.md`` and tested by `casecore.testing.StoreContract`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, runtime_checkable


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


@runtime_checkable
class Store(Protocol):
    """Where case records are kept."""

    def append(
        self, entries: Sequence[StoredEntry], index: Sequence[IndexRow] = (), *, expected: Mapping[str, int]
    ) -> tuple[StoredEntry, ...]:
        """
        Write all of *entries* and replace the index rows of *index*, or do nothing at all.

        Args:
            entries: For one case or several; within each case numbered on from its *expected* number.
            index: At most one row a case.
            expected: For every case in *entries*, the number of its last line as the writer knows it; 0 for a new case.

        Returns:
            The entries as stored. When every entry id of the call is already there with the same case, kind, form,
            writer and body, the lines stored the first time are returned and nothing is written.

        Raises:
            RecordMoved: A case has another last line than expected.
            NotReadable: An entry id is already there with other content.
            StoreUnavailable: The store did not answer; only the same call again tells whether it was written.
        """
        ...

    def load(self, case: str) -> Sequence[StoredEntry]:
        """All lines of *case* by number; none where the case is not known."""
        ...

    def find(self, entry_id: str) -> StoredEntry | None:
        """The line with this id, or nothing."""
        ...

    def cases(self) -> Iterator[str]:
        """Every case id, in order."""
        ...

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Sequence[IndexRow]:
        """The index rows of one worker's cases, of the cases named, or (with neither) of all; by case id."""
        ...

    def reindex(self, rows: Sequence[IndexRow]) -> None:
        """Replace index rows; a row whose *number* is no longer the case's last line is passed over."""
        ...

    def close(self) -> None:
        """Let go of the database. Closing twice is harmless."""
        ...
