from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.standards import (
    Bookshelf,
    ExemptionEnded,
    Layer,
    Rulebook,
    RulebookPinned,
    pinned_versions,
    rules_for,
    version_order,
)
from casecore.terms import NotKnown, NotReadable, plain, read
from casecore.testing.strategies.standards import rulebooks_pinned, shelves


def pin(on: date, pinned_to: str | None, rulebook: str = "law") -> RulebookPinned:
    return RulebookPinned(pinned_on=on, rulebook=rulebook, pinned_to=pinned_to, reason="the court ordered it")


def book(name: str, version: str, *programs: str, layer: Layer = Layer.JURISDICTION) -> Rulebook:
    return Rulebook(name=name, version=version, title="A book", layer=layer, standards=(), programs=programs)


ANOTHER_KIND = ExemptionEnded(ended_on=date(2025, 1, 1), exemption_id="x-1", reason="back")
MARCH = date(2025, 3, 1)
LAWS = [book("law", "2024.9"), book("law", "2024.12"), book("law", "2025.1")]


class TestAPinHoldsFromItsDayUntilALaterOne:
    """From its day on a case is judged by the pinned version; a later pin moves it."""

    PINS = (pin(MARCH, "2024.9"), pin(date(2025, 6, 1), "2024.12"), pin(date(2025, 9, 1), None))

    @pytest.mark.parametrize(
        ("day", "pinned"),
        [
            (date(2025, 2, 28), {}),
            (date(2025, 3, 1), {"law": "2024.9"}),
            (date(2025, 5, 31), {"law": "2024.9"}),
            (date(2025, 6, 1), {"law": "2024.12"}),
            (date(2025, 8, 31), {"law": "2024.12"}),
            (date(2025, 9, 1), {}),
        ],
    )
    def test_the_day_before_and_the_day_of(self, day: date, pinned: dict[str, str]) -> None:
        assert pinned_versions(self.PINS, day) == pinned
        assert pinned_versions([ANOTHER_KIND, *reversed(self.PINS)], day) == pinned

    def test_of_two_on_one_day_the_one_written_later_holds(self) -> None:
        assert pinned_versions([pin(MARCH, "2024.9"), pin(MARCH, "2024.12")], MARCH) == {"law": "2024.12"}
        assert pinned_versions([pin(MARCH, "2024.12"), pin(MARCH, "2024.9")], MARCH) == {"law": "2024.9"}

    def test_each_rulebook_has_its_own(self) -> None:
        both = [pin(MARCH, "2024.9"), pin(MARCH + timedelta(1), "7", rulebook="house")]
        assert pinned_versions(both, MARCH + timedelta(1)) == {"law": "2024.9", "house": "7"}

    @given(st.lists(rulebooks_pinned(), max_size=8), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
    def test_it_is_what_reading_the_pins_in_order_leaves(self, pins: list[RulebookPinned], day: date) -> None:
        left: dict[str, str | None] = {}
        for each in sorted(pins, key=lambda entry: entry.pinned_on):
            if each.pinned_on <= day:
                left[each.rulebook] = each.pinned_to
        assert pinned_versions(pins, day) == {name: version for name, version in left.items() if version is not None}

    def test_the_version_has_to_be_said(self) -> None:
        data = {"pinned_on": "2025-03-01", "rulebook": "law", "reason": "x"}
        with pytest.raises(NotReadable, match="pinned_to: is missing"):
            read(data, RulebookPinned)
        assert read({**data, "pinned_to": None}, RulebookPinned).pinned_to is None
        assert read(plain(pin(MARCH, None)), RulebookPinned) == pin(MARCH, None)


class TestTheNewestVersionUnlessPinned:
    """Without a pin a case follows the newest version that is loaded."""

    @pytest.mark.parametrize(
        ("pins", "key"), [({}, "law@2025.1"), ({"law": "2024.9"}, "law@2024.9"), ({"law": "2024.12"}, "law@2024.12")]
    )
    def test_one_version_of_each_rulebook(self, pins: dict[str, str], key: str) -> None:
        for loaded in (LAWS, LAWS[::-1]):
            assert rules_for(loaded, program="ICM", pins=pins).key == key

    def test_a_pinned_version_must_be_loaded(self) -> None:
        for pins in ({"law": "2023.1"}, {"house": "1"}):
            with pytest.raises(NotKnown, match="is not loaded"):
                rules_for(LAWS, program="ICM", pins=pins)

    def test_even_when_it_speaks_of_another_program(self) -> None:
        with pytest.raises(NotKnown, match="'scm@9' is not loaded"):
            rules_for([*LAWS, book("scm", "1", "SCM")], program="ICM", pins={"scm": "9"})

    def test_only_what_speaks_of_the_program(self) -> None:
        loaded = [*LAWS, book("icm", "1", "ICM"), book("scm", "1", "SCM", "ICM")]
        assert rules_for(loaded, program="SCM", pins={}).key == "law@2025.1 scm@1"
        assert rules_for(loaded, program=None, pins={}).key == "law@2025.1"

    def test_the_version_is_chosen_before_the_program_is_asked(self) -> None:
        loaded = [book("icm", "1", "ICM"), book("icm", "2", "SCM")]
        assert rules_for(loaded, program="ICM", pins={}).key == ""
        assert rules_for(loaded, program="ICM", pins={"icm": "1"}).key == "icm@1"

    def test_the_host_s_order_stands_within_a_layer(self) -> None:
        one, two = book("one", "1"), book("two", "1")
        assert rules_for([two, one, book("two", "0")], program=None, pins={}).key == "two@1 one@1"

    @settings(max_examples=40)
    @given(shelves(), st.sampled_from(["ICM", "SCM", None]))
    def test_never_two_versions_of_one_rulebook(self, shelf: list[Rulebook], program: str | None) -> None:
        chosen = rules_for(shelf, program=program, pins={}).rulebooks
        assert len({each.name for each in chosen}) == len(chosen)
        for each in chosen:
            assert each.speaks_of(program)
            rivals = [version_order(other.version) for other in shelf if other.name == each.name]
            assert version_order(each.version) == max(rivals)


class TestVersionsAreOrderedPartByPart:
    """Numbers as numbers; a longer version is newer than its beginning; a word is older than a number."""

    def test_in_this_order(self) -> None:
        ordered = ["draft", "1", "2024", "2024.draft", "2024.1", "2024.9", "2024.12", "2024.12-rc1", "2025.1"]
        reversed_order = ordered[::-1]
        assert sorted(reversed_order, key=version_order) == ordered

    def test_any_label_has_a_place(self) -> None:
        assert version_order("²") == version_order("²")
        assert version_order("9" * 200) > version_order("9" * 199)
        assert version_order("...") < version_order("0")

    def test_two_spellings_of_one_version_have_a_fixed_order(self) -> None:
        one, two = book("law", "2024.1"), book("law", "2024.01")
        assert Bookshelf([one, two]).rulebook("law") is Bookshelf([two, one]).rulebook("law")


class TestABookshelfMergesOnce:
    """The same question gets the same rules, so that thousands of cases share them."""

    SHELF = Bookshelf([*LAWS, book("icm", "1", "ICM")])

    def test_the_same_rules(self) -> None:
        asked = self.SHELF.rules(program="ICM", pins={"law": "2024.9"})
        assert asked is self.SHELF.rules(program="ICM", pins={"law": "2024.9"})
        assert asked is not self.SHELF.rules(program="ICM", pins={})

    def test_a_rulebook_by_name_and_version(self) -> None:
        assert self.SHELF.rulebook("law", "2024.9") is LAWS[0]
        assert self.SHELF.rulebook("law") is LAWS[2]
        with pytest.raises(NotKnown, match="'house' is not loaded"):
            self.SHELF.rulebook("house")

    def test_the_same_text_may_be_loaded_twice_and_another_may_not(self) -> None:
        assert Bookshelf([*LAWS, *LAWS]).rulebook("law") is LAWS[2]
        with pytest.raises(NotReadable, match=r"rulebooks\[3\]: must not differ"):
            Bookshelf([*LAWS, attrs.evolve(LAWS[0], title="Another")])
