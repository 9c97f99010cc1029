"""
A thousand things that somebody with the file in hand may do to stored lines, and whether that is found.

With an anchor that was taken before and kept elsewhere, all of them. Without it, those that leave the chain as it was.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from casecore_sql import SQLiteStore, Synchronous
from casecore_sql.postgres import PostgresStore

from casecore.hooks import ChainAnchor, Damaged, IndexRow, Store, StoredEntry, link_lines
from tests.tampering import unguarded

CASES = 8
LINES = 80
SECRET = "walked to the bank"
COLUMNS = "position, entry_id, case_id, number, kind, form, recorded_at, written_by, body, hash"
NAMES = COLUMNS.split(", ")

Row = list[Any]  # one line as it stands in the table
Table = list[Row]
POSITION, ENTRY_ID, CASE, NUMBER, BODY, HASH = (
    NAMES.index(name) for name in ("position", "entry_id", "case_id", "number", "body", "hash")
)


def fill(store: Store, chance: random.Random) -> None:
    last = dict.fromkeys((f"C-{chr(ord('a') + 2 * place)}" for place in range(CASES)), 0)
    while sum(last.values()) < LINES:
        lines = []
        before = dict(last)
        for case in chance.choices(list(last), k=chance.choice((1, 1, 1, 3))):
            last[case] += 1
            body = f'{{"note":"{SECRET} {chance.random()}"}}'.encode()
            name = f"{case}/{last[case]}/{chance.random()}"  # no other id is a changed byte away
            lines.append(StoredEntry(name, case, last[case], "contact", 1, f"at {chance.random()}", "w-7", body))
        cases = {line.case for line in lines}
        rows = [IndexRow(case, last[case], "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]") for case in cases]
        store.append(lines, rows, expected={case: before[case] for case in cases})


# What somebody may do. Each takes the table and changes it. These break a chain, and are found without an anchor.


def changes_a_byte(table: Table, chance: random.Random) -> None:
    row = chance.choice(table)
    place = chance.choice([place for place, part in enumerate(row) if isinstance(part, (str, bytes)) and len(part)])
    at, old = chance.randrange(len(row[place])), row[place]
    other = chr(ord(old[at]) ^ 1) if isinstance(old, str) else bytes([old[at] ^ 1 << chance.randrange(8)])
    row[place] = old[:at] + other + old[at + 1 :]


def changes_a_form(table: Table, chance: random.Random) -> None:
    chance.choice(table)[NAMES.index("form")] += chance.choice((-1, 1, 256))


def moves_a_line_to_another_case(table: Table, chance: random.Random) -> None:
    row = chance.choice(table)
    row[CASE], row[NUMBER] = "C-elsewhere", chance.choice((1, 2))


def empties_a_body(table: Table, chance: random.Random) -> None:
    chance.choice(table)[BODY] = b""


def swaps_two_bodies(table: Table, chance: random.Random) -> None:
    one, two = chance.sample(table, 2)
    one[BODY], two[BODY] = two[BODY], one[BODY]


def swaps_two_hashes(table: Table, chance: random.Random) -> None:
    one, two = chance.sample(table, 2)
    one[HASH], two[HASH] = two[HASH], one[HASH]


def renumbers_two_lines(table: Table, chance: random.Random) -> None:
    one, two = chance.sample(of_a_case(table, chance), 2)
    one[NUMBER], two[NUMBER] = two[NUMBER], one[NUMBER]


def reorders_a_case(table: Table, chance: random.Random) -> None:
    one, two = chance.sample(of_a_case(table, chance), 2)
    one[POSITION], two[POSITION] = two[POSITION], one[POSITION]


def takes_a_line_out(table: Table, chance: random.Random) -> None:
    table.remove(chance.choice(of_a_case(table, chance)[:-1]))


def puts_a_line_in(table: Table, chance: random.Random) -> None:
    """In the middle of a case, with what follows renumbered."""
    lines = of_a_case(table, chance)
    place = chance.randrange(len(lines))
    new = [*lines[place]]
    for line in lines[place:]:
        line[NUMBER] += 1
    new[POSITION], new[ENTRY_ID] = max(row[POSITION] for row in table) + 1, "new"
    table.append(new)


BREAKING = (
    changes_a_byte, changes_a_form, moves_a_line_to_another_case, empties_a_body, swaps_two_bodies, swaps_two_hashes,
    renumbers_two_lines, reorders_a_case, takes_a_line_out, puts_a_line_in,
)  # fmt: skip

# What leaves every chain whole, or makes it whole again.


def cuts_the_end_of_a_case(table: Table, chance: random.Random) -> None:
    lines = of_a_case(table, chance)
    for row in lines[chance.randrange(1, len(lines)) :]:
        table.remove(row)


def takes_a_case_out(table: Table, chance: random.Random) -> None:
    for row in of_a_case(table, chance):
        table.remove(row)


def cuts_the_end_of_everything(table: Table, chance: random.Random) -> None:
    del table[chance.randrange(len(table)) :]


def alters_and_hashes_anew(table: Table, chance: random.Random) -> None:
    lines = of_a_case(table, chance)
    changes = (changes_a_form, empties_a_body, takes_a_line_out)
    chance.choice(changes)(lines, chance)
    gone = [row for row in table if row[CASE] == lines[0][CASE] and all(row is not line for line in lines)]
    for row in gone:
        table.remove(row)
    hash_anew(lines)


def writes_everything_anew(table: Table, chance: random.Random) -> None:
    for row in table:
        row[NAMES.index("written_by")] = "w-8"
    for case in {row[CASE] for row in table}:
        hash_anew([row for row in table if row[CASE] == case])


def reorders_two_cases(table: Table, chance: random.Random) -> None:
    """Two lines of different cases that stand side by side in the order of writing."""
    places = [place for place in range(len(table) - 1) if table[place][CASE] != table[place + 1][CASE]]
    one, two = (table[(found := chance.choice(places))], table[found + 1])
    one[POSITION], two[POSITION] = two[POSITION], one[POSITION]


def adds_to_a_case(table: Table, chance: random.Random) -> None:
    """A line at the end, rightly linked, among those that were there when the anchor was taken (not after them all)."""
    lines = of_a_case([row for row in table if row[CASE] != table[-1][CASE]], chance)
    new = [*lines[-1]]
    new[NUMBER], new[ENTRY_ID] = new[NUMBER] + 1, "new"
    table.append(new)
    hash_anew([*lines, new])
    for place, row in enumerate(sorted(table, key=lambda row: (row[POSITION], row[NUMBER])), 1):
        row[POSITION] = place


UNBROKEN = (
    cuts_the_end_of_a_case, takes_a_case_out, cuts_the_end_of_everything, alters_and_hashes_anew,
    writes_everything_anew, reorders_two_cases, adds_to_a_case,
)  # fmt: skip


def of_a_case(table: Table, chance: random.Random) -> Table:
    case = chance.choice(table)[CASE]
    return sorted((row for row in table if row[CASE] == case), key=lambda row: int(row[NUMBER]))


def hash_anew(lines: Table) -> None:
    for number, row in enumerate(lines, 1):
        row[NUMBER] = number
    for row, head in zip(lines, link_lines([StoredEntry._make(row[1:9]) for row in lines], {}), strict=True):
        row[HASH] = head


Do = Callable[[Table, random.Random], None]


def try_alterations(
    store: Store, anchor: ChainAnchor, table: Table, put: Callable[[Table], None], turns: int, seed: int
) -> None:
    """Do one thing after the other to the table as it was, each found as it must be."""
    chance = random.Random(seed)
    assert store.verify() == store.verify(anchor) == ()
    for turn in range(turns):
        do: Do = (BREAKING + UNBROKEN)[turn % len(BREAKING + UNBROKEN)]
        changed = [[*row] for row in table]
        while sorted(changed) == sorted(table):
            do(changed, chance)
        put(changed)
        with_anchor, without = store.verify(anchor), store.verify()
        assert with_anchor, do.__name__
        assert bool(without) == (do in BREAKING), (do.__name__, without)
        assert SECRET not in repr(with_anchor)
        if do in BREAKING:
            assert all(each.case and each.number > 0 for each in without), "a line is named"
        else:
            assert [each.what for each in with_anchor] == [Damaged.NOT_AS_ANCHORED]
    put(table)
    assert store.verify(anchor) == ()


def put_in_sqlite(hand: sqlite3.Connection, table: Table) -> None:
    hand.execute("BEGIN")
    hand.execute("DELETE FROM entries")
    hand.executemany(f"INSERT INTO entries ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", table)
    hand.execute("COMMIT")


def put_in_postgres(hand: psycopg.Connection[Any], table: Table) -> None:
    with hand.transaction(), hand.cursor() as cursor:
        cursor.execute("DELETE FROM entries")
        with cursor.copy(f"COPY entries ({COLUMNS}) FROM STDIN") as copy:
            for row in table:
                copy.write_row(row)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[tuple[SQLiteStore, sqlite3.Connection]]:
    path = tmp_path / "cases.db"
    with SQLiteStore(path, synchronous=Synchronous.NORMAL) as store, closing(sqlite3.connect(path)) as hand:
        hand.isolation_level = None
        hand.execute("PRAGMA synchronous = OFF")
        fill(store, random.Random(1))
        for trigger in ("entries_are_never_rewritten", "entries_are_never_deleted"):
            hand.execute(f"DROP TRIGGER {trigger}")
        hand.execute("DELETE FROM due_index")  # what would give away that the end of a case is missing
        yield store, hand


class TestAlterations:
    """Whatever is done to stored lines, `verify` finds it with an anchor; what it needs the anchor for is known."""

    def test_a_thousand_in_sqlite(self, sqlite: tuple[SQLiteStore, sqlite3.Connection]) -> None:
        store, hand = sqlite
        table = [list(row) for row in hand.execute(f"SELECT {COLUMNS} FROM entries ORDER BY position")]
        try_alterations(store, store.anchor(), table, partial(put_in_sqlite, hand), turns=1000, seed=2)

    def test_a_hundred_in_postgres(self, pg: PostgresStore, hand: psycopg.Connection[Any], schema: str) -> None:
        fill(pg, random.Random(3))
        unguarded(hand, schema)
        hand.execute("DELETE FROM due_index")
        table = [list(row) for row in hand.execute(f"SELECT {COLUMNS} FROM entries ORDER BY position")]
        for place, row in enumerate(table, 1):  # so that somebody may put a line between two others
            row[POSITION] = place
        put_in_postgres(hand, table)
        try_alterations(pg, pg.anchor(), table, partial(put_in_postgres, hand), turns=100, seed=4)

    def test_the_index_row_gives_away_a_case_cut_short(self, sqlite: tuple[SQLiteStore, sqlite3.Connection]) -> None:
        """Somebody who cuts the end of a case and forgets its row needs no anchor to be found."""
        store, hand = sqlite
        ((last,),) = hand.execute("SELECT max(number) FROM entries WHERE case_id = 'C-e'")
        row = IndexRow("C-e", last, "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]")
        store.reindex([row])
        hand.execute("DELETE FROM entries WHERE case_id = 'C-e' AND number = ?", (last,))
        assert store.verify() == (("C-e", last, Damaged.MISSING),)

    @pytest.mark.parametrize(
        ("change", "found"),
        [
            ("body = CAST(body AS TEXT)", [Damaged.ALTERED]),
            ("body = 7", [Damaged.ALTERED]),
            ("written_by = CAST(x'ff' AS TEXT)", [Damaged.ALTERED]),
            ("kind = CAST(kind AS BLOB)", [Damaged.ALTERED]),
            ("form = 'one'", [Damaged.ALTERED]),
            ("hash = 'none'", [Damaged.ALTERED, Damaged.ALTERED]),
            ("hash = zeroblob(31)", [Damaged.ALTERED, Damaged.ALTERED]),
            ("number = 'two'", [Damaged.ALTERED, Damaged.MISSING]),
            ("position = -9", [Damaged.MISSING, Damaged.OUT_OF_ORDER, Damaged.MISSING]),
            ("position = 9223372036854775807", [Damaged.MISSING, Damaged.OUT_OF_ORDER]),
        ],
    )
    def test_what_sqlite_would_let_into_a_column(self, tmp_path: Path, change: str, found: list[Damaged]) -> None:
        """It keeps any type in any column; what a store cannot have written is found, not stumbled over."""
        with SQLiteStore(tmp_path / "cases.db") as store, closing(sqlite3.connect(tmp_path / "cases.db")) as hand:
            lines = [StoredEntry(f"e{n}", "C-1", n, "contact", 1, "at", "w-7", b"{}") for n in (1, 2, 3)]
            store.append(lines, expected={"C-1": 0})
            anchor = store.anchor()
            hand.execute("DROP TRIGGER entries_are_never_rewritten")
            hand.execute(f"UPDATE entries SET {change} WHERE entry_id = 'e2'")
            hand.commit()
            assert [each.what for each in store.verify()] == found
            assert set(store.verify(anchor)) >= set(store.verify())

    def test_a_case_id_that_is_no_text_any_more_is_named_as_it_can_be(
        self, sqlite: tuple[SQLiteStore, sqlite3.Connection]
    ) -> None:
        store, hand = sqlite
        hand.execute("UPDATE entries SET case_id = CAST(x'432dff' AS TEXT) WHERE position = 1")
        assert next(each.case for each in store.verify()) == "C-?"
