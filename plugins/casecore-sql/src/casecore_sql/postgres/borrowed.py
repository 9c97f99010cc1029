"""
A PostgreSQL store on a connection that a host has lent: what is written stands or falls with the host's transaction.

**Positions.** The plain store takes the number of its transaction (see `.schema`). A host's transaction may have had
its number for long when a line is written in it, and may write again; two calls would then meet in one place, and a
line could stand before an older one of its case that somebody else has written since. So each call draws a number of
its own: a subtransaction that writes is given one by the same counter, greater than every number given before and
never given again. It is drawn with a row that is taken back at once, after the lines before have been seen. The feed
holds back all that is above the oldest transaction under way; the host's is older than any number drawn in it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
from psycopg.pq import Format, TransactionStatus
from psycopg.rows import tuple_row
from psycopg.types.numeric import Int8BinaryDumper

from casecore.hooks import Capability, ChainAnchor, Damage, IndexRow, StoredEntry, link_lines, not_offered
from casecore.terms import CasecoreError, NotReadable, Problem

from ..faults import unavailable
from ..lent import (
    NO_TRANSACTION,
    OFFERED,
    Lent,
    as_written_here,
    driver_connection,
    in_savepoint,
    without_tables,
)
from .address import DEFAULT_SCHEMA
from .faults import told
from .schema import STEPS, TABLES_THERE
from .statements import Statements
from .store import COPIED, Cursor, PostgresStore, case_of

P = ParamSpec("P")
T = TypeVar("T")


class BorrowedPostgresStore(Lent, PostgresStore):
    """
    Case records in a schema of the PostgreSQL database that the host is connected to, written in its transaction.

    Made by `casecore_sql.borrow`. Does not offer ``feed`` and ``anchor``: reading on for others is done on a connection
    that holds nothing open.
    """

    capabilities = OFFERED

    def __init__(self, connection: object, *, schema: str = DEFAULT_SCHEMA) -> None:
        self._host = connection
        self._schema = schema
        self._place = f"borrowed PostgreSQL connection, schema {schema}"
        self._sql = Statements(schema)
        self._known: object = None
        self._closed = False

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        """What was done to lines behind the store's back, of those committed; with an anchor it is not offered."""
        if anchor is not None:
            raise not_offered(self, Capability.ANCHOR)
        return super().verify()

    def _write(
        self, cursor: Cursor, lines: tuple[StoredEntry, ...], rows: tuple[IndexRow, ...], expected: Mapping[str, int]
    ) -> bool:
        def write(savepoint: str) -> bool:
            found = cursor.execute(self._sql.begin_many, (list(expected), list(expected.values()))).fetchone()
            if found is None:
                return False
            heads = {case: head for case, head in zip(expected, found[1], strict=True) if head is not None}
            first = self._drawn(cursor, savepoint)
            placed = zip(count(first), lines, link_lines(lines, heads), strict=False)
            try:
                with cursor.copy(self._sql.copy) as copy:
                    copy.set_types(COPIED)
                    for position, line, head in sorted(placed, key=case_of):
                        copy.write_row((position, *line, head))
            except psycopg.errors.UniqueViolation:
                return False
            cursor.executemany(self._sql.replace_row, sorted(rows))
            return True

        return self._join(cursor, write)

    _write_many = _write

    def _drawn(self, cursor: Cursor, savepoint: str) -> int:
        """The first position of this call: see above."""
        (first,) = cursor.execute(self._sql.draw).fetchone() or (0,)
        cursor.execute(f"ROLLBACK TO SAVEPOINT {savepoint}".encode())
        return int(first)

    def _reindex(self, cursor: Cursor, rows: Sequence[IndexRow]) -> None:
        def write(_: str) -> bool:
            cursor.executemany(self._sql.reindex, sorted(rows))
            return True

        self._join(cursor, write)

    def _join(self, cursor: Cursor, write: Callable[[str], bool]) -> bool:
        connection = cursor.connection
        if connection.autocommit and _status(connection) == TransactionStatus.IDLE:
            raise unavailable(self._place, NO_TRANSACTION)
        # where autocommit is off, the driver begins the transaction as before any statement of the host's
        return in_savepoint(lambda statement: cursor.execute(statement.encode()), lambda: _is_open(connection), write)

    def _using(self, work: Callable[Concatenate[Cursor, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Do *work* on the connection as the host has it now, and tell in our words what went wrong."""
        if self._closed:
            raise unavailable(self._place, "is closed")
        connection: psycopg.Connection[Any] = driver_connection(self._host)
        if _status(connection) == TransactionStatus.INERROR:
            raise unavailable(self._place, "the host's transaction has failed; roll it back first")
        wrong: CasecoreError
        try:
            cursor = psycopg.Cursor(connection, row_factory=tuple_row)  # whatever the host's own cursors are like
            cursor.format = Format.BINARY
            cursor.adapters.register_dumper(int, Int8BinaryDumper)  # the cursor's alone
            with cursor:
                if connection is not self._known:
                    self._check(cursor)
                    self._known = connection
                return work(cursor, *args, **named)
        except psycopg.Error as error:
            wrong = told(self._place, error)
        except UnicodeEncodeError:
            wrong = NotReadable([Problem("", "must not hold half of a character (a lone surrogate)")], what="call")
        except (OverflowError, struct.error):
            wrong = NotReadable([Problem("", "must not hold a number beyond 64 bits")], what="call")
        raise wrong  # outside the handler: what the driver says may quote a line

    def _check(self, cursor: Cursor) -> None:
        there = {name for (name,) in cursor.execute(TABLES_THERE, (self._schema,))}
        if "casecore_schema" not in there:
            raise without_tables(self._place)
        versions = [version for (version,) in cursor.execute(self._sql.versions, ())]
        as_written_here(self._place, versions, len(STEPS))


def _status(connection: psycopg.Connection[Any]) -> TransactionStatus:
    return TransactionStatus(connection.pgconn.transaction_status)


def _is_open(connection: psycopg.Connection[Any]) -> bool:
    return _status(connection) in (TransactionStatus.INTRANS, TransactionStatus.INERROR)
