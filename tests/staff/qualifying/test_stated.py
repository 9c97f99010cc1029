from __future__ import annotations

from typing import Any, ClassVar

import pytest

from casecore.staff import Ruling, Statement
from casecore.staff.posts import StaffDay
from casecore.terms import NotKnown
from casecore.testing.strategies.staff_files import POSTS
from tests.staff.qualifying.told import (
    NEEDS_JUDGEMENT,
    NO,
    NOT_KNOWN,
    ON,
    YES,
    answer,
    bachelor,
    day,
    hold,
    semester,
    work,
)

PASSED: dict[str, Any] = {"stated": {"name": "passed"}}
BACHELOR: dict[str, Any] = {"degree": {"level": "bachelor"}}
JUDGED: dict[str, Any] = {"judged": {"clause": "equivalent"}}


def said(is_so: bool, on: str | None = None, until: str | None = None, **fields: Any) -> Statement:
    given: dict[str, Any] = {"name": "passed", "is_so": is_so} | fields
    stated_on, ends = None if on is None else day(on), None if until is None else day(until)
    return Statement(stated_on=stated_on, until=ends, **given)


class TestStatements:
    """The latest statement that holds on the day stands; where two of one day contradict each other, none does."""

    @pytest.mark.parametrize(
        ("statements", "expected"),
        [
            ((), NOT_KNOWN),
            ((said(True),), YES),
            ((said(False),), NO),
            ((said(True, "2026-03-01"),), YES),
            ((said(True, "2026-03-02"),), NOT_KNOWN),
            ((said(True, until="2026-03-01"),), NOT_KNOWN),
            ((said(True, until="2026-03-02"),), YES),
            ((said(True, "2025-01-01"), said(False, "2025-01-02")), NO),
            ((said(True), said(False, "2025-01-02")), NO),
            ((said(False), said(True, "2025-01-02", "2025-02-01")), NO),
            ((said(True, "2025-01-01"), said(False, "2025-01-01")), NOT_KNOWN),
            ((said(True, "2025-01-01"), said(False, "2025-01-01"), said(True, "2025-06-01")), YES),
            ((said(True, "2025-01-01"), said(True, "2025-01-01", is_verified=False)), YES),
            ((said(True, is_verified=False),), NOT_KNOWN),
            ((said(False, is_verified=False),), NOT_KNOWN),
            ((said(True, name="other"),), NOT_KNOWN),
            ((Statement(name="passed", number=1.0),), NOT_KNOWN),
        ],
    )
    def test_which_stands_in_any_order(self, statements: tuple[Statement, ...], expected: Any) -> None:
        assert answer(PASSED, statements=statements) is expected
        assert answer(PASSED, statements=statements[::-1]) is expected

    def test_papers(self) -> None:
        need = {"stated": {"name": "passed", "papers": ["letter"]}}
        assert hold(need, statements=(said(True),)).missing == ("passed.papers: letter",)
        assert answer(need, statements=(said(True, papers=("letter",)),)) is YES
        assert answer(need, statements=(said(True, refused=("letter",)),)) is NO
        assert answer(need, statements=(said(False),)) is NO
        two = (said(True), said(True, papers=("letter",)))
        assert answer(need, statements=two) is answer(need, statements=two[::-1]) is YES
        worse = (said(True, refused=("letter",)), said(True))
        assert (
            hold(need, statements=worse).missing
            == hold(need, statements=worse[::-1]).missing
            == ("passed.papers: letter",)
        )

    def test_the_reasons(self) -> None:
        assert hold(PASSED).parts[0].because == "it is not stated"
        assert hold(PASSED).missing == ("passed",)
        assert hold(PASSED).would_satisfy == ("passed",)
        assert hold(PASSED, statements=(said(True),)).parts[0].because == "stated"
        assert hold(PASSED, statements=(said(False, "2025-01-01"),)).parts[0].because == "stated on 2025-01-01: no"
        assert hold(PASSED).parts[0].question == "Is it so: passed?"


