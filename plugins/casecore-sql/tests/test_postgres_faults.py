from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from casecore_sql.postgres import PostgresStore, statements
from casecore_sql.postgres.faults import told

from casecore.hooks import IndexRow, StoredEntry
from casecore.terms import StoreUnavailable
from tests.postgres_relay import Relay
from tests.postgres_server import PostgresServer

LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", b"a client's data")
ROW = IndexRow("C-1", 1, "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]")
NEXT, NEXT_ROW = LINE._replace(entry_id="e2", number=2), ROW._replace(number=2)
Hand = psycopg.Connection[Any]


def pid(store: PostgresStore) -> int:
    return store._cursor.connection.info.backend_pid


def patience(happened: Callable[[], object]) -> None:
    until = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < until, "it should have happened by now"
        time.sleep(0.01)


def waits(hand: Hand, store: PostgresStore) -> None:
    """Until the store's call waits for somebody else."""
    state = "SELECT FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
    patience(lambda: hand.execute(state, (pid(store),)).fetchall())


@pytest.fixture
def store(pg: PostgresStore) -> PostgresStore:
    pg.append([LINE], [ROW], expected={"C-1": 0})
    return pg


class TestAConnectionThatEnds:
    """S21. The call under way is told; only the same call again tells whether it was written. The next call works."""

    @pytest.mark.parametrize("lines", [[NEXT], [NEXT, LINE._replace(entry_id="e3", number=3)]])
    def test_the_server_ends_it_during_a_call(
        self, postgres: PostgresServer, store: PostgresStore, hand: Hand, schema: str, lines: list[StoredEntry]
    ) -> None:
        with PostgresStore.open(postgres.url(schema)) as other, ThreadPoolExecutor(1) as pool:
            with hand.transaction():
                hand.execute("LOCK TABLE entries")
                call: Future[object] = pool.submit(other.append, lines, expected={"C-1": 1})
                waits(hand, other)
                hand.execute("SELECT pg_terminate_backend(%s)", (pid(other),))
                error = call.exception(timeout=10)
            assert isinstance(error, StoreUnavailable)
            assert error.retry
            assert str(error).startswith(f"the store {other.address}: the server ")
            assert list(other.load("C-1")) == [LINE], "the next call works"
            assert other.append(lines, expected={"C-1": 1}) == tuple(lines)

    def test_the_server_ends_it_between_two_calls(self, store: PostgresStore, hand: Hand) -> None:
        before = pid(store)
        hand.execute("SELECT pg_terminate_backend(%s, 5000)", (before,))
        assert list(store.load("C-1")) == [LINE], "nothing was under way, so nothing is in doubt"
        assert pid(store) != before

    def test_the_server_is_started_anew(self, postgres: PostgresServer, store: PostgresStore) -> None:
        postgres.stop()
        with pytest.raises(StoreUnavailable, match="the server does not answer") as down:
            store.load("C-1")
        assert down.value.retry
        postgres.start()
        assert list(store.load("C-1")) == [LINE]

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_answer_is_lost(self, postgres: PostgresServer, store: PostgresStore, schema: str, count: int) -> None:
        """The commit took place and nobody heard of it: the same call again answers with what was written then."""
        lines = [LINE._replace(entry_id=f"e{number}", number=number) for number in range(2, 2 + count)]
        rows = [ROW._replace(number=1 + count, dues=b"new")]
        with Relay(f"{postgres.folder}/.s.PGSQL.{postgres.port}") as relay:
            url = f"postgresql://owner@127.0.0.1:{relay.port}/postgres?sslmode=disable&schema={schema}"
            with PostgresStore.open(url) as far:
                warm = LINE._replace(
                    entry_id="w", case="C-9"
                )  # the first time, a statement is sent ahead to be prepared
                far.append([warm], [ROW._replace(case="C-9")], expected={"C-9": 0})
                if count == 1:
                    relay.cut_answer = True
                else:  # the last journey of several is the commit
                    real = far._cursor.connection.pipeline
                    journeys: list[None] = []

                    def pipeline() -> Any:
                        journeys.append(None)
                        relay.cut_answer = len(journeys) == 2
                        return real()

                    far._cursor.connection.pipeline = pipeline  # type: ignore[method-assign]  # to cut the answer to its commit
                with pytest.raises(StoreUnavailable) as lost:
                    far.append(lines, rows, expected={"C-1": 1})
                assert relay.cut == 1
                assert lost.value.retry
                assert list(store.load("C-1")) == [LINE, *lines], "it was written"
                later = [line._replace(recorded_at="2026-03-05T00:00:00.000000+00:00") for line in lines]
                assert far.append(later, rows, expected={"C-1": 1}) == tuple(lines)
                assert list(far.load("C-1")) == [LINE, *lines]
                assert list(far.index(cases=["C-1"])) == rows


