"""A post: what it asks, through time."""

from __future__ import annotations

from datetime import date

import attrs

from casecore.standards import Edition, Standard
from casecore.terms import Label, Value

from .needs import StaffDay
from .qualifications import Qualifications


@attrs.frozen(kw_only=True)
class Post(Value):
    """
    A post, as an announcement or a law describes it.

    Attributes:
        name: What files and other posts call it, as in ``intensive-case-manager``.
        employer: Who appoints to it: a county, a state, an agency.
        asks: The editions of what it asks.
        governed_by: The day that picks the edition; ``appointment`` where each is held to the edition of their hire.
        invented: True for a post made up for learning.
    """

    name: Label
    title: Label
    asks: Standard[Qualifications]
    employer: Label | None = None
    governed_by: StaffDay = StaffDay.ASKED
    invented: bool = False

    def edition_on(self, day: date) -> Edition[Qualifications]:
        """
        What it asks on *day*.

        Raises:
            StandardNotInForce: It asks nothing on that day: before the first edition, in a gap, after a repeal.
        """
        return self.asks.on(day)
