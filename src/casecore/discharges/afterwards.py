"""What is owed when an episode has ended: the summary, and contacts afterwards."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from casecore.contacts import Contact
from casecore.crises import ContactAsked, WhenOvertaken
from casecore.standards import Rule, Standard
from casecore.terms import ONE_DAY, Due, Label, Period, Problem, Span, Value, WorkingDays

from .discharge import DischargeReason
from .standing import DischargeEntry, discharge_of, summaries_of


class SummaryClock(enum.Enum):
    """Which of two days governs, where a summary is asked for on discharge and on inactivity."""

    EARLIEST = "earliest"
    """The earlier of the two last days; of one that has not begun, nothing is known, and the other governs."""
    DISCHARGE_ELSE_INACTIVITY = "discharge-else-inactivity"
    """The discharge, once there is one; before that, inactivity."""


@attrs.frozen(kw_only=True)
class DischargeSummary(Rule, asks="discharge-summary"):
    """
    By when the discharge summary is written.

    Attributes:
        within: How long after the discharge.
        undone_summary_counts: Whether a summary written before a discharge was undone will do for the next one.
        early_within: A summary finished in the days that end with the discharge (or the day inactivity began) will do,
            so many of them; without it, only one finished on that day or later.
        inactive_within: Also owed on the last day of this span from the day inactivity began.
        inactive_day_one: Whether that day is day 1 (``on the 90th day of inactive status``) or day 0.
        clock: Which of the two governs.
        not_for: Reasons of discharge that ask for no summary.
    """

    within: Span
    undone_summary_counts: bool
    early_within: Span | None = None
    inactive_within: Span | None = None
    inactive_day_one: bool | None = None
    clock: SummaryClock | None = None
    not_for: tuple[DischargeReason, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        for name, value in (("inactive_day_one", self.inactive_day_one), ("clock", self.clock)):
            if (value is None) != (self.inactive_within is None):
                yield Problem(name, "must be given with inactive_within, and only with it")
        if self.inactive_day_one and self.inactive_within is not None and not self.inactive_within.days:
            yield Problem("inactive_within", "must be at least 1 day where that day is day 1")
        if self.early_within is not None and self.early_within.business_days is not None:
            yield Problem("early_within", "must not be counted in business days")


@attrs.frozen(kw_only=True)
class ContactWindow(Value):
    """
    One contact owed after the discharge.

    Attributes:
        name: What the program calls it, as in ``day 7``.
        contact: Which contact will do.
        within: How long after the discharge it is on time.
        same_day_counts: Whether a contact on the day of discharge will do.
        not_before: The first day on which it counts, in the unit of *within*.
        closes_after: How long after the discharge it can still be done late; without it, for as long as it takes.
    """

    name: Label
    contact: ContactAsked
    within: Span
    same_day_counts: bool
    not_before: Span | None = None
    closes_after: Span | None = None

    def contradictions(self) -> Iterator[Problem]:
        span = self.within
        if not self.same_day_counts and not any((span.days, span.business_days, span.months, span.years)):
            yield Problem("within", "must be longer than nothing where the same day does not count")
        if self.not_before is not None:
            pairs = [
                (getattr(self.not_before, unit), getattr(span, unit))
                for unit in ("days", "business_days", "months", "years")
            ]
            if not any(first is not None and last is not None and first <= last for first, last in pairs):
                yield Problem("not_before", "must be in the unit of within, and not longer")


@attrs.frozen(kw_only=True)
class PostDischargeContact(Rule, asks="post-discharge-contact"):
    """
    Contacts after the discharge, each in its own window. One contact can settle several windows.

    Attributes:
        when_readmitted: What becomes of a window that is open when the client is admitted to the program again.
        not_for: Reasons of discharge that ask for none.
    """

    windows: tuple[ContactWindow, ...]
    when_readmitted: WhenOvertaken
    not_for: tuple[DischargeReason, ...] = (DischargeReason.DIED,)

    def contradictions(self) -> Iterator[Problem]:
        if not self.windows:
            yield Problem("windows", "must hold at least one window")
        names = [window.name for window in self.windows]
        if len(set(names)) < len(names):
            yield Problem("windows", "must not carry a name twice")


def discharge_summary_dues(
    entries: Iterable[DischargeEntry],
    standard: Standard[DischargeSummary],
    *,
    as_of: date,
    inactive_since: date | None = None,
    working_days: WorkingDays | None = None,
) -> tuple[Due, ...]:
    """
    The discharge summary, owed from the discharge on, or on a day of inactivity.

    Code: ``discharge-summary``. On account of inactivity it is upcoming until its one day. It never closes: a summary
    that was not written stays owed.

    Args:
        entries: One episode's discharges, undoings and summaries, in the order in which they were written down.
        standard: Read on the day of discharge, or where there is none on the day inactivity began. Where it is not in
            force then, nothing is owed.
        inactive_since: The day from which inactivity is counted, by the program's own definition; a day after *as_of*
            or after the discharge is passed over.
        working_days: Asked for where the standard counts business days.

    Returns:
        One due, or none while the episode goes on without inactivity.
    """
    entries = tuple(entries)
    discharge = discharge_of(entries, as_of=as_of)
    left = discharge.discharged_on if discharge else None
    idle = inactive_since if inactive_since is not None and inactive_since <= (left or as_of) else None
    anchor = left or idle
    edition = standard.in_force(anchor) if anchor is not None else None
    if edition is None or (discharge is not None and discharge.reason in edition.rule.not_for):
        return ()
    rule = edition.rule
    clocks: list[tuple[date, Period, str]] = []
    if left is not None:
        window = Period(left, rule.within.after(left, working_days) + ONE_DAY)
        clocks.append((left, window, "the discharge"))
    if idle is not None and rule.inactive_within is not None:
        last = rule.inactive_within.after(idle, working_days)
        if rule.inactive_day_one:
            last -= ONE_DAY
        if left is None or rule.clock is SummaryClock.EARLIEST:
            clocks.append((idle, Period(last, last + ONE_DAY), "inactivity"))
    if not clocks:
        return ()
    since, window, ground = min(clocks, key=lambda clock: clock[1].end)
    first = min(clock[0] for clock in clocks)
    if rule.early_within is not None:
        first = rule.early_within.look_back(first).start
    written = summaries_of(entries, undone_summary_counts=rule.undone_summary_counts, as_of=as_of)
    met_on = min((summary.written_on for summary in written if summary.written_on >= first), default=None)
    return (
        Due.unchecked(
            code="discharge-summary",
            what=f"the discharge summary, on account of {ground}",
            window=window,
            since=since,
            as_of=as_of,
            standard=standard.name,
            source=edition.source,
            would_satisfy="the discharge summary, written",
            met_on=met_on,
        ),
    )


def post_discharge_dues(
    entries: Iterable[DischargeEntry],
    contacts: Iterable[Contact],
    standard: Standard[PostDischargeContact],
    *,
    as_of: date,
    readmitted_on: date | None = None,
    working_days: WorkingDays | None = None,
) -> tuple[Due, ...]:
    """
    The contacts owed after the discharge, one for each window, upcoming, met and missed ones too.

    Code: ``contact-after-discharge``; *about* is the window's name. Once a discharge is undone there are none.

    Args:
        entries: One episode's discharges and undoings, in the order in which they were written down.
        contacts: Any order; what is dated after *as_of* is passed over.
        standard: Read on the day of discharge. Where it is not in force then, nothing is owed.
        readmitted_on: The day the client was admitted again, where that happened.
        working_days: Asked for where the standard counts business days.
    """
    discharge = discharge_of(entries, as_of=as_of)
    edition = standard.in_force(discharge.discharged_on) if discharge else None
    if discharge is None or edition is None or discharge.reason in edition.rule.not_for:
        return ()
    left, rule = discharge.discharged_on, edition.rule
    back = readmitted_on if readmitted_on is not None and left <= readmitted_on <= as_of else None
    if rule.when_readmitted is WhenOvertaken.STANDS:
        back = None
    contacts = tuple(contacts)
    dues: list[Due] = []
    for asked in rule.windows:
        start = left if asked.same_day_counts else left + ONE_DAY
        if asked.not_before is not None:
            start = max(start, asked.not_before.after(left, working_days))
        window = Period(start, asked.within.after(left, working_days) + ONE_DAY)
        closes = None
        if asked.closes_after is not None:
            closes = max(window.end, asked.closes_after.after(left, working_days) + ONE_DAY)
        days = asked.contact.days_among(contacts, since=start, as_of=as_of)
        met_on = days[0] if days else None
        lifted_because = None
        if back is not None:
            if met_on is not None and met_on > back:
                met_on = None
            if back >= window.end:
                closes = back + ONE_DAY if closes is None else min(closes, back + ONE_DAY)
            elif met_on is None:
                lifted_because = f"admitted again on {back}, before it was late"
        dues.append(
            Due.unchecked(
                code="contact-after-discharge",
                what=f"a contact after the discharge ({asked.name})",
                window=window,
                since=left,
                as_of=as_of,
                closes=closes,
                standard=standard.name,
                source=edition.source,
                would_satisfy=str(asked.contact),
                met_on=met_on,
                lifted_because=lifted_because,
                about=asked.name,
            )
        )
    return tuple(dues)
