from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.staff import CaseloadLimit
from casecore.standards import Edition, Layer, Rule, Rulebook, Rules, Standard
from casecore.terms import NotKnown, Source, StandardNotInForce
from casecore.testing.strategies.standards import rulebooks
from tests.standards.asked import VisitMinimum

SOURCE = Source(cite="Manual 3", invented=True)
NAME = "caseload/size"
FORTY_DAYS = (date(2024, 1, 1), date(2024, 2, 9))
DAYS = [date(2023, 12, 30) + timedelta(step) for step in range(90)]


def book(layer: Layer, *editions: Edition[Any], name: str = "", standard: str = NAME) -> Rulebook:
    held = (Standard(name=standard, editions=editions),) if editions else ()
    return Rulebook(name=name or layer.value, version="1", title="A book", layer=layer, standards=held)


def edition(since: date, value: Rule | int | None, until: date | None = None, note: str | None = None) -> Edition[Any]:
    asked = CaseloadLimit(at_most=value) if isinstance(value, int) else value
    return Edition(since=since, until=until, value=asked, source=SOURCE, note=note)


JURISDICTION = book(Layer.JURISDICTION, edition(date(2024, 1, 1), 30))


def told(rulebooks: Iterable[Rulebook], day: date) -> tuple[object, str] | None:
    """The stated rule, word for word: who speaks on this day, the most specific layer and there the later book?"""
    heard: tuple[object, str] | None = None
    for layer in Layer:
        for each in rulebooks:
            for standard in each.standards if each.layer is layer else ():
                said = [e for e in standard.editions if e.since <= day]
                if standard.name == NAME and said and (said[-1].until is None or day < said[-1].until):
                    heard = (said[-1].value, each.key)
    return heard


class TestTheMostSpecificLayerThatSaysAnythingStands:
    """Agency over program over jurisdiction over base, day by day."""

    @settings(max_examples=30)
    @given(st.lists(rulebooks(between=FORTY_DAYS), max_size=5, unique_by=lambda book: book.key))
    def test_as_the_rule_says_on_every_day(self, rulebooks: list[Rulebook]) -> None:
        standard = Rules(rulebooks).standards.get(NAME)
        for day in DAYS:
            heard = told(rulebooks, day)
            said = None if standard is None else standard.said_on(day)
            assert (None if said is None else (said.value, said.rulebook)) == heard

    def test_the_agency_before_the_program(self) -> None:
        rules = Rules([book(Layer.AGENCY, edition(date(2024, 6, 1), 10)), JURISDICTION])
        assert rules.standard(NAME).on(date(2024, 5, 31)).rule.at_most == 30
        assert rules.standard(NAME).on(date(2024, 6, 1)).rule.at_most == 10

    def test_a_repeal_ends_the_less_specific_standard_too(self) -> None:
        rules = Rules([JURISDICTION, book(Layer.AGENCY, edition(date(2024, 6, 1), None))])
        assert rules.standard(NAME).in_force(date(2024, 5, 31)) is not None
        assert rules.standard(NAME).in_force(date(2024, 6, 1)) is None

    def test_a_repeal_for_a_time_hands_back(self) -> None:
        rules = Rules([JURISDICTION, book(Layer.AGENCY, edition(date(2024, 6, 1), None, date(2024, 7, 1)))])
        assert rules.standard(NAME).in_force(date(2024, 6, 30)) is None
        assert rules.standard(NAME).on(date(2024, 7, 1)).rule.at_most == 30

    def test_a_layer_that_falls_silent_hands_back(self) -> None:
        rules = Rules([JURISDICTION, book(Layer.PROGRAM, edition(date(2024, 6, 1), 12, date(2024, 7, 1)))])
        read = [rules.standard(NAME).on(day).rule.at_most for day in (date(2024, 6, 30), date(2024, 7, 1))]
        assert read == [12, 30]

    def test_within_a_layer_the_book_named_later_wins(self) -> None:
        one = book(Layer.AGENCY, edition(date(2024, 1, 1), 1), name="one")
        two = book(Layer.AGENCY, edition(date(2024, 1, 1), 2), name="two")
        assert Rules([one, two]).standard(NAME).on(date(2024, 1, 1)).rule.at_most == 2
        assert Rules([two, one]).standard(NAME).on(date(2024, 1, 1)).rule.at_most == 1

    def test_before_every_layers_first_edition_it_refuses(self) -> None:
        rules = Rules([JURISDICTION, book(Layer.AGENCY, edition(date(2024, 6, 1), 10))])
        with pytest.raises(StandardNotInForce):
            rules.standard(NAME).on(date(2023, 12, 31))


