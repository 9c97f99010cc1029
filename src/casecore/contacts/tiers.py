"""The tiers that a month of service may reach, as a rulebook says them: full, partial, inpatient."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Count, Label, Problem, Value

from .counting import Counting


class InMonths(enum.Enum):
    """The months a tier is open to. A stay touches a month when a day of it lies inside the month."""

    ANY = "any"
    WITH_STAY = "with-stay"
    WITHOUT_STAY = "without-stay"


@attrs.frozen(kw_only=True)
class ContactKind(Value):
    """
    A kind of contact that tiers count. A contact is of the first kind, in the rule's order, that takes it.

    Attributes:
        at_most: How many of this kind count in one month; nothing means all.
    """

    name: Label
    counting: Counting
    at_most: Count | None = None


@attrs.frozen(kw_only=True)
class ContactsNeeded(Value):
    """At least so many contacts of these kinds together."""

    kinds: tuple[Label, ...]
    at_least: Annotated[int, AtLeast(1), AtMost(1000)]


@attrs.frozen(kw_only=True)
class Way(Value):
    """
    One way of reaching a tier: everything named here.

    Attributes:
        resident_days: Days in residence, at least.
        different_services: Different services given by contacts of any kind that counts.
    """

    contacts: tuple[ContactsNeeded, ...] = ()
    resident_days: Annotated[int, AtLeast(1), AtMost(31)] | None = None
    different_services: Annotated[int, AtLeast(1), AtMost(100)] | None = None

    def contradictions(self) -> Iterator[Problem]:
        if not self.contacts and self.resident_days is None and self.different_services is None:
            yield Problem("", "must ask for something")


@attrs.frozen(kw_only=True)
class Tier(Value):
    """
    One tier.

    Attributes:
        ways: Any one of them reaches it.
        in_months: The months it is open to.
        months_per_episode: How many calendar months of one episode it may be reached in, at most.
    """

    name: Label
    ways: tuple[Way, ...]
    in_months: InMonths = InMonths.ANY
    months_per_episode: Annotated[int, AtLeast(1), AtMost(1200)] | None = None


@attrs.frozen(kw_only=True)
class ContactTiers(Rule, asks="contact-tiers"):
    """
    The tiers of a calendar month, the highest first.

    Attributes:
        discharge_day_counts: Whether the day of leaving a hospital is still a day of the stay.
    """

    kinds: tuple[ContactKind, ...]
    tiers: tuple[Tier, ...]
    discharge_day_counts: bool = False

    def contradictions(self) -> Iterator[Problem]:
        known = {kind.name for kind in self.kinds}
        if len(known) < len(self.kinds):
            yield Problem("kinds", "must not name a kind twice")
        if not self.tiers or len({tier.name for tier in self.tiers}) < len(self.tiers):
            yield Problem("tiers", "must name at least one tier, and none twice")
        for place, tier in enumerate(self.tiers):
            if not tier.ways:
                yield Problem(f"tiers[{place}].ways", "must hold at least one way")
            for number, way in enumerate(tier.ways):
                if any(name not in known for needed in way.contacts for name in needed.kinds):
                    yield Problem(f"tiers[{place}].ways[{number}]", "must only name kinds of this rule")
