"""An evaluation by somebody else: ordered, scheduled, done, its report received and reviewed. Each step is an entry."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

import attrs

from casecore.terms import Entry, Label, Ref, Value, Words


@attrs.frozen(kw_only=True)
class EvaluationOrdered(Entry, kind="evaluation-ordered", dated="ordered_on"):
    """
    An evaluation is asked for.

    Attributes:
        evaluation_id: What its further steps refer to.
        about: What is to be evaluated, in the program's words: ``psychiatric``, ``medical`` ...
        asked_of: Who is to do it, by role, place or the host's id.
    """

    ordered_on: date
    evaluation_id: Ref
    about: Label
    asked_of: Label | None = None
    reason: Words | None = None


@attrs.frozen(kw_only=True)
class EvaluationScheduled(Entry, kind="evaluation-scheduled", dated="scheduled_on"):
    """An appointment is made, or made anew; the one made last counts."""

    scheduled_on: date
    evaluation_id: Ref
    appointment_on: date


@attrs.frozen(kw_only=True)
class EvaluationDone(Entry, kind="evaluation-done", dated="done_on"):
    """The client was evaluated."""

    done_on: date
    evaluation_id: Ref


@attrs.frozen(kw_only=True)
class ReportReceived(Entry, kind="evaluation-report-received", dated="received_on"):
    """The report came in."""

    received_on: date
    evaluation_id: Ref


@attrs.frozen(kw_only=True)
class ReportReviewed(Entry, kind="evaluation-report-reviewed", dated="reviewed_on"):
    """Somebody here read the report and drew the conclusions for the case."""

    reviewed_on: date
    evaluation_id: Ref
    reviewed_by: Ref | None = None
    conclusion: Words | None = None


@attrs.frozen(kw_only=True)
class EvaluationCancelled(Entry, kind="evaluation-cancelled", dated="cancelled_on"):
    """The evaluation will not be carried further: declined, not needed after all, ordered twice."""

    cancelled_on: date
    evaluation_id: Ref
    reason: Words


EvaluationEntry: TypeAlias = (
    EvaluationOrdered | EvaluationScheduled | EvaluationDone | ReportReceived | ReportReviewed | EvaluationCancelled
)


class EvaluationStage(enum.Enum):
    """How far an evaluation has come."""

    ORDERED = "ordered"
    SCHEDULED = "scheduled"
    DONE = "done"
    REPORT_RECEIVED = "report-received"
    REPORT_REVIEWED = "report-reviewed"
    CANCELLED = "cancelled"


@attrs.frozen(kw_only=True)
class Evaluation(Value):
    """
    One evaluation as it stands.

    Attributes:
        ordered_on, scheduled_on, done_on, received_on, reviewed_on: The first day of each step; nothing where no entry
            says so, also where a later step shows that it must have been.
        appointment_on: The day of the appointment made last.
    """

    evaluation_id: Ref
    about: Label
    ordered_on: date
    scheduled_on: date | None = None
    appointment_on: date | None = None
    done_on: date | None = None
    received_on: date | None = None
    reviewed_on: date | None = None
    cancelled_on: date | None = None

    @property
    def stage(self) -> EvaluationStage:
        """The furthest step taken; cancelled where it was cancelled before its report was reviewed."""
        if self.reviewed_on is not None:
            return EvaluationStage.REPORT_REVIEWED
        if self.cancelled_on is not None:
            return EvaluationStage.CANCELLED
        if self.received_on is not None:
            return EvaluationStage.REPORT_RECEIVED
        if self.done_on is not None:
            return EvaluationStage.DONE
        return EvaluationStage.ORDERED if self.scheduled_on is None else EvaluationStage.SCHEDULED


def evaluations_of(entries: Iterable[EvaluationEntry], *, as_of: date) -> tuple[Evaluation, ...]:
    """
    Every evaluation ordered by *as_of*, as it stands then; by the day ordered, then by id.

    Args:
        entries: In any order. Steps of an evaluation that was never ordered are left aside. Of two appointments made on
            the same day, the one handed in last counts.
    """
    orders: dict[str, EvaluationOrdered] = {}
    steps: dict[str, dict[str, date]] = {}
    for entry in entries:
        happened_on = entry.happened_on
        if happened_on > as_of:
            continue
        taken = steps.setdefault(entry.evaluation_id, {})
        if isinstance(entry, EvaluationScheduled) and happened_on >= taken.get("made_on", happened_on):
            taken["made_on"], taken["appointment_on"] = happened_on, entry.appointment_on
        if isinstance(entry, EvaluationOrdered) and happened_on <= taken.get(entry.dated, happened_on):
            orders[entry.evaluation_id] = entry
        taken[entry.dated] = min(happened_on, taken.get(entry.dated, happened_on))
    found = []
    for order in sorted(orders.values(), key=lambda order: (order.ordered_on, order.evaluation_id)):
        taken = steps[order.evaluation_id]
        taken.pop("made_on", None)
        found.append(Evaluation(evaluation_id=order.evaluation_id, about=order.about, **taken))
    return tuple(found)
