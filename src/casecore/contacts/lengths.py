"""
How long a contact lasted, and whose day it belongs to.

>>> from datetime import datetime
>>> from zoneinfo import ZoneInfo
>>> new_york = ZoneInfo("America/New_York")
>>> began, ended = datetime(2026, 3, 7, 23, 50, tzinfo=new_york), datetime(2026, 3, 8, 3, 20, tzinfo=new_york)
>>> day_of(began, new_york).isoformat(), minutes_between(began, ended)  # the clock went forward at two
('2026-03-07', 150)
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from casecore.terms import NotReadable, Problem

from .contact import Contact

_ONE_MINUTE = timedelta(minutes=1)


def day_of(instant: datetime, zone: tzinfo) -> date:
    """
    The agency's day that *instant* lies in. A contact across midnight belongs to the day on which it began.

    Args:
        instant: Aware, in any zone.
        zone: Where the agency keeps its days.

    Raises:
        NotReadable: *instant* has no time zone.
    """
    return _aware(instant, "instant").astimezone(zone).date()


def minutes_between(began_at: datetime, ended_at: datetime) -> int:
    """
    Whole minutes that truly went by, whatever the clock on the wall did. A part of a minute is not counted.

    Raises:
        NotReadable: One of the two has no time zone, or the end lies before the beginning.
    """
    elapsed = _aware(ended_at, "ended_at").astimezone(UTC) - _aware(began_at, "began_at").astimezone(UTC)
    if elapsed < timedelta(0):
        raise NotReadable([Problem("ended_at", "must not be before began_at")], what="contact")
    return elapsed // _ONE_MINUTE


def length_of(contact: Contact) -> int | None:
    """Minutes of a contact: as written down, else between its two instants, else not known."""
    if contact.minutes is not None:
        return contact.minutes
    if contact.began_at is None or contact.ended_at is None:
        return None
    return minutes_between(contact.began_at, contact.ended_at)


def _aware(instant: datetime, path: str) -> datetime:
    if instant.utcoffset() is None:
        raise NotReadable([Problem(path, "must be an instant with its time zone")], what="contact")
    return instant
