"""Who works on the case, and how many cases one worker may carry."""

from __future__ import annotations

import enum
from datetime import date
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Entry, Label, Ref, Value


class Assignment(enum.Enum):
    """In which capacity a worker is on the case. Exactly one is accountable: the primary."""

    PRIMARY = "primary"
    TEAM = "team"
    COVERING = "covering"


@attrs.frozen(kw_only=True)
class StaffMember(Value):
    """
    Somebody who works here.

    Attributes:
        share: Part of full time, 1.0 being full time.
        supervisor: The worker id of who supervises them, where somebody does.
    """

    worker: Ref
    name: Label | None = None
    supervisor: Ref | None = None
    share: Annotated[float, AtLeast(0), AtMost(1)] = 1.0


@attrs.frozen(kw_only=True)
class WorkerAssigned(Entry, kind="worker-assigned", dated="assigned_on"):
    """A worker takes on the case from this day; a new primary relieves the one before."""

    assigned_on: date
    worker: Ref
    capacity: Assignment = Assignment.PRIMARY


@attrs.frozen(kw_only=True)
class WorkerRelieved(Entry, kind="worker-relieved", dated="relieved_on"):
    """A worker leaves the case; *relieved_on* is the first day without them."""

    relieved_on: date
    worker: Ref


@attrs.frozen(kw_only=True)
class CaseloadLimit(Rule, asks="caseload-limit"):
    """How many open cases a full-time worker may carry; a part-timer's limit is prorated by their share."""

    at_most: Annotated[int, AtLeast(1), AtMost(1000)]

    def asks_for_less_than(self, other: Rule) -> bool | None:
        return self.at_most > other.at_most if isinstance(other, CaseloadLimit) else None
