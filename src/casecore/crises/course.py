"""Which stays a client has had, and which still goes on."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from casecore.terms import ONE_DAY, Label, Period, Problem, Ref, Value, Verdict, Words, all_of, no, yes

from .stay import Setting, StayBegan, StayEnded

INPATIENT = (Setting.PSYCHIATRIC_INPATIENT, Setting.MEDICAL_INPATIENT, Setting.STATE_HOSPITAL)
"""The settings that count as inpatient treatment where nobody says otherwise."""


class DayCount(enum.Enum):
    """Which days of a stay are counted; the day of admission, the day of discharge, or the nights between."""

    NIGHTS = "nights"
    """The day of discharge is not counted; in and out on one day is none."""
    NIGHTS_AT_LEAST_ONE = "nights-at-least-one"
    """The day of discharge is not counted; in and out on one day is one."""
    DAYS = "days"
    """Every day on which the client was there, the day of discharge too."""


@attrs.frozen(kw_only=True)
class Stay(Value):
    """
    One stay, from admission to discharge.

    Attributes:
        discharged_on: The day the client left; nothing while the stay goes on.
        alerted_on: The day the agency learned of it, where that is later than the admission.
        diverted_from: The more restrictive place it was an alternative to, where it was one.
        destination: Where the client went, in the hospital's words.
    """

    stay_id: Ref
    setting: Setting
    admitted_on: date
    discharged_on: date | None = None
    facility: Label | None = None
    reason: Words | None = None
    alerted_on: date | None = None
    diverted_from: Setting | None = None
    destination: Label | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.discharged_on is not None and self.discharged_on < self.admitted_on:
            yield Problem("discharged_on", "must not be before admitted_on")
        if self.diverted_from is self.setting:
            yield Problem("diverted_from", "must be another setting than the stay's own")

    def ended_by(self, day: date) -> date | None:
        """The day it ended, as far as that had happened by *day*; nothing while it goes on."""
        return self.discharged_on if self.discharged_on is not None and self.discharged_on <= day else None

    def is_open_on(self, day: date) -> bool:
        """Whether the client was there at the end of *day*."""
        return self.admitted_on <= day and self.ended_by(day) is None

    def days(self, counting: DayCount, *, as_of: date) -> Period | None:
        """
        The days of the stay that *counting* counts, as known on *as_of*.

        A stay that goes on is counted up to *as_of*, which is inside: the client is taken to be there that night.

        Returns:
            Nothing where no day is counted: not yet begun, or in and out on one day where nights are counted.
        """
        return days_counted(self.admitted_on, self.discharged_on, counting, as_of=as_of)


def days_counted(first: date, left_on: date | None, counting: DayCount, *, as_of: date) -> Period | None:
    """
    The days from *first* to *left_on* that *counting* counts, as known on *as_of*; nothing where there are none.

    What has not ended by *as_of* is counted up to that day, which is inside.
    """
    if first > as_of:
        return None
    if left_on is None or left_on > as_of:
        end = as_of + ONE_DAY
    elif counting is DayCount.DAYS:
        end = left_on + ONE_DAY
    elif counting is DayCount.NIGHTS_AT_LEAST_ONE:
        end = max(left_on, first + ONE_DAY)
    else:
        end = left_on
    return Period(first, end) if end > first else None


def stays_of(entries: Iterable[StayBegan | StayEnded], *, as_of: date | None = None) -> tuple[Stay, ...]:
    """
    The stays that these entries tell of, by day of admission.

    A stay without an end is open. Where one id began or ended twice, the entry given last stands. An end that belongs
    to no stay, or lies before the admission, is passed over: `may_end_stay` refuses it when it is written.

    Args:
        entries: One client's, any order between the beginnings and the ends.
        as_of: Entries dated after this day are passed over; none are where it is not given.
    """
    began: dict[str, StayBegan] = {}
    ended: dict[str, StayEnded] = {}
    for entry in entries:
        if as_of is not None and entry.happened_on > as_of:
            continue
        if isinstance(entry, StayBegan):
            began[entry.stay_id] = entry
        else:
            ended[entry.stay_id] = entry
    if not began:
        return ()
    stays = [_stay(beginning, ended.get(stay_id)) for stay_id, beginning in began.items()]
    return tuple(sorted(stays, key=in_order))


def in_order(stay: Stay) -> tuple[date, date, str]:
    """The order of stays everywhere here: by admission, then by discharge, an open one last, then by id."""
    return (stay.admitted_on, stay.discharged_on or date.max, stay.stay_id)


def _stay(began: StayBegan, ended: StayEnded | None) -> Stay:
    if ended is not None and ended.discharged_on < began.admitted_on:
        ended = None
    return Stay(
        stay_id=began.stay_id,
        setting=began.setting,
        admitted_on=began.admitted_on,
        discharged_on=ended.discharged_on if ended else None,
        facility=began.facility,
        reason=began.reason,
        alerted_on=began.alerted_on,
        diverted_from=began.diverted_from,
        destination=ended.destination if ended else None,
    )


def may_begin_stay(stays: Iterable[Stay], began: StayBegan) -> Verdict:
    """May this admission be written? Its id must be new; two stays at one time may well be (a transfer, say)."""
    question = "Is the stay's id new?"
    if any(stay.stay_id == began.stay_id for stay in stays):
        return no(
            question, "another stay has it", would_satisfy=("an id of its own, or a correction of the other entry",)
        )
    return yes(question)


def may_end_stay(stays: Iterable[Stay], ended: StayEnded) -> Verdict:
    """May this discharge from a stay be written? The stay must be known, open, and begun by then."""
    stay = next((stay for stay in stays if stay.stay_id == ended.stay_id), None)
    known = "Is the stay known?"
    if stay is None:
        return no(known, "no stay has this id", would_satisfy=("the entry that began the stay, first",))
    is_open, after = "Is the stay still open?", "Is the discharge on or after the admission?"
    return all_of(
        "May the end of the stay be written?",
        [
            yes(known),
            yes(is_open)
            if stay.discharged_on is None
            else no(is_open, f"it ended on {stay.discharged_on}", would_satisfy=("a correction of the earlier end",)),
            yes(after)
            if ended.discharged_on >= stay.admitted_on
            else no(after, f"admitted on {stay.admitted_on}", would_satisfy=("a day on or after the admission",)),
        ],
    )
