"""
Which required assessments are missing, due, overdue or expired.

>>> from datetime import date
>>> from casecore.assessments import Assessment, RequiredAssessment, assessment_dues
>>> from casecore.standards import Standard
>>> from casecore.terms import Source, Span
>>> yearly = Standard.fixed(
...     "assessments/functional",
...     RequiredAssessment(about="functional", first_within=Span(days=30), repeated_every=Span(years=1),
...                        opens_days_before=60),
...     since=date(2024, 1, 1), source=Source(cite="Model Agency Manual 5.2", invented=True))
>>> done = Assessment(completed_on=date(2026, 2, 10), assessment_id="a-1", about="functional")
>>> for due in assessment_dues([done], [yearly], admitted_on=date(2026, 1, 5), as_of=date(2026, 12, 20)):
...     print(due.state.value, due.by, due.what)
met-late 2026-02-04 the first assessment about functional
due 2027-02-10 a new assessment about functional, the last was completed on 2026-02-10
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casecore.standards import Standard
from casecore.terms import ONE_DAY, Due, Finding, Period, WorkingDays

from .assessment import Assessment
from .duties import Duty, duties_of
from .required import RequiredAssessment


def assessment_dues(
    assessments: Iterable[Assessment],
    standards: Iterable[Standard[RequiredAssessment]],
    *,
    admitted_on: date,
    as_of: date,
    working_days: WorkingDays | None = None,
    until: date | None = None,
) -> tuple[Due, ...]:
    """
    Every required assessment of one episode: done, due, overdue, missed, and the next one coming.

    A further assessment is due a span after the last completed one, never after the day that one was due. Whatever was
    completed since counts for the duty then open, however early. The edition in force on the day a duty arises (on
    admission, or on the day the last one was completed) governs it to its end; what happens where none is in force on
    that day stands in ``docs/reference/choices/assessments.md``.

    Args:
        assessments: Of this client, in any order; what was completed after *as_of* or after *until* is left aside.
        standards: One for each kind that the case's program and level owe.
        admitted_on: The day the spans are counted from, which is day 0: admission, or whatever day the program counts
            from.
        working_days: Asked for where a span is in business days.
        until: The day of discharge. From *as_of* that day on, nothing that could have been done later is owed, and
            what was late by then can no longer be made up for.

    Returns:
        By standard in the order given, then first to last: ``first-assessment`` and ``further-assessment``; and
        ``assessment-expiring``, from the day a further one is overdue while the last one is still good for some days.
        Nothing before admission. A standard without an edition, then or later, asks for nothing.

    Raises:
        NotReadable: A span is in business days, and no working days are given.
    """
    duties = duties_of(
        assessments, standards, admitted_on=admitted_on, as_of=as_of, working_days=working_days, until=until
    )
    return _dues(duties, as_of, until)


def _dues(duties: Iterable[Duty], as_of: date, until: date | None) -> tuple[Due, ...]:
    dues: list[Due] = []
    for duty in duties:
        kind = duty.rule.about
        if duty.last is None:
            code, what = "first-assessment", f"the first assessment about {kind}"
        else:
            code = "further-assessment"
            what = f"a new assessment about {kind}, the last was completed on {duty.last}"
        dues.append(_due(duty, code, what, Period(duty.opens, duty.end), duty.closes, as_of))
        if duty.expires is not None and duty.expires > duty.end and as_of >= duty.end:
            closes = until + ONE_DAY if until is not None and until <= as_of and duty.met_on is None else None
            what = f"a new assessment about {kind} before the last, completed on {duty.last}, expires"
            dues.append(_due(duty, "assessment-expiring", what, Period(duty.end, duty.expires), closes, as_of))
    return tuple(dues)


def review_required_assessments(
    assessments: Iterable[Assessment],
    standards: Iterable[Standard[RequiredAssessment]],
    *,
    admitted_on: date,
    as_of: date,
    working_days: WorkingDays | None = None,
    until: date | None = None,
) -> tuple[Finding, ...]:
    """
    Flag every required assessment that is missing, overdue or expired on *as_of*.

    A departure is flagged until an assessment that counts is completed; what was done late is no finding, but a due
    that was met late. Arguments, governing editions and errors are those of `assessment_dues`.

    Returns:
        By standard in the order given, each dated the first day of the departure: ``assessment-missing`` (the first was
        never done), ``assessment-overdue`` (it was not repeated in time), ``assessment-expired`` (the last one is no
        longer good).
    """
    duties = duties_of(
        assessments, standards, admitted_on=admitted_on, as_of=as_of, working_days=working_days, until=until
    )
    return _findings(duties, as_of)


def judge_required_assessments(
    assessments: Iterable[Assessment],
    standards: Iterable[Standard[RequiredAssessment]],
    *,
    admitted_on: date,
    as_of: date,
    working_days: WorkingDays | None = None,
    until: date | None = None,
) -> tuple[tuple[Due, ...], tuple[Finding, ...]]:
    """Give `assessment_dues` and the findings of `review_required_assessments`, worked out once."""
    duties = tuple(
        duties_of(assessments, standards, admitted_on=admitted_on, as_of=as_of, working_days=working_days, until=until)
    )
    return _dues(duties, as_of, until), _findings(duties, as_of)


def _findings(duties: Iterable[Duty], as_of: date) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    for duty in duties:
        if duty.met_on is not None or as_of < duty.end:
            continue
        kind = duty.rule.about
        if duty.last is None:
            findings.append(_finding(duty, "assessment-missing", duty.end, f"no assessment about {kind} was completed"))
            continue
        if duty.rule.repeated_every is not None:
            what = f"the assessment about {kind} of {duty.last} was not repeated in time"
            findings.append(_finding(duty, "assessment-overdue", duty.end, what))
        if duty.expires is not None and as_of >= duty.expires:
            what = f"the assessment about {kind} of {duty.last} has expired"
            findings.append(_finding(duty, "assessment-expired", duty.expires, what))
    return tuple(findings)


def _due(duty: Duty, code: str, what: str, window: Period, closes: date | None, as_of: date) -> Due:
    return Due.unchecked(
        code=code,
        what=what,
        window=window,
        since=duty.since,
        as_of=as_of,
        closes=closes,
        standard=duty.standard,
        source=duty.edition.source,
        would_satisfy=duty.rule.wanted,
        met_on=duty.met_on,
        about=duty.rule.about,
    )


def _finding(duty: Duty, code: str, on: date, what: str) -> Finding:
    return Finding.unchecked(
        code=code,
        on=on,
        what=what,
        standard=duty.standard,
        source=duty.edition.source,
        would_satisfy=duty.rule.wanted,
        about=duty.rule.about,
    )