class TestScores:
    """A number lies within its bounds, both inside."""

    @pytest.mark.parametrize(
        ("bounds", "number", "expected"),
        [
            ({"at_least": 70}, 70, YES),
            ({"at_least": 70}, 69.9, NO),
            ({"at_most": 70}, 70, YES),
            ({"at_most": 70}, 70.1, NO),
            ({"at_least": 60, "at_most": 70}, 65, YES),
            ({"at_least": 60, "at_most": 70}, 59, NO),
        ],
    )
    def test_bounds(self, bounds: Any, number: float, expected: Any) -> None:
        need = {"scored": {"name": "score"} | bounds}
        assert answer(need, statements=(Statement(name="score", number=number),)) is expected

    def test_what_stands_behind(self) -> None:
        need = {"scored": {"name": "score", "at_least": 70, "papers": ["letter"]}}
        assert hold(need).missing == ("score",)
        assert hold(need, statements=(Statement(name="score", number=80),)).missing == ("score.papers: letter",)
        assert answer(need, statements=(Statement(name="score", number=60),)) is NO
        unsure = Statement(name="score", number=60, is_verified=False)
        assert hold(need, statements=(unsure,)).missing == ("score.is_verified",)
        assert hold(need, statements=(Statement(name="score", is_so=True),)).missing == ("score",)

    def test_the_words(self) -> None:
        need = {"scored": {"name": "score", "at_least": 70, "at_most": 90.5}}
        verdict = hold(need, statements=(Statement(name="score", number=60),))
        assert verdict.parts[0].question == "Is score at least 70 and at most 90.5?"
        assert verdict.parts[0].because == "it is 60"
        assert verdict.would_satisfy == ("score at least 70 and at most 90.5",)
        assert hold(need).parts[0].because == "it is not stated"


class TestANumberAndAnAnswer:
    """Under one name a number and a yes or no may stand, and neither stands for the other."""

    def test_the_later_of_them(self) -> None:
        number = Statement(name="passed", number=80.0, stated_on=day("2025-01-01"))
        scored: dict[str, Any] = {"scored": {"name": "passed", "at_least": 70}}
        both = (number, said(True, "2025-06-01"))
        assert answer(scored, statements=both) is YES
        assert answer(scored, statements=both[::-1]) is YES
        assert answer(PASSED, statements=(said(False, "2024-01-01"), number)) is NO


class TestAgesAndAppointment:
    """Completed years; and days of appointment from the first to the day before the last."""

    @pytest.mark.parametrize(
        ("born", "bounds", "expected"),
        [
            ("2008-03-01", {"at_least": 18}, YES),
            ("2008-03-02", {"at_least": 18}, NO),
            ("1990-03-02", {"at_most": 35}, YES),
            ("1990-03-01", {"at_most": 35}, NO),
            ("2030-01-01", {"at_most": 35}, YES),
        ],
    )
    def test_ages(self, born: str, bounds: Any, expected: Any) -> None:
        assert answer({"aged": bounds}, born_on=day(born)) is expected

    def test_the_words_for_ages(self) -> None:
        assert (
            hold({"aged": {"at_least": 18, "at_most": 35}}).parts[0].question
            == "Is the age at least 18 and at most 35?"
        )
        assert hold({"aged": {"at_least": 18}}).missing == ("born_on",)
        assert hold({"aged": {"at_least": 18}}).parts[0].because == "the date of birth is not known"
        assert hold({"aged": {"at_least": 18}}, born_on=day("2010-01-01")).parts[0].because == "it is 16"

    @pytest.mark.parametrize(
        ("appointed", "expected"),
        [("2019-12-31", NO), ("2020-01-01", YES), ("2020-12-31", YES), ("2021-01-01", NO), (None, NO)],
    )
    def test_appointment(self, appointed: str | None, expected: Any) -> None:
        need = {"appointed": {"since": day("2020-01-01"), "before": day("2021-01-01")}}
        assert answer(need, appointed_on=None if appointed is None else day(appointed)) is expected

    def test_the_words_for_appointment(self) -> None:
        need = {"appointed": {"since": day("2020-01-01"), "before": day("2021-01-01")}}
        would = hold(need).parts[0]
        assert would.question == "Is the day of appointment on 2020-01-01 or later and before 2021-01-01?"
        assert would.because == "it would be 2026-03-01"
        assert hold(need, appointed_on=day("2020-05-01")).parts[0].because == "appointed on 2020-05-01"
        assert (
            hold({"appointed": {"before": day("2027-01-01")}}).parts[0].question
            == "Is the day of appointment before 2027-01-01?"
        )
        assert hold({"appointed": {"since": day("2027-01-01")}}).is_no


