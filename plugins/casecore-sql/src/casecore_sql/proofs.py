"""What a store says of all its lines together: the same for both databases, each of which reads its own pages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Literal

from casecore.hooks import NO_LINES, ChainAnchor, Damage, StoredEntry, check_chain, check_feed

Question = Literal["feed", "chain", "hashes", "lines_and_hashes", "rows_without_line"]
"""The statements: three of them ask for a page of at most some lines after a position."""

PAGE = 1000
_FIRST = -(1 << 63)  # before every position, also one that no store has given

# what namedtuple's own _make does, without its detour through Python
_entry: Callable[[Any], StoredEntry] = partial(tuple.__new__, StoredEntry)


class Proofs(ABC):
    """The feed, the chain and the anchor, over five statements."""

    @abstractmethod
    def _ask(self, question: Question, *values: object) -> list[tuple[Any, ...]]:
        """What a statement finds."""

    def feed(self, after: int = 0, limit: int = PAGE) -> Sequence[tuple[int, StoredEntry]]:
        """
        The entries that follow the one at position *after*, each with its position, at most *limit*.

        Begin with 0 and go on from the last position told. No entry is told twice or left out, whoever writes
        meanwhile. Positions grow, within a case with the numbers. In PostgreSQL they have gaps, and an entry that was
        written while an older transaction is still under way on the server is told when that has ended.
        """
        check_feed(after, limit)
        return [(line[0], _entry(line[1:])) for line in self._ask("feed", after, limit)]

    def chain(self, case: str) -> Sequence[bytes]:
        """The hash of every line of *case*, by number."""
        return [head for (head,) in self._ask("chain", case)]

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        """What all lines that the feed tells come to; with *after*, only those written since are read."""
        anchor = after or NO_LINES
        while page := self._ask("hashes", anchor.position, PAGE):
            anchor = anchor.and_on(page)
        return anchor

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        """What was done to lines behind the store's back; nothing where all that the feed tells is as written."""
        return check_chain(self._lines_and_hashes(), anchor, rows=self._ask("rows_without_line"))

    def _lines_and_hashes(self) -> Iterator[tuple[int, StoredEntry, bytes]]:
        """Every line as it is kept, whatever somebody has made of it."""
        last = _FIRST
        while page := self._ask("lines_and_hashes", last, PAGE):
            for last, *line, kept in page:
                yield last, _entry(line), kept
