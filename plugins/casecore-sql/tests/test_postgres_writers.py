from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from casecore_sql.postgres import PostgresStore

from casecore.hooks import IndexRow, StoredEntry
from casecore.terms import RecordMoved
from tests.postgres_server import PostgresServer

LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", b"a client's data")
ROW = IndexRow("C-1", 1, "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]")
Hand = psycopg.Connection[Any]


@pytest.fixture
def stores(postgres: PostgresServer, schema: str) -> Iterator[list[PostgresStore]]:
    """Four handles on the same records."""
    with ExitStack() as opened:
        yield [opened.enter_context(PostgresStore.open(postgres.url(schema, synchronous="NORMAL"))) for _ in range(4)]


class TestSeveralWriters:
    """S20. Of several writers who expect the same last line one wins, whoever they are."""

    def test_threads_may_share_a_store(self, stores: list[PostgresStore]) -> None:
        def write(place: int) -> int:
            written = 0
            while written < 10:
                last = len(stores[0].load("C-1"))
                line = LINE._replace(entry_id=f"{place}/{written}", number=last + 1)
                try:
                    stores[0].append([line], [ROW._replace(number=last + 1)], expected={"C-1": last})
                except RecordMoved:
                    continue
                written += 1
            return written

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(write, range(8))) == 80
        assert [line.number for line in stores[0].load("C-1")] == list(range(1, 81))
        assert [row.number for row in stores[0].index()] == [80]

    @pytest.mark.parametrize("count", [1, 3])
    def test_one_begins_a_case(self, stores: list[PostgresStore], count: int) -> None:
        together = threading.Barrier(4)

        def begin(place: int, case: str) -> bool:
            lines = [
                LINE._replace(entry_id=f"{case}/{place}/{number}", case=case, number=number, by=f"w-{place}")
                for number in range(1, count + 1)
            ]
            together.wait()
            try:
                return stores[place].append(lines, [ROW._replace(case=case, number=count)], expected={case: 0}) != ()
            except RecordMoved:
                return False

        with ThreadPoolExecutor(4) as pool:
            for turn in range(20):
                won = list(pool.map(begin, range(4), [f"C-{turn}"] * 4))
                assert won.count(True) == 1
                lines = stores[0].load(f"C-{turn}")
                assert [line.number for line in lines] == list(range(1, count + 1))
                assert {line.by for line in lines} == {f"w-{won.index(True)}"}

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_same_call_from_two_sides(self, stores: list[PostgresStore], count: int) -> None:
        """S5. A retry that comes while the first is still under way gets the first one's lines."""
        together = threading.Barrier(4)

        def write(place: int, turn: int) -> tuple[StoredEntry, ...]:
            at = f"2026-03-04T14:00:00.00000{place}+00:00"
            case = f"C-{turn}"
            lines = [
                LINE._replace(entry_id=f"{turn}/{number}", case=case, number=number, recorded_at=at)
                for number in range(1, count + 1)
            ]
            together.wait()
            return stores[place].append(lines, expected={case: 0})

        with ThreadPoolExecutor(4) as pool:
            for turn in range(20):
                told = set(pool.map(write, range(4), [turn] * 4))
                assert told == {tuple(stores[0].load(f"C-{turn}"))}

    def test_appends_to_several_cases_never_wait_for_each_other(self, stores: list[PostgresStore]) -> None:
        """S3. They take the cases in the same order, whatever order they name them in; so do index rows."""
        cases = [f"C-{number}" for number in range(6)]
        failures: list[Exception] = []

        def write(place: int) -> int:
            chance = random.Random(place)
            written = 0
            for turn in range(40):
                some = chance.sample(cases, 4)
                last = {case: len(stores[place].load(case)) for case in some}
                lines = [
                    LINE._replace(entry_id=f"{place}/{turn}/{case}", case=case, number=last[case] + 1) for case in some
                ]
                rows = [ROW._replace(case=case, number=last[case] + 1) for case in reversed(some)]
                try:
                    stores[place].append(lines, rows, expected=last)
                    written += 1
                    stores[place].reindex(chance.sample(rows, 4))
                except RecordMoved:
                    continue
                except Exception as error:  # told below: a thread would keep it to itself
                    failures.append(error)
            return written

        with ThreadPoolExecutor(4) as pool:
            written = sum(pool.map(write, range(4)))
        assert not failures
        assert written > 10
        lengths = {case: [line.number for line in stores[0].load(case)] for case in stores[0].cases()}
        assert sum(map(len, lengths.values())) == written * 4, "each was written whole or not at all"
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in lengths.values())
        assert [row.number for row in stores[0].index()] == [len(lengths[case]) for case in sorted(lengths)]

    def test_a_judgement_never_hides_a_later_line(self, stores: list[PostgresStore], hand: Hand) -> None:
        """S17. A reindex that looked before a line was written, and writes after it, passes over."""
        stores[0].append([LINE], [ROW], expected={"C-1": 0})
        with ThreadPoolExecutor(1) as pool:
            with hand.transaction():
                hand.execute("UPDATE due_index SET number = 2")  # an append of line 2, not yet committed
                late = pool.submit(stores[1].reindex, [ROW._replace(dues=b"late")])
                waiting = "SELECT FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
                while not hand.execute(waiting, (stores[1]._cursor.connection.info.backend_pid,)).fetchall():
                    pass
            late.result()
        assert [(row.number, row.dues) for row in stores[0].index()] == [(2, b"[]")]


