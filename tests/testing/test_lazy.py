from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import casecore.testing

SRC = Path(str(casecore.testing.__file__)).parents[2]


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(SRC)}
    ).stdout.strip()


class TestTheKitNeverLoadsUnlessAskedFor:
    """A host that ships its program without hypothesis and pytest can still import the kit's store."""

    def test_importing_it_loads_nothing_heavy(self) -> None:
        code = "import sys, casecore.testing as t; t.MemoryStore(); print({'hypothesis', 'pytest'} & {*sys.modules})"
        assert run(code) == "set()"

    @pytest.mark.parametrize("name", ["StoreContract", "StoreMachine"])
    @pytest.mark.parametrize("missing", ["hypothesis", "pytest"])
    def test_what_is_missing_is_said(self, name: str, missing: str) -> None:
        if (name, missing) == ("StoreMachine", "pytest"):
            pytest.skip("the machine does without pytest")
        code = f"""
import sys
sys.modules[{missing!r}] = None
try:
    from casecore.testing import {name}
except ImportError as error:
    print(error)
"""
        assert run(code) == f"casecore.testing.{name} needs {missing}: pip install 'casecore[testing]'"

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="Nothing"):
            casecore.testing.Nothing  # type: ignore[attr-defined]  # noqa: B018

    def test_every_name_is_there_and_type_checkers_are_told_the_same(self) -> None:
        for name in casecore.testing.__all__:
            assert getattr(casecore.testing, name).__name__ == name
            assert name in dir(casecore.testing)
        stub = SRC.joinpath("casecore/testing/__init__.pyi").read_text(encoding="utf-8")
        told = re.findall(r"^from \.(\w+) import (\w+) as \2$", stub, re.MULTILINE)
        assert {name: home for home, name in told} == casecore.testing._HOMES  # type: ignore[attr-defined]
        assert set(casecore.testing._HOMES) == set(casecore.testing.__all__)  # type: ignore[attr-defined]
