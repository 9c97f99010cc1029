"""A process that writes until it is killed; it prints what was acknowledged. ``python postgres_writer.py URL CASE``"""

from __future__ import annotations

import sys

from casecore_sql.postgres import PostgresStore

from casecore.hooks import IndexRow, StoredEntry


def write(url: str, case: str) -> None:
    with PostgresStore.open(url) as store:
        number = len(store.load(case)) + 1
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
    write(sys.argv[1], sys.argv[2])
