"""
A store on a connection that a host has lent: what is written stands or falls with the host's own transaction.

Nothing here commits, rolls back (but to a savepoint of its own), sets a pragma or makes a table, view or function.
There is no lock: the connection is the host's, and so is the rule which thread may use it.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, TypeVarTuple

from casecore.hooks import Capability, ChainAnchor, Damage, IndexRow, Store, StoredEntry, not_offered
from casecore.terms import CasecoreError, NotReadable, Problem

from . import statements
from .faults import told, unavailable
from .lent import (
    NO_TRANSACTION,
    OFFERED,
    Lent,
    as_written_here,
    driver_connection,
    in_savepoint,
    is_sqlite,
    without_tables,
)
from .schema import STEPS
from .store import SQLiteStore

Given = TypeVarTuple("Given")
T = TypeVar("T")

LENT = "borrowed SQLite connection"
_LEGACY = -1  # sqlite3.LEGACY_TRANSACTION_CONTROL, where the driver has it (Python 3.12)
# Touches no row. In its older ways the driver begins a transaction before such a statement, and before no other.
_BEGIN_AS_THE_DRIVER_DOES = "DELETE FROM casecore_schema WHERE 0"


def borrow(connection: object, *, schema: str = "casecore") -> Store:
    """
    A store that writes in the transaction of the host's own connection.

    The tables must be there: see `casecore_sql.TABLES` and ``docs/how-to/write-in-your-own-transaction.md``.

    Args:
        connection: Of sqlite3 or psycopg; a SQLAlchemy Connection or Session; a Django connection.
        schema: The PostgreSQL schema that holds the records; SQLite has none.

    Raises:
        NotReadable: It is no such connection.
    """
    if is_sqlite(driver_connection(connection)):
        return BorrowedSQLiteStore(connection)
    # an extra, and loaded only where it is asked for
    store: Store = importlib.import_module(".postgres", __package__).BorrowedPostgresStore(connection, schema=schema)
    return store


class BorrowedSQLiteStore(Lent, SQLiteStore):
    """
    Case records in the SQLite database that the host has open, written in its transaction; made by `borrow`.

    Does not offer ``feed`` and ``anchor``: they would tell lines that may yet vanish.
    """

    def __init__(self, connection: object) -> None:
        self.path = LENT
        self.capabilities = OFFERED
        self._host = connection
        self._known: sqlite3.Connection | None = None
        self._closed = False

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        """What was done to lines behind the store's back; with an anchor it is not offered."""
        if anchor is not None:
            raise not_offered(self, Capability.ANCHOR)
        return super().verify()

    def __repr__(self) -> str:
        return "BorrowedSQLiteStore()"

    def _go_on(self, line: StoredEntry, row: IndexRow) -> bool:
        return False  # that way needs a view and a function on the connection

    def _write(
        self,
        cursor: sqlite3.Cursor,
        lines: tuple[StoredEntry, ...],
        rows: tuple[IndexRow, ...],
        expected: Mapping[str, int],
    ) -> bool:
        return self._join(cursor, lambda _: self._insert(cursor, lines, rows, expected))

    def _reindex(self, cursor: sqlite3.Cursor, rows: Sequence[IndexRow]) -> None:
        def write(_: str) -> bool:
            cursor.executemany(statements.REINDEX, rows)
            return True

        self._join(cursor, write)

    def _index_of(self, cursor: sqlite3.Cursor, cases: Sequence[str], worker: str | None) -> list[IndexRow]:
        found = (cursor.execute(statements.INDEX_OF_CASE, (case,)).fetchone() for case in cases)
        rows = [IndexRow._make(row) for row in found if row is not None]
        return rows if worker is None else [row for row in rows if row.worker == worker]

    def _join(self, cursor: sqlite3.Cursor, write: Callable[[str], bool]) -> bool:
        """Write in the host's transaction, begun where the driver would begin it for an INSERT of the host's own."""
        connection = cursor.connection
        if not connection.in_transaction:
            if getattr(connection, "autocommit", _LEGACY) == _LEGACY and connection.isolation_level is not None:
                cursor.execute(_BEGIN_AS_THE_DRIVER_DOES)
            if not connection.in_transaction:
                raise unavailable(self.path, NO_TRANSACTION)
        return in_savepoint(cursor.execute, lambda: connection.in_transaction, write)

    def _using(self, work: Callable[[sqlite3.Cursor, *Given], T], *args: *Given) -> T:
        """Do *work* on the connection as the host has it now, and tell in our words what went wrong."""
        if self._closed:
            raise unavailable(self.path, "is closed")
        connection: sqlite3.Connection = driver_connection(self._host)
        began = False
        wrong: CasecoreError
        try:
            began = connection.in_transaction
            cursor = sqlite3.Cursor(connection)  # the host's connection may have a way of its own to make them
            cursor.row_factory = None
            texts, connection.text_factory = connection.text_factory, str
            try:
                if connection is not self._known:
                    self._check(cursor)
                    self._known = connection
                return work(cursor, *args)
            finally:
                connection.text_factory = texts
                cursor.close()  # what was not read to its end would hold the file for as long as an error is kept
        except sqlite3.Error as error:
            wrong = _told(error, lost=began and not _in_transaction(connection))
            wrong.__cause__ = error
        except UnicodeEncodeError:
            wrong = NotReadable([Problem("", "must not hold half of a character (a lone surrogate)")], what="call")
        except OverflowError:
            wrong = NotReadable([Problem("", "must not hold a number beyond 64 bits")], what="call")
        # raised outside the handler: an encoding error carries the text itself
        raise wrong

    def _check(self, cursor: sqlite3.Cursor) -> None:
        if not cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'casecore_schema'").fetchall():
            raise without_tables(self.path)
        versions = [version for (version,) in cursor.execute("SELECT version FROM casecore_schema").fetchall()]
        as_written_here(self.path, versions, len(STEPS))


def _told(error: sqlite3.Error, *, lost: bool) -> CasecoreError:
    if getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY_SNAPSHOT":
        said = "somebody wrote since this transaction began to read; roll it back and do all of it again"
        return unavailable(LENT, said, again=True)
    plain = told(LENT, error)
    if not lost:
        return plain
    said = str(plain).removeprefix(f"the store {LENT}: ")
    return unavailable(LENT, f"{said}; SQLite has rolled back the host's whole transaction", again=plain.retry)


def _in_transaction(connection: sqlite3.Connection) -> bool:
    try:
        return connection.in_transaction
    except sqlite3.Error:  # closed, or another thread's
        return False
