from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from casecore.staff import Credits, CreditUnit, Level, StaffFile
from casecore.staff.posts import Counting, CreditsAsked
from casecore.staff.qualifying.credits import Between, credits_in_file, credits_within, in_unit
from casecore.staff.qualifying.seen import Reckoning, Seen
from tests.staff.qualifying.told import ON, bachelor, day, semester

THREE = semester(3, "art")


def asks(**fields: Any) -> CreditsAsked:
    return CreditsAsked(at_least=30.0, unit=CreditUnit.SEMESTER, **fields)


def seen(*, counts_unverified: bool = False, **file: Any) -> Seen:
    return Seen(StaffFile(worker="w-1", **file), ON, Reckoning(Counting(), counts_unverified=counts_unverified))


def in_file(asked: CreditsAsked, *, counts_unverified: bool = False, **file: Any) -> tuple[Between, list[str]]:
    """The least and the most credits of the file, and what is noted as not known after something before."""
    unknown = ["before"]
    between = credits_in_file(asked, seen(counts_unverified=counts_unverified, **file), ON, unknown)
    assert unknown.pop(0) == "before"
    return between, unknown


class TestInTheWholeFile:
    """Credits in all degrees and outside are summed; what is not told leaves the most open."""

    def test_all_degrees_and_outside(self) -> None:
        one, two = bachelor(credits=(THREE,)), bachelor("2014-05-15", credits=(semester(4), semester(5)))
        assert in_file(asks(), degrees=(one, two), credits=(semester(6),)) == ((18, 18), [])

    def test_a_list_that_is_not_told(self) -> None:
        assert in_file(asks(), degrees=(), credits=(THREE,)) == ((3, 3), [])
        assert in_file(asks(), credits=(THREE,)) == ((3, None), ["degrees"])
        assert in_file(asks(), degrees=()) == ((0, None), ["credits"])

    def test_a_degree_whose_credits_are_not_told(self) -> None:
        open_one = bachelor(credits=None)
        assert in_file(asks(), degrees=(open_one,), credits=(THREE,)) == ((3, None), ["degrees[0].credits"])
        diploma = bachelor(credits=None, level=Level.HIGH_SCHOOL)
        assert in_file(asks(), degrees=(diploma,), credits=(THREE,)) == ((3, 3), [])

    def test_degrees_awarded_and_credits_earned_later_do_not_count(self) -> None:
        later = day("2026-03-02")
        degrees = (bachelor("2026-03-02", credits=(THREE,)), bachelor(credits=(semester(4, earned_on=later), THREE)))
        outside = (semester(5, earned_on=later), semester(6, earned_on=ON))
        assert in_file(asks(), degrees=degrees, credits=outside) == ((9, 9), [])

    def test_no_credits_at_all_in_between(self) -> None:
        assert in_file(asks(), degrees=(), credits=(THREE, semester(0), semester(4))) == ((7, 7), [])


class TestWhatFits:
    """Credits count in the subjects asked for, with what stands behind them."""

    def test_what_does_not_fit_is_passed_over(self) -> None:
        credits = (semester(1), semester(2, "law", is_verified=False), THREE)
        assert in_file(asks(subjects=("art",)), degrees=(), credits=credits) == ((3, 4), ["credits[0].subject"])

    def test_what_is_refused_is_passed_over_and_nothing_noted_of_it(self) -> None:
        refused = semester(2, refused=("transcript",))
        on_file = semester(3, "art", papers=("transcript",))
        asked = asks(subjects=("art",), papers=("transcript",))
        assert in_file(asked, degrees=(), credits=(refused, on_file)) == ((3, 3), [])

    def test_where_each_unknown_stands(self) -> None:
        inside = bachelor(credits=(semester(1, "art"), semester(2)), accreditors=None)
        found = in_file(asks(accreditors=("a",)), degrees=(inside,), credits=(semester(4),))
        accreditors = ["degrees[0].credits[0].accreditors", "degrees[0].credits[1].accreditors"]
        assert found == ((0, 7), [*accreditors, "credits[0].accreditors"])
        found = in_file(asks(is_graduate=True), degrees=(inside,), credits=(semester(4, is_graduate=True),))
        assert found == ((4, 7), ["degrees[0].credits[0].is_graduate", "degrees[0].credits[1].is_graduate"])

    def test_what_was_only_said(self) -> None:
        said = semester(3, is_verified=False)
        assert in_file(asks(), degrees=(), credits=(said,)) == ((0, 3), ["credits[0].is_verified"])
        assert in_file(asks(), counts_unverified=True, degrees=(), credits=(said,)) == ((3, 3), [])

    def test_credits_fall_with_their_degree(self) -> None:
        said = bachelor(credits=(THREE,), is_verified=False)
        assert in_file(asks(), degrees=(said,), credits=()) == ((0, 3), ["degrees[0].is_verified"])
        assert in_file(asks(), counts_unverified=True, degrees=(said,), credits=()) == ((3, 3), [])
        assert in_file(asks(subjects=("law",)), degrees=(said,), credits=()) == ((0, 0), [])


