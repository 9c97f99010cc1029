"""Contacts: what counts, how often, written down on time, and how many units they make."""

from .account import ContactAccount, ContactCount, JudgedContact, count_contacts, explain_contacts
from .contact import Contact, EffortDocumented, Mode, Outcome, Party, Place
from .counting import Counting, NotCounted, PairOnADay, UnknownLength
from .frequency import contact_dues, judge_contact_frequency, review_contact_frequency
from .lengths import day_of, length_of, minutes_between
from .minimum import ContactMinimum, Direction, DuringStay, PartPeriods, Per, Rounding, TransitionMonths
from .notes import NoteDeadline, note_dues, review_notes_on_time
from .owed import Relief
from .sharing import share_units
from .tier_reached import TierReached, tier_of_month, tiers_by_month
from .tiers import ContactKind, ContactsNeeded, ContactTiers, InMonths, Tier, Way
from .units import (
    BelowMinimum,
    BillingUnits,
    SumOver,
    UnitLine,
    UnitRounding,
    UnitsBilled,
    bill_contacts,
    billable_months,
    units_of,
)

__all__ = [
    "BelowMinimum",
    "BillingUnits",
    "Contact",
    "ContactAccount",
    "ContactCount",
    "ContactKind",
    "ContactMinimum",
    "ContactTiers",
    "ContactsNeeded",
    "Counting",
    "Direction",
    "DuringStay",
    "EffortDocumented",
    "InMonths",
    "JudgedContact",
    "Mode",
    "NotCounted",
    "NoteDeadline",
    "Outcome",
    "PairOnADay",
    "PartPeriods",
    "Party",
    "Per",
    "Place",
    "Relief",
    "Rounding",
    "SumOver",
    "Tier",
    "TierReached",
    "TransitionMonths",
    "UnitLine",
    "UnitRounding",
    "UnitsBilled",
    "UnknownLength",
    "Way",
    "bill_contacts",
    "billable_months",
    "contact_dues",
    "count_contacts",
    "day_of",
    "explain_contacts",
    "judge_contact_frequency",
    "length_of",
    "minutes_between",
    "note_dues",
    "review_contact_frequency",
    "review_notes_on_time",
    "share_units",
    "tier_of_month",
    "tiers_by_month",
    "units_of",
]