def ruled(is_so: bool, on: str, **fields: Any) -> Ruling:
    given: dict[str, Any] = {"post": POSTS[0], "clause": "equivalent", "by": "the office"} | fields
    return Ruling(is_so=is_so, decided_on=day(on), **given)


class TestJudgement:
    """Discretion counts only where it is recorded: without a ruling, a person must judge."""

    @pytest.mark.parametrize(
        ("rulings", "expected"),
        [
            ((), NEEDS_JUDGEMENT),
            ((ruled(True, "2026-03-01"),), YES),
            ((ruled(True, "2026-03-02"),), NEEDS_JUDGEMENT),
            ((ruled(False, "2025-01-01"),), NO),
            ((ruled(False, "2025-01-01"), ruled(True, "2025-01-02")), YES),
            ((ruled(False, "2025-01-01"), ruled(True, "2025-01-01")), NEEDS_JUDGEMENT),
            ((ruled(False, "2025-01-01"), ruled(True, "2025-01-01"), ruled(True, "2025-01-02")), YES),
            ((ruled(True, "2025-01-01", post="another"),), NEEDS_JUDGEMENT),
            ((ruled(True, "2025-01-01", clause="another"),), NEEDS_JUDGEMENT),
        ],
    )
    def test_rulings_in_any_order(self, rulings: tuple[Ruling, ...], expected: Any) -> None:
        assert answer(JUDGED, rulings=rulings) is expected
        assert answer(JUDGED, rulings=rulings[::-1]) is expected

    def test_the_facts_are_laid_out(self) -> None:
        verdict = hold(
            JUDGED,
            degrees=(bachelor(field="history"), bachelor("2026-03-02", title="X")),
            credits=(semester(18, "art"), semester(3, earned_on=day("2026-03-02"))),
            experience=(work("2023-08-01", share=0.5, kinds=("a", "b")), work("2026-03-02")),
        )
        assert verdict.answer is NEEDS_JUDGEMENT
        assert verdict.missing == ()
        assert verdict.parts[0].because == (
            "no ruling is on file; on file are degrees: bachelor in history, awarded 2015-05-15; credits outside them:"
            " 18 semester in art; work: 2023-08-01 to now at 0.5 (a and b); credentials: not known"
        )
        assert verdict.would_satisfy == ("a ruling by the official in charge on equivalent",)
        by = hold({"judged": {"clause": "equivalent", "by": "the director"}}, experience=(), degrees=(), credits=())
        assert by.would_satisfy == ("a ruling by the director on equivalent",)
        assert "degrees: none; credits outside them: none; work: none" in by.parts[0].because
        weekly = hold(
            JUDGED, experience=(work("2023-08-01", "2024-01-01", hours_per_week=20), work("2020-01-01", "2020-02-01"))
        )
        assert "work: 2023-08-01 to 2024-01-01 at 20 hours a week, 2020-01-01 to 2020-02-01;" in weekly.parts[0].because

    def test_what_was_decided(self) -> None:
        verdict = hold(JUDGED, rulings=(ruled(False, "2025-01-01", because="too little of it"),))
        assert verdict.parts[0].because == "the office decided so on 2025-01-01: too little of it"
        assert verdict.would_satisfy == ()
        assert (
            hold(JUDGED, rulings=(ruled(True, "2025-01-01"),)).parts[0].because == "the office decided so on 2025-01-01"
        )


