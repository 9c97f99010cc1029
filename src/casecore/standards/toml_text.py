"""
The bytes of a rulebook or a post into plain data, within bounds, and told by line and column where they are no TOML.

A problem found here never repeats a word of the text: the wrong file may have been handed in.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from casecore.terms import NotReadable, Problem

LARGEST = 5_000_000
"""Bytes a file may have."""

Text = str | bytes | Path


def plain_toml(text: Text, *, what: str = "rulebook") -> dict[str, Any]:
    """
    The TOML of *text* as plain data; *what* it should be is named by the error.

    Raises:
        NotReadable: It is too large, not UTF-8, nested too deep or not TOML; told by line and column.
    """
    text = _decoded(text, what)
    problem = "must not be nested so deep"
    if not _LONG_KEY.search(text):  # tomllib takes quadratic time for dotted keys of many parts
        try:
            return tomllib.loads(text)
        except RecursionError:
            pass
        except ValueError as error:
            problem = _toml_problem(str(error))
    raise _refused(problem, what)


_KEY_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-]){_KEY_PART}(?:[ \t]*+\.[ \t]*+{_KEY_PART}){{60}}")

_TOLD = {
    "Cannot": "says the same thing twice",
    "Duplicate": "says the same thing twice",
    "Expected '='": "lacks a = after a name",
    "Expected newline": "has something more after the end of a value",
    "Expected ']": "lacks a closing bracket",
    "Found invalid": "holds a character that is not allowed there",
    "Illegal": "holds a character that is not allowed there",
    "Invalid date": "holds a day or instant that does not exist",
    "Unclosed": "lacks a closing bracket",
    "Unterminated": "lacks a closing quotation mark",
    "Unescaped": "has a lone backslash in a text",
}


def _toml_problem(message: str) -> str:
    """What tomllib found, in words of ours: its own may quote the file."""
    told = next((ours for theirs, ours in _TOLD.items() if message.startswith(theirs)), "holds what TOML does not know")
    place = re.search(r"\(at line (\d+), column (\d+)\)$", message)
    if place is not None:
        return f"is not TOML: line {place[1]}, column {place[2]} {told}"
    return f"is not TOML: the end of the file {told}" if "(at end of document)" in message else f"is not TOML: {told}"


def _decoded(text: Text, what: str) -> str:
    if isinstance(text, Path):
        text = _bytes_at(text, what)
    if not isinstance(text, (str, bytes)):
        raise _refused("must be text, bytes or a path", what)
    if len(text) > LARGEST:
        raise _refused(f"must not be larger than {LARGEST} bytes", what)
    if isinstance(text, str):
        return text.removeprefix("\ufeff")  # what some editors put before UTF-8
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"must be UTF-8; byte {error.start} is not"
    raise _refused(problem, what)


def _bytes_at(path: Path, what: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError):  # ValueError: a name with a NUL
        pass
    raise _refused("must be a file that can be opened", what)


def _refused(problem: str, what: str) -> NotReadable:
    return NotReadable([Problem("", problem)], what=what)
