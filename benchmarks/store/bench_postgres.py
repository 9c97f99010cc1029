"""
What PostgreSQL costs through the store over one prepared statement by hand, and beside `eventsourcing`.

The server is the tests' own, on this machine and over its socket, with `fsync` on. FULL waits for the disk once a
commit, which hides most of what either side does; NORMAL (`synchronous_commit` off, on both sides) shows it.

All of it runs on one processor. On two, a call of 50 µs takes 50 or 150 µs by whether the server's process for this
connection happens to sleep on the other one, and that is then the ratio.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from random import Random
from typing import Any

import psycopg
from casecore_sql.postgres import PostgresStore

from benchmarks.harness import Row, compare
from benchmarks.record.cases import stored_lines
from benchmarks.store.bench_append import BATCH, CASES, Day
from benchmarks.store.lines import CONTACT, lines
from benchmarks.store.postgres_by_hand import ByHand
from benchmarks.store.postgres_event_log import EventLog
from casecore.agency.lines import lines_from
from casecore.hooks import StoredEntry
from casecore.interchange import EntryBytes
from casecore.record import fold
from tests.postgres_server import PostgresServer, postgres_server

LENGTH = 100


def rows() -> Iterator[Row]:
    with on_one_processor(), postgres_server() as server:
        for synchronous, rounds in (("FULL", 800), ("NORMAL", 2000)):
            yield from appending(server, synchronous, rounds)
        yield from bulk(server)
        yield from reading(server)


@contextmanager
def on_one_processor() -> Iterator[None]:
    """This process, and those that it starts, where the system lets us say so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def connect(server: PostgresServer, synchronous: str) -> psycopg.Connection[Any]:
    options = f"-c synchronous_commit={'on' if synchronous == 'FULL' else 'off'}"
    return psycopg.connect(
        host=str(server.folder), port=server.port, user="owner", dbname="postgres", autocommit=True,
        prepare_threshold=0, options=options,
    )  # fmt: skip


def opened(server: PostgresServer, schema: str, synchronous: str = "FULL") -> PostgresStore:
    return PostgresStore.open(server.url(schema, synchronous=synchronous))


def appending(server: PostgresServer, synchronous: str, rounds: int) -> Iterator[Row]:
    day, same_day = Day(), Day()
    with (
        opened(server, f"ours {synchronous}", synchronous) as store,
        opened(server, f"hand {synchronous}", synchronous) as made,
        connect(server, synchronous) as connection,
    ):
        by_hand = ByHand(connection, made.address.schema).without_chain(made.address.schema)
        day.first_lines(store)
        for _ in range(CASES):  # the tables and the first lines
            same_day.next()
            by_hand.append_one(same_day.line)
            made.reindex([same_day.row])

        def append_line() -> None:
            store.append((day.line,), expected={day.line.case: day.line.number - 1})

        def timed(name: str, **floor: Any) -> Row:
            name = f"PostgreSQL: append one entry{name}, {synchronous}"
            return compare(name, rounds=rounds, warm_up=100, prepare=day.next, **floor)

        insert = {"floor": lambda: by_hand.append_one(day.line), "against": "the prepared INSERT"}
        yield timed("", ours=append_line, at_most=1.3, **insert)
        yield timed(" with its index row", ours=lambda: day.append(store), **insert)
        yield timed(
            " with its index row",
            ours=lambda: day.append(store),
            floor=lambda: by_hand.append_one_with_row(day.line, day.row),
            against="INSERT and UPDATE as one prepared statement",
            at_most=1.3,
        )
        log = EventLog(server, f"events {synchronous}", synchronous)

        def prepare() -> None:
            day.next()
            log.hold(str(CONTACT["note"]))

        yield compare(
            f"PostgreSQL: append one checked entry with its index row, {synchronous}",
            ours=lambda: day.append(store),
            floor=log.save,
            against="eventsourcing: save one event",
            faster=8,
            rounds=rounds // 2,
            warm_up=50,
            prepare=prepare,
        )
        yield compare(
            f"  the prepared INSERT by hand, {synchronous}",
            ours=lambda: by_hand.append_one(day.line),
            floor=log.save,
            against="eventsourcing: save one event",
            rounds=rounds // 2,
            warm_up=50,
            prepare=prepare,
        )
        log.close()


def bulk(server: PostgresServer) -> Iterator[Row]:
    random = Random(2)
    ready: list[tuple[StoredEntry, ...]] = []
    turns = count()

    def prepare() -> None:
        ready[:] = [lines(f"C-{next(turns):05}", 1, BATCH, random)]

    with opened(server, "ours many") as store, opened(server, "hand many"), connect(server, "FULL") as connection:
        by_hand = ByHand(connection, "hand many").without_chain("hand many")
        yield compare(
            "PostgreSQL: append 1,000 entries in one call, FULL",
            ours=lambda: store.append(ready[0], expected={ready[0][0].case: 0}),
            floor=lambda: by_hand.append_many(ready[0]),
            against="a binary COPY by hand",
            at_most=1.5,
            rounds=60,
            prepare=prepare,
        )


def reading(server: PostgresServer) -> Iterator[Row]:
    entry_bytes = EntryBytes()
    with opened(server, "read") as store, connect(server, "FULL") as connection:
        for number in range(50):
            store.append(stored_lines(LENGTH, f"C-{number:06}"), expected={f"C-{number:06}": 0})
        by_hand = ByHand(connection, "read")

        def timed(name: str, **sides: Any) -> Row:
            return compare(f"PostgreSQL: {name}", rounds=600, warm_up=50, **sides)

        select = {"floor": lambda: by_hand.load("C-000007"), "against": "the bare binary SELECT"}
        yield timed("load the 100 lines of a case", ours=lambda: store.load("C-000007"), **select, at_most=1.2)

        def load_and_fold() -> None:
            fold("C-000007", lines_from(store.load("C-000007"), entry_bytes))

        yield timed("load and fold a case of 100 entries", ours=load_and_fold, **select, at_most=1.5)
        log = EventLog(server, "events read", "FULL")
        for _ in range(LENGTH - 1):
            log.hold("Met at home, talked about the apartment and the bus line to get there.")
        log.save()
        yield timed(
            "load and fold a case of 100 entries",
            ours=load_and_fold,
            floor=lambda: log.application.repository.get(log.case.id),
            against="eventsourcing: get an aggregate of 100 events",
            faster=8,
        )
        log.close()
