from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import given, settings

from casecore.staff import CaseloadLimit
from casecore.standards import ChangeKind, Edition, Layer, Rulebook, Standard, compare_rulebooks
from casecore.terms import Source
from casecore.testing.strategies.standards import rulebooks

OLD_SOURCE, NEW_SOURCE = Source(cite="Manual 3", invented=True), Source(cite="Manual 3a", invented=True)
SHORT = (date(2024, 1, 1), date(2024, 2, 9))


def edition(since: date, at_most: int | None, source: Source = OLD_SOURCE, until: date | None = None) -> Edition[Any]:
    value = None if at_most is None else CaseloadLimit(at_most=at_most)
    return Edition(since=since, until=until, value=value, source=source)


def book(*editions: Edition[Any], name: str = "caseload/size") -> Rulebook:
    held = (Standard(name=name, editions=editions),) if editions else ()
    return Rulebook(name="law", version="1", title="Law", layer=Layer.BASE, standards=held)


Y24, Y25, Y26 = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)


def told(old: Rulebook, new: Rulebook) -> list[tuple[str, date, date | None]]:
    return [(change.kind.value, change.since, change.until) for change in compare_rulebooks(old, new)]


class TestWhatChangesWhenATextIsReplaced:
    """The days on which the new text asks for something else than the old."""

    def test_nothing_between_equal_texts(self) -> None:
        assert compare_rulebooks(book(edition(Y24, 5)), book(edition(Y24, 5))) == ()

    def test_a_new_edition_changes_the_days_from_its_first(self) -> None:
        new = book(edition(Y24, 5), edition(Y25, 4, NEW_SOURCE))
        assert told(book(edition(Y24, 5)), new) == [("changed", Y25, None)]

    def test_it_shows_both(self) -> None:
        (change,) = compare_rulebooks(book(edition(Y24, 5)), book(edition(Y24, 4)))
        assert change.standard == "caseload/size"
        assert change.before == edition(Y24, 5)
        assert change.after == edition(Y24, 4)

    def test_added_and_removed(self) -> None:
        assert told(book(), book(edition(Y24, 5, until=Y25))) == [("added", Y24, Y25)]
        assert told(book(edition(Y24, 5)), book()) == [("removed", Y24, None)]
        assert told(book(edition(Y24, 5)), book(edition(Y24, 5), edition(Y25, None))) == [("removed", Y25, None)]

    def test_a_repeal_and_silence_ask_for_the_same(self) -> None:
        assert told(book(edition(Y24, 5, until=Y25)), book(edition(Y24, 5), edition(Y25, None))) == []

    def test_an_edition_cut_in_two_is_no_change(self) -> None:
        assert told(book(edition(Y24, 5)), book(edition(Y24, 5, until=Y25), edition(Y25, 5))) == []

    def test_another_citation_is_told_apart(self) -> None:
        assert told(book(edition(Y24, 5)), book(edition(Y24, 5, NEW_SOURCE))) == [("cited-anew", Y24, None)]
        noted = attrs.evolve(edition(Y24, 5), note="older than this")
        assert told(book(edition(Y24, 5)), book(noted)) == [("cited-anew", Y24, None)]

    def test_each_stretch_of_days_by_itself(self) -> None:
        old, new = book(edition(Y24, 5), edition(Y25, 6)), book(edition(Y24, 4), edition(Y26, 6))
        assert told(old, new) == [("changed", Y24, Y25), ("changed", Y25, Y26)]

    def test_a_name_is_another_standard(self) -> None:
        changes = compare_rulebooks(book(edition(Y24, 5)), book(edition(Y24, 5), name="caseload/all"))
        assert [(change.standard, change.kind) for change in changes] == [
            ("caseload/all", ChangeKind.ADDED),
            ("caseload/size", ChangeKind.REMOVED),
        ]

    @settings(max_examples=40)
    @given(rulebooks(between=SHORT), rulebooks(between=SHORT))
    def test_it_agrees_with_reading_both_on_every_day(self, old: Rulebook, new: Rulebook) -> None:
        changes = compare_rulebooks(old, new)
        for name in {standard.name for book in (old, new) for standard in book.standards}:
            for day in [date(2023, 12, 30) + timedelta(step) for step in range(90)]:
                read = []
                for each in (old, new):
                    standard = next((standard for standard in each.standards if standard.name == name), None)
                    in_force = None if standard is None else standard.in_force(day)
                    read.append(None if in_force is None else (in_force.value, in_force.source, in_force.note))
                telling = [
                    change
                    for change in changes
                    if change.standard == name and change.since <= day and (change.until is None or day < change.until)
                ]
                assert len(telling) == (read[0] != read[1])
