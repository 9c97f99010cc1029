"""The floor: the same tables without a chain of hashes, the same statements typed by hand, nothing checked."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from casecore.hooks import IndexRow, StoredEntry

INSERT = (
    "INSERT INTO entries (entry_id, case_id, number, kind, form, recorded_at, written_by, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
UPDATE = (
    "UPDATE due_index SET number = ?, program = ?, rules = ?, valid_from = ?, look_again_on = ?, dues = ?,"
    " findings = ? WHERE case_id = ? AND worker = ?"
)


def connect(path: str, synchronous: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    return connection


def without_chain(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The same tables as they would be if lines had no hashes."""
    for trigger in ("entries_are_never_rewritten", "entries_are_never_deleted"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("ALTER TABLE entries DROP COLUMN hash")
    return connection


def append_one(cursor: sqlite3.Cursor, entry: StoredEntry, row: IndexRow) -> None:
    cursor.execute("BEGIN IMMEDIATE")
    cursor.execute(INSERT, entry)
    cursor.execute(UPDATE, (row.number, *row[3:], row.case, row.worker))
    cursor.execute("COMMIT")


def append_many(cursor: sqlite3.Cursor, entries: tuple[StoredEntry, ...]) -> None:
    cursor.execute("BEGIN IMMEDIATE")
    cursor.executemany(INSERT, entries)
    cursor.execute("COMMIT")


class BarePages:
    """
    What the disk alone takes for one append at FULL: as many pages as one changes, written and synced, nothing else.

    An append changes one page each of the lines, of their two indexes and of the due index; a page in the write-ahead
    log has a head of 24 bytes. The file keeps its length, as a log that has been once around does.
    """

    PAGES, PAGE, HEAD, LENGTH = 4, bytes(4096), bytes(24), 1 << 22

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_RDWR | os.O_CREAT)
        os.write(self.file, bytes(self.LENGTH))
        os.fsync(self.file)
        self.place = 0

    def write(self) -> None:
        for _ in range(self.PAGES):
            os.pwrite(self.file, self.HEAD, self.place)
            os.pwrite(self.file, self.PAGE, self.place + len(self.HEAD))
            self.place += len(self.HEAD) + len(self.PAGE)
        os.fdatasync(self.file)
        if self.place > self.LENGTH - 2 * self.PAGES * len(self.PAGE):
            self.place = 0

    def close(self) -> None:
        os.close(self.file)
