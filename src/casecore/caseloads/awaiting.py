"""
Everything that waits for one supervisor's approval on a day: plans, and whatever else workers asked leave for.

What a plan waits for is what the plan's own standard asks for (`casecore.plans.PlanSignatures`), and whether somebody
may sign it is the answer of `casecore.plans.may_sign`; neither is judged here again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs

from casecore.plans import PlanSignatures, PlanSigned, PlanState, PlanVersion, ServicePlan, Signer, may_sign
from casecore.staff import (
    Approval,
    ApprovalTerms,
    Covering,
    Supervision,
    acting_for,
    approvers_of,
    away_on,
    may_approve,
    supervisors_on,
)
from casecore.standards import Standard
from casecore.terms import Label, Ref, Source, Value, Verdict


@attrs.frozen(kw_only=True)
class Waiting(Value):
    """
    One thing that waits for an approval.

    Attributes:
        kind: ``service-plan``, or the kind of the approval.
        about: The id of the plan or of the approval.
        case: The case, where it concerns one; else empty.
        asked_by: Who wrote the plan or asked.
        since: The day from which it waits.
        deputy_for: The supervisor who is away, where it waits for a deputy.
        may_approve: Whether the one whom it waits for may approve it on that day, and what would make it possible.
    """

    kind: Label
    about: Ref
    case: Ref | str = ""
    asked_by: Ref
    since: date
    deputy_for: Ref | None = None
    standard: Label
    source: Source
    may_approve: Verdict


_WAITS = (PlanState.PROPOSED, PlanState.SIGNED, PlanState.UNDER_REVIEW)


def approvals_waiting(
    supervisor: str,
    *,
    on: date,
    supervisions: Iterable[Supervision],
    coverings: Iterable[Covering] = (),
    plans: Mapping[str, Iterable[ServicePlan]] | None = None,
    signatures: Standard[PlanSignatures] | None = None,
    approvals: Iterable[Approval] = (),
    terms: Standard[ApprovalTerms] | None = None,
) -> tuple[Waiting, ...]:
    """
    What waits for this supervisor on that day, the longest first.

    A plan waits for a supervisor while a version that was proposed lacks a signature for which the supervisor's would
    do. It waits for whoever acts as the supervisor of its author on that day. Without a standard that asks for it, no
    plan waits. Anything else waits for everybody who may answer it by `ApprovalTerms`, but never for who asked, unless
    they may approve themselves.

    Args:
        plans: By case id, as `casecore.plans.plans_of` gives them as of *on*, by the same *signatures*.
        signatures: Who must sign; read on the day the version was proposed.
        terms: Who approves what else; read on the day each thing was asked. What it is not about then is passed over.

    Raises:
        SupervisionCircle: A chain above somebody who asked comes back to itself.
        NotReadable: Two supervisors from one day for one worker, or two deputies for one on a day.
    """
    chosen, away_days = tuple(supervisions), tuple(coverings)
    chart, away = supervisors_on(chosen, on=on), away_on(away_days, on=on)
    found: list[Waiting] = []
    if signatures is not None:
        for case, some in (plans or {}).items():
            for plan in some:
                found.extend(_plans(case, plan, supervisor, signatures, chart, away, on))
    if terms is not None:
        for approval in approvals:
            edition = terms.in_force(approval.asked_on)
            if edition is None or not edition.rule.is_about(approval.kind) or not approval.waits_on(on):
                continue
            approvers = approvers_of(approval, edition.rule, chart, away, on)
            if supervisor not in approvers or (supervisor == approval.asked_by and not edition.rule.may_self_approve):
                continue
            found.append(
                Waiting(
                    kind=approval.kind,
                    about=approval.approval_id,
                    asked_by=approval.asked_by,
                    since=approval.asked_on,
                    deputy_for=_absent(approvers, supervisor, approval.approver, away),
                    standard=terms.name,
                    source=edition.source,
                    may_approve=may_approve(approval, supervisor, terms, chosen, away_days, on=on),
                )
            )
    return tuple(sorted(found, key=lambda each: (each.since, each.kind, each.case, each.about)))


def _plans(
    case: str,
    plan: ServicePlan,
    supervisor: str,
    signatures: Standard[PlanSignatures],
    chart: Mapping[str, str],
    away: Mapping[str, str | None],
    on: date,
) -> Iterator[Waiting]:
    for version in plan.versions:
        proposed_on = version.proposed_on
        if proposed_on is None or proposed_on > on or version.state not in _WAITS or not _lacks_supervisor(version):
            continue
        edition = signatures.in_force(proposed_on)
        author = version.content.author
        if edition is None or acting_for(author, chart, away, on) != supervisor:
            continue
        above = chart.get(author)
        signature = PlanSigned(
            signed_on=on, plan_id=plan.plan_id, plan_version=version.number, role=Signer.SUPERVISOR, signer=supervisor
        )
        yield Waiting(
            kind="service-plan",
            about=plan.plan_id,
            case=case,
            asked_by=author,
            since=proposed_on,
            deputy_for=None if above == supervisor else above,
            standard=signatures.name,
            source=edition.source,
            may_approve=may_sign(plan, signature, signatures),
        )


def _lacks_supervisor(version: PlanVersion) -> bool:
    return any(Signer.SUPERVISOR in one_of for one_of in version.missing)


def _absent(approvers: tuple[str, ...], worker: str, named: str | None, away: Mapping[str, str | None]) -> str | None:
    """The absent approver for whom a worker answers, where they would not have to answer otherwise."""
    first = named or approvers[0]
    return first if first != worker and first in away else None
