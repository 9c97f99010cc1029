"""What the tests of the three example hosts share: a case to write in, and a look from outside the transaction."""

from __future__ import annotations

import importlib.util
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import casecore_sql
import pytest

from casecore.agency import Agency
from casecore.hooks import Store, StoredEntry
from casecore.intake import Admission

TOP = Path(__file__).resolve().parents[2]
CASE = "C-1001"
BY = "w-7"


def clock() -> datetime:
    return datetime(2026, 3, 31, 12, tzinfo=UTC)


def example(name: str) -> Any:
    """The module of an example host."""
    spec = importlib.util.spec_from_file_location(f"{name}_example", TOP / "examples" / name / "host.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # declarative mappings look there for their names
    spec.loader.exec_module(module)
    return module


def desk_on(records: str | Store) -> Agency:
    """The agency's desk, with an admitted client."""
    desk = Agency.open(records, plugins=[casecore_sql], clock=clock)
    admission = Admission(admitted_on=date(2026, 3, 1), client="P-1", program="ICM")
    desk.write(CASE, admission, by=BY, entry_id="admission")
    return desk


def visit(entry_id: str, *, on: str = "2026-03-04") -> dict[str, Any]:
    return {"id": entry_id, "on": on, "miles": 12, "minutes": 40}


def somebody_first(monkeypatch: pytest.MonkeyPatch, store: type[Any], write: Callable[[StoredEntry], object]) -> None:
    """Once, somebody writes in the case after it was read and before it is written."""
    load = store.load
    done: list[str] = []

    def read(self: Any, case: str) -> Any:
        lines = load(self, case)
        if not done:
            done.append(case)
            write(lines[-1]._replace(entry_id="theirs", number=len(lines) + 1))
        return lines

    monkeypatch.setattr(store, "load", read)


def killed_where_it_says_so(program: str, *arguments: str) -> None:
    """Run a program until it says *ready*, and kill it there."""
    path = [str(TOP), str(TOP / "src"), *map(str, (TOP / "plugins").glob("*/src"))]
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{program}", *arguments], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGKILL)
