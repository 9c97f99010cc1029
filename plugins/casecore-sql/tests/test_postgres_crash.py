from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from casecore_sql.postgres import PostgresStore

from tests.postgres_server import PostgresServer

WRITER = Path(__file__).parent / "postgres_writer.py"


@contextmanager
def writers(url: str, cases: list[str], end: Callable[[list[subprocess.Popen[str]]], None]) -> Iterator[dict[str, int]]:
    """Processes that write to *cases* until *end* puts an end to it; the last number each was told is written."""
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = [
        subprocess.Popen(
            [sys.executable, str(WRITER), url, case],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=path,
        )
        for case in cases
    ]  # fmt: skip
    try:
        told = {}
        for case, process in zip(cases, started, strict=True):
            assert process.stdout is not None
            told[case] = [process.stdout.readline()]
        end(started)
        for case, process in zip(cases, started, strict=True):
            told[case] += process.communicate(timeout=30)[0].splitlines()
        yield {case: int(lines[-1]) for case, lines in told.items()}
    finally:
        for process in started:
            process.kill()
            process.communicate()


def check(store: PostgresStore, acknowledged: dict[str, int]) -> None:
    fed = [line.entry_id for _, line in store.feed(limit=1_000_000)]
    assert len(fed) == len(set(fed))
    for case, last in acknowledged.items():
        numbers = [line.number for line in store.load(case)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= last, "what was acknowledged is there"
        assert [row.number for row in store.index(cases=[case])] == [len(numbers)], "line and index row go together"
        assert [entry_id for entry_id in fed if entry_id.startswith(f"{case}/")] == [f"{case}/{n}" for n in numbers]


class TestNothingAcknowledgedIsLost:
    """S19. Whoever ends, and however suddenly. The server keeps what it acknowledges: `fsync` is on."""

    @pytest.mark.parametrize("seed", [1, 2])
    def test_writers_are_killed(self, postgres: PostgresServer, schema: str, seed: int) -> None:
        chance = random.Random(seed)

        def kill(processes: list[subprocess.Popen[str]]) -> None:
            for process in processes:
                time.sleep(chance.random() * 0.1)
                process.kill()

        url = postgres.url(schema)
        with writers(url, ["C-1", "C-2"], kill) as acknowledged, PostgresStore.open(url) as store:
            check(store, acknowledged)

    def test_the_server_stops_at_once(self, postgres: PostgresServer, schema: str) -> None:
        """Without a checkpoint and without a word to anybody, as when the machine goes down; then it recovers."""

        def stop(processes: list[subprocess.Popen[str]]) -> None:
            time.sleep(0.2)
            postgres.stop(at_once=True)
            postgres.start()

        url = postgres.url(schema)
        with PostgresStore.open(url) as store, writers(url, ["C-1", "C-2"], stop) as acknowledged:
            check(store, acknowledged)
