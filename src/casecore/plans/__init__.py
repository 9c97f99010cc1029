"""The service plan: its life, its quality, what changed between two versions, and by when it is owed."""

from .changes import ChangeKind, FieldChange, PlanChange, PlanPart, apply_changes, diff
from .owed import plan_dues
from .plan import (
    NaturalSupport,
    Per,
    PlanClosed,
    PlanDrafted,
    PlannedNeed,
    PlannedService,
    PlanProposed,
    PlanReviewed,
    PlanSigned,
    Signer,
)
from .quality import PlanCheck, PlanQuality, review_plan, review_plan_quality
from .signatures import InForceFrom, PlanSignatures
from .standing import PlanState, PlanVersion, ServicePlan, plans_of
from .steps import may_close, may_draft, may_propose, may_review, may_revise, may_sign, revise
from .times import ClockRestarts, FirstPlan, PlanTimes, RequestCountsFrom, RequestLasts

__all__ = [
    "ChangeKind",
    "ClockRestarts",
    "FieldChange",
    "FirstPlan",
    "InForceFrom",
    "NaturalSupport",
    "Per",
    "PlanChange",
    "PlanCheck",
    "PlanClosed",
    "PlanDrafted",
    "PlanPart",
    "PlanProposed",
    "PlanQuality",
    "PlanReviewed",
    "PlanSignatures",
    "PlanSigned",
    "PlanState",
    "PlanTimes",
    "PlanVersion",
    "PlannedNeed",
    "PlannedService",
    "RequestCountsFrom",
    "RequestLasts",
    "ServicePlan",
    "Signer",
    "apply_changes",
    "diff",
    "may_close",
    "may_draft",
    "may_propose",
    "may_review",
    "may_revise",
    "may_sign",
    "plan_dues",
    "plans_of",
    "review_plan",
    "review_plan_quality",
    "revise",
]
