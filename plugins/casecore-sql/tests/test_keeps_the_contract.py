from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from casecore_sql import SQLiteStore, Synchronous
from hypothesis import settings

from casecore.hooks import Store, StoredEntry
from casecore.testing import StoreContract, StoreMachine
from tests.tampering import tamper_in_sqlite


class TestSQLiteStoreInAFile(StoreContract):
    """SQLite in a file keeps every promise. At NORMAL, for the disk's sake: the statements are the same."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        self.path = tmp_path / "cases.db"
        with SQLiteStore(self.path, synchronous=Synchronous.NORMAL) as store:
            yield store

    def open_again(self) -> Store:
        return SQLiteStore(self.path, synchronous=Synchronous.NORMAL)

    def tamper(self, store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
        tamper_in_sqlite(store, line, instead)


class TestSQLiteStoreInMemory(StoreContract):
    """SQLite in memory keeps every promise but that of being there tomorrow."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        with SQLiteStore.open("sqlite://") as store:
            yield store

    def tamper(self, store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
        tamper_in_sqlite(store, line, instead)


class SQLiteMachine(StoreMachine):
    durable = True

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())

    def open_store(self) -> Store:
        return SQLiteStore(self.folder / "cases.db", synchronous=Synchronous.NORMAL)

    def teardown(self) -> None:
        super().teardown()
        shutil.rmtree(self.folder)


TestSQLiteMachine = SQLiteMachine.TestCase
TestSQLiteMachine.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