class TestSomebodyElseIsAtIt:
    """S21. It waits for other writers for as long as it was told, never for ever, and not at all to read."""

    def test_somebody_else_is_writing_to_the_case(self, store: PostgresStore, hand: Hand, schema: str) -> None:
        with hand.transaction(force_rollback=True):
            made = statements.Statements(schema).append_line
            cursor = psycopg.Cursor(hand)
            cursor.execute(made, (*NEXT._replace(entry_id="other"), b""))
            with pytest.raises(StoreUnavailable, match="somebody else is writing, and did not finish") as refused:
                store.append([NEXT], [NEXT_ROW], expected={"C-1": 1})
            assert refused.value.retry
            assert list(store.load("C-1")) == [LINE], "reading goes on meanwhile"
            store.append([LINE._replace(case="C-2", entry_id="x")], expected={"C-2": 0})
        store.append([NEXT], [NEXT_ROW], expected={"C-1": 1})

    def test_it_waits_for_the_other_writer(self, postgres: PostgresServer, store: PostgresStore, hand: Hand) -> None:
        hand.execute("BEGIN")
        hand.execute("SELECT FROM due_index FOR UPDATE")
        with PostgresStore(store.address) as other, ThreadPoolExecutor(1) as pool:
            call = pool.submit(other.append, [NEXT], [NEXT_ROW], expected={"C-1": 1})
            waits(hand, other)
            hand.execute("COMMIT")
            assert call.result() == (NEXT,)

    def test_two_who_wait_for_each_other(self, postgres: PostgresServer, store: PostgresStore, hand: Hand) -> None:
        """It cannot come of two appends; a host's own transaction can bring it about."""
        schema = store.address.schema
        store.append([LINE._replace(case="C-2", entry_id="x")], [ROW._replace(case="C-2")], expected={"C-2": 0})
        hand.execute("SET deadlock_timeout = '9s'")  # so that the store is the one to notice, and to give way
        url = postgres.url(schema, options="-c deadlock_timeout=300ms")
        lines = [NEXT, LINE._replace(case="C-2", entry_id="y", number=2)]
        with PostgresStore.open(url) as other, ThreadPoolExecutor(1) as pool:
            with hand.transaction():
                hand.execute("SELECT FROM due_index WHERE case_id = 'C-2' FOR UPDATE")
                rows = [NEXT_ROW, NEXT_ROW._replace(case="C-2")]
                call = pool.submit(other.append, lines, rows, expected={"C-1": 1, "C-2": 1})
                waits(hand, other)
                hand.execute("SELECT FROM due_index WHERE case_id = 'C-1' FOR UPDATE")
            error = call.exception()
            assert isinstance(error, StoreUnavailable)
            assert "two writers waited for each other" in str(error)
            assert error.retry
            assert list(other.load("C-1")) == [LINE]
            other.append(lines, rows, expected={"C-1": 1, "C-2": 1})

    def test_it_is_told_to_stop(self, postgres: PostgresServer, store: PostgresStore, hand: Hand, schema: str) -> None:
        with PostgresStore.open(postgres.url(schema)) as other, ThreadPoolExecutor(1) as pool:
            with hand.transaction():
                hand.execute("LOCK TABLE due_index")
                call = pool.submit(other.append, [NEXT], [NEXT_ROW], expected={"C-1": 1})
                waits(hand, other)
                hand.execute("SELECT pg_cancel_backend(%s)", (pid(other),))
                error = call.exception()
            assert isinstance(error, StoreUnavailable)
            assert "was told to stop" in str(error)
            assert error.retry
            assert list(other.load("C-1")) == [LINE], "neither line nor row"

    @pytest.mark.parametrize(
        ("state", "says", "retry"),
        [
            ("40001", "somebody else was writing the same", True),
            ("40P01", "two writers waited", True),
            ("53100", "no room", True),
            ("53300", "no connection left", True),
            ("57P01", "ended the connection", True),
            ("08006", "does not answer", True),
            ("58030", "its disk", True),
            ("XX001", "is damaged", False),
            ("3F000", "its schema is gone", False),
            ("0A000", "failed with 0A000", False),
        ],
    )
    def test_what_the_server_reports(self, state: str, says: str, retry: bool) -> None:
        error = told("s", psycopg.errors.lookup(state)("Key (entry_id)=(secret) already exists"))
        assert isinstance(error, StoreUnavailable)
        assert says in str(error)
        assert "secret" not in str(error)
        assert error.retry is retry


class TestTheHandle:
    """One connection, for one process, left as it was found."""

    def test_an_interruption_leaves_nothing_half_done(
        self, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(cursor: psycopg.Cursor[Any], *args: object) -> bool:
            cursor.execute("BEGIN")
            cursor.execute(f'DELETE FROM "{store.address.schema}".due_index')
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(store, "_write", interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.append([NEXT], [NEXT_ROW], expected={"C-1": 1})
        assert list(store.index()) == [ROW]
        store.append([NEXT], [NEXT_ROW], expected={"C-1": 1})

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
    def test_after_a_fork_it_must_be_opened_again(self, store: PostgresStore) -> None:
        seen, said = os.pipe()
        child = os.fork()
        if not child:  # nothing but the store is touched here; what is told goes through the pipe
            try:
                store.load("C-1")
            except StoreUnavailable as error:
                os.write(said, str(error).encode())
            store.close()
            os._exit(0)
        os.waitpid(child, 0)
        os.close(said)
        with os.fdopen(seen) as told_there:
            assert "was opened before a fork; open it again in this process" in told_there.read()
        assert list(store.load("C-1")) == [LINE], "the child's closing did not end our connection"

    def test_closed_while_others_call(self, store: PostgresStore) -> None:
        errors: list[str] = []

        def read() -> None:
            try:
                while True:
                    store.load("C-1")
            except StoreUnavailable as error:
                errors.append(str(error))

        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        time.sleep(0.05)
        store.close()
        for reader in readers:
            reader.join(10)
        assert len(errors) == 4
        assert all(error.endswith("is closed") for error in errors)
