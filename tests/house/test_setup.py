from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from .sources import CORE, TOP

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]


def readme_line(name: str) -> str:
    found = re.search(rf"<!-- line: {name} -->\n```bash\n(.+)\n```", (TOP / "README.md").read_text())
    assert found, f"README.md holds no line marked {name!r}"
    return found.group(1)


class TestReadme:
    """Two lines need only a fresh clone and python3 with venv."""

    def test_each_line_starts_from_nothing(self) -> None:
        for name in ("demo", "tests"):
            assert readme_line(name).startswith("python3 -m venv .venv && ")

    def test_every_file_that_a_line_names_is_there(self) -> None:
        for name in ("demo", "tests"):
            for named in re.findall(r"[\w./-]+\.(?:txt|py)", readme_line(name)):
                assert (TOP / named).is_file(), named

    @pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here to run .ci/run with")
    def test_ci_runs_the_second_line_as_it_stands(self, tmp_path: Path) -> None:
        (tmp_path / ".ci").mkdir()
        shutil.copy(TOP / ".ci" / "run", tmp_path / ".ci" / "run")
        (tmp_path / "README.md").write_text((TOP / "README.md").read_text())
        commands = tmp_path / "bin"
        commands.mkdir()
        (commands / "python3").write_text('#!/bin/sh\necho "python3 $@"\nexit 7\n')
        (commands / "python3").chmod(0o755)
        done = subprocess.run(
            ["bash", str(tmp_path / ".ci" / "run")],
            env={**os.environ, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stdout.splitlines() == [f"+ {readme_line('tests')}", "python3 -m venv .venv"]
        assert done.returncode == 7

    @pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here to run .ci/run with")
    def test_ci_fails_where_the_line_is_gone(self, tmp_path: Path) -> None:
        (tmp_path / ".ci").mkdir()
        shutil.copy(TOP / ".ci" / "run", tmp_path / ".ci" / "run")
        (tmp_path / "README.md").write_text("# casecore\n")
        done = subprocess.run(["bash", str(tmp_path / ".ci" / "run")], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "line: tests" in done.stderr


class TestDependencies:
    """The core needs five packages; test tools and screens are extras; everything is pinned."""

    @staticmethod
    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=!\[; ]", requirement)[0] for requirement in requirements}

    def test_the_core_needs_five(self) -> None:
        assert self.names(PROJECT["dependencies"]) == {"attrs", "cattrs", "msgspec", "pluggy", "python-dateutil"}

    def test_test_tools_and_screens_are_extras(self) -> None:
        extras = {extra: self.names(needed) for extra, needed in PROJECT["optional-dependencies"].items()}
        assert extras == {"cli": {"typer", "rich"}, "testing": {"hypothesis", "pytest"}}

    def test_all_that_is_asked_for_is_pinned(self) -> None:
        pinned = {
            line.split("==")[0].lower()
            for line in (TOP / "constraints.txt").read_text().splitlines()
            if line and not line.startswith("#")
        }
        asked = self.names(PROJECT["dependencies"])
        for extra in PROJECT["optional-dependencies"].values():
            asked |= self.names(extra)
        for listing in ("requirements-test.txt", "requirements-dev.txt"):
            lines = (TOP / listing).read_text().splitlines()
            asked |= {line.lower() for line in lines if line and line[0] not in "#-"}
        assert asked <= pinned

    def test_every_pin_is_exact(self) -> None:
        lines = [line for line in (TOP / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
        assert not [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]


class TestImport:
    """``import casecore`` pulls in nothing heavy."""

    def test_nothing_heavy_is_loaded(self) -> None:
        heavy = {"attrs", "cattrs", "msgspec", "pluggy", "dateutil", "sqlite3", "typer", "rich", "hypothesis", "pytest"}
        code = f"import sys, casecore; print(sorted({heavy} & set(sys.modules)))"
        path = os.pathsep.join([str(CORE.parent), os.environ.get("PYTHONPATH", "")])
        there = {**os.environ, "PYTHONPATH": path}
        done = subprocess.run([sys.executable, "-c", code], env=there, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"


@pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling is not installed")
class TestWheel:
    """What a host installs is the package with its data, and nothing else."""

    def test_it_holds_every_source_file_and_all_data(self, tmp_path: Path) -> None:
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], cwd=TOP, check=True,
            capture_output=True,
        )  # fmt: skip
        (wheel,) = tmp_path.glob("*.whl")
        inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
        here = {
            str(path.relative_to(CORE.parent))
            for path in CORE.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert inside == here
        assert "casecore/py.typed" in inside
