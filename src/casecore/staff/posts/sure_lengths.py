"""How long an amount of work, or a span, is at least and at most: what the linter may rely on whatever the day."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from casecore.terms import Span, exact

from .needs import ExperienceAsked, Substitute
from .qualifications import Counting, YearOfWork
from .work import Amount

_LEAST = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_MOST = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


class Days(NamedTuple):
    """A number of calendar days that depends on where it lies."""

    least: Fraction
    most: Fraction


def days_of_months(months: Fraction) -> Days:
    """The days of so many calendar months: from the fewest to the most that they can have."""
    whole = months.numerator // months.denominator
    years, rest = divmod(whole, 12)
    part = months - whole
    return Days(365 * years + _LEAST[rest] + 28 * part, 366 * years + _MOST[rest] + 31 * part)


def days_of_span(span: Span) -> Days:
    """The days of a span of days, months or years."""
    if span.days is not None:
        return Days(Fraction(span.days), Fraction(span.days))
    return days_of_months(Fraction(months_of_span(span) or 0))


def months_of_span(span: Span) -> int | None:
    """The months of a span of months or years; nothing for one of days."""
    if span.months is not None:
        return span.months
    return None if span.years is None else 12 * span.years


def is_longer(one: Span, other: Span) -> bool:
    """Whether *one* is longer than *other*, wherever both begin."""
    first, second = months_of_span(one), months_of_span(other)
    if first is not None and second is not None:
        return first > second
    return days_of_span(one).least > days_of_span(other).most


def is_no_shorter(one: Span, other: Span) -> bool:
    """Whether *one* is as long as *other* or longer, wherever both begin."""
    first, second = months_of_span(one), months_of_span(other)
    if first is not None and second is not None:
        return first >= second
    return days_of_span(one).least >= days_of_span(other).most


def is_more_than_fits(amount: Amount, window: Span, counting: Counting) -> bool:
    """Whether so much full-time work is more than *window* can hold, wherever it lies."""
    months, left_out = months_of_span(window), not counting.day_asked_counts  # a window ends with the day asked about
    if amount.unit == "months" and counting.year is YearOfWork.CALENDAR and months is not None:
        return amount.number > months or (left_out and 0 < amount.number == months)
    return days_of_amount(amount, counting) > days_of_span(window).most - left_out


def days_of_amount(amount: Amount, counting: Counting) -> Fraction:
    """The fewest calendar days in which so much work can be done; round the clock, where full time is not said."""
    if amount.unit == "days":
        return amount.number
    hours = amount.number
    if amount.unit == "months":
        if counting.year is YearOfWork.CALENDAR:
            return days_of_months(amount.number).least
        if counting.days_in_a_year is not None:
            return amount.number / 12 * counting.days_in_a_year
        hours = amount.number / 12 * exact(counting.hours_in_a_year or 0)
    return hours / exact(counting.full_time_hours or 168) * 7


def most_substituted(asked: ExperienceAsked) -> Fraction | None:
    """The most that substitutes can make up, in the unit asked; nothing where there is no end to it but the amount."""
    if not asked.substitutes:
        return Fraction(0)
    caps = [] if asked.substituted_at_most is None else [asked.substituted_at_most.number]
    if asked.floor is not None:
        caps.append(asked.at_least.number - asked.floor.number)
    each = [_most_of(one) for one in asked.substitutes]
    if None not in each:
        caps.append(sum((one for one in each if one is not None), Fraction(0)))
    return min(caps, default=None)


def own_work(asked: ExperienceAsked) -> Fraction:
    """The least that must be work, other work included, whatever is substituted; in the unit asked."""
    most = most_substituted(asked)
    return Fraction(0) if most is None else max(Fraction(0), asked.at_least.number - most)


def very_work(asked: ExperienceAsked) -> Fraction:
    """The least that must be the very work asked for, in the unit asked."""
    floor = Fraction(0) if asked.floor is None else asked.floor.number
    return floor if asked.other else max(floor, own_work(asked))


def _most_of(substitute: Substitute) -> Fraction | None:
    if substitute.needs is None:
        return None if substitute.at_most is None else substitute.at_most.number
    most = substitute.counts_as.number
    return most if substitute.at_most is None else min(most, substitute.at_most.number)
