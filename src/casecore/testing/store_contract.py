"""
What every store promises, as a class of tests to inherit.

    class TestMyStore(StoreContract):
        @pytest.fixture
        def store(self, tmp_path):
            self.path = tmp_path / "cases.db"
            with closing(MyStore(self.path)) as store:
                yield store

        def open_again(self):  # where it lists "durable"
            return MyStore(self.path)

        def tamper(self, store, line, instead):  # where it lists "chain"
            ...

Clauses about a capability that the store does not list are skipped, and say so. The clauses are numbered as in
``docs/reference/contracts/storage.md``.
"""

from __future__ import annotations

from contextlib import closing

import pytest

from casecore.hooks import Capability, IndexRow, Store
from casecore.terms import NotReadable, RecordMoved, StoreUnavailable

from .store_proving import ProvingContract, needs
from .store_writing import CASE, holdings, line, row


class StoreContract(ProvingContract):
    """A store gives back what it keeps, exactly and in order, as long as it is open and whenever it is opened again."""

    def test_what_is_not_there_is_not_there(self, store: Store) -> None:
        """S13. An unknown case has no lines, an unknown id finds nothing, an unknown worker has no rows."""
        store.append([line("a1", 1)], [row(1)], expected={CASE: 0})
        assert list(store.load("nobody")) == []
        assert store.find("nothing") is None
        assert list(store.index(worker="nobody")) == []
        assert list(store.index(cases=["nobody"])) == []
        assert list(store.index(cases=[])) == []

    def test_cases_are_told_once_and_in_order(self, store: Store) -> None:
        """S14. Every case once, in order of code points, though lines are written meanwhile."""
        cases = [f"C-{number}" for number in (3, 1, 20, 2, 100)]
        for case in cases:
            store.append([line(f"{case}/1", 1, case), line(f"{case}/2", 2, case)], expected={case: 0})
        told = []
        for case in store.cases():
            store.append([line(f"{case}/3", 3, case)], expected={case: 2})
            told.append(case)
        assert told == sorted(cases)

    def test_the_index_has_one_row_a_case(self, store: Store) -> None:
        """S15. An append replaces the index row of its case, also where the worker changes; one without leaves it."""
        store.append([line("a1", 1)], [row(1)], expected={CASE: 0})
        store.append([line("a2", 2)], [row(2, dues=b"more")], expected={CASE: 1})
        assert list(store.index()) == [row(2, dues=b"more")]
        store.append([line("a3", 3)], [row(3, worker="w-8")], expected={CASE: 2})
        assert list(store.index()) == list(store.index(worker="w-8")) == [row(3, worker="w-8")]
        assert list(store.index(worker="w-7")) == []
        store.append([line("a4", 4)], expected={CASE: 3})
        assert list(store.index()) == [row(3, worker="w-8")]
        store.append([line("a5", 5)], [row(5, worker="w-8")], expected={CASE: 4})
        assert list(store.index()) == [row(5, worker="w-8")]

    def test_the_index_is_read_by_worker_and_by_case(self, store: Store) -> None:
        """S16. By worker, by cases, by both, or all; in order of case ids; ``""`` is the cases without a worker."""
        workers = {"C-3": "w-7", "C-1": "w-8", "C-2": "w-7", "C-4": ""}
        rows = {case: row(1, case, worker=worker) for case, worker in workers.items()}
        for case in workers:
            store.append([line(case, 1, case)], [rows[case]], expected={case: 0})
        assert list(store.index()) == [rows["C-1"], rows["C-2"], rows["C-3"], rows["C-4"]]
        assert list(store.index(worker="w-7")) == [rows["C-2"], rows["C-3"]]
        assert list(store.index(worker="")) == [rows["C-4"]]
        assert list(store.index(cases=["C-3", "C-1", "C-3", "C-9"])) == [rows["C-1"], rows["C-3"]]
        assert list(store.index(cases=iter(["C-2", "C-1"]), worker="w-7")) == [rows["C-2"]]
        assert all(type(each) is IndexRow for each in store.index())

    def test_an_older_judgement_does_not_replace_a_newer_one(self, store: Store) -> None:
        """S17. `reindex` replaces rows whose number is still the case's last line, and passes over all others."""
        for case in ("C-1", "C-2", "C-3", "C-4"):
            store.append([line(case, 1, case)], [row(1, case)], expected={case: 0})
        store.append([line("more", 2, "C-2")], expected={"C-2": 1})
        store.reindex(
            [
                row(1, "C-1", dues=b"new", worker="w-9"),
                row(1, "C-2", dues=b"old"),
                row(2, "C-3", dues=b"ahead"),
                row(1, "C-9", dues=b"unknown"),
                row(0, "C-8", dues=b"unknown"),
                row(1, "C-4", dues=b"new"),
            ]
        )
        assert list(store.index()) == [
            row(1, "C-1", dues=b"new", worker="w-9"),
            row(1, "C-2"),
            row(1, "C-3"),
            row(1, "C-4", dues=b"new"),
        ]
        store.reindex([])

    def test_a_case_without_a_row_can_be_given_one(self, store: Store) -> None:
        """S17. `reindex` adds the row of a case that was written without one."""
        store.append([line("a1", 1)], expected={CASE: 0})
        assert list(store.index()) == []
        store.reindex([row(1)])
        assert list(store.index(worker="w-7")) == [row(1)]
        with pytest.raises(NotReadable):
            store.reindex([row(1, dues=b"one"), row(1, dues=b"two")])
        assert list(store.index()) == [row(1)]

    def test_it_can_be_closed_twice(self, store: Store) -> None:
        """S18. Closing twice is harmless; a closed store answers with `StoreUnavailable`."""
        store.append([line("a1", 1)], expected={CASE: 0})
        store.close()
        store.close()
        with pytest.raises(StoreUnavailable):
            store.load(CASE)
        with pytest.raises(StoreUnavailable):
            store.append([line("a2", 2)], expected={CASE: 1})

    def test_it_is_still_there_tomorrow(self, store: Store) -> None:
        """S19. Durable stores: what was acknowledged is there after closing and opening again."""
        needs(store, Capability.DURABLE)
        store.append([line("a1", 1), line("a2", 2)], [row(2)], expected={CASE: 0})
        before = holdings(store)
        store.close()
        with closing(self.open_again()) as again:
            assert holdings(again) == before
            again.append([line("a3", 3)], expected={CASE: 2})
            assert again.append([line("a1", 1)], expected={CASE: 0}) == (line("a1", 1),)

    def test_two_handles_see_one_record(self, store: Store) -> None:
        """S20. Durable stores: a second handle sees what is acknowledged; of two writers only one wins."""
        needs(store, Capability.DURABLE)
        with closing(self.open_again()) as other:
            store.append([line("a1", 1)], [row(1)], expected={CASE: 0})
            assert holdings(other) == holdings(store)
            with pytest.raises(RecordMoved):
                other.append([line("b1", 1)], [row(1, dues=b"b")], expected={CASE: 0})
            other.append([line("b1", 2)], [row(2, dues=b"b")], expected={CASE: 1})
            assert holdings(other) == holdings(store)
            assert [each.entry_id for each in store.load(CASE)] == ["a1", "b1"]
