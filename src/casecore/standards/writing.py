"""
A rulebook as TOML text, which `read_rulebook` reads back to the same rulebook.

A draft policy that was put together in a program can so be handed to people who keep rulebooks as files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from casecore.terms import NotReadable, Problem, plain

from .rulebook import Rulebook
from .standard import Edition, Standard


def rulebook_toml(rulebook: Rulebook) -> str:
    """
    The text of *rulebook*.

    Raises:
        NotReadable: A standard holds only repeals, asks for rules of several classes, or a rule holds what TOML cannot
            (a field that must be given and is nothing). The file form has no place for it.
    """
    problems: list[Problem] = []
    lines = ["[rulebook]"]
    lines += _fields({key: value for key, value in plain(rulebook).items() if key != "standards"}, "", problems)
    for place, standard in enumerate(rulebook.standards):
        lines += _standard(standard, f"standards[{place}]", problems)
    if problems:
        raise NotReadable(problems, what="rulebook to be written")
    return "\n".join(lines) + "\n"


def _standard(standard: Standard[Any], path: str, problems: list[Problem]) -> Iterator[str]:
    asks = {type(edition.value).asks for edition in standard.editions if edition.value is not None}
    if len(asks) != 1:
        problems.append(Problem(path, "must ask for rules of exactly one class"))
        return
    yield from ("", "[[standard]]", f"name = {_toml(standard.name, path, problems)}", f'asks = "{asks.pop()}"')
    for place, edition in enumerate(standard.editions):
        yield from ("", "[[standard.edition]]")
        yield from _fields(_table(edition), f"{path}.editions[{place}]", problems)


def _table(edition: Edition[Any]) -> dict[str, Any]:
    table: dict[str, Any] = {"since": edition.since}
    if edition.until is not None:
        table["until"] = edition.until
    if edition.value is None:
        table["repealed"] = True
    table["source"] = plain(edition.source)
    if edition.value is not None:
        table["value"] = plain(edition.value)
    if edition.note is not None:
        table["note"] = edition.note
    return table


def _fields(table: Mapping[str, Any], path: str, problems: list[Problem]) -> Iterator[str]:
    for key, value in table.items():
        yield f"{key} = {_toml(value, f'{path}.{key}' if path else key, problems)}"


def _toml(value: Any, path: str, problems: list[Problem]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{_ESCAPED.sub(_escape, value)}"'
    if isinstance(value, (int, float, date)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(part, f"{path}[{place}]", problems) for place, part in enumerate(value)) + "]"
    if isinstance(value, Mapping):
        inner = (f"{key} = {_toml(part, f'{path}.{key}', problems)}" for key, part in value.items())
        return "{ " + ", ".join(inner) + " }"
    problems.append(Problem(path, "must not be nothing: TOML has no word for it"))
    return "{}"


_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04x}"
