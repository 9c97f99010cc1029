"""
Rulebooks, and which one wins.

A `Rulebook` is a set of standards on one layer. `Rules` are the rulebooks that one case is held to, merged: on each
day, for each standard, **the edition of the most specific layer that says anything on that day** stands: agency over
program over jurisdiction over base. A repeal is something said: it ends the less specific layers' standard too. A
layer that is silent on a day (before its first edition, in a gap, after its last *until*) leaves that day to the less
specific ones. Within one layer, the rulebook named later by the host wins.
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import attrs

from casecore.terms import Label, NotKnown, Problem, Value

from .standard import Edition, Rule, RuleT, Standard
from .stretches import stretches


class Layer(enum.Enum):
    """How specific a rulebook is."""

    BASE = "base"
    JURISDICTION = "jurisdiction"
    PROGRAM = "program"
    AGENCY = "agency"

    @property
    def rank(self) -> int:
        """0 for the most general layer; the higher, the more specific."""
        return _RANKS[self]


_RANKS = {layer: rank for rank, layer in enumerate(Layer)}


@attrs.frozen(kw_only=True)
class Rulebook(Value):
    """
    A named, versioned set of standards.

    Attributes:
        version: The version of the text a case can be pinned to, as in ``2024.12``.
        programs: The programs it speaks of; none means all.
        invented: True for a rulebook made up for learning.
    """

    name: Label
    version: Label
    title: Label
    layer: Layer
    standards: tuple[Standard[Any], ...]
    programs: tuple[Label, ...] = ()
    invented: bool = False

    def contradictions(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for place, standard in enumerate(self.standards):
            if standard.name in seen:
                yield Problem(f"standards[{place}].name", "must not stand twice in one rulebook")
            seen.add(standard.name)

    @property
    def key(self) -> str:
        """Name and version, as in ``ny-icm@2024.12``."""
        return f"{self.name}@{self.version}"

    def speaks_of(self, program: str | None) -> bool:
        """Whether it holds for *program*; before a program is known, only rulebooks for all programs do."""
        return not self.programs or program in self.programs


class Rules:
    """The rulebooks one case is held to, merged by the rule at the top of this file. Never changes once made."""

    def __init__(self, rulebooks: Iterable[Rulebook]) -> None:
        # sorted() keeps the host's order within a layer
        self.rulebooks = tuple(sorted(rulebooks, key=lambda book: book.layer.rank))

    @cached_property
    def key(self) -> str:
        """Which versions of which rulebooks these are; the same key means the same rules."""
        return " ".join(book.key for book in self.rulebooks)

    @cached_property
    def standards(self) -> Mapping[str, Standard[Any]]:
        """All standards by name, each merged over the layers; an edition's *rulebook* says where it stands."""
        layered: dict[str, list[Standard[Any]]] = {}
        for book in self.rulebooks:
            for standard in book.standards:
                marked = tuple(attrs.evolve(edition, rulebook=book.key) for edition in standard.editions)
                layered.setdefault(standard.name, []).append(attrs.evolve(standard, editions=marked))
        return {name: _merged(name, layers) for name, layers in sorted(layered.items())}

    def standard(self, name: str) -> Standard[Any]:
        """
        The standard called *name*.

        Raises:
            NotKnown: No rulebook here has it.
        """
        try:
            return self.standards[name]
        except KeyError:
            raise NotKnown(f"no standard is called {name!r} in {self.key or 'no rulebook'}") from None

    def asking(self, rule: type[RuleT]) -> tuple[Standard[RuleT], ...]:
        """
        Every standard that asks for a *rule* of this class, by name.

        Where a layer asks under the same name for a rule of another class, the standard is silent here on those days.
        """
        found = self._by_rule.get(rule)
        if found is None:
            narrowed = (_narrowed(standard, rule) for standard in self.standards.values())
            found = self._by_rule[rule] = tuple(standard for standard in narrowed if standard is not None)
        return found

    def next_turn(self, after: date) -> date | None:
        """The first day after *after* on which any standard here begins, changes or ends; nothing where none does."""
        place = bisect_right(self._turns, after)
        return self._turns[place] if place < len(self._turns) else None

    @cached_property
    def _turns(self) -> tuple[date, ...]:
        editions = (edition for standard in self.standards.values() for edition in standard.editions)
        return tuple(sorted({day for edition in editions for day in (edition.since, edition.until) if day is not None}))

    @cached_property
    def _by_rule(self) -> dict[type[Rule], tuple[Standard[Any], ...]]:
        return {}


def _merged(name: str, layers: list[Standard[Any]]) -> Standard[Any]:
    """
    One standard from its layers, the most specific last.

    Each edition runs exactly as long as it governs: its *since* is the first day on which its layer is heard, and its
    *until* is set wherever anything else, or nothing, follows.
    """
    if len(layers) == 1:
        return layers[0]
    editions: list[Edition[Any]] = []
    for start, end, said in stretches(layers):
        heard = next((edition for edition in reversed(said) if edition is not None), None)
        if heard is None:
            continue
        if editions and editions[-1].until == start and _same(editions[-1], heard):
            editions[-1] = attrs.evolve(editions[-1], until=end)
        else:
            editions.append(attrs.evolve(heard, since=start, until=end))
    return Standard(name=name, editions=tuple(editions))


def _same(one: Edition[Any], other: Edition[Any]) -> bool:
    return (one.value, one.source, one.rulebook, one.note) == (other.value, other.source, other.rulebook, other.note)


def _narrowed(standard: Standard[Any], rule: type[Rule]) -> Standard[Any] | None:
    """The standard with only its editions of this *rule*; itself where it asks for no other, nothing where none is."""
    asked = [edition.value for edition in standard.editions if edition.value is not None]
    if all(isinstance(value, rule) for value in asked):
        return standard if asked else None
    ends = [*(edition.since for edition in standard.editions[1:]), None]
    editions = tuple(
        attrs.evolve(edition, until=edition.until or end)
        for edition, end in zip(standard.editions, ends, strict=True)
        if isinstance(edition.value, rule)
    )
    return attrs.evolve(standard, editions=editions) if editions else None
