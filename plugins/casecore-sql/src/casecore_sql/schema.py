"""The tables, and opening a database that has them or shall have them."""

from __future__ import annotations

import sqlite3
import time

from . import statements
from .faults import unavailable

VERSION = 1
"""The version of the tables below, kept in ``casecore_schema``."""

TABLES = (
    "CREATE TABLE casecore_schema (version INTEGER NOT NULL)",
    f"INSERT INTO casecore_schema VALUES ({VERSION})",
    # The position is the rowid: it grows in the order of commits, because one writer at a time holds the database
    # and nothing is ever deleted. A table ordered by case would read a long case faster and take a write twice as long.
    """
    CREATE TABLE entries (
        position    INTEGER PRIMARY KEY,
        entry_id    TEXT NOT NULL UNIQUE,
        case_id     TEXT NOT NULL,
        number      INTEGER NOT NULL,
        kind        TEXT NOT NULL,
        form        INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        written_by  TEXT NOT NULL,
        body        BLOB NOT NULL,
        UNIQUE (case_id, number)
    )
    """,
    """
    CREATE TABLE due_index (
        case_id       TEXT PRIMARY KEY NOT NULL,
        number        INTEGER NOT NULL,
        worker        TEXT NOT NULL,
        program       TEXT NOT NULL,
        rules         TEXT NOT NULL,
        valid_from    TEXT NOT NULL,
        look_again_on TEXT NOT NULL,
        dues          BLOB NOT NULL,
        findings      BLOB NOT NULL
    )
    """,
    "CREATE INDEX due_index_by_worker ON due_index (worker, case_id)",
    # Triggers on UPDATE and DELETE cost an INSERT nothing. They stop slips, not somebody who means to.
    """
    CREATE TRIGGER entries_are_never_rewritten BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never rewritten'); END
    """,
    """
    CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END
    """,
)


def connect(path: str, synchronous: str, timeout: float) -> sqlite3.Connection:
    """A connection to the database at *path*, its tables made where it has none at all."""
    # check_same_thread is off because the store takes a lock of its own around every use
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)
    try:
        has_tables = _check(path, connection)
        _write_ahead(path, connection, timeout)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        if not has_tables:
            _make_tables(path, connection)
        connection.execute(statements.LAST_LINES)
        connection.execute(statements.GO_ON)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(path: str, connection: sqlite3.Connection) -> bool:
    """Whether the tables are there; refuses a database that is somebody else's, before anything in it is changed."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return False
    if "casecore_schema" not in tables:
        raise unavailable(path, "is a database with other tables, and none of casecore's")
    versions = [version for (version,) in connection.execute("SELECT version FROM casecore_schema")]
    if versions != [VERSION]:
        found = ", ".join(str(version) for version in versions) or "none"
        raise unavailable(path, f"has tables of version {found}; this casecore-sql reads version {VERSION}")
    if not {"entries", "due_index"} <= tables:
        raise unavailable(path, "is damaged: a table is missing")
    return True


def _write_ahead(path: str, connection: sqlite3.Connection, timeout: float) -> None:
    """Switch to the write-ahead log. SQLite does not wait its turn for this one, so we do."""
    patience = time.monotonic() + timeout
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > patience:
                raise
            time.sleep(0.01)
        else:
            break
    if mode not in ("wal", "memory"):
        raise unavailable(path, "is on a file system that cannot keep a write-ahead log")


def _make_tables(path: str, connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if not _check(path, connection):  # somebody else may have made them while we waited
        for statement in TABLES:
            connection.execute(statement)
    connection.execute("COMMIT")
