"""
May they hold post 1? The post as data beside the same rule written out by hand, beside rule engines, and by the many.

What each is measured against, `by_hand` and `engines` say. With the engines only files are judged in which everything
is known: they have no word for *not known*. All ratios are for the whole pile of `applicants`, judged once.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import cycle, islice

import attrs

from benchmarks.harness import Row, compare
from benchmarks.staff.applicants import FILES, ON, pile, plain, post
from benchmarks.staff.by_hand import by_hand
from benchmarks.staff.engines import Judge, by_business_rules, by_json_logic, by_rule_engine, given, prepared
from casecore.staff import Examiner, StaffFile, qualify_all

MANY = 100_000
FEW = 10_000


def rows() -> Iterator[Row]:
    examiner = Examiner(post())
    yield from beside_by_hand(examiner)
    yield from beside_engines(examiner)
    yield from by_the_many(examiner)


def beside_by_hand(examiner: Examiner) -> Iterator[Row]:
    """With all reasons: first that both say the same, then what each costs."""
    files = pile()
    for name, file in files.items():
        assert examiner.may_hold(file, on=ON, most_ways=0) == by_hand(file, ON), name

    def judged(named: str, those: list[StaffFile], at_most: float | None) -> Row:
        return compare(
            named,
            ours=lambda: [examiner.may_hold(file, on=ON, most_ways=0) for file in those],
            floor=lambda: [by_hand(file, ON) for file in those],
            against="written out by hand, same reasons",
            at_most=at_most,
            calls=len(files) // len(those),
        )

    yield judged(f"judge {len(files)} staff files with all reasons", list(files.values()), 3)
    for name, file in files.items():
        yield judged(f"  {name}", [file], None)
    lacking = [file for file in files.values() if examiner.may_hold(file, on=ON).ways]
    yield compare(
        f"  and the five cheapest ways, {len(lacking)} files that are no or to be judged",
        ours=lambda: [examiner.may_hold(file, on=ON) for file in lacking],
        floor=lambda: [examiner.may_hold(file, on=ON, most_ways=0) for file in lacking],
        against="the same without ways",
        rounds=20,
        warm_up=1,
    )


def beside_engines(examiner: Examiner) -> Iterator[Row]:
    """The plain answer: first that all say the same, then what each costs."""
    known = [name for name in FILES if not name.startswith("not known")]
    files = pile()
    ours = [files[name] for name in known]
    plainly = [prepared(plain(name), ON) for name in known]
    values = [given(file) for file in plainly]

    def beside(engine: str, reading: str, judge: Judge, theirs: list[dict[str, object]]) -> Row:
        for name, file in zip(known, theirs, strict=True):
            assert judge(file) is (examiner.answer(files[name], on=ON).value == "yes"), (engine, name)
        return compare(
            f"yes or no to {len(known)} staff files",
            ours=lambda: [examiner.answer(file, on=ON) for file in ours],
            floor=lambda: [judge(file) for file in theirs],
            against=f"{engine}: {reading}",
            faster=50,
            rounds=60,
        )

    yield beside("rule-engine", "whole rule", by_rule_engine(months_given=False), plainly)
    yield beside("rule-engine", "months given", by_rule_engine(months_given=True), plainly)
    yield beside("json-logic-qubit", "whole rule", by_json_logic(months_given=False), plainly)
    yield beside("json-logic-qubit", "months given", by_json_logic(months_given=True), plainly)
    yield beside("business-rules", "whole rule", by_business_rules(months_given=False), plainly)
    yield beside("business-rules", "all values given", by_business_rules(months_given=True), values)


def by_the_many(examiner: Examiner) -> Iterator[Row]:
    """One post, a hundred thousand applicants, one after the other; nothing of them is kept."""
    files = [begun_later(file, by) for by in range(400) for file in pile().values()]

    def all_judged(count: int) -> None:
        for _ in qualify_all(examiner.post, islice(cycle(files), count), on=ON, most_ways=0):
            pass

    def singly(count: int) -> None:
        for file in islice(cycle(files), count):
            examiner.may_hold(file, on=ON, most_ways=0)

    yield compare(
        f"judge {MANY:,} applicants in one call",
        ours=lambda: all_judged(MANY),
        floor=lambda: singly(MANY),
        against=f"{MANY:,} single judgements",
        at_most=1.5,
        rounds=2,
        warm_up=0,
    )
    tracemalloc.start()
    try:
        all_judged(FEW)  # fills the calendar's cache, which is bounded
        few, many = (_height(partial(all_judged, count)) for count in (FEW, MANY))
    finally:
        tracemalloc.stop()
    yield Row(f"  memory at its height, {MANY:,}", f"{FEW:,} applicants", many, few, at_most=1.1, in_bytes=True)


def begun_later(file: StaffFile, by: int) -> StaffFile:
    """The same worker, but that all work began so many days later: another applicant."""
    if file.experience is None:
        return file
    spells = tuple(
        attrs.evolve(spell, began_on=min(spell.began_on + timedelta(days=by), spell.ended_on or ON))
        for spell in file.experience
    )
    return attrs.evolve(file, experience=spells)


def _height(work: Callable[[], object]) -> float:
    """The most memory that *work* needs at once."""
    tracemalloc.reset_peak()
    work()
    return float(tracemalloc.get_traced_memory()[1])
