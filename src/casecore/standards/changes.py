"""What changes when one text of a rulebook takes the place of another."""

from __future__ import annotations

import enum
from datetime import date
from typing import Any, NamedTuple

from .rulebook import Rulebook
from .standard import Edition
from .stretches import stretches


class ChangeKind(enum.Enum):
    """In which respect two texts differ."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    CITED_ANEW = "cited-anew"


class Change(NamedTuple):
    """
    One standard read differently on some days.

    Attributes:
        since: First day on which the two texts differ so.
        until: First day on which they no longer do; nothing means for good.
        before, after: What the old and the new text ask on these days; nothing where a text asks nothing.
    """

    standard: str
    kind: ChangeKind
    since: date
    until: date | None
    before: Edition[Any] | None
    after: Edition[Any] | None


def compare_rulebooks(old: Rulebook, new: Rulebook) -> tuple[Change, ...]:
    """
    The days on which *new* asks for something else than *old*, by standard and day.

    Compared is what is asked on each day, so an edition cut in two that asks the same is no change. A repeal and
    silence ask for the same: nothing. Where only source or note differ, the kind is ``cited-anew``.
    """
    olds = {standard.name: standard for standard in old.standards}
    news = {standard.name: standard for standard in new.standards}
    changes: list[Change] = []
    for name in sorted(olds.keys() | news.keys()):
        for start, end, (before, after) in stretches([olds.get(name), news.get(name)]):
            kind = _kind(before, after)
            if kind is None:
                continue
            change = Change(name, kind, start, end, _asking(before), _asking(after))
            if changes and _runs_on(changes[-1], change):
                changes[-1] = changes[-1]._replace(until=end)
            else:
                changes.append(change)
    return tuple(changes)


def _kind(before: Edition[Any] | None, after: Edition[Any] | None) -> ChangeKind | None:
    asked, asks = getattr(before, "value", None), getattr(after, "value", None)
    if before is None or asked is None:
        return None if asks is None else ChangeKind.ADDED
    if after is None or asks is None:
        return ChangeKind.REMOVED
    if asked != asks:
        return ChangeKind.CHANGED
    return None if (before.source, before.note) == (after.source, after.note) else ChangeKind.CITED_ANEW


def _asking(edition: Edition[Any] | None) -> Edition[Any] | None:
    return None if edition is None or edition.value is None else edition


def _runs_on(last: Change, change: Change) -> bool:
    """Whether *change* only continues *last*: the same two editions on the next days."""
    same = (last.standard, last.kind, last.before, last.after) == (
        change.standard,
        change.kind,
        change.before,
        change.after,
    )
    return same and last.until == change.since
