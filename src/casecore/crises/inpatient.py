"""How much inpatient treatment there was: days and admissions in a period, before and since the program began."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction

import attrs

from casecore.terms import ONE_DAY, Count, NotReadable, Period, Problem, Span, Value

from .course import INPATIENT, DayCount, Stay, in_order
from .stay import Setting


@attrs.frozen(kw_only=True)
class InpatientUse(Value):
    """
    Inpatient treatment in one period.

    Attributes:
        days: Days or nights in the period, each counted once however many stays it lies in.
        admissions: Admissions in the period; a stay that began before it has none here.
    """

    period: Period
    days: Count
    admissions: Count

    @property
    def share(self) -> Fraction:
        """The part of the period spent there: what two periods of different length can be compared by."""
        return Fraction(self.days, self.period.days)


def covered_days(periods: Iterable[Period]) -> int:
    """How many days lie in at least one of *periods*."""
    total, reached = 0, date.min
    for period in sorted(periods):
        if period.end > reached:
            total += (period.end - max(period.start, reached)).days
            reached = period.end
    return total


def inpatient_days(
    stays: Iterable[Stay],
    *,
    within: Period,
    counting: DayCount,
    as_of: date,
    settings: Collection[Setting] = INPATIENT,
) -> int:
    """
    The days of *within* that the client spent in these settings.

    A stay cut by the period counts with the days inside it; a night belongs to the day on which it begins. A day in two
    stays counts once. An open stay counts up to *as_of*, which is inside.
    """
    parts: list[Period] = []
    for stay in stays:
        if stay.setting in settings and (days := stay.days(counting, as_of=as_of)) and (part := days.overlap(within)):
            parts.append(part)
    return covered_days(parts)


def admissions(
    stays: Iterable[Stay],
    *,
    within: Period,
    transfers_count: bool,
    as_of: date,
    settings: Collection[Setting] = INPATIENT,
) -> tuple[Stay, ...]:
    """
    The stays in these settings that began in *within*.

    Args:
        transfers_count: Whether an admission on a day on which the client was already in such a stay, the day it ended
            included, is one of its own.
    """
    found: list[Stay] = []
    until = date.min
    for stay in sorted(
        (stay for stay in stays if stay.setting in settings and stay.admitted_on <= as_of), key=in_order
    ):
        if stay.admitted_on in within and (transfers_count or stay.admitted_on > until):
            found.append(stay)
        until = max(until, stay.ended_by(as_of) or date.max)
    return tuple(found)


def inpatient_use(
    stays: Iterable[Stay],
    *,
    within: Period,
    counting: DayCount,
    transfers_count: bool,
    as_of: date,
    settings: Collection[Setting] = INPATIENT,
) -> InpatientUse:
    """Days and admissions in one period, see `inpatient_days` and `admissions`."""
    stays = tuple(stays)
    return InpatientUse(
        period=within,
        days=inpatient_days(stays, within=within, counting=counting, as_of=as_of, settings=settings),
        admissions=len(
            admissions(stays, within=within, transfers_count=transfers_count, as_of=as_of, settings=settings)
        ),
    )


def before_and_since(
    stays: Iterable[Stay],
    *,
    admitted_on: date,
    span: Span,
    counting: DayCount,
    transfers_count: bool,
    as_of: date,
    settings: Collection[Setting] = INPATIENT,
) -> tuple[InpatientUse, InpatientUse]:
    """
    Inpatient treatment in the *span* before admission to the program, and in the same span since.

    The day of admission belongs to *since*. While the span since admission is not over, it is cut at *as_of*, which is
    inside; compare the two by their `InpatientUse.share` then.

    Raises:
        NotReadable: *as_of* lies before *admitted_on*, or *span* is empty or counts business days.
    """
    problems = []
    if as_of < admitted_on:
        problems.append(Problem("as_of", "must not be before admitted_on"))
    if not any((span.days, span.months, span.years)):
        problems.append(Problem("span", "must be at least one day, month or year, and not business days"))
    if problems:
        raise NotReadable(problems, what="before and since")
    stays = tuple(stays)
    before = span.look_back(admitted_on - ONE_DAY)
    since = Period(admitted_on, min(span.after(admitted_on), as_of + ONE_DAY))
    first, second = (
        inpatient_use(
            stays,
            within=period,
            counting=counting,
            transfers_count=transfers_count,
            as_of=as_of,
            settings=settings,
        )
        for period in (before, since)
    )
    return first, second
