"""Whether a fact fits the episode and the ids it refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from casecore.assessments import (
    Assessment,
    EvaluationCancelled,
    EvaluationDone,
    EvaluationOrdered,
    EvaluationScheduled,
    ReportReceived,
    ReportReviewed,
)
from casecore.crises import StayEnded
from casecore.discharges import Discharged, DischargePlanned, DischargeUndone, SummaryWritten
from casecore.goals import GoalSet, GoalStatusChanged, ProgressNoted
from casecore.intake import Admission
from casecore.plans import PlanClosed, PlanDrafted, PlanProposed, PlanReviewed, PlanSigned
from casecore.staff import WorkerAssigned
from casecore.standards import Exemption, ExemptionEnded
from casecore.terms import Entry, Verdict, no

from .case_record import CaseRecord
from .known import Known, known_in

ONLY_WHILE_ADMITTED: frozenset[type[Entry]] = frozenset(
    {
        GoalSet, GoalStatusChanged, ProgressNoted, PlanDrafted, PlanProposed, PlanSigned, PlanReviewed, PlanClosed,
        DischargePlanned, Discharged, DischargeUndone, SummaryWritten,
    }
)  # fmt: skip
"""What needs an admission first. Outreach contacts, screenings and referrals may come before it."""

NOT_AFTER_DISCHARGE: frozenset[type[Entry]] = frozenset(
    {
        GoalSet, GoalStatusChanged, ProgressNoted, PlanDrafted, PlanProposed, PlanSigned, PlanReviewed, PlanClosed,
        DischargePlanned, Assessment, EvaluationOrdered, WorkerAssigned, Admission,
    }
)  # fmt: skip
"""What may not happen once the episode has ended. Follow-up contacts, hospital stays and the summary may."""

_PLAN_STEPS = (PlanProposed, PlanSigned)
_OF_A_PLAN = (PlanReviewed, PlanClosed)
_OF_AN_EVALUATION = (EvaluationScheduled, EvaluationDone, ReportReceived, ReportReviewed, EvaluationCancelled)


def misfits(entry: Entry, known: Known) -> Iterator[Verdict]:
    """Every reason why this fact does not fit: before admission, after discharge, or to something not there."""
    yield from _outside_the_episode(entry, known)
    yield from _unknown_ids(entry, known)


def cannot_follow(entry: Entry, known: Known) -> Iterator[Verdict]:
    """Every reason why this fact cannot come next: a step or an id used a second time, a step without its first."""
    yield from _second_time(entry, known)
    if isinstance(entry, DischargeUndone):
        if known.discharged_on is None:
            yield no("Is there a discharge to undo?", "the case is open")
        elif entry.undone_on < known.discharged_on:
            yield no("Had the discharge taken place by then?", f"discharged on {known.discharged_on}")
    if isinstance(entry, SummaryWritten) and known.discharged_on is None:
        yield no("Has the client been discharged?", "the case is open", would_satisfy=["a discharge before it"])


def _second_time(entry: Entry, known: Known) -> Iterator[Verdict]:
    if isinstance(entry, Admission) and known.admitted_on is not None:
        yield no(
            "Is the client not yet admitted in this case?",
            f"admitted on {known.admitted_on}",
            would_satisfy=["a new case whose admission follows this one"],
        )
    if isinstance(entry, Discharged) and known.discharged_on is not None:
        yield no(
            "Is the case still open?",
            f"discharged on {known.discharged_on}",
            would_satisfy=["a correction of that discharge", "undoing it first"],
        )
    if isinstance(entry, Assessment) and entry.assessment_id in known.assessments:
        yield _taken("assessment", entry.assessment_id)
    if isinstance(entry, EvaluationOrdered) and entry.evaluation_id in known.evaluations:
        yield _taken("evaluation", entry.evaluation_id)
    if isinstance(entry, Exemption) and entry.exemption_id in known.exemptions:
        yield _taken("exemption", entry.exemption_id)


def loose_ends(record: CaseRecord) -> Mapping[str, tuple[Verdict, ...]]:
    """For each standing fact that does not fit the others, by entry id, the reasons. A sound record has none."""
    known = known_in(record)
    found = {line.entry_id: tuple(misfits(line.entry, known)) for line in record.standing}
    for only_one in (Admission, Discharged):
        for line in record.lines_of(only_one)[1:]:
            found[line.entry_id] += (no(f"Is it the only {line.entry.kind} that stands?", "one before it stands too"),)
    return {entry_id: reasons for entry_id, reasons in found.items() if reasons}


def _outside_the_episode(entry: Entry, known: Known) -> Iterator[Verdict]:
    kind, day = type(entry), entry.happened_on
    if kind in ONLY_WHILE_ADMITTED:
        if known.admitted_on is None:
            yield no(
                "Has the client been admitted?", "no admission is written", would_satisfy=["an admission before it"]
            )
        elif day < known.admitted_on:
            yield no(
                "Was the client admitted by then?",
                f"admitted on {known.admitted_on}",
                would_satisfy=[f"a day from {known.admitted_on} on", "a correction of the admission"],
            )
    if known.discharged_on is not None and kind in NOT_AFTER_DISCHARGE and day > known.discharged_on:
        yield no(
            "Is the case still open then?",
            f"discharged on {known.discharged_on}",
            would_satisfy=["undoing the discharge", "a new case whose admission follows this one"],
        )


def _unknown_ids(entry: Entry, known: Known) -> Iterator[Verdict]:
    if isinstance(entry, ProgressNoted | GoalStatusChanged):
        yield from _reference("goal", entry.goal_id, known.goals.get(entry.goal_id), entry.happened_on)
    elif isinstance(entry, PlanDrafted):
        for goal in entry.goals:
            yield from _reference("goal", goal, known.goals.get(goal), entry.happened_on)
    elif isinstance(entry, _PLAN_STEPS):
        drafted = known.plans.get(entry.plan_id, {}).get(entry.plan_version)
        yield from _reference("plan", f"{entry.plan_id} version {entry.plan_version}", drafted, entry.happened_on)
    elif isinstance(entry, _OF_A_PLAN):
        first = min(known.plans.get(entry.plan_id, {}).values(), default=None)
        yield from _reference("plan", entry.plan_id, first, entry.happened_on)
    elif isinstance(entry, StayEnded):
        yield from _reference("stay", entry.stay_id, known.stays.get(entry.stay_id), entry.happened_on)
    elif isinstance(entry, _OF_AN_EVALUATION):
        ordered = known.evaluations.get(entry.evaluation_id)
        yield from _reference("evaluation", entry.evaluation_id, ordered, entry.happened_on)
    elif isinstance(entry, ExemptionEnded):
        granted = known.exemptions.get(entry.exemption_id)
        yield from _reference("exemption", entry.exemption_id, granted, entry.happened_on)


def _reference(what: str, ref: str, since: date | None, day: date) -> Iterator[Verdict]:
    question = f"Is {what} {ref} known by then?"
    if since is None:
        yield no(question, f"this record has no {what} {ref}", would_satisfy=[f"writing the {what} first"])
    elif day < since:
        yield no(question, f"it is there from {since} on", would_satisfy=[f"a day from {since} on"])


def _taken(what: str, ref: str) -> Verdict:
    return no(
        f"Is the id of the {what} new?",
        f"{what} {ref} is already in this record",
        would_satisfy=["another id", f"a correction of the {what} written before"],
    )
