"""
Which facts stand, once late entries, corrections, strike-outs and undone discharges are taken into account.

Amendments refer back only, so one pass from the last line to the first settles which of them stand: a strike-out that
was itself struck out strikes nothing. The latest standing correction of an entry is what the entry says.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from casecore.discharges import Discharged, DischargeUndone
from casecore.terms import Entry

from .amendments import Correction, LateEntry, StrikeOut
from .line import Line, Opaque

_AMENDING = (Correction, StrikeOut)


def standing_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The facts that count, by day, and on one day in the order in which they were written."""
    entries = [line.entry for line in lines]
    if not _SPECIAL.isdisjoint(map(type, entries)):
        return _without_undone_discharges(_by_day(_amended(lines)))
    days = [getattr(entry, entry.dated) for entry in entries]
    return lines if days == sorted(days) else _by_day(lines)


def _by_day(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (line.entry.happened_on, line.number)))


_SPECIAL: frozenset[type[Entry]] = frozenset({Correction, StrikeOut, LateEntry, Opaque, DischargeUndone})


def struck_out(lines: tuple[Line, ...]) -> frozenset[str]:
    """The ids of entries, amendments among them, that a standing strike-out has struck."""
    struck: set[str] = set()
    for line in reversed(lines):
        if isinstance(line.entry, StrikeOut) and line.entry_id not in struck:
            struck.add(line.entry.of)
    return frozenset(struck)


def originals(lines: tuple[Line, ...]) -> dict[str, str]:
    """For every correction, the id of the entry that it, or the correction it corrects, set out from."""
    roots: dict[str, str] = {}
    for line in lines:
        if isinstance(line.entry, Correction):
            roots[line.entry_id] = roots.get(line.entry.of, line.entry.of)
    return roots


def _amended(lines: tuple[Line, ...]) -> list[Line]:
    struck = struck_out(lines)
    roots = originals(lines)
    corrected: dict[str, Entry] = {}
    for line in lines:
        if isinstance(line.entry, Correction) and line.entry_id not in struck:
            corrected[roots[line.entry_id]] = line.entry.to
    facts = []
    for line in lines:
        entry = line.entry
        if isinstance(entry, (*_AMENDING, Opaque)) or line.entry_id in struck:
            continue
        fact = corrected.get(line.entry_id)
        if fact is None:
            fact = entry.entry if isinstance(entry, LateEntry) else entry
        facts.append(line if fact is entry else line._replace(entry=fact))
    return facts


def _without_undone_discharges(facts: tuple[Line, ...]) -> tuple[Line, ...]:
    """
    An undone discharge is gone on every day, as if it had never been written; its line stays among all lines.

    An undoing undoes the discharge that stood when it was written. What was done while the case was closed stands, and
    so does a summary; whether that still speaks of anything is for the rulebook to say.
    """
    undone: set[int] = set()
    written: list[int] = []
    for fact in sorted(facts, key=attrgetter("number")):
        if isinstance(fact.entry, Discharged):
            written.append(fact.number)
        elif isinstance(fact.entry, DischargeUndone) and written:
            undone.add(written.pop())
    return tuple(fact for fact in facts if fact.number not in undone) if undone else facts
