"""Taking over the cases of an existing agency, and what became of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from casecore.agency.desk import Agency
from casecore.terms import NotReadable, Problem

from .example import LeftBehind, OldAgency


class Left(NamedTuple):
    """What could not be carried over."""

    what: str
    why: str
    how_many: int


class TakenOver(NamedTuple):
    """
    What became of the agency's cases.

    Attributes:
        left: What the mapping left behind, and the entries that might not be written, with the reasons.
    """

    cases: int
    entries: int
    left: tuple[Left, ...]


def take_over(agency: Agency, old: OldAgency, stored: Callable[[int], None]) -> TakenOver:
    """
    Adopt all cases of *old*.

    Args:
        stored: Called each time a case is stored, with the number of cases there will be.

    Raises:
        NotReadable: The database has not the tables that the mapping reads.
    """
    cases = entries = 0
    refused: Counter[str] = Counter()
    try:
        total = len(old)
        for adopted in agency.adopt(old.cases()):
            cases, entries = cases + 1, entries + adopted.written
            for _, verdict in adopted.refused:
                refused["; ".join(part.question for part in verdict.parts) or verdict.question] += 1
            stored(total)
        left: list[LeftBehind] = list(old.left_behind())
    except sqlite3.Error as error:
        failed = type(error).__name__
    else:
        left += [Left("entries that may not be written", why, number) for why, number in refused.items()]
        in_order = sorted((Left(one.what, one.why, one.how_many) for one in left), key=lambda one: (one.what, one.why))
        return TakenOver(cases, entries, tuple(in_order))
    raise NotReadable([Problem("--database", f"does not fit the mapping ({failed})")], what="command line")
