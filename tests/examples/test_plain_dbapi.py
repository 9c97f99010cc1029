from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from casecore_sql import BorrowedSQLiteStore, borrow
from casecore_sql.postgres import BorrowedPostgresStore, PostgresStore

from casecore.agency import Agency
from casecore.terms import StoreUnavailable
from tests.postgres_server import PostgresServer

from .hosts import BY, CASE, desk_on, example, killed_where_it_says_so, somebody_first, visit

host = example("plain_dbapi")
PROGRAM = """
import psycopg, sqlite3
from tests.examples import hosts
host = hosts.example("plain_dbapi")
kind, place, schema, when = sys.argv[1:]
connection = sqlite3.connect(place) if kind == "sqlite" else psycopg.connect(place)
connection.execute(f'SET search_path = "{schema}"') if kind != "sqlite" else None
from casecore.agency import Agency
from casecore_sql import borrow
desk = Agency.open(borrow(connection, schema=schema), plugins=[], clock=hosts.clock)
host.borrow = lambda given: borrow(given, schema=schema)
host.record_visits(connection, desk, hosts.CASE, [hosts.visit("v-1"), hosts.visit("v-2")], by=hosts.BY)
if when == "after":
    connection.commit()
print("ready", flush=True)
__import__("time").sleep(60)
"""


class Rig:
    """A host's connection, its desk, and another connection to look from outside."""

    def __init__(self, connection: Any, other: Any, schema: str, place: str) -> None:
        self.connection, self.other, self.schema, self.place = connection, other, schema, place
        self.kind = "sqlite" if isinstance(connection, sqlite3.Connection) else "postgres"
        self.store = borrow(connection, schema=schema)
        self.desk: Agency = desk_on(self.store)
        connection.commit()

    def outside(self) -> tuple[int, int]:
        """How many rows of miles and how many visits somebody else sees."""
        (miles,) = self.other.execute("SELECT count(*) FROM mileage").fetchone()
        (lines,) = self.other.execute("SELECT count(*) FROM entries WHERE entry_id LIKE 'v-%'").fetchone()
        assert self.other.execute("SELECT number FROM due_index").fetchall() == [
            (self.other.execute("SELECT max(number) FROM entries").fetchone()[0],)
        ]
        if self.kind == "postgres":
            self.other.rollback()
        return miles, lines

    def record(self, *ids: str) -> dict[str, str]:
        left: dict[str, str] = host.record_visits(self.connection, self.desk, CASE, map(visit, ids), by=BY)
        return left


@pytest.fixture(params=["sqlite", "postgres"])
def rig(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    if request.param == "sqlite":
        path = str(tmp_path / "host.db")
        with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(path)) as other:
            host.prepare(connection)
            yield Rig(connection, other, "", path)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    schema = f"host {uuid.uuid4()}"
    PostgresStore.open(server.url(schema)).close()
    dsn = f"host={server.folder} port={server.port} user=owner dbname=postgres"
    monkeypatch.setattr(host, "borrow", lambda connection: borrow(connection, schema=schema))
    with psycopg.connect(dsn) as connection_, psycopg.connect(dsn) as other_:
        for each in (connection_, other_):
            each.execute(f'SET search_path = "{schema}"')
            each.commit()
        host.prepare(connection_)
        yield Rig(connection_, other_, schema, dsn)
        connection_.rollback()


class TestPlainHost:
    """The miles of a visit and its entry are there together, or neither is."""

    def test_they_come_with_the_commit(self, rig: Rig) -> None:
        assert rig.record("v-1", "v-2") == {}
        assert rig.outside() == (0, 0)
        assert len(rig.desk.read(CASE).lines) == 3, "the host itself sees what it has written"
        rig.connection.commit()
        assert rig.outside() == (2, 2)

    def test_they_go_with_the_rollback(self, rig: Rig) -> None:
        rig.record("v-1")
        rig.connection.rollback()
        assert rig.outside() == (0, 0)
        assert len(rig.desk.read(CASE).lines) == 1
        rig.record("v-1")
        rig.connection.commit()
        assert rig.outside() == (1, 1)
        assert rig.store.verify() == ()

    def test_they_go_with_the_savepoint(self, rig: Rig) -> None:
        rig.record("v-1")
        with pytest.raises(KeyError), host.savepoint(rig.connection):  # its second visit is none
            host.record_visits(rig.connection, rig.desk, CASE, [visit("v-2"), {"id": "v-4"}], by=BY)
        assert rig.record("v-3") == {}
        rig.connection.commit()
        assert rig.outside() == (2, 2)
        assert [line.entry_id for line in rig.desk.read(CASE).lines] == ["admission", "v-1", "v-3"]
        assert rig.store.verify() == ()

    def test_a_conflict_leaves_out_one_visit_and_the_host_goes_on(
        self, rig: Rig, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kind: Any = BorrowedSQLiteStore if rig.kind == "sqlite" else BorrowedPostgresStore
        # in SQLite nobody else can write while the host's transaction has begun to: there it is the host itself
        somewhere = rig.connection if rig.kind == "sqlite" else rig.other
        rig.record("v-0")
        rig.connection.commit()

        def write(line: Any) -> None:
            borrow(somewhere, schema=rig.schema).append([line], expected={CASE: 2})
            if rig.kind == "postgres":
                somewhere.commit()

        somebody_first(monkeypatch, kind, write)
        left = rig.record("v-1", "v-2")
        assert list(left) == ["v-1"]
        assert "not 2: somebody wrote to it first" in left["v-1"]
        rig.connection.commit()
        assert rig.outside() == (2, 2)
        assert [line.entry_id for line in rig.desk.read(CASE).lines if line.entry_id != "theirs"] == [
            "admission", "v-0", "v-2",
        ]  # fmt: skip
        assert rig.store.verify() == ()

    @pytest.mark.parametrize(("when", "there"), [("before", (0, 0)), ("after", (2, 2))])
    def test_a_crash_leaves_both_or_neither(self, rig: Rig, when: str, there: tuple[int, int]) -> None:
        killed_where_it_says_so(PROGRAM, rig.kind, rig.place, rig.schema, when)
        assert rig.outside() == there

    def test_the_desk_is_closed_and_the_connection_stays_open(self, rig: Rig) -> None:
        rig.record("v-1")
        rig.desk.close()
        with pytest.raises(StoreUnavailable, match="is closed"):
            rig.desk.read(CASE)
        rig.connection.commit()
        assert rig.outside() == (1, 1)
