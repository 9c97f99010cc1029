from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import CaseloadLimit
from casecore.standards import Edition, Rule, Standard
from casecore.terms import NotReadable, Source, StandardNotInForce
from casecore.testing.strategies.standards import standards
from tests.standards.asked import VisitMinimum

SOURCE = Source(cite="Manual 3", invented=True)


def edition(since: date, at_most: int | None, until: date | None = None) -> Edition[CaseloadLimit]:
    value = None if at_most is None else CaseloadLimit(at_most=at_most)
    return Edition(since=since, until=until, value=value, source=SOURCE)


LIMIT = Standard(
    name="caseload/size",
    editions=(
        edition(date(2024, 2, 1), 15),
        edition(date(2025, 2, 1), 12, until=date(2026, 2, 1)),
        edition(date(2026, 8, 1), 10),
        edition(date(2027, 2, 1), None),
        edition(date(2028, 2, 1), 20),
    ),
)


class TestAStandardIsReadOnTheDayThatGoverns:
    """An edition stands from its first day to the day before the next, or before its own *until*."""

    @pytest.mark.parametrize(
        ("day", "at_most"),
        [
            (date(2024, 2, 1), 15),
            (date(2025, 1, 31), 15),
            (date(2025, 2, 1), 12),
            (date(2026, 1, 31), 12),
            (date(2026, 8, 1), 10),
            (date(2027, 1, 31), 10),
            (date(2028, 2, 1), 20),
            (date(9999, 12, 31), 20),
        ],
    )
    def test_the_day_before_and_the_day_of(self, day: date, at_most: int) -> None:
        assert LIMIT.on(day).rule.at_most == at_most

    @pytest.mark.parametrize(
        "day",
        [date.min, date(2024, 1, 31), date(2026, 2, 1), date(2026, 7, 31), date(2027, 2, 1), date(2028, 1, 31)],
        ids=["never yet", "the day before the first", "a gap begins", "a gap ends", "a repeal", "a repeal ends"],
    )
    def test_with_nothing_in_force_it_refuses(self, day: date) -> None:
        assert LIMIT.in_force(day) is None
        with pytest.raises(StandardNotInForce, match=f"caseload/size is not in force on {day}"):
            LIMIT.on(day)

    def test_a_repeal_is_said_and_a_gap_is_not(self) -> None:
        repeal = LIMIT.said_on(date(2027, 2, 1))
        assert repeal is not None
        assert repeal.is_repeal
        assert LIMIT.said_on(date(2026, 2, 1)) is None

    def test_a_repeal_asks_for_nothing(self) -> None:
        with pytest.raises(StandardNotInForce):
            _ = edition(date(2024, 1, 1), None).rule

    @given(standards(), st.dates(date(2023, 1, 1), date(2028, 12, 31)))
    def test_it_agrees_with_writing_every_day_into_a_calendar(self, standard: Standard[Any], day: date) -> None:
        calendar: dict[date, object] = {}
        for each in standard.editions:
            for known in [known for known in calendar if known >= each.since]:
                del calendar[known]
            following = each.since
            while following < (each.until or date(2031, 1, 1)):
                calendar[following] = each.value
                following += timedelta(1)
        in_force = standard.in_force(day)
        assert calendar.get(day) == (None if in_force is None else in_force.value)


class TestEditionsFollowEachOther:
    """A standard's editions are given first to last, never two on one day."""

    @pytest.mark.parametrize(
        ("editions", "path"),
        [
            ((), "editions"),
            ((edition(date(2025, 1, 1), 1), edition(date(2025, 1, 1), 2)), "editions[1].since"),
            ((edition(date(2025, 1, 1), 1), edition(date(2024, 1, 1), 2)), "editions[1].since"),
            ((edition(date(2025, 1, 1), 1, date(2025, 1, 3)), edition(date(2025, 1, 2), 2)), "editions[1].since"),
        ],
        ids=["none", "one day", "backwards", "inside"],
    )
    def test_else_it_is_refused(self, editions: tuple[Edition[CaseloadLimit], ...], path: str) -> None:
        with pytest.raises(NotReadable) as refused:
            Standard(name="caseload/size", editions=editions)
        assert [problem.path for problem in refused.value.problems] == [path]

    def test_an_edition_may_begin_on_the_day_the_last_ends(self) -> None:
        both = (edition(date(2025, 1, 1), 1, date(2025, 1, 2)), edition(date(2025, 1, 2), 2))
        assert Standard(name="caseload/size", editions=both).on(date(2025, 1, 2)).rule.at_most == 2

    def test_an_edition_that_ends_before_it_begins_is_refused(self) -> None:
        with pytest.raises(NotReadable, match="until: must be after since"):
            edition(date(2025, 1, 1), 1, date(2025, 1, 1))


def test_a_host_without_a_rulebook_can_fix_a_standard() -> None:
    fixed = Standard.fixed("caseload/size", CaseloadLimit(at_most=9), since=date(2024, 1, 1), source=SOURCE)
    assert fixed.on(date(2024, 1, 1)).rule.at_most == 9
    assert fixed.in_force(date(2023, 12, 31)) is None


class Silent(Rule):
    """A rule class that does not say how it compares."""


class TestRulesSayWhetherTheyAskForLess:
    """Two rules are compared only by a rule class that says how."""

    def test_silent_unless_the_class_says_how(self) -> None:
        assert Silent().asks_for_less_than(Silent()) is None

    def test_a_caseload_may_be_smaller_and_not_larger(self) -> None:
        assert CaseloadLimit(at_most=20).asks_for_less_than(CaseloadLimit(at_most=10)) is True
        assert CaseloadLimit(at_most=10).asks_for_less_than(CaseloadLimit(at_most=10)) is False
        assert CaseloadLimit(at_most=10).asks_for_less_than(VisitMinimum(at_least=1)) is None

    def test_a_class_that_says_how(self) -> None:
        assert VisitMinimum(at_least=2).asks_for_less_than(VisitMinimum(at_least=3)) is True
        assert VisitMinimum(at_least=3).asks_for_less_than(VisitMinimum(at_least=3)) is False
