from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from casecore.staff import Condition, Credits, CreditUnit, Degree, Level, Spell, Step, Way
from casecore.staff.posts import CreditsAsked, DegreeAsked, ExperienceAsked, Footing, Work
from casecore.staff.posts.word_lists import spelled_out
from casecore.staff.qualifying.told import told_credits, told_degree, told_spell
from casecore.staff.qualifying.wording import (
    any_of_these,
    how_many,
    number,
    the_credits,
    the_degree,
    the_experience,
    the_work,
)
from casecore.terms import Answer, read
from tests.staff.qualifying.told import hold

DAY = date(2026, 3, 1)
MASTER: dict[str, Any] = {"level": "master", "or_higher": False}


class TestNumbers:
    """A number has at most one decimal: what there is is cut, what is still needed is rounded up."""

    @pytest.mark.parametrize(
        ("amount", "cut", "up"),
        [
            (Fraction(0), "0", "0"),
            (Fraction(7), "7", "7"),
            (Fraction(5, 2), "2.5", "2.5"),
            (Fraction(249, 100), "2.4", "2.5"),
            (Fraction(299, 100), "2.9", "3"),
            (Fraction(1, 100), "0", "0.1"),
            (10_500, "10,500", "10,500"),
            (Fraction(100_001, 10), "10,000.1", "10,000.1"),
        ],
    )
    def test_cut_or_up(self, amount: Fraction | int, cut: str, up: str) -> None:
        assert (number(amount), number(amount, up=True)) == (cut, up)

    def test_how_many_times(self) -> None:
        assert (how_many(25, 10), how_many(25, 12), how_many(25, 12, up=True)) == ("2.5", "2", "2.1")


class TestWordsJoined:
    """Words are joined as people say them; a list of words by its name alone."""

    def test_one_two_and_three(self) -> None:
        assert [any_of_these(words) for words in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
            "",
            "a",
            "a or b",
            "a, b or c",
        ]
        assert any_of_these(("a", "b"), "and") == "a and b"

    def test_a_list_by_its_name(self) -> None:
        work = spelled_out(read({"kinds": ["@mental-health", "intake"]}, Work), {"mental-health": ("a", "b")})
        assert work.kinds == ("a", "b", "intake")
        assert the_work(work) == "work (mental-health or intake)"


class TestWhatIsAsked:
    """What a post asks is worded as a personnel officer would put it."""

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ({"level": "high-school"}, "a high-school diploma or higher"),
            ({"level": "associate", "or_higher": False}, "an associate degree"),
            ({"level": "bachelor"}, "a bachelor's degree or higher"),
            ({"level": "doctorate"}, "a doctorate"),
            (MASTER, "a master's degree"),
            (MASTER | {"titles": ["MSW", "MSSW"]}, "a master's degree (MSW or MSSW)"),
            (
                {"level": "bachelor", "fields": ["sociology", "psychology"]},
                "a bachelor's degree or higher in sociology or psychology",
            ),
            (MASTER | {"institutions": ["a school", "a college"]}, "a master's degree from a school or a college"),
            (
                MASTER | {"accreditors": ["accredited", "registered"]},
                "a master's degree from a college that is accredited or registered",
            ),
            (
                MASTER | {"including": ["a placement", "a thesis"]},
                "a master's degree including a placement and a thesis",
            ),
            (
                MASTER | {"credits": {"at_least": 12, "unit": "semester", "subjects": ["law"]}},
                "a master's degree including 12 semester credits in law",
            ),
            (
                MASTER | {"titles": ["MSW"], "fields": ["social-work"], "institutions": ["a school"]},
                "a master's degree (MSW) in social-work from a school",
            ),
        ],
    )
    def test_degrees(self, asked: dict[str, Any], told: str) -> None:
        assert the_degree(read(asked, DegreeAsked)) == told

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ({}, "30 semester credits"),
            ({"is_graduate": True}, "30 semester graduate credits"),
            ({"is_graduate": False}, "30 semester undergraduate credits"),
            ({"unit": "ects", "at_least": 7.5}, "7.5 ects credits"),
            ({"subjects": ["sociology", "psychology"]}, "30 semester credits in sociology or psychology"),
        ],
    )
    def test_credits(self, asked: dict[str, Any], told: str) -> None:
        assert the_credits(read({"at_least": 30, "unit": "semester"} | asked, CreditsAsked)) == told

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ({}, "work"),
            ({"full_time": True}, "full-time work"),
            ({"is_paid": True}, "paid work"),
            ({"is_paid": False}, "volunteer work"),
            ({"full_time": True, "is_paid": False}, "full-time volunteer work"),
            ({"kinds": ["a", "b"]}, "work (a or b)"),
            ({"titles": ["Caseworker", "Clerk"]}, "work as Caseworker or Clerk"),
            ({"not_titles": ["Trainee", "Clerk"]}, "work other than as Trainee or Clerk"),
            ({"employers": ["a county", "a city"]}, "work at a county or a city"),
            ({"statuses": ["permanent", "provisional"]}, "work on permanent or provisional footing"),
            ({"not_statuses": ["trainee"]}, "work on another footing than trainee"),
            ({"settings": ["licensed", "public"]}, "work in a setting that is licensed or public"),
            ({"group": "young", "served_at_least": 0.51}, "work where at least 0.51 of those served are young"),
            ({"group": "young", "served_at_least": 0.33333}, "work where at least 0.3333 of those served are young"),
            ({"after": {"degree": MASTER}}, "work after a master's degree"),
            ({"before": {"credential": {"names": ["A", "B"]}}}, "work before the credential A or B"),
        ],
    )
    def test_work(self, asked: dict[str, Any], told: str) -> None:
        assert the_work(read(asked, Work)) == told

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ({}, "3 years of work"),
            ({"is_continuous": True}, "3 years of unbroken work"),
            ({"is_preceding": True}, "3 years of unbroken work immediately before"),
            ({"within": {"months": 60}}, "3 years of work within the last 60 months"),
            (
                {"is_preceding": True, "within": {"months": 60}},
                "3 years of unbroken work immediately before within the last 60 months",
            ),
            ({"floor": {"years": 1}}, "3 years of work, of which 1 year must be work itself"),
            ({"work": {"kinds": ["a"]}}, "3 years of work (a)"),
        ],
    )
    def test_experience(self, asked: dict[str, Any], told: str) -> None:
        assert the_experience(read({"at_least": {"years": 3}} | asked, ExperienceAsked)) == told


