"""
Which column of a spreadsheet of applicants holds which fact. Every name follows from the fields of a `StaffFile`.

A fact of the file itself has the field's name: ``born_on``. A fact of the second degree is ``degree_2_awarded_on``, one
of the first credits within it ``degree_2_credits_1_amount``. A column with the list's name, ``degrees``, says ``none``
where the list is known to be empty. What is stated has its name behind ``stated_``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from casecore.staff import StaffFile
from casecore.staff.posts import Counting
from casecore.terms import Problem, Value, field_names
from casecore.terms.checks import type_hints

from .cells import ReadCell, element_of, reader_of, stated

ONE_OF = {
    "degrees": "degree",
    "credits": "credits",
    "experience": "spell",
    "credentials": "credential",
    "learning": "learning",
    "statements": "statement",
    "rulings": "ruling",
    "served": "served",
    "suspended": "suspended",
}
"""What one part of a list is called in the name of a column, by the list's field."""
STATED = "stated_"
MOST_PARTS = 100
"""How many parts of one list a sheet may have columns for."""


class Fields(NamedTuple):
    """The fields of a class, as columns see them: facts in one cell, and lists of values with fields of their own."""

    cells: Mapping[str, ReadCell]
    lists: Mapping[str, type[Value]]
    required: frozenset[str]


def fields_of(cls: Any) -> Fields:
    """The fields of *cls*, in the order in which it states them."""
    return _fields(cls)


@functools.cache
def _fields(cls: Any) -> Fields:
    hints = type_hints(cls, include_extras=True)
    cells: dict[str, ReadCell] = {}
    lists: dict[str, type[Value]] = {}
    for name in field_names(cls):
        element = element_of(hints[name])
        if isinstance(element, type) and issubclass(element, Value):
            lists[name] = element
        else:
            cells[name] = reader_of(hints[name])
    required = frozenset(field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING)
    return Fields(cells, lists, required)


class Cell(NamedTuple):
    """Where a fact is read: the field, the place in the row, how, and what the column is called."""

    field: str
    place: int
    read: ReadCell
    column: str


class Group:
    """
    The columns of one value: of the file itself, of the second degree.

    Attributes:
        prefix: What the names of its columns begin with: ``degree_2``; empty for the file itself.
        nothing: For a list, the place of the column that may say ``none``.
        parts: For a list, its parts by their numbers.
    """

    def __init__(self, cls: type[Value], prefix: str) -> None:
        self.cls = cls
        self.prefix = prefix
        self.cells: list[Cell] = []
        self.nothing: dict[str, int] = {}
        self.parts: dict[str, dict[int, Group]] = {}
        self.stated: list[Cell] = []

    def column(self, field: str) -> str:
        """What the column of one of its fields is called."""
        return f"{self.prefix}_{field}" if self.prefix else field

    def add(self, name: str, place: int, column: str) -> bool:
        """Take in a column; *name* is what follows the prefix. False where no field is called so."""
        fields = fields_of(self.cls)
        if name in fields.lists:
            self.nothing[name] = place
        elif name in fields.cells:
            self.cells.append(Cell(name, place, fields.cells[name], column))
        elif self.cls is StaffFile and name.startswith(STATED) and name != STATED:
            self.stated.append(Cell(name.removeprefix(STATED), place, stated, column))
        else:
            return any(self._add_inside(field, name, place, column) for field in fields.lists)
        return True

    def _add_inside(self, field: str, name: str, place: int, column: str) -> bool:
        found = re.fullmatch(rf"{ONE_OF[field]}_([1-9]\d{{0,2}})_(.+)", name, re.ASCII | re.DOTALL)
        if found is None or int(found[1]) > MOST_PARTS:
            return False
        parts, number = self.parts.setdefault(field, {}), int(found[1])
        if number not in parts:
            inside = Group(fields_of(self.cls).lists[field], self.column(f"{ONE_OF[field]}_{number}"))
            if not inside.add(found[2], place, column):
                return False
            parts[number] = inside
            self.parts[field] = dict(sorted(parts.items()))
            return True
        return parts[number].add(found[2], place, column)


def columns_of(cls: type[Value], prefix: str, *, parts: int = 1) -> Iterator[str]:
    """Every column that a value of this class may have, with columns for so many parts of each list."""
    fields = fields_of(cls)
    before = f"{prefix}_" if prefix else ""
    for name in field_names(cls):
        yield before + name
        if name in fields.lists:
            for number in range(1, parts + 1):
                yield from columns_of(fields.lists[name], f"{before}{ONE_OF[name]}_{number}", parts=parts)


def laid_out(heading: list[str]) -> tuple[Group, list[Problem]]:
    """The columns of a sheet as a plan to read its rows by, and what is wrong with the heading."""
    plan, problems = Group(StaffFile, ""), []
    first: dict[str, int] = {}
    for place, name in enumerate(heading):
        if not name or name == "note" or name.startswith("note_"):
            continue
        where = f"row 1, column {letters(place)}"
        if first.setdefault(name, place) != place:
            problems.append(Problem(where, f"must not have the name of column {letters(first[name])}"))
        elif not plan.add(name, place, name):
            # a sheet without a heading has facts about somebody here: they are not repeated
            like = next((each for each in ONE_OF.values() if re.match(rf"{each}_\d+_", name)), None)
            hint = f"; this is no fact of a {like}" if like else ""
            problems.append(Problem(where, f"must have the name of a fact, as in worker or degree_1_level{hint}"))
    return plan, problems


def letters(place: int) -> str:
    """What a spreadsheet calls the column: A, B, ... Z, AA, AB."""
    name = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


_PLACED = re.compile(rf"({'|'.join(ONE_OF)})\[(\d+)\]")
_OF_THE_POST = frozenset(field_names(Counting))


def column_called(path: str, numbers: Mapping[str, list[int]] | None = None) -> str:
    """
    The column for a path in a `StaffFile`: ``degree_1_credits`` for ``degrees[0].credits``.

    Args:
        numbers: For the path of a list, the numbers of its parts in the sheet, where some were left empty.
    """
    name, end = "", 0
    for found in _PLACED.finditer(path):
        of_list = (numbers or {}).get(path[: found.end(1)], ())
        place = int(found[2])
        number = of_list[place] if place < len(of_list) else place + 1
        name += path[end : found.start()].replace(".", "_") + f"{ONE_OF[found[1]]}_{number}"
        end = found.end()
    field, colon, rest = path[end:].partition(":")
    name += re.sub(r"\[\d+\]$", "", field).replace(".", "_") if end else field
    return name + colon + rest


def fact_called(missing: str, numbers: Mapping[str, list[int]]) -> str:
    """What a personnel office calls a fact that a `Qualification` misses: its column."""
    first = re.split(r"[.\[:]", missing, maxsplit=1)[0]
    if first in field_names(StaffFile):
        return column_called(missing, numbers)
    return missing if first in _OF_THE_POST else STATED + missing
