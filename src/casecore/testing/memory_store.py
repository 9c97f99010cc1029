"""A store that keeps everything in memory, for tests and for trying things out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from casecore.hooks import (
    NO_LINES,
    Capability,
    ChainAnchor,
    Damage,
    IndexRow,
    StoredEntry,
    check_append,
    check_chain,
    check_feed,
    check_index,
    link_lines,
    settle_append,
)
from casecore.terms import NotReadable, Problem, RecordMoved, StoreUnavailable


class MemoryStore:
    """Keeps every promise of `casecore.hooks.Store` but that of being there tomorrow. For one thread at a time."""

    capabilities = frozenset({Capability.FEED, Capability.CHAIN, Capability.ANCHOR})

    def __init__(self) -> None:
        self._fed: list[StoredEntry] = []
        self._hashes: dict[str, list[bytes]] = {}
        self._cases: dict[str, list[StoredEntry]] = {}
        self._by_id: dict[str, StoredEntry] = {}
        self._rows: dict[str, IndexRow] = {}
        self._closed = False

    def append(
        self, entries: Sequence[StoredEntry], index: Sequence[IndexRow] = (), *, expected: Mapping[str, int]
    ) -> tuple[StoredEntry, ...]:
        """Write all of *entries* and replace the index rows of *index*, or do nothing at all."""
        self._must_be_open()
        lines, rows = tuple(entries), tuple(index)
        check_append(lines, rows, expected)
        _check_text(lines)
        _check_text(rows)
        kept = {line.entry_id: self._by_id[line.entry_id] for line in lines if line.entry_id in self._by_id}
        first = settle_append(lines, kept)
        if first is not None:
            return first
        for case, number in expected.items():
            last = len(self._cases.get(case, ()))
            if last != number:
                raise RecordMoved(f"case {case} ends with line {last}, not {number}: somebody wrote to it first")
        heads = {case: self._hashes[case][-1] for case, number in expected.items() if number}
        for line, head in zip(lines, _link(lines, heads), strict=True):
            self._fed.append(line)
            self._hashes.setdefault(line.case, []).append(head)
            self._cases.setdefault(line.case, []).append(line)
            self._by_id[line.entry_id] = line
        self._rows.update((row.case, row) for row in rows)
        return lines

    def load(self, case: str) -> Sequence[StoredEntry]:
        """All lines of *case* by number; none where the case is not known."""
        self._must_be_open()
        return list(self._cases.get(case, ()))

    def find(self, entry_id: str) -> StoredEntry | None:
        """The line with this id, or nothing."""
        self._must_be_open()
        return self._by_id.get(entry_id)

    def cases(self) -> Iterator[str]:
        """Every case id, in order of code points."""
        self._must_be_open()
        return iter(sorted(self._cases))

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Sequence[IndexRow]:
        """The index rows of one worker's cases, of the cases named, or (with neither) of all; by case id."""
        self._must_be_open()
        named = sorted(self._rows) if cases is None else sorted(self._rows.keys() & set(cases))
        rows = [self._rows[case] for case in named]
        return rows if worker is None else [row for row in rows if row.worker == worker]

    def reindex(self, rows: Sequence[IndexRow]) -> None:
        """Replace index rows; a row whose *number* is no longer the case's last line is passed over."""
        self._must_be_open()
        rows = tuple(rows)
        check_index(rows)
        _check_text(rows)
        self._rows.update((row.case, row) for row in rows if row.number == len(self._cases.get(row.case, ())) > 0)

    def feed(self, after: int = 0, limit: int = 1000) -> Sequence[tuple[int, StoredEntry]]:
        """The lines that follow the one at position *after*, each with its position, at most *limit*."""
        self._must_be_open()
        check_feed(after, limit)
        return list(enumerate(self._fed[after : after + limit], after + 1))

    def chain(self, case: str) -> Sequence[bytes]:
        """The hash of every line of *case*, by number."""
        self._must_be_open()
        return list(self._hashes.get(case, ()))

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        """What all lines come to; with *after*, only those written since are looked at."""
        self._must_be_open()
        start = after or NO_LINES
        return start.and_on((position, head) for position, _, head in self._linked() if position > start.position)

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        """What was done to lines behind the store's back; nothing where all is as it was written."""
        self._must_be_open()
        kept = {(line.case, line.number) for line in self._fed}
        rows = [(row.case, row.number) for row in self._rows.values() if (row.case, row.number) not in kept]
        return check_chain(self._linked(), anchor, rows=rows)

    def close(self) -> None:
        """Let go. Closing twice is harmless."""
        self._closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _linked(self) -> Iterator[tuple[int, StoredEntry, bytes]]:
        """Every line with its position and its hash, as they are kept."""
        hashes = {case: iter(heads) for case, heads in self._hashes.items()}
        for position, line in enumerate(self._fed, 1):
            yield position, line, next(hashes.get(line.case, iter(())), b"")

    def _must_be_open(self) -> None:
        if self._closed:
            error = StoreUnavailable("the store in memory: is closed")
            error.retry = False
            raise error


def _link(lines: Sequence[StoredEntry], heads: dict[str, bytes]) -> list[bytes]:
    try:
        return link_lines(lines, heads)
    except OverflowError:
        raise NotReadable([Problem("", "must not hold a number beyond 64 bits")], what="call") from None


def _check_text(lines: Iterable[StoredEntry | IndexRow]) -> None:
    """Refuse what cannot be written as UTF-8, as a store on a disk must."""
    for line in lines:
        if any(isinstance(part, str) and not _is_text(part) for part in line):
            raise NotReadable([Problem("", "must not hold half of a character (a lone surrogate)")], what="call")


def _is_text(part: str) -> bool:
    try:
        part.encode()
    except UnicodeEncodeError:
        return False
    return True
