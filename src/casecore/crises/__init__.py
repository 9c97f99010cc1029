"""Crises: hospital and emergency-room stays, and the duties that follow them."""

from .asked import ContactAsked
from .course import INPATIENT, DayCount, Stay, days_counted, may_begin_stay, may_end_stay, stays_of
from .duties import Anchor, StayDuties, StayDuty, WhenOvertaken, stay_dues
from .follow_up import DeathExcludes, FollowUp, Keep, LinkedTo, Sieve
from .followed_up import FollowUpOutcome, FollowUpRate, FollowUpResult, follow_up_rate, follow_ups
from .inpatient import InpatientUse, admissions, before_and_since, covered_days, inpatient_days, inpatient_use
from .returning import Diversion, Readmission, diversions, readmissions
from .stay import Setting, StayBegan, StayEnded

__all__ = [
    "INPATIENT",
    "Anchor",
    "ContactAsked",
    "DayCount",
    "DeathExcludes",
    "Diversion",
    "FollowUp",
    "FollowUpOutcome",
    "FollowUpRate",
    "FollowUpResult",
    "InpatientUse",
    "Keep",
    "LinkedTo",
    "Readmission",
    "Setting",
    "Sieve",
    "Stay",
    "StayBegan",
    "StayDuties",
    "StayDuty",
    "StayEnded",
    "WhenOvertaken",
    "admissions",
    "before_and_since",
    "covered_days",
    "days_counted",
    "diversions",
    "follow_up_rate",
    "follow_ups",
    "inpatient_days",
    "inpatient_use",
    "may_begin_stay",
    "may_end_stay",
    "readmissions",
    "stay_dues",
    "stays_of",
]
