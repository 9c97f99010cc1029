"""One period explained: which contacts counted, which did not and why not, and what is still owed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import attrs

from casecore.standards import Standard
from casecore.terms import (
    ONE_DAY,
    Count,
    Due,
    Finding,
    Label,
    Period,
    Source,
    StandardNotInForce,
    Value,
    Words,
)

from .accepted import accepted_by_day
from .contact import Contact, EffortDocumented
from .counting import MISSING, Counting, NotCounted, Ready, make_ready, standard_order
from .frequency import due_of, finding_of
from .minimum import ContactMinimum, Per
from .owed import Relief
from .reasons import sentence
from .rolling import standings
from .standings import course_of, period_of


@attrs.frozen(kw_only=True)
class JudgedContact(Value):
    """
    One contact, and whether it counted.

    Attributes:
        contact: The contact that was handed in, itself.
        why_not: Nothing where it counted.
        because: One sentence.
    """

    contact: Contact
    why_not: NotCounted | None
    because: Words

    @property
    def counts(self) -> bool:
        """Whether it counted."""
        return self.why_not is None


@attrs.frozen(kw_only=True)
class ContactCount(Value):
    """
    The contacts of some days, counted.

    Attributes:
        period: The days asked about.
        lines: Every contact of these days, by day, with its reason.
        counted: How many counted.
        at_best: How many would count if everything not known turned out well.
        services: The different services given by contacts that pass the filters, those over the day's maximum too.
        missing: Names of facts that could make more contacts count.
    """

    period: Period
    lines: tuple[JudgedContact, ...]
    counted: Count
    at_best: Count
    services: tuple[Label, ...]
    missing: tuple[Label, ...]


@attrs.frozen(kw_only=True)
class ContactAccount(Value):
    """
    What one period asked, what was done, and what is still owed.

    Attributes:
        period: The calendar period or stretch of days.
        window: Its days that lie in the episode.
        count: Which contacts counted and which did not.
        asked, services_asked: How many contacts and different services the period owes.
        relief, relief_because: Why that is fewer than usual.
        still_owed, services_still_owed: What is left to do on `as_of`.
        begin_by: The last day on which it can be begun and still be done in time, at the day's maximum; nothing where
            nothing is left to do.
        due, finding: The same as `contact_dues` and `review_contact_frequency` give for this period.
    """

    standard: Label
    source: Source
    as_of: date
    period: Period
    window: Period
    count: ContactCount
    asked: Count
    services_asked: Count
    relief: Relief | None
    relief_because: str
    still_owed: Count
    services_still_owed: Count
    begin_by: date | None
    due: Due
    finding: Finding | None

    @property
    def by(self) -> date:
        """The last day on which doing it is on time."""
        return self.window.last


def count_contacts(
    contacts: Iterable[Contact],
    rule: Counting | ContactMinimum,
    period: Period,
    *,
    as_of: date | None = None,
    born_on: date | None = None,
) -> ContactCount:
    """
    Count the contacts of *period*, each with the reason why it counts or not.

    Filters come first; of the contacts that pass them, no more than the day's maximum count, in one fixed order (by
    time, then by what they say), so that the order in which they are handed in does not matter.

    Args:
        contacts: One client's contacts, any order, any span.
        as_of: Contacts after this day are passed over; nothing for none.
    """
    counting = rule.counting if isinstance(rule, ContactMinimum) else rule
    last = period.last if as_of is None else min(period.last, as_of)
    held = [contact for contact in contacts if period.start <= contact.held_on <= last]
    return _count(held, [], make_ready(counting, born_on), period)


def explain_contacts(
    contacts: Iterable[Contact],
    standard: Standard[ContactMinimum],
    *,
    day: date,
    admitted_on: date,
    as_of: date,
    discharged_on: date | None = None,
    discharge_planned_on: date | None = None,
    stays: Iterable[Period] = (),
    born_on: date | None = None,
    efforts: Iterable[EffortDocumented] = (),
) -> ContactAccount:
    """
    Account for the period that *day* lies in: what was asked, what counted, what did not and why not, what is owed.

    Args:
        contacts: As for `contact_dues`, and so is all the rest.
        day: Any day of the period. Where days roll, the latest stretch that has begun by then.

    Raises:
        StandardNotInForce: No period of this standard in this episode holds that day.
    """
    given = tuple(contacts)
    course = course_of(
        standard,
        admitted_on=admitted_on,
        as_of=as_of,
        discharged_on=discharged_on,
        discharge_planned_on=discharge_planned_on,
        stays=stays,
        born_on=born_on,
        efforts=efforts,
    )
    found = None
    calendar = period_of(standard, day)
    for standing in standings(given, course):
        if calendar is not None:
            if standing.period == calendar[1] and standing.edition.rule.per is not Per.ROLLING:
                found = standing
        elif standing.edition.rule.per is Per.ROLLING and standing.window.start <= day:
            found = standing
    if found is None:
        raise StandardNotInForce(f"{standard.name} asks for no contacts of this case on {day}")
    rule, asked, window = found.edition.rule, found.asked, found.window
    last = max(window.last, found.met_on or window.last)
    shown = Period(window.start, max(window.end, last + ONE_DAY))
    inside, outside = [], []
    for contact in given:
        if contact.held_on <= as_of:
            if contact.held_on in shown:
                inside.append(contact)
            elif contact.held_on in found.period:
                outside.append(contact)
    count = _count(inside, outside, make_ready(rule.counting, born_on), shown)
    done = found.met_on is not None or found.lifted_because is not None
    still = 0 if done else max(0, asked.contacts - found.counted)
    services_still = 0 if done else max(0, asked.services - found.services)
    return ContactAccount(
        standard=standard.name,
        source=found.edition.source,
        as_of=as_of,
        period=found.period,
        window=window,
        count=count,
        asked=asked.contacts,
        services_asked=asked.services,
        relief=Relief.EFFORT if found.lifted_because and asked.contacts else asked.relief,
        relief_because=found.lifted_because or asked.because,
        still_owed=still,
        services_still_owed=services_still,
        begin_by=_begin_by(window.last, still or bool(services_still), rule.counting.most_per_day),
        due=due_of(found, course),
        finding=finding_of(found, course),
    )


def _begin_by(last: date, still: int, most_per_day: int | None) -> date | None:
    if not still:
        return None
    days = 1 if most_per_day is None else -(-still // most_per_day)
    return last - timedelta(days=days - 1)


def _count(held: list[Contact], outside: list[Contact], ready: Ready, period: Period) -> ContactCount:
    accepted, added_up, _ = accepted_by_day(held, ready)
    hopeful, hopefully_added_up, _ = accepted_by_day(held, ready, hopeful=True)
    standing_for, credited = Counter[int](), Counter[int]()  # by identity; the same contact may be handed in twice
    counted = 0
    for day, of_day in accepted.items():
        number = ready.limit(day, of_day)
        counted += number
        standing_for.update(id(contact) for contact in of_day)
        credited.update(id(contact) for contact in _credited(sorted(of_day, key=standard_order), number, ready.rule))
    added = {id(contact) for of_day in added_up.values() for contact in of_day}
    might_add = {id(contact) for of_day in hopefully_added_up.values() for contact in of_day}
    lines = []
    for contact in sorted([*held, *outside], key=standard_order):
        reason = ready.against(contact)
        if not period.start <= contact.held_on < period.end:
            reason = NotCounted.BEFORE_ADMISSION if contact.held_on < period.start else NotCounted.AFTER_DISCHARGE
        elif standing_for[id(contact)]:
            standing_for[id(contact)] -= 1
            reason = None if credited[id(contact)] else NotCounted.DAILY_MAXIMUM
            credited[id(contact)] -= 1
        elif id(contact) in added:
            reason = NotCounted.ADDED_UP
        elif id(contact) in might_add:
            reason = ready.but_for_length(contact) or reason
        lines.append(JudgedContact(contact=contact, why_not=reason, because=sentence(contact, reason, ready.rule)))
    at_best = sum(ready.hopeful_limit(day, of_day) for day, of_day in hopeful.items())
    missing = {MISSING[line.why_not] for line in lines if line.why_not in MISSING}
    if ready.pair_in_doubt and at_best > counted:
        missing.add(MISSING[NotCounted.AGE_NOT_KNOWN])
    return ContactCount(
        period=period,
        lines=tuple(lines),
        counted=counted,
        at_best=at_best,
        services=tuple(
            sorted(
                {name for of_day in (*accepted.values(), *added_up.values()) for one in of_day for name in one.services}
            )
        ),
        missing=tuple(sorted(missing)),
    )


def _credited(of_day: Sequence[Contact], number: int, rule: Counting) -> list[Contact]:
    """Which of a day's contacts count: the first ones; where a pair lets more count, one with each party first."""
    pair = rule.pair_on_a_day
    if number == len(of_day) or pair is None or number == rule.most_per_day:
        return list(of_day[:number])
    chosen = [
        next(one for one in of_day if one.party is party and (not pair.modes or one.mode in pair.modes))
        for party in pair.parties
    ]
    others = [one for one in of_day if not any(one is taken for taken in chosen)]
    return chosen + others[: number - len(chosen)]
