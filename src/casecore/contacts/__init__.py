"""Contacts: what counts, how often, written down on time, and how many units they make."""

from .account import ContactAccount, ContactCount, JudgedContact, count_contacts, explain_contacts
from .contact import Contact, EffortDocumented, Mode, Outcome, Party, Place
from .counting import Counting, NotCounted, PairOnADay, UnknownLength
from .frequency import contact_dues, judge_contact_frequency, review_contact_frequency
from .lengths import day_of, length_of, minutes_between
from .minimum import ContactMinimum, Direction, DuringStay, PartPeriods, Per, Rounding, TransitionMonths
from .owed import Relief
