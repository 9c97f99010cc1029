"""Decoding, folding and judging one case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import attrs
import orjson

from benchmarks.harness import Row, compare
from benchmarks.record.cases import DAYS_BETWEEN_ENTRIES, lines, stored_lines
from casecore.interchange import EntryBytes
from casecore.record import REVIEWS, RULES, Line, checklist, fold
from casecore.standards import Rules, model_rulebook_text, read_rulebook


def rows() -> Iterator[Row]:
    yield decoding()
    yield folding()
    yield from judging()


def decoding() -> Row:
    kept = stored_lines(100)
    decode = EntryBytes().decode
    return compare(
        "decode the 100 stored entries of a case",
        ours=lambda: [decode(line.kind, line.form, line.body) for line in kept],
        floor=lambda: [orjson.loads(line.body) for line in kept],
        against="orjson.loads of the same bytes",
        at_most=1.4,
    )


@attrs.frozen
class Evolved:
    """A record as one would write it without thinking of speed: a new frozen one for every line."""

    lines: tuple[Line, ...] = ()
    by_class: dict[type, tuple[object, ...]] = attrs.field(factory=dict)

    def with_line(self, line: Line) -> Evolved:
        kind = type(line.entry)
        filed = {**self.by_class, kind: (*self.by_class.get(kind, ()), line.entry)}
        return attrs.evolve(self, lines=(*self.lines, line), by_class=filed)


def folding() -> Row:
    case = lines(1000)

    def evolved() -> Evolved:
        record = Evolved()
        for line in case:
            record = record.with_line(line)
        return record

    return compare(
        "fold a case of 1,000 entries",
        ours=lambda: fold("C-1", case),
        floor=evolved,
        against="attrs.evolve an entry",
        faster=12,
        rounds=40,
    )


def judging() -> Iterator[Row]:
    rules = Rules([read_rulebook(model_rulebook_text(), RULES)])

    def judge(count: int) -> Callable[[], object]:
        record, day = fold("C-1", lines(count)), last_day(count)
        return lambda: checklist(record, rules, as_of=day, reviews=REVIEWS)

    def load(count: int) -> Callable[[], object]:
        kept = [line.body for line in stored_lines(count)]
        return lambda: [orjson.loads(body) for body in kept]

    def ten_times(work: Callable[[], object]) -> Callable[[], object]:
        return lambda: [work() for _ in range(10)]

    for count, bound in ((100, 10.0), (1_000, None), (10_000, None)):
        yield compare(
            f"full checklist of a case of {count:,} entries",
            ours=judge(count),
            floor=load(count),
            against="orjson.loads of the case's bytes",
            at_most=bound,
            rounds=max(5, 30_000 // count),
        )
    for count in (1_000, 10_000):
        yield compare(
            f"  linear: one case of {count:,} entries",
            ours=judge(count),
            floor=ten_times(judge(count // 10)),
            against=f"ten cases of {count // 10:,}",
            rounds=max(5, 30_000 // count),
        )


def last_day(count: int) -> date:
    return lines(count)[-1].entry.happened_on + timedelta(days=DAYS_BETWEEN_ENTRIES)
