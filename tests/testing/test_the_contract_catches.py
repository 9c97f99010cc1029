from __future__ import annotations

import inspect
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from casecore.hooks import Capability, Store, StoredEntry
from casecore.testing import MemoryStore, StoreContract, StoreMachine
from tests.tampering import tamper_in_memory
from tests.testing.zoo import BROKEN
from tests.testing.zoo.feeding import OffersNothing, OffersTheChainAlone
from tests.testing.zoo.reading import SharedRecords

CLAUSES = {
    name: str(test.__doc__).partition(".")[0]
    for name, test in inspect.getmembers(StoreContract, inspect.isfunction)
    if name.startswith("test_")
}
PROMISES = Path(__file__).parents[2] / "docs/reference/contracts/storage.md"
BY_THE_CONTRACT = [kind for kind in BROKEN if kind.__doc__ != "machine"]
BY_THE_MACHINE = [kind for kind in BROKEN if kind.__doc__ == "machine"]


class InMemory(StoreContract):
    """The contract as somebody would inherit it; nothing is ever late here."""

    patience = 0.0

    def tamper(self, store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
        tamper_in_memory(store, line, instead)


class Walk(StoreMachine):
    """The machine on one kind of store."""

    kind: Any
    patience = 0.0

    def open_store(self) -> Store:
        store: Store = self.kind()
        return store


def tried(kind: Any, clauses: set[str]) -> tuple[set[str], set[str]]:
    """Which of *clauses* a kind of store fails, each tried on a new one, and why some were skipped."""
    failed, skipped = set(), set()
    for name, clause in CLAUSES.items():
        if clause not in clauses:
            continue
        disk: dict[str, Any] = {}
        durable = issubclass(kind, SharedRecords)
        contract: Any = InMemory()
        if durable:
            contract.open_again = partial(kind, disk)
        try:
            getattr(contract, name)(kind(disk) if durable else kind())
        except pytest.skip.Exception as skip:
            skipped.add(str(skip))
        except Exception:
            failed.add(clause)
        except pytest.fail.Exception:  # a refusal that did not come
            failed.add(clause)
    return failed, skipped


def walk(kind: Any, times: int = 1000) -> None:
    machine = type("WalkOf", (Walk,), {"kind": kind})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=times, stateful_step_count=25, phases=[Phase.generate], deadline=None)
    )


class TestTheContractCatches:
    """Every clause is there because a store could break it, and says so when one does."""

    @pytest.mark.parametrize("kind", BY_THE_CONTRACT)
    def test_a_store_that_breaks_a_promise_fails_its_clause(self, kind: Any) -> None:
        assert tried(kind, {kind.__doc__})[0] == {kind.__doc__}

    @pytest.mark.parametrize("kind", BY_THE_MACHINE)
    def test_a_store_that_fails_only_on_a_long_walk_is_found_there(self, kind: Any) -> None:
        assert tried(kind, set(CLAUSES.values()))[0] == set(), "then let its clause catch it"
        with pytest.raises(AssertionError):
            walk(kind)

    @pytest.mark.parametrize("kind", [MemoryStore, SharedRecords, OffersNothing, OffersTheChainAlone])
    def test_a_store_that_keeps_them_all_fails_none(self, kind: Any) -> None:
        assert tried(kind, set(CLAUSES.values()))[0] == set()

    def test_only_what_is_not_claimed_is_skipped_and_says_so(self) -> None:
        everything = set(CLAUSES.values())
        assert tried(SharedRecords, everything)[1] == set()
        assert tried(OffersNothing, everything)[1] == {
            f"OffersNothing does not list '{capability}' among its capabilities"
            for capability in set(Capability) - {Capability.BORROW}  # no clause of the contract: B1 to B6 need a host
        }

    @pytest.mark.parametrize("kind", [OffersNothing, OffersTheChainAlone])
    def test_the_machine_asks_only_for_what_is_offered(self, kind: Any) -> None:
        walk(kind, 10)

    def test_every_clause_catches_something(self) -> None:
        assert {kind.__doc__ for kind in BY_THE_CONTRACT} == set(CLAUSES.values())

    def test_there_are_many_of_them(self) -> None:
        assert len(BROKEN) >= 30
        assert len({kind.__name__ for kind in BROKEN}) == len(BROKEN)

    def test_the_clauses_are_those_of_the_reference(self) -> None:
        written = set(re.findall(r"^\*\*(S\d+)\.\*\*", PROMISES.read_text(encoding="utf-8"), re.MULTILINE))
        assert written == set(CLAUSES.values()) | {"S21"}  # S21 is for the writer of a store to test, see there

    @pytest.mark.parametrize(("name", "what"), [("open_again", "durable"), ("tamper", "chain")])
    def test_what_a_claim_needs_has_to_be_given(self, name: str, what: str) -> None:
        contract: Any = StoreContract()
        with pytest.raises(NotImplementedError, match=f"claims '{what}': override `{name}`"):
            getattr(contract, name)(*[None] * (3 if name == "tamper" else 0))

    def test_the_store_of_the_contract_has_to_be_given(self) -> None:
        given: Any = StoreContract.store
        with pytest.raises((NotImplementedError, RuntimeError, pytest.fail.Exception)):
            getattr(given, "__wrapped__", given)(StoreContract())
        assert isinstance(MemoryStore(), Store)