class TestLinesAreNeverRewritten:
    """Triggers refuse every way of changing a line, and every way round them that is not meant."""

    @pytest.mark.parametrize("role", ["origin", "replica"])
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE entries SET body = ''",
            "UPDATE entries SET number = 7 WHERE false",
            "DELETE FROM entries",
            "TRUNCATE entries",
            "INSERT INTO entries SELECT * FROM entries ON CONFLICT (entry_id) DO UPDATE SET body = ''",
            "MERGE INTO entries USING due_index ON true WHEN MATCHED THEN DELETE",
        ],
    )
    def test_by_hand(self, pg: PostgresStore, hand: Hand, statement: str, role: str) -> None:
        pg.append([LINE], [ROW], expected={"C-1": 0})
        hand.execute("SELECT set_config('session_replication_role', %s, false)", (role,))
        with pytest.raises(psycopg.errors.RestrictViolation, match="entries are never rewritten"):
            hand.execute(statement.encode())
        assert list(pg.load("C-1")) == [LINE]

    def test_ids_are_compared_byte_by_byte(self, pg: PostgresStore, hand: Hand, schema: str) -> None:
        found = hand.execute(
            "SELECT attname FROM pg_attribute JOIN pg_collation ON pg_collation.oid = attcollation"
            " WHERE attrelid IN ('entries'::regclass, 'due_index'::regclass) AND collname <> 'C'"
        )
        assert found.fetchall() == []

    def test_what_is_kept_of_a_session(self, postgres: PostgresServer, schema: str) -> None:
        """Whatever the server is set to, a commit is kept and statements mean what they were written to mean."""
        careless = "-c synchronous_commit=off -c default_transaction_isolation=serializable -c search_path=pg_temp"
        for options, commit in (({}, "on"), ({"synchronous": "NORMAL"}, "off")):
            with PostgresStore.open(postgres.url(schema, options=careless, timeout="25", **options)) as store:
                show = store._cursor.connection.execute
                assert show("SHOW synchronous_commit").fetchone() == (commit,)
                assert show("SHOW default_transaction_isolation").fetchone() == ("read committed",)
                assert show("SHOW lock_timeout").fetchone() == ("25s",)
                assert list(store.cases()) == []

    def test_what_is_read_often_is_read_from_an_index(self, pg: PostgresStore) -> None:
        run = pg._cursor.connection.execute
        run("SET enable_seqscan = off")  # an empty table is read whole, and fastest so
        run("SET enable_bitmapscan = off")
        for statement, values in (
            (pg._sql.load, ("C-1",)),
            (pg._sql.find, ("e1",)),
            (pg._sql.next_cases, ("",)),
            (pg._sql.index_of_worker, ("w-7",)),
            (pg._sql.proofs["feed"], (0, 10)),
        ):
            plan = [str(step) for (step,) in run(b"EXPLAIN " + statement, values)]
            assert not any("Sort" in step or "Seq Scan on entries" in step or "Scan on due" in step for step in plan), (
                plan
            )
