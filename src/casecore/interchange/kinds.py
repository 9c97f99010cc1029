"""Which classes of entries there are, by the word that stored bytes carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from casecore.record import ENTRY_CLASSES
from casecore.terms import Entry, NotReadable, Problem

Upcast = Callable[[dict[str, Any]], dict[str, Any]]
"""Plain data of one form of an entry into plain data of the next form."""


class Kinds:
    """
    The entry classes at hand: those of this library, and those that a host or plugin adds.

    Args:
        added: Further entry classes; a kind may not be given twice.
        upcasts: For a kind and an older form of it, how its data is carried into the next form.
    """

    def __init__(
        self, added: Iterable[type[Entry]] = (), upcasts: Mapping[tuple[str, int], Upcast] | None = None
    ) -> None:
        self._classes: dict[str, type[Entry]] = {}
        self.upcasts = dict(upcasts or {})
        problems = []
        for cls in (*ENTRY_CLASSES, *added):
            if not cls.kind or not cls.dated:
                problems.append(Problem(cls.__name__, "must name its kind and the field that dates it"))
            elif cls.kind in self._classes:
                problems.append(Problem(cls.__name__, f"must not use the kind {cls.kind} a second time"))
            self._classes[cls.kind] = cls
        if problems:
            raise NotReadable(problems, what="entry classes")

    def with_added(self, added: Iterable[type[Entry]], upcasts: Mapping[tuple[str, int], Upcast]) -> Kinds:
        """
        These kinds and further ones.

        Raises:
            NotReadable: A kind is here already.
        """
        own = (cls for cls in self if cls not in ENTRY_CLASSES)
        return Kinds((*own, *added), {**self.upcasts, **upcasts})

    def __iter__(self) -> Iterator[type[Entry]]:
        return iter(self._classes.values())

    def get(self, kind: str) -> type[Entry] | None:
        """The class for a kind, or nothing where it is not known here."""
        return self._classes.get(kind)
