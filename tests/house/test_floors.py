from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .sources import CORE, core_files, floors, imports, parsed, plugin_files, room_of, rooms, where

HEAVY = {  # loaded at first use, so that `import casecore` stays cheap
    "cattrs", "msgspec", "pluggy", "dateutil", "sqlite3", "rich", "typer", "tomllib", "json", "importlib", "bhsim",
}  # fmt: skip


def floor_of(room: str) -> int:
    return next(number for number, floor in enumerate(floors()) if room in floor)


def may_import(room: str, other: str) -> bool:
    return room == other or floor_of(other) < floor_of(room)


class TestFloors:
    """A stage may look back along the case, never ahead."""

    def test_every_room_stands_on_exactly_one_floor(self) -> None:
        placed = [room for floor in floors() for room in floor]
        assert sorted(placed) == rooms()

    def test_the_law_itself(self) -> None:
        assert may_import("contacts", "intake")
        assert not may_import("intake", "contacts")
        assert not may_import("clients", "staff")
        assert not may_import("staff", "clients")
        assert all(may_import(room, "terms") for room in rooms())

    @pytest.mark.parametrize("path", core_files(), ids=lambda path: str(path.relative_to(CORE)))
    def test_no_room_looks_ahead(self, path: Path) -> None:
        room = room_of(path)
        ahead = []
        for node, module, dots in imports(parsed(path)):
            other = module.split(".")[1] if module.startswith("casecore.") and not dots else None
            if other in rooms() and (room is None or not may_import(room, other)):
                ahead.append(f"{where(path, node)} imports {other}")
        assert not ahead


class TestBorders:
    """Borders are visible: relative imports inside a room, absolute ones across rooms."""

    def test_a_room_speaks_of_itself_relatively_and_of_others_absolutely(self) -> None:
        wrong = []
        for path in core_files():
            room = room_of(path)
            depth = len(path.relative_to(CORE).parts) - 1
            for node, module, dots in imports(parsed(path)):
                if dots > max(depth, 1):
                    wrong.append(f"{where(path, node)} leaves its room by dots")
                elif not dots and room and f"{module}.".startswith(f"casecore.{room}.") and depth == 1:
                    wrong.append(f"{where(path, node)} names its own room absolutely")
        assert not wrong

    def test_plugins_come_in_by_the_front_doors(self) -> None:
        doors = {"casecore", *(f"casecore.{room}" for room in rooms())}
        wrong = [
            f"{where(path, node)} imports {module}"
            for path in plugin_files()
            for node, module, dots in imports(parsed(path))
            if not dots and module.split(".")[0] == "casecore" and module not in doors
            if not (isinstance(node, ast.ImportFrom) and node.module == "casecore")
        ]
        assert not wrong

    def test_no_import_in_a_function_but_of_a_heavy_package(self) -> None:
        wrong = []
        for path in core_files() + plugin_files():
            for function in ast.walk(parsed(path)):
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    for node, module, dots in imports(function):
                        if dots or module.split(".")[0] not in HEAVY:
                            wrong.append(f"{where(path, node)} imports {module} in {function.name}")
        assert not wrong

    def test_no_type_checking_block(self) -> None:
        wrong = [
            where(path, node)
            for path in core_files() + plugin_files()
            for node in ast.walk(parsed(path))
            if (isinstance(node, ast.Name) and node.id == "TYPE_CHECKING")
            or (isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING")
        ]
        assert not wrong


class TestTime:
    """Time is handed in: nothing below the desk asks what day it is."""

    CLOCKS = frozenset({"today", "now", "utcnow", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"})

    def test_no_clock_below_the_desk(self) -> None:
        wrong = [
            f"{where(path, node)} reads {node.func.attr}"
            for path in core_files()
            if room_of(path) != "agency"
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in self.CLOCKS
        ]
        assert not wrong

    def test_nobody_imports_the_time_module_below_the_desk(self) -> None:
        wrong = [
            where(path, node)
            for path in core_files()
            if room_of(path) != "agency"
            for node, module, _ in imports(parsed(path))
            if module == "time"
        ]
        assert not wrong


class TestTestTools:
    """hypothesis and pytest are loaded only by casecore.testing, rich and typer only by the command line."""

    def test_no_room_but_testing_needs_them(self) -> None:
        wrong = [
            f"{where(path, node)} imports {module}"
            for path in core_files()
            for node, module, dots in imports(parsed(path))
            if not dots
            if (module.split(".")[0] in ("hypothesis", "pytest") and room_of(path) != "testing")
            or (module.split(".")[0] in ("rich", "typer") and path.relative_to(CORE).parts[:2] != ("agency", "cli"))
        ]
        assert not wrong
