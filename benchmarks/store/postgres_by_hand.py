"""The floors in PostgreSQL: the same tables, one statement typed by hand, prepared and binary, nothing checked."""

from __future__ import annotations

from itertools import count
from typing import Any

import psycopg
from psycopg import sql

from casecore.hooks import IndexRow, StoredEntry

COLUMNS = "position, entry_id, case_id, number, kind, form, recorded_at, written_by, body"
TYPES = ("int8", "text", "text", "int8", "text", "int8", "text", "text", "bytea")


class ByHand:
    """One connection to the schema of a store; positions are counted here."""

    def __init__(self, connection: psycopg.Connection[Any], schema: str) -> None:
        self.connection = connection
        self.cursor = connection.cursor(binary=True)
        self.positions = count(1)

        def made(statement: str) -> bytes:
            return sql.SQL(statement).format(schema=sql.Identifier(schema)).as_bytes(None)

        self.insert = made(f"INSERT INTO {{schema}}.entries ({COLUMNS}) VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b)")
        self.both = made(
            f"WITH line AS (INSERT INTO {{schema}}.entries ({COLUMNS}) VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b))"
            " UPDATE {schema}.due_index SET number = %b, worker = %b, program = %b, rules = %b, valid_from = %b,"
            " look_again_on = %b, dues = %b, findings = %b WHERE case_id = %b"
        )
        self.copy = made(f"COPY {{schema}}.entries ({COLUMNS}) FROM STDIN (FORMAT BINARY)")
        self.select = made(
            "SELECT entry_id, case_id, number, kind, form, recorded_at, written_by, body FROM {schema}.entries"
            " WHERE case_id = %b ORDER BY number"
        )

    def without_chain(self, schema: str) -> ByHand:
        """The tables as they would be if lines had no hashes."""
        self.connection.execute(sql.SQL("ALTER TABLE {}.entries DROP COLUMN hash").format(sql.Identifier(schema)))
        return self

    def append_one(self, entry: StoredEntry) -> None:
        self.cursor.execute(self.insert, (next(self.positions), *entry))

    def append_one_with_row(self, entry: StoredEntry, row: IndexRow) -> None:
        self.cursor.execute(self.both, (next(self.positions), *entry, *row[1:], row.case))

    def append_many(self, entries: tuple[StoredEntry, ...]) -> None:
        with self.cursor.copy(self.copy) as copy:
            copy.set_types(TYPES)
            for entry in entries:
                copy.write_row((next(self.positions), *entry))

    def load(self, case: str) -> list[tuple[Any, ...]]:
        return self.cursor.execute(self.select, (case,)).fetchall()
