from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from casecore.staff import (
    Credential,
    CredentialSort,
    Credits,
    CreditUnit,
    Degree,
    Learning,
    Level,
    Served,
    Spell,
    StaffFile,
    Statement,
    Step,
)
from casecore.staff.posts import (
    Counting,
    CredentialAsked,
    CreditsAsked,
    DegreeAsked,
    LearningAsked,
    Scored,
    Stated,
    Work,
)
from casecore.staff.qualifying.amounts import Scale
from casecore.staff.qualifying.gains import (
    MoreWork,
    Option,
    Waited,
    cheapest,
    cost,
    credential_step,
    credits_step,
    degree_step,
    learning_step,
    scored_step,
    stated_step,
    together,
)
from casecore.staff.qualifying.months import MONTH
from casecore.staff.qualifying.seen import Reckoning
from casecore.terms import read
from tests.staff.qualifying.told import day, hold, months, semester, work

ON = date(2026, 3, 1)
LAST = date(2026, 3, 10)


def scale(unit: str) -> Scale:
    return Scale(unit, Reckoning(Counting(), counts_unverified=False))


def of(asked: dict[str, Any]) -> Work:
    return read(asked, Work)


def ways(need: dict[str, Any], **file: Any) -> list[tuple[str, str]]:
    """The ways in words, each with its first day."""
    return [(str(way), str(way.on)) for way in hold(need, **file).ways]


def longest(need: dict[str, Any], **file: Any) -> list[float | None]:
    return [way.months for way in hold(need, **file).ways]


