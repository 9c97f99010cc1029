"""
What is known of a person who asks to be served: plain values, however the host keeps them.

A fact is stated or it is not; nothing here guesses. That something did *not* happen is known only where a list is said
to be complete over the days asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import attrs

from casecore.terms import Label, Problem, Value

DATE_OF_BIRTH = "date-of-birth"
"""What a verdict calls a missing date of birth."""


@attrs.frozen(kw_only=True)
class Fact(Value):
    """
    One thing known from a day on: exactly one of a yes or no, a number, or all codes of a kind.

    Attributes:
        name: The program's word for it, as in ``gaf``; what criteria and verdicts call it.
        known_on: The day from which it is known. A judgement about an earlier day does not see it.
        is_so: The answer to a yes-or-no question.
        number: A score, an amount.
        codes: All the person's codes of this kind. No code at all is a known answer: none of the codes asked for.
        until: First day on which it is no longer to be relied on; without one, it holds until stated anew.
        is_verified: False where it has only been said, and the program asks for more than that.
    """

    name: Label
    known_on: date
    is_so: bool | None = None
    number: Decimal | int | None = None
    codes: tuple[Label, ...] | None = None
    until: date | None = None
    is_verified: bool = True

    def contradictions(self) -> Iterator[Problem]:
        yield from exactly_one_answer(self.is_so, self.number, self.codes)
        if self.until is not None and self.until <= self.known_on:
            yield Problem("until", "must be after known_on")


def exactly_one_answer(*answers: object) -> Iterator[Problem]:
    """A problem unless exactly one of is_so, number and codes is given."""
    if sum(answer is not None for answer in answers) != 1:
        yield Problem("", "must give exactly one of is_so, number, codes")


@attrs.frozen(kw_only=True)
class Happening(Value):
    """
    Something that took place: an appointment missed, an admission, a unit of service.

    Attributes:
        began_on: The day of it, or the first day.
        ended_on: The last day of a stay, the day of leaving; nothing while it lasts. An event of one day needs none.
        is_verified: As for a `Fact`.
    """

    began_on: date
    ended_on: date | None = None
    is_verified: bool = True

    def contradictions(self) -> Iterator[Problem]:
        if self.ended_on is not None and self.ended_on < self.began_on:
            yield Problem("ended_on", "must not be before began_on")


@attrs.frozen(kw_only=True)
class History(Value):
    """
    All happenings of one kind that we know of, and over which days we know of all.

    Attributes:
        name: The program's word for the list, as in ``missed-appointments``.
        happenings: In any order. The same event stated twice counts twice; the same day in hospital never does.
        complete_from: First day from which the list is known to be complete: whatever took place on that day or later
            stands in it, also a stay that only ended then. Nothing means that there may always be more.
        known_until: First day about which the list says nothing any more, neither that a stay still lasts nor that
            there was nothing else; without one, somebody keeps it up.
    """

    name: Label
    happenings: tuple[Happening, ...] = ()
    complete_from: date | None = None
    known_until: date | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.known_until is not None and self.complete_from is not None and self.known_until <= self.complete_from:
            yield Problem("known_until", "must be after complete_from")


@attrs.frozen(kw_only=True)
class Facts(Value):
    """
    What is known of one person, in any order; what is not here is not known.

    Attributes:
        born_on: The date of birth; nothing where it is not known.
    """

    born_on: date | None = None
    known: tuple[Fact, ...] = ()
    histories: tuple[History, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        named = [(f"known[{place}].name", fact.name) for place, fact in enumerate(self.known)]
        named += [(f"histories[{place}].name", history.name) for place, history in enumerate(self.histories)]
        seen: set[str] = set()
        for path, name in named:
            if name == DATE_OF_BIRTH:
                yield Problem(path, "must not be the date of birth, which is born_on")
            elif name in seen:
                yield Problem(path, "must not stand twice")
            seen.add(name)
