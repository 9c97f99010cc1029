"""
A store walked through calls in any order, beside a model that is nothing but two lists and what by hand they come to.

    class MyMachine(StoreMachine):
        def open_store(self):
            return MyStore(...)

    TestMyMachine = MyMachine.TestCase
"""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from casecore.hooks import Capability, ChainAnchor, IndexRow, Store, StoredEntry
from casecore.terms import NotReadable, RecordMoved

from .late_feed import whole_feed
from .proofs_by_hand import anchor_by_hand, chain_by_hand
from .strategies.hooks import CONFUSABLE, bodies, index_rows, stored_entries

_CASES = st.sampled_from(CONFUSABLE[:6])
_IDS = st.sampled_from([f"{case}/{number}" for case in CONFUSABLE[:4] for number in range(8)])
_ANYBODY = ("", "w-7", "W-7", "w-7 ")
_WORKERS = st.sampled_from(_ANYBODY)


class StoreMachine(RuleBasedStateMachine):
    """Whatever is asked of it, in whatever order, a store says what two plain lists say."""

    store: Store
    durable = False
    """Whether `open_store` gives another handle on the same records when it is called again."""
    patience = 5.0
    """Seconds to wait for the feed, which may be late while others write on the same server."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[StoredEntry] = []
        self.rows: list[IndexRow] = []
        self.positions: list[int] = []
        self.anchors: list[ChainAnchor] = []

    def open_store(self) -> Store:
        """A store. To be overridden."""
        raise NotImplementedError

    def teardown(self) -> None:
        self.store.close()

    @initialize()
    def opened(self) -> None:
        self.store = self.open_store()

    @precondition(lambda self: self.durable)
    @rule()
    def closed_and_opened(self) -> None:
        self.store.close()
        self.store = self.open_store()

    @rule(data=st.data(), drawn=st.lists(stored_entries(entry_ids=_IDS, cases=_CASES), min_size=1, max_size=4))
    def append(self, data: st.DataObject, drawn: list[StoredEntry]) -> None:
        off = data.draw(st.sampled_from((0, 0, 0, 0, 0, -1, 1)))  # how far the writer's knowledge is off
        expected = {line.case: max(0, self.last(line.case) + off) for line in drawn}
        seen: Counter[str] = Counter()
        lines = []
        for line in drawn:
            seen[line.case] += 1
            lines.append(line._replace(number=expected[line.case] + seen[line.case]))
        rows = [
            data.draw(index_rows(cases=st.just(case), numbers=st.just(expected[case] + seen[case]), workers=_WORKERS))
            for case in data.draw(st.sets(st.sampled_from(sorted(expected))))
        ]
        self.write(lines, rows, expected)

    @precondition(lambda self: self.lines)
    @rule(data=st.data(), body=st.one_of(st.none(), bodies()), moved=st.booleans())
    def append_again(self, data: st.DataObject, body: bytes | None, moved: bool) -> None:
        """The same entry once more, perhaps with another body, perhaps as the next line."""
        line = data.draw(st.sampled_from(self.lines))
        line = line._replace(
            number=self.last(line.case) + 1 if moved else line.number, body=line.body if body is None else body
        )
        self.write([line], [], {line.case: line.number - 1})

    @rule(rows=st.lists(index_rows(cases=_CASES, workers=_WORKERS), max_size=4), data=st.data())
    def reindex(self, rows: list[IndexRow], data: st.DataObject) -> None:
        rows = [
            row._replace(number=max(0, self.last(row.case) + data.draw(st.sampled_from((0, 0, -1, 1))))) for row in rows
        ]
        if len({row.case for row in rows}) < len(rows):
            expect_refusal(NotReadable, lambda: self.store.reindex(rows))
            return
        self.store.reindex(rows)
        for row in rows:
            if 0 < row.number == self.last(row.case):
                self.put(row)

    @rule(worker=st.one_of(st.none(), _WORKERS), cases=st.one_of(st.none(), st.lists(_CASES)))
    def read_index(self, worker: str | None, cases: list[str] | None) -> None:
        should = [
            row
            for row in sorted(self.rows, key=lambda row: row.case)
            if (worker is None or row.worker == worker) and (cases is None or row.case in cases)
        ]
        assert list(self.store.index(worker=worker, cases=cases)) == should

    @rule(entry_id=_IDS)
    def find(self, entry_id: str) -> None:
        assert self.store.find(entry_id) == next((line for line in self.lines if line.entry_id == entry_id), None)

    @precondition(lambda self: self.offers(Capability.FEED))
    @rule(start=st.integers(0, 30), limit=st.integers(1, 9))
    def read_feed(self, start: int, limit: int) -> None:
        """All lines in the order of the calls, each at the position where it was told before."""
        fed = self.told()
        positions = [position for position, _ in fed]
        assert [line for _, line in fed] == self.lines
        assert positions[: len(self.positions)] == self.positions
        assert positions == sorted({position for position in positions if position > 0})
        self.positions = positions
        start = min(start, len(fed))
        assert list(self.store.feed(positions[start - 1] if start else 0, limit)) == fed[start : start + limit]

    @precondition(lambda self: self.offers(Capability.CHAIN))
    @rule(case=_CASES)
    def read_chain(self, case: str) -> None:
        assert list(self.store.chain(case)) == chain_by_hand(line for line in self.lines if line.case == case)

    @precondition(lambda self: self.offers(Capability.CHAIN))
    @rule(data=st.data())
    def prove(self, data: st.DataObject) -> None:
        """Nothing is found where nothing was done; an anchor stays true whatever is written after it."""
        if not self.offers(Capability.ANCHOR):
            assert self.store.verify() == ()
            return
        fed = self.told()
        old = data.draw(st.sampled_from([None, *self.anchors]))
        self.anchors.append(self.store.anchor(old))
        assert self.anchors[-1] == anchor_by_hand(fed)
        assert self.store.verify(old) == ()

    @invariant()
    def everything_is_there(self) -> None:
        if not hasattr(self, "store"):
            return
        cases = sorted({line.case for line in self.lines})
        assert list(self.store.cases()) == cases
        for case in cases:
            assert list(self.store.load(case)) == [line for line in self.lines if line.case == case]
        rows = sorted(self.rows, key=lambda row: row.case)
        assert list(self.store.index()) == rows
        for worker in _ANYBODY:
            assert list(self.store.index(worker=worker)) == [row for row in rows if row.worker == worker]

    def offers(self, capability: Capability) -> bool:
        """Whether the store claims it."""
        return hasattr(self, "store") and capability in self.store.capabilities

    def told(self) -> list[tuple[int, StoredEntry]]:
        """The feed, once it tells as many lines as the model has."""
        return whole_feed(self.store, len(self.lines), self.patience)

    def write(self, lines: list[StoredEntry], rows: list[IndexRow], expected: dict[str, int]) -> None:
        """Write to the store what the model says can be written; see that all else is refused."""

        def call() -> tuple[StoredEntry, ...]:
            return self.store.append(lines, rows, expected=expected)

        there = [old for new in lines for old in self.lines if old.entry_id == new.entry_id]
        again = [(new.entry_id, new.case, new.kind, new.form, new.by, new.body) for new in lines]
        if len({new.entry_id for new in lines}) < len(lines):
            expect_refusal(NotReadable, call)
        elif there and [(old.entry_id, old.case, old.kind, old.form, old.by, old.body) for old in there] == again:
            assert call() == tuple(there)
        elif there:
            expect_refusal(NotReadable, call)
        elif any(self.last(case) != number for case, number in expected.items()):
            expect_refusal(RecordMoved, call)
        else:
            assert call() == tuple(lines)
            self.lines.extend(lines)
            for row in rows:
                self.put(row)

    def last(self, case: str) -> int:
        """The number of a case's last line in the model."""
        return sum(line.case == case for line in self.lines)

    def put(self, row: IndexRow) -> None:
        """Replace a row in the model."""
        self.rows = [old for old in self.rows if old.case != row.case] + [row]


def expect_refusal(error: type[Exception], call: object) -> None:
    """See that *call* is refused with *error*."""
    assert callable(call)
    try:
        call()
    except error:
        return
    raise AssertionError(f"the store should have refused this with {error.__name__}")
