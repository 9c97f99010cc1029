"""The first half of what every store promises: clauses S1 to S12, on writing. The rest is in ``store_contract``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from casecore.hooks import IndexRow, Store, StoredEntry
from casecore.terms import NotReadable, RecordMoved

from .strategies.hooks import CONFUSABLE

CASE = "C-1001"
OTHER = "C-1002"


def line(entry_id: str, number: int, case: str = CASE, *, body: bytes = b"{}") -> StoredEntry:
    """One line of a case."""
    return StoredEntry(entry_id, case, number, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", body)


def row(number: int, case: str = CASE, *, worker: str = "w-7", dues: bytes = b"[]") -> IndexRow:
    """The index row of a case."""
    return IndexRow(case, number, worker, "icm", "house@1", "2026-03-04", "2026-04-01", dues, b"[]")


def holdings(store: Store) -> tuple[object, ...]:
    """Everything a store holds, to see whether a call changed anything."""
    return tuple((case, tuple(store.load(case))) for case in store.cases()), tuple(store.index())


class WritingContract:
    """A store keeps what it was given, in order, once, and all or nothing."""

    @pytest.fixture
    def store(self) -> object:
        """A new store without a line in it. To be overridden; close it when the test is over."""
        raise NotImplementedError("override the fixture `store`")

    def open_again(self) -> Store:
        """Another handle on what the store of the running test holds. To be overridden where records are durable."""
        raise NotImplementedError("the store claims 'durable': override `open_again`")

    def test_it_is_a_store(self, store: Store) -> None:
        """S1. It has every method of `Store`."""
        assert isinstance(store, Store)

    def test_lines_come_back_as_they_were_written(self, store: Store) -> None:
        """S2. `load` gives every line of the case, byte for byte, by number; `append` answers with them."""
        lines = [line(f"e{number}", number, body=bytes(range(number - 1, 256))) for number in range(1, 12)]
        assert store.append(lines[:1], expected={CASE: 0}) == tuple(lines[:1])
        assert store.append(lines[1:], expected={CASE: 1}) == tuple(lines[1:])
        assert list(store.load(CASE)) == lines
        assert all(type(each) is StoredEntry and type(each.body) is bytes for each in store.load(CASE))

    def test_one_call_writes_several_cases(self, store: Store) -> None:
        """S2. One call may write to several cases, in any order of lines."""
        lines = [line("a1", 1), line("b1", 1, OTHER), line("a2", 2), line("b2", 2, OTHER)]
        store.append(lines, [row(2), row(2, OTHER)], expected={CASE: 0, OTHER: 0})
        assert list(store.load(CASE)) == [lines[0], lines[2]]
        assert list(store.load(OTHER)) == [lines[1], lines[3]]
        assert list(store.index()) == [row(2), row(2, OTHER)]

    def test_a_call_is_written_whole_or_not_at_all(self, store: Store) -> None:
        """S3. Where one case has moved, nothing of the call is written to any: no line, no index row."""
        store.append([line("a1", 1)], [row(1)], expected={CASE: 0})
        before = holdings(store)
        for expected in ({OTHER: 0, CASE: 0}, {CASE: 0, OTHER: 0}):
            lines = [line(f"new-{case}", 1, case) for case in expected]
            with pytest.raises(RecordMoved):
                store.append(lines, [row(1, case, dues=b"new") for case in expected], expected=expected)
            assert holdings(store) == before
        assert store.find(f"new-{OTHER}") is None

    def test_a_refused_call_leaves_the_store_usable(self, store: Store) -> None:
        """S3. After a refusal the next call is as good as any."""
        store.append([line("a1", 1)], expected={CASE: 0})
        with pytest.raises(RecordMoved):
            store.append([line("a2", 1)], expected={CASE: 0})
        store.append([line("a2", 2)], expected={CASE: 1})
        assert [each.entry_id for each in store.load(CASE)] == ["a1", "a2"]

    def test_a_case_that_has_moved_is_not_written_to(self, store: Store) -> None:
        """S4. `RecordMoved` where the case has more lines than expected, or fewer, or none."""
        store.append([line("a1", 1), line("a2", 2)], [row(2)], expected={CASE: 0})
        before = holdings(store)
        for expected in (0, 1, 3, 7):
            with pytest.raises(RecordMoved):
                store.append([line("x", expected + 1)], [row(expected + 1)], expected={CASE: expected})
            with pytest.raises(RecordMoved):
                store.append([line("x", expected + 1)], expected={CASE: expected})
        with pytest.raises(RecordMoved):
            store.append([line("y", 2, OTHER)], [row(2, OTHER)], expected={OTHER: 1})
        assert holdings(store) == before

    def test_a_retry_gets_the_first_result(self, store: Store) -> None:
        """S5. The same call again answers with the lines stored the first time and writes nothing."""
        lines = [line("a1", 1), line("b1", 1, OTHER), line("a2", 2)]
        first = store.append(lines, [row(2)], expected={CASE: 0, OTHER: 0})
        before = holdings(store)
        assert store.append(lines, [row(2, dues=b"again")], expected={CASE: 0, OTHER: 0}) == first
        assert holdings(store) == before

    def test_a_retry_is_known_by_its_ids_and_content(self, store: Store) -> None:
        """S5. It is a retry also when the case has moved on, and with other numbers and instants."""
        store.append([line("a1", 1)], expected={CASE: 0})
        store.append([line("a2", 2)], [row(2)], expected={CASE: 1})
        before = holdings(store)
        later = line("a1", 3)._replace(recorded_at="2026-03-05T09:00:00.000000+00:00")
        assert store.append([later], [row(3)], expected={CASE: 2}) == (line("a1", 1),)
        assert store.append([line("a1", 1)], expected={CASE: 0}) == (line("a1", 1),)
        assert store.append([line("a1", 9)], expected={CASE: 8}) == (line("a1", 1),)
        assert holdings(store) == before
        assert store.find("a1") == line("a1", 1)

    def test_an_id_is_not_used_twice(self, store: Store) -> None:
        """S6. `NotReadable` where an id is there with another case, kind, form, writer or body; nothing is written."""
        store.append([line("a1", 1)], [row(1)], expected={CASE: 0})
        before = holdings(store)
        first = line("a1", 1)
        others = [
            first._replace(kind="note"),
            first._replace(form=2),
            first._replace(by="w-8"),
            first._replace(body=b"{} "),
        ]
        for other in others:
            for number in (1, 2):
                with pytest.raises(NotReadable):
                    store.append([other._replace(number=number)], expected={CASE: number - 1})
        with pytest.raises(NotReadable):
            store.append([line("a1", 1, OTHER)], [row(1, OTHER)], expected={OTHER: 0})
        assert holdings(store) == before

    def test_a_call_is_known_whole_or_not_at_all(self, store: Store) -> None:
        """S7. `NotReadable` where some lines of a call are there and others not, or an id stands twice in it."""
        store.append([line("a1", 1)], expected={CASE: 0})
        before = holdings(store)
        mixed: list[tuple[Sequence[StoredEntry], Mapping[str, int]]] = [
            ([line("a1", 1), line("a2", 2)], {CASE: 0}),
            ([line("a2", 2), line("a1", 3)], {CASE: 1}),
            ([line("b1", 1, OTHER), line("a1", 2)], {OTHER: 0, CASE: 1}),
            ([line("a2", 2), line("a2", 3)], {CASE: 1}),
        ]
        for lines, expected in mixed:
            with pytest.raises(NotReadable):
                store.append(lines, expected=expected)
            assert holdings(store) == before

    def test_a_call_that_contradicts_itself_is_refused(self, store: Store) -> None:
        """S8. `NotReadable` for numbers, cases and index rows that do not fit one another; nothing is written."""
        store.append([line("a1", 1)], [row(1)], expected={CASE: 0})
        before = holdings(store)
        calls: list[tuple[Sequence[StoredEntry], Sequence[IndexRow], Mapping[str, int]]] = [
            ([line("x", 3)], [], {CASE: 1}),
            ([line("x", 2), line("y", 4)], [], {CASE: 1}),
            ([line("x", 3), line("y", 2)], [], {CASE: 1}),
            ([line("x", 0)], [], {CASE: -1}),
            ([line("x", 2)], [], {}),
            ([line("x", 2)], [], {CASE: 1, OTHER: 0}),
            ([line("x", 2)], [row(1)], {CASE: 1}),
            ([line("x", 2)], [row(3)], {CASE: 1}),
            ([line("x", 2)], [row(1, OTHER)], {CASE: 1}),
            ([line("x", 2)], [row(2), row(2, dues=b"two")], {CASE: 1}),
            ([], [row(1)], {}),
            ([], [], {CASE: 1}),
        ]
        for lines, rows, expected in calls:
            with pytest.raises(NotReadable):
                store.append(lines, rows, expected=expected)
            assert holdings(store) == before, (lines, rows, expected)

    def test_nothing_to_write_is_nothing_written(self, store: Store) -> None:
        """S8. An empty call is not an error."""
        assert store.append([], expected={}) == ()
        assert holdings(store) == ((), ())

    def test_half_a_character_is_refused(self, store: Store) -> None:
        """S9. `NotReadable` for text that is not Unicode (a lone surrogate), not repeated; nothing is written."""
        store.append([line("a1", 1)], [row(1)], expected={CASE: 0})
        before = holdings(store)
        with pytest.raises(NotReadable) as refused:
            store.append([line("a2", 2), line("half \ud800", 3)], expected={CASE: 1})
        with pytest.raises(NotReadable):
            store.append([line("a2", 2)], [row(2, worker="\udfff")], expected={CASE: 1})
        assert "half" not in str(refused.value).replace("half of a character", "")
        assert holdings(store) == before

    def test_ids_are_exact(self, store: Store) -> None:
        """S10. Ids that differ by case, space, prefix or Unicode form are different ids, everywhere."""
        for place, case in enumerate(CONFUSABLE):
            store.append([line(case, 1, case)], [row(1, case, worker=case)], expected={case: 0})
            assert len(list(store.cases())) == place + 1
        assert list(store.cases()) == sorted(CONFUSABLE)
        for case in CONFUSABLE:
            assert list(store.load(case)) == [line(case, 1, case)]
            assert store.find(case) == line(case, 1, case)
            assert list(store.index(worker=case)) == [row(1, case, worker=case)]
            assert list(store.index(cases=[case])) == [row(1, case, worker=case)]

    def test_what_the_caller_does_with_its_lists_is_its_own_affair(self, store: Store) -> None:
        """S11. Changing what was handed in, or what was handed out, changes nothing in the store."""
        lines, rows, expected = [line("a1", 1)], [row(1)], {CASE: 0}
        store.append(lines, rows, expected=expected)
        assert (lines, rows, expected) == ([line("a1", 1)], [row(1)], {CASE: 0})
        lines.append(line("a2", 2))
        rows.clear()
        expected[CASE] = 9
        for given in (store.load(CASE), store.index(), store.index(worker="w-7"), store.index(cases=[CASE])):
            if isinstance(given, list):
                given.clear()
        assert list(store.load(CASE)) == [line("a1", 1)]
        assert list(store.index()) == [row(1)]

    def test_a_thousand_lines_and_a_large_body(self, store: Store) -> None:
        """S12. A thousand lines in one call, and a body of a mebibyte."""
        lines = [line(f"e{number}", number) for number in range(1, 1001)]
        store.append(lines, [row(1000)], expected={CASE: 0})
        large = line("large", 1001, body=bytes(range(256)) * 4096)
        store.append([large], expected={CASE: 1000})
        assert list(store.load(CASE)) == [*lines, large]
