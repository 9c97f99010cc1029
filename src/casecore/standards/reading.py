"""
A rulebook's text, read: TOML in, a `Rulebook` out, or every problem at once with its path.

The paths are those of the file, counting from 0: ``standard[2].edition[0].value.at_least``. A problem never repeats
what stands there, since the wrong file may have been handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import attrs

from casecore.terms import Label, NotReadable, Problem, Value

from .editions import DraftEdition, draft_editions, read_table, standard_of, tables_at
from .rulebook import Layer, Rulebook
from .standard import Rule, Standard
from .toml_text import Text, plain_toml

MOST_STANDARDS = 10_000
"""How many standards a rulebook may have."""


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
                standards.append(standard_of(standard.name, standard.editions, standard.path))
            except NotReadable as found:
                problems.extend(found.problems)
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
    read_table(table, File, "", problems)
    heading = read_table(table["rulebook"], Heading, "rulebook", problems) if "rulebook" in table else None
    standards = tuple(
        _draft_standard(each, f"standard[{place}]", rules, problems)
        for place, each in enumerate(tables_at("standard", table.get("standard", []), MOST_STANDARDS, problems))
    )
    return Draft(heading, standards, tuple(problems))


def _draft_standard(
    table: object, path: str, rules: Mapping[str, type[Rule]], problems: list[Problem]
) -> DraftStandard:
    before = len(problems)
    head = read_table(table, StandardTable, path, problems)
    given: Mapping[str, object] = table if isinstance(table, dict) else {}
    word = given.get("asks")
    asks = rules.get(word) if isinstance(word, str) else None
    if head is not None and asks is None:
        problems.append(Problem(f"{path}.asks", f"must be one of {', '.join(sorted(rules)) or 'no word at all'}"))
    editions = draft_editions(given.get("edition", []), f"{path}.edition", asks, problems)
    return DraftStandard(
        path=path,
        name=None if head is None else head.name,
        asks=asks,
        editions=editions,
        complete=len(problems) == before,
    )
