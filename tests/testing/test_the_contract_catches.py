from __future__ import annotations

import inspect
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from casecore.hooks import Store
from casecore.testing import MemoryStore, StoreContract
from tests.testing.broken_stores import BROKEN, SharedRecords

CLAUSES = {
    name: str(test.__doc__).partition(".")[0]
    for name, test in inspect.getmembers(StoreContract, inspect.isfunction)
    if name.startswith("test_")
}
PROMISES = Path(__file__).parents[2] / "docs/reference/contracts/storage.md"


def broken_clauses(kind: Any) -> set[str]:
    """The clauses that a kind of store fails, each tried on a new one."""
    failed = set()
    for name, clause in CLAUSES.items():
        disk: dict[str, Any] = {}
        durable = issubclass(kind, SharedRecords)
        contract: Any = StoreContract()
        if durable:
            contract.open_again = partial(kind, disk)
        try:
            getattr(contract, name)(kind(disk) if durable else kind())
        except pytest.skip.Exception:
            continue
        except Exception:
            failed.add(clause)
        except pytest.fail.Exception:  # a refusal that did not come
            failed.add(clause)
    return failed


class TestTheContractCatches:
    """Every clause is there because a store could break it, and says so when one does."""

    @pytest.mark.parametrize("kind", BROKEN)
    def test_a_store_that_breaks_a_promise_fails_its_clause(self, kind: Any) -> None:
        assert kind.__doc__ in broken_clauses(kind)

    @pytest.mark.parametrize("kind", [MemoryStore, SharedRecords])
    def test_a_store_that_keeps_them_all_fails_none(self, kind: Any) -> None:
        assert broken_clauses(kind) == set()

    def test_every_clause_catches_something(self) -> None:
        assert {kind.__doc__ for kind in BROKEN} == set(CLAUSES.values())

    def test_the_clauses_are_those_of_the_reference(self) -> None:
        written = set(re.findall(r"^\*\*(S\d+)\.\*\*", PROMISES.read_text(encoding="utf-8"), re.MULTILINE))
        assert written == set(CLAUSES.values()) | {"S21"}  # S21 is for the writer of a store to test, see there

    def test_the_store_of_the_contract_has_to_be_given(self) -> None:
        given: Any = StoreContract.store
        with pytest.raises((NotImplementedError, RuntimeError, pytest.fail.Exception)):
            getattr(given, "__wrapped__", given)(StoreContract())
        assert isinstance(MemoryStore(), Store)
