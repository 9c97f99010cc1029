"""
An invented town's shelter, as a plugin: its own entries and rule, a review, a rulebook, an instrument, its closed days.

Hand the module over, ``plugins=["sql", town_shelter]``, or announce it in a distribution of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import attrs

from casecore.hooks import NewKinds, hookimpl
from casecore.record import Question, Review, Reviewed
from casecore.standards import Rule
from casecore.terms import ONE_DAY, Due, Entry, Label, Period, Ref, Span

casecore_api = (1, 1)
HERE = Path(__file__).parent


@attrs.frozen(kw_only=True)
class BedGiven(Entry, kind="town-shelter/bed-given", dated="given_on"):
    """The client was given a bed in the shelter."""

    given_on: date
    bed: Ref


@attrs.frozen(kw_only=True)
class SearchBegun(Entry, kind="town-shelter/search-begun", dated="begun_on"):
    """The search for a home of the client's own has begun."""

    begun_on: date
    bed: Ref
    where: Label | None = None


@attrs.frozen(kw_only=True)
class HousingSearch(Rule, asks="town-shelter/housing-search"):
    """How soon the search for a home begins, counted from the day the bed was given."""

    within: Span


def housing_search(asked: Question) -> Reviewed:
    """The search that is owed for each bed, by the edition in force on the day the bed was given."""
    begun: dict[str, date] = {}
    for entry in asked.record.of(SearchBegun):
        begun.setdefault(entry.bed, entry.begun_on)
    dues = []
    for bed in asked.record.of(BedGiven):
        for standard in asked.rules.asking(HousingSearch):
            edition = standard.in_force(bed.given_on)
            if edition is None:
                continue
            last = edition.rule.within.after(bed.given_on, asked.working_days)
            due = Due(
                code="town-shelter-search-owed",
                what="the search for a home begins",
                window=Period(bed.given_on, last + ONE_DAY),
                since=bed.given_on,
                as_of=asked.as_of,
                standard=standard.name,
                source=edition.source,
                would_satisfy="an entry that the search has begun, for this bed",
                met_on=begun.get(bed.bed),
                about=bed.bed,
            )
            dues.append(due)
    return Reviewed(dues)


@hookimpl
def casecore_contribute_kinds() -> NewKinds:
    """The shelter's entries and its rule."""
    return NewKinds(entries=(BedGiven, SearchBegun), rules=(HousingSearch,))


@hookimpl
def casecore_contribute_reviews() -> Mapping[str, Review]:
    """The version moves with every change of what the review may answer."""
    return {"town-shelter/housing-search@1": housing_search}


@hookimpl
def casecore_provide_rulebooks() -> Mapping[str, str]:
    """The shelter's rules."""
    return {"town-shelter@1": (HERE / "rulebook.toml").read_text(encoding="utf-8")}


@hookimpl
def casecore_provide_instruments() -> Mapping[str, str]:
    """The shelter's own questionnaire."""
    return {"town-housing@1": (HERE / "instrument.toml").read_text(encoding="utf-8")}


@hookimpl
def casecore_provide_closed_days() -> Collection[date]:
    """The days on which the town hall is closed."""
    lines = (HERE / "closed_days.txt").read_text(encoding="utf-8").split()
    return [date.fromisoformat(line) for line in lines]
