"""What all tests share: the examples in Markdown run as tests, and hypothesis profiles for slow and quick runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from tests.postgres_server import PostgresServer, postgres_server

UNTIMED: dict[str, Any] = {  # a busy machine must fail no test: neither an example nor making one is timed
    "deadline": None,
    "suppress_health_check": [hypothesis.HealthCheck.too_slow],
}
# The same examples in every run, so that a red check is the change's own doing; `thorough` looks for new ones.
hypothesis.settings.register_profile("default", derandomize=True, **UNTIMED)
hypothesis.settings.register_profile("quick", derandomize=True, max_examples=10, **UNTIMED)
hypothesis.settings.register_profile("thorough", max_examples=2000, **UNTIMED)
hypothesis.settings.load_profile("default")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of our own, started where a test first asks for it."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def store_in_postgres(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a host would have set: the address of its store, for as long as one example of a page runs."""
    monkeypatch.setenv("CASECORE_STORE", postgres.url("north"))


def _enter(page: dict[str, Any]) -> None:
    """Each page is one namespace, in an empty folder of its own."""
    page["_came_from"], page["_folder"] = Path.cwd(), tempfile.TemporaryDirectory()
    os.chdir(page["_folder"].name)


def _leave(page: dict[str, Any]) -> None:
    os.chdir(page["_came_from"])
    page["_folder"].cleanup()


ON_POSTGRES = "docs/how-to/keep-records-in-postgresql.md"
PAGES: dict[str, Any] = {"parsers": [PythonCodeBlockParser()], "setup": _enter, "teardown": _leave}

pytest_collect_file = (
    Sybil(
        patterns=["README.md", "docs/*.md", "docs/**/*.md"],
        excludes=["docs/_build/**", "plugins/*/*.md", ON_POSTGRES],
        **PAGES,
    )
    + Sybil(patterns=[ON_POSTGRES], fixtures=["store_in_postgres"], **PAGES)
).pytest()
