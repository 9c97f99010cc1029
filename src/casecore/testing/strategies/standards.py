"""Strategies for standards, rulebooks, pins and exemptions; legal values only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from casecore.staff import CaseloadLimit
from casecore.standards import (
    Edition,
    Exemption,
    ExemptionEnded,
    Layer,
    Rule,
    Rulebook,
    RulebookPinned,
    Standard,
)
from casecore.terms import Source

Days = tuple[date, date]
"""First and last day, both possible."""

THREE_YEARS: Days = (date(2024, 1, 1), date(2026, 12, 31))
STANDARD_NAMES = ("caseload/size", "contacts/face-to-face", "plans/review")
PROGRAMS = ("ICM", "SCM")


def short_texts() -> st.SearchStrategy[str]:
    """Text fit for a label: not blank, no NUL, no lone surrogate."""
    return st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
        lambda text: bool(text.strip())
    )


def sources(*, invented: bool | None = None) -> st.SearchStrategy[Source]:
    """Citations."""
    return st.builds(
        Source,
        cite=short_texts(),
        url=st.none() | st.just("https://example.org/rule"),
        read_on=st.none() | st.dates(*THREE_YEARS),
        note=st.none() | short_texts(),
        invented=st.booleans() if invented is None else st.just(invented),
    )


def rules() -> st.SearchStrategy[Rule]:
    """Rules of one class: caseload limits, the smallest there is. Hand in your own to the strategies below."""
    return st.builds(CaseloadLimit, at_most=st.integers(1, 40))


@st.composite
def standards(
    draw: st.DrawFn,
    *,
    name: st.SearchStrategy[str] | None = None,
    values: st.SearchStrategy[Rule] | None = None,
    between: Days = THREE_YEARS,
    invented: bool | None = None,
    most_editions: int = 4,
    repeals: bool = True,
) -> Standard[Any]:
    """A standard whose editions begin *between* two days; with gaps, last days and (unless not wanted) repeals."""
    values = rules() if values is None else values
    span = (between[1] - between[0]).days
    begins = sorted(draw(st.sets(st.integers(0, span), min_size=1, max_size=most_editions)))
    editions = []
    for place, begin in enumerate(begins):
        following = begins[place + 1] if place + 1 < len(begins) else 2 * span + 1
        until = draw(st.none() | st.integers(begin + 1, following))
        editions.append(
            Edition(
                since=between[0] + timedelta(begin),
                until=None if until is None else between[0] + timedelta(until),
                value=draw(st.none() | values if repeals else values),
                source=draw(sources(invented=invented)),
                note=draw(st.none() | short_texts()),
            )
        )
    return Standard(name=draw(st.sampled_from(STANDARD_NAMES) if name is None else name), editions=tuple(editions))


@st.composite
def rulebooks(
    draw: st.DrawFn,
    *,
    name: st.SearchStrategy[str] | None = None,
    version: st.SearchStrategy[str] | None = None,
    layer: Layer | None = None,
    values: st.SearchStrategy[Rule] | None = None,
    between: Days = THREE_YEARS,
    programs: Sequence[str] | None = None,
    repeals: bool = True,
) -> Rulebook:
    """A rulebook with up to three standards."""
    invented = draw(st.booleans())
    names = draw(st.sets(st.sampled_from(STANDARD_NAMES)))
    held = [
        draw(standards(name=st.just(each), values=values, between=between, invented=invented, repeals=repeals))
        for each in sorted(names)
    ]
    spoken_of = draw(st.sets(st.sampled_from(PROGRAMS))) if programs is None else set(programs)
    return Rulebook(
        name=draw(st.sampled_from(("law", "program", "house")) if name is None else name),
        version=draw(st.sampled_from(("2024.2", "2024.10", "2025.1")) if version is None else version),
        title=draw(short_texts()),
        layer=draw(st.sampled_from(Layer)) if layer is None else layer,
        standards=tuple(held),
        programs=tuple(sorted(spoken_of)),
        invented=invented,
    )


def shelves(
    *, values: st.SearchStrategy[Rule] | None = None, between: Days = THREE_YEARS, most: int = 5
) -> st.SearchStrategy[list[Rulebook]]:
    """Rulebooks that can be loaded together: no two with the same name and version."""
    return st.lists(rulebooks(values=values, between=between), max_size=most, unique_by=lambda book: book.key)


def rulebooks_pinned(
    *,
    between: Days = THREE_YEARS,
    rulebook: st.SearchStrategy[str] | None = None,
    pinned_to: st.SearchStrategy[str | None] | None = None,
) -> st.SearchStrategy[RulebookPinned]:
    """Pins, and endings of pins."""
    return st.builds(
        RulebookPinned,
        pinned_on=st.dates(*between),
        rulebook=st.sampled_from(("law", "program", "house")) if rulebook is None else rulebook,
        pinned_to=st.sampled_from((None, "2024.2", "2024.10")) if pinned_to is None else pinned_to,
        reason=short_texts(),
    )


@st.composite
def exemptions(
    draw: st.DrawFn,
    *,
    between: Days = THREE_YEARS,
    standard: st.SearchStrategy[str] | None = None,
    exemption_id: st.SearchStrategy[str] | None = None,
) -> Exemption:
    """Exemptions granted and beginning *between* two days."""
    since = draw(st.dates(*between))
    return Exemption(
        granted_on=draw(st.dates(*between)),
        exemption_id=draw(st.sampled_from(("x-1", "x-2", "x-3")) if exemption_id is None else exemption_id),
        standard=draw(st.sampled_from(STANDARD_NAMES) if standard is None else standard),
        reason=draw(short_texts()),
        authority=draw(short_texts()),
        since=since,
        until=since + timedelta(draw(st.integers(1, 400))),
    )


def exemptions_ended(
    *, between: Days = THREE_YEARS, exemption_id: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[ExemptionEnded]:
    """Exemptions ended before their day."""
    return st.builds(
        ExemptionEnded,
        ended_on=st.dates(*between),
        exemption_id=st.sampled_from(("x-1", "x-2", "x-3")) if exemption_id is None else exemption_id,
        reason=short_texts(),
    )
