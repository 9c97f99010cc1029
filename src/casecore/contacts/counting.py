"""Which contacts count: the filters of a standard, and then its limits for one day."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, NamedTuple

import attrs

from casecore.terms import AtLeast, AtMost, Minutes, Problem, Value, age_on

from .contact import Contact, Mode, Outcome, Party, Place
from .lengths import length_of


class UnknownLength(enum.Enum):
    """What a contact of unknown length is worth where a standard asks for a length."""

    NOT_KNOWN = "not-known"
    COUNTS = "counts"
    DOES_NOT_COUNT = "does-not-count"


@attrs.frozen(kw_only=True)
class PairOnADay(Value):
    """
    More than the day's usual maximum, where one contact was with each of two parties.

    Attributes:
        at_most: How many may count on such a day.
        modes: The modes that make the pair; none means any.
        parties: With whom: one with each.
        under_age: Only for a client who has not completed so many years on that day; nothing means everybody.
    """

    at_most: Annotated[int, AtLeast(2), AtMost(100)]
    modes: tuple[Mode, ...] = ()
    parties: tuple[Party, Party] = (Party.CLIENT, Party.COLLATERAL)
    under_age: Annotated[int, AtLeast(1), AtMost(150)] | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.parties[0] is self.parties[1]:
            yield Problem("parties", "must name two different parties")


@attrs.frozen(kw_only=True)
class Counting(Value):
    """
    How a standard counts contacts. Filters come first, the day's maximum after them; what is not named is not asked.

    Attributes:
        outcomes: What must have come of it. Only meetings, unless the standard takes attempts.
        modes: Modes that count; none means any.
        modes_if_justified: Modes that count besides, where the contact says why that mode was acceptable.
        parties: With whom; none means anybody.
        collaterals_under_age: Collaterals count only for a client who has not completed so many years on that day.
        places: Where; none means anywhere. A contact whose place is not known is then *not known*.
        minimum_minutes: How long a meeting must last. An attempt has no length and is not asked for one.
        unknown_length: What an unknown length means under *minimum_minutes*.
        short_contacts_add_up: Whether shorter meetings of one day with the same party, long enough together, are one.
        most_per_day: How many may count on one day; nothing means all of them.
        pair_on_a_day: The exception to *most_per_day*.
    """

    outcomes: tuple[Outcome, ...] = (Outcome.HELD,)
    modes: tuple[Mode, ...] = ()
    modes_if_justified: tuple[Mode, ...] = ()
    parties: tuple[Party, ...] = ()
    collaterals_under_age: Annotated[int, AtLeast(1), AtMost(150)] | None = None
    places: tuple[Place, ...] = ()
    minimum_minutes: Minutes = 0
    unknown_length: UnknownLength = UnknownLength.NOT_KNOWN
    short_contacts_add_up: bool = False
    most_per_day: Annotated[int, AtLeast(1), AtMost(100)] | None = None
    pair_on_a_day: PairOnADay | None = None

    def contradictions(self) -> Iterator[Problem]:
        if not self.outcomes:
            yield Problem("outcomes", "must name at least one outcome")
        if self.modes_if_justified and not self.modes:
            yield Problem("modes_if_justified", "must stand beside modes that need no justification")
        if set(self.modes_if_justified) & set(self.modes):
            yield Problem("modes_if_justified", "must not repeat a mode that needs no justification")
        if self.short_contacts_add_up and not self.minimum_minutes:
            yield Problem("short_contacts_add_up", "must stand beside minimum_minutes")
        if self.pair_on_a_day and (self.most_per_day is None or self.pair_on_a_day.at_most <= self.most_per_day):
            yield Problem("pair_on_a_day", "must allow more than most_per_day")

    def phrase(self, count: int) -> str:
        """The contacts asked for, in words: ``4 face-to-face contacts with the client``."""
        noun = "contact" if count == 1 else "contacts"
        if any(outcome is not Outcome.HELD for outcome in self.outcomes):
            noun += " or attempt" if count == 1 else " or attempts"
        words = [str(count), " or ".join(mode.value for mode in self.modes), noun]
        words.append("with the " + " or ".join(party.value for party in self.parties) if self.parties else "")
        words.append("at " + " or ".join(place.value for place in self.places) if self.places else "")
        words.append(f"of at least {self.minimum_minutes} minutes" if self.minimum_minutes else "")
        return " ".join(word for word in words if word)


class NotCounted(enum.Enum):
    """Why a contact does not count. The three that end in *not-known* may count once a fact is known."""

    OUTCOME = "outcome-does-not-count"
    MODE = "mode-does-not-count"
    JUSTIFICATION = "justification-missing"
    PARTY = "party-does-not-count"
    COLLATERAL_OF_ADULT = "collateral-of-an-adult"
    AGE_NOT_KNOWN = "age-not-known"
    PLACE = "place-does-not-count"
    PLACE_NOT_KNOWN = "place-not-known"
    TOO_SHORT = "too-short"
    NO_LENGTH = "length-not-written"
    LENGTH_NOT_KNOWN = "length-not-known"
    ADDED_UP = "added-to-another"
    DAILY_MAXIMUM = "over-daily-maximum"
    BEFORE_ADMISSION = "before-admission"
    AFTER_DISCHARGE = "after-discharge"


MISSING = {
    NotCounted.AGE_NOT_KNOWN: "born_on",
    NotCounted.PLACE_NOT_KNOWN: "place",
    NotCounted.LENGTH_NOT_KNOWN: "minutes",
}
"""The doubts, and the fact that would settle each."""

Sieve = Callable[[Contact], NotCounted | None]
Limit = Callable[[date, list[Contact]], int]


class Ready(NamedTuple):
    """
    A way of counting made ready for one client: the filters, and the day's limits sure and hopeful.

    Attributes:
        against: All filters; *but_for_length* all but the length, asked where short contacts add up.
    """

    rule: Counting
    against: Sieve
    but_for_length: Sieve
    limit: Limit
    hopeful_limit: Limit
    pair_in_doubt: bool
    words: dict[int, str]

    def phrase(self, count: int) -> str:
        """`Counting.phrase`, worded once."""
        words = self.words.get(count)
        if words is None:
            words = self.words[count] = self.rule.phrase(count)
        return words


def make_ready(rule: Counting, born_on: date | None) -> Ready:
    """Build the filters and limits once, for all contacts of one client."""
    pair, against = rule.pair_on_a_day, sieve_of(rule, born_on)
    return Ready(
        rule,
        against,
        sieve_of(rule, born_on, any_length=True) if rule.short_contacts_add_up else against,
        limit_of(rule, born_on, hopeful=False),
        limit_of(rule, born_on, hopeful=True),
        pair is not None and pair.under_age is not None and born_on is None,
        {},
    )


def sieve_of(rule: Counting, born_on: date | None, *, any_length: bool = False) -> Sieve:
    """The filters of *rule*: what speaks against one contact, or nothing. A sure no comes before a doubt."""
    outcomes, modes, parties, places = rule.outcomes, rule.modes, rule.parties, rule.places
    justified, under_age = rule.modes_if_justified, rule.collaterals_under_age
    least = 0 if any_length else rule.minimum_minutes
    of_unknown_length = {
        UnknownLength.NOT_KNOWN: NotCounted.LENGTH_NOT_KNOWN,
        UnknownLength.DOES_NOT_COUNT: NotCounted.NO_LENGTH,
        UnknownLength.COUNTS: None,
    }[rule.unknown_length]

    def against(contact: Contact) -> NotCounted | None:
        if contact.outcome not in outcomes:
            return NotCounted.OUTCOME
        if modes and contact.mode not in modes:
            if contact.mode not in justified:
                return NotCounted.MODE
            if contact.justification is None:
                return NotCounted.JUSTIFICATION
        if parties and contact.party not in parties:
            return NotCounted.PARTY
        doubt = None
        if under_age is not None and contact.party is Party.COLLATERAL:
            if born_on is None:
                doubt = NotCounted.AGE_NOT_KNOWN
            elif age_on(contact.held_on, born_on) >= under_age:
                return NotCounted.COLLATERAL_OF_ADULT
        if places and contact.place not in places:
            if contact.place is not None:
                return NotCounted.PLACE
            doubt = NotCounted.PLACE_NOT_KNOWN
        if least and contact.outcome is Outcome.HELD:
            length = contact.minutes if contact.minutes is not None else length_of(contact)
            if length is None:
                if of_unknown_length is NotCounted.NO_LENGTH:
                    return NotCounted.NO_LENGTH
                doubt = of_unknown_length or doubt
            elif length < least:
                return NotCounted.TOO_SHORT
        return doubt

    return against


def limit_of(rule: Counting, born_on: date | None, *, hopeful: bool) -> Limit:
    """How many of one day's accepted contacts count. *hopeful* takes an unknown age for a young one."""
    most, pair = rule.most_per_day, rule.pair_on_a_day

    def counted(day: date, accepted: list[Contact]) -> int:
        if most is None or len(accepted) <= most:
            return len(accepted)
        return min(len(accepted), pair.at_most) if pair and makes_pair(pair, day, accepted, born_on, hopeful) else most

    return counted


def makes_pair(pair: PairOnADay, day: date, accepted: list[Contact], born_on: date | None, hopeful: bool) -> bool:
    """Whether the day's contacts hold one with each party, for a client young enough."""
    if pair.under_age is not None:
        if born_on is None:
            if not hopeful:
                return False
        elif age_on(day, born_on) >= pair.under_age:
            return False
    met = {contact.party for contact in accepted if not pair.modes or contact.mode in pair.modes}
    return pair.parties[0] in met and pair.parties[1] in met


def standard_order(contact: Contact) -> tuple[object, ...]:
    """One fixed order of contacts, whatever order they were handed in: by day, by time, then by all else they say."""
    began, ended, place, written = contact.began_at, contact.ended_at, contact.place, contact.written_on
    return (
        contact.held_on,
        began.timestamp() if began else 0.0,
        contact.mode.value,
        contact.party.value,
        contact.outcome.value,
        -1 if contact.minutes is None else contact.minutes,
        ended.timestamp() if ended else 0.0,
        place.value if place else "",
        written or date.min,
        contact.worker or "",
        contact.with_whom or "",
        contact.shared or "",
        contact.services,
        contact.goals,
        contact.justification or "",
        contact.note or "",
    )
