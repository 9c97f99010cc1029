"""Stores on a borrowed connection keep the promises to every store, in one transaction that is never committed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from casecore_sql import TABLES, BorrowedSQLiteStore, SQLiteStore, borrow
from casecore_sql.postgres import BorrowedPostgresStore, PostgresStore
from hypothesis import settings

from casecore.hooks import Store, StoredEntry
from casecore.testing import StoreContract, StoreMachine
from tests.tampering import tamper_in_postgres, tamper_in_sqlite


def with_tables(path: Path | str, **ways: Any) -> sqlite3.Connection:
    """A host's own connection to its own database, in which its migration has made our tables."""
    connection = sqlite3.connect(path, **ways)
    for statement in TABLES:
        connection.execute(statement)
    connection.commit()
    return connection


class Tamperable(BorrowedSQLiteStore):
    @property
    def _connection(self) -> sqlite3.Connection:  # type: ignore[override]  # a plain store keeps an attribute
        assert isinstance(self._host, sqlite3.Connection)
        return self._host


class TestBorrowedSQLiteStore(StoreContract):
    """In one transaction of the host's that never ends; its rows and its text look as the host likes."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with closing(with_tables(tmp_path / "host.db")) as connection:
            connection.row_factory = lambda _, values: {"a row": values}
            connection.text_factory = bytes
            yield Tamperable(connection)
            assert connection.text_factory is bytes

    def tamper(self, store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
        tamper_in_sqlite(store, line, instead)


class BorrowedSQLiteMachine(StoreMachine):
    def open_store(self) -> Store:
        self.connection = with_tables(":memory:", isolation_level=None)
        self.connection.execute("BEGIN")
        return borrow(self.connection)

    def teardown(self) -> None:
        super().teardown()
        assert self.connection.in_transaction
        self.connection.close()


TestBorrowedSQLiteMachine = BorrowedSQLiteMachine.TestCase
TestBorrowedSQLiteMachine.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


class TestBorrowedPostgresStore(StoreContract):
    """In a transaction of the host's; committed only for the tests that alter lines behind its back."""

    @pytest.fixture
    def store(self, pg: PostgresStore, schema: str, hand: psycopg.Connection[Any]) -> Iterator[Store]:
        self.schema, self.hand = schema, hand
        with psycopg.connect(hand.info.dsn) as connection:
            yield borrow(connection, schema=schema)
            connection.rollback()

    def tamper(self, store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
        assert isinstance(store, BorrowedPostgresStore)
        assert isinstance(store._host, psycopg.Connection)
        store._host.commit()
        tamper_in_postgres(self.hand, self.schema, line, instead)


def test_the_documented_tables_are_those_the_store_makes() -> None:
    look = "SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2"
    columns = "SELECT name, type, [notnull], pk FROM pragma_table_info(?)"
    with closing(with_tables(":memory:")) as host, SQLiteStore(":memory:") as store:
        assert host.execute(look).fetchall() == store._connection.execute(look).fetchall()
        for table in ("entries", "due_index", "casecore_schema"):
            assert host.execute(columns, (table,)).fetchall() == store._connection.execute(columns, (table,)).fetchall()
        assert host.execute("SELECT * FROM casecore_schema").fetchall() == (
            store._connection.execute("SELECT * FROM casecore_schema").fetchall()
        )
