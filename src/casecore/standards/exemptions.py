"""
Lifting a standard for one case: with a reason, by an authority, until a day.

An exemption lifts what is owed; it never moves a day. It lifts a duty when it is in force on the last day on which the
duty could be done on time. A duty that stays open until somebody does it is also lifted while the exemption is in
force, and is overdue again when the exemption ends.
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


def exemptions_of(entries: Iterable[Exemption | ExemptionEnded]) -> tuple[Exemption, ...]:
    """The exemptions as they came to stand: ended early is shortened, ended before it began is gone."""
    standing: dict[str, Exemption] = {}
    for entry in entries:
        if isinstance(entry, Exemption):
            standing[entry.exemption_id] = entry
        elif (ended := standing.get(entry.exemption_id)) and entry.ended_on < ended.until:
            if entry.ended_on > ended.since:
                standing[entry.exemption_id] = attrs.evolve(ended, until=entry.ended_on)
            else:
                del standing[entry.exemption_id]
    return tuple(standing.values())


def lift(dues: Iterable[Due], exemptions: Iterable[Exemption]) -> tuple[Due, ...]:
    """The same dues, those under an exemption marked as lifted, with its reason, authority and last day."""
    granted = tuple(exemptions)
    if not granted:
        return tuple(dues)
    return tuple(_lifted(due, granted) for due in dues)


def _lifted(due: Due, exemptions: tuple[Exemption, ...]) -> Due:
    for exemption in exemptions:
        if exemption.standard == due.standard and (
            exemption.covers(due.by) or (due.closes is None and exemption.covers(due.as_of))
        ):
            because = f"exempted by {exemption.authority} until {exemption.until}: {exemption.reason}"
            return attrs.evolve(due, lifted_because=because)
    return due
