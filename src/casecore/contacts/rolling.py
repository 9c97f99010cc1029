"""At least so many contacts in every stretch of days since the last: the chain of stretches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from casecore.standards import Edition, Standard
from casecore.terms import ONE_DAY, Period

from .accepted import accepted_by_day
from .contact import Contact
from .counting import Ready, make_ready
from .minimum import ContactMinimum, Per
from .owed import Asked, Relief
from .standings import Course, Standing, calendar_standings, lifted_by_effort


def standings(contacts: Iterable[Contact], course: Course) -> Iterator[Standing]:
    """Every period since admission in which the standard was in force, to the one that *as_of* lies in, in order."""
    admitted_on, as_of = course.admitted_on, course.as_of
    if admitted_on > as_of:
        return
    kinds = {edition.value.per for edition in course.standard.editions if edition.value is not None}
    held = [contact for contact in contacts if admitted_on <= contact.held_on <= as_of]
    if kinds != {Per.ROLLING}:
        yield from calendar_standings(held, course)
    if Per.ROLLING in kinds:
        yield from rolling_standings(held, course)


def rolling_standings(contacts: list[Contact], course: Course) -> Iterator[Standing]:
    """
    The chain of stretches: each is counted from the admission, from the last contacts, or from the end of a stay.

    A stretch is met by contacts inside it; the next one is counted from the latest of them that leaves it no more to
    ask, so that contacts closer together than asked make one stretch, not many.
    """
    anchor, is_first_day_in = course.admitted_on, True
    gone = course.discharged_on
    held = contacts if gone is None else [contact for contact in contacts if contact.held_on <= gone]
    edition: Edition[ContactMinimum] | None = None
    ready: Ready | None = None
    answered_to: date | None = None  # an effort answers one stretch, not the next one too
    days, hopeful_days, place, stop = list[date](), list[date](), 0, date.max
    while True:
        in_force = course.standard.in_force(anchor)
        if in_force is None or in_force.rule.per is not Per.ROLLING:
            anchor, is_first_day_in = _next_rolling(course.standard, anchor), True
            if anchor > course.as_of or (gone is not None and anchor > gone):
                return
            continue
        if in_force is not edition or ready is None:
            edition = in_force
            ready = make_ready(edition.rule.counting, course.born_on)
            days, hopeful_days = _counted_days(held, ready), []
            place = (bisect_left if is_first_day_in else bisect_right)(days, anchor)
            stop = min(_rolling_until(course.standard, anchor), date.max if gone is None else gone + ONE_DAY)
        rule = edition.rule
        by = anchor + timedelta(days=rule.days or 0)
        window = Period.unchecked(start=anchor if is_first_day_in else anchor + ONE_DAY, end=by + ONE_DAY)
        effort_from = anchor if answered_to is None or answered_to < anchor else anchor + ONE_DAY
        asked = Asked(rule.at_least, 0)
        inside = bisect_right(days, by, place) - place
        last_of_asked = place + rule.at_least - 1
        if inside >= rule.at_least:
            met_on = days[last_of_asked]
            place += inside - rule.at_least + 1
            anchor, is_first_day_in = days[place - 1], False
            yield Standing(edition, ready, window, window, asked, inside, 0, met_on, False, None, None)
            continue
        out = course.stays.ends_after(by) if rule.during_stay and rule.during_stay.whole_period == 0 else None
        if out is not None:
            because = f"the client was in a hospital on {by}; counted anew from the day of leaving"
            excused = Asked(0, 0, Relief.STAY_WHOLE, because)
            yield Standing(edition, ready, window, window, excused, inside, 0, None, False, because, None)
            if out > course.as_of:
                return
            anchor, is_first_day_in, place = out, True, bisect_left(days, out)
            continue
        lifted = lifted_by_effort(rule, course, effort_from, by) if rule.effort_accepted else None
        if lifted is not None:
            yield Standing(edition, ready, window, window, asked, inside, 0, None, False, lifted, None)
            anchor, is_first_day_in, place = by, False, place + inside
            answered_to = by
            continue
        if by >= stop:
            return
        if not hopeful_days:
            hopeful_days = _counted_days(held, ready, hopeful=True)
        hoped = bisect_right(hopeful_days, by) - bisect_left(hopeful_days, window.start)
        late_on = days[last_of_asked] if last_of_asked < len(days) else None
        closes = None if stop == date.max else stop
        yield Standing(edition, ready, window, window, asked, inside, 0, late_on, hoped >= rule.at_least, None, closes)
        if late_on is None:
            return
        anchor, is_first_day_in, place = days[place], False, place + 1


def _counted_days(held: list[Contact], ready: Ready, *, hopeful: bool = False) -> list[date]:
    """The day of each counted contact, in order; a day stands as often as contacts count on it."""
    accepted = accepted_by_day(held, ready, hopeful=hopeful).by_day
    limit = ready.hopeful_limit if hopeful else ready.limit
    return [day for day in sorted(accepted) for _ in range(limit(day, accepted[day]))]


def _next_rolling(standard: Standard[ContactMinimum], after: date) -> date:
    return next(
        (
            edition.since
            for edition in standard.editions
            if edition.since > after and edition.value is not None and edition.value.per is Per.ROLLING
        ),
        date.max,
    )


def _rolling_until(standard: Standard[ContactMinimum], day: date) -> date:
    """The first day after *day* on which no rolling edition is in force; ``date.max`` where there is none."""
    turns = sorted({turn for one in standard.editions for turn in (one.since, one.until) if turn and turn > day})
    for turn in turns:
        edition = standard.in_force(turn)
        if edition is None or edition.rule.per is not Per.ROLLING:
            return turn
    return date.max
