"""A contact: one attempt to reach or meet somebody on the client's behalf, whatever came of it."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import UTC, date, datetime

import attrs

from casecore.terms import Entry, Label, Minutes, Problem, Ref, Words


class Mode(enum.Enum):
    """How the contact was made."""

    FACE_TO_FACE = "face-to-face"
    VIDEO = "video"
    TELEPHONE = "telephone"
    MESSAGE = "message"
    MAIL = "mail"


class Place(enum.Enum):
    """Where it took place."""

    HOME = "home"
    COMMUNITY = "community"
    OFFICE = "office"
    HOSPITAL = "hospital"
    EMERGENCY_ROOM = "emergency-room"
    RESIDENCE = "residence"
    JAIL = "jail"
    OTHER = "other"


class Party(enum.Enum):
    """With whom."""

    CLIENT = "client"
    COLLATERAL = "collateral"
    PROVIDER = "provider"


class Outcome(enum.Enum):
    """What came of it. Only a held contact was a meeting; the rest are attempts."""

    HELD = "held"
    NO_SHOW = "no-show"
    NOT_REACHED = "not-reached"
    MESSAGE_LEFT = "message-left"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@attrs.frozen(kw_only=True)
class Contact(Entry, kind="contact", dated="held_on"):
    """
    One contact or attempt.

    Attributes:
        held_on: The agency's day on which it began.
        minutes: Elapsed minutes; nothing where the length is not known.
        began_at, ended_at: The instants, where they were kept.
        written_on: The day its note was finished; nothing means the day the entry was written down.
        worker: Who made it, where that is somebody other than who wrote it down.
        with_whom: The collateral or provider, by role or the host's id.
        shared: The same id on every case that one contact concerned.
        services: What was given, in the agency's words.
        goals: Ids of the goals it served.
        justification: Why this mode was acceptable, where the standard asks for that.
    """

    held_on: date
    mode: Mode
    outcome: Outcome
    party: Party = Party.CLIENT
    place: Place | None = None
    minutes: Minutes | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    written_on: date | None = None
    worker: Ref | None = None
    with_whom: Label | None = None
    shared: Ref | None = None
    services: tuple[Label, ...] = ()
    goals: tuple[Ref, ...] = ()
    justification: Words | None = None
    note: Words | None = None

    def contradictions(self) -> Iterator[Problem]:
        # in UTC: two instants of one zone compare by the clock on the wall, which is set back once a year
        if self.began_at and self.ended_at and self.ended_at.astimezone(UTC) < self.began_at.astimezone(UTC):
            yield Problem("ended_at", "must not be before began_at")
        if self.written_on is not None and self.written_on < self.held_on:
            yield Problem("written_on", "must not be before held_on")

    @property
    def was_held(self) -> bool:
        """Whether anybody was met; otherwise it was an attempt."""
        return self.outcome is Outcome.HELD


@attrs.frozen(kw_only=True)
class EffortDocumented(Entry, kind="effort-documented", dated="documented_on"):
    """
    Why a standard could not be met although it was tried: what some standards accept in its place.

    Attributes:
        standard: The name of the standard it answers.
        effort: What was tried.
        for_day: A day of the period, or the anchor of the deadline, that it answers.
    """

    documented_on: date
    standard: Label
    for_day: date
    effort: Words
