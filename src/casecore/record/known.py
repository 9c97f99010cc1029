"""What a record's facts refer to: the days and ids that a new entry must fit."""

from __future__ import annotations

from datetime import date

import attrs

from casecore.assessments import EvaluationOrdered
from casecore.crises import StayBegan
from casecore.discharges import Discharged
from casecore.goals import GoalSet
from casecore.intake import Admission
from casecore.plans import PlanDrafted
from casecore.standards import Exemption

from .case_record import CaseRecord


@attrs.frozen
class Known:
    """
    The ids in a record, each with the day from which it can be referred to.

    Attributes:
        plans: For each plan, the day each version was drafted.
    """

    admitted_on: date | None
    discharged_on: date | None
    goals: dict[str, date]
    plans: dict[str, dict[int, date]]
    stays: dict[str, date]
    assessments: frozenset[str]
    evaluations: dict[str, date]
    exemptions: dict[str, date]


def known_in(record: CaseRecord) -> Known:
    """The days and ids that *record* knows of."""
    plans: dict[str, dict[int, date]] = {}
    for drafted in record.of(PlanDrafted):
        plans.setdefault(drafted.plan_id, {})[drafted.plan_version] = drafted.drafted_on
    return Known(
        admitted_on=_day(record.admission),
        discharged_on=_day(record.discharge),
        goals={goal.goal_id: goal.set_on for goal in reversed(record.of(GoalSet))},
        plans=plans,
        stays={stay.stay_id: stay.admitted_on for stay in record.of(StayBegan)},
        assessments=frozenset(assessment.assessment_id for assessment in record.assessments),
        evaluations={each.evaluation_id: each.ordered_on for each in record.of(EvaluationOrdered)},
        exemptions={exemption.exemption_id: exemption.granted_on for exemption in record.of(Exemption)},
    )


def _day(entry: Admission | Discharged | None) -> date | None:
    return entry.happened_on if entry else None
