"""The sources as the house tests read them."""

from __future__ import annotations

import ast
import importlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

TOP = Path(__file__).resolve().parents[2]
CORE = TOP / "src" / "casecore"


def core_files() -> list[Path]:
    return sorted(CORE.rglob("*.py"))


def plugin_files() -> list[Path]:
    return sorted(TOP.glob("plugins/*/src/**/*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def where(path: Path, node: ast.AST | None = None) -> str:
    return f"{path.relative_to(TOP)}:{getattr(node, 'lineno', 1)}"


def room_of(path: Path) -> str | None:
    """The room a file of the core lies in; nothing for the front door."""
    parts = path.relative_to(CORE).parts
    return parts[0] if len(parts) > 1 else None


def rooms() -> list[str]:
    return sorted(path.parent.name for path in CORE.glob("*/__init__.py"))


def floors() -> list[set[str]]:
    """The floors, ground first, as import-linter reads them."""
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (street,) = [contract for contract in contracts if contract["type"] == "layers"]
    return [{room.strip() for room in floor.split("|")} for floor in reversed(street["layers"])]


def doors() -> Iterator[tuple[str, ModuleType]]:
    """Every room's public face."""
    for room in rooms():
        yield room, importlib.import_module(f"casecore.{room}")


def public_names() -> Iterator[tuple[str, str, object]]:
    """Every public name: its room, the name, and what it stands for."""
    for room, door in doors():
        for name in getattr(door, "__all__", ()):
            yield room, name, getattr(door, name, None)


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str, int]]:
    """Every import: its node, the module, and how many dots stand before it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name, 0
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if not node.level and module == "casecore":
                for alias in node.names:
                    yield node, f"casecore.{alias.name}", 0
            else:
                yield node, module, node.level
