from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from casecore_sql import SQLiteStore, Synchronous
from casecore_sql import schema as sqlite_schema
from casecore_sql.postgres import PostgresStore
from psycopg import sql

from casecore.hooks import Store, link_lines
from casecore.terms import StoreUnavailable
from casecore.testing import MemoryStore
from tests import first_tables
from tests.first_tables import LINES, ROWS
from tests.postgres_server import PostgresServer

Hand = psycopg.Connection[Any]
OPEN_BOTH = (
    "import sys; from casecore_sql import casecore_provide_store; print('ready', flush=True); input();"
    "casecore_provide_store(url=sys.argv[1]).close(); print('done', flush=True)"
)


def holds_everything(store: Store) -> None:
    """What was written before is there, byte for byte, chained as if it had always been; and it goes on."""
    with MemoryStore() as model:
        for line in LINES:
            model.append([line], expected={line.case: line.number - 1})
        for case in model.cases():
            assert list(store.load(case)) == list(model.load(case))
            assert list(store.chain(case)) == list(model.chain(case))
    assert list(store.index()) == sorted(ROWS)
    assert [line for _, line in store.feed(0, 10_000)] == list(LINES)
    assert store.verify(store.anchor()) == ()
    line = LINES[0]._replace(entry_id="new", number=12)
    row = next(row for row in ROWS if row.case == line.case)._replace(number=12)
    anchor = store.anchor()
    store.append([line], [row], expected={line.case: 11})
    assert store.chain(line.case)[-1] == link_lines([line], {line.case: store.chain(line.case)[-2]})[0]
    assert store.verify(anchor) == ()


