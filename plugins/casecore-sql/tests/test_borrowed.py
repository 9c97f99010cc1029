from __future__ import annotations

import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from casecore_sql import TABLES, SQLiteStore, borrow

from casecore.agency import Agency
from casecore.hooks import Capability, IndexRow, StoredEntry
from casecore.terms import NotReadable, RecordMoved, StoreUnavailable

LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", b"a client's data")
ROW = IndexRow("C-1", 1, "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]")
WAYS: list[dict[str, Any]] = [{}, {"isolation_level": "IMMEDIATE"}, {"isolation_level": None}]
if sys.version_info >= (3, 12):
    WAYS += [{"autocommit": False}, {"autocommit": True}]


def opened(path: Path, **ways: Any) -> sqlite3.Connection:
    """A host's connection, in its own way; one that waits for a word is given it."""
    with closing(sqlite3.connect(path)) as maker:
        for statement in TABLES:
            maker.execute(statement)
        maker.execute("CREATE TABLE ours (id TEXT)")
        maker.commit()
    connection: sqlite3.Connection = sqlite3.connect(path, timeout=0.1, **ways)
    if waits_for_a_word(ways):
        connection.execute("BEGIN")
    return connection


def waits_for_a_word(ways: dict[str, Any]) -> bool:
    return ways.get("isolation_level", "") is None or ways.get("autocommit") is True


@pytest.mark.parametrize("ways", WAYS, ids=str)
class TestTheHostsTransaction:
    """What is written comes with the host's commit and goes with its rollback, however the connection was opened."""

    def test_committed(self, tmp_path: Path, ways: dict[str, Any]) -> None:
        with closing(opened(tmp_path / "db", **ways)) as host, SQLiteStore(tmp_path / "db") as other:
            store = borrow(host)
            assert store.append([LINE], [ROW], expected={"C-1": 0}) == (LINE,)
            assert host.in_transaction
            host.execute("INSERT INTO ours VALUES ('1')")
            assert (list(other.load("C-1")), list(other.index())) == ([], [])
            host.execute("COMMIT") if waits_for_a_word(ways) else host.commit()
            assert (list(other.load("C-1")), list(other.index())) == ([LINE], [ROW])
            assert other.verify() == ()

    def test_rolled_back(self, tmp_path: Path, ways: dict[str, Any]) -> None:
        with closing(opened(tmp_path / "db", **ways)) as host:
            store = borrow(host)
            store.append([LINE], [ROW], expected={"C-1": 0})
            store.reindex([ROW._replace(dues=b"new")])
            host.execute("ROLLBACK") if waits_for_a_word(ways) else host.rollback()
            assert (list(store.load("C-1")), list(store.index())) == ([], [])

    def test_nothing_is_run_on_it_but_reading_writing_and_a_savepoint(
        self, tmp_path: Path, ways: dict[str, Any]
    ) -> None:
        with closing(opened(tmp_path / "db", **ways)) as host:
            host.execute("INSERT INTO ours VALUES ('1')")
            said: list[str] = []
            host.set_trace_callback(said.append)
            store = borrow(host)
            store.append([LINE], [ROW], expected={"C-1": 0})
            with pytest.raises(RecordMoved):
                store.append([LINE._replace(entry_id="e2")], expected={"C-1": 0})
            store.reindex([ROW])
            store.load("C-1")
            store.close()
            host.set_trace_callback(None)
            words = {" ".join(each.split()[:2]).partition(" casecore_")[0] for each in said}
            assert words <= {
                "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO", "INSERT INTO", "INSERT OR", "WITH given",
            } | {each for each in words if each.startswith("SELECT")}  # fmt: skip
            assert host.execute("SELECT * FROM ours").fetchall() == [("1",)]


