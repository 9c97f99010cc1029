"""Which assessments are owed."""

from __future__ import annotations

from casecore.assessments import RequiredAssessment, assessment_dues, review_required_assessments

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
