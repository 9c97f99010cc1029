from __future__ import annotations

import subprocess
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from casecore_sql import casecore_provide_store
from casecore_sql.postgres import PostgresStore
from casecore_sql.postgres import schema as schema_module

from casecore.hooks import IndexRow, StoredEntry
from casecore.terms import NotReadable, StoreUnavailable
from tests.postgres_server import PASSWORD, PostgresServer

LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", b"a client's data")
ROW = IndexRow("C-1", 1, "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]")
Hand = psycopg.Connection[Any]


def refused(url: str) -> StoreUnavailable:
    """How opening is refused; whatever is refused, nowhere does it say a password."""
    with pytest.raises(StoreUnavailable) as told:
        PostgresStore.open(url)
    shown = "".join(traceback.format_exception(told.value)) + repr(told.value)
    assert PASSWORD not in shown
    assert "sesame" not in shown
    assert told.value.__cause__ is told.value.__context__ is None, "the driver's error holds the password"
    return told.value


@pytest.fixture
def clerk(postgres: PostgresServer, hand: Hand) -> Iterator[str]:
    """A role with a password and no rights."""
    hand.execute(psycopg.sql.SQL("CREATE ROLE clerk LOGIN PASSWORD {}").format(PASSWORD))
    yield "clerk"
    hand.execute("DROP OWNED BY clerk")
    hand.execute("DROP ROLE clerk")


class TestASchemaThatIsNotOurs:
    """S21. What is not casecore's is refused by name, and not changed."""

    def tables(self, hand: Hand, schema: str) -> list[str]:
        found = hand.execute("SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace", (f'"{schema}"',))
        return sorted(name for (name,) in found)

    @pytest.mark.parametrize("what", ["TABLE clients (name text)", "VIEW clients AS SELECT 1", "SEQUENCE clients"])
    def test_a_schema_with_other_things(self, hand: Hand, url: str, schema: str, what: str) -> None:
        hand.execute(f'CREATE SCHEMA "{schema}"')
        hand.execute(f"CREATE {what}")
        error = refused(url)
        assert "is a schema with other tables, and none of casecore's" in str(error)
        assert not error.retry
        assert self.tables(hand, schema) == ["clients"]

    def test_tables_of_a_newer_version(self, pg: PostgresStore, hand: Hand, url: str) -> None:
        hand.execute("UPDATE casecore_schema SET version = 99")
        error = refused(url)
        assert "has tables of version 99; this casecore-sql reads version 2" in str(error)
        assert not error.retry

    def test_tables_of_no_version(self, pg: PostgresStore, hand: Hand, url: str) -> None:
        hand.execute("DELETE FROM casecore_schema")
        assert "has tables of version none" in str(refused(url))

    def test_tables_that_are_missing(self, pg: PostgresStore, hand: Hand, url: str) -> None:
        hand.execute("DROP TABLE due_index")
        assert "a table is missing" in str(refused(url))
        with pytest.raises(StoreUnavailable, match="a table is missing"):
            pg.index()

    def test_a_database_that_keeps_other_text(self, postgres: PostgresServer, hand: Hand) -> None:
        hand.execute("CREATE DATABASE western TEMPLATE template0 ENCODING 'LATIN1'")
        error = refused(postgres.url("a", database="western"))
        assert "keeps text as LATIN1; it must be UTF8" in str(error)
        assert not error.retry

    def test_an_empty_schema_becomes_a_store(self, hand: Hand, url: str, schema: str) -> None:
        hand.execute(f'CREATE SCHEMA "{schema}"')
        with PostgresStore.open(url) as store:
            assert list(store.cases()) == []


