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
hypothesis.settings.register_profile(  # mutmut runs one process again and again: each run has objects of its own
    "mutants",
    derandomize=True,
    max_examples=10,
    database=None,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.differing_executors],
)
hypothesis.settings.load_profile("default")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Hold a test with its own number of examples to the profile: a quick run is quick, a thorough one thorough."""
    profile = config.getoption("--hypothesis-profile")
    if profile not in ("quick", "thorough"):
        return
    bound = min if profile == "quick" else max
    for item in items:
        function = getattr(item, "function", None)
        own = getattr(function, OWN_SETTINGS, None)
        if own is not None:
            examples = bound(own.max_examples, hypothesis.settings.default.max_examples)
            setattr(function, OWN_SETTINGS, hypothesis.settings(own, max_examples=examples))


OWN_SETTINGS = "_hypothesis_internal_use_settings"
"""Where hypothesis keeps what a test says of itself; it has no public name for it."""


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
