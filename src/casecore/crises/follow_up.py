"""
Was the client met within so many days after an event? A measure for one client or many.

It is generic: the settings, the days and every choice on which published measures differ are parameters. It is not any
published measure, and holds no value sets.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated

import attrs

from casecore.contacts import Contact
from casecore.standards import Rule, Standard
from casecore.terms import ONE_DAY, AtLeast, AtMost, Count, Period, Problem, Ref, Value

from .asked import ContactAsked
from .course import Stay, in_order
from .duties import Anchor
from .stay import Setting

Days = Annotated[int, AtLeast(0), AtMost(366)]


class Sieve(enum.Enum):
    """One of the three questions that decide whether an event is counted; their order is the measure's choice."""

    CHAINS = "chains"
    """Is it one of several that follow each other closely, and not the one that is kept?"""
    EXCLUSIONS = "exclusions"
    """Was the client admitted elsewhere soon after, or did the client die?"""
    PERIOD = "period"
    """Does it lie outside the days asked about?"""


class Keep(enum.Enum):
    """Which events of a chain are counted."""

    ALL = "all"
    FIRST = "first"
    LAST = "last"


class LinkedTo(enum.Enum):
    """What an event must be close to for being dropped from a chain."""

    ANY = "any"
    """Any other event, be that dropped itself: A, B, C in a row are one chain, however far C is from A."""
    KEPT = "kept"
    """An event that is kept: C far enough from A is counted again, though B lies between."""


class DeathExcludes(enum.Enum):
    """Which death takes an event out of the measure."""

    NEVER = "never"
    IN_WINDOW = "in-window"
    """A death on or before the last day on which the contact would have counted."""
    EVER = "ever"


class FollowUpOutcome(enum.Enum):
    """What came of one event."""

    MET = "met"
    NOT_MET = "not-met"
    EXCLUDED = "excluded"
    STILL_OPEN = "still-open"


@attrs.frozen(kw_only=True)
class FollowUp(Rule, asks="follow-up"):
    """
    A contact within so many days after an event.

    Attributes:
        settings: The stays whose end (or beginning) is the event.
        counted_from: ``discharge`` or ``admission``; that day is day 0.
        within_days: The last day on which the contact counts: day 7, say.
        same_day_counts: Whether day 0 counts too: 7 days then are 8 in total.
        contact: Which contact will do.
        order: The sieves in the order in which they are applied; what one has taken out, the next does not see.
        keep: Which events of a chain are counted.
        chained_within_days: The next admission at most so many days after the event makes a chain.
        linked_to: What makes a chain of more than two.
        excluding_settings: An admission to one of these on the day of the event or soon after excludes it.
        excluded_within_days: How soon.
        death_excludes: Which death excludes it.
    """

    settings: tuple[Setting, ...]
    counted_from: Anchor
    within_days: Days
    same_day_counts: bool
    contact: ContactAsked
    order: tuple[Sieve, ...]
    death_excludes: DeathExcludes
    keep: Keep = Keep.ALL
    chained_within_days: Days | None = None
    linked_to: LinkedTo | None = None
    excluding_settings: tuple[Setting, ...] = ()
    excluded_within_days: Days | None = None

    def contradictions(self) -> Iterator[Problem]:
        if not self.settings:
            yield Problem("settings", "must name at least one setting")
        if self.counted_from is Anchor.ALERT:
            yield Problem("counted_from", "must be admission or discharge")
        if self.within_days == 0 and not self.same_day_counts:
            yield Problem("within_days", "must be at least 1 where the same day does not count")
        if sorted(sieve.value for sieve in self.order) != sorted(sieve.value for sieve in Sieve):
            yield Problem("order", "must name chains, exclusions and period, each once")
        for name, value in (("chained_within_days", self.chained_within_days), ("linked_to", self.linked_to)):
            if (self.keep is Keep.ALL) != (value is None):
                yield Problem(name, "must be given where the first or last of a chain is kept, and only there")
        if bool(self.excluding_settings) != (self.excluded_within_days is not None):
            yield Problem("excluded_within_days", "must be given with excluding_settings, and only with them")
        if set(self.settings) & set(self.excluding_settings):
            yield Problem("excluding_settings", "must not hold a setting whose stays are the events")


@attrs.frozen(kw_only=True)
class FollowUpResult(Value):
    """
    One event, and what came of it.

    Attributes:
        window: The days on which the contact counts.
        because: Why it is excluded; empty otherwise.
        settles_on: The first day on which no later stay can change the result.
    """

    stay_id: Ref
    event_on: date
    window: Period
    outcome: FollowUpOutcome
    settles_on: date
    met_on: date | None = None
    because: str = ""


@attrs.frozen(kw_only=True)
class FollowUpRate(Value):
    """
    How many events were followed up.

    Attributes:
        unsettled: Events met or not met that a later stay could still take out; the rate is provisional while any are.
    """

    met: Count
    not_met: Count
    excluded: Count
    still_open: Count
    unsettled: Count

    @property
    def share(self) -> Fraction | None:
        """Met, of those met or not met. Undefined (nothing) where there are none; that is not 0."""
        counted = self.met + self.not_met
        return Fraction(self.met, counted) if counted else None


