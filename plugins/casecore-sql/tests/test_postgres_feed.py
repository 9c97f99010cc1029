from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from casecore_sql.postgres import PostgresStore, statements
from casecore_sql.postgres.schema import PLACES

from casecore.hooks import StoredEntry, line_digest
from tests.postgres_server import PostgresServer

LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", b"a client's data")
Hand = psycopg.Connection[Any]
NAIVE = "SELECT position, entry_id FROM entries WHERE position > %s ORDER BY position"


def ids(fed: object) -> list[str]:
    assert isinstance(fed, list)
    return [line.entry_id for _, line in fed]


def as_host(hand: Hand, schema: str, entry_id: str, case: str) -> None:
    """What a host's own transaction writes."""
    line = LINE._replace(entry_id=entry_id, case=case)
    hand.execute(statements.Statements(schema).append_line, (*line, line_digest(line)))


@pytest.fixture
def others(postgres: PostgresServer, schema: str) -> Iterator[list[PostgresStore]]:
    with ExitStack() as opened:
        yield [opened.enter_context(PostgresStore.open(postgres.url(schema, synchronous="NORMAL"))) for _ in range(4)]


class TestTheFeed:
    """All entries in the order of their transactions, each once, with no gap, whoever writes meanwhile."""

    def test_from_the_beginning_and_on(self, pg: PostgresStore) -> None:
        assert pg.feed() == []
        many = [LINE._replace(entry_id=f"m{number}", number=number) for number in range(1, 8)]
        pg.append(many, expected={"C-1": 0})
        pg.append([LINE._replace(entry_id="x", case="C-0")], expected={"C-0": 0})
        fed = pg.feed()
        assert [line for _, line in fed] == [*many, LINE._replace(entry_id="x", case="C-0")]
        assert ids(pg.feed(limit=3)) == ["m1", "m2", "m3"]
        assert ids(pg.feed(pg.feed(limit=3)[-1][0], 3)) == ["m4", "m5", "m6"]
        assert pg.feed(fed[-1][0]) == []

    def test_several_cases_are_fed_as_they_were_handed_in(self, pg: PostgresStore) -> None:
        lines = [LINE._replace(entry_id=f"{case}", case=case) for case in ("C-9", "C-1", "C-5")]
        pg.append(lines, expected=dict.fromkeys(("C-9", "C-1", "C-5"), 0))
        assert ids(pg.feed()) == ["C-9", "C-1", "C-5"]

    def test_a_refused_call_feeds_nothing(self, pg: PostgresStore) -> None:
        pg.append([LINE], expected={"C-1": 0})
        pg.append([LINE], expected={"C-1": 0})
        assert ids(pg.feed()) == ["e1"]

    @pytest.mark.parametrize("kept", [True, False])
    def test_a_long_transaction_makes_it_late_and_never_wrong(
        self, pg: PostgresStore, hand: Hand, schema: str, kept: bool
    ) -> None:
        hand.execute("BEGIN")
        as_host(hand, schema, "slow", "C-0")
        pg.append([LINE._replace(entry_id="quick")], expected={"C-1": 0})
        assert pg.feed() == []
        # the control: read by position alone, the quick one is told and the slow one then appears behind it
        with psycopg.connect(hand.info.dsn, autocommit=True) as reader:
            assert [name for _, name in reader.execute(NAIVE, (0,))] == ["quick"]
            (after,) = (position for position, _ in reader.execute(NAIVE, (0,)))
            hand.execute("COMMIT" if kept else "ROLLBACK")
            assert list(reader.execute(NAIVE, (after,))) == [], "left out for ever"
        assert ids(pg.feed()) == ["slow", "quick"] if kept else ["quick"]

    def test_under_load(self, others: list[PostgresStore]) -> None:
        """Writers of one line and of several, and a reader who never waits for them."""

        def write(place: int) -> int:
            chance = random.Random(place)
            last = 0
            for turn in range(60):
                lines = [
                    LINE._replace(entry_id=f"{place}/{turn}/{each}", case=f"C-{place}", number=last + 1 + each)
                    for each in range(chance.choice((1, 1, 3)))
                ]
                others[place].append(lines, expected={f"C-{place}": last})
                last += len(lines)
            return last

        told: list[tuple[int, StoredEntry]] = []
        with ThreadPoolExecutor(3) as pool:
            writing = [pool.submit(write, place) for place in range(3)]
            while not all(writer.done() for writer in writing):
                told += others[3].feed(told[-1][0] if told else 0, limit=7)
        while more := others[3].feed(told[-1][0] if told else 0):
            told += more
        assert len(told) == sum(writer.result() for writer in writing)
        assert told == others[3].feed(limit=10_000)
        for place in range(3):
            numbers = [line.number for _, line in told if line.case == f"C-{place}"]
            assert numbers == list(range(1, len(numbers) + 1))

    def test_a_dump_restored_into_another_server(self, pg: PostgresStore, hand: Hand, url: str) -> None:
        """There transactions count from the beginning again; what is new still comes after what was."""
        hand.execute(
            "INSERT INTO entries SELECT (1000000 + pg_current_xact_id()::text::bigint) * %s,"
            " 'old', 'C-1', 1, '', 1, '', '', '', ''",
            (PLACES,),
        )
        assert pg.feed() == [], "not told by who was connected before"
        with PostgresStore.open(url) as store:
            ((old, _),) = store.feed()
            store.append([LINE._replace(number=2)], expected={"C-1": 1})
            store.append(
                [LINE._replace(entry_id=f"e{number}", number=number) for number in (3, 4)], expected={"C-1": 2}
            )
            assert ids(store.feed(old)) == ["e1", "e3", "e4"]
            assert ids(pg.feed()) == ["old", "e1", "e3", "e4"], "and who was connected before has learned it too"
        before = hand.execute("SELECT xids_before FROM casecore_schema").fetchall()
        PostgresStore.open(url).close()
        assert hand.execute("SELECT xids_before FROM casecore_schema").fetchall() == before
