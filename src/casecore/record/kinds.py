"""What can be written in a record, and what a rulebook can ask: every class of this library, by its word."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from casecore.assessments import Assessment
from casecore.clients import ClientDescribed
from casecore.contacts import Contact, EffortDocumented
from casecore.crises import StayBegan, StayEnded
from casecore.discharges import Discharged, DischargePlanned, DischargeUndone, SummaryWritten
from casecore.goals import GoalSet, GoalStatusChanged, ProgressNoted
from casecore.intake import Admission, EligibilityDecided, ReferralReceived
from casecore.plans import PlanClosed, PlanDrafted, PlanProposed, PlanReviewed, PlanSigned
from casecore.staff import CaseloadLimit, WorkerAssigned, WorkerRelieved
from casecore.standards import Exemption, ExemptionEnded, Rule, RulebookPinned
from casecore.terms import Entry

from .amendments import Correction, LateEntry, LateEntryLimits, StrikeOut

ENTRY_CLASSES: tuple[type[Entry], ...] = (
    ClientDescribed,
    ReferralReceived,
    EligibilityDecided,
    Admission,
    WorkerAssigned,
    WorkerRelieved,
    Assessment,
    GoalSet,
    GoalStatusChanged,
    ProgressNoted,
    PlanDrafted,
    PlanProposed,
    PlanSigned,
    PlanReviewed,
    PlanClosed,
    Contact,
    EffortDocumented,
    StayBegan,
    StayEnded,
    DischargePlanned,
    Discharged,
    DischargeUndone,
    SummaryWritten,
    Exemption,
    ExemptionEnded,
    RulebookPinned,
    LateEntry,
    Correction,
    StrikeOut,
)
"""Every class of entry, in the order of the stages."""

_RULE_CLASSES: tuple[type[Rule], ...] = (
    CaseloadLimit,
    LateEntryLimits,
)

RULES: Mapping[str, type[Rule]] = MappingProxyType({rule.asks: rule for rule in _RULE_CLASSES})
"""Every class of rule by the word that rulebooks use for it."""
