from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import django
import pytest
from casecore_sql import BorrowedSQLiteStore, borrow
from casecore_sql.postgres import PostgresStore
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ConnectionHandler
from django.test import RequestFactory

from casecore.hooks import StoredEntry
from casecore.terms import StoreUnavailable
from tests.postgres_server import PostgresServer

from .hosts import BY, CASE, desk_on, example, killed_where_it_says_so, visit

if not settings.configured:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        ALLOWED_HOSTS=["testserver"],
        USE_TZ=True,
    )
    django.setup()
host = example("django_host")
LINE = StoredEntry("v-1", CASE, 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", BY, b"{}")
PROGRAM = """
from tests.examples import hosts, test_django_host as rigs
from django.db import connection, transaction
path, when = sys.argv[1:]
connection.settings_dict["NAME"] = path
from casecore.agency import Agency
from casecore_sql import borrow
desk = Agency.open(borrow(connection), plugins=[], clock=hosts.clock)
with transaction.atomic():
    rigs.post(desk, hosts.visit("v-1"), hosts.visit("v-2"))
    if when == "before":
        print("ready", flush=True)
        __import__("time").sleep(60)
print("ready", flush=True)
__import__("time").sleep(60)
"""


def post(desk: Any, *visits: dict[str, Any]) -> Any:
    request = RequestFactory().post(
        "/", data=json.dumps(visits), content_type="application/json", headers={"X-Worker": BY}
    )
    return host.record_visits(request, desk, CASE)


class Rig:
    """A host, and a connection of somebody else."""

    def __init__(self, path: Path, other: sqlite3.Connection) -> None:
        self.path, self.other = path, other
        host.prepare()
        with transaction.atomic():
            self.desk = desk_on(borrow(connection))

    def outside(self) -> tuple[int, int]:
        (miles,) = self.other.execute("SELECT count(*) FROM django_host_mileage").fetchone()
        (lines,) = self.other.execute("SELECT count(*) FROM entries WHERE entry_id LIKE 'v-%'").fetchone()
        return miles, lines


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    connection.close()
    connection.settings_dict["NAME"] = tmp_path / "host.db"
    with closing(sqlite3.connect(tmp_path / "host.db")) as other:
        yield Rig(tmp_path / "host.db", other)
    connection.close()


class TestDjangoHost:
    """The miles of a visit and its entry are there together, or neither is."""

    def test_they_come_with_the_commit(self, rig: Rig) -> None:
        with transaction.atomic():
            assert post(rig.desk, visit("v-1"), visit("v-2")).status_code == 201
            assert rig.outside() == (0, 0)
        assert rig.outside() == (2, 2)

    def test_they_go_with_the_rollback(self, rig: Rig) -> None:
        with pytest.raises(KeyError):
            post(rig.desk, visit("v-1"), {"id": "v-2"})
        assert rig.outside() == (0, 0)
        assert post(rig.desk, visit("v-1")).status_code == 201

    def test_they_go_with_the_savepoint(self, rig: Rig) -> None:
        answer = post(rig.desk, visit("v-1"), visit("v-2", on="2026-04-09"), visit("v-3"))
        assert answer.status_code == 409, "nobody visits tomorrow"
        assert list(json.loads(answer.content)["left"]) == ["v-2"]
        assert rig.outside() == (2, 2)

    def test_a_conflict_leaves_out_one_visit_and_the_host_goes_on(
        self, rig: Rig, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nobody else can write while the host does, so the host writes twice from what it has read."""
        load = BorrowedSQLiteStore.load

        def read(self: Any, case: str) -> Any:
            lines = load(self, case)
            return lines if len(lines) < 2 else lines[:-1]

        monkeypatch.setattr(BorrowedSQLiteStore, "load", read)
        answer = post(rig.desk, visit("v-0"), visit("v-1"))
        assert answer.status_code == 409
        assert "somebody wrote to it first" in json.loads(answer.content)["left"]["v-1"]
        assert rig.outside() == (1, 1)

    @pytest.mark.parametrize(("when", "there"), [("before", (0, 0)), ("after", (2, 2))])
    def test_a_crash_leaves_both_or_neither(self, rig: Rig, when: str, there: tuple[int, int]) -> None:
        killed_where_it_says_so(PROGRAM, str(rig.path), when)
        assert rig.outside() == there


def test_djangos_connection_to_postgresql(postgres: PostgresServer) -> None:
    """Committed and rolled back through Django; where it commits each statement, nothing is written."""
    PostgresStore.open(postgres.url("django")).close()
    place = {"HOST": str(postgres.folder), "PORT": str(postgres.port), "USER": "owner", "NAME": "postgres"}
    django_connection: Any = ConnectionHandler({"default": {"ENGINE": "django.db.backends.postgresql", **place}})[
        "default"
    ]
    with closing(django_connection):
        store = borrow(django_connection, schema="django")
        with pytest.raises(StoreUnavailable, match="no transaction open"):
            store.append([LINE], expected={CASE: 0})
        django_connection.set_autocommit(False)
        store.append([LINE], expected={CASE: 0})
        assert store.load(CASE) == [LINE]
        django_connection.rollback()
        assert store.load(CASE) == []
        store.append([LINE], expected={CASE: 0})
        django_connection.commit()
    with PostgresStore.open(postgres.url("django")) as other:
        assert other.load(CASE) == [LINE]
        assert other.verify() == ()