def eight_open(url: str) -> None:
    """Eight processes open a store at the same moment, and none is refused."""
    with ExitStack() as started:
        processes = [
            started.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {OPEN_BOTH}", url],
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


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of the first version."""
    path = tmp_path / "cases.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.executescript(first_tables.SQLITE)
        made.execute("BEGIN")
        made.executemany(
            f"INSERT INTO entries ({first_tables.COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(position, *line) for position, line in enumerate(LINES, 1)],
        )
        made.executemany(f"INSERT INTO due_index ({first_tables.ROW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", ROWS)
        made.execute("COMMIT")
    return path


def shape(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name").fetchall()
    return [(name, " ".join(text.split())) for name, text in found]


class TestAFileOfTheFirstVersion:
    """It is given its chain when it is next opened: all at once, by whoever comes first."""

    def test_it_holds_what_it_held(self, path: Path) -> None:
        with SQLiteStore(path) as store:
            holds_everything(store)
        with SQLiteStore(path) as again:
            assert again.verify() == ()

    def test_it_is_then_like_a_new_one(self, path: Path, tmp_path: Path) -> None:
        SQLiteStore(path).close()
        SQLiteStore(tmp_path / "new.db").close()
        assert shape(path) == shape(tmp_path / "new.db")
        with closing(sqlite3.connect(path)) as connection:
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute("UPDATE entries SET hash = x'00'")
            assert connection.execute("SELECT version FROM casecore_schema").fetchall() == [(2,)]
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    def test_eight_processes_open_it_at_once(self, path: Path) -> None:
        eight_open(f"sqlite:///{path}?timeout=60")
        with SQLiteStore(path) as store:
            holds_everything(store)

    def test_a_step_that_fails_leaves_it_as_it_was(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = shape(path)
        with monkeypatch.context() as broken:
            broken.setattr(sqlite_schema, "STEPS", (*sqlite_schema.STEPS, ("SELECT * FROM nothing",)))
            with pytest.raises(StoreUnavailable):
                SQLiteStore(path)
        assert shape(path) == before
        with SQLiteStore(path) as store:
            holds_everything(store)

    def test_a_process_killed_meanwhile_leaves_it_as_it_was_or_done(self, path: Path) -> None:
        chance = random.Random(5)
        whole = path.read_bytes()
        for _ in range(6):
            path.write_bytes(whole)
            for beside in ("-wal", "-shm"):
                path.with_name(path.name + beside).unlink(missing_ok=True)
            opener = subprocess.Popen(
                [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {OPEN_BOTH}", f"sqlite:///{path}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=os.environ,
            )
            with opener:
                assert opener.stdout is not None
                assert opener.stdin is not None
                assert opener.stdout.readline() == "ready\n"
                opener.stdin.write("\n")
                opener.stdin.flush()
                time.sleep(chance.random() * 0.03)
                opener.kill()
            with closing(sqlite3.connect(path)) as connection:
                ((version,),) = connection.execute("SELECT version FROM casecore_schema").fetchall()
            assert version in (1, 2)
            with SQLiteStore(path, synchronous=Synchronous.NORMAL) as store:
                holds_everything(store)

    def test_a_line_that_nobody_can_have_written_stops_it(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as hand:
            hand.execute("DROP TRIGGER entries_are_never_rewritten")
            hand.execute("UPDATE entries SET body = 'text' WHERE position = 9")
            hand.execute(
                "CREATE TRIGGER entries_are_never_rewritten BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, ''); END"
            )
            hand.commit()
        before = shape(path)
        with pytest.raises(StoreUnavailable, match="failed with") as refused:
            SQLiteStore(path)
        assert not refused.value.retry
        assert shape(path) == before


@pytest.fixture
def first(hand: Hand, schema: str) -> str:
    """A schema of the first version, and its name."""
    name = sql.Identifier(schema)
    hand.execute(sql.SQL(first_tables.POSTGRES).format(schema=name))
    with hand.cursor() as cursor:
        with cursor.copy(sql.SQL(f"COPY {{}}.entries ({first_tables.COLUMNS}) FROM STDIN").format(name)) as copy:
            for position, line in enumerate(LINES, 1):
                copy.write_row((position, *line))
        with cursor.copy(sql.SQL(f"COPY {{}}.due_index ({first_tables.ROW}) FROM STDIN").format(name)) as copy:
            for row in ROWS:
                copy.write_row(row)
    return schema


class TestASchemaOfTheFirstVersion:
    """The same in PostgreSQL."""

    def test_it_holds_what_it_held(self, first: str, postgres: PostgresServer, hand: Hand) -> None:
        with PostgresStore.open(postgres.url(first)) as store:
            holds_everything(store)
        assert hand.execute("SELECT version FROM casecore_schema").fetchall() == [(2,)]
        with pytest.raises(psycopg.errors.RestrictViolation):
            hand.execute("UPDATE entries SET hash = ''")
        hand.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.RestrictViolation):
            hand.execute("DELETE FROM entries")
        hand.execute("RESET session_replication_role")

    def test_pages_fit_together(self, first: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("casecore_sql.postgres.schema._PAGE", 7)
        with PostgresStore.open(postgres.url(first)) as store:
            holds_everything(store)

    def test_eight_open_it_at_once(self, first: str, postgres: PostgresServer) -> None:
        with ExitStack() as opened, ThreadPoolExecutor(8) as pool:
            url = postgres.url(first)
            stores = list(pool.map(lambda _: opened.enter_context(PostgresStore.open(url)), range(8)))
            holds_everything(stores[5])

    def test_who_still_writes_in_the_old_way_is_refused(self, first: str, postgres: PostgresServer, hand: Hand) -> None:
        """A process that has had the store open since before: its lines would have no hash."""
        PostgresStore.open(postgres.url(first)).close()
        with pytest.raises(psycopg.errors.NotNullViolation):
            hand.execute(
                f"INSERT INTO entries ({first_tables.COLUMNS}) VALUES (9999999999, %s, %s, %s, %s, %s, %s, %s, %s)",
                LINES[0]._replace(entry_id="old", case="C-old"),
            )
