from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from casecore_sql import SQLiteStore, Synchronous, statements

from casecore.hooks import IndexRow, StoredEntry, line_digest
from casecore.terms import NotReadable, RecordMoved, StoreUnavailable

HERE = Path(__file__).parent
LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", b"a client's data")
ROW = IndexRow("C-1", 1, "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    with SQLiteStore(path, timeout=0.05) as store:
        store.append([LINE], [ROW], expected={"C-1": 0})
        yield store


def by_hand(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:  # also where a statement is refused
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def next_line(line: StoredEntry, row: IndexRow) -> tuple[object, ...]:
    """What `statements.INSERT_NEXT` is given."""
    return (*line, *row[2:], line_digest(line))


class TestADatabaseThatIsNotOurs:
    """S21. What is not a casecore database is refused by name, and not changed."""

    def test_a_file_that_is_not_a_database(self, path: Path) -> None:
        path.write_bytes(b"Dear Ms. Roe, " * 1000)
        with pytest.raises(StoreUnavailable, match=r"cases\.db: is not a SQLite database") as refused:
            SQLiteStore(path)
        assert not refused.value.retry
        assert path.read_bytes() == b"Dear Ms. Roe, " * 1000

    def test_a_database_with_other_tables(self, path: Path) -> None:
        by_hand(path, "CREATE TABLE clients (name TEXT)")
        before = path.read_bytes()
        with pytest.raises(StoreUnavailable, match="is a database with other tables") as refused:
            SQLiteStore(path)
        assert not refused.value.retry
        assert path.read_bytes() == before

    def test_tables_of_a_newer_version(self, store: SQLiteStore, path: Path) -> None:
        by_hand(path, "UPDATE casecore_schema SET version = 99")
        with pytest.raises(StoreUnavailable, match="has tables of version 99; this casecore-sql reads version 2"):
            SQLiteStore(path)

    def test_tables_that_are_missing(self, store: SQLiteStore, path: Path) -> None:
        by_hand(path, "DROP TABLE due_index")
        with pytest.raises(StoreUnavailable, match="a table is missing"):
            SQLiteStore(path)

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(StoreUnavailable, match="cannot be opened") as refused:
            SQLiteStore(tmp_path / "nowhere" / "cases.db")
        assert not refused.value.retry

    def test_an_empty_file_becomes_a_store(self, path: Path) -> None:
        path.touch()
        with SQLiteStore(path) as store:
            assert list(store.cases()) == []


class TestADatabaseThatDoesNotAnswer:
    """S21. It is told which store, what is the matter, and whether to try again; never a line."""

    def test_somebody_else_is_writing(self, store: SQLiteStore, path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for rows in ([], [ROW._replace(number=2)]):
                with pytest.raises(StoreUnavailable, match="somebody else is writing") as refused:
                    store.append([LINE._replace(entry_id="e2", number=2)], rows, expected={"C-1": 1})
                assert refused.value.retry
            assert list(store.load("C-1")) == [LINE], "reading goes on meanwhile"
            other.execute("COMMIT")
        store.append([LINE._replace(entry_id="e2", number=2)], expected={"C-1": 1})

    def test_it_waits_for_the_other_writer(self, path: Path) -> None:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        with SQLiteStore(path) as store, closing(other):
            other.execute("BEGIN IMMEDIATE")
            threading.Timer(0.1, other.execute, ["COMMIT"]).start()
            store.append([LINE], expected={"C-1": 0})

    def test_it_can_only_be_read(self, store: SQLiteStore) -> None:
        store._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreUnavailable, match="can only be read") as refused:
            store.append([LINE._replace(entry_id="e2", number=2)], expected={"C-1": 1})
        assert not refused.value.retry
        assert list(store.load("C-1")) == [LINE]

    def test_the_disk_is_full(self, store: SQLiteStore) -> None:
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        large = LINE._replace(entry_id="e2", number=2, body=bytes(100_000))
        with pytest.raises(StoreUnavailable, match="no room left on the disk") as refused:
            store.append([large], [ROW._replace(number=2)], expected={"C-1": 1})
        assert refused.value.retry
        assert list(store.load("C-1")) == [LINE]
        assert list(store.index()) == [ROW]
        store._connection.execute("PRAGMA max_page_count = 1000000")
        assert store.append([large], expected={"C-1": 1}) == (large,)

    def test_the_file_is_damaged(self, path: Path) -> None:
        with SQLiteStore(path) as store:
            store.append(
                [LINE._replace(entry_id=f"e{number}", number=number) for number in range(1, 2001)], expected={"C-1": 0}
            )
        whole = path.read_bytes()
        path.write_bytes(whole[:8192] + b"\xee" * (len(whole) - 8192))
        with pytest.raises(StoreUnavailable, match="is damaged") as refused, SQLiteStore(path) as store:
            store.load("C-1")
        assert not refused.value.retry
        assert "client" not in str(refused.value)

    def test_it_was_closed(self, store: SQLiteStore) -> None:
        store.close()
        with pytest.raises(StoreUnavailable, match="is closed"):
            store.find("e1")
        with pytest.raises(StoreUnavailable, match="is closed"):
            next(store.cases())

    def test_a_number_beyond_64_bits(self, store: SQLiteStore) -> None:
        with pytest.raises(NotReadable, match="64 bits"):
            store.append([LINE._replace(entry_id="e2", number=2, form=2**70)], expected={"C-1": 1})
        with pytest.raises(NotReadable, match="64 bits"):
            store.append(
                [LINE._replace(entry_id="e2", number=2, form=2**70)], [ROW._replace(number=2)], expected={"C-1": 1}
            )
        assert list(store.load("C-1")) == [LINE]

    def test_an_interruption_leaves_nothing_half_done(
        self, store: SQLiteStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = store._write

        def interrupted(cursor: sqlite3.Cursor, *args: object) -> bool:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("DELETE FROM due_index")
            raise KeyboardInterrupt

        monkeypatch.setattr(store, "_write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.append([LINE._replace(entry_id="e2", number=2)], expected={"C-1": 1})
        monkeypatch.setattr(store, "_write", real)
        assert list(store.index()) == [ROW]
        store.append([LINE._replace(entry_id="e2", number=2)], expected={"C-1": 1})

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
    def test_after_a_fork_it_must_be_opened_again(self, store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "getpid", lambda: -1)  # what a child would see
        with pytest.raises(StoreUnavailable, match="before a fork"):
            store.load("C-1")
        with pytest.raises(StoreUnavailable, match="before a fork"):
            store.append([LINE._replace(entry_id="e2", number=2)], [ROW._replace(number=2)], expected={"C-1": 1})


class TestTheFileItself:
    """The file is set up as promised, and its lines are never rewritten."""

    def test_write_ahead_and_full_by_default(self, store: SQLiteStore) -> None:
        (mode,) = store._connection.execute("PRAGMA journal_mode").fetchone()
        (level,) = store._connection.execute("PRAGMA synchronous").fetchone()
        assert (mode, level) == ("wal", 2)

    def test_normal_where_asked_for(self, path: Path) -> None:
        with SQLiteStore.open(f"sqlite:///{path}?synchronous=NORMAL&timeout=25") as store:
            (level,) = store._connection.execute("PRAGMA synchronous").fetchone()
            (timeout,) = store._connection.execute("PRAGMA busy_timeout").fetchone()
        assert (level, timeout) == (1, 25_000)

    def test_it_waits_ten_seconds_by_default(self, path: Path) -> None:
        with SQLiteStore(path) as store:
            assert store._connection.execute("PRAGMA busy_timeout").fetchone() == (10_000,)

    def test_it_holds_tables_and_indexes_and_what_forbids_rewriting_and_nothing_else(self, store: SQLiteStore) -> None:
        found = store._connection.execute("SELECT type, name FROM sqlite_master WHERE sql NOT NULL").fetchall()
        assert set(found) == {
            ("table", "casecore_schema"),
            ("table", "entries"),
            ("table", "due_index"),
            ("index", "due_index_by_worker"),
            ("trigger", "entries_are_never_rewritten"),
            ("trigger", "entries_are_never_deleted"),
        }

    @pytest.mark.parametrize("statement", ["UPDATE entries SET body = x'00'", "DELETE FROM entries"])
    def test_lines_are_never_rewritten(self, store: SQLiteStore, path: Path, statement: str) -> None:
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            by_hand(path, statement)
        assert list(store.load("C-1")) == [LINE]

    def test_positions_grow_in_the_order_of_commits(self, store: SQLiteStore, path: Path) -> None:
        with SQLiteStore(path) as other:
            for number in range(2, 20):
                (store, other)[number % 2].append(
                    [LINE._replace(entry_id=f"e{number}", number=number)], expected={"C-1": number - 1}
                )
        rows = store._connection.execute("SELECT number FROM entries ORDER BY position").fetchall()
        assert [number for (number,) in rows] == list(range(1, 20))

    def test_a_worker_s_rows_and_the_cases_are_read_from_an_index(self, store: SQLiteStore) -> None:
        for statement, values in (
            (statements.INDEX_OF_WORKER, ("w-7",)),
            (statements.NEXT_CASES, ("",)),
            (statements.INSERT_NEXT, next_line(LINE, ROW)),
            (statements.LOAD, ("C-1",)),
        ):
            plan = [row[-1] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
            assert not any("TEMP B-TREE" in step or "SCAN entries" in step or "SCAN due" in step for step in plan), plan


class TestALineAndItsRowInOneStatement:
    """It writes both where the row stands at the line before and keeps its worker; else nothing at all."""

    def test_both_are_written(self, store: SQLiteStore) -> None:
        line, row = LINE._replace(entry_id="e2", number=2), ROW._replace(number=2, program="scm", dues=b"[1]")
        store._connection.execute(statements.INSERT_NEXT, next_line(line, row))
        assert not store._connection.in_transaction
        assert list(store.load("C-1")) == [LINE, line]
        assert list(store.index()) == [row]

    @pytest.mark.parametrize(
        "line",
        [
            LINE._replace(entry_id="e3", number=3),
            LINE._replace(entry_id="e2", number=1),
            LINE._replace(entry_id="e2", case="C-2", number=1),
            LINE._replace(number=2),
        ],
        ids=["a line is missing", "the line is there", "a new case", "the id is there"],
    )
    def test_it_does_nothing_for_another_line(self, store: SQLiteStore, line: StoredEntry) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            store._connection.execute(statements.INSERT_NEXT, next_line(line, ROW))
        assert not store._connection.in_transaction
        assert [*store.load("C-1"), *store.load("C-2")] == [LINE]
        assert list(store.index()) == [ROW]

    @pytest.mark.parametrize("worker", ["w-8", ""])
    def test_another_worker_is_for_the_long_way(self, store: SQLiteStore, worker: str) -> None:
        line, row = LINE._replace(entry_id="e2", number=2), ROW._replace(number=2, worker=worker)
        with pytest.raises(sqlite3.IntegrityError):
            store._connection.execute(statements.INSERT_NEXT, next_line(line, row))
        store.append([line], [row], expected={"C-1": 1})
        assert list(store.index(worker=worker)) == [row]
        assert list(store.index(worker="w-7")) == []

    def test_a_row_left_behind_is_for_the_long_way(self, store: SQLiteStore) -> None:
        second, third = LINE._replace(entry_id="e2", number=2), LINE._replace(entry_id="e3", number=3)
        store.append([second], expected={"C-1": 1})
        with pytest.raises(sqlite3.IntegrityError):
            store._connection.execute(statements.INSERT_NEXT, next_line(third, ROW))
        store.append([third], [ROW._replace(number=3)], expected={"C-1": 2})
        assert list(store.load("C-1")) == [LINE, second, third]
        assert list(store.index()) == [ROW._replace(number=3)]


class TestSeveralWriters:
    """Of several writers who expect the same last line one wins, whoever they are."""

    @pytest.mark.parametrize("handles", [1, 4])
    def test_threads_may_share_a_store_or_have_one_each(self, path: Path, handles: int) -> None:
        with ExitStack() as opened, ThreadPoolExecutor(8) as pool:
            stores = [
                opened.enter_context(SQLiteStore(path, synchronous=Synchronous.NORMAL, timeout=60))
                for _ in range(handles)
            ]

            def write(place: int) -> int:
                store = stores[place % handles]
                written = 0
                while written < 10:
                    last = len(store.load("C-1"))
                    line = LINE._replace(entry_id=f"{place}/{written}", number=last + 1)
                    try:
                        store.append([line], [ROW._replace(number=last + 1)], expected={"C-1": last})
                    except RecordMoved:
                        continue
                    written += 1
                return written

            assert sum(pool.map(write, range(8))) == 80
            for store in stores:
                assert [line.number for line in store.load("C-1")] == list(range(1, 81))
                assert [row.number for row in store.index()] == [80]

    def test_many_may_open_a_new_file_at_once(self, path: Path) -> None:
        with ExitStack() as opened, ThreadPoolExecutor(8) as pool:
            stores = list(pool.map(lambda _: opened.enter_context(SQLiteStore(path)), range(8)))
            stores[0].append([LINE], expected={"C-1": 0})
            assert all(list(store.load("C-1")) == [LINE] for store in stores)

    def test_a_killed_writer_loses_nothing_that_was_acknowledged(self, path: Path) -> None:
        chance = random.Random(7)
        acknowledged = 0
        for _ in range(10):
            writer = subprocess.Popen(
                [sys.executable, str(HERE / "writer.py"), str(path), "C-1", str(acknowledged + 1)],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(chance.random() * 0.05)
            writer.kill()
            told = [first, *writer.stdout.read().splitlines()]
            writer.wait()
            writer.stdout.close()
            with SQLiteStore(path) as store:
                lines = store.load("C-1")
                assert [line.number for line in lines] == list(range(1, len(lines) + 1))
                assert len(lines) >= int(told[-1])
                assert [row.number for row in store.index()] == [len(lines)], "line and index row go together"
                (sound,) = store._connection.execute("PRAGMA integrity_check").fetchone()
                assert sound == "ok"
                acknowledged = len(lines)
        assert acknowledged > 10
