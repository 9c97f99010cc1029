"""What the tests of the PostgreSQL store share. Every test has a schema of its own on the session's server."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from casecore_sql.postgres import PostgresStore

from tests.postgres_server import PostgresServer

ByHand = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def schema() -> str:
    return f"Test {uuid.uuid4()}"


@pytest.fixture
def url(postgres: PostgresServer, schema: str) -> str:
    """The address of a store that is not there yet; it waits briefly for other writers."""
    return postgres.url(schema, timeout="0.2")


@pytest.fixture
def pg(url: str) -> Iterator[PostgresStore]:
    """A new store."""
    with PostgresStore.open(url) as store:
        yield store


@pytest.fixture
def hand(postgres: PostgresServer, schema: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody else on the same server, with full rights, in the same schema."""
    with psycopg.connect(
        host=str(postgres.folder), port=postgres.port, user="owner", dbname="postgres", autocommit=True,
        options=f'-c search_path="{schema.replace(" ", chr(92) + " ")}"',
    ) as connection:  # fmt: skip
        yield connection
