"""Discharge: readiness, the plan for afterwards, the summary, follow-up and re-admission."""

from .discharge import (
    Destination,
    Discharged,
    DischargePlanned,
    DischargeReason,
    DischargeUndone,
    FollowUpArranged,
    SummaryWritten,
)

__all__ = [
    "Destination",
    "DischargePlanned",
    "DischargeReason",
    "DischargeUndone",
    "Discharged",
    "FollowUpArranged",
    "SummaryWritten",
]
