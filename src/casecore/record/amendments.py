"""
Entries about entries: written late, corrected, entered in error.

None of them removes anything. The original stays readable, with who, when and why beside it; what counts from then on
is the amended fact. The form follows the CMS Program Integrity Manual, ch. 3, 3.3.2.5: an amendment is identified as
such, shows its date and author, and leaves the original content identifiable.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from casecore.standards import Rule
from casecore.terms import Entry, Problem, Ref, Span, Words


@attrs.frozen(kw_only=True)
class LateEntry(Entry, kind="late-entry", dated="entered_on"):
    """
    A fact that should have been written down earlier, marked as late, with the reason.

    Attributes:
        entry: What should have been written; it counts on its own day.
    """

    entered_on: date
    entry: Entry
    reason: Words

    def contradictions(self) -> Iterator[Problem]:
        yield from _only_facts(self.entry, "entry")


@attrs.frozen(kw_only=True)
class Correction(Entry, kind="correction", dated="corrected_on"):
    """
    An entry put right.

    Attributes:
        of: The id of the entry that was wrong; the original's, or that of an earlier correction of it.
        to: What it should have said, whole; of the same kind as the original.
    """

    corrected_on: date
    of: Ref
    to: Entry
    reason: Words

    def contradictions(self) -> Iterator[Problem]:
        yield from _only_facts(self.to, "to")


@attrs.frozen(kw_only=True)
class StrikeOut(Entry, kind="strike-out", dated="struck_on"):
    """
    An entry that should never have been made: the wrong client, something that did not happen.

    Striking out an original takes its corrections with it. Striking out a correction or a strike-out undoes it.
    """

    struck_on: date
    of: Ref
    reason: Words


Amendment = LateEntry | Correction | StrikeOut
"""An entry about an entry."""


def fact_of(entry: Entry) -> Entry:
    """The fact that an entry tells: what a late entry or a correction holds, else the entry itself."""
    if isinstance(entry, Correction):
        return entry.to
    return entry.entry if isinstance(entry, LateEntry) else entry


@attrs.frozen(kw_only=True)
class LateEntryLimits(Rule, asks="late-entry"):
    """
    From when on an entry counts as late, and until when a late one is taken.

    Attributes:
        late_after: An entry written down later than this after its day must be given as a `LateEntry`, with a reason.
        refused_after: A late entry is not taken at all later than this after its day; nothing means always.
    """

    late_after: Span
    refused_after: Span | None = None


def _only_facts(entry: Entry, field: str) -> Iterator[Problem]:
    if isinstance(entry, Amendment):
        yield Problem(field, "must be a fact, not an amendment")
