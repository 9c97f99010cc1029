"""Where somebody has worked, for how long and how much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Label, Problem, Value

from .claims import Claim

Share = Annotated[float, AtLeast(0), AtMost(1)]
"""A part of a whole, 1.0 being all of it."""


@attrs.frozen(kw_only=True)
class Served(Value):
    """Which part of the people served belonged to a group: ``Served(group="mental-illness", share=0.8)``."""

    group: Label
    share: Share


@attrs.frozen(kw_only=True)
class Spell(Claim):
    """
    One unbroken spell of work, paid or not, of the same kind and extent from its first day to its last.

    Say its extent in one of three ways: *share*, *hours_per_week* or *hours*. With none, it is not known.

    Attributes:
        began_on: First day of work.
        ended_on: Last day of work; nothing while it lasts.
        kinds: Everything it was, in the words of the post: ``mental-hygiene-service``; nothing where not known.
        title: The class title.
        status: On what footing: ``permanent``, ``provisional``, ``trainee``.
        settings: What the place was: ``state-licensed``, ``hospital``; all of it.
        served: Which groups the people served belonged to; groups that are not named had no part.
        share: Part of full time.
        hours: All hours of the spell together, spread evenly over its days.
    """

    began_on: date
    ended_on: date | None = None
    kinds: tuple[Label, ...] | None = None
    title: Label | None = None
    employer: Label | None = None
    status: Label | None = None
    is_paid: bool | None = None
    settings: tuple[Label, ...] | None = None
    served: tuple[Served, ...] | None = None
    share: Share | None = None
    hours_per_week: Annotated[float, AtLeast(0), AtMost(168)] | None = None
    hours: Annotated[float, AtLeast(0), AtMost(500_000)] | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from super().contradictions()
        if self.ended_on is not None and self.ended_on < self.began_on:
            yield Problem("ended_on", "must not be before began_on")
        if sum(extent is not None for extent in (self.share, self.hours_per_week, self.hours)) > 1:
            yield Problem("", "must give at most one of share, hours_per_week, hours")
        elif self.hours is not None and self.ended_on is None:
            yield Problem("hours", "must not stand without ended_on: they would not be all")
        elif self.hours is not None and self.hours > 24 * ((self.ended_on or self.began_on) - self.began_on).days + 24:
            yield Problem("hours", "must not be more than the days of the spell have")
        groups = [each.group for each in self.served or ()]
        if len(set(groups)) != len(groups):
            yield Problem("served", "must not name a group twice")