class TestAMergedEditionRunsAsLongAsItGoverns:
    """Its first and last days are those on which its layer is heard, so a due index can look again on them."""

    MERGED = Rules([JURISDICTION, book(Layer.AGENCY, edition(date(2024, 6, 1), 10, date(2024, 7, 1)))])

    def test_its_days_are_cut_where_another_layer_speaks(self) -> None:
        editions = self.MERGED.standard(NAME).editions
        assert [(each.since, each.until) for each in editions] == [
            (date(2024, 1, 1), date(2024, 6, 1)),
            (date(2024, 6, 1), date(2024, 7, 1)),
            (date(2024, 7, 1), None),
        ]

    def test_it_names_the_rulebook_and_version_it_stands_in(self) -> None:
        named = [each.rulebook for each in self.MERGED.standard(NAME).editions]
        assert named == ["jurisdiction@1", "agency@1", "jurisdiction@1"]

    def test_a_hidden_edition_cuts_nothing(self) -> None:
        hidden = book(Layer.BASE, edition(date(2024, 3, 1), 99))
        assert Rules([hidden, JURISDICTION]).standard(NAME).editions == Rules([JURISDICTION]).standard(NAME).editions

    def test_editions_that_differ_only_in_their_note_stay_apart(self) -> None:
        noted = book(Layer.AGENCY, edition(date(2024, 1, 1), 10), edition(date(2024, 2, 1), 10, note="as amended"))
        assert [each.note for each in Rules([JURISDICTION, noted]).standard(NAME).editions] == [None, "as amended"]

    @settings(max_examples=30)
    @given(st.lists(rulebooks(between=FORTY_DAYS), min_size=2, max_size=5, unique_by=lambda book: book.key))
    def test_turns_are_exactly_the_days_on_which_reading_changes(self, rulebooks: list[Rulebook]) -> None:
        rules = Rules(rulebooks)
        read = [{name: each.said_on(day) for name, each in rules.standards.items()} for day in DAYS]
        turned = {day for day, before, now in zip(DAYS[1:], read, read[1:], strict=False) if before != now}
        turns: list[date] = []
        day: date | None = DAYS[0]
        while day is not None and (day := rules.next_turn(day)) is not None:
            turns.append(day)
        assert turns == sorted(turns)
        assert turned <= set(turns)


class TestRulesAreAskedByRuleAndByName:
    """A judgement asks for every standard of its own kind of rule."""

    RULES = Rules(
        [
            JURISDICTION,
            book(Layer.PROGRAM, edition(date(2024, 1, 1), VisitMinimum(at_least=2)), standard="contacts/visits"),
        ]
    )

    def test_only_that_kind(self) -> None:
        assert [standard.name for standard in self.RULES.asking(VisitMinimum)] == ["contacts/visits"]
        assert [standard.name for standard in self.RULES.asking(CaseloadLimit)] == [NAME]

    def test_the_answer_is_worked_out_once(self) -> None:
        assert self.RULES.asking(VisitMinimum) is self.RULES.asking(VisitMinimum)

    def test_a_name_that_changes_its_kind_is_silent_on_the_other_days(self) -> None:
        changed = book(Layer.AGENCY, edition(date(2024, 6, 1), VisitMinimum(at_least=2), date(2024, 7, 1)))
        rules = Rules([JURISDICTION, changed])
        (limit,) = rules.asking(CaseloadLimit)
        (visits,) = rules.asking(VisitMinimum)
        for day in DAYS:
            june = date(2024, 6, 1) <= day < date(2024, 7, 1)
            assert (limit.in_force(day) is None) == (june or day < date(2024, 1, 1))
            assert (visits.in_force(day) is not None) == june

    def test_a_change_of_kind_within_one_book(self) -> None:
        mixed = book(Layer.AGENCY, edition(date(2024, 1, 1), 5), edition(date(2024, 2, 1), VisitMinimum(at_least=2)))
        (limit,) = Rules([mixed]).asking(CaseloadLimit)
        assert limit.in_force(date(2024, 1, 31)) is not None
        assert limit.in_force(date(2024, 2, 1)) is None

    def test_what_is_only_repealed_is_no_kind_of_rule(self) -> None:
        assert Rules([book(Layer.AGENCY, edition(date(2024, 1, 1), None))]).asking(Rule) == ()

    def test_a_name_nobody_has_is_not_known(self) -> None:
        with pytest.raises(NotKnown, match="contacts/none"):
            self.RULES.standard("contacts/none")
        with pytest.raises(NotKnown, match="no rulebook"):
            Rules([]).standard(NAME)

    def test_the_key_names_every_version(self) -> None:
        assert self.RULES.key == "jurisdiction@1 program@1"
        assert Rules([]).key == ""

    def test_without_a_turn_ahead_there_is_none(self) -> None:
        assert self.RULES.next_turn(date(2023, 1, 1)) == date(2024, 1, 1)
        assert self.RULES.next_turn(date(2024, 1, 1)) is None


class TestARulebookSpeaksOfPrograms:
    """Named programs only; without names, of all."""

    def test_of_all_where_it_names_none(self) -> None:
        assert JURISDICTION.speaks_of("ICM")
        assert JURISDICTION.speaks_of(None)

    def test_of_those_it_names(self) -> None:
        named = attrs.evolve(JURISDICTION, programs=("ICM", "SCM"))
        assert named.speaks_of("SCM")
        assert not named.speaks_of("ACT")
        assert not named.speaks_of(None)

    def test_a_standard_stands_once_in_it(self) -> None:
        with pytest.raises(ValueError, match=r"standards\[1\].name: must not stand twice"):
            attrs.evolve(JURISDICTION, standards=JURISDICTION.standards * 2)


def test_layers_are_ranked_from_general_to_specific() -> None:
    assert [layer.rank for layer in Layer] == [0, 1, 2, 3]
