"""Which assessments are owed, and which evaluations are stuck."""

from __future__ import annotations

from casecore.assessments import (
    EvaluationCancelled,
    EvaluationDone,
    EvaluationOrdered,
    EvaluationScheduled,
    EvaluationSteps,
    ReportReceived,
    ReportReviewed,
    RequiredAssessment,
    evaluation_dues,
    judge_required_assessments,
    review_evaluations,
)

from ..checklist import Question, Reviewed


def required_assessments(asked: Question) -> Reviewed:
    """The assessments that the program requires, from admission to discharge."""
    standards = asked.rules.asking(RequiredAssessment)
    admission = asked.record.admission
    if not standards or admission is None:
        return Reviewed()
    dues, findings = judge_required_assessments(
        asked.record.assessments,
        standards,
        admitted_on=admission.admitted_on,
        as_of=asked.as_of,
        working_days=asked.working_days,
        until=asked.discharged_on,
    )
    return Reviewed(dues, findings)


_EVALUATIONS = (
    EvaluationOrdered,
    EvaluationScheduled,
    EvaluationDone,
    ReportReceived,
    ReportReviewed,
    EvaluationCancelled,
)


def evaluation_steps(asked: Question) -> Reviewed:
    """The evaluations ordered, each at the step it is waiting for."""
    standards = asked.rules.asking(EvaluationSteps)
    if not standards or not asked.record.of(EvaluationOrdered):
        return Reviewed()
    entries = [line.entry for line in asked.record.standing if isinstance(line.entry, _EVALUATIONS)]
    until = asked.discharged_on
    return Reviewed(
        evaluation_dues(entries, standards, as_of=asked.as_of, working_days=asked.working_days, until=until),
        review_evaluations(entries, standards, as_of=asked.as_of, working_days=asked.working_days, until=until),
    )
