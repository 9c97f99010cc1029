from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casecore.staff import Claim, Credential, Degree, Level, Spell, StaffFile, Statement
from casecore.terms import NotReadable, Period, Value, read

SPELL: dict[str, Any] = {"began_on": "2020-01-01"}
DAY = date(2020, 1, 1)


def problems(data: dict[str, Any], cls: type[Value]) -> dict[str, str]:
    with pytest.raises(NotReadable) as caught:
        read(data, cls)
    return dict(caught.value.problems)


class TestContradictions:
    """What cannot be so of a worker is told in a sentence, at the field that is to be corrected."""

    @pytest.mark.parametrize(
        ("cls", "data", "path", "told"),
        [
            (Claim, {"papers": ["a", "b"], "refused": ["b"]}, "refused", "must not name a paper that is on file"),
            (
                Degree,
                {"level": "master", "began_on": "2020-01-02", "awarded_on": "2020-01-01"},
                "awarded_on",
                "must not be before began_on",
            ),
            (Spell, SPELL | {"ended_on": "2019-12-31"}, "ended_on", "must not be before began_on"),
            (
                Spell,
                SPELL | {"share": 0.0, "hours_per_week": 0.0},
                "",
                "must give at most one of share, hours_per_week, hours",
            ),
            (Spell, SPELL | {"hours": 8.0}, "hours", "must not stand without ended_on: they would not be all"),
            (
                Spell,
                SPELL | {"ended_on": "2020-01-02", "hours": 48.5},
                "hours",
                "must not be more than the days of the spell have",
            ),
            (
                Spell,
                SPELL | {"served": [{"group": "a", "share": 0.1}, {"group": "a", "share": 0.2}]},
                "served",
                "must not name a group twice",
            ),
            (
                Credential,
                {"name": "LMSW", "issued_on": "2020-01-01", "expires_on": "2020-01-01"},
                "expires_on",
                "must be after issued_on",
            ),
            (Statement, {"name": "a"}, "", "must give exactly one of is_so, number"),
            (Statement, {"name": "a", "is_so": True, "number": 1.0}, "", "must give exactly one of is_so, number"),
            (
                Statement,
                {"name": "a", "is_so": True, "stated_on": "2020-01-01", "until": "2020-01-01"},
                "until",
                "must be after stated_on",
            ),
            (
                StaffFile,
                {"worker": "w", "degrees": [{"level": "master"}] * 101},
                "degrees",
                "must not have more than 100 parts",
            ),
            (
                StaffFile,
                {"worker": "w", "degrees": [{"level": "master"}, {"level": "bachelor"}, {"level": "master"}]},
                "degrees[2]",
                "must not overlap a degree of the same kind before it",
            ),
            (
                StaffFile,
                {"worker": "w", "applied_on": "2020-01-02", "examined_on": "2020-01-01"},
                "examined_on",
                "must not be before applied_on",
            ),
            (
                StaffFile,
                {"worker": "w", "applied_on": "2020-01-02", "appointed_on": "2020-01-01"},
                "appointed_on",
                "must not be before applied_on",
            ),
            (
                StaffFile,
                {"worker": "w", "born_on": "2020-01-02", "experience": [{"began_on": "2020-01-02"}, SPELL]},
                "experience[1].began_on",
                "must not be before born_on",
            ),
        ],
    )
    def test_what_is_refused(self, cls: type[Value], data: dict[str, Any], path: str, told: str) -> None:
        assert problems(data, cls) == {path: told}

    @pytest.mark.parametrize("cls", [Degree, Spell, Credential, Statement])
    def test_a_paper_both_on_file_and_refused_is_told_of_every_claim(self, cls: type[Value]) -> None:
        least: dict[type[Value], dict[str, Any]] = {
            Degree: {"level": "master"},
            Spell: SPELL,
            Credential: {"name": "LMSW"},
            Statement: {"name": "a", "is_so": True},
        }
        assert problems(least[cls] | {"papers": ["b"], "refused": ["b"]}, cls) == {
            "refused": "must not name a paper that is on file"
        }

    @pytest.mark.parametrize(
        ("cls", "data"),
        [
            (Claim, {"papers": ["a"], "refused": ["b"]}),
            (Degree, {"level": "master", "began_on": "2020-01-01", "awarded_on": "2020-01-01"}),
            (Degree, {"level": "master", "awarded_on": "2020-01-01"}),
            (Degree, {"level": "master", "began_on": "2020-01-01"}),
            (Spell, SPELL | {"ended_on": "2020-01-01", "hours": 24.0}),
            (Spell, SPELL | {"ended_on": "2020-01-02", "hours": 48.0}),
            (Spell, SPELL | {"served": [{"group": "a", "share": 0.1}, {"group": "b", "share": 0.1}]}),
            (Credential, {"name": "LMSW", "issued_on": "2020-01-01", "expires_on": "2020-01-02"}),
            (Credential, {"name": "LMSW", "expires_on": "2020-01-02"}),
            (Statement, {"name": "a", "is_so": False, "stated_on": "2020-01-01", "until": "2020-01-02"}),
            (Statement, {"name": "a", "number": 0.0, "until": "2020-01-02"}),
            (StaffFile, {"worker": "w", "applied_on": "2020-01-01", "examined_on": "2020-01-01"}),
            (StaffFile, {"worker": "w", "applied_on": "2020-01-01", "appointed_on": "2020-01-01"}),
            (StaffFile, {"worker": "w", "born_on": "2020-01-01", "experience": [SPELL]}),
        ],
    )
    def test_what_is_just_allowed(self, cls: type[Value], data: dict[str, Any]) -> None:
        assert isinstance(read(data, cls), cls)

    def test_as_many_degrees_as_a_file_may_hold(self) -> None:
        degrees = tuple(Degree(level=Level.MASTER, title=f"M{place}") for place in range(100))
        assert len(StaffFile(worker="w", degrees=degrees).degrees or ()) == 100

    def test_each_of_two_problems_is_told(self) -> None:
        data = {"worker": "w", "applied_on": "2020-01-03", "examined_on": "2020-01-02", "appointed_on": "2020-01-01"}
        assert set(problems(data, StaffFile)) == {"examined_on", "appointed_on"}


