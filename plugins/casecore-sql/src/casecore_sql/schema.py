"""The tables, and opening a database that has them or shall have them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable

from casecore.hooks import StoredEntry, link, link_lines

from . import statements
from .faults import unavailable

ENTRIES = """
    CREATE TABLE entries (
        position    INTEGER PRIMARY KEY,
        entry_id    TEXT NOT NULL UNIQUE,
        case_id     TEXT NOT NULL,
        number      INTEGER NOT NULL,
        kind        TEXT NOT NULL,
        form        INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        written_by  TEXT NOT NULL,
        {hash}
        body        BLOB NOT NULL,
        UNIQUE (case_id, number)
    )
"""
HASH = "hash        BLOB NOT NULL,"
VERSION = "CREATE TABLE casecore_schema (version INTEGER NOT NULL)"
DUE_INDEX = """
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
"""
BY_WORKER = "CREATE INDEX due_index_by_worker ON due_index (worker, case_id)"
# Triggers on UPDATE and DELETE cost an INSERT nothing. They stop slips, not somebody who means to.
NEVER = (
    """
    CREATE TRIGGER entries_are_never_rewritten BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never rewritten'); END
    """,
    """
    CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END
    """,
)


def chain_lines(connection: sqlite3.Connection) -> None:
    """
    Give every line of `first_entries` its hash, into `entries`.

    By position: within a case that is also by number, whatever else was done to the file.
    """
    heads: dict[str, bytes] = {}
    lines = connection.execute(f"SELECT position, {statements.ENTRY} FROM first_entries ORDER BY position")
    try:
        connection.executemany(
            f"INSERT INTO entries (position, {statements.ENTRY}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((*line, *link_lines([StoredEntry._make(line[1:])], heads)) for line in lines),
        )
    except (TypeError, AttributeError) as error:  # text where bytes should be, or the reverse
        raise sqlite3.DatabaseError("a line is not one that was ever written") from error


STEPS: tuple[tuple[str | Callable[[sqlite3.Connection], None], ...], ...] = (
    (
        VERSION,
        "INSERT INTO casecore_schema VALUES (0)",
        # The position is the rowid: it grows in the order of commits, because one writer at a time holds the database
        # and nothing is ever deleted. A table ordered by case would read a long case faster and take a write twice as
        # long.
        ENTRIES.format(hash=""),
        DUE_INDEX,
        BY_WORKER,
        *NEVER,
    ),
    (
        # A column added to the table would lie behind the body; a hash shall be read without walking a long one.
        "DROP TRIGGER entries_are_never_rewritten",
        "DROP TRIGGER entries_are_never_deleted",
        "ALTER TABLE entries RENAME TO first_entries",
        ENTRIES.format(hash=HASH),
        chain_lines,
        "DROP TABLE first_entries",
        *NEVER,
    ),
)
"""What makes each version of the tables out of the one before; the first makes them out of nothing."""

TABLES: tuple[str, ...] = (
    VERSION,
    f"INSERT INTO casecore_schema VALUES ({len(STEPS)})",
    ENTRIES.format(hash=HASH),
    DUE_INDEX,
    BY_WORKER,
    *NEVER,
)
"""For a host that keeps records in a SQLite database of its own: what its own migration runs, one after the other."""


def connect(path: str, synchronous: str, timeout: float) -> sqlite3.Connection:
    """A connection to the database at *path*, its tables made where it has none at all, or brought up to date."""
    # check_same_thread is off because the store takes a lock of its own around every use
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)
    try:
        version = _version(path, connection)
        _write_ahead(path, connection, timeout)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        if version < len(STEPS):
            _make_tables(path, connection)
        connection.create_function("casecore_link", 2, _link, deterministic=True)
        connection.execute(statements.LAST_LINES)
        connection.execute(statements.GO_ON)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(path: str, connection: sqlite3.Connection) -> int:
    """The version of the tables, 0 where there are none; refuses what is not ours, before anything in it is changed."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 0
    if "casecore_schema" not in tables:
        raise unavailable(path, "is a database with other tables, and none of casecore's")
    versions = [version for (version,) in connection.execute("SELECT version FROM casecore_schema")]
    if len(versions) != 1 or versions[0] not in range(1, len(STEPS) + 1):
        found = ", ".join(str(version) for version in versions) or "none"
        raise unavailable(path, f"has tables of version {found}; this casecore-sql reads version {len(STEPS)}")
    if not {"entries", "due_index"} <= tables:
        raise unavailable(path, "is damaged: a table is missing")
    return int(versions[0])


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


def _link(before: bytes | None, digest: bytes) -> bytes | None:
    """The hash of a line where there is a line before it; else NULL, which the table refuses."""
    return None if before is None else link(before, digest)


def _make_tables(path: str, connection: sqlite3.Connection) -> None:
    """Whoever opens the file meanwhile waits here, and then finds it done."""
    connection.execute("BEGIN IMMEDIATE")
    for step in STEPS[_version(path, connection) :]:
        for part in step:
            if isinstance(part, str):
                connection.execute(part)
            else:
                part(connection)
    connection.execute("UPDATE casecore_schema SET version = ?", (len(STEPS),))
    connection.execute("COMMIT")
