"""What a hospital or emergency-room stay asks of the worker: visit, coordinate the discharge, meet afterwards."""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate

import attrs

from casecore.contacts import Contact
from casecore.standards import Edition, Rule, Standard
from casecore.terms import ONE_DAY, Due, Period, Problem, Span, Value, WorkingDays

from .asked import ContactAsked
from .course import Stay, in_order
from .stay import Setting


class Anchor(enum.Enum):
    """The day of a stay from which days are counted; it is day 0."""

    ADMISSION = "admission"
    ALERT = "alert"
    """The day the agency learned of the stay; the admission where no later day is written."""
    DISCHARGE = "discharge"


class WhenOvertaken(enum.Enum):
    """What becomes of a duty whose occasion is over: the client left before the visit, or was admitted again."""

    LIFTED = "lifted"
    """Not yet late on that day: lifted. Already late: missed from the next day on."""
    STANDS = "stands"
    """It stays owed, and a contact after that day will do."""


@attrs.frozen(kw_only=True)
class StayDuty(Value):
    """
    One contact owed on account of a stay.

    Attributes:
        contact: Which contact will do.
        within: How long after the anchor it is on time.
        anchor: From which day that is counted.
        same_day_counts: Whether a contact on the very day of admission (of discharge, for a duty after it) will do.
        when_overtaken: What becomes of it when its occasion is over.
        closes_after: How long after the anchor it can still be done late; without it, for as long as it takes.
    """

    contact: ContactAsked
    within: Span
    anchor: Anchor
    same_day_counts: bool
    when_overtaken: WhenOvertaken
    closes_after: Span | None = None

    def contradictions(self) -> Iterator[Problem]:
        span = self.within
        if not self.same_day_counts and not any((span.days, span.business_days, span.months, span.years)):
            yield Problem("within", "must be longer than nothing where the same day does not count")


