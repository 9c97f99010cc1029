"""
The dated editions of a file of standards or of a post, read as far as they can be.

Both files write them alike: a list of tables with *since*, *source* and *value* or *repealed*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

import attrs

from casecore.terms import NotReadable, Problem, Source, Value, Words, read

from .standard import Edition, Rule, Standard

MOST_EDITIONS = 1_000
"""How many editions a standard, or a post, may have."""

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class EditionTable(Value):
    """One edition's table; what its value must be depends on what is asked."""

    since: date
    source: Source
    until: date | None = None
    repealed: bool = False
    note: Words | None = None
    value: Any = None


class DraftEdition(NamedTuple):
    """An edition whose fields are each fine, whatever its neighbors say."""

    path: str
    since: date
    until: date | None
    source: Source
    note: str | None
    value: Rule | None

    @property
    def never_begins(self) -> bool:
        """Whether it ends before it begins."""
        return self.until is not None and self.until <= self.since

    def edition(self) -> Edition[Any]:
        """The edition itself, where it begins at all."""
        return Edition(since=self.since, until=self.until, source=self.source, note=self.note, value=self.value)


def read_table(table: object, cls: type[T], path: str, problems: list[Problem]) -> T | None:
    """The value of class *cls* in *table*; nothing, and more *problems* with the file's paths, where there is none."""
    if not isinstance(table, dict):
        problems.append(Problem(path, "must be a table"))
        return None
    try:
        return read(table, cls)
    except NotReadable as found:
        problems.extend(problem.inside(path) if path else problem for problem in found.problems)
        return None


def tables_at(path: str, tables: object, most: int, problems: list[Problem]) -> list[Any]:
    """What stands at *path*, where it is a list of at most *most* parts; else an empty one, and a problem more."""
    if not isinstance(tables, list):
        problems.append(Problem(path, "must be a list of tables, each under its own [[...]]"))
        return []
    if len(tables) > most:
        problems.append(Problem(path, f"must not have more than {most} parts"))
        return []
    return tables


def draft_editions(
    tables: object, path: str, asks: type[Rule] | None, problems: list[Problem]
) -> tuple[DraftEdition, ...]:
    """The editions in *tables* that can be read, each asking for an *asks*; the *problems* of the rest."""
    listed = tables_at(path, tables, MOST_EDITIONS, problems)
    drafts = [_draft(each, f"{path}[{place}]", asks, problems) for place, each in enumerate(listed)]
    return tuple(each for each in drafts if each is not None)


def _draft(table: object, path: str, asks: type[Rule] | None, problems: list[Problem]) -> DraftEdition | None:
    before = len(problems)
    edition = read_table(table, EditionTable, path, problems)
    given = table.get("value") if isinstance(table, dict) else None
    repealed = isinstance(table, dict) and table.get("repealed") is True
    value: Rule | None = None
    if repealed and given is not None:
        problems.append(Problem(f"{path}.value", "must not stand beside repealed = true"))
    elif isinstance(table, dict) and not repealed and given is None:
        problems.append(Problem(f"{path}.value", "is missing; a repeal is written repealed = true"))
    elif asks is not None and given is not None:
        value = read_table(given, asks, f"{path}.value", problems)
    if edition is None or asks is None or len(problems) > before:
        return None
    return DraftEdition(path, edition.since, edition.until, edition.source, edition.note, value)


def standard_of(name: str, drafts: Sequence[DraftEdition], path: str) -> Standard[Any]:
    """
    The standard made of *drafts*, which stand in the file at *path*; nothing for the file's top.

    Raises:
        NotReadable: They contradict each other, or are none; with the paths of the file.
    """
    never = [Problem(f"{each.path}.until", "must be after since") for each in drafts if each.never_begins]
    if never:
        raise NotReadable(never, what="standard")
    try:
        return Standard(name=name, editions=tuple(each.edition() for each in drafts))
    except NotReadable as found:
        problems = [_as_in_file(problem, drafts, path) for problem in found.problems]
    raise NotReadable(problems, what="standard")


def _as_in_file(problem: Problem, drafts: Sequence[DraftEdition], path: str) -> Problem:
    """A standard's own problem, with the path it has in the file."""
    place = re.match(r"editions\[(\d+)\](.*)", problem.path)
    if place is not None:
        return Problem(drafts[int(place[1])].path + place[2], problem.message)
    there = problem._replace(path=problem.path.replace("editions", "edition"))
    return there.inside(path) if path else there
