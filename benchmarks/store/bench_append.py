"""What an append costs over the same INSERTs by hand, and beside `eventsourcing`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

from benchmarks.harness import Row, compare
from benchmarks.store import by_hand
from benchmarks.store.event_log import EventLog
from benchmarks.store.lines import CONTACT, lines, row
from casecore.hooks import IndexRow, StoredEntry
from casecore_sql import SQLiteStore, Synchronous

CASES = 200
BATCH = 1000


class Day:
    """Somebody writes to one case after the other; each next line and its index row are made outside the time taken."""

    def __init__(self) -> None:
        self.random = Random(1)
        self.turns = count()
        self.line: StoredEntry
        self.row: IndexRow

    def next(self) -> None:
        turn = next(self.turns)
        case, number = f"C-{turn % CASES:05}", turn // CASES + 1
        (self.line,) = lines(case, number, 1, self.random)
        self.row = row(case, number, f"w-{turn % 10}")

    def append(self, store: SQLiteStore) -> None:
        store.append((self.line,), (self.row,), expected={self.line.case: self.line.number - 1})

    def first_lines(self, store: SQLiteStore) -> None:
        for _ in range(CASES):
            self.next()
            self.append(store)


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from over_by_hand(Path(folder), Synchronous.FULL, at_most=1.15, rounds=600)
        yield from over_by_hand(Path(folder), Synchronous.NORMAL, at_most=1.5, rounds=3000)
        yield from beside_eventsourcing(Path(folder), Synchronous.FULL, faster=1.6, rounds=300)
        yield from beside_eventsourcing(Path(folder), Synchronous.NORMAL, faster=2.2, rounds=1000)
        yield from many(Path(folder))


def over_by_hand(folder: Path, synchronous: Synchronous, *, at_most: float, rounds: int) -> Iterator[Row]:
    ours, hand = str(folder / f"ours-{synchronous}.db"), str(folder / f"hand-{synchronous}.db")
    day, same_day = Day(), Day()
    with SQLiteStore(hand) as made:  # only the tables and the first lines
        same_day.first_lines(made)
    cursor = by_hand.connect(hand, synchronous).cursor()
    with SQLiteStore(ours, synchronous=synchronous) as store:
        day.first_lines(store)
        yield compare(
            f"append one entry with its index row, {synchronous}",
            ours=lambda: day.append(store),
            floor=lambda: by_hand.append_one(cursor, day.line, day.row),
            against="same statements by hand",
            at_most=at_most,
            rounds=rounds,
            prepare=day.next,
        )
    cursor.connection.close()


def beside_eventsourcing(folder: Path, synchronous: Synchronous, *, faster: float, rounds: int) -> Iterator[Row]:
    day = Day()
    numbers = count(1)
    log = EventLog(str(folder / f"events-{synchronous}.db"), synchronous)

    def next_event() -> None:
        day.next()
        log.hold(str(CONTACT["note"]))

    with SQLiteStore(folder / f"beside-{synchronous}.db", synchronous=synchronous) as store:
        day.first_lines(store)

        def append_with_json() -> None:  # their time includes the JSON of one event, and so does ours
            json.dumps(CONTACT).encode()
            day.append(store)

        yield compare(
            f"the same and its JSON, {synchronous}",
            ours=append_with_json,
            floor=log.save,
            against="eventsourcing: save one event",
            faster=faster,
            rounds=rounds,
            prepare=next_event,
        )
        yield compare(
            f"the same without JSON, {synchronous}",
            ours=lambda: day.append(store),
            floor=lambda: log.record(UUID(int=7), next(numbers), day.line.body),
            against="eventsourcing: its recorder alone, no index row",
            rounds=rounds,
            prepare=day.next,
        )
    log.close()


def many(folder: Path) -> Iterator[Row]:
    random = Random(2)
    ready: list[tuple[StoredEntry, ...]] = []
    turns = count()

    def prepare() -> None:
        ready[:] = [lines(f"C-{next(turns):05}", 1, BATCH, random)]

    with SQLiteStore(folder / "hand-many.db"):
        pass
    cursor = by_hand.connect(str(folder / "hand-many.db"), "FULL").cursor()
    with SQLiteStore(folder / "ours-many.db") as store:
        yield compare(
            "append 1,000 entries in one call, FULL",
            ours=lambda: store.append(ready[0], expected={ready[0][0].case: 0}),
            floor=lambda: by_hand.append_many(cursor, ready[0]),
            against="executemany by hand",
            at_most=1.6,
            rounds=40,
            prepare=prepare,
        )
    cursor.connection.close()
