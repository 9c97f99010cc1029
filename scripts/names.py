"""Write ``docs/reference/names.md``: every public name, with the first sentence of what it says of itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
PAGE = TOP / "docs" / "reference" / "names.md"
STREET = (
    "terms", "standards", "clients", "staff", "intake", "assessments", "goals", "plans", "contacts", "crises",
    "discharges", "record", "caseloads", "interchange", "hooks", "agency", "testing",
)  # fmt: skip

HEAD = """# Names

Every public name, room by room in the order of a case. What a name takes and gives, its units, edges and errors stand
in its docstring: `help(casecore.contacts.contact_dues)`. This page is written by `python scripts/names.py`; do not edit
it.
"""


def page() -> str:
    """The page as the sources have it."""
    return HEAD + "".join(_room(name) for name in STREET)


def _room(name: str) -> str:
    room = importlib.import_module(f"casecore.{name}")
    about = (room.__doc__ or "").strip().splitlines()[0]
    rows = "".join(f"| `{shown}` | {says} |\n" for shown, says in _names(room))
    return f"\n## casecore.{name}\n\n{about}\n\n| name | |\n|---|---|\n{rows}"


def _names(room: Any) -> Iterator[tuple[str, str]]:
    constants = _said_of_constants(Path(room.__file__).parent)
    for name in sorted(room.__all__, key=str.lower):
        thing = getattr(room, name)
        own = inspect.getdoc(thing) if inspect.isclass(thing) or inspect.isroutine(thing) else None
        yield name, _first_sentence(own or constants[name])


def _said_of_constants(folder: Path) -> dict[str, str]:
    """The text below each constant or alias of the room's files."""
    said: dict[str, str] = {}
    for path in folder.rglob("*.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for node, below in pairwise(body):
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if isinstance(target, ast.Name) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                said[target.id] = inspect.cleandoc(str(below.value.value))
    return said


def _first_sentence(text: str) -> str:
    sentence = re.split(r"(?<=[.?!])\s", " ".join(text.split("\n\n")[0].split()))[0]
    return sentence.replace("|", "\\|").replace("<", "\\<")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