class TestWorkGained:
    """Work that is still needed is full time, and just such work as is asked for."""

    @pytest.mark.parametrize(
        ("unit", "points", "length", "what"),
        [
            ("months", 7 * MONTH, 7.0, "7 more months of full-time work"),
            ("days", Fraction(1461, 4), 12.0, "365.3 more days of full-time work"),  # 365.25 days are a year
            ("hours", Fraction(14_610, 7), 12.0, "2,087.2 more hours of full-time work"),  # of 40 hours a week
        ],
    )
    def test_how_long(self, unit: str, points: Fraction | int, length: float, what: str) -> None:
        gain = MoreWork(Work(), points, scale(unit))
        assert (gain.months, gain.what) == (length, what)

    def test_the_spell_fits_every_field(self) -> None:
        asked = of(
            {
                "kinds": ["a", "b"],
                "titles": ["t", "u"],
                "employers": ["e", "f"],
                "statuses": ["s", "x"],
                "settings": ["g", "h"],
                "is_paid": False,
                "group": "young",
                "served_at_least": 0.5,
                "papers": ["letter"],
            }
        )
        step = MoreWork(asked, 7 * MONTH, scale("months")).step(ON, LAST, None)
        assert step.experience == (
            Spell(
                began_on=ON,
                ended_on=LAST,
                kinds=("a", "b"),
                title="t",
                employer="e",
                status="s",
                is_paid=False,
                settings=("g", "h"),
                served=(Served(group="young", share=1.0),),
                share=1.0,
                papers=("letter",),
            ),
        )
        assert (step.months, step.what) == (7.0, MoreWork(asked, 7 * MONTH, scale("months")).what)

    def test_what_is_not_asked_is_plain(self) -> None:
        (spell,) = MoreWork(Work(), MONTH, scale("months")).step(ON, LAST, None).experience
        assert spell == Spell(
            began_on=ON, ended_on=LAST, kinds=(), is_paid=True, settings=(), served=(), share=1.0, papers=()
        )
        shut_out = of({"not_titles": ["t"], "not_statuses": ["s"], "is_paid": True})
        (spell,) = MoreWork(shut_out, MONTH, scale("months")).step(ON, LAST, None).experience
        assert (spell.title, spell.status, spell.is_paid) == ("any other", "any other", True)

    def test_hours_a_week_where_hours_are_asked(self) -> None:
        gain = MoreWork(Work(), 100, scale("hours"))
        for full_time, weekly in ((None, 40.0), (Fraction(75, 2), 37.5)):
            (spell,) = gain.step(ON, LAST, full_time).experience
            assert (spell.hours_per_week, spell.share) == (weekly, None)

    @pytest.mark.parametrize(
        ("last", "what"),
        [
            (ON, "1 more day of full-time work"),
            (LAST, "10 more days of full-time work"),
        ],
    )
    def test_less_than_a_month_is_told_in_days_of_the_calendar(self, last: date, what: str) -> None:
        assert MoreWork(Work(), MONTH // 2, scale("months")).step(ON, last, None).what == what

    def test_a_whole_month_and_other_units_are_not(self) -> None:
        assert MoreWork(Work(), MONTH, scale("months")).step(ON, LAST, None).what == "1 more month of full-time work"
        assert MoreWork(Work(), 5, scale("days")).step(ON, LAST, None).what == "5 more days of full-time work"


class TestTogether:
    """One position can be work of two kinds where nothing in the one contradicts the other."""

    @pytest.mark.parametrize(
        ("one", "other", "both"),
        [
            ({}, {}, {}),
            ({"kinds": ["a", "b"]}, {"kinds": ["b", "c"]}, {"kinds": ["a", "b", "c"]}),
            ({"settings": ["a"]}, {"settings": ["b", "a"]}, {"settings": ["a", "b"]}),
            ({"papers": ["a"]}, {"papers": ["b", "a"]}, {"papers": ["a", "b"]}),
            ({"titles": ["a", "b"]}, {"titles": ["c", "b"]}, {"titles": ["b"]}),
            ({"titles": ["a"]}, {"titles": ["b"]}, None),
            ({"titles": ["a"]}, {}, {"titles": ["a"]}),
            ({}, {"employers": ["a"]}, {"employers": ["a"]}),
            ({"employers": ["a"]}, {"employers": ["b"]}, None),
            ({"statuses": ["a", "b"]}, {"statuses": ["b"]}, {"statuses": ["b"]}),
            ({"statuses": ["a"]}, {"statuses": ["b"]}, None),
            (
                {"titles": ["a", "b"], "not_titles": ["c"]},
                {"not_titles": ["a"]},
                {"titles": ["b"], "not_titles": ["c", "a"]},
            ),
            ({"not_statuses": ["a"]}, {"not_statuses": ["b", "a"]}, {"not_statuses": ["a", "b"]}),
            ({"is_paid": True}, {"is_paid": False}, None),
            ({"is_paid": False}, {}, {"is_paid": False}),
            ({}, {"is_paid": False}, {"is_paid": False}),
            ({"is_paid": True}, {"is_paid": True}, {"is_paid": True}),
            (
                {"group": "a", "served_at_least": 0.5},
                {},
                {"group": "a", "served_at_least": 0.5},
            ),
            (
                {},
                {"group": "a", "served_at_least": 0.5},
                {"group": "a", "served_at_least": 0.5},
            ),
            (
                {"group": "a", "served_at_least": 0.5},
                {"group": "a", "served_at_least": 0.9},
                {"group": "a", "served_at_least": 0.5},  # the spell serves nobody else, so that the part is no matter
            ),
            ({"group": "a", "served_at_least": 0.5}, {"group": "b", "served_at_least": 0.5}, None),
            (
                {"after": {"degree": {"level": "master"}}},
                {"after": {"degree": {"level": "bachelor"}}},
                {"after": {"degree": {"level": "master"}}},
            ),
            ({}, {"after": {"degree": {"level": "bachelor"}}}, {"after": {"degree": {"level": "bachelor"}}}),
            ({"before": {"degree": {"level": "master"}}}, {}, None),
            ({}, {"before": {"degree": {"level": "master"}}}, None),
        ],
    )
    def test_each_field(self, one: dict[str, Any], other: dict[str, Any], both: dict[str, Any] | None) -> None:
        assert together(of(one), of(other)) == (None if both is None else of(both))


class TestStepsGained:
    """What is gained is the plainest thing that fits: the first of the words asked for, from the day asked about."""

    def test_a_degree(self) -> None:
        asked = {
            "level": "master",
            "fields": ["f", "g"],
            "titles": ["t", "u"],
            "institutions": ["i", "j"],
            "accreditors": ["a", "b"],
            "including": ["p", "q"],
            "credits": {
                "at_least": 12,
                "unit": "quarter",
                "subjects": ["s", "r"],
                "is_graduate": True,
                "papers": ["x"],
            },
            "papers": ["transcript"],
        }
        step = degree_step(read(asked, DegreeAsked), ON)
        credit = Credits(subject="s", amount=12, unit=CreditUnit.QUARTER, is_graduate=True, earned_on=ON, papers=("x",))
        assert step.degrees == (
            Degree(
                level=Level.MASTER,
                field="f",
                title="t",
                institution="i",
                accreditors=("a", "b"),
                including=("p", "q"),
                awarded_on=ON,
                credits=(credit,),
                papers=("transcript",),
            ),
        )
        assert step.what.startswith("a master's degree or higher (t or u) in f or g")
        plain = degree_step(DegreeAsked(level=Level.BACHELOR), ON)
        assert plain.degrees == (
            Degree(level=Level.BACHELOR, accreditors=(), including=(), awarded_on=ON, credits=(), papers=()),
        )

    def test_how_long_a_degree_takes_where_a_source_says_so(self) -> None:
        lengths = [degree_step(DegreeAsked(level=level), ON).months for level in Level]
        assert lengths == [None, 24.0, 48.0, None, None]

    @pytest.mark.parametrize(
        ("unit", "length"),
        [(CreditUnit.SEMESTER, 6.2), (CreditUnit.QUARTER, 12.4 / 3), (CreditUnit.ECTS, 2.48)],
    )
    def test_credits(self, unit: CreditUnit, length: float) -> None:
        asked = CreditsAsked(at_least=30, unit=unit, subjects=("s", "r"))
        step = credits_step(asked, Fraction(12_391, 1000), ON)
        assert step.credits == (Credits(subject="s", amount=12.4, unit=unit, earned_on=ON),)
        assert step.what == f"12.4 more {unit.value} credits in s or r"
        assert step.months == pytest.approx(length)
        (credit,) = credits_step(CreditsAsked(at_least=30, unit=unit), 2, ON).credits
        assert (credit.subject, credit.amount) == (None, 2.0)

    def test_a_credential(self) -> None:
        asked = {"names": ["A", "B"], "sort": "permit", "issuers": ["i", "j"], "papers": ["copy"]}
        step = credential_step(read(asked, CredentialAsked), ON)
        held = Credential(name="A", sort=CredentialSort.PERMIT, issuer="i", issued_on=ON, papers=("copy",))
        assert (step.what, step.credentials, step.months) == ("the credential A or B", (held,), None)
        plain = credential_step(CredentialAsked(names=("A",)), ON)
        assert plain.credentials == (Credential(name="A", sort=CredentialSort.LICENSE, issued_on=ON),)

    def test_training(self) -> None:
        asked = LearningAsked(hours=20, subjects=("law", "ethics"), providers=("p", "q"), papers=("copy",))
        step = learning_step(asked, Fraction(12_751, 1000), ON)
        done = Learning(completed_on=ON, hours=12.76, subject="law", provider="p", papers=("copy",))
        assert (step.what, step.learning) == ("12.8 more hours of training in law or ethics", (done,))
        plain = learning_step(LearningAsked(hours=20), Fraction(3), ON)
        assert (plain.what, plain.learning) == ("3 more hours of training", (Learning(completed_on=ON, hours=3.0),))

    def test_statements(self) -> None:
        step = stated_step(Stated(name="passed", papers=("copy",)), ON)
        said = Statement(name="passed", is_so=True, stated_on=ON, papers=("copy",))
        assert (step.what, step.statements) == ("passed", (said,))

    @pytest.mark.parametrize(
        ("bounds", "enough", "what"),
        [
            ({"at_least": 40}, 40.0, "typing at least 40"),
            ({"at_least": 0, "at_most": 3}, 0.0, "typing at least 0"),
            ({"at_most": 3.5}, 3.5, "typing at most 3.5"),
        ],
    )
    def test_numbers(self, bounds: dict[str, float], enough: float, what: str) -> None:
        step = scored_step(Scored(name="typing", papers=("copy",), **bounds), ON)
        said = Statement(name="typing", number=enough, stated_on=ON, papers=("copy",))
        assert (step.what, step.statements) == (what, (said,))

    def test_a_file_with_a_step_has_what_it_had_and_more(self) -> None:
        held, more = Statement(name="a", is_so=True), Statement(name="b", is_so=True)
        file = StaffFile(worker="w", stated_on=ON, statements=(held,), degrees=(), learning=None)
        step = Step(
            what="x",
            statements=(more,),
            degrees=(Degree(level=Level.MASTER),),
            learning=(Learning(completed_on=ON, hours=1),),
        )
        assert step.added_to(file) == StaffFile(
            worker="w",
            statements=(held, more),
            degrees=(Degree(level=Level.MASTER),),
            learning=(Learning(completed_on=ON, hours=1),),
        )


class TestRanking:
    """Things without a known length rank last, then the longer, then the more; each is told once."""

    def test_cost(self) -> None:
        unknown, year = Step(what="u"), Step(what="y", months=12.0)
        worked, waited = MoreWork(Work(), 7 * MONTH, scale("months")), Waited("w", ON)
        assert cost((unknown, year, unknown)) == (2, 12.0, 3, "u and y and u")
        assert cost((worked, waited)) == (0, 7.0, 2, "7 more months of full-time work and w")
        assert cost(()) == (0, 0.0, 0, "")
        assert cost((unknown,)) == (1, 0.0, 1, "u")
        in_order: list[Option] = [(waited,), (worked,), (worked, waited), (year,), (unknown,), (unknown, year)]
        assert cheapest([*reversed(in_order), (year,)], 10) == in_order
        assert cheapest(in_order, 2) == in_order[:2]


A_CREDIT = {"at_least": 6, "unit": "semester"}


class TestWays:
    """Each way names just what is lacking, and the first day on which it would do."""

    def test_time_that_must_pass(self) -> None:
        held = {"credential": {"names": ["LMSW"], "for_at_least": {"years": 2}}}
        assert ways(held, credentials=()) == [("the credential LMSW and 2 years of holding it", "2028-03-01")]
        of_age: dict[str, Any] = {"aged": {"at_least": 18}}
        assert ways(of_age, born_on=day("2010-03-05")) == [("the birthday on 2028-03-05", "2028-03-05")]
        assert ways({"aged": {"at_most": 17}}, born_on=day("2000-03-05")) == []
        sixty: dict[str, Any] = {"aged": {"at_least": 61}}
        assert ways(sixty, born_on=day("2025-12-31")) == [("the birthday on 2086-12-31", "2086-12-31")]
        assert ways(sixty, born_on=day("2026-01-01")) == []  # 60 years ahead is the end

    def test_what_one_question_lacks(self) -> None:
        taught = Learning(completed_on=day("2026-01-01"), hours=7.25, subject="law")
        for need, file, told in (
            ({"learning": {"hours": 20}}, {"learning": (taught,)}, "12.8 more hours of training"),
            (
                {"scored": {"name": "s", "at_least": 40}},
                {"statements": (Statement(name="s", number=3),)},
                "s at least 40",
            ),
            ({"stated": {"name": "s"}}, {"statements": (Statement(name="s", is_so=False),)}, "s"),
            ({"credits": A_CREDIT}, {"degrees": (), "credits": (semester(4),)}, "2 more semester credits"),
            ({"degree": {"level": "bachelor"}}, {"degrees": ()}, "a bachelor's degree or higher"),
        ):
            assert ways(need, **file) == [(told, "2026-03-01")]
        assert ways({"none_of": [{"stated": {"name": "s"}}]}, statements=(Statement(name="s", is_so=True),)) == []

    def test_what_is_studied_is_there_on_the_day_asked_about(self) -> None:
        (way,) = hold({"degree": {"level": "bachelor"}}, degrees=()).ways
        assert way.steps[0].degrees[0].awarded_on == ON
        (way,) = hold({"credits": A_CREDIT}, degrees=(), credits=()).ways
        assert way.steps[0].credits[0].earned_on == ON

    def test_work_from_tomorrow_to_the_first_day_that_does(self) -> None:
        assert ways(months(12), experience=()) == [("12 more months of full-time work", "2027-03-01")]
        assert ways(months(12), experience=(work("2024-01-01", "2024-12-20"),)) == [
            ("11 more days of full-time work", "2026-03-12")
        ]
        in_hours: dict[str, Any] = {"experience": {"at_least": {"hours": 100}}}
        assert ways(in_hours, experience=()) == [("100 more hours of full-time work", "2026-03-19")]
        in_days: dict[str, Any] = {"experience": {"at_least": {"days": 100}}}
        assert ways(in_days, experience=()) == [("100 more days of full-time work", "2026-06-09")]

    def test_sixty_years_are_the_longest(self) -> None:
        assert [on for _, on in ways({"experience": {"at_least": {"years": 60}}}, experience=())] == ["2086-03-01"]
        assert ways({"experience": {"at_least": {"years": 61}}}, experience=()) == []

    @pytest.mark.parametrize("stretch", ["is_continuous", "is_preceding"])
    def test_an_unbroken_stretch_begins_anew(self, stretch: str) -> None:
        need = {"experience": {"at_least": {"months": 12}, stretch: True}}
        assert ways(need, experience=(work("2024-01-01", "2024-06-30"),)) == [
            ("12 more months of full-time work", "2027-03-01")
        ]

    def test_what_one_position_can_give_at_once(self) -> None:
        def both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
            return {
                "all_of": [
                    {"experience": {"at_least": {"months": 6}, "work": one}},
                    {"experience": {"at_least": {"months": 12}, "work": other}},
                ]
            }

        assert ways(both({"kinds": ["a"]}, {"kinds": ["b"]}), experience=()) == [
            ("12 more months of full-time work (a or b)", "2027-03-01")
        ]
        (one_after_the_other,) = hold(both({"titles": ["a"]}, {"titles": ["b"]}), experience=()).ways
        assert [step.what for step in one_after_the_other.steps] == [
            "6 more months of full-time work as a",
            "12 more months of full-time work as b",
        ]
        first, second = (spell for step in one_after_the_other.steps for spell in step.experience)
        assert first.began_on == day("2026-03-02")
        assert first.ended_on == day("2026-09-02")  # a day more than six months, so that it certainly does
        assert (second.began_on, second.ended_on) == (day("2026-09-03"), day("2027-09-02"))
        three = both({"titles": ["a"]}, {"titles": ["b"]})["all_of"]
        three.append({"experience": {"at_least": {"days": 1}, "work": {"titles": ["c"]}}})
        (way,) = hold({"all_of": three}, experience=()).ways
        assert [spell.title for step in way.steps for spell in step.experience] == ["c", "a", "b"]

    def test_full_time_is_what_the_post_says(self) -> None:
        need = {
            "all_of": [{"experience": {"at_least": {"hours": 75}, "work": {"titles": [title]}}} for title in ("a", "b")]
        }
        (way,) = hold(need, experience=(), asked={"counting": {"full_time_hours": 37.5}}).ways
        assert [spell.hours_per_week for step in way.steps for spell in step.experience] == [37.5, 37.5]

    def test_the_cheapest_two_of_three(self) -> None:
        law = {"level": "associate", "fields": ["law"], "or_higher": False}
        need = {
            "at_least": 2,
            "of": [{"degree": {"level": "bachelor"}}, {"degree": law}, {"credential": {"names": ["A"]}}],
        }
        found = hold(need, degrees=(), credentials=()).ways
        assert [(str(way), way.months) for way in found] == [
            ("a bachelor's degree or higher and an associate degree in law", 48.0),
            ("an associate degree in law and the credential A", None),
            ("a bachelor's degree or higher and the credential A", None),
        ]

    def test_one_degree_does_for_two_questions(self) -> None:
        need = {"all_of": [{"degree": {"level": level}} for level in ("associate", "bachelor", "master")]}
        assert ways(need, degrees=()) == [("a master's degree or higher", "2026-03-01")]


class TestWaysBySubstitutes:
    """A substitute shortens the work that is needed, within what it and all together may count."""

    def test_one_that_holds_once(self) -> None:
        by = {"counts_as": {"months": 6}, "needs": {"degree": {"level": "master"}}}
        need = {"experience": {"at_least": {"years": 1}, "substitutes": [by]}}
        assert ways(need, experience=(), degrees=()) == [
            ("12 more months of full-time work", "2027-03-01"),
            ("a master's degree or higher and 6 more months of full-time work", "2026-09-01"),
        ]

    @pytest.mark.parametrize(
        ("limits", "told"),
        [
            # 4 credits are there; the next lot needs 2, and four lots, which make the year, need 20
            ({}, ["2 more semester credits and 9 more months", "20 more semester credits", "12 more months"]),
            (
                {"floor": {"months": 2}},
                [
                    "2 more semester credits and 9 more months",
                    "20 more semester credits and 2 more months",
                    "12 more months",
                ],
            ),
            (
                {"substituted_at_most": {"months": 4}},
                [
                    "2 more semester credits and 9 more months",
                    "20 more semester credits and 8 more months",
                    "12 more months",
                ],
            ),
        ],
    )
    def test_each_lot_of_credits(self, limits: dict[str, Any], told: list[str]) -> None:
        by = {"counts_as": {"months": 3}, "each": A_CREDIT}
        need = {"experience": {"at_least": {"years": 1}, "substitutes": [by]} | limits}
        found = ways(need, experience=(), degrees=(), credits=(semester(4),))
        assert [way.removesuffix(" of full-time work") for way, _ in found] == told

    def test_one_that_counts_only_so_far(self) -> None:
        by = {"counts_as": {"months": 3}, "at_most": {"months": 6}, "each": A_CREDIT}
        need = {"experience": {"at_least": {"years": 1}, "substitutes": [by]}}
        worked = (work("2024-01-01", "2024-02-29"),)
        assert ways(need, experience=worked, degrees=(), credits=(semester(4),)) == [
            ("8 more semester credits and 4 more months of full-time work", "2026-07-01"),
            ("2 more semester credits and 7 more months of full-time work", "2026-10-01"),
            ("10 more months of full-time work", "2027-01-01"),
        ]

    def test_parts_of_patterns(self) -> None:
        def pattern(name: str, years: int, **more: Any) -> dict[str, Any]:
            return {"name": name, "experience": {"at_least": {"years": years}, "work": {"kinds": [name]}}} | more

        half = (work("2024-01-01", "2024-06-30", kinds=("a",)),)
        assert ways({"adds_up": [pattern("a", 1), pattern("b", 2)]}, experience=half) == [
            ("6 more months of full-time work (a)", "2026-09-01"),
            ("12 more months of full-time work (b)", "2027-03-01"),
        ]  # not also as 24 months of b, of which 12 do
        after = pattern("b", 2, needs={"degree": {"level": "associate"}})
        nothing_yet = (work("2024-01-01", "2024-06-30", kinds=("b",)),)
        assert longest({"adds_up": [pattern("a", 1), after]}, experience=nothing_yet, degrees=()) == [12.0, 24.0]

    def test_a_part_that_will_be_too_long_ago_is_not_relied_on(self) -> None:
        year_of_a = {"at_least": {"years": 1}, "work": {"kinds": ["a"]}, "within": {"years": 5}}
        six_of_b = {"at_least": {"years": 6}, "work": {"kinds": ["b"]}}
        need = {"adds_up": [{"name": "a", "experience": year_of_a}, {"name": "b", "experience": six_of_b}]}
        worked = (work("2010-01-01", "2010-12-31", kinds=("b",)), work("2022-01-01", "2022-06-30", kinds=("a",)))
        # 1/2 and 1/6 are there; the third that lacks is 4 months of a, but of b, while that of a goes by, all 60
        assert ways(need, experience=worked) == [
            ("4 more months of full-time work (a)", "2026-07-01"),
            ("60 more months of full-time work (b)", "2031-03-01"),
        ]

    def test_two_that_make_more_than_is_asked(self) -> None:
        by = [{"counts_as": {"months": 6}, "needs": {"stated": {"name": name}}} for name in ("s", "t")]
        need = {"experience": {"at_least": {"years": 1}, "substitutes": by}}
        said = tuple(Statement(name=name, is_so=False) for name in ("s", "t"))
        assert ways(need, experience=(work("2024-01-01", "2024-02-29"),), statements=said) == [
            ("10 more months of full-time work", "2027-01-01"),
            ("s and 4 more months of full-time work", "2026-07-01"),
            ("t and 4 more months of full-time work", "2026-07-01"),
            ("s and t", "2026-03-01"),
        ]

    def test_beside_other_work_and_above_a_floor(self) -> None:
        by = [{"counts_as": {"months": 6}, "needs": {"stated": {"name": "s"}}}]
        said = (Statement(name="s", is_so=False),)
        asked = {"at_least": {"years": 1}, "work": {"kinds": ["a"]}, "substitutes": by}
        other = (work("2024-01-01", "2024-03-31", kinds=("b",)),)
        beside = {"experience": asked | {"other": [{"work": {"kinds": ["b"]}}]}}
        assert [way for way, _ in ways(beside, experience=other, statements=said)] == [
            "9 more months of full-time work (a)",
            "s and 3 more months of full-time work (a)",
        ]
        three = (work("2024-01-01", "2024-03-31", kinds=("a",)),)
        floor = {"experience": asked | {"floor": {"months": 7}}}
        assert [way for way, _ in ways(floor, experience=three, statements=said)] == [
            "9 more months of full-time work (a)",
            "s and 4 more months of full-time work (a)",
        ]

    def test_what_is_there_already_counts_once(self) -> None:
        by = [{"counts_as": {"months": 2}, "needs": {"stated": {"name": "s"}}}]
        need = {"experience": {"at_least": {"years": 1}, "substitutes": by}}
        assert ways(need, experience=(), statements=(Statement(name="s", is_so=True),)) == [
            ("10 more months of full-time work", "2027-01-01")
        ]
        lots = [{"counts_as": {"months": 3}, "each": A_CREDIT}]
        by_lots = {"experience": {"at_least": {"years": 1}, "substitutes": lots}}
        found = hold(by_lots, experience=(), degrees=(), credits=(semester(8),)).ways
        assert [str(way) for way in found] == [
            "4 more semester credits and 6 more months of full-time work",
            "16 more semester credits",
            "9 more months of full-time work",
        ]
        assert found[0].steps[0].credits == (semester(4, earned_on=ON),)

    def test_one_worth_an_hour_and_one_worth_nothing(self) -> None:
        said = (Statement(name="s", is_so=False),)
        for by, told in (
            ({"counts_as": {"hours": 1}, "needs": {"stated": {"name": "s"}}}, "s"),
            ({"counts_as": {"hours": 1}, "each": A_CREDIT}, "6 more semester credits"),
        ):
            need = {"experience": {"at_least": {"hours": 103}, "substitutes": [by]}}
            found = [way for way, _ in ways(need, experience=(), statements=said, degrees=(), credits=())]
            assert f"{told} and 102 more hours of full-time work" in found
            nothing = {"experience": {"at_least": {"hours": 103}, "substitutes": [by | {"counts_as": {"hours": 0}}]}}
            assert ways(nothing, experience=(), statements=said, degrees=(), credits=()) == [
                ("103 more hours of full-time work", "2026-03-20")
            ]
