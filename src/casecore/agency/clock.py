"""Where time and ids come from, unless a host hands in its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
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
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise NotReadable([Problem("zone", "must name a time zone, as in America/New_York")], what="agency")


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last instant of *day* in *zone*."""
    return datetime.combine(day + timedelta(days=1), time.min, zone) - timedelta(microseconds=1)


def stamp(instant: datetime) -> str:
    """An instant as lines keep it: ISO 8601 in UTC, always with microseconds, so that text order is time order."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
