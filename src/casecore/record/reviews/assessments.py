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
    assessment_dues,
    evaluation_dues,
    review_evaluations,
    review_required_assessments,
)

from ..checklist import Question, Reviewed


def required_assessments(asked: Question) -> Reviewed:
    """The assessments that the program requires, from admission to discharge."""
    standards = asked.rules.asking(RequiredAssessment)
    admission = asked.record.admission
    if not standards or admission is None:
        return Reviewed()
    done, admitted_on, until = asked.record.assessments, admission.admitted_on, asked.discharged_on
    return Reviewed(
        assessment_dues(
            done,
            standards,
            admitted_on=admitted_on,
            as_of=asked.as_of,
            working_days=asked.working_days,
            until=until,
        ),
        review_required_assessments(
            done,
            standards,
            admitted_on=admitted_on,
            as_of=asked.as_of,
            working_days=asked.working_days,
            until=until,
        ),
    )


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
