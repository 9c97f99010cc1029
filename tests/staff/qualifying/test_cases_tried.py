from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from casecore.staff import StaffFile, Statement
from casecore.staff.qualifying.cases import MOST_CASES, OTHER, Outcome, Words, by_cases
from tests.staff.qualifying.told import NO, NOT_KNOWN, YES, answer, bachelor, day, semester

WORDS: dict[str, Collection[str]] = {"degrees.field": ("law",), "credits.subject": ("history",), "stated": ("passed",)}


def tried(fact: str, **file: Any) -> list[StaffFile]:
    """The files that are judged for one fact that is not known."""
    judged: list[StaffFile] = []

    def judge(case: StaffFile) -> Outcome:
        judged.append(case)
        return Outcome(YES)

    settled = by_cases(StaffFile(worker="w-1", **file), (fact,), judge, WORDS)
    assert settled == (YES, (fact,), ())
    return judged


def said(is_so: bool, on: str | None = None, until: str | None = None) -> Statement:
    stated_on, ends = None if on is None else day(on), None if until is None else day(until)
    return Statement(name="passed", is_so=is_so, stated_on=stated_on, until=ends)


class TestWords:
    """Each word the post asks for is tried, and one that it does not ask for."""

    def test_a_field(self) -> None:
        cases = tried("degrees[0].field", degrees=(bachelor(),))
        assert [case.degrees[0].field for case in cases if case.degrees] == ["law", f"{OTHER}degrees[0].field"]

    def test_a_subject_may_also_be_any_on_file(self) -> None:
        inside = (bachelor(credits=(semester(1, "art"), semester(2))), bachelor("2012-05-15", credits=None))
        cases = tried("credits[1].subject", degrees=inside, credits=(semester(3, "law"), semester(4)))
        other = f"{OTHER}credits[1].subject"
        assert [case.credits[1].subject for case in cases if case.credits] == ["history", "law", "art", other]
        assert len(tried("credits[0].subject", credits=(semester(4),))) == 2

    def test_what_cannot_be_counted_up_is_passed_over(self) -> None:
        file = StaffFile(worker="w-1", degrees=(bachelor(None),))
        missing = ("degrees[0].awarded_on", "degrees[0].field")
        settled = by_cases(file, missing, lambda case: Outcome(NO), WORDS)
        assert settled == (NO, ("degrees[0].field",), ())
        assert by_cases(file, missing[:1], lambda case: Outcome(NO), WORDS) is None


class TestHowMany:
    """So many cases are tried and not one more; then the answer stays not known."""

    @pytest.mark.parametrize(("words", "expected"), [(MOST_CASES - 1, YES), (MOST_CASES, None)])
    def test_the_last_that_is_tried(self, words: int, expected: Any) -> None:
        many: Words = WORDS | {"degrees.field": [f"f{n}" for n in range(words)]}
        file = StaffFile(worker="w-1", degrees=(bachelor(),))
        settled = by_cases(file, ("degrees[0].field",), lambda case: Outcome(YES), many)
        assert (settled and settled.answer) is expected

    def test_each_fact_that_was_tried_is_told_once(self) -> None:
        def judge(case: StaffFile) -> Outcome:
            lacking = case.degrees and case.degrees[0].title is None
            return Outcome(NOT_KNOWN, ("degrees[0].title",)) if lacking else Outcome(YES)

        file = StaffFile(worker="w-1", degrees=(bachelor(),))
        settled = by_cases(file, ("degrees[0].field",), judge, WORDS | {"degrees.title": ("BSW",)})
        assert settled == (YES, ("degrees[0].field", "degrees[0].title"), ())


class TestPapersOfStatements:
    """A paper comes for a statement, or is refused; what else is stated stays."""

    def test_the_first_that_lacks_it(self) -> None:
        other, no = Statement(name="other", is_so=True), said(False, "2020-01-01")
        has = said(True, "2020-06-01")._with(papers=("letter",))
        one, two = said(True, "2021-01-01"), said(True, "2022-01-01")
        cases = tried("passed.papers: letter", statements=(other, no, has, one, two))
        assert [case.statements for case in cases] == [
            (other, no, has, two, one._with(papers=("letter",))),
            (other, no, has, two, one._with(refused=("letter",))),
        ]

    def test_a_no_that_was_stated_before_stays(self) -> None:
        backed = {"stated": {"name": "passed", "papers": ["letter"]}}
        before = {"stated": {"name": "passed"}, "measured_on": day("2020-06-01")}
        need = {"all_of": [{"any_of": [backed, {"none_of": [backed]}]}, {"none_of": [before]}]}
        assert answer(need, statements=(said(False, "2020-01-01"), said(True, "2021-01-01"))) is YES


class TestStatements:
    """A statement that is missing is tried from the first day of which nothing is stated."""

    @pytest.mark.parametrize(
        ("statements", "since"),
        [
            ((), None),
            ((said(True, "2019-01-01", "2020-01-01"),), None),
            ((said(True, until="2020-01-01"),), "2020-01-01"),
            ((said(True, until="2020-01-01"), said(True, "2020-01-01", "2021-01-01")), "2021-01-01"),
            ((said(True, until="2020-01-01"), said(True, "2020-01-02", "2021-01-01")), "2020-01-01"),
        ],
    )
    def test_from_which_day(self, statements: tuple[Statement, ...], since: str | None) -> None:
        cases = tried("passed", statements=statements)
        assert [case.statements for case in cases] == [
            (*statements, said(True, since)),
            (*statements, said(False, since)),
        ]

    def test_of_two_that_contradict_each_other_either_is_left_out_and_of_one_day_first(self) -> None:
        one, other = said(True, "2020-01-01"), said(False, "2020-01-01")
        later, against = said(True, "2021-01-01"), said(False, "2021-01-01")
        cases = tried("passed", statements=(one, later, other, against))
        assert [case.statements for case in cases] == [(later, other, against), (one, later, against)]
