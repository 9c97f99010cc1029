from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.contacts import ContactMinimum, Counting, NoteDeadline, Per
from casecore.standards import FlawCode, lint_rulebook, read_rulebook
from casecore.terms import Span
from casecore.testing.strategies.contacts import contact_minimums
from tests.contacts.standards import ICM

RULES = {"contact-minimum": ContactMinimum}
BOOK = """
[rulebook]
name = "{layer}"
version = "1"
title = "A book"
layer = "{layer}"
invented = true

[[standard]]
name = "contacts/face-to-face"
asks = "contact-minimum"

[[standard.edition]]
since = 2024-01-01
source = {{ cite = "Manual 3", invented = true }}
value = {{ {value} }}
"""
THE_LAW = 'at_least = 4, per = "calendar-month", counting = { modes = ["face-to-face"] }'


class TestAnAgencyMayNotAskForFewerContactsThanTheLaw:
    """The linter says so where both count alike; where they do not, nobody can say which asks for less."""

    @staticmethod
    def flaws(agency: str) -> list[tuple[FlawCode, str]]:
        law = read_rulebook(BOOK.format(layer="jurisdiction", value=THE_LAW), RULES)
        return [
            (flaw.code, flaw.path) for flaw in lint_rulebook(BOOK.format(layer="agency", value=agency), RULES, [law])
        ]

    def test_three_a_month_beside_four_is_told(self) -> None:
        assert self.flaws(THE_LAW.replace("4", "3")) == [(FlawCode.ASKS_FOR_LESS, "standard[0].edition[0].value")]

    @pytest.mark.parametrize(
        "agency",
        [
            THE_LAW,
            THE_LAW.replace("4", "5"),
            THE_LAW.replace("4", "3").replace("month", "quarter"),
            THE_LAW.replace("4", "3").replace("face-to-face", "telephone"),
            'at_least = 1, per = "rolling-days", days = 14, counting = { modes = ["face-to-face"] }',
        ],
        ids=["as many", "more", "in a quarter", "by phone", "in fourteen days"],
    )
    def test_all_else_is_not(self, agency: str) -> None:
        assert self.flaws(agency) == []

    @pytest.mark.parametrize(
        "changed",
        [{"per": Per.QUARTER, "transition": None}, {"counting": Counting()}],
        ids=["per", "counting"],
    )
    def test_what_is_counted_otherwise_is_not_compared(self, changed: dict[str, Any]) -> None:
        assert attrs.evolve(ICM, **changed).asks_for_less_than(ICM) is None

    def test_nor_is_another_length_of_a_rolling_stretch(self) -> None:
        fortnight = ContactMinimum(at_least=1, per=Per.ROLLING, days=14)
        assert attrs.evolve(fortnight, days=7).asks_for_less_than(fortnight) is None
        assert fortnight.asks_for_less_than(attrs.evolve(fortnight, at_least=2)) is True

    def test_nor_is_another_kind_of_rule(self) -> None:
        assert ICM.asks_for_less_than(NoteDeadline(within=Span(days=2))) is None

    @given(contact_minimums(), st.integers(1, 12))
    def test_of_two_that_count_alike_the_one_with_fewer_asks_for_less(self, rule: ContactMinimum, more: int) -> None:
        stricter = attrs.evolve(rule, at_least=rule.at_least + more)
        assert rule.asks_for_less_than(stricter) is True
        assert stricter.asks_for_less_than(rule) is False
        assert rule.asks_for_less_than(rule) is False
