"""
An entry: one dated, immutable fact that somebody writes in a client's record.

Each stage's room holds its own entries. An entry class names its kind (what stored bytes carry, never changed), the
version of its fields, and which field is the day the fact happened on:

    @attrs.frozen(kw_only=True)
    class Contact(Entry, kind="contact", dated="held_on"):
        held_on: date
        ...
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from .values import Value


class Entry(Value):
    """The common part of all entries: a kind, a version of the form, and the day the fact happened."""

    __slots__ = ()

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1
    dated: ClassVar[str] = ""

    def __init_subclass__(cls, *, kind: str = "", version: int = 0, dated: str = "") -> None:
        super().__init_subclass__()
        if kind:  # attrs builds a slotted class twice; the second time the words are already in place
            cls.kind, cls.version, cls.dated = kind, version or 1, dated

    @property
    def happened_on(self) -> date:
        """The day the fact happened on, whenever it was written down."""
        day: date = getattr(self, self.dated)
        return day
