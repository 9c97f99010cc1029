"""
Ratios against a named floor, measured in the same run.

A benchmark file ``benchmarks/<topic>/bench_<what>.py`` has a function ``rows()`` that yields what `compare` gives:

    def rows() -> Iterator[Row]:
        yield compare("decode 1,000 entries", ours=decode, floor=loads, against="orjson.loads", at_most=1.4)

``python -m benchmarks [TOPIC ...]`` runs them. A ratio is the median of our times over the median of the floor's;
the two take turns, and each goes first every other round, so that what disturbs one disturbs the other.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """
    One line of the table.

    Attributes:
        name: What was measured.
        against: The floor.
        ours, floor: Median seconds a call.
        at_most: The bound on ours / floor; or nothing.
        faster: The bound on floor / ours; or nothing. With neither bound the row only informs.
        in_bytes: Whether ours and the floor are bytes of memory instead.
    """

    name: str
    against: str
    ours: float
    floor: float
    at_most: float | None = None
    faster: float | None = None
    in_bytes: bool = False

    @property
    def ratio(self) -> float:
        """The number that the bound speaks of."""
        return self.floor / self.ours if self.faster is not None else self.ours / self.floor

    @property
    def bound(self) -> str:
        if self.faster is not None:
            return f"≥ {self.faster:g}x faster"
        return f"≤ {self.at_most:g}x" if self.at_most is not None else ""

    @property
    def met(self) -> bool:
        if self.faster is not None:
            return self.ratio >= self.faster
        return self.at_most is None or self.ratio <= self.at_most


def compare(
    name: str,
    *,
    ours: Callable[[], object],
    floor: Callable[[], object],
    against: str,
    at_most: float | None = None,
    faster: float | None = None,
    rounds: int = 200,
    calls: int = 1,
    warm_up: int = 5,
    prepare: Callable[[], object] | None = None,
) -> Row:
    """
    Time *ours* and *floor* in turns: *rounds* times *calls* calls each; the garbage collector rests meanwhile.

    *prepare* runs before each round and is not timed; use it with one call a round.
    """
    prepare = prepare or (lambda: None)
    for _ in range(warm_up):
        prepare()
        ours()
        floor()
    times: dict[Callable[[], object], list[float]] = {ours: [], floor: []}
    gc.collect()
    gc.disable()
    try:
        for turn in range(rounds):
            prepare()
            for work in (ours, floor) if turn % 2 else (floor, ours):
                started = time.perf_counter()
                for _ in range(calls):
                    work()
                times[work].append((time.perf_counter() - started) / calls)
    finally:
        gc.enable()
    return Row(name, against, median(times[ours]), median(times[floor]), at_most, faster)


def as_json(rows: Iterable[Row]) -> str:
    """The table for a program."""
    return json.dumps([asdict(row) | {"ratio": row.ratio, "met": row.met} for row in rows], indent=2)


def as_markdown(rows: Iterable[Row]) -> str:
    """The table for a page."""
    lines = [
        f"| {row.name.strip()} | {row.against} | {_size(row, row.ours)} | {_size(row, row.floor)} | {row.ratio:.2f}x "
        f"| {row.bound or 'informs'} | {_word(row)} |"
        for row in rows
    ]
    heads = "| measure | floor | ours | floor | ratio | bound | |\n|---|---|---|---|---|---|---|"
    return "\n".join([heads, *lines]) + "\n"


def show(rows: Iterable[Row]) -> None:
    """The table for a person; plain where rich is not installed."""
    heads = ("measure", "ours", "floor", "", "ratio", "bound", "")
    lines = [
        (row.name, _size(row, row.ours), _size(row, row.floor), row.against, f"{row.ratio:.2f}x", row.bound, _word(row))
        for row in rows
    ]
    try:
        from rich.console import Console
        from rich.table import Table
    except ImportError:
        widths = [max(map(len, column)) for column in zip(heads, *lines, strict=True)]
        for line in (heads, *lines):
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
        return
    table = Table(*heads)
    for line in lines:
        table.add_row(*line)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _word(row: Row) -> str:
    if row.at_most is None and row.faster is None:
        return ""
    return "met" if row.met else "MISSED"


def _size(row: Row, number: float) -> str:
    return f"{number / 1e3:.4g} kB" if row.in_bytes else _seconds(number)


def _seconds(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"
