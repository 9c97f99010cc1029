"""
Strategies for single entries of every kind, amendments among them.

Alone each entry is legal. Whether it fits a record is another question: `record.case_histories` makes whole ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import attrs
from hypothesis import strategies as st

from casecore.assessments import (
    Assessment,
    EvaluationCancelled,
    EvaluationDone,
    EvaluationOrdered,
    EvaluationScheduled,
    ReportReceived,
    ReportReviewed,
)
from casecore.clients import ClientDescribed
from casecore.contacts import Contact, EffortDocumented
from casecore.crises import StayBegan, StayEnded
from casecore.discharges import Discharged, DischargePlanned, DischargeUndone, SummaryWritten
from casecore.goals import GoalSet, GoalStatusChanged, ProgressNoted
from casecore.intake import Admission, EligibilityDecided, FactStated, HistoryStated, ReferralReceived
from casecore.plans import PlanClosed, PlanDrafted, PlanProposed, PlanReviewed, PlanSigned
from casecore.record import Amendment, Correction, LateEntry, LateEntryLimits, StrikeOut
from casecore.staff import WorkerAssigned, WorkerRelieved
from casecore.standards import Exemption, ExemptionEnded, RulebookPinned
from casecore.terms import Entry

from . import assessments, clients, contacts, crises, discharges, goals, intake, plans, staff, standards
from .terms import CASE_YEARS, instants, labels, refs, spans, words

Days = tuple[date, date]
_Make = Callable[..., st.SearchStrategy[Any]]


def entries(*, between: Days = CASE_YEARS, kinds: Sequence[type[Entry]] | None = None) -> st.SearchStrategy[Entry]:
    """One entry of any kind that this library knows, or of the *kinds* named; all equally often."""
    chosen = tuple(_MAKERS) if kinds is None else tuple(kinds)
    return st.sampled_from(chosen).flatmap(lambda kind: _MAKERS[kind](between=between))


def facts_written(*, between: Days = CASE_YEARS) -> st.SearchStrategy[Entry]:
    """One entry of any kind but the amendments."""
    return entries(between=between, kinds=[kind for kind in _MAKERS if kind not in _AMENDMENTS])


def amendments(*, between: Days = CASE_YEARS) -> st.SearchStrategy[Amendment]:
    """Late entries, corrections and strike-outs."""
    return st.one_of(late_entries(between=between), corrections(between=between), strike_outs(between=between))


def late_entries(*, between: Days = CASE_YEARS) -> st.SearchStrategy[LateEntry]:
    """Facts of any kind, written down late."""
    return st.builds(LateEntry, entered_on=st.dates(*between), entry=facts_written(between=between), reason=words())


def corrections(*, between: Days = CASE_YEARS, of: str | None = None) -> st.SearchStrategy[Correction]:
    """Corrections to facts of any kind."""
    return st.builds(
        Correction,
        corrected_on=st.dates(*between),
        of=refs() if of is None else st.just(of),
        to=facts_written(between=between),
        reason=words(),
    )


def strike_outs(*, between: Days = CASE_YEARS, of: str | None = None) -> st.SearchStrategy[StrikeOut]:
    """Entries struck out."""
    return st.builds(StrikeOut, struck_on=st.dates(*between), of=refs() if of is None else st.just(of), reason=words())


def late_entry_limits() -> st.SearchStrategy[LateEntryLimits]:
    """Rules of when an entry is late, in calendar or business days, with or without an end to late entries."""
    lengths = spans(units=("days", "business_days", "months"))
    return st.builds(LateEntryLimits, late_after=lengths, refused_after=st.none() | lengths)


def _evaluation_step(step: type[Entry], **fields: st.SearchStrategy[Any]) -> _Make:
    """A strategy for one step of an evaluation: its day, the evaluation's id, and the fields of this step."""

    def make(*, between: Days) -> st.SearchStrategy[Entry]:
        return st.builds(step, **{step.dated: st.dates(*between)}, evaluation_id=refs(), **fields)

    return make


def _contacts_in_full(*, between: Days) -> st.SearchStrategy[Contact]:
    """Contacts that say more than judgements ask: instants, whom they were with, the note."""
    return st.builds(
        attrs.evolve,
        contacts.contacts(between=between),
        began_at=st.none() | instants(between=between),
        with_whom=st.none() | labels(),
        shared=st.none() | refs(),
        goals=st.lists(refs(), max_size=2).map(tuple),
        note=st.none() | words(),
    )


def _scheduled(*, between: Days) -> st.SearchStrategy[EvaluationScheduled]:
    return st.builds(
        EvaluationScheduled,
        scheduled_on=st.dates(*between),
        evaluation_id=refs(),
        appointment_on=st.dates(*between),
    )


_AMENDMENTS: dict[type[Entry], _Make] = {LateEntry: late_entries, Correction: corrections, StrikeOut: strike_outs}
_MAKERS: dict[type[Entry], _Make] = {
    ClientDescribed: clients.clients_described,
    ReferralReceived: intake.referrals_received,
    FactStated: intake.facts_stated,
    HistoryStated: intake.histories_stated,
    EligibilityDecided: intake.eligibility_decisions,
    Admission: intake.admissions,
    WorkerAssigned: staff.workers_assigned,
    WorkerRelieved: staff.workers_relieved,
    Assessment: assessments.assessments,
    EvaluationOrdered: _evaluation_step(EvaluationOrdered, about=labels()),
    EvaluationScheduled: _scheduled,
    EvaluationDone: _evaluation_step(EvaluationDone),
    ReportReceived: _evaluation_step(ReportReceived),
    ReportReviewed: _evaluation_step(ReportReviewed),
    EvaluationCancelled: _evaluation_step(EvaluationCancelled, reason=words()),
    GoalSet: goals.goals_set,
    GoalStatusChanged: goals.goal_statuses_changed,
    ProgressNoted: goals.progress_noted,
    PlanDrafted: plans.plans_drafted,
    PlanProposed: plans.plans_proposed,
    PlanSigned: plans.plans_signed,
    PlanReviewed: plans.plans_reviewed,
    PlanClosed: plans.plans_closed,
    Contact: _contacts_in_full,
    EffortDocumented: contacts.efforts_documented,
    StayBegan: crises.stays_began,
    StayEnded: crises.stays_ended,
    DischargePlanned: discharges.discharges_planned,
    Discharged: discharges.discharges,
    DischargeUndone: discharges.discharges_undone,
    SummaryWritten: discharges.summaries_written,
    Exemption: standards.exemptions,
    ExemptionEnded: standards.exemptions_ended,
    RulebookPinned: standards.rulebooks_pinned,
    **_AMENDMENTS,
}