class TestInOneSubject:
    """Where all must be in one subject, those of the subject with the most count; of an unknown one, in any."""

    @pytest.mark.parametrize(
        ("credits", "between", "unknown"),
        [
            ((semester(10, "art"), semester(6, "law")), (10, 10), []),
            ((semester(6, "law"), semester(10, "art")), (10, 10), []),
            ((semester(10, "art"), semester(6)), (10, 16), ["credits[1].subject"]),
            ((semester(10, "art", is_verified=False), semester(6, "law")), (6, 10), ["credits[0].is_verified"]),
            ((), (0, 0), []),
        ],
    )
    def test_each(self, credits: tuple[Credits, ...], between: Between, unknown: list[str]) -> None:
        assert in_file(asks(in_one_subject=True), degrees=(), credits=credits) == (between, unknown)


class TestWithinOneDegree:
    """The credits within one degree are those of this one alone."""

    def test_what_is_noted_of_it(self) -> None:
        unknown: list[str] = []
        degree = bachelor(credits=(THREE, semester(4)))
        asked = asks(subjects=("art",))
        assert credits_within(degree, asked, seen(), ON, "degrees[7]", unknown) == (3, 7)
        assert unknown == ["degrees[7].credits[1].subject"]
        assert credits_within(bachelor(credits=None), asked, seen(), ON, "degrees[7]", unknown) == (0, None)
        assert unknown == ["degrees[7].credits[1].subject", "degrees[7].credits"]


class TestUnits:
    """Three quarter credits are two semester credits; what an ECTS credit is, the post says."""

    @pytest.mark.parametrize(
        ("unit", "asked", "ects", "expected"),
        [
            ("semester", "semester", None, 30),
            ("quarter", "semester", None, 20),
            ("semester", "quarter", None, 45),
            ("ects", "semester", 2.0, 15),
            ("semester", "ects", 2.0, 60),
            ("ects", "quarter", 2.0, Fraction(45, 2)),
            ("ects", "ects", None, 30),
            ("ects", "semester", None, None),
            ("semester", "ects", None, None),
        ],
    )
    def test_thirty_credits(self, unit: str, asked: str, ects: float | None, expected: Any) -> None:
        reckoning = Reckoning(Counting(ects_in_a_semester_credit=ects), counts_unverified=False)
        credits = Credits(amount=30.0, unit=CreditUnit(unit))
        assert in_unit(credits, CreditUnit(asked), reckoning) == expected

    def test_credits_of_unknown_worth_leave_the_most_open(self) -> None:
        ects = Credits(amount=5.0, unit=CreditUnit.ECTS)
        unknown = ["ects_in_a_semester_credit"]
        assert in_file(asks(), degrees=(), credits=(ects, THREE)) == ((3, None), unknown)
        degree = bachelor(credits=(ects, THREE))
        assert credits_within(degree, asks(), seen(), ON, "degrees[0]", []) == (3, None)
