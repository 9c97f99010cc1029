"""
The line of duties that one required assessment lays on a case: the first, then each further one.

How it is walked, for one standard:

* The first duty arises on admission; each further one on the day the last assessment was completed. **The edition in
  force on the day a duty arises governs it to its end.**
* Where none is in force on that day, the duty arises on the next day on which one is, and is not due sooner than
  ``first_within`` counted from there: a client in care when a standard begins has as long as one admitted on that day.
  The last assessment completed before then counts.
* A duty not done that could still be done on time when its standard, or the episode, ends is no longer owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from casecore.standards import Edition, Standard
from casecore.terms import ONE_DAY, WorkingDays

from .assessment import Assessment
from .required import RequiredAssessment


class Duty(NamedTuple):
    """
    One assessment owed.

    Attributes:
        standard, edition, rule: What asks for it: the standard's name, the edition that governs it, what that asks.
        last: The day the assessment before it was completed; nothing for the first.
        since: The day it arose.
        opens: First day of its window.
        end: First day on which it is late.
        closes: First day on which it can no longer be made up for, where there is such a day.
        met_on: The day it was done, by as_of.
        expires: First day on which the assessment before it is no longer good; only where the duty was not met in time.
    """

    standard: str
    edition: Edition[RequiredAssessment]
    rule: RequiredAssessment
    last: date | None
    since: date
    opens: date
    end: date
    closes: date | None
    met_on: date | None
    expires: date | None


class Case(NamedTuple):
    """What the walk needs to know of a case: *ended* is its last day, once that has come."""

    admitted_on: date
    as_of: date
    ended: date | None
    working_days: WorkingDays | None


def duties_of(
    assessments: Iterable[Assessment],
    standards: Iterable[Standard[RequiredAssessment]],
    *,
    admitted_on: date,
    as_of: date,
    working_days: WorkingDays | None,
    until: date | None,
) -> Iterator[Duty]:
    """Every duty of every standard in turn, first to last."""
    ended = until if until is not None and until <= as_of else None
    case = Case(admitted_on, as_of, ended, working_days)
    last_day = ended or as_of
    by_kind: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        if assessment.completed_on <= last_day:
            by_kind.setdefault(assessment.about, []).append(assessment)
    for completed in by_kind.values():
        completed.sort(key=attrgetter("completed_on"))
    if admitted_on <= last_day:
        for standard in standards:
            yield from _walk(standard, _kinds(standard, by_kind), case)


def _kinds(standard: Standard[RequiredAssessment], by_kind: dict[str, list[Assessment]]) -> Sequence[Assessment]:
    """The assessments of the kind that a standard asks for; of all its kinds, where its editions ask for several."""
    kinds = {edition.value.about for edition in standard.editions if edition.value is not None}
    if len(kinds) == 1:
        return by_kind.get(kinds.pop(), ())
    return sorted((one for kind in kinds for one in by_kind.get(kind, ())), key=attrgetter("completed_on"))


def _walk(standard: Standard[RequiredAssessment], done: Sequence[Assessment], case: Case) -> Iterator[Duty]:
    anchor, last, place = case.admitted_on, None, 0
    while (found := _arising(standard, anchor)) is not None:
        since, edition = found
        rule = edition.rule
        end = _late_from(rule, since, last, case.working_days)
        if end is None or (case.ended is not None and since > case.ended):
            return
        earliest = case.admitted_on - timedelta(days=rule.days_before_admission) if last is None else last + ONE_DAY
        met_at = _next_done(rule, done, place, earliest, since)
        met_on = None if met_at is None else done[met_at].completed_on
        lapsed = (met_on is None or met_on >= end) and standard.in_force(end - ONE_DAY) is None
        if lapsed:
            again = _arising(standard, end)
            if again is not None and (met_on is None or met_on >= again[0]):
                anchor = again[0]
                continue
        elif met_on is not None or case.ended is None or end - ONE_DAY <= case.ended:
            closes = _closes(rule, end, case, is_open=met_on is None)
            expires = _expires(rule, standard, last, end, met_on, case)
            opens = _opens(rule, since, last, end)
            yield Duty(standard.name, edition, rule, last, since, opens, end, closes, met_on, expires)
        if met_at is None or met_on is None:
            return
        last, anchor, place = met_on, max(met_on, case.admitted_on), met_at + 1


def _arising(standard: Standard[RequiredAssessment], day: date) -> tuple[date, Edition[RequiredAssessment]] | None:
    """The edition in force on *day*, or the first to come into force after it, and from when on it governs."""
    edition = standard.in_force(day)
    if edition is not None:
        return day, edition
    for later in standard.editions:
        if later.since > day and later.value is not None:
            return later.since, later
    return None


def _late_from(rule: RequiredAssessment, since: date, last: date | None, working: WorkingDays | None) -> date | None:
    """First day on which the duty is late; nothing where the rule asks for no further assessment."""
    if last is None:
        return rule.first_within.after(since, working) + ONE_DAY
    spans = [span for span in (rule.repeated_every, rule.valid_for) if span is not None]
    if not spans:
        return None
    by = min(span.after(last, working) for span in spans)
    if since > last:
        by = max(by, rule.first_within.after(since, working))
    return by + ONE_DAY


def _next_done(
    rule: RequiredAssessment, done: Sequence[Assessment], place: int, earliest: date, since: date
) -> int | None:
    """Where the next assessment that counts stands: of those from before the duty arose the last, else the next one."""
    found = None
    for at in range(place, len(done)):
        one = done[at]
        if found is not None and one.completed_on >= since:
            break
        if one.completed_on >= earliest and rule.accepts(one):
            found = at
            if one.completed_on >= since:
                break
    return found


def _opens(rule: RequiredAssessment, since: date, last: date | None, end: date) -> date:
    if last is None:
        return since
    opens = max(last + ONE_DAY, since)
    if rule.opens_days_before is not None:
        opens = max(opens, end - ONE_DAY - timedelta(days=rule.opens_days_before))
    return min(opens, end - ONE_DAY)


def _closes(rule: RequiredAssessment, end: date, case: Case, *, is_open: bool) -> date | None:
    closes = None if rule.closes_days_after is None else end + timedelta(days=rule.closes_days_after)
    if is_open and case.ended is not None:
        left = case.ended + ONE_DAY
        closes = left if closes is None else min(closes, left)
    return closes


def _expires(
    rule: RequiredAssessment,
    standard: Standard[RequiredAssessment],
    last: date | None,
    end: date,
    met_on: date | None,
    case: Case,
) -> date | None:
    if last is None or rule.valid_for is None or (met_on is not None and met_on < end):
        return None
    expires = max(end, rule.valid_for.after(last, case.working_days) + ONE_DAY)
    last_good_day = expires - ONE_DAY
    if standard.in_force(last_good_day) is None or (case.ended is not None and last_good_day > case.ended):
        return None
    return expires
