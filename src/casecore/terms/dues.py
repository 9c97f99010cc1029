"""
What is owed, and what fell short.

One definition of *upcoming, due, overdue, met, met late, missed, lifted* for screens, mails and reports alike.

>>> from datetime import date
>>> from casecore.terms import Due, Period
>>> visit = Due(code="visit-owed", what="one home visit", since=date(2026, 3, 1),
...             window=Period(date(2026, 3, 1), date(2026, 4, 1)), as_of=date(2026, 3, 31))
>>> visit.state.value, str(visit.by)
('due', '2026-03-31')
>>> visit.seen_on(date(2026, 4, 1)).state.value
'overdue'
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date

import attrs

from .checks import Label, Ref, Words
from .days import Period
from .errors import Problem
from .sources import Source
from .values import Value


class DueState(enum.Enum):
    """Where a thing owed stands on the day asked about."""

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met-late"
    MISSED = "missed"
    LIFTED = "lifted"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do: due or overdue."""
        return self in (DueState.DUE, DueState.OVERDUE)


@attrs.frozen(kw_only=True)
class Due(Value):
    """
    One thing owed.

    Attributes:
        code: What kind of duty this is; kebab-case, never changes.
        what: What is owed, in a sentence without the client's name.
        window: The days on which doing it is on time; half-open.
        closes: The first day on which it can no longer be done at all: from then on it is missed. Without one, it stays
            overdue until somebody does it or it is lifted.
        since: The day from which the duty stands.
        as_of: The day asked about.
        standard: The name of the standard that asks for it.
        source: By whose authority.
        would_satisfy: The entry that would settle it.
        met_on: The day it was done.
        lifted_because: Why it need not be done: the exemption or the excuse.
        case, worker: Whose it is; filled in where the dues of many cases stand together.
        about: The id of the thing it concerns (a plan, a stay, an assessment kind), where there is one.
    """

    code: Label
    what: Words
    window: Period
    since: date
    as_of: date
    closes: date | None = None
    standard: str = ""
    source: Source | None = None
    would_satisfy: str = ""
    met_on: date | None = None
    lifted_because: str | None = None
    about: str = ""
    case: str = ""
    worker: str = ""

    def contradictions(self) -> Iterator[Problem]:
        if self.closes is not None and self.closes < self.window.end:
            yield Problem("closes", "must not be before the end of the window")

    @property
    def by(self) -> date:
        """The last day on which doing it is on time."""
        return self.window.last

    @property
    def state(self) -> DueState:
        """
        Where it stands on `as_of`.

        Met outranks lifted: what was done is shown as done. A late act after `closes` stays missed. An act before the
        window opens counts as met: whoever is early is not asked twice.
        """
        if self.met_on is not None and self.met_on <= self.as_of:
            if self.met_on < self.window.end:
                return DueState.MET
            return DueState.MISSED if self.closes is not None and self.met_on >= self.closes else DueState.MET_LATE
        if self.lifted_because is not None:
            return DueState.LIFTED
        if self.as_of < self.window.start:
            return DueState.UPCOMING
        if self.as_of < self.window.end:
            return DueState.DUE
        if self.closes is not None and self.as_of >= self.closes:
            return DueState.MISSED
        return DueState.OVERDUE

    def seen_on(self, day: date) -> Due:
        """The same duty as asked about on another day."""
        return self._with(as_of=day)

    def belonging_to(self, case: str, worker: str) -> Due:
        """The same duty, marked with the case and the worker it belongs to."""
        return self._with(case=case, worker=worker)


@attrs.frozen(kw_only=True)
class Finding(Value):
    """
    One departure from a standard, found by a pure check.

    Attributes:
        code: What kind of departure; kebab-case, never changes.
        on: The day it is dated.
        what: What was found, in a sentence without the client's name.
        about: Id of the entry, goal, plan or stay concerned.
        would_satisfy: What would put it right, where anything can.
    """

    code: Label
    on: date
    what: Words
    standard: str = ""
    source: Source | None = None
    would_satisfy: str = ""
    about: Ref | str = ""
    case: str = ""
    worker: str = ""

    def belonging_to(self, case: str, worker: str) -> Finding:
        """The same finding, marked with the case and the worker it belongs to."""
        return self._with(case=case, worker=worker)
