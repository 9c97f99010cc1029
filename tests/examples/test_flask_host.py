from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from casecore_sql import BorrowedSQLiteStore, borrow
from casecore_sql.postgres import BorrowedPostgresStore
from sqlalchemy import text

from tests.postgres_server import PostgresServer

from .hosts import BY, CASE, desk_on, example, killed_where_it_says_so, somebody_first, visit

host = example("flask_host")
PROGRAM = """
from tests.examples import hosts
from sqlalchemy import event
host = hosts.example("flask_host")
url, records, when = sys.argv[1:]
engine, desk = host.engine_for(url), hosts.desk_on(records)
def ready(*_):
    print("ready", flush=True)
    __import__("time").sleep(60)
if when == "before":
    event.listen(engine, "commit", ready)
client = host.create_app(engine, desk).test_client()
visits = [hosts.visit("v-1"), hosts.visit("v-2")]
assert client.post(f"/cases/{hosts.CASE}/visits", json=visits, headers={"X-Worker": hosts.BY}).status_code == 201
ready()
"""


class Rig:
    """A host, and a connection of somebody else."""

    def __init__(self, url: str, records: str, other: Any) -> None:
        self.url, self.records, self.other = url, records, other
        self.desk = desk_on(records)
        self.engine = host.engine_for(url)
        host.Tables.metadata.create_all(self.engine)
        self.client = host.create_app(self.engine, self.desk).test_client()

    def post(self, *visits: dict[str, Any]) -> Any:
        return self.client.post(f"/cases/{CASE}/visits", json=visits, headers={"X-Worker": BY})

    def outside(self) -> tuple[int, int]:
        (miles,) = self.other.execute("SELECT count(*) FROM mileage").fetchone()
        schema = "" if isinstance(self.other, sqlite3.Connection) else "casecore."
        (lines,) = self.other.execute(f"SELECT count(*) FROM {schema}entries WHERE entry_id LIKE 'v-%'").fetchone()
        return miles, lines

    def close(self) -> None:
        self.desk.close()
        self.engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    if request.param == "sqlite":
        path = tmp_path / "host.db"
        with (
            closing(sqlite3.connect(path)) as other,
            closing(Rig(f"sqlite:///{path}", f"sqlite:///{path}", other)) as it,
        ):
            yield it
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    where = f"host={server.folder} port={server.port} user=owner"
    with psycopg.connect(f"{where} dbname=postgres", autocommit=True) as maker:
        maker.execute("CREATE DATABASE flask_host")
        with psycopg.connect(f"{where} dbname=flask_host", autocommit=True) as other_:
            url = f"postgresql+psycopg://owner@/flask_host?host={server.folder}&port={server.port}"
            with closing(Rig(url, server.url("casecore", database="flask_host"), other_)) as it:
                yield it
        maker.execute("DROP DATABASE flask_host WITH (FORCE)")


class TestFlaskHost:
    """The miles of a visit and its entry are there together, or neither is."""

    def test_they_come_with_the_commit(self, rig: Rig) -> None:
        assert rig.post(visit("v-1"), visit("v-2")).status_code == 201
        assert rig.outside() == (2, 2)
        assert rig.desk.checklist(CASE) is not None
        assert rig.post(visit("v-3")).status_code == 201

    def test_they_go_with_the_rollback(self, rig: Rig) -> None:
        assert rig.post(visit("v-1"), {"id": "v-2"}).status_code == 500, "the second is no visit: a programming error"
        assert rig.outside() == (0, 0)
        assert rig.post(visit("v-1")).status_code == 201

    def test_they_go_with_the_savepoint(self, rig: Rig) -> None:
        answer = rig.post(visit("v-1"), visit("v-2", on="2026-04-09"), visit("v-3"))
        assert answer.status_code == 409, "nobody visits tomorrow"
        assert list(answer.json["left"]) == ["v-2"]
        assert rig.outside() == (2, 2)

    def test_a_conflict_leaves_out_one_visit_and_the_host_goes_on(
        self, rig: Rig, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kind: Any = BorrowedSQLiteStore if "sqlite" in rig.url else BorrowedPostgresStore

        def write(line: Any) -> None:
            if "sqlite" not in rig.url:
                rig.other.execute("BEGIN")
                borrow(rig.other).append([line], expected={CASE: 1})
                rig.other.execute("COMMIT")

        def read(self: Any, case: str, load: Any = kind.load) -> Any:
            """In SQLite nobody else can write while the host does: there the host writes twice from what it read."""
            lines = load(self, case)
            return lines if len(lines) < 2 else lines[:-1]

        if "sqlite" in rig.url:
            monkeypatch.setattr(kind, "load", read)
            answer = rig.post(visit("v-0"), visit("v-1"))
        else:
            somebody_first(monkeypatch, kind, write)
            answer = rig.post(visit("v-1"), visit("v-0"))
        assert answer.status_code == 409
        assert list(answer.json["left"]) == ["v-1"]
        assert "somebody wrote to it first" in answer.json["left"]["v-1"]
        assert rig.outside() == (1, 1)

    @pytest.mark.parametrize(("when", "there"), [("before", (0, 0)), ("after", (2, 2))])
    def test_a_crash_leaves_both_or_neither(self, rig: Rig, when: str, there: tuple[int, int]) -> None:
        killed_where_it_says_so(PROGRAM, rig.url, rig.records, when)
        assert rig.outside() == there

    def test_a_connection_of_sqlalchemy_is_as_good_as_a_session(self, rig: Rig) -> None:
        with rig.engine.connect() as connection:
            records = rig.desk.over(borrow(connection))
            line = rig.desk._writing.store.load(CASE)[0]._replace(entry_id="v-1", number=2)
            records._writing.store.append([line], expected={CASE: 1})
            connection.rollback()
            assert rig.outside() == (0, 0)
            connection.execute(text("SELECT 1"))
            records._writing.store.append([line], expected={CASE: 1})
            connection.commit()
        assert rig.outside() == (0, 1)
