"""
PostgreSQL keeps every promise, on a real server.

At NORMAL, for the disk's sake: the statements are the same. What a commit survives is tested in `test_postgres_crash`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from casecore_sql.postgres import PostgresStore
from hypothesis import settings

from casecore.hooks import Store, StoredEntry
from casecore.testing import StoreContract, StoreMachine
from tests.postgres_server import PostgresServer
from tests.tampering import tamper_in_postgres


class TestPostgresStore(StoreContract):
    """Every test in a schema of its own."""

    @pytest.fixture
    def store(self, postgres: PostgresServer, schema: str, hand: psycopg.Connection[Any]) -> Iterator[Store]:
        self.url, self.schema, self.hand = postgres.url(schema, synchronous="NORMAL"), schema, hand
        with PostgresStore.open(self.url) as store:
            yield store

    def open_again(self) -> Store:
        return PostgresStore.open(self.url)

    def tamper(self, store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
        tamper_in_postgres(self.hand, self.schema, line, instead)


class PostgresMachine(StoreMachine):
    durable = True
    server: PostgresServer

    def __init__(self) -> None:
        super().__init__()
        self.url = self.server.url(f"machine-{uuid.uuid4()}", synchronous="NORMAL")

    def open_store(self) -> Store:
        return PostgresStore.open(self.url)


class TestPostgresMachine(PostgresMachine.TestCase):  # type: ignore[misc,valid-type]  # hypothesis makes it
    """Whatever is asked of it in whatever order, it says what two plain lists say."""

    settings = settings(max_examples=20, stateful_step_count=25, deadline=None)

    @pytest.fixture(autouse=True)
    def served(self, postgres: PostgresServer) -> None:
        PostgresMachine.server = postgres
