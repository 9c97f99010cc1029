"""Applicants from a spreadsheet: one row each, read into a staff file, or into what is wrong with the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from casecore.staff import StaffFile, Statement
from casecore.terms import NotReadable, Problem

from .applicant_columns import Cell, Group, column_called, fields_of, laid_out
from .cells import NONE, NotThat
from .sheet import Row, Sheet

WHAT = "applicants"


class Applicant(NamedTuple):
    """
    One row of the sheet.

    Attributes:
        row: Its number as a spreadsheet counts, the heading being row 1.
        worker: The id in it, where it can be read.
        file: What is known of the applicant; nothing where the row cannot be read.
        problems: Why not: each with row and column, never with what stands there.
        numbers: The numbers under which the parts of each list stand, by the path of the list.
    """

    row: int
    worker: str
    file: StaffFile | None
    problems: tuple[Problem, ...] = ()
    numbers: Mapping[str, list[int]] = {}


class Applicants:
    """
    The applicants of a sheet, one after the other: each is read when it is asked for, and not kept.

    Args:
        lines: The lines of a CSV file, or the open file; cells with ``,``, ``;`` or tabs between them. An open file
            should take line ends as they are (``newline=""``).

    Attributes:
        separator: What stands between the cells.
        has_mark: Whether the file begins with a byte order mark.

    Raises:
        NotReadable: There is no heading, or a column of it is not known here or stands twice.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._sheet = Sheet(lines, column="worker", what=WHAT)
        self._plan, problems = laid_out(self._sheet.heading)
        self._unnamed = [place for place, name in enumerate(self._sheet.heading) if not name]
        if problems:
            raise NotReadable(problems, what=WHAT)
        self.separator = self._sheet.separator
        self.has_mark = self._sheet.has_mark

    def __iter__(self) -> Iterator[Applicant]:
        return map(self._applicant, self._sheet.rows())

    def _applicant(self, row: Row) -> Applicant:
        here = f"row {row.number}"
        if row.problem:
            return Applicant(row.number, "", None, (Problem(here, row.problem),))
        reading = _Reading([cell.strip() for cell in row.cells])
        for place in self._unnamed:
            if reading.cells[place]:
                reading.problems.append(Problem("", "must not have a cell below an empty heading"))
        file = reading.file(self._plan)
        worker = reading.worker
        told = tuple(Problem(f"{here}, {path}" if path else here, message) for path, message in reading.problems)
        return Applicant(row.number, worker, None if told else file, told, reading.numbers)


class _Reading:
    """One row while it is read."""

    def __init__(self, cells: list[str]) -> None:
        self.cells = cells
        self.problems: list[Problem] = []
        self.numbers: dict[str, list[int]] = {}
        self.worker = ""

    def file(self, plan: Group) -> StaffFile | None:
        """The staff file that the row holds, where it can be read."""
        facts = self._facts(plan, "")
        self.worker = str(facts.get("worker", ""))[:200]
        statements = list(facts.get("statements", ()))
        for cell in plan.stated:
            if self.cells[cell.place]:
                said = self._read(cell)
                statement = None if said is None else self._made(Statement, {"name": cell.field, **said}, cell.column)
                if statement is not None:
                    statements.append(statement)
        if statements:
            facts["statements"] = tuple(statements)
        file: StaffFile | None = self._checked(plan, facts, "")
        return file

    def _facts(self, group: Group, path: str) -> dict[str, Any]:
        """The facts of one value that are filled in, and its lists."""
        cells = self.cells
        facts = {cell.field: self._read(cell) for cell in group.cells if cells[cell.place]}
        for field in (*group.nothing, *(field for field in group.parts if field not in group.nothing)):
            where = f"{path}.{field}" if path else field
            parts = self._parts(group.parts.get(field, {}), where)
            if field in group.nothing and (said := cells[group.nothing[field]]):
                if said.lower() != NONE:
                    self.problems.append(Problem(group.column(field), f"must be {NONE} or empty"))
                elif parts:
                    self.problems.append(Problem(group.column(field), f"must not be {NONE} beside what is filled in"))
                facts[field] = ()
            if parts:
                facts[field] = tuple(parts)
        return facts

    def _parts(self, groups: Mapping[int, Group], path: str) -> list[Any]:
        parts: list[Any] = []
        for number, group in groups.items():
            facts = self._facts(group, f"{path}[{len(parts)}]")
            if facts:
                self.numbers.setdefault(path, []).append(number)
                parts.append(self._checked(group, facts, f"{path}[{len(parts)}]"))
        return parts

    def _read(self, cell: Cell) -> Any:
        """The fact in a cell; nothing where it cannot be read, and that is noted."""
        try:
            return cell.read(self.cells[cell.place])
        except NotThat as found:
            problem = str(found)
        self.problems.append(Problem(cell.column, problem))
        return None

    def _checked(self, group: Group, facts: dict[str, Any], path: str) -> Any:
        """The value, unless something of it could not be read or is not there."""
        lacking = fields_of(group.cls).required - set(facts)
        for field in sorted(lacking):
            self.problems.append(Problem(group.column(field), "must not be empty"))
        if lacking or any(fact is None for fact in facts.values()):
            return None
        if any(part is None for fact in facts.values() if isinstance(fact, tuple) for part in fact):
            return None
        return self._made(group.cls, facts, path)

    def _made(self, cls: Any, facts: dict[str, Any], path: str) -> Any:
        try:
            return cls(**facts)
        except NotReadable as found:
            problems = found.problems
        is_statement = path.startswith("stated_")
        for problem in problems:
            where = path if is_statement else problem.inside(path).path if path else problem.path
            self.problems.append(
                Problem(where if is_statement else column_called(where, self.numbers), problem.message)
            )
        return None
