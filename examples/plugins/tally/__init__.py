"""A listener as a plugin: counts what is written, by kind, for the board in the hall. It keeps no client's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from casecore.hooks import hookimpl
from casecore.record import Line


class Tally:
    """
    Hand it over as ``plugins=["sql", tally := Tally()]`` and look at ``tally.written``.

    Attributes:
        written: How many entries of each kind were written since the desk opened.
    """

    __name__ = "tally"
    casecore_api = (1, 1)

    def __init__(self) -> None:
        self.written: Counter[str] = Counter()

    @hookimpl
    def casecore_on_written(self, lines: Sequence[Line]) -> None:
        """Count them."""
        self.written.update(line.entry.kind for line in lines)
