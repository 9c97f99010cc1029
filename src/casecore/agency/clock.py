"""Where time and ids come from, unless a host hands in its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casecore.terms import NotReadable, Problem

Clock = Callable[[], datetime]
"""Gives the present instant, with its time zone."""

NewId = Callable[[], str]
"""Gives an id that was never given before."""


def system_clock() -> datetime:
    """The machine's own clock."""
    return datetime.now(UTC)


def random_id() -> str:
    """A random id that no other desk will give."""
    return uuid4().hex


def zone_called(name: str) -> ZoneInfo:
    """
    The time zone in which the agency's days begin and end.

    Raises:
        NotReadable: This machine knows no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        pass  # told below, so that the error has no other behind it
    raise NotReadable([Problem("zone", "must name a time zone, as in America/New_York")], what="agency")


def told_by(clock: Clock) -> datetime:
    """
    The present instant, as a host's clock gives it.

    Raises:
        NotReadable: It gives something else, or an instant without its time zone: nobody could tell which it is.
    """
    now = clock()
    if not isinstance(now, datetime) or now.utcoffset() is None:
        raise NotReadable([Problem("clock", "must give an instant with its time zone")], what="agency")
    return now


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last instant of *day* in *zone*; of two that the clocks on the wall show alike, the later."""
    return datetime.combine(day, time.max, zone).replace(fold=1)


def stamp(instant: datetime) -> str:
    """An instant as lines keep it: ISO 8601 in UTC, always with microseconds, so that text order is time order."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
