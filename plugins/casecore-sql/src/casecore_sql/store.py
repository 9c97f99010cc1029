"""
A store in one SQLite file.

One `SQLiteStore` is one connection. It may be handed from thread to thread and used from several (each call waits for
the one before it); to write from several processes, open one in each. After a fork, open a new one.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar, TypeVarTuple

from casecore.hooks import (
    Capability,
    IndexRow,
    StoredEntry,
    check_append,
    check_index,
    line_digest,
    link_lines,
    settle_append,
)
from casecore.terms import NotReadable, Problem, RecordMoved

from . import statements
from .address import DEFAULT_TIMEOUT, MEMORY, Address, Synchronous
from .faults import told, unavailable
from .proofs import Proofs, Question
from .schema import connect

Given = TypeVarTuple("Given")
T = TypeVar("T")

# what namedtuple's own _make does, without its detour through Python
_entry: Callable[[Any], StoredEntry] = partial(tuple.__new__, StoredEntry)
_row: Callable[[Any], IndexRow] = partial(tuple.__new__, IndexRow)
_OFFERED = frozenset({Capability.DURABLE, Capability.FEED, Capability.CHAIN, Capability.ANCHOR})


class SQLiteStore(Proofs):
    """
    Case records in a SQLite file; keeps every promise of `casecore.hooks.Store`.

    Args:
        path: The file; made where there is none. ``:memory:`` keeps nothing after `close`.
        synchronous: What a commit survives, see `Synchronous`.
        timeout: How many seconds to wait for another writer.

    Raises:
        StoreUnavailable: It cannot be opened, is not a database, or is somebody else's.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        synchronous: Synchronous = Synchronous.FULL,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        self.path = os.fspath(path)
        self.capabilities = _OFFERED if self.path != MEMORY else _OFFERED - {Capability.DURABLE}
        self._lock = threading.Lock()
        self._process = os.getpid()
        try:
            self._connection = connect(self.path, Synchronous(synchronous), timeout)
        except sqlite3.Error as error:
            raise told(self.path, error) from error
        self._cursor = self._connection.cursor()

    @classmethod
    def open(cls, url: str) -> SQLiteStore:
        """
        Open the store at an address, as `Address.read` reads it.

        Raises:
            NotReadable: The address is wrong.
            StoreUnavailable: It cannot be opened, is not a database, or is somebody else's.
        """
        address = Address.read(url)
        return cls(address.path, synchronous=Synchronous(address.synchronous), timeout=address.timeout)

    def append(
        self, entries: Sequence[StoredEntry], index: Sequence[IndexRow] = (), *, expected: Mapping[str, int]
    ) -> tuple[StoredEntry, ...]:
        """Write all of *entries* and replace the index rows of *index*, or do nothing at all."""
        lines, rows = tuple(entries), tuple(index)
        check_append(lines, rows, expected)
        if len(lines) == len(rows) == 1 and self._go_on(lines[0], rows[0]):
            return lines
        if not lines or self._using(self._write, lines, rows, expected):
            return lines
        first = settle_append(lines, self._using(self._kept, lines))
        if first is None:
            raise RecordMoved(self._moved(expected))
        return first

    def load(self, case: str) -> Sequence[StoredEntry]:
        """All lines of *case* by number; none where the case is not known."""
        return list(map(_entry, self._all(statements.LOAD, case)))

    def find(self, entry_id: str) -> StoredEntry | None:
        """The line with this id, or nothing."""
        return next(map(_entry, self._all(statements.FIND, entry_id)), None)

    def cases(self) -> Iterator[str]:
        """Every case id, in order of code points. Read a page at a time; writing meanwhile is fine."""
        page = self._all(statements.FIRST_CASES, "")
        while page:
            yield from (case for (case,) in page)
            page = self._all(statements.NEXT_CASES, *page[-1])

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Sequence[IndexRow]:
        """The index rows of one worker's cases, of the cases named, or (with neither) of all; by case id."""
        if cases is not None:
            return self._using(self._index_of, sorted(set(cases)), worker)
        if worker is None:
            return list(map(_row, self._all(statements.INDEX)))
        return list(map(_row, self._all(statements.INDEX_OF_WORKER, worker)))

    def reindex(self, rows: Sequence[IndexRow]) -> None:
        """Replace index rows; a row whose *number* is no longer the case's last line is passed over."""
        rows = tuple(rows)
        check_index(rows)
        if rows:
            self._using(self._reindex, rows)

    def close(self) -> None:
        """Let go of the database. Closing twice is harmless."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"SQLiteStore({self.path!r})"

    def _go_on(self, line: StoredEntry, row: IndexRow) -> bool:
        """Write a line and its row in one statement; where anything stands in the way, `_write` finds out what."""
        with self._lock:
            if os.getpid() != self._process:
                return False
            try:
                # case and number the line has said
                self._cursor.execute(statements.INSERT_NEXT, (*line, *row[2:], line_digest(line)))
            except (sqlite3.IntegrityError, UnicodeEncodeError, OverflowError):
                return False
            except sqlite3.Error as error:
                raise told(self.path, error) from error
        return True

    def _write(
        self,
        cursor: sqlite3.Cursor,
        lines: tuple[StoredEntry, ...],
        rows: tuple[IndexRow, ...],
        expected: Mapping[str, int],
    ) -> bool:
        """Write, hoping that nothing stands in the way: it rarely does, and looking first would cost every append."""
        cursor.execute("BEGIN IMMEDIATE")
        if not self._insert(cursor, lines, rows, expected):
            return False
        cursor.execute("COMMIT")
        return True

    def _insert(
        self,
        cursor: sqlite3.Cursor,
        lines: tuple[StoredEntry, ...],
        rows: tuple[IndexRow, ...],
        expected: Mapping[str, int],
    ) -> bool:
        """Write within a transaction that is open; whether nothing stood in the way."""
        heads: dict[str, bytes] = {}
        for case, number in expected.items():
            if number:
                found = cursor.execute(statements.HASH_OF_LINE, (case, number)).fetchone()
                if found is None:
                    return False
                heads[case] = found[0]
        hashes = link_lines(lines, heads)
        try:
            cursor.executemany(
                statements.INSERT_ENTRY, [(*line, head) for line, head in zip(lines, hashes, strict=True)]
            )
        except sqlite3.IntegrityError:
            return False
        if rows:
            cursor.executemany(statements.REPLACE_ROW, rows)
        return True

    def _kept(self, cursor: sqlite3.Cursor, lines: tuple[StoredEntry, ...]) -> dict[str, StoredEntry]:
        found = (cursor.execute(statements.FIND, (line.entry_id,)).fetchone() for line in lines)
        return {row[0]: _entry(row) for row in found if row is not None}

    def _moved(self, expected: Mapping[str, int]) -> str:
        """Which cases have moved. Between the refusal and this look they may have moved on, never back."""
        for case, number in expected.items():
            last = self._all(statements.LAST, case)[0][0] or 0
            if last != number:
                return f"case {case} ends with line {last}, not {number}: somebody wrote to it first"
        return "somebody wrote to the case first"

    def _index_of(self, cursor: sqlite3.Cursor, cases: Sequence[str], worker: str | None) -> list[IndexRow]:
        cursor.execute("BEGIN")  # all from one moment
        found = (cursor.execute(statements.INDEX_OF_CASE, (case,)).fetchone() for case in cases)
        rows = [_row(row) for row in found if row is not None]
        cursor.execute("COMMIT")
        return rows if worker is None else [row for row in rows if row.worker == worker]

    def _reindex(self, cursor: sqlite3.Cursor, rows: Sequence[IndexRow]) -> None:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany(statements.REINDEX, rows)
        cursor.execute("COMMIT")

    def _read(self, cursor: sqlite3.Cursor, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return cursor.execute(statement, values).fetchall()

    def _all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._using(self._read, statement, values)

    def _ask(self, question: Question, *values: object) -> list[tuple[Any, ...]]:
        read = _read_anything if question in ("lines_and_hashes", "rows_without_line") else self._read
        return self._using(read, statements.PROOFS[question], values)

    def _using(self, work: Callable[[sqlite3.Cursor, *Given], T], *args: *Given) -> T:
        """Do *work* alone, leave no transaction open behind it, and tell in our words what went wrong."""
        wrong: Problem | None = None
        with self._lock:
            if os.getpid() != self._process:
                raise unavailable(self.path, "was opened before a fork; open it again in this process")
            try:
                return work(self._cursor, *args)
            except sqlite3.Error as error:
                raise told(self.path, error) from error
            except UnicodeEncodeError:
                wrong = Problem("", "must not hold half of a character (a lone surrogate)")
            except OverflowError:
                wrong = Problem("", "must not hold a number beyond 64 bits")
            finally:
                self._roll_back()
        # raised outside the handler: an encoding error carries the text itself
        raise NotReadable([wrong], what="call")

    def _roll_back(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.rollback()
        except sqlite3.Error:
            pass  # closed, or past saving: SQLite takes back by itself what was not committed


def _read_anything(cursor: sqlite3.Cursor, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """What *statement* finds, also where it is no longer text: what is not UTF-8 becomes lone surrogates."""
    connection = cursor.connection
    connection.text_factory = _text
    try:
        return cursor.execute(statement, values).fetchall()
    finally:
        connection.text_factory = str


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")
