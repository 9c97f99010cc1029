"""A store of each kind, one test each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from casecore_sql import SQLiteStore

from casecore.hooks import Store
from casecore.testing import MemoryStore


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    make: Callable[[], Store] = MemoryStore if request.param == "memory" else lambda: SQLiteStore(tmp_path / "a.db")
    made = make()
    yield made
    made.close()
