from __future__ import annotations

from typing import Any

import pytest

from casecore.staff import Statement
from tests.staff.qualifying.told import NO, NOT_KNOWN, YES, answer, bachelor, day, hold, license_, semester, work


def either(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {"any_of": [one, other]}


def neither(*needs: dict[str, Any]) -> dict[str, Any]:
    return {"none_of": list(needs)}


def in_field(field: str) -> dict[str, Any]:
    return {"degree": {"level": "bachelor", "fields": [field]}}


def paid(is_paid: bool) -> dict[str, Any]:
    return {"experience": {"at_least": {"months": 12}, "work": {"is_paid": is_paid}}}


YEAR = work("2025-01-01", "2025-12-31")
PASSED: dict[str, Any] = {"stated": {"name": "passed"}}
CREDITS: dict[str, Any] = {"at_least": 30, "unit": "semester"}


class TestByCases:
    """When every possible value of an unknown gives the same answer, that is the answer."""

    @pytest.mark.parametrize(
        ("need", "file"),
        [
            (either(PASSED, neither(PASSED)), {}),
            (either(paid(True), paid(False)), {"experience": (YEAR,)}),
            (either(in_field("law"), neither(in_field("law"))), {"degrees": (bachelor(),)}),
            (
                either(in_field("law"), neither(in_field("law"))),
                {"degrees": (bachelor(field="law", is_verified=False),)},
            ),
            (
                either({"credits": CREDITS | {"is_graduate": True}}, {"credits": CREDITS | {"is_graduate": False}}),
                {"credits": (), "degrees": (bachelor(credits=(semester(30),)),)},
            ),
            (
                either(
                    {"credential": {"names": ["LMSW"], "papers": ["copy"]}},
                    neither({"credential": {"names": ["LMSW"], "papers": ["copy"]}}),
                ),
                {"credentials": (license_("2020-01-01"),)},
            ),
            (
                either(
                    {"credential": {"names": ["LMSW"], "issuers": ["NY"]}},
                    neither({"credential": {"names": ["LMSW"], "issuers": ["NY"]}}),
                ),
                {"credentials": (license_("2020-01-01"),)},
            ),
            (
                either(
                    {"credits": CREDITS | {"subjects": ["art"]}}, neither({"credits": CREDITS | {"subjects": ["art"]}})
                ),
                {"degrees": (), "credits": (semester(30),)},
            ),
            (
                either(PASSED, neither(PASSED)),
                {"statements": (Statement(name="passed", is_so=True, is_verified=False),)},
            ),
            (
                either(PASSED, neither(PASSED)),
                {
                    "statements": tuple(
                        Statement(name="passed", is_so=so, stated_on=day("2025-01-01")) for so in (True, False)
                    )
                },
            ),
            (
                either(
                    {"stated": {"name": "passed", "papers": ["copy"]}},
                    neither({"stated": {"name": "passed", "papers": ["copy"]}}),
                ),
                {"statements": (Statement(name="passed", is_so=True),)},
            ),
            (
                either(
                    {"scored": {"name": "score", "at_least": 1, "papers": ["copy"]}},
                    neither({"scored": {"name": "score", "at_least": 1, "papers": ["copy"]}}),
                ),
                {"statements": (Statement(name="score", number=2),)},
            ),
        ],
    )
    def test_one_way_or_the_other(self, need: dict[str, Any], file: dict[str, Any]) -> None:
        verdict = hold(need, **file)
        assert verdict.answer is YES
        assert verdict.missing == ()
        assert verdict.because.startswith("the answer is the same whatever ")
        assert answer({"none_of": [need]}, **file) is NO

    def test_what_was_tried_is_told(self) -> None:
        assert hold(either(PASSED, neither(PASSED))).because == "the answer is the same whatever passed may be"
        two = {"all_of": [either(PASSED, neither(PASSED)), either(paid(True), paid(False))]}
        assert hold(two, experience=(YEAR,)).because == (
            "the answer is the same whatever passed and experience[0].is_paid may be"
        )

    def test_a_word_may_be_one_that_nobody_asks_for(self) -> None:
        assert answer(either(in_field("law"), in_field("art")), degrees=(bachelor(),)) is NOT_KNOWN
        unknown = {"credits": CREDITS | {"in_one_subject": True}}
        assert answer(unknown, degrees=(), credits=(semester(15, "law"), semester(15))) is NOT_KNOWN
        assert answer(unknown, degrees=(), credits=(semester(15), semester(15))) is NOT_KNOWN
        assert answer(unknown, degrees=(), credits=(semester(30),)) is YES

    def test_days_amounts_and_lists_are_not_tried(self) -> None:
        old = {"aged": {"at_least": 18}}
        assert answer(either(old, neither(old))) is NOT_KNOWN
        some = {"experience": {"at_least": {"months": 1}, "work": {"kinds": ["a"]}}}
        assert answer(either(some, neither(some)), experience=(YEAR,)) is NOT_KNOWN

    def test_a_statement_of_another_day_stays(self) -> None:
        then = PASSED | {"measured_on": day("2024-01-01")}
        statements = (Statement(name="passed", is_so=True, stated_on=day("2025-01-01")),)
        assert answer({"all_of": [then, PASSED]}, statements=statements) is NOT_KNOWN
        assert answer({"all_of": [either(then, neither(then)), PASSED]}, statements=statements) is YES
        assert answer({"all_of": [either(then, neither(then)), neither(PASSED)]}, statements=statements) is NO

    def test_routes_are_those_of_every_case(self) -> None:
        need = {
            "any_of": [{"name": "A", "all_of": [PASSED]}, {"name": "B", "all_of": [neither(PASSED)]}],
            "name": "all",
        }
        assert hold(need).routes == ("all",)

    def test_with_too_many_it_stays_not_known(self) -> None:
        def all_of(count: int) -> dict[str, Any]:
            names = [f"s{place}" for place in range(count)]
            said = [{"stated": {"name": name}} for name in names]
            return {"all_of": [either(each, neither(each)) for each in said]}

        assert answer(all_of(6)) is YES
        assert answer(all_of(7)) is NOT_KNOWN
        assert len(hold(all_of(7)).missing) == 7
