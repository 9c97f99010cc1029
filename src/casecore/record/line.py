"""One line of the record: an entry, who wrote it, when, and under which number."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from casecore.terms import Entry


class Line(NamedTuple):
    """
    An entry as it was written down.

    Attributes:
        number: Its place in the case, from 1, without gaps.
        recorded_at: The instant it was written down, whenever the fact happened.
        by: Who wrote it.
    """

    entry_id: str
    case: str
    number: int
    recorded_at: datetime
    by: str
    entry: Entry


class Opaque(Entry, kind="opaque"):
    """
    An entry of a kind that nothing here knows: kept as it is, reported, and never judged.

    A plugin that wrote it is not loaded, or a newer version of the host did.
    """

    __slots__ = ("body", "form", "of_kind")

    def __init__(self, of_kind: str, form: int, body: bytes) -> None:
        self.of_kind, self.form, self.body = of_kind, form, body
