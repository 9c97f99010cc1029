from __future__ import annotations

from typing import Any

import pytest

from casecore.staff import Credits, CreditUnit, Degree, Level
from tests.staff.qualifying.told import NO, NOT_KNOWN, YES, answer, bachelor, day, hold, semester

THIRTY: dict[str, Any] = {"credits": {"at_least": 30, "unit": "semester", "subjects": ["psychology", "sociology"]}}
BACHELOR: dict[str, Any] = {"degree": {"level": "bachelor"}}


def quarter(amount: float, subject: str = "psychology") -> Credits:
    return Credits(amount=amount, unit=CreditUnit.QUARTER, subject=subject)


class TestCredits:
    """Credits in the subjects named are summed; three quarter credits are two semester credits, exactly."""

    @pytest.mark.parametrize(
        ("credits", "expected"),
        [
            ((semester(30, "psychology"),), YES),
            ((semester(29.99, "psychology"),), NO),
            ((semester(15, "psychology"), semester(15, "sociology")), YES),
            ((semester(15, "psychology"), semester(15, "history")), NO),
            ((quarter(45),), YES),
            ((quarter(44.99),), NO),
            ((quarter(22.5), semester(15, "sociology")), YES),
            ((semester(30),), NOT_KNOWN),
            ((semester(29, None),), NO),
            ((semester(20, "psychology"), semester(10)), NOT_KNOWN),
            ((semester(30, "psychology", is_verified=False),), NOT_KNOWN),
            ((semester(30, "psychology", earned_on=day("2026-03-01")),), YES),
            ((semester(30, "psychology", earned_on=day("2026-03-02")),), NO),
            ((), NO),
            (None, NOT_KNOWN),
        ],
    )
    def test_outside_of_degrees(self, credits: Any, expected: Any) -> None:
        assert answer(THIRTY, credits=credits, degrees=()) is expected

    @pytest.mark.parametrize(
        ("degree", "expected"),
        [
            (bachelor(credits=(semester(30, "psychology"),)), YES),
            (bachelor("2026-03-01", credits=(semester(30, "psychology"),)), YES),
            (bachelor("2026-03-02", credits=(semester(30, "psychology"),)), NO),
            (bachelor(None, credits=(semester(30, "psychology"),)), YES),
            (bachelor(credits=(semester(29, "psychology"),)), NO),
            (bachelor(credits=None), NOT_KNOWN),
            (bachelor(credits=None, level=Level.HIGH_SCHOOL), NO),
            (bachelor(credits=(semester(30, "psychology"),), is_verified=False), NOT_KNOWN),
            (bachelor(credits=(semester(30, "history"),), is_verified=False), NO),
        ],
    )
    def test_within_a_degree(self, degree: Degree, expected: Any) -> None:
        assert answer(THIRTY, degrees=(degree,), credits=()) is expected

    def test_what_is_missing_is_named(self) -> None:
        assert hold(THIRTY).missing == ("degrees", "credits")
        inside = bachelor(credits=(semester(1, "psychology"), semester(30)), is_verified=False)
        assert hold(THIRTY, credits=(), degrees=(inside,)).missing == (
            "degrees[0].credits[1].subject",
            "degrees[0].is_verified",
        )
        assert hold(THIRTY, credits=(), degrees=(bachelor(credits=None),)).missing == ("degrees[0].credits",)

    def test_the_reason_and_what_is_wanted(self) -> None:
        verdict = hold(THIRTY, credits=(semester(17.55, "psychology"),), degrees=())
        assert verdict.parts[0].because == "17.5 of 30 semester credits"
        assert verdict.would_satisfy == ("12.5 more: 30 semester credits in psychology or sociology",)
        assert [str(way) for way in verdict.ways] == ["12.5 more semester credits in psychology or sociology"]

    @pytest.mark.parametrize(
        ("ects", "amount", "expected"), [(2, 60, YES), (2, 59.9, NO), (2.5, 75, YES), (2.5, 74, NO)]
    )
    def test_what_an_ects_credit_is_worth_the_post_says(self, ects: float, amount: float, expected: Any) -> None:
        credits = (Credits(amount=amount, unit=CreditUnit.ECTS, subject="psychology"),)
        counting = {"ects_in_a_semester_credit": ects}
        assert hold(THIRTY, asked={"counting": counting}, credits=credits, degrees=()).answer is expected

    def test_where_it_does_not_it_is_not_known(self) -> None:
        credits = (Credits(amount=500, unit=CreditUnit.ECTS, subject="psychology"),)
        assert hold(THIRTY, credits=credits, degrees=()).missing == ("ects_in_a_semester_credit",)
        ects = {"credits": {"at_least": 60, "unit": "ects"}}
        assert answer(ects, credits=(Credits(amount=60, unit=CreditUnit.ECTS),), degrees=()) is YES
        assert answer(ects, credits=(semester(500),), degrees=()) is NOT_KNOWN
        assert answer({"credits": {"at_least": 45, "unit": "quarter"}}, credits=(semester(30),), degrees=()) is YES
        assert answer({"credits": {"at_least": 45, "unit": "quarter"}}, credits=(semester(29.9),), degrees=()) is NO

    @pytest.mark.parametrize(
        ("credits", "expected"),
        [
            ((semester(16, "art"),), YES),
            ((semester(10, "art"), semester(10, "law")), NO),
            ((semester(10, "art"), semester(6, "law"), semester(6, "art")), YES),
            ((semester(10, "art"), semester(6)), NOT_KNOWN),
            ((semester(10), semester(6)), NOT_KNOWN),
            ((semester(10, "art"), semester(5)), NO),
            ((semester(16),), YES),  # whichever subject it is
        ],
    )
    def test_in_one_subject(self, credits: Any, expected: Any) -> None:
        need = {"credits": {"at_least": 16, "unit": "semester", "in_one_subject": True}}
        assert answer(need, credits=credits, degrees=()) is expected

    def test_credits_within_a_degree_have_its_accreditors_unless_they_say_their_own(self) -> None:
        need = {"credits": {"at_least": 30, "unit": "semester", "accreditors": ["regional"]}}
        plain, own = semester(30), semester(30, accreditors=("other",))
        assert answer(need, credits=(), degrees=(bachelor(credits=(plain,), accreditors=("regional",)),)) is YES
        assert answer(need, credits=(), degrees=(bachelor(credits=(plain,), accreditors=("other",)),)) is NO
        assert answer(need, credits=(), degrees=(bachelor(credits=(own,), accreditors=("regional",)),)) is NO
        assert answer(need, credits=(plain,), degrees=()) is NOT_KNOWN
        unknown = hold(need, credits=(), degrees=(bachelor(credits=(plain,)),))
        assert unknown.missing == ("degrees[0].credits[0].accreditors",)

    @pytest.mark.parametrize(
        ("asked", "has", "expected"),
        [
            (True, True, YES),
            (True, False, NO),
            (True, None, NOT_KNOWN),
            (False, False, YES),
            (False, True, NO),
            (None, None, YES),
        ],
    )
    def test_graduate_credits(self, asked: bool | None, has: bool | None, expected: Any) -> None:
        need = {"credits": {"at_least": 3, "unit": "semester"} | ({} if asked is None else {"is_graduate": asked})}
        assert answer(need, credits=(semester(3, is_graduate=has),), degrees=()) is expected

    def test_papers_of_credits(self) -> None:
        need = {"credits": {"at_least": 3, "unit": "semester", "papers": ["transcript"]}}
        assert answer(need, credits=(semester(3, papers=("transcript",)),), degrees=()) is YES
        assert hold(need, credits=(semester(3),), degrees=()).missing == ("credits[0].papers: transcript",)
        assert answer(need, credits=(semester(3, refused=("transcript",)),), degrees=()) is NO
        assert answer(need, credits=(semester(0), semester(2)), degrees=()) is NO

    def test_none_asked_is_always_there(self) -> None:
        assert answer({"credits": {"at_least": 0, "unit": "semester"}}) is YES