class TestAServerThatDoesNotLetUsIn:
    """S21. It is told which store, what is the matter, and whether to try again."""

    def test_a_wrong_password(self, postgres: PostgresServer, clerk: str) -> None:
        error = refused(postgres.tcp_url("a", password=PASSWORD + "!"))
        assert f"the store postgresql://clerk@127.0.0.1:{postgres.port}/postgres?schema=a:" in str(error)
        assert "refuses the user or the password" in str(error)
        assert not error.retry

    def test_no_password(self, postgres: PostgresServer, clerk: str) -> None:
        assert "refuses the user or the password" in str(refused(postgres.url("a").replace("owner", "clerk")))

    def test_a_user_who_is_not_known(self, postgres: PostgresServer) -> None:
        assert not refused(postgres.tcp_url("a", user="nobody")).retry
        error = refused(postgres.url("a").replace("owner", "nobody"))
        assert "refuses the user or the password" in str(error)

    def test_a_database_that_is_not_there(self, postgres: PostgresServer, clerk: str) -> None:
        error = refused(postgres.tcp_url("a", database="nowhere"))
        assert "there is no such database" in str(error)
        assert not error.retry

    def test_a_server_that_is_not_there(self, postgres: PostgresServer) -> None:
        for error in (
            refused(f"postgresql://clerk:sesame@127.0.0.1:{postgres.port + 1}/postgres"),
            refused(f"postgresql://clerk:sesame@/postgres?host={postgres.folder}/elsewhere"),
            refused("postgresql://clerk:sesame@nowhere.invalid/postgres"),
        ):
            assert "the server does not answer" in str(error)
            assert error.retry

    def test_no_connection_is_left(self, postgres: PostgresServer, hand: Hand, clerk: str) -> None:
        hand.execute("ALTER ROLE clerk CONNECTION LIMIT 0")
        error = refused(postgres.tcp_url("a"))
        assert "no connection left" in str(error)
        assert error.retry

    def test_a_role_that_may_not_make_a_schema(self, postgres: PostgresServer, schema: str, clerk: str) -> None:
        error = refused(postgres.tcp_url("a"))
        assert "not permitted" in str(error)
        assert not error.retry

    def test_a_role_that_may_only_write(
        self, postgres: PostgresServer, pg: PostgresStore, hand: Hand, clerk: str
    ) -> None:
        """As an agency should have it: the tables belong to another role than the one that works."""
        schema = pg.address.schema
        hand.execute(f'GRANT USAGE ON SCHEMA "{schema}" TO clerk')
        hand.execute("GRANT SELECT ON entries, due_index, casecore_schema TO clerk")
        url = postgres.tcp_url(schema.replace(" ", "%20"))
        with PostgresStore.open(url) as store:
            with pytest.raises(StoreUnavailable, match="not permitted"):
                store.append([LINE], [ROW], expected={"C-1": 0})
            hand.execute("GRANT INSERT ON entries TO clerk")
            hand.execute("GRANT INSERT, UPDATE ON due_index TO clerk")
            store.append([LINE], [ROW], expected={"C-1": 0})
            store.append([LINE._replace(entry_id="e2", number=2)], [ROW._replace(number=2)], expected={"C-1": 1})
            assert [line.number for line in store.load("C-1")] == [1, 2]
            assert PASSWORD not in repr(store) + repr(store.address) + str(store.address)

    def test_a_database_that_can_only_be_read(self, postgres: PostgresServer, pg: PostgresStore, url: str) -> None:
        pg.append([LINE], [ROW], expected={"C-1": 0})
        read_only = "options=-c%20default_transaction_read_only%3Don"
        error = refused(postgres.url("nothing-yet") + "&" + read_only)
        assert "can only be read" in str(error)
        assert not error.retry
        with PostgresStore.open(f"{url}&{read_only}") as store:
            assert list(store.load("C-1")) == [LINE]
            assert [line for _, line in store.feed()] == [LINE]
            with pytest.raises(StoreUnavailable, match="can only be read") as told:
                store.append([LINE._replace(entry_id="e2", number=2)], expected={"C-1": 1})
            assert not told.value.retry


