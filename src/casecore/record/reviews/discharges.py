"""Gaps in the discharge plan, and what follows a discharge."""

from __future__ import annotations

from casecore.discharges import (
    Discharged,
    DischargePlanContents,
    DischargePlanned,
    DischargeSummary,
    DischargeUndone,
    PostDischargeContact,
    SummaryWritten,
    discharge_plan_of,
    discharge_summary_dues,
    post_discharge_dues,
    review_discharge_plan,
)
from casecore.standards import Rules
from casecore.terms import Due, Finding

from ..case_record import CaseRecord
from ..checklist import Question, Reviewed


def discharge_plan(asked: Question) -> Reviewed:
    """What the discharge plan lacks, once there is one; where there is none yet, readiness says so."""
    return Reviewed((), plan_gaps(asked.record, asked.rules))


def plan_gaps(record: CaseRecord, rules: Rules) -> list[Finding]:
    """The gaps in the discharge plan that stands, by every standard in force on its day; none without a plan."""
    plan = discharge_plan_of(record.of(DischargePlanned))
    if plan is None:
        return []
    return [
        finding
        for standard in rules.asking(DischargePlanContents)
        if standard.in_force(plan.planned_on)
        for finding in review_discharge_plan(plan, standard)
    ]


def after_discharge(asked: Question) -> Reviewed:
    """The summary and the contacts owed after the discharge."""
    if asked.discharged_on is None:
        return Reviewed()
    entries = [
        entry
        for entry in asked.record.as_written(Discharged, DischargeUndone, SummaryWritten)
        if isinstance(entry, Discharged | DischargeUndone | SummaryWritten)
    ]
    dues: list[Due] = []
    for summary in asked.rules.asking(DischargeSummary):
        dues += discharge_summary_dues(entries, summary, as_of=asked.as_of, working_days=asked.working_days)
    for contact in asked.rules.asking(PostDischargeContact):
        dues += post_discharge_dues(
            entries, asked.record.contacts, contact, as_of=asked.as_of, working_days=asked.working_days
        )
    return Reviewed(dues)
