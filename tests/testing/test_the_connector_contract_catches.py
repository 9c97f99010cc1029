from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from casecore.testing import ConnectorContract, HospitalTold
from tests.testing.broken_connectors import BROKEN, Delivery, Hospital, KeepsItsPromises

CLAUSES = {
    name: str(test.__doc__).partition(".")[0]
    for name, test in inspect.getmembers(ConnectorContract, inspect.isfunction)
    if name.startswith("test_")
}
PROMISES = Path(__file__).parents[2] / "docs/reference/contracts/connectors.md"


class InMemory(ConnectorContract):
    """The contract over a hospital in memory."""

    def __init__(self) -> None:
        self.hospital = Hospital()

    def deliver(self, told: Sequence[HospitalTold]) -> None:
        self.hospital.deliveries.append(Delivery(tuple(told)))

    def deliver_unreadable(self, told: Sequence[HospitalTold]) -> None:
        self.hospital.deliveries.append(Delivery(tuple(told), unreadable=1))

    def begin_delivery(self, told: Sequence[HospitalTold]) -> Callable[[], None]:
        self.hospital.deliveries.append(Delivery(tuple(told[:2]), is_whole=False))

        def finish() -> None:
            self.hospital.deliveries[-1] = Delivery(tuple(told))

        return finish


def broken_clauses(kind: Any) -> set[str]:
    """The clauses that a kind of connector fails, each tried on a new one."""
    failed = set()
    for name, clause in CLAUSES.items():
        contract = InMemory()
        try:
            getattr(contract, name)(kind(contract.hospital, dict(contract.CASES)))
        except Exception:
            failed.add(clause)
    return failed


class TestTheContractCatches:
    """Every clause is there because a connector could break it, and says so when one does."""

    @pytest.mark.parametrize("kind", BROKEN)
    def test_a_connector_that_breaks_a_promise_fails_its_clause(self, kind: Any) -> None:
        assert kind.__doc__ in broken_clauses(kind)

    def test_one_that_keeps_them_all_fails_none(self) -> None:
        assert broken_clauses(KeepsItsPromises) == set()

    def test_every_clause_catches_something(self) -> None:
        assert {kind.__doc__ for kind in BROKEN} == set(CLAUSES.values())

    def test_the_clauses_are_those_of_the_reference(self) -> None:
        written = set(re.findall(r"^\*\*(E\d+)\.\*\*", PROMISES.read_text(encoding="utf-8"), re.MULTILINE))
        assert written == set(CLAUSES.values())

    def test_what_an_author_gives(self) -> None:
        contract: Any = ConnectorContract()
        with pytest.raises(NotImplementedError):
            contract.deliver([])
        for optional in (contract.deliver_unreadable, contract.begin_delivery):
            with pytest.raises(pytest.skip.Exception):
                optional([])
