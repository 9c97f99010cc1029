"""What a host asks of a whole record: eligible, ready for discharge, contacts explained, the episode summed up."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from casecore.contacts import ContactAccount, ContactMinimum, EffortDocumented, explain_contacts
from casecore.crises import StayBegan, StayEnded, stays_of
from casecore.discharges import (
    DischargePlanned,
    DischargeReadiness,
    DischargeReason,
    EpisodeSummary,
    GoalOutcome,
    discharge_plan_of,
    episode_summary,
    may_discharge,
)
from casecore.goals import GoalSet, GoalStatusChanged, ProgressNoted, goals_of
from casecore.intake import EligibilityCriteria, facts_of, may_be_served
from casecore.standards import Rules
from casecore.terms import NotPossible, StandardNotInForce, Verdict, WorkingDays, all_of, no

from .case_record import CaseRecord
from .checklist import Checklist
from .reviews.contacts import inpatient_periods
from .reviews.discharges import plan_gaps

_GOALS = (GoalSet, GoalStatusChanged, ProgressNoted)


def eligibility_of(record: CaseRecord, rules: Rules, *, on: date) -> Verdict:
    """
    Whether the person is eligible, by every standard of eligibility that the rules hold and by what the record states.

    Raises:
        StandardNotInForce: A standard of eligibility has no edition covering *on*.
    """
    facts = facts_of([line.entry for line in record.as_of(on).standing], as_of=on)
    parts = [may_be_served(facts, standard, on=on) for standard in rules.asking(EligibilityCriteria)]
    return parts[0] if len(parts) == 1 else all_of("Is the person eligible?", parts)


def readiness_of(
    record: CaseRecord,
    rules: Rules,
    judged: Checklist,
    *,
    on: date,
    is_planned: bool,
    reason: DischargeReason | None = None,
    working_days: WorkingDays | None = None,
) -> Verdict:
    """
    Whether the case is ready for discharge, with everything that is missing.

    Args:
        judged: The case's checklist for *on*: what is still open holds a planned discharge up.
        is_planned: An unplanned discharge (a death, a client lost to contact) is not held up by what is not ready.

    Raises:
        StandardNotInForce: A standard of readiness has no edition covering *on*.
    """
    seen = record.as_of(on)
    plan = discharge_plan_of(seen.of(DischargePlanned))
    parts = [
        may_discharge(
            standard,
            on=on,
            is_planned=is_planned,
            reason=reason,
            goals=[(goal.goal_id, goal.status) for goal in goals_of(seen.of(*_GOALS))],
            duties=judged.dues,
            plan=plan,
            plan_gaps=plan_gaps(seen, rules),
            stays=stays_of(seen.of(StayBegan, StayEnded)),
            discharge=seen.discharge,
            working_days=working_days,
        )
        for standard in rules.asking(DischargeReadiness)
    ]
    return parts[0] if len(parts) == 1 else all_of("Is the case ready for discharge?", parts)


def contact_accounts(record: CaseRecord, rules: Rules, *, day: date, as_of: date) -> tuple[ContactAccount, ...]:
    """
    How the contacts of the period around *day* stand under each minimum: which counted, which did not and why.

    Standards that ask for nothing on that day, and days outside the episode, are passed over.
    """
    seen = record.as_of(as_of)
    admission, discharge = seen.admission, seen.discharge
    if admission is None or day < admission.admitted_on or (discharge and day > discharge.discharged_on):
        return ()
    client, plan = seen.client, discharge_plan_of(seen.of(DischargePlanned))
    accounts = []
    for standard in rules.asking(ContactMinimum):
        with suppress(StandardNotInForce):
            accounts.append(
                explain_contacts(
                    seen.contacts,
                    standard,
                    day=day,
                    admitted_on=admission.admitted_on,
                    as_of=as_of,
                    discharged_on=discharge.discharged_on if discharge else None,
                    discharge_planned_on=plan.target_on if plan else None,
                    stays=inpatient_periods(seen, as_of),
                    born_on=client.born_on if client else None,
                    efforts=seen.of(EffortDocumented),
                )
            )
    return tuple(accounts)


def summary_of(record: CaseRecord) -> EpisodeSummary:
    """
    The discharge summary as data, drawn from what was entered; print it with `casecore.discharges.summary_markdown`.

    Raises:
        NotPossible: The client was not admitted, or has not been discharged.
    """
    admission, discharge = record.admission, record.discharge
    if admission is None or discharge is None:
        raise NotPossible(
            no("Has the episode ended?", "no discharge stands in this case", would_satisfy=["a discharge"])
        )
    return episode_summary(
        admission,
        discharge,
        case=record.case,
        plan=discharge_plan_of(record.of(DischargePlanned)),
        goals=[
            GoalOutcome(words=goal.words, goal_id=goal.goal_id, status=goal.status, achievement=goal.achievement)
            for goal in goals_of(record.of(*_GOALS))
        ],
        contacts=record.contacts,
        stays=stays_of(record.of(StayBegan, StayEnded)),
    )
