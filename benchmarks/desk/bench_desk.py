"""What a host waits for: writing an entry, reading a case, a worker's list, the import."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path

import casecore_sql
import msgspec

from benchmarks.harness import Row, compare
from benchmarks.record.cases import lines, stored_lines
from benchmarks.store.event_log import EventLog
from casecore.agency import Agency
from casecore.agency.lines import index_row, lines_from, stored
from casecore.caseloads import OpenItems, open_items
from casecore.contacts import Contact, Mode, Outcome
from casecore.hooks import IndexRow
from casecore.interchange import EntryBytes
from casecore.record import REVIEWS, RULES, Line, checklist, fold
from casecore.standards import Rules, model_rulebook_text, read_rulebook

CASE_LENGTH = 100
CASES_A_WORKER = 15


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from writing(Path(folder))
        yield from reading(Path(folder))
        yield from listing(Path(folder))
    yield importing()


def desk(path: Path, today: date) -> Agency:
    instants = count()
    noon = datetime.combine(today, time(12), UTC)
    return Agency.open(
        f"sqlite:///{path}",
        plugins=[casecore_sql],
        rulebooks=["model-agency"],
        clock=lambda: noon + timedelta(microseconds=next(instants)),
    )


def fill(path: Path, cases: int) -> None:
    """*cases* cases of 100 entries each, without index rows."""
    with casecore_sql.SQLiteStore(str(path), synchronous=casecore_sql.Synchronous.NORMAL) as store:
        for number in range(cases):
            case = f"C-{number:06}"
            store.append(stored_lines(CASE_LENGTH, case), expected={case: 0})


def writing(folder: Path) -> Iterator[Row]:
    """Each write goes to another case of 100 entries, so that the length of the case stays what it is."""
    rounds = 120
    path, by_hand = folder / "write.db", folder / "hand.db"
    fill(path, rounds + 20)
    fill(by_hand, 1)
    today = lines(CASE_LENGTH)[-1].entry.happened_on + timedelta(days=1)
    contact = Contact(held_on=today, mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=40)
    raw = sqlite3.connect(by_hand, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("CREATE TABLE line (entry_id TEXT, case_id TEXT, number INT, kind TEXT, body BLOB)")
    body = EntryBytes().encode(contact)
    turns, inserts = count(), count()

    def insert() -> None:
        raw.execute("INSERT INTO line VALUES (?, ?, ?, ?, ?)", (f"e{next(inserts)}", "C-1", 101, "contact", body))

    with desk(path, today) as agency:
        yield compare(
            "desk: write one entry to a case of 100, FULL",
            ours=lambda: agency.write(f"C-{next(turns):06}", contact, by="w-7"),
            floor=insert,
            against="the raw INSERT",
            at_most=10,
            rounds=rounds,
        )
        yield from parts(path, contact, insert, today)
    raw.close()


def parts(path: Path, contact: Contact, insert: Callable[[], None], today: date) -> Iterator[Row]:
    """Where the time of a write goes; these rows only inform."""
    entry_bytes = EntryBytes()
    rules = Rules([read_rulebook(model_rulebook_text(), RULES)])
    with casecore_sql.SQLiteStore(str(path)) as store:
        kept = store.load("C-000000")[:CASE_LENGTH]
        case_lines = lines_from(kept, entry_bytes)
        record = fold("C-000000", case_lines)
        judged = checklist(record, rules, as_of=today, reviews=REVIEWS)
        line = Line("x", "C-000000", 102, case_lines[-1].recorded_at, "w-7", contact)
        work: dict[str, Callable[[], object]] = {
            "load the case's lines": lambda: store.load("C-000000"),
            "decode them": lambda: lines_from(kept, entry_bytes),
            "fold them": lambda: fold("C-000000", case_lines),
            "judge the case": lambda: checklist(record, rules, as_of=today, reviews=REVIEWS),
            "make the index row": lambda: index_row(open_items(record, judged, rules="r")),
            "encode the entry": lambda: stored(line, entry_bytes),
        }
        for name, part in work.items():
            yield compare(f"  of which: {name}", ours=part, floor=insert, against="the raw INSERT", rounds=60)


def reading(folder: Path) -> Iterator[Row]:
    path = folder / "read.db"
    fill(path, 50)
    entry_bytes = EntryBytes()
    raw = sqlite3.connect(path)
    table, case_column = _line_table(raw)
    select = f"SELECT * FROM {table} WHERE {case_column} = ?"  # the plugin's own table, found in its schema
    with casecore_sql.SQLiteStore(str(path)) as store:
        yield compare(
            "load and fold a case of 100 entries",
            ours=lambda: fold("C-000007", lines_from(store.load("C-000007"), entry_bytes)),
            floor=lambda: raw.execute(select, ("C-000007",)).fetchall(),
            against="the bare SELECT",
            at_most=3,
            rounds=300,
        )
        log = EventLog(str(folder / "events.db"), "FULL")
        for _ in range(CASE_LENGTH - 1):
            log.hold("Met at home, talked about the apartment and the bus line to get there.")
        log.save()
        yield compare(
            "load and fold a case of 100 entries",
            ours=lambda: fold("C-000007", lines_from(store.load("C-000007"), entry_bytes)),
            floor=lambda: log.application.repository.get(log.case.id),
            against="eventsourcing: get an aggregate of 100 events",
            faster=5,
            rounds=100,
        )
        decoders = [msgspec.json.Decoder(type(line.entry)) for line in lines_from(store.load("C-000007"), entry_bytes)]

        def bare() -> None:
            rows = raw.execute(select, ("C-000007",)).fetchall()
            for decoder, row in zip(decoders, rows, strict=True):
                decoder.decode(row[-1])

        yield compare(
            "load and fold a case of 100 entries",
            ours=lambda: fold("C-000007", lines_from(store.load("C-000007"), entry_bytes)),
            floor=bare,
            against="the bare SELECT, and each body decoded",
            at_most=1.6,
            rounds=300,
        )
        log.close()
    raw.close()


def _line_table(raw: sqlite3.Connection) -> tuple[str, str]:
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = [column[1] for column in raw.execute(f"PRAGMA table_info({name})")]
        if "body" in columns:
            return name, next(column for column in columns if column.startswith("case"))
    raise LookupError("no table of lines")


def listing(folder: Path) -> Iterator[Row]:
    """One worker's list out of 10,000 and out of 100,000 cases."""
    today = lines(CASE_LENGTH)[-1].entry.happened_on + timedelta(days=1)
    small, large = folder / "list-10000.db", folder / "list-100000.db"
    for path, cases in ((small, 10_000), (large, 100_000)):
        _fill_index(path, cases, today)
    select = "SELECT * FROM due_index WHERE worker = ?"
    raw = sqlite3.connect(large)
    with desk(small, today) as few, desk(large, today) as many:
        assert len(many.worklist(worker="w-00007")) == len(few.worklist(worker="w-00007")) > 0
        yield compare(
            "ask for the worklist of one worker, 100,000 cases",
            ours=lambda: many.worklist(worker="w-00007"),
            floor=lambda: raw.execute(select, ("w-00007",)).fetchall(),
            against="the bare SELECT of the same rows",
            at_most=2,
            rounds=300,
        )
        yield compare(
            "  the same, and every due of it read",
            ours=lambda: list(many.worklist(worker="w-00007")),
            floor=lambda: raw.execute(select, ("w-00007",)).fetchall(),
            against="the bare SELECT of the same rows",
            rounds=300,
        )
        yield compare(
            "worklist of one worker, every due read, 100,000 cases",
            ours=lambda: list(many.worklist(worker="w-00007")),
            floor=lambda: list(few.worklist(worker="w-00007")),
            against="the same with 10,000 cases",
            at_most=1.5,
            rounds=300,
        )
    raw.close()


