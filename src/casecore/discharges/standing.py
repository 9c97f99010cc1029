"""Which discharge, plan and summary stand, after all that was written and undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .discharge import Discharged, DischargePlanned, DischargeUndone, SummaryWritten

DischargeEntry = Discharged | DischargeUndone | SummaryWritten
"""What these folds read; a host may hand in any of the three kinds, or all."""


def discharge_of(entries: Iterable[DischargeEntry], *, as_of: date | None = None) -> Discharged | None:
    """
    The discharge that stands, or nothing: never discharged, or undone since.

    Undoing leaves no trace in what follows: what is owed is worked out from the standing discharge alone, so every
    item that it closed is open again, and what followed from it is no longer owed.

    Args:
        entries: One episode's, in the order in which they were written down (a record gives them so); what an undoing
            undoes is told by nothing else. A second discharge written while one stands replaces it.
        as_of: Entries dated after this day are passed over; none are where it is not given.
    """
    standing: Discharged | None = None
    for entry in entries:
        if as_of is not None and entry.happened_on > as_of:
            continue
        if isinstance(entry, Discharged):
            standing = entry
        elif isinstance(entry, DischargeUndone):
            standing = None
    return standing


def summaries_of(
    entries: Iterable[DischargeEntry], *, undone_summary_counts: bool, as_of: date | None = None
) -> tuple[SummaryWritten, ...]:
    """
    The summaries that still speak of the episode's end.

    Args:
        entries: One episode's, in the order in which they were written down.
        undone_summary_counts: Whether a summary stands that was written before a discharge was undone. It stays
            readable in the record either way.
        as_of: Entries dated after this day are passed over; none are where it is not given.
    """
    written: list[SummaryWritten] = []
    for entry in entries:
        if as_of is not None and entry.happened_on > as_of:
            continue
        if isinstance(entry, SummaryWritten):
            written.append(entry)
        elif isinstance(entry, DischargeUndone) and not undone_summary_counts:
            written.clear()
    return tuple(written)


def discharge_plan_of(entries: Iterable[DischargePlanned], *, as_of: date | None = None) -> DischargePlanned | None:
    """The discharge plan as it stands: the one of the latest day; of two on one day, the one given last."""
    latest: DischargePlanned | None = None
    for entry in entries:
        if (as_of is None or entry.planned_on <= as_of) and (latest is None or entry.planned_on >= latest.planned_on):
            latest = entry
    return latest
