"""
A spreadsheet saved as CSV, row by row: what separates its cells, its heading, and rows that cannot be read told apart.

A row with a quotation mark that nothing closes would swallow all that follows; here it is one bad row, and the reading
goes on with the line after it.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TextIO

from casecore.terms import NotReadable, Problem

SEPARATORS = (",", ";", "\t")
"""What may stand between cells."""
LONGEST_ROW = 1_000_000
"""Characters that a row may have."""
MOST_COLUMNS = 5_000
"""How many columns a sheet may have."""
MOST_LINES = 50
"""How many lines a row may go on for, where its cells hold line breaks."""
BYTE_ORDER_MARK = "\ufeff"


class Row(NamedTuple):
    """
    One row as a spreadsheet counts them, the heading being row 1.

    Attributes:
        cells: Nothing where *problem* says why it cannot be read.
    """

    number: int
    cells: list[str]
    problem: str | None = None


class Sheet:
    """
    The heading and the rows of a sheet. The heading is read at once, the rows as they are asked for.

    Args:
        lines: The lines of the text; an open text file will do, see `lines_of` for one from a stranger.
        column: A column that must be there: by it the separator is told.

    Attributes:
        separator: What stands between the cells, told by the heading alone.
        has_mark: Whether the text begins with a byte order mark, as some spreadsheets need it.

    Raises:
        NotReadable: There is no heading with that column.
    """

    def __init__(self, lines: Iterable[str], *, column: str, what: str = "sheet") -> None:
        self._records = _records(iter(lines))
        heading, problem = next(self._records, ("", None))
        self.has_mark = heading.startswith(BYTE_ORDER_MARK)
        heading = heading.removeprefix(BYTE_ORDER_MARK)
        problem = problem or _text_problem(heading)
        self.separator, self.heading = ",", [""]
        for separator in SEPARATORS:
            cells = [] if problem else [cell.strip() for cell in _cells(heading, separator) or ()]
            if column in cells:
                self.separator, self.heading = separator, cells
                break
        else:
            problem = problem or f"must be a heading with a column {column}"
        if len(self.heading) > MOST_COLUMNS:
            problem = f"must not have more than {MOST_COLUMNS} columns"
        if problem:
            raise NotReadable([Problem("row 1", problem)], what=what)

    def rows(self) -> Iterator[Row]:
        """The rows that hold anything, each once."""
        width = len(self.heading)
        for number, (record, problem) in enumerate(self._records, start=2):
            problem = problem or _text_problem(record)
            cells = [] if problem else _cells(record, self.separator)
            if problem or cells is None:
                yield Row(number, [], problem or "must be CSV: quotation marks around a whole cell, and closed")
                continue
            if len(cells) > width:
                if any(cell.strip() for cell in cells[width:]):
                    yield Row(number, [], "must not have more cells than the heading")
                    continue
                del cells[width:]
            if any(cells):
                # some spreadsheets leave out the separators after the last filled cell
                cells.extend([""] * (width - len(cells)))
                yield Row(number, cells)


def lines_of(text: TextIO) -> Iterator[str]:
    """The lines of an open text file, none much longer than a row may be: what is too long is cut, not kept."""
    while line := text.readline(LONGEST_ROW + 2):
        if len(line) > LONGEST_ROW and line[-1] not in "\r\n":
            while (more := text.readline(LONGEST_ROW)) and more[-1] not in "\r\n":
                pass
        yield line


def _records(lines: Iterator[str]) -> Iterator[tuple[str, str | None]]:
    """The text of each row, over several lines where a quoted cell holds line breaks; or why it is none."""
    ahead: deque[str] = deque()
    while True:
        line = ahead.popleft() if ahead else next(lines, None)
        if line is None:
            return
        record = line.rstrip("\r\n")
        if len(record) > LONGEST_ROW:
            yield "", f"must not be longer than {LONGEST_ROW} characters"
        elif record.count('"') % 2 == 0:
            yield record, None
        else:
            yield from _over_lines(record, ahead, lines)


def _over_lines(record: str, ahead: deque[str], lines: Iterator[str]) -> Iterator[tuple[str, str | None]]:
    """A row that goes on until its quotation mark is closed; where nothing closes it, what was read goes back."""
    taken: list[str] = []
    while len(taken) < MOST_LINES and len(record) <= LONGEST_ROW:
        line = ahead.popleft() if ahead else next(lines, None)
        if line is None:
            break
        taken.append(line)
        record += "\n" + line.rstrip("\r\n")
        if line.count('"') % 2:
            yield record, None
            return
    ahead.extendleft(reversed(taken))
    yield "", "has a quotation mark that is not closed"


def _cells(record: str, separator: str) -> list[str] | None:
    try:
        return next(csv.reader([record], delimiter=separator, strict=True))
    except csv.Error:
        return None


def _text_problem(record: str) -> str | None:
    if record.isascii():
        return "must not hold a NUL character" if "\0" in record else None
    try:
        record.encode()
    except UnicodeEncodeError:
        return "must be UTF-8: save the sheet as CSV UTF-8"
    return "must not hold a NUL character" if "\0" in record else None
