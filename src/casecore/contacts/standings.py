"""Where each period of an episode stands under a contact minimum: what dues, findings and accounts are made from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import attrs

from casecore.standards import Edition, Standard
from casecore.terms import ONE_DAY, Period, month_of, quarter_of

from .accepted import Accepted, accepted_by_day
from .contact import Contact, EffortDocumented
from .counting import Limit, Ready, make_ready
from .minimum import ContactMinimum, Direction, Per
from .owed import Asked, Stays, asked_in


class Standing(NamedTuple):
    """
    One period and what came of it.

    Attributes:
        period, window: The calendar period, and the days of it on which contacts counted. The same where days roll.
        counted, services: How many contacts counted, and how many different services they gave.
        met_on: The day on which all that was asked had been done.
        would_be_met: Whether it might be met if everything not known turned out well.
        lifted_because: Why nothing need be done.
        closes: The first day on which it can no longer be done.
    """

    edition: Edition[ContactMinimum]
    ready: Ready
    period: Period
    window: Period
    asked: Asked
    counted: int
    services: int
    met_on: date | None
    would_be_met: bool
    lifted_because: str | None
    closes: date | None


@attrs.frozen(kw_only=True)
class Course:
    """What the rule must know of one episode, as known on *as_of*; made once for all periods."""

    standard: Standard[ContactMinimum]
    admitted_on: date
    as_of: date
    discharged_on: date | None
    discharge_planned_on: date | None
    stays: Stays
    born_on: date | None
    efforts: tuple[EffortDocumented, ...]
    effort_days: tuple[date, ...]

    def discharge_for(self, rule: ContactMinimum) -> date | None:
        """The day that transition months are counted from; a planned one serves until there is a discharge."""
        if self.discharged_on is None and rule.transition and rule.transition.direction is Direction.BEFORE:
            return self.discharge_planned_on
        return self.discharged_on


def course_of(
    standard: Standard[ContactMinimum],
    *,
    admitted_on: date,
    as_of: date,
    discharged_on: date | None = None,
    discharge_planned_on: date | None = None,
    stays: Iterable[Period] = (),
    born_on: date | None = None,
    efforts: Iterable[EffortDocumented] = (),
) -> Course:
    """Leave out what was not yet so on *as_of*."""
    known = sorted(
        (effort for effort in efforts if effort.standard == standard.name and effort.documented_on <= as_of),
        key=lambda effort: effort.for_day,
    )
    return Course(
        standard=standard,
        admitted_on=admitted_on,
        as_of=as_of,
        discharged_on=discharged_on if discharged_on is not None and discharged_on <= as_of else None,
        discharge_planned_on=discharge_planned_on,
        stays=Stays(stays, as_of=as_of),
        born_on=born_on,
        efforts=tuple(known),
        effort_days=tuple(effort.for_day for effort in known),
    )


@lru_cache(maxsize=4096)
def month_by_index(index: int) -> Period:
    """The calendar month with this index, twelve times the year and the month."""
    year, month = divmod(index - 1, 12)
    return month_of(date(year, month + 1, 1))


def period_of(standard: Standard[ContactMinimum], day: date) -> tuple[Edition[ContactMinimum], Period] | None:
    """The calendar period that *day* lies in, and the edition in force on its first day, which judges all of it."""
    month = month_by_index(day.year * 12 + day.month)
    edition = standard.in_force(month.start)
    if edition is None or edition.value is None or edition.value.per is Per.ROLLING:
        return None
    if edition.value.per is Per.MONTH:
        return edition, month
    quarter = quarter_of(day)
    edition = standard.in_force(quarter.start)
    return (edition, quarter) if edition is not None and edition.rule.per is Per.QUARTER else None


def window_of(period: Period, rule: ContactMinimum, course: Course) -> Period | None:
    """The days of *period* on which contacts count: those of the episode, or all days of a month after discharge."""
    start, end = max(period.start, course.admitted_on), period.end
    gone = course.discharged_on
    if gone is not None and gone + ONE_DAY < end:
        transition = rule.transition
        if transition is None or transition.direction is Direction.BEFORE:
            end = gone + ONE_DAY
        else:
            months_after = (period.start.year - gone.year) * 12 + period.start.month - gone.month
            if months_after == 0 and not transition.discharge_month_is_one:
                end = gone + ONE_DAY
            elif months_after > transition.months - transition.discharge_month_is_one:
                return None
    if start == period.start and end == period.end:
        return period
    return Period(start, end) if start < end else None


def calendar_standings(contacts: list[Contact], course: Course) -> Iterator[Standing]:
    """Every calendar period from admission to *as_of*; *contacts* are those of the same days."""
    plan = list(_calendar_periods(course))
    place = 0
    while place < len(plan):
        edition = plan[place][0]
        end = place + 1
        while end < len(plan) and plan[end][0] is edition:
            end += 1
        judged = contacts
        if end - place < len(plan):
            first, last = plan[place][2].start, plan[end - 1][2].last
            judged = [contact for contact in contacts if first <= contact.held_on <= last]
        yield from _standings_under(
            edition, [(period, window) for _, period, window in plan[place:end]], judged, course
        )
        place = end


def _calendar_periods(course: Course) -> Iterator[tuple[Edition[ContactMinimum], Period, Period]]:
    gone = course.discharged_on
    index = course.admitted_on.year * 12 + course.admitted_on.month
    last = course.as_of.year * 12 + course.as_of.month
    while index <= last:
        found = period_of(course.standard, month_by_index(index).start)
        if found is None:
            index += 1
            continue
        edition, period = found
        index = period.end.year * 12 + period.end.month
        is_whole = period.start >= course.admitted_on and (gone is None or gone >= period.end)
        window = period if is_whole else window_of(period, edition.rule, course)
        if window is not None:
            yield edition, period, window


def _standings_under(
    edition: Edition[ContactMinimum], periods: list[tuple[Period, Period]], contacts: list[Contact], course: Course
) -> Iterator[Standing]:
    """The standings of consecutive periods judged by one edition: one pass over contacts, one over their days."""
    rule = edition.rule
    ready = make_ready(rule.counting, course.born_on)
    accepted = accepted_by_day(contacts, ready)
    days = sorted(accepted.by_day)
    in_doubt = accepted.in_doubt
    hopeful = accepted_by_day(contacts, ready, hopeful=True) if in_doubt else accepted
    hopeful_days = sorted(hopeful.by_day) if in_doubt else days
    discharge = course.discharge_for(rule)
    usual = Asked(rule.at_least, min(rule.at_least, rule.different_services))
    for period, window in periods:
        if window is period and discharge is None and not course.stays.spans:
            asked = usual
        else:
            asked = asked_in(rule, period, window, course.stays, discharge)
        counted, services, met_on = _tally(days, accepted, window, asked, ready.limit)
        would_be_met = False
        if in_doubt and met_on is None:
            would_be_met = _tally(hopeful_days, hopeful, window, asked, ready.hopeful_limit)[2] is not None
        lifted = None if asked.contacts else f"nothing is owed: {asked.because}"
        if lifted is None and rule.effort_accepted and course.efforts:
            lifted = lifted_by_effort(rule, course, window.start, window.last)
        yield Standing(
            edition, ready, period, window, asked, counted, services, met_on, would_be_met, lifted, window.end
        )


def _tally(
    days: list[date], accepted: Accepted, window: Period, asked: Asked, limit: Limit
) -> tuple[int, int, date | None]:
    """Contacts counted and different services in *window*, and the day on which all that was asked was done."""
    counted, met_on = 0, None
    wanted, services_wanted = asked.contacts, asked.services
    by_day, added_up = accepted.by_day, accepted.added_up
    services: set[str] = set()
    for place in range(bisect_left(days, window.start), bisect_left(days, window.end)):
        day = days[place]
        of_day = by_day[day]
        counted += 1 if len(of_day) == 1 else limit(day, of_day)
        if services_wanted:
            services.update(service for contact in of_day for service in contact.services)
            services.update(service for contact in added_up.get(day, ()) for service in contact.services)
        if met_on is None and counted >= wanted > 0 and len(services) >= services_wanted:
            met_on = day
    return counted, len(services), met_on


def lifted_by_effort(rule: ContactMinimum, course: Course, first: date, last: date) -> str | None:
    """Why a documented effort for a day from *first* to *last* lifts what is owed, or nothing."""
    answering = course.efforts[bisect_left(course.effort_days, first) : bisect_right(course.effort_days, last)]
    on_time = [
        effort.documented_on for effort in answering if rule.late_effort_accepted or effort.documented_on <= last
    ]
    return f"the effort documented on {min(on_time)} is accepted in its place" if on_time else None