@attrs.frozen(kw_only=True)
class StayDuties(Rule, asks="stay-duties"):
    """
    What is owed on account of a stay in one of these settings.

    Attributes:
        visit: A visit while the client is there; counted from admission or alert.
        coordination: Working on the discharge with the facility while the client is there; counted likewise.
        afterwards: Contacts after the discharge from the stay; counted from it.
    """

    settings: tuple[Setting, ...]
    visit: StayDuty | None = None
    coordination: StayDuty | None = None
    afterwards: tuple[StayDuty, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if not self.settings:
            yield Problem("settings", "must name at least one setting")
        if self.visit is None and self.coordination is None and not self.afterwards:
            yield Problem("", "must ask for a visit, for coordination or for something afterwards")
        for name, duty in (("visit", self.visit), ("coordination", self.coordination)):
            if duty is not None and duty.anchor is Anchor.DISCHARGE:
                yield Problem(f"{name}.anchor", "must be admission or alert")
        for place, duty in enumerate(self.afterwards):
            if duty.anchor is not Anchor.DISCHARGE:
                yield Problem(f"afterwards[{place}].anchor", "must be discharge")


def stay_dues(
    stays: Iterable[Stay],
    contacts: Iterable[Contact],
    standard: Standard[StayDuties],
    *,
    as_of: date,
    working_days: WorkingDays | None = None,
) -> tuple[Due, ...]:
    """
    What each stay asks or asked of the worker, met and missed ones too.

    Codes: ``visit-during-stay``, ``coordination-during-stay``, ``contact-after-stay``; *about* is the stay's id. A
    contact counts from the day of admission on (of discharge, for what comes after it), never from before. One contact
    can settle several duties.

    Args:
        stays: One client's, any order; what is dated after *as_of* is passed over.
        contacts: The client's, any order, likewise.
        standard: Read on the day of admission for what is owed during the stay, on the day of discharge for what is
            owed afterwards. A stay for whose day it is not in force is passed over.
        working_days: Asked for where the standard counts business days.

    Raises:
        NotReadable: The standard counts business days, and no working days are given.
    """
    known = sorted((stay for stay in stays if stay.admitted_on <= as_of), key=in_order)
    if not known:
        return ()
    contacts = tuple(contacts)
    days_of: dict[ContactAsked, list[date]] = {}
    returns: dict[tuple[Setting, ...], _Returns] = {}
    dues: list[Due] = []

    def add(
        stay: Stay, duty: StayDuty, edition: Edition[StayDuties], over: date | None, *, code: str, what: str
    ) -> None:
        days = days_of.get(duty.contact)
        if days is None:
            days = days_of[duty.contact] = duty.contact.days_among(contacts, since=known[0].admitted_on, as_of=as_of)
        dues.append(
            _due(code, what, stay, duty, days, over, edition, standard.name, as_of=as_of, working_days=working_days)
        )

    for stay in known:
        ended = stay.ended_by(as_of)
        edition = standard.in_force(stay.admitted_on)
        if edition is not None and stay.setting in edition.rule.settings:
            visit, coordination = edition.rule.visit, edition.rule.coordination
            if visit is not None:
                add(stay, visit, edition, ended, code="visit-during-stay", what="a visit during the stay")
            if coordination is not None:
                what = "coordinating the discharge with the facility"
                add(stay, coordination, edition, ended, code="coordination-during-stay", what=what)
        edition = standard.in_force(ended) if ended is not None else None
        if ended is not None and edition is not None and stay.setting in edition.rule.settings:
            settings = edition.rule.settings
            if settings not in returns:
                returns[settings] = _Returns(known, settings, as_of)
            over = returns[settings].after(ended)
            for duty in edition.rule.afterwards:
                add(stay, duty, edition, over, code="contact-after-stay", what="a contact after the stay")
    return tuple(dues)


class _Returns:
    """When the client, having left one stay, was in another of these settings."""

    def __init__(self, known: list[Stay], settings: tuple[Setting, ...], as_of: date) -> None:
        counted = [stay for stay in known if stay.setting in settings]
        self.admitted = [stay.admitted_on for stay in counted]
        self.latest_end = list(accumulate((stay.ended_by(as_of) or date.max for stay in counted), max))

    def after(self, ended: date) -> date | None:
        begun = bisect_right(self.admitted, ended)
        if begun and self.latest_end[begun - 1] > ended:
            return ended  # a transfer, or still in another stay
        return self.admitted[begun] if begun < len(self.admitted) else None


def _due(
    code: str,
    what: str,
    stay: Stay,
    duty: StayDuty,
    days: list[date],
    over: date | None,
    edition: Edition[StayDuties],
    standard: str,
    *,
    as_of: date,
    working_days: WorkingDays | None,
) -> Due:
    if duty.anchor is Anchor.DISCHARGE:
        occasion = anchor = stay.discharged_on or stay.admitted_on
    else:
        occasion = anchor = stay.admitted_on
        if duty.anchor is Anchor.ALERT and stay.alerted_on is not None:
            anchor = max(anchor, stay.alerted_on)
    first = occasion if duty.same_day_counts else occasion + ONE_DAY
    window = Period(max(anchor, first), duty.within.after(anchor, working_days) + ONE_DAY)
    closes = None
    if duty.closes_after is not None:
        closes = max(window.end, duty.closes_after.after(anchor, working_days) + ONE_DAY)
    place = bisect_left(days, first)
    met_on = days[place] if place < len(days) else None
    lifted_because = None
    if over is not None and duty.when_overtaken is WhenOvertaken.LIFTED:
        if met_on is not None and met_on > over:
            met_on = None
        if over >= window.end:
            closes = over + ONE_DAY if closes is None else min(closes, over + ONE_DAY)
        elif met_on is None:
            happened = "the client was in a stay again" if duty.anchor is Anchor.DISCHARGE else "the stay ended"
            lifted_because = f"{happened} on {over}, before it was late"
    return Due.unchecked(
        code=code,
        what=what,
        window=window,
        since=anchor,
        as_of=as_of,
        closes=closes,
        standard=standard,
        source=edition.source,
        would_satisfy=str(duty.contact),
        met_on=met_on,
        lifted_because=lifted_because,
        about=stay.stay_id,
    )
