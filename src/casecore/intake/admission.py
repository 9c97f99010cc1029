"""Into the program: referred, decided, admitted."""

from __future__ import annotations

import enum
from datetime import date

import attrs

from casecore.terms import Answer, Entry, Label, Ref, Words


class ReferralSource(enum.Enum):
    """Who asked that this person be served."""

    SELF = "self"
    FAMILY = "family"
    HOSPITAL = "hospital"
    PROVIDER = "provider"
    COURT = "court"
    AGENCY = "agency"
    OUTREACH = "outreach"
    OTHER = "other"


@attrs.frozen(kw_only=True)
class ReferralReceived(Entry, kind="referral-received", dated="received_on"):
    """Somebody asked that this person be served."""

    received_on: date
    source: ReferralSource
    program: Label | None = None
    reason: Words | None = None


@attrs.frozen(kw_only=True)
class EligibilityDecided(Entry, kind="eligibility-decided", dated="decided_on"):
    """
    A person decided on eligibility, on the ground of a verdict or in spite of it.

    Attributes:
        reason: Asked for where the decision departs from the verdict.
    """

    decided_on: date
    program: Label
    answer: Answer
    decided_by: Ref
    reason: Words | None = None


@attrs.frozen(kw_only=True)
class Admission(Entry, kind="admission", dated="admitted_on"):
    """
    The episode begins.

    Attributes:
        client: The host's id of the person.
        program: The program's name as rulebooks know it.
        level: Level of care or need within the program, where the program has levels.
        follows: The case id of this person's earlier episode, on re-admission.
    """

    admitted_on: date
    client: Ref
    program: Label
    level: Label | None = None
    follows: Ref | None = None
