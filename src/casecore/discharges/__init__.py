"""Discharge: readiness, the plan for afterwards, the summary, follow-up and re-admission."""

from .afterwards import (
    ContactWindow,
    DischargeSummary,
    PostDischargeContact,
    SummaryClock,
    discharge_summary_dues,
    post_discharge_dues,
)
from .discharge import (
    Destination,
    Discharged,
    DischargePlanned,
    DischargeReason,
    DischargeUndone,
    FollowUpArranged,
    SummaryWritten,
)
from .episodes import Episode, ReadmissionTerms, episode_of, episodes_in_order, may_readmit, total_days_served
from .markdown import escaped, summary_markdown
from .plan_gaps import DischargePlanContents, PlanItem, review_discharge_plan
from .readiness import DischargeReadiness, ReadinessItem, may_discharge
from .standing import DischargeEntry, discharge_of, discharge_plan_of, summaries_of
from .summary import ContactTotal, EpisodeSummary, GoalOutcome, episode_summary

__all__ = [
    "ContactTotal",
    "ContactWindow",
    "Destination",
    "DischargeEntry",
    "DischargePlanContents",
    "DischargePlanned",
    "DischargeReadiness",
    "DischargeReason",
    "DischargeSummary",
    "DischargeUndone",
    "Discharged",
    "Episode",
    "EpisodeSummary",
    "FollowUpArranged",
    "GoalOutcome",
    "PlanItem",
    "PostDischargeContact",
    "ReadinessItem",
    "ReadmissionTerms",
    "SummaryClock",
    "SummaryWritten",
    "discharge_of",
    "discharge_plan_of",
    "discharge_summary_dues",
    "episode_of",
    "episode_summary",
    "episodes_in_order",
    "escaped",
    "may_discharge",
    "may_readmit",
    "post_discharge_dues",
    "review_discharge_plan",
    "summaries_of",
    "summary_markdown",
    "total_days_served",
]
