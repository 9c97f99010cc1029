from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from casecore.hooks import Store
from casecore.testing import MemoryStore, StoreContract, StoreMachine


class TestMemoryStore(StoreContract):
    """The store in memory keeps every promise but that of being there tomorrow."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        with MemoryStore() as store:
            yield store


class MemoryMachine(StoreMachine):
    def open_store(self) -> Store:
        return MemoryStore()


TestMemoryMachine = MemoryMachine.TestCase
TestMemoryMachine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
