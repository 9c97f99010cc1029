"""What the linter sees only beside other rulebooks: who hides whom, and who asks for less than a more general one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from casecore.terms import NotReadable

from .editions import DraftEdition
from .flaws import Flaw, FlawCode, Severity
from .reading import Draft, DraftStandard, Heading
from .rulebook import Rulebook
from .standard import Edition, Standard
from .stretches import stretches


def lint_layers(draft: Draft, others: Iterable[Rulebook]) -> Iterator[Flaw]:
    """
    The flaws of *draft* beside *others*; only rulebooks that share a program with it are compared.

    A standard that cannot be read whole, or whose editions contradict each other, is passed over.
    """
    heading = draft.heading
    if heading is None:
        return
    beside = [book for book in others if book.name != heading.name and _share_a_program(heading, book)]
    for standard in draft.standards:
        try:
            ours = _standard(standard)
        except NotReadable:
            continue  # the linter tells its flaws elsewhere
        if ours is not None:
            yield from _Comparison(standard, ours, heading, beside).flaws()


def _standard(draft: DraftStandard) -> Standard[Any] | None:
    if not draft.complete or draft.name is None or any(edition.never_begins for edition in draft.editions):
        return None
    return Standard(name=draft.name, editions=tuple(edition.edition() for edition in draft.editions))


def _share_a_program(heading: Heading, book: Rulebook) -> bool:
    return not heading.programs or not book.programs or not set(heading.programs).isdisjoint(book.programs)


class _Comparison:
    """One standard of the draft beside the same standard in other rulebooks."""

    def __init__(self, draft: DraftStandard, ours: Standard[Any], heading: Heading, beside: Sequence[Rulebook]) -> None:
        self.draft, self.ours, self.heading = draft, ours, heading
        found = [(book, other) for book in beside for other in book.standards if other.name == ours.name]
        rank = heading.layer.rank
        self.below = any(book.layer.rank < rank for book in beside)
        self.general = [(book, other) for book, other in found if book.layer.rank < rank]
        self.level = [(book, other) for book, other in found if book.layer.rank == rank]
        self.specific = [(book, other) for book, other in found if book.layer.rank > rank]

    def flaws(self) -> Iterator[Flaw]:
        for book, _ in self.level:
            message = f"also stands in {book.key} on the same layer: the order in which the host names them decides"
            yield self.flaw(FlawCode.SAME_LAYER, f"{self.draft.path}.name", message)
        for book, other in (*self.general, *self.level, *self.specific):
            yield from self._asks_otherwise(book, other)
        for book, other in self.general:
            yield from self._asks_for_less(book, other)
        yield from self._masked()
        yield from self._repeals_nothing()

    def flaw(self, code: FlawCode, path: str, message: str, severity: Severity = Severity.WARNING) -> Flaw:
        return Flaw(severity=severity, code=code, path=path, message=message, standard=self.ours.name)

    def _beside(self, other: Standard[Any]) -> Iterator[tuple[DraftEdition, Edition[Any], Edition[Any]]]:
        """Each edition of ours beside each of theirs that says something on the same days."""
        for _, _, (ours, theirs) in stretches([self.ours, other]):
            if ours is not None and theirs is not None:
                yield self._drafted(ours), ours, theirs

    def _drafted(self, edition: Edition[Any]) -> DraftEdition:
        return next(draft for draft in self.draft.editions if draft.since == edition.since)

    def _asks_otherwise(self, book: Rulebook, other: Standard[Any]) -> Iterator[Flaw]:
        asked = next((edition.value for edition in other.editions if edition.value is not None), None)
        if asked is not None and self.draft.asks is not None and type(asked) is not self.draft.asks:
            message = f"asks for another kind of rule than {book.key} does under the same name"
            yield self.flaw(FlawCode.ASKS_OTHERWISE, f"{self.draft.path}.asks", message, Severity.ERROR)

    def _asks_for_less(self, book: Rulebook, other: Standard[Any]) -> Iterator[Flaw]:
        told: set[str] = set()
        for draft, ours, theirs in self._beside(other):
            if draft.path in told or theirs.value is None:
                continue
            if ours.value is None:
                message = f"repeals what {book.key} asks for ({theirs.source})"
            elif type(ours.value) is type(theirs.value) and ours.value.asks_for_less_than(theirs.value):
                message = f"asks for less than {book.key} ({theirs.source})"
            else:
                continue
            told.add(draft.path)
            part = "repealed" if ours.value is None else "value"
            yield self.flaw(FlawCode.ASKS_FOR_LESS, f"{draft.path}.{part}", message)

    def _masked(self) -> Iterator[Flaw]:
        """An edition on each of whose days a more specific layer speaks to every program that ours speaks to."""
        hiding = [other for book, other in self.specific if self._hides_for_all(book)]
        if not hiding:
            return
        heard: set[str] = set()
        for _, _, (ours, *theirs) in stretches([self.ours, *hiding]):
            if ours is not None and all(edition is None for edition in theirs):
                heard.add(self._drafted(ours).path)
        for draft in self.draft.editions:
            if draft.path not in heard:
                message = "is never heard: on all its days a more specific rulebook speaks for every program"
                yield self.flaw(FlawCode.MASKED, draft.path, message)

    def _hides_for_all(self, book: Rulebook) -> bool:
        return not book.programs or (bool(self.heading.programs) and set(self.heading.programs) <= set(book.programs))

    def _repeals_nothing(self) -> Iterator[Flaw]:
        """A first edition that repeals what no more general rulebook has; asked only where one is at hand."""
        first = self.draft.editions[0]
        if first.value is None and self.below and not self.general:
            yield self.flaw(FlawCode.REPEALS_NOTHING, f"{first.path}.repealed", "has nothing to repeal")
