"""What somebody does to stored lines who can reach behind the store."""

from __future__ import annotations

from typing import Any

import psycopg
from casecore_sql import SQLiteStore
from psycopg import sql

from casecore.hooks import Store, StoredEntry
from casecore.testing import MemoryStore

_UPDATE = (
    "UPDATE {0}entries SET entry_id = {1}, case_id = {1}, number = {1}, kind = {1}, form = {1}, recorded_at = {1},"
    " written_by = {1}, body = {1} WHERE case_id = {1} AND number = {1}"
)
_DELETE = "DELETE FROM {0}entries WHERE case_id = {1} AND number = {1}"


def tamper_in_memory(store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
    """Put *instead* where *line* is kept, or take it away; its hash stays where it is."""
    assert isinstance(store, MemoryStore)
    place = store._cases[line.case].index(line)
    del store._by_id[line.entry_id]
    if instead is None:
        store._fed.remove(line)
        del store._cases[line.case][place], store._hashes[line.case][place]
    else:
        store._fed[store._fed.index(line)] = store._cases[line.case][place] = instead
        store._by_id[instead.entry_id] = instead


def tamper_in_sqlite(store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
    """The same in SQLite."""
    assert isinstance(store, SQLiteStore)
    for trigger in ("entries_are_never_rewritten", "entries_are_never_deleted"):
        store._connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    if instead is None:
        store._connection.execute(_DELETE.format("", "?"), (line.case, line.number))
    else:
        store._connection.execute(_UPDATE.format("", "?"), (*instead, line.case, line.number))


def unguarded(hand: psycopg.Connection[Any], schema: str) -> None:
    """Let the owner of a schema do as they like there."""
    hand.execute(
        sql.SQL("ALTER TABLE {}.entries DISABLE TRIGGER entries_are_never_rewritten").format(sql.Identifier(schema))
    )


def tamper_in_postgres(
    hand: psycopg.Connection[Any], schema: str, line: StoredEntry, instead: StoredEntry | None
) -> None:
    """The same in a schema of PostgreSQL."""
    unguarded(hand, schema)
    statement = (_DELETE if instead is None else _UPDATE).format("{}.", "%b")
    made = sql.SQL(statement).format(sql.Identifier(schema))
    hand.execute(made, (*(instead or ()), line.case, line.number))
