"""Facts written down in a record, and the facts that a record's entries come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeVar

import attrs

from casecore.clients import ClientDescribed
from casecore.terms import ONE_DAY, Entry, Label, Problem, Ref

from .facts import DATE_OF_BIRTH, Fact, Facts, Happening, History, exactly_one_answer


@attrs.frozen(kw_only=True)
class FactStated(Entry, kind="fact", dated="stated_on"):
    """
    Something became known that eligibility may hang on; a later statement under the same name replaces it.

    Attributes:
        name, is_so, number, codes, until, is_verified: As for a `Fact`.
        stated_by: Who says so: the client, a hospital, a worker's id.
    """

    stated_on: date
    name: Label
    is_so: bool | None = None
    number: Decimal | int | None = None
    codes: tuple[Label, ...] | None = None
    until: date | None = None
    is_verified: bool = True
    stated_by: Ref | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from exactly_one_answer(self.is_so, self.number, self.codes)
        yield from _not_the_birthday(self.name)
        if self.until is not None and self.until <= self.stated_on:
            yield Problem("until", "must be after stated_on")


@attrs.frozen(kw_only=True)
class HistoryStated(Entry, kind="history", dated="stated_on"):
    """
    What took place before, as told on a day: the whole list. A later statement under the same name replaces it.

    Attributes:
        complete_from: First day from which nothing is left out; nothing means that there may be more.
        is_kept_up: Whether the list goes on being true after *stated_on*, because what happens later is stated anew;
            otherwise nothing is known of the days after.
    """

    stated_on: date
    name: Label
    happenings: tuple[Happening, ...] = ()
    complete_from: date | None = None
    is_kept_up: bool = False
    stated_by: Ref | None = None

    def contradictions(self) -> Iterator[Problem]:
        yield from _not_the_birthday(self.name)
        if self.complete_from is not None and self.complete_from > self.stated_on:
            yield Problem("complete_from", "must not be after stated_on")
        for place, happening in enumerate(self.happenings):
            if happening.began_on > self.stated_on:
                yield Problem(f"happenings[{place}].began_on", "must not be after stated_on")


def _not_the_birthday(name: str) -> Iterator[Problem]:
    if name == DATE_OF_BIRTH:
        yield Problem("name", "must not be the date of birth, which is born_on of the client's description")


def facts_of(entries: Iterable[Entry], *, as_of: date) -> Facts:
    """
    What a record's entries say of the person, as of a day.

    Args:
        entries: In any order; other entries than `ClientDescribed`, `FactStated` and `HistoryStated` are passed over,
            and so is whatever happened after *as_of*. Of several statements on one day, the one given last stands.

    Returns:
        The latest statement under each name, also where it has expired or is not verified: an older one never comes
        back. A list that nobody keeps up is complete through the day on which it was stated. A name first stated as a
        fact and later as a list (or the other way round) is what it was stated to be last.
    """
    described: ClientDescribed | None = None
    stated: dict[str, FactStated | HistoryStated] = {}
    for entry in entries:
        if isinstance(entry, ClientDescribed):
            described = _later(described, entry, as_of)
        elif isinstance(entry, FactStated | HistoryStated) and (latest := _later(stated.get(entry.name), entry, as_of)):
            stated[entry.name] = latest
    return Facts(
        born_on=described.born_on if described else None,
        known=tuple(_fact(entry) for entry in stated.values() if isinstance(entry, FactStated)),
        histories=tuple(_history(entry) for entry in stated.values() if isinstance(entry, HistoryStated)),
    )


EntryT = TypeVar("EntryT", bound=Entry)


def _later(standing: EntryT | None, entry: EntryT, as_of: date) -> EntryT | None:
    if entry.happened_on > as_of or (standing is not None and entry.happened_on < standing.happened_on):
        return standing
    return entry


def _fact(entry: FactStated) -> Fact:
    return Fact(
        name=entry.name,
        known_on=entry.stated_on,
        is_so=entry.is_so,
        number=entry.number,
        codes=entry.codes,
        until=entry.until,
        is_verified=entry.is_verified,
    )


def _history(entry: HistoryStated) -> History:
    return History(
        name=entry.name,
        happenings=entry.happenings,
        complete_from=entry.complete_from,
        known_until=None if entry.is_kept_up else entry.stated_on + ONE_DAY,
    )
