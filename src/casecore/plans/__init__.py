"""The service plan: its life, its quality, and what changed between two versions."""

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

__all__ = [
    "NaturalSupport",
    "Per",
    "PlanClosed",
    "PlanDrafted",
    "PlanProposed",
    "PlanReviewed",
    "PlanSigned",
    "PlannedNeed",
    "PlannedService",
    "Signer",
]
