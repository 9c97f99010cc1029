"""The lines of one file, or why it cannot be taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from casecore.hooks import Untaken

NEEDED = ("visit", "patient", "event", "on", "told_at")
"""The columns that every file must have."""
OPTIONAL = ("setting", "facility", "reason", "destination")
"""The columns that a file may have; any others are passed over."""
LARGEST_FILE = 50_000_000
"""Bytes; a larger file is told and left alone."""


class Row(NamedTuple):
    """One line of a file: where it stands, and its cells by column, without the spaces around them."""

    where: str
    cells: Mapping[str, str]


def rows_of(path: Path) -> Iterator[Row | Untaken]:
    """Every line of the file, in order; where the file is not whole or not ours, only that."""
    try:
        text = _text_of(path)
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        columns = [name.strip() for name in next(lines, [])]
        cells = [(lines.line_num, line) for line in lines if line]
    except OSError as error:
        yield Untaken(path.name, f"cannot be opened: {type(error).__name__}")
        return
    except _Unfit as unfit:
        yield Untaken(path.name, str(unfit))
        return
    except csv.Error:  # its message may quote what stands there
        yield Untaken(path.name, "breaks off within quotation marks, or is no CSV")
        return
    if problem := _wrong_columns(columns):
        yield Untaken(path.name, problem)
        return
    for number, line in cells:
        where = f"{path.name}:{number}"
        if len(line) != len(columns):
            yield Untaken(where, f"must have {len(columns)} cells, as the first line has")
        else:
            yield Row(where, {name: cell.strip() for name, cell in zip(columns, line, strict=True)})


class _Unfit(Exception):
    """Why a file is left alone whole."""


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        raw = file.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise _Unfit(f"is larger than {LARGEST_FILE} bytes")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Unfit("is not in UTF-8")
    if not raw.endswith((b"\n", b"\r")):
        raise _Unfit("is not finished: its last line has no end")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass  # told below, without the bytes
    raise _Unfit("is not in UTF-8")


def _wrong_columns(columns: list[str]) -> str:
    missing = [name for name in NEEDED if name not in columns]
    twice = [name for name in (*NEEDED, *OPTIONAL) if columns.count(name) > 1]
    if missing:
        return f"lacks the columns {', '.join(missing)}"
    return f"has the columns {', '.join(twice)} twice" if twice else ""
