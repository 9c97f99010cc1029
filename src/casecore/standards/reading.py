"""
A rulebook's text, read: TOML in, a `Rulebook` out, or every problem at once with its path.

The paths are those of the file, counting from 0: ``standard[2].edition[0].value.at_least``. A problem never repeats
what stands there, since the wrong file may have been handed in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

import attrs

from casecore.terms import Label, NotReadable, Problem, Source, Value, Words, read

from .rulebook import Layer, Rulebook
from .standard import Edition, Rule, Standard
from .toml_text import Text, plain_toml

MOST_STANDARDS = 10_000
"""Standards a rulebook may hold, and editions a standard may have."""

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class File(Value):
    """The whole file."""

    rulebook: Any
    standard: Any = ()


@attrs.frozen(kw_only=True)
class Heading(Value):
    """The file's ``[rulebook]`` table."""

    name: Label
    version: Label
    title: Label
    layer: Layer
    programs: tuple[Label, ...] = ()
    invented: bool = False


@attrs.frozen(kw_only=True)
class StandardTable(Value):
    """One ``[[standard]]`` table."""

    name: Label
    asks: Label
    edition: Any


@attrs.frozen(kw_only=True)
class EditionTable(Value):
    """One ``[[standard.edition]]`` table; what its value must be depends on the standard."""

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


class DraftStandard(NamedTuple):
    """A standard as far as it could be read: *name* is nothing where that could not, and some editions may lack."""

    path: str
    name: str | None
    asks: type[Rule] | None
    editions: tuple[DraftEdition, ...]
    complete: bool


class Draft(NamedTuple):
    """A rulebook as far as it could be read, with what could not."""

    heading: Heading | None
    standards: tuple[DraftStandard, ...]
    problems: tuple[Problem, ...]

    def repeated(self) -> list[DraftStandard]:
        """The standards whose name another one bears before them."""
        names: set[str] = set()
        again = []
        for standard in self.standards:
            if standard.name is not None and standard.name in names:
                again.append(standard)
            elif standard.name is not None:
                names.add(standard.name)
        return again


def read_rulebook(text: Text, rules: Mapping[str, type[Rule]]) -> Rulebook:
    """
    The rulebook that *text* holds.

    Args:
        text: TOML in the form of ``docs/reference/rulebook-format.md``, or the path of such a file; UTF-8, up to 5 MB.
        rules: The rule class that each word after ``asks`` stands for; the whole house's are ``casecore.record.RULES``.

    Raises:
        NotReadable: With everything that cannot be read, each with its path, never with what stands there.
    """
    draft = draft_of(text, rules)
    problems = list(draft.problems)
    standards: list[Standard[Any]] = []
    for standard in draft.standards:
        if standard.complete and standard.name is not None:  # what is not was told already
            try:
                standards.append(_standard(standard.name, standard.editions))
            except NotReadable as found:
                problems.extend(_as_in_file(problem, standard) for problem in found.problems)
    problems.extend(Problem(f"{each.path}.name", "must not stand twice in one rulebook") for each in draft.repeated())
    if problems or draft.heading is None:
        raise NotReadable(problems, what="rulebook")
    heading = {field.name: getattr(draft.heading, field.name) for field in attrs.fields(Heading)}
    return Rulebook(standards=tuple(standards), **heading)


def draft_of(text: Text, rules: Mapping[str, type[Rule]]) -> Draft:
    """*text* as far as it can be read: what the linter looks at and the reader insists on."""
    try:
        table = plain_toml(text)
    except NotReadable as found:
        return Draft(None, (), found.problems)
    problems: list[Problem] = []
    _read(table, File, "", problems)
    heading = _read(table["rulebook"], Heading, "rulebook", problems) if "rulebook" in table else None
    standards = tuple(
        _draft_standard(each, f"standard[{place}]", rules, problems)
        for place, each in enumerate(_tables(table.get("standard", []), "standard", problems))
    )
    return Draft(heading, standards, tuple(problems))


def _read(table: object, cls: type[T], path: str, problems: list[Problem]) -> T | None:
    if not isinstance(table, dict):
        problems.append(Problem(path, "must be a table"))
        return None
    try:
        return read(table, cls)
    except NotReadable as found:
        problems.extend(problem.inside(path) if path else problem for problem in found.problems)
        return None


def _tables(tables: object, path: str, problems: list[Problem]) -> list[Any]:
    if not isinstance(tables, list):
        problems.append(Problem(path, "must be a list of tables, each under its own [[...]]"))
        return []
    if len(tables) > MOST_STANDARDS:
        problems.append(Problem(path, f"must not have more than {MOST_STANDARDS} parts"))
        return []
    return tables


def _draft_standard(
    table: object, path: str, rules: Mapping[str, type[Rule]], problems: list[Problem]
) -> DraftStandard:
    before = len(problems)
    head = _read(table, StandardTable, path, problems)
    given: Mapping[str, object] = table if isinstance(table, dict) else {}
    word = given.get("asks")
    asks = rules.get(word) if isinstance(word, str) else None
    if head is not None and asks is None:
        problems.append(Problem(f"{path}.asks", f"must be one of {', '.join(sorted(rules)) or 'no word at all'}"))
    editions = [
        _draft_edition(each, f"{path}.edition[{place}]", asks, problems)
        for place, each in enumerate(_tables(given.get("edition", []), f"{path}.edition", problems))
    ]
    return DraftStandard(
        path=path,
        name=None if head is None else head.name,
        asks=asks,
        editions=tuple(each for each in editions if each is not None),
        complete=len(problems) == before,
    )


def _draft_edition(table: object, path: str, asks: type[Rule] | None, problems: list[Problem]) -> DraftEdition | None:
    before = len(problems)
    edition = _read(table, EditionTable, path, problems)
    given = table.get("value") if isinstance(table, dict) else None
    repealed = isinstance(table, dict) and table.get("repealed") is True
    value: Rule | None = None
    if repealed and given is not None:
        problems.append(Problem(f"{path}.value", "must not stand beside repealed = true"))
    elif isinstance(table, dict) and not repealed and given is None:
        problems.append(Problem(f"{path}.value", "is missing; a repeal is written repealed = true"))
    elif asks is not None and given is not None:
        value = _read(given, asks, f"{path}.value", problems)
    if edition is None or asks is None or len(problems) > before:
        return None
    return DraftEdition(path, edition.since, edition.until, edition.source, edition.note, value)


def _standard(name: str, drafts: tuple[DraftEdition, ...]) -> Standard[Any]:
    never = [Problem(f"{each.path}.until", "must be after since") for each in drafts if each.never_begins]
    if never:
        raise NotReadable(never, what="standard")
    return Standard(name=name, editions=tuple(each.edition() for each in drafts))


def _as_in_file(problem: Problem, draft: DraftStandard) -> Problem:
    """A standard's own problem, with the path it has in the file."""
    if problem.path.startswith("standard["):
        return problem
    place = re.match(r"editions\[(\d+)\](.*)", problem.path)
    if place is not None:
        return Problem(draft.editions[int(place[1])].path + place[2], problem.message)
    return problem._replace(path=problem.path.replace("editions", "edition")).inside(draft.path)