class TestMakingTheTables:
    """Whoever comes first makes them; the others wait and find them made."""

    def test_eight_processes_at_once(self, postgres: PostgresServer, schema: str) -> None:
        url = postgres.url(schema)
        code = (
            "import sys; from casecore_sql.postgres import PostgresStore; print('ready', flush=True); input();"
            "PostgresStore.open(sys.argv[1]).close(); print('done')"
        )
        with ExitStack() as started:
            processes = [
                started.enter_context(
                    subprocess.Popen(
                        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}", url],
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                    )
                )
                for _ in range(8)
            ]  # fmt: skip
            for process in processes:
                assert process.stdout is not None
                assert process.stdout.readline() == "ready\n"
            for process in processes:
                assert process.stdin is not None
                process.stdin.write("\n")
                process.stdin.flush()
            assert [process.communicate() for process in processes] == [("done\n", "")] * 8

    def test_older_tables_are_brought_up_to_date_once(
        self, pg: PostgresStore, url: str, hand: Hand, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pg.append([LINE], [ROW], expected={"C-1": 0})
        step = ("ALTER TABLE {schema}.entries ADD COLUMN more bytea",)  # a second time it would fail
        monkeypatch.setattr(schema_module, "STEPS", (*schema_module.STEPS, step))
        with ExitStack() as opened, ThreadPoolExecutor(8) as pool:
            stores = list(pool.map(lambda _: opened.enter_context(PostgresStore.open(url)), range(8)))
            assert all(list(store.load("C-1")) == [LINE] for store in stores)
        assert hand.execute("SELECT version, (SELECT more FROM entries) FROM casecore_schema").fetchall() == [(3, None)]
        monkeypatch.undo()
        assert "has tables of version 3" in str(refused(url)), "old code does not touch newer tables"

    def test_a_step_that_fails_leaves_everything_as_it_was(
        self, url: str, hand: Hand, schema: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(schema_module, "STEPS", (*schema_module.STEPS, ("SELECT * FROM nothing",)))
        refused(url)
        assert hand.execute("SELECT FROM pg_namespace WHERE nspname = %s", (schema,)).fetchall() == []

    def test_two_agencies_in_one_database(self, postgres: PostgresServer, schema: str) -> None:
        with (
            PostgresStore.open(postgres.url(f"{schema} N")) as north,
            PostgresStore.open(postgres.url(f"{schema} S")) as south,
        ):
            north.append([LINE], [ROW], expected={"C-1": 0})
            assert (south.load("C-1"), south.index(), south.feed()) == ([], [], [])
            south.append([LINE._replace(body=b"other")], expected={"C-1": 0})
            assert list(north.load("C-1")) == [LINE]

    @pytest.mark.parametrize("name", ['a "quoted" name', "50%", "{braces}", "Naïve", "drop table; --", "x" * 63])
    def test_a_schema_may_have_any_name(self, postgres: PostgresServer, hand: Hand, name: str) -> None:
        with PostgresStore.open(postgres.url(name)) as store:
            store.append([LINE, LINE._replace(entry_id="e2", number=2)], [ROW._replace(number=2)], expected={"C-1": 0})
            assert [line.entry_id for line in store.load("C-1")] == ["e1", "e2"]
        assert hand.execute("SELECT FROM pg_namespace WHERE nspname = %s", (name,)).fetchall() == [()]


class TestThePlugin:
    """The plugin knows PostgreSQL's addresses, and needs psycopg only for them."""

    def test_it_opens_a_store(self, url: str) -> None:
        store = casecore_provide_store(url=url)
        assert isinstance(store, PostgresStore)
        store.close()

    def test_it_says_what_is_missing(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "psycopg", None)
        with pytest.raises(StoreUnavailable, match=r"pip install 'casecore-sql\[postgres\]'") as told:
            casecore_provide_store(url="postgresql://clerk:sesame@/x")
        assert "sesame" not in str(told.value)
        assert not told.value.retry

    def test_it_loads_without_psycopg(self) -> None:
        code = f"import sys; sys.path[:0] = {sys.path!r}; import casecore_sql; print('psycopg' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "False\n"

    def test_a_wrong_address_is_told(self) -> None:
        with pytest.raises(NotReadable) as told:
            casecore_provide_store(url="postgresql://clerk:open/sesame@host/agency")
        assert "sesame" not in str(told.value)
