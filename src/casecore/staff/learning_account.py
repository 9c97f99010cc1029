"""
One stretch of continuing education explained: which hours counted, which did not and why not, and what is still owed.

>>> from datetime import date
>>> from casecore.staff import Learning, LearningPer, StaffFile
>>> from casecore.standards import Standard
>>> from casecore.terms import Source
>>> rule = LearningMinimum(hours=20, per=LearningPer.CALENDAR_YEARS, years=1, first_year=2025, asks_newcomers=True,
...                        counts_unverified=False)
>>> standard = Standard.fixed("staff/learning", rule, since=date(2025, 1, 1),
...                           source=Source(cite="Model Agency Manual 3.6", invented=True))
>>> file = StaffFile(worker="w-7", learning=(Learning(completed_on=date(2026, 2, 3), hours=12, subject="ethics"),
...                                          Learning(completed_on=date(2026, 5, 9), hours=9, is_verified=False)))
>>> account = explain_learning(file, standard, day=date(2026, 6, 30), as_of=date(2026, 6, 30))
>>> account.counted, account.at_best, account.verdict.answer.value, account.verdict.missing
(12.0, 21.0, 'not-known', ('verification of 9 hours completed on 2026-05-09',))
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

import attrs

from casecore.standards import Edition, Standard
from casecore.terms import (
    Label,
    Period,
    Source,
    StandardNotInForce,
    Value,
    Verdict,
    Words,
    exact,
    in_figures,
    no,
    not_known,
    yes,
)

from .credentials import Learning
from .figures import in_hours
from .learning_minimum import Hours, LearningMinimum, LearningPart
from .learning_stretches import Stretch, stretch_of
from .learning_tally import NONE, LearningNotCounted, Tally, lacking, why_never
from .staff_file import StaffFile


@attrs.frozen(kw_only=True)
class JudgedLearning(Value):
    """
    One course, and how many of its hours counted.

    Attributes:
        counted: The hours that surely count; part of them where a most was reached.
        why_not: Why not all; nothing where all did.
        because: One sentence.
    """

    learning: Learning
    counted: Hours
    why_not: LearningNotCounted | None
    because: Words


@attrs.frozen(kw_only=True)
class PartCount(Value):
    """The hours of one part: those that surely count, and those that count at best."""

    part: LearningPart
    counted: Hours
    at_best: Hours


@attrs.frozen(kw_only=True)
class LearningAccount(Value):
    """
    What one stretch of days asks, what was learned in it, and what is still owed.

    Attributes:
        period: The stretch.
        lines: Every course of the stretch, by day, with its reason.
        carried: Hours carried over from the stretch before: surely, and *carried_at_best*.
        counted, at_best: Hours that count, those carried among them.
        parts: The hours of each part of the rule, carried ones not among them.
        still_owed: Hours of any kind still to be shown; a part may ask for more.
        verdict: Whether the minimum is met by `as_of`.
    """

    standard: Label
    source: Source
    as_of: date
    period: Period
    lines: tuple[JudgedLearning, ...]
    carried: Hours
    carried_at_best: Hours
    counted: float
    at_best: float
    parts: tuple[PartCount, ...]
    asked: Hours
    still_owed: Hours
    verdict: Verdict


def explain_learning(
    file: StaffFile, standard: Standard[LearningMinimum], *, day: date, as_of: date
) -> LearningAccount:
    """
    Account for the stretch of days that *day* lies in: what was asked, what counted, what did not and why not.

    Args:
        day: Any day of the stretch; where it rolls, its last one.
        standard: Read on the first day of the stretch; where it rolls, on *day*.
        as_of: What was completed later is passed over.

    Raises:
        StandardNotInForce: The standard asks this worker for nothing in a stretch that holds that day.
    """
    stretch = stretch_of(file, standard, day)
    if stretch is None:
        raise StandardNotInForce(f"{standard.name} asks for no continuing education in a stretch that holds {day}")
    edition, rule = stretch.edition, stretch.edition.rule
    ordered = in_order(file.learning or (), as_of)
    carried, carried_at_best = carried_over(ordered, stretch)
    tally = Tally(rule)
    lines = []
    for learning in within(ordered, stretch.period):
        before = tally.counted
        tally.add(learning)
        lines.append(_judged(learning, rule, tally.counted - before))
    return LearningAccount(
        standard=standard.name,
        source=edition.source,
        as_of=as_of,
        period=stretch.period,
        lines=tuple(lines),
        carried=float(carried),
        carried_at_best=float(carried_at_best),
        counted=float(tally.counted + carried),
        at_best=float(tally.at_best + carried_at_best),
        parts=tuple(
            PartCount(part=part, counted=float(sure), at_best=float(best))
            for part, (sure, best) in ((part, tally.of_part(place)) for place, part in enumerate(rule.parts))
        ),
        asked=rule.hours,
        still_owed=float(max(NONE, exact(rule.hours) - tally.counted - carried)),
        verdict=_verdict(file, edition, stretch.period, as_of, tally, carried, carried_at_best),
    )


def in_order(learning: Iterable[Learning], as_of: date) -> list[Learning]:
    """What was completed by *as_of*, by day, in an order that does not depend on that of the file."""
    return sorted((each for each in learning if each.completed_on <= as_of), key=_order)


def within(ordered: Sequence[Learning], period: Period) -> Sequence[Learning]:
    """The part of what stands in order that was completed in *period*."""
    first = bisect_left(ordered, period.start, key=_day)
    return ordered[first : bisect_left(ordered, period.end, first, key=_day)]


def carried_over(ordered: Sequence[Learning], stretch: Stretch) -> tuple[Fraction, Fraction]:
    """The hours that the stretch before leaves over: surely, and at best. What it was left itself goes no further."""
    most, before = exact(stretch.edition.rule.carries_over), stretch.before
    if not most or before is None:
        return NONE, NONE
    tally = Tally(stretch.edition.rule)
    for each in within(ordered, before):
        tally.add(each)
    asked = exact(stretch.edition.rule.hours)
    return min(most, max(NONE, tally.counted - asked)), min(most, max(NONE, tally.at_best - asked))


def still_wanted(rule: LearningMinimum, tally: Tally, carried: Fraction) -> tuple[str, ...]:
    """What would meet the minimum: the hours that are short, and those of each part."""
    parts = []
    for place, part in enumerate(rule.parts):
        short = exact(part.at_least) - tally.of_part(place)[0]
        if short > 0:
            parts.append(f"{in_hours(short)} of {' or '.join(part.subjects)}")
    short = exact(rule.hours) - tally.counted - carried
    return ((f"{in_hours(short)} of continuing education",) if short > 0 else ()) + tuple(parts)


def _day(learning: Learning) -> date:
    return learning.completed_on


def _order(learning: Learning) -> tuple[date, str, str, float, bool, tuple[str, ...], tuple[str, ...]]:
    subject, provider = learning.subject or "", learning.provider or ""
    return (
        learning.completed_on, subject, provider, learning.hours, learning.is_verified, learning.papers,
        learning.refused,
    )  # fmt: skip


def _judged(learning: Learning, rule: LearningMinimum, counted: Fraction) -> JudgedLearning:
    never, facts, hours = why_never(learning, rule), lacking(learning, rule), exact(learning.hours)
    why_not: LearningNotCounted | None = None
    if never is not None:
        why_not, because = never, _NEVER[never]
    elif facts:
        why_not, because = LearningNotCounted.NOT_KNOWN, f"not known: {', '.join(facts)}"
    elif counted < hours:
        why_not = LearningNotCounted.OVER_THE_MOST
        because = f"{in_figures(counted)} of {in_hours(hours)} count: no more of this kind do"
        if learning.subject is None:
            why_not = LearningNotCounted.NOT_KNOWN
            because = f"{in_figures(counted)} of {in_hours(hours)} surely count: the subject is not known"
    else:
        because = "counts"
    return JudgedLearning(learning=learning, counted=float(counted), why_not=why_not, because=because)


_NEVER = {
    LearningNotCounted.SUBJECT: "its subject is not accepted",
    LearningNotCounted.PROVIDER: "its provider is not accepted",
    LearningNotCounted.PAPER_REFUSED: "a paper that is asked for will not come",
}


def _verdict(
    file: StaffFile,
    edition: Edition[LearningMinimum],
    period: Period,
    as_of: date,
    tally: Tally,
    carried: Fraction,
    carried_at_best: Fraction,
) -> Verdict:
    rule = edition.rule
    question = f"Is the continuing education of {period} complete?"
    because = f"{in_figures(tally.counted + carried)} of {in_hours(exact(rule.hours))} counted"
    if tally.is_met(carried):
        return yes(question, because, source=edition.source)
    wanted = still_wanted(rule, tally, carried)
    if not (tally.may_be_met(carried_at_best) or is_unfinished(file, period, as_of)):
        return no(question, because, would_satisfy=wanted, source=edition.source)
    missing = missing_facts(file, rule, period, as_of)
    if carried_at_best > carried:
        missing = (*missing, "hours left over from the stretch before")
    return attrs.evolve(not_known(question, *missing, because=because, source=edition.source), would_satisfy=wanted)


def missing_facts(file: StaffFile, rule: LearningMinimum, period: Period, as_of: date) -> tuple[str, ...]:
    """The facts that could make more hours of *period* count."""
    if file.learning is None:
        return ("continuing education",)
    facts: list[str] = []
    for each in within(in_order(file.learning, as_of), period):
        if why_never(each, rule) is None:
            wanted = lacking(each, rule)
            if each.subject is None and rule.parts and "subject" not in wanted:
                wanted = ["subject", *wanted]
            said = f"{in_hours(exact(each.hours))} completed on {each.completed_on}"
            facts.extend(f"{fact} of {said}" for fact in wanted)
    if is_unfinished(file, period, as_of):
        facts.append(f"continuing education since {file.stated_on}")
    return tuple(dict.fromkeys(facts))


def is_unfinished(file: StaffFile, period: Period, as_of: date) -> bool:
    """Whether the file does not tell of all days of the stretch up to the day asked about."""
    return file.learning is None or (file.stated_on is not None and file.stated_on < min(period.last, as_of))
