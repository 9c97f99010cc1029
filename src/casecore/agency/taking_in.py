"""Taking in what other systems tell: each telling once, a later one as a correction, the rest told to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from casecore.hooks import Arrival, Untaken
from casecore.record import CaseRecord, Correction, LateEntry, Line, fact_of
from casecore.terms import Entry, NotPossible, NotReadable, Verdict, no

from .incoming import checked_entry
from .writing import Writing


class TakenIn(NamedTuple):
    """
    What became of all that other systems told.

    Attributes:
        written: Facts that are new.
        corrected: Facts that were told differently than before.
        already_there: Tellings that were taken before, that say nothing new, or that a later one has overtaken.
        untaken: What could not be taken, where it stands, and why.
    """

    written: int
    corrected: int
    already_there: int
    untaken: tuple[Untaken, ...]


def take_in(arrivals: Sequence[Arrival | Untaken], writing: Writing, *, by: str, now: datetime) -> TakenIn:
    """See `Agency.take_in`. Taken in the order of their days, so that a stay begins before it ends."""
    untaken = [each for each in arrivals if isinstance(each, Untaken)]
    told = [each for each in arrivals if isinstance(each, Arrival)]
    counts = {"written": 0, "corrected": 0, "already there": 0}
    for arrival in sorted(told, key=lambda each: (each.entry.happened_on, each.revision)):
        try:
            counts[_taken(arrival, writing, by, now)] += 1
        except NotPossible as refused:
            untaken.append(Untaken(arrival.where, _in_words(refused.verdict)))
        except NotReadable as refused:
            untaken.append(Untaken(arrival.where, "; ".join(map(str, refused.problems))))
    return TakenIn(counts["written"], counts["corrected"], counts["already there"], tuple(untaken))


def _taken(arrival: Arrival, writing: Writing, by: str, now: datetime) -> str:
    checked_entry(arrival.entry)
    kept = writing.store.find(arrival.entry_id)
    if kept is not None and kept.case == arrival.case:  # the usual thing: a file is read again and again
        return "already there"
    record = writing.record(arrival.case)
    ours = [line for line in record.lines if line.entry_id.rpartition("@")[0] == arrival.source]
    if not ours:
        _write(arrival, arrival.entry, writing, by, now)
        return "written"
    latest = max(ours, key=lambda line: line.entry_id)
    if arrival.entry_id <= latest.entry_id:
        return "already there"
    standing = _standing(record, ours[0], latest)
    if standing == arrival.entry:
        return "already there"
    today = now.astimezone(writing.judge.zone).date()
    correction = Correction(corrected_on=today, of=ours[0].entry_id, to=arrival.entry, reason=_CORRECTED)
    _write(arrival, correction, writing, by, now)
    return "corrected"


_CORRECTED = "told differently by the system that it came from"
_LATE = "told late by the system that it comes from"
_BY_HAND = no(
    "Does the record say what was told before?",
    "somebody here has corrected it or struck it out",
    would_satisfy=["a correction by hand, where the later telling is right"],
)


def _standing(record: CaseRecord, first: Line, latest: Line) -> Entry:
    """What the record says of a fact, so long as nobody here has said something else of it."""
    for line in record.standing:
        if line.entry_id == first.entry_id and line.entry == fact_of(latest.entry):
            return line.entry
    raise NotPossible(_BY_HAND)


def _write(arrival: Arrival, entry: Entry, writing: Writing, by: str, now: datetime) -> None:
    """Write it; as a late entry where it is too late for a plain one, and only that."""
    ids = {arrival.case: arrival.entry_id}
    try:
        writing.write({arrival.case: entry}, by=by, ids=ids, now=now)
    except NotPossible as refused:
        if isinstance(entry, Correction):
            raise
        today = now.astimezone(writing.judge.zone).date()
        late = LateEntry(entered_on=today, entry=entry, reason=_LATE)
        if not writing.judge.may_write(writing.record(arrival.case), late, today).is_yes:
            raise refused from None
        writing.write({arrival.case: late}, by=by, ids=ids, now=now)


def _in_words(verdict: Verdict) -> str:
    """The reasons at the tips of the tree that are not a yes."""
    if not verdict.parts:
        return f"{verdict.question} {verdict.because}".strip()
    return "; ".join(_in_words(part) for part in verdict.parts if not part.is_yes)
