"""The end of an episode: planned, carried out, undone."""

from __future__ import annotations

import enum
from datetime import date

import attrs

from casecore.terms import Entry, Label, Ref, Value, Words


class DischargeReason(enum.Enum):
    """Why the episode ends; the agency's own words are kept beside it."""

    GOALS_MET = "goals-met"
    MOVED_AWAY = "moved-away"
    TRANSFERRED = "transferred"
    DECLINED_SERVICE = "declined-service"
    LOST_TO_CONTACT = "lost-to-contact"
    INSTITUTIONALIZED = "institutionalized"
    NO_LONGER_ELIGIBLE = "no-longer-eligible"
    DIED = "died"
    OTHER = "other"


class Destination(enum.Enum):
    """Where the client goes."""

    OWN_HOME = "own-home"
    FAMILY = "family"
    SUPPORTED_HOUSING = "supported-housing"
    RESIDENTIAL_PROGRAM = "residential-program"
    HOSPITAL = "hospital"
    DETENTION = "detention"
    HOMELESS = "homeless"
    DECEASED = "deceased"
    OTHER = "other"
    NOT_KNOWN = "not-known"


@attrs.frozen(kw_only=True)
class FollowUpArranged(Value):
    """An appointment or service arranged for after the discharge."""

    service: Label
    provider: Label | None = None
    on: date | None = None


@attrs.frozen(kw_only=True)
class DischargePlanned(Entry, kind="discharge-planned", dated="planned_on"):
    """
    The discharge plan as it stands; a later one replaces it whole. It may be begun at admission.

    Attributes:
        crisis_contact: Whom the client can call afterwards.
        medication: What medication the client leaves with, or that there is none.
        given_to_client_on: The day the client was given a copy.
        notice_given_on: The day the client was told in writing when and why service ends, and how to object.
    """

    planned_on: date
    target_on: date | None = None
    destination: Destination | None = None
    living_arrangement: Words | None = None
    follow_ups: tuple[FollowUpArranged, ...] = ()
    supports: tuple[Label, ...] = ()
    crisis_contact: Label | None = None
    medication: Words | None = None
    given_to_client_on: date | None = None
    notice_given_on: date | None = None


@attrs.frozen(kw_only=True)
class Discharged(Entry, kind="discharged", dated="discharged_on"):
    """The episode ends. What was still open is closed with it, and comes back if the discharge is undone."""

    discharged_on: date
    reason: DischargeReason
    is_planned: bool
    destination: Destination
    in_own_words: Words | None = None


@attrs.frozen(kw_only=True)
class DischargeUndone(Entry, kind="discharge-undone", dated="undone_on"):
    """The discharge did not take place after all; the episode goes on as if it had never been written."""

    undone_on: date
    reason: Words


@attrs.frozen(kw_only=True)
class SummaryWritten(Entry, kind="discharge-summary", dated="written_on"):
    """The discharge summary was finished."""

    written_on: date
    text: Words | None = None
    author: Ref | None = None