class TestGroups:
    """Every one, at least one, so many, or not a single one; what could still change it is not known."""

    @pytest.mark.parametrize(
        ("group", "expected"),
        [
            (
                "all_of",
                {"yn": NO, "yu": NOT_KNOWN, "nu": NO, "yj": NEEDS_JUDGEMENT, "uj": NOT_KNOWN, "nj": NO, "yy": YES},
            ),
            (
                "any_of",
                {"yn": YES, "yu": YES, "nu": NOT_KNOWN, "yj": YES, "uj": NOT_KNOWN, "nj": NEEDS_JUDGEMENT, "nn": NO},
            ),
            (
                "none_of",
                {"yn": NO, "yu": NO, "nu": NOT_KNOWN, "yj": NO, "uj": NOT_KNOWN, "nj": NEEDS_JUDGEMENT, "nn": YES},
            ),
        ],
    )
    def test_two_parts(self, group: str, expected: dict[str, Any]) -> None:
        parts: dict[str, Any] = {
            "y": {"stated": {"name": "is"}},
            "n": {"stated": {"name": "is-not"}},
            "u": {"stated": {"name": "who-knows"}},
            "j": JUDGED,
        }
        statements = (said(True, name="is"), said(False, name="is-not"))
        for letters, answered in expected.items():
            for each in (letters, letters[::-1]):
                verdict = hold({group: [parts[letter] for letter in each]}, statements=statements)
                assert verdict.answer is answered, each
                assert verdict.missing == (("who-knows",) if answered is NOT_KNOWN else ())

    @pytest.mark.parametrize(("at_least", "expected"), [(1, YES), (2, YES), (3, NOT_KNOWN), (4, NO)])
    def test_so_many_of_four(self, at_least: int, expected: Any) -> None:
        names = ("a", "b", "c", "d")
        need = {"at_least": at_least, "of": [{"stated": {"name": name}} for name in names]}
        statements = (said(True, name="a"), said(False, name="b"), said(True, name="d"))
        verdict = hold(need, statements=statements)
        assert verdict.answer is expected
        assert verdict.because == f"2 of 4 hold, {at_least} needed"
        assert verdict.question.startswith("May w-1 hold the post Case Manager?")

    def test_headings(self) -> None:
        def heading(**need: Any) -> str:
            return hold({"all_of": [need]}).parts[0].question

        part = [BACHELOR]
        assert heading(all_of=part) == "Do all of these hold?"
        assert heading(any_of=part, name="A") == "A: does one of these hold?"
        assert heading(none_of=part) == "Does none of these hold?"
        assert heading(at_least=1, of=part, name="B") == "B: do at least 1 of these hold?"
        assert heading(any_of=part, question="Well?") == "Well?"
        assert hold({"none_of": [PASSED]}, statements=(said(True),)).because == "1 of 1 hold, none may"

    def test_what_a_need_cites_travels_with_the_address_of_the_edition(self) -> None:
        part = hold({"all_of": [BACHELOR | {"cite": "Paragraph 3"}, BACHELOR]}).parts
        assert part[0].source is not None
        assert (part[0].source.cite, part[0].source.url) == ("Paragraph 3", "https://example.org/announcement")
        assert part[1].source is None

    def test_routes_are_named_from_left_to_right(self) -> None:
        need = {
            "any_of": [
                {"name": "A", "all_of": [BACHELOR | {"name": "A1"}]},
                {"name": "B", "all_of": [PASSED]},
                {"name": "C", "any_of": [BACHELOR]},
                {"none_of": [{"degree": {"level": "master"}, "name": "D"}]},
            ]
        }
        assert hold(need, degrees=(bachelor(),)).routes == ("A", "A1", "C")
        assert hold({"all_of": [need, PASSED]}, degrees=(bachelor(),), statements=(said(False),)).routes == ()


class TestRoutesMeasured:
    """A need through which it is yes is a route, also one measured on another day; what must not be is none."""

    def test_on_a_day_of_its_own(self) -> None:
        passed = PASSED | {"name": "A", "measured_on": day("2025-06-01")}
        stated = (said(True, "2025-01-01", "2025-12-01"),)
        assert hold(passed, statements=stated).routes == ("A",)
        group = {"name": "G", "measured_on": day("2025-06-01"), "any_of": [PASSED | {"name": "A"}]}
        assert hold(group, statements=stated).routes == ("G", "A")

    def test_what_must_not_be(self) -> None:
        assert hold({"name": "N", "none_of": [PASSED | {"name": "A"}]}, statements=(said(False),)).routes == ()


