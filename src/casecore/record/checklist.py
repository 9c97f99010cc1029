"""
Everything a case owes and everything that fell short, on one day.

The checklist asks each review in turn, lifts what an exemption lifts, and says on which day it must be asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, tzinfo
from typing import NamedTuple

import attrs

from casecore.discharges import DischargePlanned, discharge_plan_of
from casecore.standards import Exemption, Rules, lift, next_exemption_turn
from casecore.terms import Due, Finding, WorkingDays, add_months

from .case_record import CaseRecord


class Question(NamedTuple):
    """
    What a review is asked.

    Attributes:
        record: The record as of the day asked about.
        rules: The rules this case is held to.
        as_of: The day asked about.
        working_days: The agency's open days.
        zone: Where the agency's days begin and end.
        discharged_on, discharge_target: The day the episode ended, or is planned to end.
    """

    record: CaseRecord
    rules: Rules
    as_of: date
    working_days: WorkingDays
    zone: tzinfo
    discharged_on: date | None
    discharge_target: date | None


class Reviewed(NamedTuple):
    """
    What one review found.

    Attributes:
        dues: All dues, met and missed ones too.
        findings: All departures.
        turning_days: Days on which the answer may change, besides those that every checklist watches: the first of a
            month, the days in the dues, the days on which editions and exemptions begin and end.
    """

    dues: Sequence[Due] = ()
    findings: Sequence[Finding] = ()
    turning_days: Sequence[date] = ()


Review = Callable[[Question], Reviewed]
"""Looks at one side of a case: pure, and quick, since every checklist asks it."""


@attrs.frozen(kw_only=True)
class Checklist:
    """
    All dues and findings of one case on one day.

    Attributes:
        look_again_on: The first day after `as_of` on which anything but a due's state may have changed; nothing where
            that day will never come.
    """

    case: str
    worker: str
    as_of: date
    dues: tuple[Due, ...]
    findings: tuple[Finding, ...]
    look_again_on: date | None

    @property
    def open_dues(self) -> tuple[Due, ...]:
        """What is due or overdue, the longest overdue first."""
        return tuple(sorted((due for due in self.dues if due.state.is_open), key=lambda due: (due.by, due.code)))


def checklist(
    record: CaseRecord,
    rules: Rules,
    *,
    as_of: date,
    reviews: Iterable[Review],
    working_days: WorkingDays | None = None,
    zone: tzinfo = UTC,
) -> Checklist:
    """
    Judge one case on one day.

    Args:
        record: The case's record; what happened after *as_of* is left aside.
        rules: The rules this case is held to, see `casecore.standards.rules_for`.
        reviews: What is looked at; `casecore.record.REVIEWS` are all that this library brings.
        working_days: The agency's open days; without them Monday to Friday, nothing closed.
        zone: Where the agency's days begin and end: on which day a line was written down.

    Raises:
        NotReadable: A review was handed entries it cannot judge.
    """
    seen = record.as_of(as_of)
    discharge = seen.discharge
    plan = discharge_plan_of(seen.of(DischargePlanned))
    question = Question(
        seen,
        rules,
        as_of,
        working_days or WorkingDays(),
        zone,
        discharge.discharged_on if discharge else None,
        plan.target_on if plan else None,
    )
    dues: list[Due] = []
    findings: list[Finding] = []
    turning_days: list[date] = []
    for review in reviews:
        found = review(question)
        dues.extend(found.dues)
        findings.extend(found.findings)
        turning_days.extend(found.turning_days)
    exemptions = seen.exemptions
    turning_days.extend(_turning_days(seen, dues, exemptions, as_of))
    if seen is not record:  # known here and dated later: the desk's clock was set back, or another desk's is ahead
        turning_days.append(record.standing[len(seen.standing)].entry.happened_on)
    if (edition := rules.next_turn(as_of)) is not None:
        turning_days.append(edition)
    return Checklist(
        case=record.case,
        worker=seen.worker or "",
        as_of=as_of,
        dues=lift(dues, exemptions),
        findings=tuple(findings),
        look_again_on=min((day for day in turning_days if day > as_of), default=None),
    )


def _turning_days(
    record: CaseRecord, dues: Sequence[Due], exemptions: Sequence[Exemption], as_of: date
) -> Iterator[date]:
    next_month = add_months(as_of.replace(day=1), 1)
    if record.discharge is None or record.discharge.discharged_on.replace(day=1) >= as_of.replace(day=1):
        yield next_month
    for due in dues:
        if due.met_on is None and (due.closes is None or due.closes > as_of):
            yield due.window.start
            yield due.window.end
            if due.closes is not None:
                yield due.closes
    if (turn := next_exemption_turn(exemptions, as_of)) is not None:
        yield turn
