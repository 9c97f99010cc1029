"""Which stretches of days a standard for continuing education counts in, for one worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from casecore.standards import Edition, Standard
from casecore.terms import ONE_DAY, Period, add_months

from .credentials import Credential
from .learning_minimum import LearningMinimum, LearningPer
from .staff_file import StaffFile


class Stretch(NamedTuple):
    """The days in which hours are counted, by which edition, and the stretch before them that may leave some over."""

    period: Period
    edition: Edition[LearningMinimum]
    before: Period | None


def stretch_of(file: StaffFile, standard: Standard[LearningMinimum], day: date) -> Stretch | None:
    """The stretch that *day* lies in; where it rolls, the one that ends with it."""
    edition = standard.in_force(day)
    if edition is not None and edition.rule.span is not None:
        return Stretch(edition.rule.span.look_back(day), edition, None)
    found = None
    for stretch in stretches(file, standard, day):
        if day in stretch.period:
            found = stretch
    return found


def stretches(file: StaffFile, standard: Standard[LearningMinimum], day: date) -> Iterator[Stretch]:
    """
    The stretches on whose first day the standard is in force, up to *day*, and the first one after it; never rolling
    ones.

    Of the hours of service there are none before the day of appointment is known; of a credential none whose first day
    or last day is not.
    """
    for place, edition in enumerate(standard.editions):
        if edition.value is None:
            continue
        after = standard.editions[place + 1].since if place + 1 < len(standard.editions) else date.max
        end = after if edition.until is None else min(after, edition.until)
        for period, before in _periods(file, edition.value, edition.since):
            if period.start >= end:
                break
            yield Stretch(period, edition, before)
            if period.start > day:
                return


def _periods(file: StaffFile, rule: LearningMinimum, since: date) -> Iterator[tuple[Period, Period | None]]:
    """The stretches that a rule knows from *since* on, each with the one before it."""
    if rule.per is LearningPer.CREDENTIAL:
        yield from _of_credentials(file, rule, since)
    elif rule.per is not LearningPer.ROLLING:
        yield from _of_years(file, rule, since)


def _of_years(file: StaffFile, rule: LearningMinimum, since: date) -> Iterator[tuple[Period, Period | None]]:
    appointed_on, years = file.appointed_on, rule.years or 1
    is_service = rule.per is LearningPer.YEARS_OF_SERVICE
    if is_service:
        if appointed_on is None:
            return
        anchor = appointed_on
    else:
        anchor = date(rule.first_year or 1, 1, 1)
    first = 0 if is_service else -((anchor.year - 1) // years)  # none begins before the year 1
    number = max(first, (since.year - anchor.year) // years - 1)
    while anchor.year + years * (number + 1) <= 9999:
        period = Period(add_months(anchor, 12 * years * number), add_months(anchor, 12 * years * (number + 1)))
        number += 1
        if period.start < since:
            continue
        if not is_service and appointed_on is not None and period.start < appointed_on:
            is_newcomer = appointed_on < period.end
            if not (is_newcomer and rule.asks_newcomers):
                continue
        before = Period(add_months(anchor, 12 * years * (number - 2)), period.start) if number - 1 > first else None
        yield period, before


def _of_credentials(file: StaffFile, rule: LearningMinimum, since: date) -> Iterator[tuple[Period, Period | None]]:
    asked = rule.credential
    held: list[Credential] = [
        each for each in dict.fromkeys(file.credentials or ()) if asked is not None and asked.fits(each)
    ]
    known = {
        Period(each.issued_on, each.expires_on)
        for each in held
        if each.issued_on is not None and each.expires_on is not None
    }
    before = None
    for period in sorted(known):
        if period.start >= since:
            yield period, before
        before = period


def day_it_drops_out(rule: LearningMinimum, completed_on: date) -> date:
    """The first day whose look-back no longer holds what was completed on *completed_on*."""
    assert rule.span is not None  # a rolling rule has one
    day = max(completed_on + ONE_DAY, rule.span.after(completed_on))
    while rule.span.look_back(day).start <= completed_on:
        day += ONE_DAY
    return day