class TestBorrowing:
    """A borrowed connection stays the host's."""

    def test_a_savepoint_of_the_hosts(self, tmp_path: Path) -> None:
        with closing(opened(tmp_path / "db", isolation_level=None)) as host:
            store = borrow(host)
            store.append([LINE], expected={"C-1": 0})
            host.execute("SAVEPOINT theirs")
            store.append([LINE._replace(entry_id="e2", number=2)], expected={"C-1": 1})
            host.execute("ROLLBACK TO theirs")
            store.append([LINE._replace(entry_id="e3", number=2)], expected={"C-1": 1})
            host.execute("COMMIT")
            assert [line.entry_id for line in store.load("C-1")] == ["e1", "e3"]
            assert store.verify() == ()

    def test_a_retry_in_the_same_transaction_writes_nothing(self, tmp_path: Path) -> None:
        with closing(opened(tmp_path / "db")) as host:
            store = borrow(host)
            store.append([LINE], [ROW], expected={"C-1": 0})
            changes = host.total_changes
            again = LINE._replace(number=2, recorded_at="2026-03-05T14:00:00.000000+00:00")
            assert store.append([again], expected={"C-1": 1}) == (LINE,)
            assert store.load("C-1") == [LINE]
            assert host.total_changes - changes <= 1, "of which nothing is left"

    def test_a_conflict_leaves_the_hosts_own_rows(self, tmp_path: Path) -> None:
        with closing(opened(tmp_path / "db")) as host:
            store = borrow(host)
            store.append([LINE], expected={"C-1": 0})
            host.execute("INSERT INTO ours VALUES ('1')")
            two = [LINE._replace(entry_id="n", case="C-2"), LINE._replace(entry_id="m")]
            with pytest.raises(RecordMoved, match="case C-1 ends with line 1, not 0"):
                store.append(two, expected={"C-2": 0, "C-1": 0})
            host.commit()
            assert store.load("C-2") == []
            assert host.execute("SELECT * FROM ours").fetchall() == [("1",)]

    @pytest.mark.parametrize("ways", [each for each in WAYS if waits_for_a_word(each)], ids=str)
    def test_where_no_transaction_is_open_nothing_is_written(self, tmp_path: Path, ways: dict[str, Any]) -> None:
        with closing(opened(tmp_path / "db", **ways)) as host:
            host.execute("ROLLBACK")
            store = borrow(host)
            assert store.load("C-1") == []
            with pytest.raises(StoreUnavailable, match="no transaction open on the borrowed connection") as no:
                store.append([LINE], expected={"C-1": 0})
            assert not no.value.retry
            assert not host.in_transaction
            assert store.load("C-1") == []

    def test_a_transaction_that_has_read_and_was_overtaken(self, tmp_path: Path) -> None:
        with closing(opened(tmp_path / "db", isolation_level=None)) as host, SQLiteStore(tmp_path / "db") as other:
            store = borrow(host)
            assert store.load("C-1") == []
            other.append([LINE._replace(entry_id="x", case="C-9")], expected={"C-9": 0})
            with pytest.raises(StoreUnavailable, match="roll it back and do all of it again") as no:
                store.append([LINE], expected={"C-1": 0})
            assert no.value.retry
            assert host.in_transaction, "it is the host's to roll back"

    def test_somebody_else_is_writing(self, tmp_path: Path) -> None:
        with closing(opened(tmp_path / "db")) as host, closing(sqlite3.connect(tmp_path / "db")) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnavailable, match="somebody else is writing") as no:
                borrow(host).append([LINE], expected={"C-1": 0})
            assert no.value.retry

    def test_a_full_disk_that_takes_the_whole_transaction_is_told(self, tmp_path: Path) -> None:
        with closing(opened(tmp_path / "db", isolation_level=None)) as host:
            (pages,) = host.execute("PRAGMA page_count").fetchone()
            host.execute(f"PRAGMA max_page_count = {pages + 2}")
            with pytest.raises(StoreUnavailable, match="no room left on the disk") as no:
                borrow(host).append([LINE._replace(body=bytes(1_000_000))], expected={"C-1": 0})
            assert no.value.retry
            assert ("rolled back the host's whole transaction" in str(no.value)) is not host.in_transaction

    def test_closing_is_not_closing_the_connection(self, tmp_path: Path) -> None:
        with closing(opened(tmp_path / "db")) as host:
            store = borrow(host)
            store.append([LINE], expected={"C-1": 0})
            store.close()
            store.close()
            with pytest.raises(StoreUnavailable, match="is closed"):
                store.load("C-1")
            assert host.in_transaction
            assert repr(store) == "BorrowedSQLiteStore()"

    def test_what_is_offered(self, tmp_path: Path) -> None:
        with closing(opened(tmp_path / "db")) as host:
            assert borrow(host).capabilities == {Capability.CHAIN, Capability.BORROW}

    def test_in_another_thread_it_says_so(self, tmp_path: Path) -> None:
        with closing(opened(tmp_path / "db")) as host:
            store = borrow(host)
            wrong: list[Exception] = []

            def elsewhere() -> None:
                try:
                    store.load("C-1")
                except StoreUnavailable as error:
                    wrong.append(error)

            thread = threading.Thread(target=elsewhere)
            thread.start()
            thread.join()
            assert "failed with ProgrammingError" in str(wrong[0])

    def test_a_connection_that_is_closed(self, tmp_path: Path) -> None:
        host = opened(tmp_path / "db")
        host.close()
        with pytest.raises(StoreUnavailable, match="is closed"):
            borrow(host).load("C-1")


class TestWhatCannotBeBorrowed:
    """A typed error that names the thing; nothing is made and nothing changed."""

    @pytest.mark.parametrize("given", [None, 7, "sqlite:///x", object(), [], SQLiteStore], ids=str)
    def test_no_connection(self, given: object) -> None:
        with pytest.raises(NotReadable, match="must be a connection of sqlite3 or psycopg"):
            borrow(given)

    def test_no_tables(self) -> None:
        with closing(sqlite3.connect(":memory:")) as host:
            with pytest.raises(StoreUnavailable, match=r"no tables of casecore's.*make them beforehand"):
                borrow(host).load("C-1")
            assert host.execute("SELECT * FROM sqlite_master").fetchall() == []

    def test_other_tables(self) -> None:
        with closing(sqlite3.connect(":memory:")) as host:
            for statement in TABLES:
                host.execute(statement)
            host.execute("UPDATE casecore_schema SET version = 99")
            with pytest.raises(StoreUnavailable, match="has tables of version 99; this casecore-sql writes 2"):
                borrow(host).append([LINE], expected={"C-1": 0})

    def test_a_desk_over_no_store(self) -> None:
        with pytest.raises(NotReadable, match="must be an address or a store"):
            Agency.open(object(), plugins=[])  # type: ignore[arg-type]  # the point of the test
        with Agency.open(SQLiteStore(":memory:"), plugins=[]) as desk, pytest.raises(NotReadable, match="or a store"):
            desk.over(None)  # type: ignore[arg-type]  # as above