class TestWhatIsThere:
    """A degree, credits and a spell of work are told in few words."""

    @pytest.mark.parametrize(
        ("degree", "told"),
        [
            (Degree(level=Level.BACHELOR), "bachelor"),
            (Degree(level=Level.BACHELOR, field="history", awarded_on=DAY), "bachelor in history, awarded 2026-03-01"),
            (Degree(level=Level.MASTER, title="MSW", field="social-work"), "MSW in social-work"),
            (Degree(level=Level.MASTER, awarded_on=DAY), "master, awarded 2026-03-01"),
        ],
    )
    def test_degrees(self, degree: Degree, told: str) -> None:
        assert told_degree(degree) == told

    def test_credits(self) -> None:
        assert told_credits(Credits(amount=18, unit=CreditUnit.SEMESTER, subject="law")) == "18 semester in law"
        assert told_credits(Credits(amount=7.5, unit=CreditUnit.ECTS)) == "7.5 ects"

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({}, "2026-03-01 to now"),
            ({"ended_on": date(2026, 4, 1), "share": 1.0}, "2026-03-01 to 2026-04-01"),
            ({"share": 0.5, "kinds": ("a", "b")}, "2026-03-01 to now at 0.5 (a and b)"),
            ({"hours_per_week": 20.0}, "2026-03-01 to now at 20 hours a week"),
        ],
    )
    def test_work(self, fields: dict[str, Any], told: str) -> None:
        assert told_spell(Spell(began_on=DAY, **fields)) == told


def way(*months: float | None, work: bool = False) -> Way:
    experience = (Spell(began_on=DAY),) if work else ()
    return Way(
        steps=tuple(
            Step(what=f"step {place}", months=each, experience=experience) for place, each in enumerate(months)
        ),
        on=DAY,
    )


class TestHowLongAWayTakes:
    """Study goes on beside work, so the longer counts; one step without a source leaves the whole unknown."""

    @pytest.mark.parametrize(
        ("months", "length", "takes"),
        [
            ((7.0, 48.0), 48.0, "about 48 months"),
            ((7.0, None), None, "no source says how long"),
            ((0.99,), 0.99, "less than a month"),
            ((1.0,), 1.0, "about 1 month"),
            ((2.01,), 2.01, "about 2.1 months"),
            ((), 0.0, "less than a month"),
        ],
    )
    def test_in_words(self, months: tuple[float | None, ...], length: float | None, takes: str) -> None:
        assert (way(*months).months, way(*months).takes) == (length, takes)
        if len(months) == 1:
            assert way(*months, work=True).takes == f"{takes}, worked by 2026-03-01"

    def test_work_comes_in_turn_and_study_beside_it(self) -> None:
        in_turn = way(6.0, 12.0, work=True)
        assert (in_turn.months, in_turn.takes) == (18.0, "about 18 months, worked by 2026-03-01")
        study = Step(what="a degree", months=48.0)
        assert Way(steps=(*in_turn.steps, study), on=DAY).months == 48.0

    def test_its_steps_in_words(self) -> None:
        assert str(way(1.0, 2.0)) == "step 0 and step 1"

    def test_the_lines_of_a_verdict_end_with_conditions_and_ways(self) -> None:
        verdict = hold({"stated": {"name": "passed"}})._with(
            answer=Answer.YES,
            conditions=(
                Condition(what="an examination", by=DAY, footing=Footing.PROVISIONAL),
                Condition(what="a license", by=None, footing=Footing.CONDITIONAL),
            ),
            ways=(way(7.0), way(8.0)),
        )
        assert list(verdict.lines())[-4:] == [
            "on condition (provisional) by 2026-03-01: an examination",
            "on condition (conditional): a license",
            "way 1 (about 7 months): step 0",
            "way 2 (about 8 months): step 0",
        ]
        assert next(iter(verdict.lines())).startswith("yes  May w-1")
        assert next(iter(verdict.lines(2))).startswith("    ")
