"""
What a store must do. It keeps bytes under ids and numbers; it knows nothing of the domain.

The promises are numbered in ``docs/reference/contracts/storage.md`` and tested by `casecore.testing.StoreContract`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from .capabilities import Capability
from .chaining import ChainAnchor, Damage
from .stored import IndexRow, StoredEntry


@runtime_checkable
class Store(Protocol):
    """Where case records are kept."""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """
        What this store offers beyond keeping lines, the same for as long as it is open.

        A method whose capability is not listed raises `NotOffered`, as `not_offered` makes it.
        """
        ...

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

    def feed(self, after: int = 0, limit: int = 1000) -> Sequence[tuple[int, StoredEntry]]:
        """
        The lines that follow the one at position *after*, each with its position, at most *limit*. Capability ``feed``.

        Begin with 0 and go on from the last position told: no line is told twice or left out, whoever writes meanwhile.

        Raises:
            NotReadable: *after* is negative, or *limit* is less than 1.
        """
        ...

    def chain(self, case: str) -> Sequence[bytes]:
        """The hash of every line of *case*, by number. Capability ``chain``."""
        ...

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        """
        What all lines that the feed tells come to. Capability ``anchor``.

        With *after*, an anchor taken earlier, only the lines written since are read; of those before them it says
        what *after* said.
        """
        ...

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        """
        What was done to lines behind the store's back; nothing where all is as it was written.

        Reads every line. Capability ``chain``; with *anchor* also ``anchor``. What cannot be found, and what not
        without an anchor, stands in ``docs/explanation/reliability.md``.
        """
        ...

    def close(self) -> None:
        """Let go of the database. Closing twice is harmless."""
        ...