class TestDegrees:
    """One degree fits in every respect, by the day it was awarded."""

    @pytest.mark.parametrize(
        ("awarded", "expected"), [("2026-02-28", YES), ("2026-03-01", YES), ("2026-03-02", NO), (None, YES)]
    )
    def test_from_the_day_of_the_award_itself(self, awarded: str | None, expected: Any) -> None:
        assert answer(BACHELOR, degrees=(bachelor(awarded),)) is expected

    def test_no_list_is_not_known_and_an_empty_one_no(self) -> None:
        assert hold(BACHELOR).missing == ("degrees",)
        assert answer(BACHELOR, degrees=()) is NO

    def test_one_that_fits_is_enough_and_what_others_lack_does_not_matter(self) -> None:
        need = {"degree": {"level": "bachelor", "fields": ["law"]}}
        degrees = (bachelor("2014-01-01"), bachelor(field="law"))
        assert hold(need, degrees=degrees).is_yes
        assert hold(need, degrees=degrees[:1]).missing == ("degrees[0].field",)
        other = bachelor("2013-01-01", field="art")
        assert hold(need, degrees=(other, *degrees[:1])).missing == ("degrees[1].field",)

    @pytest.mark.parametrize(
        ("credits", "expected"),
        [
            ((semester(30, "art"),), YES),
            ((semester(29, "art"),), NO),
            ((semester(29, "art"), semester(1)), NOT_KNOWN),
            ((semester(30, "art"), semester(1)), YES),
            (None, NOT_KNOWN),
        ],
    )
    def test_credits_within_this_one_degree(self, credits: Any, expected: Any) -> None:
        asked = {"at_least": 30, "unit": "semester", "subjects": ["art"]}
        need = {"degree": {"level": "bachelor", "credits": asked}}
        verdict = hold(need, degrees=(bachelor(credits=credits),), credits=(semester(30, "art"),))
        assert verdict.answer is expected
        assert bool(verdict.missing) is (expected is NOT_KNOWN)

    def test_the_reasons(self) -> None:
        assert hold(BACHELOR, degrees=()).parts[0].because == "no degree on file fits"
        degrees = (bachelor(field="history"),)
        assert hold(BACHELOR, degrees=degrees).parts[0].because == "bachelor in history, awarded 2015-05-15"
        titled = (bachelor(None, title="BSW"),)
        assert hold(BACHELOR, degrees=titled).parts[0].because == "BSW"
        assert hold(BACHELOR, degrees=()).would_satisfy == ("a bachelor's degree or higher",)
        assert hold(BACHELOR, degrees=titled).would_satisfy == ()
