from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from casecore_sql import borrow
from casecore_sql.postgres import PostgresStore
from casecore_sql.postgres.schema import PLACES
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from casecore.hooks import Capability, IndexRow, StoredEntry
from casecore.terms import NotReadable, RecordMoved, StoreUnavailable

LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", b"a client's data")
ROW = IndexRow("C-1", 1, "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]")
Hand = psycopg.Connection[Any]


def begin_a_transaction_with_a_number(host: Hand) -> int:
    """A host's transaction that has written something of its own."""
    found = host.execute("SELECT pg_current_xact_id()::text::bigint AS number").fetchone()
    assert found is not None
    return int(found[0])


@pytest.fixture
def host(pg: PostgresStore, hand: Hand) -> Iterator[Hand]:
    with closing(psycopg.connect(hand.info.dsn)) as connection:
        yield connection


@pytest.fixture
def second(pg: PostgresStore, hand: Hand) -> Iterator[Hand]:
    with closing(psycopg.connect(hand.info.dsn)) as connection:
        yield connection


def ids(store: PostgresStore) -> list[str]:
    return [line.entry_id for _, line in store.feed()]


class TestTheFeedUnderALongTransaction:
    """Positions go on within a case and are never taken twice, however old the host's transaction is."""

    def test_two_calls_in_one_transaction(self, pg: PostgresStore, host: Hand, schema: str) -> None:
        store = borrow(host, schema=schema)
        for number in range(1, 6):
            lines = [LINE._replace(entry_id=f"{each}/{number}", case=f"C-{each}", number=number) for each in (1, 2)]
            store.append(lines, expected={"C-1": number - 1, "C-2": number - 1})
        assert pg.feed() == [], "nothing is told that may yet vanish"
        host.commit()
        assert ids(pg) == [f"{each}/{number}" for number in range(1, 6) for each in (1, 2)]
        assert pg.verify() == ()

    def test_a_line_after_one_of_a_younger_transaction(self, pg: PostgresStore, host: Hand, schema: str) -> None:
        number = begin_a_transaction_with_a_number(host)
        pg.append([LINE], [ROW], expected={"C-1": 0})
        borrow(host, schema=schema).append([LINE._replace(entry_id="e2", number=2)], expected={"C-1": 1})
        assert pg.feed() == [], "late while the old transaction is under way"
        host.commit()
        (first, _), (then, _) = pg.feed()
        assert number * PLACES < first < then
        assert ids(pg) == ["e1", "e2"]
        pg.append([LINE._replace(entry_id="e3", number=3)], expected={"C-1": 2})
        assert ids(pg) == ["e1", "e2", "e3"]
        assert pg.verify() == pg.verify(pg.anchor()) == ()

    def test_two_old_transactions_do_not_meet_nor_wait(
        self, pg: PostgresStore, host: Hand, second: Hand, schema: str
    ) -> None:
        for each in (host, second):
            begin_a_transaction_with_a_number(each)
        many = [LINE._replace(entry_id=f"{each}", case=each) for each in ("C-1", "C-2")]
        pg.append(many, expected={"C-1": 0, "C-2": 0})
        for each, case in ((host, "C-1"), (second, "C-2")):
            each.execute("SET lock_timeout = '500ms'")
            store = borrow(each, schema=schema)
            store.append([LINE._replace(entry_id=f"{case}/2", case=case, number=2)], expected={case: 1})
            store.append([LINE._replace(entry_id=f"{case}/3", case=case, number=3)], expected={case: 2})
        second.commit()
        assert pg.feed() == []
        host.commit()
        assert ids(pg) == ["C-1", "C-2", "C-1/2", "C-1/3", "C-2/2", "C-2/3"]
        assert pg.verify() == ()

    def test_a_reader_passes_nothing_that_comes_later(self, pg: PostgresStore, host: Hand, schema: str) -> None:
        store = borrow(host, schema=schema)
        pg.append([LINE._replace(entry_id="before", case="C-0")], expected={"C-0": 0})
        store.append([LINE], expected={"C-1": 0})
        pg.append([LINE._replace(entry_id="after", case="C-9")], expected={"C-9": 0})
        ((told, line),) = pg.feed()
        assert line.entry_id == "before"
        host.commit()
        assert [line.entry_id for _, line in pg.feed(told)] == ["e1", "after"]

    def test_a_rollback_leaves_a_gap_and_no_trace(self, pg: PostgresStore, host: Hand, schema: str) -> None:
        store = borrow(host, schema=schema)
        store.append([LINE], [ROW], expected={"C-1": 0})
        pg.append([LINE._replace(entry_id="other", case="C-9")], expected={"C-9": 0})
        assert pg.feed() == []
        host.rollback()
        assert ids(pg) == ["other"]
        assert (list(pg.load("C-1")), list(pg.index())) == ([], [])
        store.append([LINE], [ROW], expected={"C-1": 0})
        host.commit()
        assert ids(pg) == ["other", "e1"]
        assert list(pg.index()) == [ROW], "of what drew the number nothing is left"

    def test_a_savepoint_of_the_hosts(self, pg: PostgresStore, host: Hand, schema: str) -> None:
        store = borrow(host, schema=schema)
        store.append([LINE], expected={"C-1": 0})
        with pytest.raises(LookupError), host.transaction():
            _written_and_failed(store)
        with host.transaction():
            store.append([LINE._replace(entry_id="e3", number=2)], [ROW._replace(number=2)], expected={"C-1": 1})
        host.commit()
        assert ids(pg) == ["e1", "e3"]
        assert pg.verify() == ()