class TestMayFollow:
    """A need that may follow stands as a condition until its last day; then it bars."""

    LATER: ClassVar[dict[str, Any]] = BACHELOR | {"may_follow": {"within": {"years": 5}}}

    @pytest.mark.parametrize(("appointed", "expected"), [("2021-03-01", YES), ("2021-02-28", NO), (None, YES)])
    def test_the_last_day_and_the_day_after(self, appointed: str | None, expected: Any) -> None:
        verdict = hold(self.LATER, degrees=(), appointed_on=None if appointed is None else day(appointed))
        assert verdict.answer is expected

    def test_the_condition_is_told(self) -> None:
        verdict = hold(self.LATER, degrees=(), appointed_on=day("2025-01-01"))
        (condition,) = verdict.conditions
        assert (condition.what, condition.by, condition.footing.value) == (
            "Is there a bachelor's degree or higher?",
            day("2030-01-01"),
            "conditional",
        )
        assert verdict.parts[0].question == "Is there a bachelor's degree or higher?"
        assert verdict.because == "it may follow by 2030-01-01: conditional until then"
        assert hold(self.LATER, degrees=(bachelor(),)).conditions == ()
        assert "on condition (conditional) by 2030-01-01: Is there a bachelor's degree or higher?" in list(
            verdict.lines()
        )

    def test_without_a_limit(self) -> None:
        verdict = hold(
            BACHELOR | {"may_follow": {"footing": "provisional"}}, degrees=(), appointed_on=day("1990-01-01")
        )
        assert verdict.is_yes
        assert (verdict.conditions[0].by, verdict.conditions[0].footing.value) == (None, "provisional")
        assert verdict.because == "it may follow: provisional until then"
        assert list(verdict.lines())[-1].startswith("on condition (provisional): ")

    @pytest.mark.parametrize(("late_counts", "expected"), [(True, YES), (False, NO)])
    def test_met_late(self, late_counts: bool, expected: Any) -> None:
        need = BACHELOR | {"may_follow": {"within": {"years": 5}, "late_counts": late_counts}}
        appointed: dict[str, Any] = {"appointed_on": day("2020-01-01")}
        assert answer(need, degrees=(bachelor("2025-01-02"),), **appointed) is expected
        assert answer(need, degrees=(bachelor("2025-01-01"),), **appointed) is YES

    def test_from_a_day_that_is_not_known(self) -> None:
        need = BACHELOR | {"may_follow": {"within": {"years": 5}, "after": "application"}}
        verdict = hold(need, degrees=())
        assert verdict.missing == ("applied_on",)
        assert verdict.because == "until when it may follow is not known"
        assert hold(need).missing == ("applied_on", "degrees")
        assert answer(need, degrees=(bachelor(),)) is YES
        assert answer(need, degrees=(), applied_on=day("2022-01-01")) is YES
        late = BACHELOR | {"may_follow": {"within": {"years": 5}, "after": "examination", "late_counts": False}}
        assert hold(late, degrees=(bachelor(),)).missing == ("examined_on",)

    def test_by_the_route_that_leaves_the_least_open(self) -> None:
        need = {"any_of": [{"all_of": [self.LATER, PASSED | {"may_follow": {}}]}, {"all_of": [self.LATER]}]}
        verdict = hold(need, degrees=(), appointed_on=day("2025-01-01"))
        assert [each.by for each in verdict.conditions] == [day("2030-01-01")]
        both = hold({"all_of": [self.LATER, PASSED | {"may_follow": {}}]}, degrees=())
        assert len(both.conditions) == 2
        assert hold({"none_of": [{"none_of": [self.LATER]}]}, degrees=()).conditions == ()


