"""
Who is eligible, as a rulebook says it: a tree of criteria, all of it data.

A `Criterion` is either a group of others (`all_of`, `any_of`, `none_of`, or `at_least` so many `of` them) or one
question about the facts (`age`, `number`, `stated`, `code`, `times`, `days`, `served`); exactly one of these is filled.

>>> from casecore.intake import Criterion
>>> from casecore.terms import read
>>> adult_in_need = read({"all_of": [{"age": {"at_least": 18}},
...                                  {"number": {"fact": "gaf", "at_most": 40}}]}, Criterion)
>>> adult_in_need.all_of[1].number.fact
'gaf'
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, Label, Problem, Source, Value, Words, node_problems

from .facts import DATE_OF_BIRTH
from .questions import (
    AgeIs,
    CodeIs,
    DaysSpent,
    FactIs,
    Leaf,
    NumberIs,
    ServedThroughout,
    TimesHappened,
    name_and_kind,
)

DEEPEST = 25
"""How many criteria may stand inside one another."""


@attrs.frozen(kw_only=True)
class Criterion(Value):
    """
    One node of the tree.

    Attributes:
        all_of, any_of, none_of: Groups: every one, at least one, or not a single one of these holds.
        at_least, of: The group in which at least so many hold.
        question: How a person would ask it; without one, the verdict words it from the data.
        cite: The paragraph that asks it, where that is narrower than the edition's own source.
    """

    all_of: tuple[Criterion, ...] | None = None
    any_of: tuple[Criterion, ...] | None = None
    none_of: tuple[Criterion, ...] | None = None
    at_least: Annotated[int, AtLeast(1)] | None = None
    of: tuple[Criterion, ...] | None = None
    age: AgeIs | None = None
    number: NumberIs | None = None
    stated: FactIs | None = None
    code: CodeIs | None = None
    times: TimesHappened | None = None
    days: DaysSpent | None = None
    served: ServedThroughout | None = None
    question: Words | None = None
    cite: Label | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from node_problems(self, groups=_GROUPS, alternatives=_ALTERNATIVES, part="criterion")

    @property
    def parts(self) -> tuple[Criterion, ...]:
        """The criteria inside a group; none in a question about facts."""
        return self.all_of or self.any_of or self.none_of or self.of or ()

    @property
    def leaf(self) -> Leaf | None:
        """The question about facts; none in a group."""
        return self.age or self.number or self.stated or self.code or self.times or self.days or self.served

    @property
    def wanted(self) -> int:
        """How many parts must hold in a group; for ``none_of``, how many bar it."""
        if self.all_of is not None:
            return len(self.all_of)
        return 1 if self.at_least is None else self.at_least

    def leaves(self) -> Iterator[Leaf]:
        """Every question about facts below this node, from left to right; one asked twice comes twice."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if leaf := node.leaf:
                yield leaf
            waiting.extend(reversed(node.parts))


_GROUPS = ("all_of", "any_of", "none_of", "of")
_ALTERNATIVES = (*_GROUPS, "age", "number", "stated", "code", "times", "days", "served")


@attrs.frozen(kw_only=True)
class EligibilityCriteria(Rule, asks="eligibility"):
    """
    Who may be served by a program.

    Attributes:
        needs: What must hold.
        counts_unverified: Whether a fact counts that has only been said; otherwise it is not known.
    """

    needs: Criterion
    counts_unverified: bool = False

    def contradictions(self) -> Iterator[Problem]:
        if _depth(self.needs) > DEEPEST:
            yield Problem("needs", f"must not hold criteria deeper than {DEEPEST} inside one another")
            return
        kinds: dict[str, str] = {}
        for leaf in self.needs.leaves():
            name, kind = name_and_kind(leaf)
            if name == DATE_OF_BIRTH and not isinstance(leaf, AgeIs):
                yield Problem("needs", "must ask for the date of birth with age only")
            elif kinds.setdefault(name, kind) != kind:
                yield Problem("needs", "must not ask for one name as two kinds of fact")


def paragraph(cite: str | None, of: Source) -> Source:
    """The paragraph *cite* of a source that was read as a whole; the source itself where none is named."""
    return of if cite is None else Source(cite=cite, url=of.url, read_on=of.read_on, invented=of.invented)


def _depth(top: Criterion) -> int:
    depth, level = 0, [top]
    while level and depth <= DEEPEST:
        depth, level = depth + 1, [part for node in level for part in node.parts]
    return depth
