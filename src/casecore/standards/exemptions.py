"""
Lifting a standard for one case: with a reason, by an authority, until a day.

An exemption lifts what is owed; it never moves a day. It lifts a duty when it is in force on the last day on which the
duty could be done on time. A duty that stays open until somebody does it is also lifted while the exemption is in
force, and is overdue again when the exemption ends. What was done anyway is shown as done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from casecore.terms import Due, Entry, Label, Problem, Ref, Words


@attrs.frozen(kw_only=True)
class Exemption(Entry, kind="exemption", dated="granted_on"):
    """
    A standard lifted for this case.

    Attributes:
        standard: The standard's name, as in ``contacts/face-to-face``.
        authority: Who may lift it and did: an office or a worker's id.
        since: First day lifted.
        until: First day on which the standard holds again.
        exemption_id: What `ExemptionEnded` refers to.
    """

    granted_on: date
    exemption_id: Ref
    standard: Label
    reason: Words
    authority: Label
    since: date
    until: date

    def contradictions(self) -> Iterator[Problem]:
        if self.until <= self.since:
            yield Problem("until", "must be after since")

    def covers(self, day: date) -> bool:
        """Whether the standard is lifted on *day*."""
        return self.since <= day < self.until


@attrs.frozen(kw_only=True)
class ExemptionEnded(Entry, kind="exemption-ended", dated="ended_on"):
    """An exemption ended before its day; *ended_on* is the first day on which the standard holds again."""

    ended_on: date
    exemption_id: Ref
    reason: Words


def exemptions_of(entries: Iterable[Entry], *, as_of: date | None = None) -> tuple[Exemption, ...]:
    """
    The exemptions as they stand: ended early is shortened, ended before it began is gone.

    Args:
        entries: One case's, in any order; other kinds are passed over. Of several endings of one exemption the earliest
            holds; of several exemptions with one id, the one granted last.
        as_of: Entries dated after this day are passed over; without it none is.

    Returns:
        By the day granted.
    """
    standing: dict[str, Exemption] = {}
    ended: dict[str, date] = {}
    for entry in sorted(entries, key=lambda entry: entry.happened_on):
        if as_of is not None and entry.happened_on > as_of:
            break
        if isinstance(entry, Exemption):
            standing[entry.exemption_id] = entry
        elif isinstance(entry, ExemptionEnded):
            ended.setdefault(entry.exemption_id, entry.ended_on)
    return tuple(
        exemption if until >= exemption.until else attrs.evolve(exemption, until=until)
        for exemption in standing.values()
        if (until := ended.get(exemption.exemption_id, exemption.until)) > exemption.since
    )


def lift(dues: Iterable[Due], exemptions: Iterable[Exemption]) -> tuple[Due, ...]:
    """
    The same dues, those under an exemption marked as lifted, with its reason, authority and the day it ends.

    A duty that its judgement already lifted keeps the reason it has. The state of an open-ended duty turns on an
    exemption's *since* and *until* too: see `next_exemption_turn`.
    """
    by_standard: dict[str, list[Exemption]] = {}
    for exemption in exemptions:
        by_standard.setdefault(exemption.standard, []).append(exemption)
    if not by_standard:
        return tuple(dues)
    return tuple(_lifted(due, by_standard.get(due.standard)) for due in dues)


def next_exemption_turn(exemptions: Iterable[Exemption], after: date) -> date | None:
    """The first day after *after* on which an exemption begins or ends; nothing where none does."""
    return min((day for each in exemptions for day in (each.since, each.until) if day > after), default=None)


def _lifted(due: Due, exemptions: list[Exemption] | None) -> Due:
    if exemptions is None or due.lifted_because is not None:
        return due
    for exemption in exemptions:
        if exemption.covers(due.by) or (due.closes is None and exemption.covers(due.as_of)):
            because = f"exempted by {exemption.authority} until {exemption.until}: {exemption.reason}"
            return attrs.evolve(due, lifted_because=because)
    return due
