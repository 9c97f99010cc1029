"""The floor: the same tables, the same statements typed by hand, nothing checked."""

from __future__ import annotations

import sqlite3

from casecore.hooks import IndexRow, StoredEntry

INSERT = (
    "INSERT INTO entries (entry_id, case_id, number, kind, form, recorded_at, written_by, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
UPDATE = (
    "UPDATE due_index SET number = ?2, program = ?4, rules = ?5, valid_from = ?6, look_again_on = ?7, dues = ?8,"
    " findings = ?9 WHERE case_id = ?1 AND worker = ?3"
)


def connect(path: str, synchronous: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    return connection


def append_one(cursor: sqlite3.Cursor, entry: StoredEntry, row: IndexRow) -> None:
    cursor.execute("BEGIN IMMEDIATE")
    cursor.execute(INSERT, entry)
    cursor.execute(UPDATE, row)
    cursor.execute("COMMIT")


def append_many(cursor: sqlite3.Cursor, entries: tuple[StoredEntry, ...]) -> None:
    cursor.execute("BEGIN IMMEDIATE")
    cursor.executemany(INSERT, entries)
    cursor.execute("COMMIT")
