"""On which days several tellings of one standard stay the same: the common ground of merging, comparing and linting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from .standard import Edition, Standard


class Stretch(NamedTuple):
    """
    Days on which nothing changes.

    Attributes:
        start: First day inside.
        end: First day after it; nothing means for good.
        said: What each telling says on these days, repeals included; nothing where it is silent.
    """

    start: date
    end: date | None
    said: tuple[Edition[Any] | None, ...]


def stretches(tellings: Sequence[Standard[Any] | None]) -> Iterator[Stretch]:
    """
    All days from the first on which any telling says something, cut wherever one of them begins or ends an edition.

    A telling that is nothing is silent on every day, so that a caller can compare a standard with its absence.
    """
    days = sorted(
        {
            day
            for standard in tellings
            if standard is not None
            for edition in standard.editions
            for day in (edition.since, edition.until)
            if day is not None
        }
    )
    for start, end in zip(days, [*days[1:], None], strict=True):
        said = tuple(None if standard is None else standard.said_on(start) for standard in tellings)
        yield Stretch(start, end, said)
