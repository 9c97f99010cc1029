"""
A store in one schema of a PostgreSQL database.

One `PostgresStore` is one connection. It may be handed from thread to thread and used from several (each call waits for
the one before it); threads that are to write at the same time, and processes, open one each. After a fork, open a new
one. A connection that the server has ended is made anew by the next call.
"""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8BinaryDumper

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
from casecore.terms import CasecoreError, NotReadable, Problem, RecordMoved

from ..faults import unavailable
from ..proofs import Proofs, Question
from .address import PostgresAddress
from .faults import told, told_on_connecting
from .schema import PLACES, connect
from .statements import Statements

P = ParamSpec("P")
T = TypeVar("T")
Cursor = psycopg.Cursor[tuple[Any, ...]]

# what namedtuple's own _make does, without its detour through Python
_entry: Callable[[Any], StoredEntry] = partial(tuple.__new__, StoredEntry)
_row: Callable[[Any], IndexRow] = partial(tuple.__new__, IndexRow)

COPIED = ("int8", "text", "text", "int8", "text", "int8", "text", "text", "bytea", "bytea")


class PostgresStore(Proofs):
    """
    Case records in a schema of a PostgreSQL database; keeps every promise of `casecore.hooks.Store`.

    Args:
        address: Where it is. The schema is made where there is none.

    Raises:
        StoreUnavailable: It cannot be opened, or is somebody else's.
    """

    capabilities = frozenset({Capability.DURABLE, Capability.FEED, Capability.CHAIN, Capability.ANCHOR})

    def __init__(self, address: PostgresAddress) -> None:
        self.address = address
        self._place = str(address)
        self._sql = Statements(address.schema)
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._closed = False
        self._cursor = self._connect()

    @classmethod
    def open(cls, url: str) -> PostgresStore:
        """
        Open the store at an address, as `PostgresAddress.read` reads it.

        Raises:
            NotReadable: The address is wrong.
            StoreUnavailable: It cannot be opened, or is somebody else's.
        """
        return cls(PostgresAddress.read(url))

    def append(
        self, entries: Sequence[StoredEntry], index: Sequence[IndexRow] = (), *, expected: Mapping[str, int]
    ) -> tuple[StoredEntry, ...]:
        """Write all of *entries* and replace the index rows of *index*, or do nothing at all."""
        lines, rows = tuple(entries), tuple(index)
        check_append(lines, rows, expected)
        if len(lines) > PLACES:
            raise NotReadable([Problem("entries", f"must not be more than {PLACES:,} in one call")], what="append")
        write = self._write if len(lines) == 1 else self._write_many
        if not lines or self._using(write, lines, rows, expected):
            return lines
        first = settle_append(lines, self._kept(lines))
        if first is None:
            raise RecordMoved(self._moved(expected))
        return first

    def load(self, case: str) -> Sequence[StoredEntry]:
        """All lines of *case* by number; none where the case is not known."""
        return list(map(_entry, self._all(self._sql.load, case)))

    def find(self, entry_id: str) -> StoredEntry | None:
        """The line with this id, or nothing."""
        return next(map(_entry, self._all(self._sql.find, entry_id)), None)

    def cases(self) -> Iterator[str]:
        """Every case id, in order of code points. Read a page at a time; writing meanwhile is fine."""
        page = self._all(self._sql.first_cases, "")
        while page:
            yield from (case for (case,) in page)
            page = self._all(self._sql.next_cases, *page[-1])

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Sequence[IndexRow]:
        """The index rows of one worker's cases, of the cases named, or (with neither) of all; by case id."""
        if cases is not None:
            rows = list(map(_row, self._all(self._sql.index_of_cases, list(set(cases)))))
            return rows if worker is None else [row for row in rows if row.worker == worker]
        if worker is None:
            return list(map(_row, self._all(self._sql.index)))
        return list(map(_row, self._all(self._sql.index_of_worker, worker)))

    def reindex(self, rows: Sequence[IndexRow]) -> None:
        """Replace index rows; a row whose *number* is no longer the case's last line is passed over."""
        rows = tuple(rows)
        check_index(rows)
        if rows:
            self._using(self._reindex, rows)

    def close(self) -> None:
        """Let go of the database. Closing twice is harmless."""
        if (
            os.getpid() == self._process
        ):  # the connection of another process is not ours to end, nor its lock to wait for
            with self._lock:
                self._closed = True
                self._cursor.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"PostgresStore({self._place!r})"

    def _write(
        self, cursor: Cursor, lines: tuple[StoredEntry, ...], rows: tuple[IndexRow, ...], expected: Mapping[str, int]
    ) -> bool:
        """One line in one statement, hoping that nothing stands in the way; whether it was written."""
        line = (*lines[0], line_digest(lines[0]))
        if not rows:
            return cursor.execute(self._sql.append_line, line).rowcount == 1
        return cursor.execute(self._sql.append_line_with_row, line + rows[0][1:]).rowcount == 1

    def _write_many(
        self, cursor: Cursor, lines: tuple[StoredEntry, ...], rows: tuple[IndexRow, ...], expected: Mapping[str, int]
    ) -> bool:
        """
        Lines in the order of their cases, then rows in the same order; whether they were written.

        Every call takes what others may wait for in this order, so that no two wait for each other.
        """
        with cursor.connection.pipeline():  # one journey
            cursor.execute(b"BEGIN")
            cursor.execute(self._sql.begin_many, (list(expected), list(expected.values())))
        found = cursor.fetchone()
        if found is None:
            return False
        heads = {case: head for case, head in zip(expected, found[1], strict=True) if head is not None}
        placed = zip(count(found[0]), lines, link_lines(lines, heads), strict=False)
        try:
            with cursor.copy(self._sql.copy) as copy:
                copy.set_types(COPIED)
                for position, line, head in sorted(placed, key=case_of) if len(expected) > 1 else placed:
                    copy.write_row((position, *line, head))
        except psycopg.errors.UniqueViolation:
            return False
        with cursor.connection.pipeline():
            if rows:
                cursor.executemany(self._sql.replace_row, sorted(rows))
            cursor.execute(b"COMMIT")
        return True

    def _kept(self, lines: tuple[StoredEntry, ...]) -> dict[str, StoredEntry]:
        found = self._all(self._sql.find_all, [line.entry_id for line in lines])
        return {row[0]: _entry(row) for row in found}

    def _moved(self, expected: Mapping[str, int]) -> str:
        """Which cases have moved. Between the refusal and this look they may have moved on, never back."""
        for case, number in expected.items():
            last = self._all(self._sql.last, case)[0][0] or 0
            if last != number:
                return f"case {case} ends with line {last}, not {number}: somebody wrote to it first"
        return "somebody wrote to the case first"

    def _reindex(self, cursor: Cursor, rows: Sequence[IndexRow]) -> None:
        with cursor.connection.transaction():
            cursor.executemany(self._sql.reindex, sorted(rows))  # in the order in which appends take them

    def _read(self, cursor: Cursor, statement: bytes, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return cursor.execute(statement, values).fetchall()

    def _all(self, statement: bytes, *values: object) -> list[tuple[Any, ...]]:
        return self._using(self._read, statement, values)

    def _ask(self, question: Question, *values: object) -> list[tuple[Any, ...]]:
        return self._all(self._sql.proofs[question], *values)

    def _using(self, work: Callable[Concatenate[Cursor, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Do *work* alone, leave no transaction open behind it, and tell in our words what went wrong."""
        wrong: CasecoreError
        if os.getpid() != self._process:
            raise unavailable(self._place, "was opened before a fork; open it again in this process")
        with self._lock:
            if self._closed:
                raise unavailable(self._place, "is closed")
            if _is_gone(self._cursor):
                self._cursor = self._connect()
            try:
                return work(self._cursor, *args, **named)
            except psycopg.Error as error:
                wrong = told(self._place, error)
            except UnicodeEncodeError:
                wrong = NotReadable([Problem("", "must not hold half of a character (a lone surrogate)")], what="call")
            except (OverflowError, struct.error):
                wrong = NotReadable([Problem("", "must not hold a number beyond 64 bits")], what="call")
            finally:
                self._roll_back()
        raise wrong  # outside the handler: what the driver says may quote a line

    def _connect(self) -> Cursor:
        wrong: CasecoreError
        try:
            connection = connect(self.address)
        except psycopg.Error as error:
            wrong = told_on_connecting(self._place, error)
        else:
            # one type for every whole number: by default a larger one would be of another type, and prepared again
            connection.adapters.register_dumper(int, Int8BinaryDumper)
            return connection.cursor(binary=True)
        raise wrong  # outside the handler: the driver's error holds the password

    def _roll_back(self) -> None:
        connection = self._cursor.connection
        if connection.pgconn.transaction_status != TransactionStatus.IDLE:
            try:
                connection.rollback()
            except psycopg.Error:
                connection.close()  # the server takes back by itself what was not committed; the next call connects


def case_of(placed: tuple[int, StoredEntry, bytes]) -> str:
    """The case of a line that has been given its position and hash."""
    return placed[1].case


def _is_gone(cursor: Cursor) -> bool:
    """Whether the server has hung up since the last call. It may have said why first: that is the first thing read."""
    try:
        cursor.connection.pgconn.consume_input()
        cursor.connection.pgconn.consume_input()
    except psycopg.Error:
        cursor.connection.close()
        return True
    return cursor.connection.closed