class TestOneDegreeToldTwice:
    """Two degrees of one level, field, title and college are one, unless one was awarded before the other began."""

    @pytest.mark.parametrize(
        "other", [{"level": Level.BACHELOR}, {"field": "law"}, {"title": "MSW"}, {"institution": "a college"}]
    )
    def test_one_that_differs_is_another(self, other: dict[str, Any]) -> None:
        fields: dict[str, Any] = {"level": Level.MASTER, "field": "history", "title": "MA", "institution": "a school"}
        assert Degree(**fields).is_the_same_as(Degree(**fields))
        assert not Degree(**fields).is_the_same_as(Degree(**(fields | other)))

    def test_the_times(self) -> None:
        first = Degree(level=Level.MASTER, awarded_on=DAY)
        on_that_day = Degree(level=Level.MASTER, began_on=DAY, awarded_on=date(2022, 1, 1))
        a_day_later = Degree(level=Level.MASTER, began_on=date(2020, 1, 2), awarded_on=date(2022, 1, 1))
        no_first_day = Degree(level=Level.MASTER, awarded_on=date(2020, 1, 2))
        for one, other, expected in (
            (first, on_that_day, True),
            (first, a_day_later, False),
            (first, no_first_day, False),
            (first, Degree(level=Level.MASTER), True),
            (Degree(level=Level.MASTER, began_on=DAY), Degree(level=Level.MASTER, began_on=date(2024, 1, 1)), True),
        ):
            assert one.is_the_same_as(other) is expected
            assert other.is_the_same_as(one) is expected

    def test_levels_rank_from_the_lowest(self) -> None:
        assert [level.rank for level in Level] == [0, 1, 2, 3, 4]


class TestValidity:
    """A credential holds from the day it is issued to the day before it expires, except while it is suspended."""

    def test_the_days_around(self) -> None:
        suspended = (
            Period(start=date(2020, 3, 1), end=date(2020, 4, 1)),
            Period(start=date(2020, 5, 1), end=date(2020, 5, 2)),
        )
        held = Credential(name="LMSW", issued_on=DAY, expires_on=date(2021, 1, 1), suspended=suspended)
        for day, expected in (
            (date(2019, 12, 31), False),
            (DAY, True),
            (date(2020, 2, 29), True),
            (date(2020, 3, 1), False),
            (date(2020, 4, 1), True),
            (date(2020, 5, 1), False),
            (date(2020, 12, 31), True),
            (date(2021, 1, 1), False),
        ):
            assert held.is_valid_on(day) is expected

    def test_where_the_day_it_was_issued_is_not_known(self) -> None:
        held = Credential(name="LMSW", expires_on=date(2021, 1, 1))
        assert held.is_valid_on(date(2020, 12, 31)) is None
        assert held.is_valid_on(date(2021, 1, 1)) is False
        assert Credential(name="LMSW", issued_on=DAY).is_valid_on(date.max) is True