def _written_and_failed(store: Any) -> None:
    store.append([LINE._replace(entry_id="e2", number=2)], expected={"C-1": 1})
    raise LookupError


class TestBorrowing:
    """A borrowed connection stays the host's, in its ways and in its transaction."""

    def test_a_conflict_leaves_the_transaction_usable(self, pg: PostgresStore, host: Hand, schema: str) -> None:
        host.execute("CREATE TABLE ours (id text)")
        store = borrow(host, schema=schema)
        pg.append([LINE], expected={"C-1": 0})
        for wrong in ({"C-1": 0}, {"C-1": 4}):
            line = LINE._replace(entry_id="e2", number=wrong["C-1"] + 1)
            with pytest.raises(RecordMoved, match="ends with line 1, not"):
                store.append([line], expected=wrong)
        with pytest.raises(NotReadable, match="already kept with other content"):
            store.append([LINE._replace(case="C-2")], expected={"C-2": 0})
        with pytest.raises(NotReadable, match="an id of more than 2,700 bytes"):
            store.append([LINE._replace(entry_id="".join(map(chr, range(300, 9000))))], expected={"C-1": 0})
        host.execute("INSERT INTO ours VALUES ('1')")
        assert store.append([LINE._replace(recorded_at="later", number=2)], expected={"C-1": 1}) == (LINE,), "a retry"
        host.commit()
        assert host.execute("SELECT id FROM ours").fetchall() == [("1",)]
        assert ids(pg) == ["e1"]

    def test_in_a_snapshot_of_its_own(self, pg: PostgresStore, host: Hand, schema: str) -> None:
        host.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        store = borrow(host, schema=schema)
        assert store.load("C-1") == []
        pg.append([LINE], [ROW], expected={"C-1": 0})
        with pytest.raises(RecordMoved):
            store.append([LINE._replace(entry_id="e2")], [ROW], expected={"C-1": 0})
        assert host.info.transaction_status == TransactionStatus.INTRANS
        host.rollback()
        store.append([LINE._replace(entry_id="e2", number=2)], [ROW._replace(number=2)], expected={"C-1": 1})
        host.commit()
        assert ids(pg) == ["e1", "e2"]

    def test_rows_and_cursors_as_the_host_likes_them(self, pg: PostgresStore, host: Hand, schema: str) -> None:
        host.row_factory = dict_row
        host.cursor_factory = psycopg.ClientCursor
        store = borrow(host, schema=schema)
        store.append([LINE], [ROW], expected={"C-1": 0})
        store.reindex([ROW._replace(dues=b"new")])
        assert (list(store.load("C-1")), list(store.index())) == ([LINE], [ROW._replace(dues=b"new")])
        assert host.execute("SELECT 1 AS one").fetchone() == {"one": 1}
        host.rollback()

    def test_without_a_transaction_nothing_is_written(self, host: Hand, schema: str) -> None:
        host.autocommit = True
        store = borrow(host, schema=schema)
        for write in (lambda: store.append([LINE], expected={"C-1": 0}), lambda: store.reindex([ROW])):
            with pytest.raises(StoreUnavailable, match="no transaction open") as no:
                write()
            assert not no.value.retry
        with host.transaction():
            store.append([LINE], expected={"C-1": 0})
        assert store.load("C-1") == [LINE]

    def test_in_a_transaction_that_has_failed(self, host: Hand, schema: str) -> None:
        store = borrow(host, schema=schema)
        with pytest.raises(psycopg.Error):
            host.execute("SELECT 1 / 0")
        with pytest.raises(StoreUnavailable, match="has failed; roll it back first"):
            store.append([LINE], expected={"C-1": 0})
        host.rollback()
        store.append([LINE], expected={"C-1": 0})
        host.rollback()

    def test_somebody_else_writes_in_the_same_case(
        self, pg: PostgresStore, host: Hand, second: Hand, schema: str
    ) -> None:
        borrow(second, schema=schema).append([LINE], expected={"C-1": 0})
        host.execute("SET LOCAL lock_timeout = '100ms'")
        with pytest.raises(StoreUnavailable, match="somebody else is writing") as no:
            borrow(host, schema=schema).append([LINE._replace(entry_id="e2")], expected={"C-1": 0})
        assert no.value.retry
        assert host.info.transaction_status == TransactionStatus.INTRANS
        second.rollback()
        borrow(host, schema=schema).append([LINE._replace(entry_id="e2")], expected={"C-1": 0})
        host.rollback()

    def test_closing_is_not_closing_the_connection(self, host: Hand, schema: str) -> None:
        store = borrow(host, schema=schema)
        assert store.capabilities == {Capability.CHAIN, Capability.BORROW}
        store.append([LINE], expected={"C-1": 0})
        store.close()
        store.close()
        with pytest.raises(StoreUnavailable, match="is closed"):
            store.load("C-1")
        assert host.info.transaction_status == TransactionStatus.INTRANS

    def test_no_tables(self, host: Hand) -> None:
        with pytest.raises(StoreUnavailable, match="no tables of casecore's"):
            borrow(host, schema="nowhere").append([LINE], expected={"C-1": 0})
        assert host.info.transaction_status == TransactionStatus.INTRANS

    def test_a_connection_the_server_has_ended(self, host: Hand, hand: Hand, schema: str) -> None:
        store = borrow(host, schema=schema)
        store.append([LINE], expected={"C-1": 0})
        hand.execute("SELECT pg_terminate_backend(%s)", (host.info.backend_pid,))
        with pytest.raises(StoreUnavailable) as no:
            store.append([LINE._replace(entry_id="e2", number=2)], expected={"C-1": 1})
        assert no.value.retry
        assert "client's data" not in str(no.value)
