"""Was the client met within so many days after an event? Each event's result, and the rate for one client or many."""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

import attrs

from casecore.contacts import Contact
from casecore.standards import Standard
from casecore.terms import ONE_DAY, Count, Period, Ref, Value

from .course import Stay, in_order
from .duties import Anchor
from .follow_up import DeathExcludes, FollowUp, Keep, LinkedTo, Sieve


class FollowUpOutcome(enum.Enum):
    """What came of one event."""

    MET = "met"
    NOT_MET = "not-met"
    EXCLUDED = "excluded"
    STILL_OPEN = "still-open"


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
    days = rule.contact.days_among(contacts, since=events[0][0], as_of=as_of)
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
