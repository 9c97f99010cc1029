"""What can be written in a record, and what a rulebook can ask: every class of this library, by its word."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from casecore.assessments import (
    Assessment,
    EvaluationCancelled,
    EvaluationDone,
    EvaluationOrdered,
    EvaluationScheduled,
    EvaluationSteps,
    ReliableChangeThreshold,
    ReportReceived,
    ReportReviewed,
    RequiredAssessment,
)
from casecore.clients import ClientDescribed
from casecore.contacts import BillingUnits, Contact, ContactMinimum, ContactTiers, EffortDocumented, NoteDeadline
from casecore.crises import FollowUp, StayBegan, StayDuties, StayEnded
from casecore.discharges import (
    Discharged,
    DischargePlanContents,
    DischargePlanned,
    DischargeReadiness,
    DischargeSummary,
    DischargeUndone,
    PostDischargeContact,
    ReadmissionTerms,
    SummaryWritten,
)
from casecore.goals import GoalOutcomes, GoalSet, GoalStatusChanged, ProgressNoted, StalledGoals
from casecore.intake import (
    Admission,
    EligibilityCriteria,
    EligibilityDecided,
    FactStated,
    HistoryStated,
    ReferralReceived,
)
from casecore.plans import (
    PlanClosed,
    PlanDrafted,
    PlanProposed,
    PlanQuality,
    PlanReviewed,
    PlanSignatures,
    PlanSigned,
    PlanTimes,
)
from casecore.staff import (
    ApprovalTerms,
    CaseloadLimit,
    CaseWeights,
    CredentialStanding,
    DutyCredentials,
    LearningMinimum,
    SupervisionSpan,
    WorkerAssigned,
    WorkerRelieved,
)
from casecore.staff.posts import Qualifications
from casecore.standards import Exemption, ExemptionEnded, Rule, RulebookPinned
from casecore.terms import Entry

from .amendments import Correction, LateEntry, LateEntryLimits, StrikeOut

ENTRY_CLASSES: tuple[type[Entry], ...] = (
    ClientDescribed,
    ReferralReceived,
    FactStated,
    HistoryStated,
    EligibilityDecided,
    Admission,
    WorkerAssigned,
    WorkerRelieved,
    Assessment,
    EvaluationOrdered,
    EvaluationScheduled,
    EvaluationDone,
    ReportReceived,
    ReportReviewed,
    EvaluationCancelled,
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
    EligibilityCriteria,
    CaseloadLimit,
    Qualifications,
    CaseWeights,
    CredentialStanding,
    DutyCredentials,
    LearningMinimum,
    SupervisionSpan,
    ApprovalTerms,
    RequiredAssessment,
    EvaluationSteps,
    ReliableChangeThreshold,
    StalledGoals,
    GoalOutcomes,
    PlanSignatures,
    PlanTimes,
    PlanQuality,
    ContactMinimum,
    ContactTiers,
    NoteDeadline,
    BillingUnits,
    StayDuties,
    FollowUp,
    DischargeReadiness,
    DischargePlanContents,
    DischargeSummary,
    PostDischargeContact,
    ReadmissionTerms,
    LateEntryLimits,
)

RULES: Mapping[str, type[Rule]] = MappingProxyType({rule.asks: rule for rule in _RULE_CLASSES})
"""Every class of rule by the word that rulebooks use for it."""
