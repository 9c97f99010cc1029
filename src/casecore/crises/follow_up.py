"""
What a measure of follow-up asks: a contact within so many days after an event.

It is generic: the settings, the days and every choice on which published measures differ are parameters. It is not any
published measure, and holds no value sets.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Problem

from .asked import ContactAsked
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
