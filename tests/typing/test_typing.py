from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy", reason="mypy is not installed")

HERE = Path(__file__).parent
TOP = HERE.parents[1]


def mypy(file: str) -> list[str]:
    """What mypy says of one file, strictly."""
    there = {**os.environ, "MYPYPATH": os.pathsep.join([str(TOP / "src"), os.environ.get("MYPYPATH", "")])}
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--cache-dir", ".mypy_cache/typing"]
    done = subprocess.run([*command, str(HERE / file)], cwd=TOP, env=there, capture_output=True, text=True, check=False)
    assert not done.stderr
    return [line for line in done.stdout.splitlines() if " note: " not in line]


class TestPublicTyping:
    """A host's type checker knows what ours knows."""

    def test_the_marker_is_there(self) -> None:
        assert (TOP / "src" / "casecore" / "py.typed").is_file()

    def test_what_must_be_known_is_known(self) -> None:
        assert mypy("public.py") == []

    def test_what_must_be_refused_is_refused_and_nothing_else(self) -> None:
        expected, said = {}, {}
        for number, line in enumerate((HERE / "refused.py").read_text().splitlines(), 1):
            if marked := re.search(r"# refused: ([\w-]+)", line):
                expected[number] = marked[1]
        for line in mypy("refused.py"):
            if found := re.search(r"refused\.py:(\d+): error: .*\[([\w-]+)\]", line):
                said[int(found[1])] = found[2]
        assert len(expected) > 5
        assert said == expected
