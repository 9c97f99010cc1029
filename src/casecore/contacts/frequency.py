"""Was the client met as often as the standard asks? What is owed, and what fell short."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casecore.standards import Standard
from casecore.terms import Due, Finding, Period

from .contact import Contact, EffortDocumented
from .minimum import ContactMinimum, Per
from .rolling import standings
from .standings import Course, Standing, course_of

OWED = "contacts-owed"
BELOW_MINIMUM = "contacts-below-minimum"
NOT_KNOWN = "contacts-not-known"


def contact_dues(
    contacts: Iterable[Contact],
    standard: Standard[ContactMinimum],
    *,
    admitted_on: date,
    as_of: date,
    discharged_on: date | None = None,
    discharge_planned_on: date | None = None,
    stays: Iterable[Period] = (),
    born_on: date | None = None,
    efforts: Iterable[EffortDocumented] = (),
) -> tuple[Due, ...]:
    """
    List what contacts were and are owed, one due for each period since admission.

    A calendar period is judged by the edition in force on its first day, all of it, and is missed at its end: until
    then it may still be met, also where too few days are left. Periods on whose first day the standard is not in force
    owe nothing. Where days roll, the first stretch is counted from the admission (or from the first day of the
    standard), each further one from the last contacts, by the edition in force on that day; such a due has no hard end:
    it is overdue until somebody does it or the client is discharged.

    The days of admission and discharge are days of the episode.

    Args:
        contacts: One client's contacts, any order, any span. Those after *as_of* are passed over.
        discharged_on: The discharge from the program; one after *as_of* is passed over.
        discharge_planned_on: The day planned for it, from which transition months before a discharge are counted.
        stays: Hospital stays, from the day of admission up to the day of leaving. A stay that ends after *as_of* is
            taken as lasting: give one that has not ended any end after *as_of*.
        born_on: For standards that ask for the client's age. Unknown, what depends on it does not count surely.
        efforts: Documented efforts; those for other standards are passed over.

    Returns:
        ``contacts-owed`` dues in order. What need not be done is lifted and says why.
    """
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
    return tuple([due_of(standing, course) for standing in standings(contacts, course)])


def review_contact_frequency(
    contacts: Iterable[Contact],
    standard: Standard[ContactMinimum],
    *,
    admitted_on: date,
    as_of: date,
    discharged_on: date | None = None,
    discharge_planned_on: date | None = None,
    stays: Iterable[Period] = (),
    born_on: date | None = None,
    efforts: Iterable[EffortDocumented] = (),
) -> tuple[Finding, ...]:
    """
    Flag the periods in which the client was met less often than the standard asks.

    Args:
        contacts: As for `contact_dues`, and so is all the rest.

    Returns:
        For each calendar period that ended short, one finding dated its first day (in the episode); for each rolling
        stretch that ran out, one dated the first day after it. ``contacts-below-minimum``, or ``contacts-not-known``
        where contacts whose length, place or party cannot be judged for want of a fact might make up what is short.
    """
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
    found = [finding_of(standing, course) for standing in standings(contacts, course)]
    return tuple([finding for finding in found if finding is not None])


def judge_contact_frequency(
    contacts: Iterable[Contact],
    standard: Standard[ContactMinimum],
    *,
    admitted_on: date,
    as_of: date,
    discharged_on: date | None = None,
    discharge_planned_on: date | None = None,
    stays: Iterable[Period] = (),
    born_on: date | None = None,
    efforts: Iterable[EffortDocumented] = (),
) -> tuple[tuple[Due, ...], tuple[Finding, ...]]:
    """Give `contact_dues` and the findings of `review_contact_frequency`, counted once."""
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
    dues, findings = [], []
    for standing in standings(contacts, course):
        dues.append(due_of(standing, course))
        finding = finding_of(standing, course)
        if finding is not None:
            findings.append(finding)
    return tuple(dues), tuple(findings)


def due_of(standing: Standing, course: Course) -> Due:
    """The due of one period."""
    window = standing.window
    return Due.unchecked(
        code=OWED,
        what=_asked_words(standing),
        window=window,
        since=window.start,
        as_of=course.as_of,
        closes=standing.closes,
        standard=course.standard.name,
        source=standing.edition.source,
        would_satisfy="" if standing.met_on else _wanted_words(standing),
        met_on=standing.met_on,
        lifted_because=standing.lifted_because,
    )


def finding_of(standing: Standing, course: Course) -> Finding | None:
    """The departure of one period, or nothing: where it was met on time or lifted, or is not over."""
    window = standing.window
    if standing.lifted_because is not None or course.as_of < window.end:
        return None
    if standing.met_on is not None and standing.met_on < window.end:
        return None
    rolls = standing.edition.rule.per is Per.ROLLING
    on = window.end if rolls else window.start
    late = f"; made up on {standing.met_on}" if standing.met_on else ""
    return Finding.unchecked(
        code=NOT_KNOWN if standing.would_be_met else BELOW_MINIMUM,
        on=on,
        what=f"{_asked_words(standing)}: {standing.counted} counted{_services_words(standing)}{late}",
        standard=course.standard.name,
        source=standing.edition.source,
        would_satisfy="" if standing.met_on else _wanted_words(standing),
    )


def _asked_words(standing: Standing) -> str:
    asked, window = standing.asked, standing.window
    per = standing.edition.rule.per
    if per is Per.ROLLING:
        when = f"by {window.last}"
    elif per is Per.MONTH and window is standing.period:
        when = f"in {window.start.year}-{window.start.month:02}"
    else:
        when = f"in {window}"
    if not asked.contacts:
        return f"no contact {when}: {asked.because}"
    words = f"{standing.ready.phrase(asked.contacts)} {when}"
    if asked.services:
        words = f"{words}, with {asked.services} different services"
    return f"{words} (not {standing.edition.rule.at_least}: {asked.because})" if asked.relief else words


def _services_words(standing: Standing) -> str:
    return f", {standing.services} different services" if standing.asked.services else ""


def _wanted_words(standing: Standing) -> str:
    asked = standing.asked
    short = asked.contacts - standing.counted
    wanted = []
    if short > 0:
        a_day = standing.ready.rule.most_per_day
        wanted.append(f"{standing.ready.phrase(short)}{f', at most {a_day} a day' if a_day else ''}")
    missing_services = asked.services - standing.services
    if missing_services > 0:
        wanted.append(f"{missing_services} services not given yet in this period")
    if standing.would_be_met:
        wanted.append("or the facts missing from contacts already made")
    return ", ".join(wanted)
