"""
PostgreSQL keeps every promise, on a real server.

At NORMAL, for the disk's sake: the statements are the same. What a commit survives is tested in `test_postgres_crash`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from casecore_sql.postgres import PostgresStore
from hypothesis import settings

from casecore.hooks import Store
from casecore.testing import StoreContract, StoreMachine
from tests.postgres_server import PostgresServer


class TestPostgresStore(StoreContract):
    """Every test in a schema of its own."""

    @pytest.fixture
    def store(self, postgres: PostgresServer) -> Iterator[Store]:
        self.url = postgres.url(f"contract-{uuid.uuid4()}", synchronous="NORMAL")
        with PostgresStore.open(self.url) as store:
            yield store

    def open_again(self) -> Store:
        return PostgresStore.open(self.url)


class PostgresMachine(StoreMachine):
    durable = True
    server: PostgresServer

    def __init__(self) -> None:
        super().__init__()
        self.url = self.server.url(f"machine-{uuid.uuid4()}", synchronous="NORMAL")

    def open_store(self) -> Store:
        return PostgresStore.open(self.url)


class TestPostgresMachine(PostgresMachine.TestCase):  # type: ignore[misc,valid-type]
    """Whatever is asked of it in whatever order, it says what two plain lists say."""

    settings = settings(max_examples=20, stateful_step_count=25, deadline=None)

    @pytest.fixture(autouse=True)
    def served(self, postgres: PostgresServer) -> None:
        PostgresMachine.server = postgres
