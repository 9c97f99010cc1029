from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from casecore.hooks import Store, StoredEntry
from casecore.testing import MemoryStore, StoreContract, StoreMachine
from tests.tampering import tamper_in_memory


class TestMemoryStore(StoreContract):
    """The store in memory keeps every promise but that of being there tomorrow."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        with MemoryStore() as store:
            yield store

    def tamper(self, store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
        tamper_in_memory(store, line, instead)


class MemoryMachine(StoreMachine):
    def open_store(self) -> Store:
        return MemoryStore()


TestMemoryMachine = MemoryMachine.TestCase
TestMemoryMachine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
