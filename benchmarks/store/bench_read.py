"""What reading costs over the bare SELECT of the same rows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from casecore_sql import SQLiteStore, Synchronous

from benchmarks.harness import Row, compare
from benchmarks.store import by_hand
from benchmarks.store.lines import lines, row

A_CASELOAD = 30
INDEX = (
    "SELECT case_id, number, worker, program, rules, valid_from, look_again_on, dues, findings FROM due_index"
    " WHERE worker = ? ORDER BY case_id"
)
LINES = (
    "SELECT entry_id, case_id, number, kind, form, recorded_at, written_by, body FROM entries"
    " WHERE case_id = ? ORDER BY number"
)


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        paths = {cases: str(Path(folder, f"{cases}.db")) for cases in (10_000, 100_000)}
        for cases, path in paths.items():
            fill(path, cases)
        yield from worklist(paths)
        yield from load(paths[10_000])


def fill(path: str, cases: int) -> None:
    """One line and one index row a case, thirty cases a worker, in no order; the rows of one worker lie apart."""
    random = Random(3)
    numbers = list(range(cases))
    random.shuffle(numbers)
    with SQLiteStore(path, synchronous=Synchronous.NORMAL) as store:
        for first in range(0, cases, 5000):
            some = {f"C-{number:06}": number for number in numbers[first : first + 5000]}
            store.append(
                [line for case in some for line in lines(case, 1, 1, random)],
                [row(case, 1, worker(number, cases)) for case, number in some.items()],
                expected=dict.fromkeys(some, 0),
            )


def worker(number: int, cases: int) -> str:
    """Whose the case with this number is."""
    return f"w-{number % (cases // A_CASELOAD):05}"


def worklist(paths: dict[int, str]) -> Iterator[Row]:
    random = Random(4)
    of_many = of_few = ""

    def pick() -> None:
        nonlocal of_many, of_few
        of_many, of_few = (worker(random.randrange(100_000), cases) for cases in (100_000, 10_000))

    bare = by_hand.connect(paths[100_000], "FULL")
    with SQLiteStore(paths[10_000]) as small, SQLiteStore(paths[100_000]) as large:
        yield compare(
            "index rows of one worker, 100,000 cases",
            ours=lambda: large.index(worker=of_many),
            floor=lambda: bare.execute(INDEX, (of_many,)).fetchall(),
            against="bare SELECT",
            at_most=1.2,
            rounds=2000,
            prepare=pick,
        )
        yield compare(
            "index rows of one worker, 100,000 cases",
            ours=lambda: large.index(worker=of_many),
            floor=lambda: small.index(worker=of_few),
            against="the same with 10,000 cases",
            at_most=1.5,
            rounds=2000,
            prepare=pick,
        )
    bare.close()


def load(path: str) -> Iterator[Row]:
    with SQLiteStore(path) as store:
        long = lines("a long case", 1, 100, Random(5))
        store.append(long, expected={"a long case": 0})
        bare = by_hand.connect(path, "FULL")
        yield compare(
            "load the 100 lines of a case",
            ours=lambda: store.load("a long case"),
            floor=lambda: bare.execute(LINES, ("a long case",)).fetchall(),
            against="bare SELECT",
            at_most=1.2,
            rounds=1000,
        )
        bare.close()