def _fill_index(path: Path, cases: int, today: date) -> None:
    """Cases with one line each, and index rows as judging a case of 100 entries gives them."""
    with desk(path, today) as agency:
        rules_key = agency.rules_key
    items = _items_of_a_case(today, rules_key)
    per_worker = cases // CASES_A_WORKER
    with casecore_sql.SQLiteStore(str(path), synchronous=casecore_sql.Synchronous.NORMAL) as store:
        (line,) = stored_lines(1)
        for start in range(0, cases, 5_000):
            numbered = range(start, min(start + 5_000, cases))
            store.append(
                [line._replace(entry_id=f"e{number}", case=f"C-{number:06}") for number in numbered],
                [_row(items, f"C-{number:06}", f"w-{number % per_worker:05}") for number in numbered],
                expected={f"C-{number:06}": 0 for number in numbered},
            )


def _items_of_a_case(today: date, rules_key: str) -> OpenItems:
    rules = Rules([read_rulebook(model_rulebook_text(), RULES)])
    record = fold("C-000000", lines(CASE_LENGTH, "C-000000"))
    return open_items(record, checklist(record, rules, as_of=today, reviews=REVIEWS), rules=rules_key)


def _row(items: OpenItems, case: str, worker: str) -> IndexRow:
    return index_row(items)._replace(case=case, number=1, worker=worker)


def importing() -> Row:
    def run(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    return compare(
        "import casecore", ours=run("import casecore"), floor=run("pass"), against="bare interpreter", at_most=1.4,
        rounds=20, warm_up=2,
    )  # fmt: skip
