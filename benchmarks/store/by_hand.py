"""The floor: the same tables, the same statements typed by hand, nothing checked."""

from __future__ import annotations

import sqlite3

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


def append_one(cursor: sqlite3.Cursor, entry: StoredEntry, row: IndexRow) -> None:
    cursor.execute("BEGIN IMMEDIATE")
    cursor.execute(INSERT, entry)
    cursor.execute(UPDATE, (row.number, *row[3:], row.case, row.worker))
    cursor.execute("COMMIT")


def append_many(cursor: sqlite3.Cursor, entries: tuple[StoredEntry, ...]) -> None:
    cursor.execute("BEGIN IMMEDIATE")
    cursor.executemany(INSERT, entries)
    cursor.execute("COMMIT")
