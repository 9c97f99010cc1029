"""
Rulebooks, and which one wins.

A `Rulebook` is a set of standards on one layer. `Rules` are the rulebooks that one case is held to, merged: on each
day, for each standard, **the edition of the most specific layer that says anything on that day** stands: agency over
program over jurisdiction over base. A repeal is something said: it ends the less specific layers' standard too. Within
one layer, the rulebook named later by the host wins.
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


class Layer(enum.Enum):
    """How specific a rulebook is."""

    BASE = "base"
    JURISDICTION = "jurisdiction"
    PROGRAM = "program"
    AGENCY = "agency"


_SPECIFICITY = {layer: place for place, layer in enumerate(Layer)}


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
        """Whether it holds for *program*."""
        return not self.programs or program in self.programs


class Rules:
    """The rulebooks one case is held to, merged by the rule at the top of this file. Never changes once made."""

    def __init__(self, rulebooks: Iterable[Rulebook]) -> None:
        given = enumerate(rulebooks)
        self.rulebooks = tuple(
            book for _, book in sorted(given, key=lambda placed: (_SPECIFICITY[placed[1].layer], placed[0]))
        )

    @property
    def key(self) -> str:
        """Which versions of which rulebooks these are; the same key means the same rules."""
        return " ".join(book.key for book in self.rulebooks)

    @cached_property
    def standards(self) -> Mapping[str, Standard[Any]]:
        """All standards by name, each merged over the layers."""
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
        """Every standard that asks for a *rule* of this class, by name."""
        found = self._by_rule.get(rule)
        if found is None:
            found = self._by_rule[rule] = tuple(
                standard
                for standard in self.standards.values()
                if any(isinstance(edition.value, rule) for edition in standard.editions)
            )
        return found

    def next_turn(self, day: date) -> date | None:
        """The first day after *day* on which an edition of any standard here begins or ends."""
        place = bisect_right(self._turning_days, day)
        return self._turning_days[place] if place < len(self._turning_days) else None

    @cached_property
    def _turning_days(self) -> list[date]:
        editions = [edition for standard in self.standards.values() for edition in standard.editions]
        return sorted({day for edition in editions for day in (edition.since, edition.until) if day})

    @cached_property
    def _by_rule(self) -> dict[type[Rule], tuple[Standard[Any], ...]]:
        return {}


def _merged(name: str, layers: list[Standard[Any]]) -> Standard[Any]:
    """One standard from its layers, the most specific last."""
    if len(layers) == 1:
        return layers[0]
    turning_days = sorted(
        {day for standard in layers for edition in standard.editions for day in (edition.since, edition.until) if day}
    )
    editions: list[Edition[Any]] = []
    for day, next_day in zip(turning_days, [*turning_days[1:], None], strict=True):
        spoken = next((edition for standard in reversed(layers) if (edition := _said_on(standard, day))), None)
        if spoken is None:
            continue
        if editions and editions[-1].until == day and _same(editions[-1], spoken):
            editions[-1] = attrs.evolve(editions[-1], until=next_day)
        else:
            editions.append(attrs.evolve(spoken, since=day, until=next_day))
    return Standard(name=name, editions=tuple(editions))


def _said_on(standard: Standard[Any], day: date) -> Edition[Any] | None:
    """What this layer says on *day*, a repeal included; nothing where it is silent."""
    latest = next((edition for edition in reversed(standard.editions) if edition.since <= day), None)
    return None if latest is None or (latest.until is not None and day >= latest.until) else latest


def _same(one: Edition[Any], other: Edition[Any]) -> bool:
    return (one.value, one.source, one.rulebook) == (other.value, other.source, other.rulebook)
