"""A process that writes until it is killed; it prints what was acknowledged. ``python writer.py PATH CASE FIRST``"""

from __future__ import annotations

import sys

from casecore_sql import SQLiteStore

from casecore.hooks import IndexRow, StoredEntry


def write(path: str, case: str, number: int) -> None:
    with SQLiteStore(path) as store:
        while True:
            lines = [
                StoredEntry(f"{case}/{number + place}", case, number + place, "contact", 1, "at", "w-7", b"x" * 900)
                for place in range(1 + number % 3)
            ]
            last = lines[-1].number
            row = IndexRow(case, last, "w-7", "icm", "house@1", "2026-03-04", "", str(last).encode(), b"")
            store.append(lines, [row], expected={case: number - 1})
            print(last, flush=True)
            number = last + 1


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2], int(sys.argv[3]))
