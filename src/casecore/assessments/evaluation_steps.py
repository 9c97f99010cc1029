"""
Which evaluations are stuck, and at which step.

>>> from datetime import date
>>> from casecore.assessments import EvaluationOrdered, EvaluationSteps, review_evaluations
>>> from casecore.standards import Standard
>>> from casecore.terms import Source, Span
>>> steps = Standard.fixed(
...     "assessments/evaluation-steps", EvaluationSteps(scheduled_within=Span(days=10), report_within=Span(days=14)),
...     since=date(2024, 1, 1), source=Source(cite="Model Agency Manual 5.4", invented=True))
>>> ordered = EvaluationOrdered(ordered_on=date(2026, 3, 2), evaluation_id="ev-1", about="psychiatric")
>>> for finding in review_evaluations([ordered], [steps], as_of=date(2026, 3, 31)):
...     print(finding.on, finding.code, finding.about)
2026-03-13 evaluation-not-scheduled ev-1
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import attrs

from casecore.standards import Edition, Rule, Standard
from casecore.terms import ONE_DAY, Due, Finding, Label, Period, Span, WorkingDays

from .evaluation import Evaluation, EvaluationEntry, evaluations_of


@attrs.frozen(kw_only=True)
class EvaluationSteps(Rule, asks="evaluation-steps"):
    """
    How long each step of an evaluation may take; a step without a span has no limit.

    Attributes:
        about: The kinds of evaluation it speaks of; none named means all.
        scheduled_within: An appointment is to be made within this span of the order.
        done_within: The client is to be evaluated within this span of the appointment made last.
        report_within: The report is to be in within this span of the evaluation.
        reviewed_within: It is to be reviewed within this span of coming in.
    """

    about: tuple[Label, ...] = ()
    scheduled_within: Span | None = None
    done_within: Span | None = None
    report_within: Span | None = None
    reviewed_within: Span | None = None


class Step(NamedTuple):
    """One step owed, with the edition that asks for it."""

    code: str
    finding: str
    what: str
    would_satisfy: str
    standard: str
    edition: Edition[EvaluationSteps]
    evaluation: Evaluation
    window: Period
    met_on: date | None


def evaluation_dues(
    entries: Iterable[EvaluationEntry],
    standards: Iterable[Standard[EvaluationSteps]],
    *,
    as_of: date,
    working_days: WorkingDays | None = None,
    until: date | None = None,
) -> tuple[Due, ...]:
    """
    Every step of every evaluation that a standard sets a span for: done, due, overdue, and the one coming.

    A step arises when the one before it was taken (the evaluation itself, on the day of the appointment) and is
    governed by the edition in force on that day; where none is in force then, it has no limit. A later step shows that
    the ones before it were taken. A cancelled evaluation owes nothing more.

    Args:
        entries: The evaluations' entries, in any order; those after *as_of* are left aside.
        until: The day of discharge, read as in `assessment_dues`.

    Returns:
        By standard in the order given, evaluation and step: ``evaluation-to-schedule``, ``evaluation-to-do``,
        ``report-to-receive``, ``report-to-review``, each about the evaluation's id.

    Raises:
        NotReadable: A span is in business days, and no working days are given.
    """
    ended = until if until is not None and until <= as_of else None
    return tuple(
        Due.unchecked(
            code=step.code,
            what=step.what,
            window=step.window,
            since=step.window.start,
            as_of=as_of,
            closes=ended + ONE_DAY if ended is not None and step.met_on is None else None,
            standard=step.standard,
            source=step.edition.source,
            would_satisfy=step.would_satisfy,
            met_on=step.met_on,
            about=step.evaluation.evaluation_id,
        )
        for step in _steps(entries, standards, as_of, working_days, ended)
    )


def review_evaluations(
    entries: Iterable[EvaluationEntry],
    standards: Iterable[Standard[EvaluationSteps]],
    *,
    as_of: date,
    working_days: WorkingDays | None = None,
    until: date | None = None,
) -> tuple[Finding, ...]:
    """
    Flag every evaluation that is stuck: a step not taken within its span. Arguments and errors as in `evaluation_dues`.

    Returns:
        ``evaluation-not-scheduled``, ``evaluation-not-done``, ``report-not-received``, ``report-not-reviewed``, each
        about the evaluation's id and dated the first day on which the step was late.
    """
    ended = until if until is not None and until <= as_of else None
    return tuple(
        Finding.unchecked(
            code=step.finding,
            on=step.window.end,
            what=f"{step.what}: not by {step.window.last}",
            standard=step.standard,
            source=step.edition.source,
            would_satisfy=step.would_satisfy,
            about=step.evaluation.evaluation_id,
        )
        for step in _steps(entries, standards, as_of, working_days, ended)
        if step.met_on is None and as_of >= step.window.end
    )


def _steps(
    entries: Iterable[EvaluationEntry],
    standards: Iterable[Standard[EvaluationSteps]],
    as_of: date,
    working_days: WorkingDays | None,
    ended: date | None,
) -> Iterator[Step]:
    evaluations = evaluations_of(entries, as_of=as_of if ended is None else ended)
    for standard in standards:
        for evaluation in evaluations:
            for place, (anchor, codes, would_satisfy) in enumerate(_anchors(evaluation)):
                edition = None if anchor is None else standard.in_force(anchor)
                if anchor is None or edition is None:
                    continue
                rule = edition.rule
                span = (rule.scheduled_within, rule.done_within, rule.report_within, rule.reviewed_within)[place]
                if span is None or (rule.about and evaluation.about not in rule.about):
                    continue
                window = Period(anchor, span.after(anchor, working_days) + ONE_DAY)
                met_on = _met_on(evaluation, place)
                if met_on is None and (evaluation.cancelled_on or (ended is not None and window.last > ended)):
                    continue
                what = f"{codes[2]} (evaluation about {evaluation.about} of {evaluation.ordered_on})"
                yield Step(*codes[:2], what, would_satisfy, standard.name, edition, evaluation, window, met_on)


def _anchors(evaluation: Evaluation) -> tuple[tuple[date | None, tuple[str, str, str], str], ...]:
    """For each step the day it arises on, its codes for due and finding, what it is, and the entry that meets it."""
    return (
        (
            evaluation.ordered_on,
            ("evaluation-to-schedule", "evaluation-not-scheduled", "an appointment"),
            "an evaluation scheduled",
        ),
        (
            evaluation.appointment_on,
            ("evaluation-to-do", "evaluation-not-done", "the evaluation itself"),
            "an evaluation done, or scheduled anew",
        ),
        (
            evaluation.done_on,
            ("report-to-receive", "report-not-received", "its report"),
            "a report received",
        ),
        (
            evaluation.received_on,
            ("report-to-review", "report-not-reviewed", "the review of its report"),
            "a report reviewed",
        ),
    )


def _met_on(evaluation: Evaluation, place: int) -> date | None:
    """The first day on which this step or a later one was taken."""
    taken = (evaluation.scheduled_on, evaluation.done_on, evaluation.received_on, evaluation.reviewed_on)[place:]
    return min((day for day in taken if day is not None), default=None)
