"""Hospital and emergency-room stays."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date

import attrs

from casecore.terms import Entry, Label, Problem, Ref, Words


class Setting(enum.Enum):
    """What kind of stay it is."""

    PSYCHIATRIC_INPATIENT = "psychiatric-inpatient"
    MEDICAL_INPATIENT = "medical-inpatient"
    STATE_HOSPITAL = "state-hospital"
    EMERGENCY_ROOM = "emergency-room"
    CRISIS_RESIDENCE = "crisis-residence"
    DETENTION = "detention"


@attrs.frozen(kw_only=True)
class StayBegan(Entry, kind="stay-began", dated="admitted_on"):
    """
    The client was admitted, or came to an emergency room.

    Attributes:
        alerted_on: The day the agency learned of it, where that is later.
        diverted_from: The more restrictive place this stay was an alternative to, where it was one.
    """

    admitted_on: date
    stay_id: Ref
    setting: Setting
    facility: Label | None = None
    reason: Words | None = None
    alerted_on: date | None = None
    diverted_from: Setting | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.diverted_from is self.setting:
            yield Problem("diverted_from", "must be another setting than the stay's own")


@attrs.frozen(kw_only=True)
class StayEnded(Entry, kind="stay-ended", dated="discharged_on"):
    """The client left the hospital or the emergency room."""

    discharged_on: date
    stay_id: Ref
    destination: Label | None = None