def follow_ups(
    stays: Iterable[Stay],
    contacts: Iterable[Contact],
    standard: Standard[FollowUp],
    *,
    period: Period,
    as_of: date,
    died_on: date | None = None,
) -> tuple[FollowUpResult, ...]:
    """
    What came of each event of one client, by day.

    Args:
        stays: Any order; stays outside *period* matter too, for chains and exclusions. What is dated after *as_of* is
            passed over.
        contacts: Any order, likewise.
        standard: Read on the first day of *period*; that edition judges all of it, a later one none of it.
        period: The days whose events are asked about.
        died_on: The day the client died, where that is known.

    Raises:
        StandardNotInForce: *standard* has no edition on the first day of *period*.
    """
    rule = standard.on(period.start).rule
    known = sorted((stay for stay in stays if stay.admitted_on <= as_of), key=in_order)
    events = _events(known, rule, as_of)
    if not events:
        return ()
    dropped = _sieved(events, known, rule, period, died_on if died_on is not None and died_on <= as_of else None)
    days = rule.contact.days_among(contacts, as_of=as_of)
    return tuple(_result(event, dropped.get(event[2].stay_id, ""), days, rule, as_of) for event in events)


def follow_up_rate(results: Iterable[FollowUpResult], *, as_of: date) -> FollowUpRate:
    """The results of one client or of many, counted. What is still open is neither met nor not met."""
    counts = dict.fromkeys(FollowUpOutcome, 0)
    unsettled = 0
    for result in results:
        counts[result.outcome] += 1
        decided = result.outcome in (FollowUpOutcome.MET, FollowUpOutcome.NOT_MET)
        unsettled += decided and as_of < result.settles_on
    return FollowUpRate(
        met=counts[FollowUpOutcome.MET],
        not_met=counts[FollowUpOutcome.NOT_MET],
        excluded=counts[FollowUpOutcome.EXCLUDED],
        still_open=counts[FollowUpOutcome.STILL_OPEN],
        unsettled=unsettled,
    )


_Event = tuple[date, date, Stay]
"""The day of the event, the day of the admission, the stay."""


def _events(known: list[Stay], rule: FollowUp, as_of: date) -> list[_Event]:
    events: list[_Event] = []
    for stay in known:
        if stay.setting in rule.settings:
            on = stay.admitted_on if rule.counted_from is Anchor.ADMISSION else stay.ended_by(as_of)
            if on is not None:
                events.append((on, stay.admitted_on, stay))
    return sorted(events, key=lambda event: (event[0], event[1], event[2].stay_id))


def _sieved(
    events: list[_Event], known: list[Stay], rule: FollowUp, period: Period, died_on: date | None
) -> dict[str, str]:
    """Why each event that is not counted is not, by stay id."""
    dropped: dict[str, str] = {}
    for sieve in rule.order:
        left = [event for event in events if event[2].stay_id not in dropped]
        if sieve is Sieve.PERIOD:
            taken = {stay.stay_id: "outside the days asked about" for on, _, stay in left if on not in period}
        elif sieve is Sieve.EXCLUSIONS:
            taken = _excluded(left, known, rule, died_on)
        else:
            taken = _chained(left, rule)
        dropped.update(taken)
    return dropped


def _excluded(events: list[_Event], known: list[Stay], rule: FollowUp, died_on: date | None) -> dict[str, str]:
    excluding = [stay for stay in known if stay.setting in rule.excluding_settings]
    admitted = [stay.admitted_on for stay in excluding]
    taken: dict[str, str] = {}
    for on, _, stay in events:
        place = bisect_left(admitted, on)
        if place < len(admitted) and (admitted[place] - on).days <= (rule.excluded_within_days or 0):
            taken[stay.stay_id] = f"admitted to {excluding[place].setting.value} on {admitted[place]}"
        elif died_on is not None and (
            rule.death_excludes is DeathExcludes.EVER
            or (rule.death_excludes is DeathExcludes.IN_WINDOW and died_on <= on + timedelta(days=rule.within_days))
        ):
            taken[stay.stay_id] = f"died on {died_on}"
    return taken


def _chained(events: list[_Event], rule: FollowUp) -> dict[str, str]:
    """
    The events of chains that are not kept.

    Two events are close when the later one's admission is at most the days asked for after the day of the earlier one.
    """
    if rule.keep is Keep.ALL or rule.chained_within_days is None:
        return {}
    close = timedelta(days=rule.chained_within_days)
    only_kept = rule.linked_to is LinkedTo.KEPT
    taken: dict[str, str] = {}
    nearest: date | None = None  # of the events gone through: the last day of one, or the first admission of one
    if rule.keep is Keep.FIRST:
        because = f"follows another within {rule.chained_within_days} days, and the first is counted"
        for on, admitted_on, stay in events:
            is_close = nearest is not None and admitted_on - nearest <= close
            if is_close:
                taken[stay.stay_id] = because
            if not (is_close and only_kept):
                nearest = on
    else:
        because = f"another follows within {rule.chained_within_days} days, and the last is counted"
        for on, admitted_on, stay in reversed(events):
            is_close = nearest is not None and nearest - on <= close
            if is_close:
                taken[stay.stay_id] = because
            if not (is_close and only_kept):
                nearest = admitted_on if nearest is None else min(nearest, admitted_on)
    return taken


def _result(event: _Event, because: str, days: list[date], rule: FollowUp, as_of: date) -> FollowUpResult:
    on, _, stay = event
    window = Period(on if rule.same_day_counts else on + ONE_DAY, on + timedelta(days=rule.within_days + 1))
    place = bisect_left(days, window.start)
    met_on = days[place] if place < len(days) and days[place] in window else None
    if because:
        outcome = FollowUpOutcome.EXCLUDED
    elif met_on is not None:
        outcome = FollowUpOutcome.MET
    else:
        outcome = FollowUpOutcome.NOT_MET if as_of >= window.end else FollowUpOutcome.STILL_OPEN
    last = max(
        rule.within_days,
        rule.chained_within_days or 0 if rule.keep is Keep.LAST else 0,
        rule.excluded_within_days or 0,
    )
    return FollowUpResult(
        stay_id=stay.stay_id,
        event_on=on,
        window=window,
        outcome=outcome,
        settles_on=on + timedelta(days=last + 1),
        met_on=met_on,
        because=because,
    )
