from __future__ import annotations

from datetime import date

import pytest

from casecore.record import RULES
from casecore.staff.posts import Qualifications
from casecore.standards import Layer, Rulebook, lint_rulebook, model_rulebook_text, read_rulebook, rulebook_toml
from casecore.terms import StandardNotInForce


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return read_rulebook(model_rulebook_text(), RULES)


class TestTheModelAgencysRulebook:
    """The rulebook of an agency that does not exist: plainly invented, without a flaw, with every kind of rule."""

    def test_it_has_no_flaw(self) -> None:
        assert [str(flaw) for flaw in lint_rulebook(model_rulebook_text(), RULES)] == []

    def test_it_says_everywhere_that_it_is_invented(self, book: Rulebook) -> None:
        assert book.invented
        assert "invented" in book.title
        assert all(edition.source.invented for standard in book.standards for edition in standard.editions)

    def test_it_is_an_agencys_and_speaks_of_all_its_programs(self, book: Rulebook) -> None:
        assert (book.layer, book.programs) == (Layer.AGENCY, ())

    def test_it_asks_for_every_kind_of_rule_but_what_a_post_asks_which_has_files_of_its_own(
        self, book: Rulebook
    ) -> None:
        asked = {type(edition.value) for standard in book.standards for edition in standard.editions if edition.value}
        assert asked == set(RULES.values()) - {Qualifications}

    def test_it_can_be_written_and_read_back(self, book: Rulebook) -> None:
        assert read_rulebook(rulebook_toml(book), RULES) == book

    def test_no_standard_is_in_force_before_its_first_day(self, book: Rulebook) -> None:
        for standard in book.standards:
            with pytest.raises(StandardNotInForce):
                standard.on(date(2023, 12, 31))
            assert standard.on(date(2024, 1, 1)).value is not None

    @pytest.mark.parametrize(
        ("name", "day", "changes"),
        [
            ("caseload/size", date(2025, 7, 1), True),
            ("contacts/face-to-face", date(2025, 7, 1), True),
            ("contacts/home-visit", date(2026, 1, 1), False),
        ],
    )
    def test_what_changes_changes_on_its_day(self, book: Rulebook, name: str, day: date, changes: bool) -> None:
        (standard,) = [standard for standard in book.standards if standard.name == name]
        before = standard.on(day.replace(year=day.year - (day.month == 1), month=(day.month - 2) % 12 + 1))
        after = standard.in_force(day)
        assert (after is not None) == changes
        assert after is None or after.value != before.value