class TestWhenItIsMeasured:
    """A file is looked at on the day the post names, never ahead of the question."""

    @pytest.mark.parametrize(
        ("where", "file", "expected"),
        [
            ({}, {}, YES),
            ({"measured_at": "application"}, {"applied_on": day("2015-05-14")}, NO),
            ({"measured_at": "application"}, {"applied_on": day("2015-05-15")}, YES),
            ({"measured_at": "application"}, {}, NOT_KNOWN),
            ({"measured_at": "examination"}, {"examined_on": day("2015-05-14")}, NO),
            ({"measured_at": "appointment"}, {"appointed_on": day("2015-05-14")}, NO),
            ({"measured_at": "appointment"}, {}, YES),
            ({"measured_on": day("2015-05-14")}, {}, NO),
            ({"measured_on": day("2015-05-15")}, {}, YES),
            ({"measured_on": day("2030-01-01")}, {}, YES),
        ],
    )
    def test_days(self, where: Any, file: Any, expected: Any) -> None:
        for need in (BACHELOR | where, {"all_of": [BACHELOR]} | where):
            assert answer(need, degrees=(bachelor("2015-05-15"),), **file) is expected

    def test_not_ahead_of_the_question(self) -> None:
        later: dict[str, Any] = {"appointed_on": day("2027-01-01"), "degrees": (bachelor("2026-06-01"),)}
        assert answer(BACHELOR | {"measured_at": "appointment"}, **later) is NO
        assert answer(BACHELOR | {"measured_on": day("2027-01-01")}, degrees=(bachelor("2026-06-01"),)) is NO

    def test_the_day_that_is_missing_is_named(self) -> None:
        file: dict[str, Any] = {"degrees": (bachelor(),)}
        assert hold(BACHELOR | {"measured_at": "examination"}, **file).missing == ("examined_on",)
        inside = hold({"all_of": [BACHELOR], "measured_at": "application"}, **file)
        assert inside.missing == ("applied_on",)
        assert inside.parts[0].because == "the day on which it is measured is not known"
        whole = hold({"all_of": [BACHELOR]}, asked={"measured_at": StaffDay.EXAMINATION}, **file)
        assert whole.missing == ("examined_on",)

    def test_a_file_that_ends_before_the_day_does_not_say_no(self) -> None:
        assert hold(BACHELOR, degrees=(), stated_on=day("2026-02-28")).missing == ("stated_on",)
        assert answer(BACHELOR, degrees=(), stated_on=ON) is NO
        assert answer(PASSED, statements=(said(False),), stated_on=day("2026-02-28")) is NO


class TestSteps:
    """A need that is not asked at a step drops out of its group; where nothing is left, the answer is yes."""

    NEED: ClassVar[dict[str, Any]] = {"all_of": [BACHELOR, PASSED | {"asked_at": ["appointment"]}]}
    STEPS: ClassVar[dict[str, Any]] = {"steps": ("examination", "appointment")}

    @pytest.mark.parametrize(("step", "expected"), [("examination", YES), ("appointment", NO), (None, NO)])
    def test_at_each_step(self, step: str | None, expected: Any) -> None:
        file: dict[str, Any] = {"degrees": (bachelor(),), "statements": (said(False),)}
        assert hold(self.NEED, step=step, asked=self.STEPS, **file).answer is expected

    def test_so_many_of_those_that_are_left(self) -> None:
        need = {"at_least": 2, "of": self.NEED["all_of"]}
        assert hold(need, step="examination", asked=self.STEPS, degrees=(bachelor(),)).is_yes

    def test_nothing_left(self) -> None:
        verdict = hold({"all_of": [PASSED | {"asked_at": ["appointment"]}]}, step="examination", asked=self.STEPS)
        assert (verdict.answer, verdict.because) == (YES, "nothing is asked at this step")
        assert (verdict.post, verdict.on) == (POSTS[0], ON)
        assert verdict.source is not None

    def test_no_such_step(self) -> None:
        with pytest.raises(NotKnown, match="has no such step in this edition; it has examination, appointment"):
            hold(self.NEED, step="hiring", asked=self.STEPS)
        with pytest.raises(NotKnown, match="it has none"):
            hold(BACHELOR, step="hiring")
