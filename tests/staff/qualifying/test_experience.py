from __future__ import annotations

from typing import Any

import pytest

from casecore.staff import Spell
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
    license_,
    months,
    semester,
    work,
)


def done(need: dict[str, Any], *spells: Spell, counting: dict[str, Any] | None = None, **file: Any) -> Any:
    return hold(need, asked={"counting": counting or {}}, experience=spells, **file).answer


def hours(number: float, **fields: Any) -> dict[str, Any]:
    return {"experience": {"at_least": {"hours": number}} | fields}


def days(number: float, **fields: Any) -> dict[str, Any]:
    return {"experience": {"at_least": {"days": number}} | fields}


class TestHowLong:
    """A year is twelve months from the first day of work; days left over are a part of their month."""

    @pytest.mark.parametrize(
        ("began", "ended", "asked", "expected"),
        [
            ("2025-02-15", "2025-08-14", 6, YES),
            ("2025-02-15", "2025-08-13", 6, NO),
            ("2024-02-29", "2025-02-27", 12, YES),
            ("2024-02-29", "2025-02-26", 12, NO),
            ("2025-01-31", "2025-02-27", 1, YES),
            ("2025-01-01", "2025-01-31", 1, YES),
            ("2025-01-01", "2025-01-30", 1, NO),
        ],
    )
    def test_to_the_day(self, began: str, ended: str, asked: float, expected: Any) -> None:
        assert done(months(asked), work(began, ended)) is expected

    def test_a_year_of_days_and_a_year_of_hours(self) -> None:
        in_days = {"year": "days", "days_in_a_year": 365}
        year = {"experience": {"at_least": {"years": 1}}}
        assert done(year, work("2024-01-01", "2024-12-30"), counting=in_days) is YES
        assert done(year, work("2024-01-01", "2024-12-29"), counting=in_days) is NO
        in_hours = {"year": "hours", "hours_in_a_year": 1820, "full_time_hours": 35}
        assert done(year, work("2024-01-01", "2024-12-29"), counting=in_hours) is YES  # 364 days of 5 hours
        assert done(year, work("2024-01-01", "2024-12-28"), counting=in_hours) is NO
        half = {"experience": {"at_least": {"months": 6}}}
        assert done(half, work("2024-01-01", "2024-12-29", share=0.5), counting=in_hours) is YES
        assert done(half, work("2024-01-01", "2024-12-28", share=0.5), counting=in_hours) is NO

    def test_days(self) -> None:
        assert done(days(30), work("2025-01-01", "2025-01-30")) is YES
        assert done(days(30), work("2025-01-01", "2025-01-29")) is NO

    def test_the_day_asked_counts_or_not(self) -> None:
        assert done(days(10), work("2026-02-20")) is YES
        assert done(days(10), work("2026-02-20"), counting={"day_asked_counts": False}) is NO
        assert done(days(9), work("2026-02-20"), counting={"day_asked_counts": False}) is YES
        assert done(days(10.5), work("2026-02-20", "2026-12-31")) is NO

    def test_work_that_still_lasts_is_known_to_have_lasted_as_far_as_the_file_tells(self) -> None:
        assert done(days(10), work("2026-02-01"), stated_on=day("2026-02-10")) is YES
        assert hold(days(11), experience=(work("2026-02-01"),), stated_on=day("2026-02-10")).missing == ("stated_on",)
        assert done(days(29), work("2026-02-01"), stated_on=ON) is YES
        assert done(days(1), work("2026-02-15"), stated_on=day("2026-02-10")) is NOT_KNOWN

    def test_no_list_is_not_known(self) -> None:
        assert hold(days(1)).missing == ("experience",)
        assert answer(days(0)) is YES


class TestHowMuch:
    """Part time counts in proportion, and no day for more than full time."""

    @pytest.mark.parametrize(
        ("extent", "counting", "expected"),
        [
            ({"share": 0.5}, {}, YES),
            ({"share": 0.49}, {}, NO),
            ({"hours_per_week": 20}, {"full_time_hours": 40}, YES),
            ({"hours_per_week": 19.9}, {"full_time_hours": 40}, NO),
            ({"hours_per_week": 60}, {"full_time_hours": 40}, YES),
            ({"hours_per_week": 20}, {}, NOT_KNOWN),
            ({"hours_per_week": 0}, {}, NO),
            ({"hours": 365 * 4.0}, {"full_time_hours": 56}, YES),
            ({"hours": 365 * 4.0 - 1}, {"full_time_hours": 56}, NO),
            ({"unknown": True}, {"full_time_hours": 40}, NOT_KNOWN),
        ],
    )
    def test_half_time_for_a_year_is_half_a_year(self, extent: Any, counting: Any, expected: Any) -> None:
        assert done(months(6), work("2025-01-01", "2025-12-31", **extent), counting=counting) is expected

    def test_what_is_missing(self) -> None:
        weekly, unsaid = (
            work("2025-01-01", "2025-12-31", hours_per_week=20),
            work("2025-01-01", "2025-12-31", unknown=True),
        )
        assert hold(months(6), experience=(weekly,)).missing == ("full_time_hours",)
        assert hold(months(6), experience=(unsaid,)).missing == ("experience[0].share",)
        assert done(months(12.1), unsaid) is NO  # not even full time would do

    def test_spells_that_overlap(self) -> None:
        first, second = work("2025-01-01", "2025-06-30"), work("2025-04-01", "2025-09-30")
        assert done(months(9), first, second) is YES
        assert done(months(9.01), first, second) is NO
        half = {"share": 0.5}
        both = (work("2025-01-01", "2025-06-30", **half), work("2025-01-01", "2025-06-30", **half))
        assert done(months(6), *both) is YES
        assert done(months(6.01), *both, work("2025-02-01", "2025-06-30", share=0.2)) is NO

    @pytest.mark.parametrize(
        ("extent", "counting", "asked", "expected"),
        [
            ({"hours_per_week": 35}, {}, 1820, YES),
            ({"hours_per_week": 35}, {}, 1820.1, NO),
            ({"hours_per_week": 70}, {"full_time_hours": 35}, 1820, YES),
            ({"hours_per_week": 70}, {"full_time_hours": 35}, 1820.1, NO),
            ({"hours_per_week": 70}, {}, 3640, YES),
            ({"hours": 1000}, {}, 1000, YES),
            ({"hours": 1000}, {}, 1000.5, NO),
            ({"share": 0.5}, {"full_time_hours": 35}, 910, YES),
            ({"share": 0.5}, {"full_time_hours": 35}, 910.1, NO),
            ({"share": 0.5}, {}, 1, NOT_KNOWN),
            ({"share": 0.0}, {}, 1, NO),
            ({"share": 1.0}, {}, 24 * 364, NOT_KNOWN),
            ({"share": 1.0}, {}, 24 * 364 + 1, NO),
            ({"unknown": True}, {"full_time_hours": 35}, 1820, NOT_KNOWN),
            ({"unknown": True}, {"full_time_hours": 35}, 1821, NO),
        ],
    )
    def test_hours_of_52_weeks(self, extent: Any, counting: Any, asked: float, expected: Any) -> None:
        assert done(hours(asked), work("2024-01-01", "2024-12-29", **extent), counting=counting) is expected

    def test_the_sum_of_hours_is_capped_at_full_time_or_at_the_day(self) -> None:
        two = (work("2024-01-01", "2024-12-29", hours_per_week=30), work("2024-01-01", "2024-12-29", hours_per_week=30))
        assert done(hours(1820), *two, counting={"full_time_hours": 35}) is YES
        assert done(hours(1821), *two, counting={"full_time_hours": 35}) is NO
        assert done(hours(3120), *two) is YES
        four = [work("2024-01-01", "2024-12-29", hours_per_week=84)] * 3
        assert done(hours(24 * 364), *four) is YES
        assert done(hours(24 * 364 + 1), *four) is NO

    @pytest.mark.parametrize(
        ("extent", "counting", "expected"),
        [
            ({"share": 1.0}, {}, YES),
            ({"share": 0.99}, {}, NO),
            ({"hours_per_week": 35}, {"full_time_hours": 35}, YES),
            ({"hours_per_week": 34.9}, {"full_time_hours": 35}, NO),
            ({"hours_per_week": 35}, {}, NOT_KNOWN),
            ({"unknown": True}, {}, NOT_KNOWN),
        ],
    )
    def test_only_work_of_full_time(self, extent: Any, counting: Any, expected: Any) -> None:
        need = months(1, work={"full_time": True})
        assert done(need, work("2025-01-01", "2025-12-31", **extent), counting=counting) is expected

    def test_full_time_work_names_only_what_matters(self) -> None:
        need = months(1, work={"full_time": True, "kinds": ["a"]})
        assert hold(need, experience=(work("2025-01-01", "2025-12-31", share=0.5),)).missing == ()
        full = hold(need, experience=(work("2025-01-01", "2025-12-31", kinds=("a",), unknown=True),))
        assert full.missing == ("experience[0].share",)

    def test_a_day_of_service_is_a_day_whatever_its_extent(self) -> None:
        need = months(12, in_proportion=False)
        assert done(need, work("2025-01-01", "2025-12-31", share=0.1)) is YES
        assert done(need, work("2025-01-01", "2025-12-31", unknown=True)) is YES
        assert done(need, work("2025-01-01", "2025-12-30")) is NO
        in_hours = {"year": "hours", "hours_in_a_year": 1820, "full_time_hours": 35}
        assert done(need, work("2024-01-01", "2024-12-29", share=0.1), counting=in_hours) is YES
        assert done(need, work("2024-01-01", "2024-12-28", share=0.1), counting=in_hours) is NO
        in_hours = {"year": "hours", "hours_in_a_year": 1820}
        assert done(need, work("2024-01-01", "2024-12-29"), counting=in_hours) is NOT_KNOWN
        for number, expected in ((57.6, NOT_KNOWN), (57.7, NO)):  # a day has 24 hours: 8,736 in 364 days
            need = months(number, in_proportion=False)
            assert done(need, work("2024-01-01", "2024-12-29"), counting=in_hours) is expected


class TestWhen:
    """Look-backs end with the day; what must be unbroken or precede is one stretch."""

    def test_the_first_day_of_a_look_back(self) -> None:
        need = days(1, within={"years": 1})
        assert done(need, work("2025-03-02", "2025-03-02")) is YES
        assert done(need, work("2025-03-01", "2025-03-01")) is NO
        assert done(days(365, within={"years": 1}), work("2020-01-01")) is YES
        assert done(days(366, within={"years": 1}), work("2020-01-01")) is NO
        assert done(days(7, within={"days": 7}), work("2020-01-01"), counting={"day_asked_counts": False}) is NO
        assert done(days(6, within={"days": 7}), work("2020-01-01"), counting={"day_asked_counts": False}) is YES

    @pytest.mark.parametrize(("gap_days", "expected"), [(0, NO), (1, NO), (2, YES)])
    def test_a_gap_of_two_days(self, gap_days: int, expected: Any) -> None:
        spells = (work("2025-01-01", "2025-03-31"), work("2025-04-03", "2025-06-30"))
        assert done(days(170, is_continuous=True, gap_days=gap_days), *spells) is expected
        assert done(days(90, is_continuous=True), *spells) is YES
        assert done(days(91, is_continuous=True), *spells) is NO

    def test_no_day_at_all_is_no_stretch(self) -> None:
        assert done(days(1, is_continuous=True)) is NO
        assert done(days(1, is_preceding=True)) is NO

    def test_each_day_of_a_stretch_has_its_hours(self) -> None:
        weekly = work("2024-01-01", "2024-12-29", hours_per_week=35)  # 364 days of 5 hours
        assert done(hours(1820, is_continuous=True), weekly) is YES
        assert done(hours(1820.1, is_continuous=True), weekly) is NO

    def test_months_of_a_stretch_count_from_the_first_day_of_any_work(self) -> None:
        day_before, weeks = work("2025-01-15", "2025-01-15"), work("2025-03-01", "2025-03-28")
        assert done(months(0.95, is_continuous=True), day_before, weeks) is YES  # 14/28 and 14/31 of a month
        assert done(months(0.96, is_continuous=True), day_before, weeks) is NO
        assert done(months(0.91, is_continuous=True), weeks) is NO  # 28/31 of a month

    @pytest.mark.parametrize(
        ("ended", "gap_days", "expected"),
        [
            (None, 0, YES),
            ("2026-03-01", 0, YES),
            ("2026-02-28", 0, YES),
            ("2026-02-27", 0, NO),
            ("2026-02-27", 1, YES),
            ("2026-02-26", 1, NO),
        ],
    )
    def test_immediately_preceding(self, ended: str | None, gap_days: int, expected: Any) -> None:
        need = days(100, is_preceding=True, gap_days=gap_days)
        assert done(need, work("2020-01-01", ended)) is expected

    def test_the_stretch_that_precedes_must_be_long_enough_itself(self) -> None:
        spells = (work("2020-01-01", "2024-12-31"), work("2026-02-01"))
        assert done(days(29, is_preceding=True), *spells) is YES
        assert done(days(30, is_preceding=True), *spells) is NO
        assert done(days(30, is_continuous=True), *spells) is YES
        unsure = (work("2020-01-01", "2024-12-31"), work("2025-01-01", unknown=True))
        assert done(days(1800, is_preceding=True), *unsure) is NOT_KNOWN
        assert done(days(1800, is_continuous=True), *unsure) is YES


A, B, C = {"kinds": ("a",)}, {"kinds": ("b",)}, {"kinds": ("a", "b")}


class TestOtherWork:
    """Other work counts too, less or only so far; what several entries fit counts with the first."""

    @pytest.mark.parametrize(
        ("other", "expected"),
        [
            ({}, YES),
            ({"counts_for": 0.5}, NO),
            ({"at_most": {"months": 6}}, YES),
            ({"at_most": {"months": 5.9}}, NO),
            ({"counts_for": 0.0}, NO),
        ],
    )
    def test_half_a_year_of_it(self, other: Any, expected: Any) -> None:
        need = months(12, work={"kinds": ["a"]}, other=[{"work": {"kinds": ["b"]}} | other])
        spells = (work("2024-01-01", "2024-06-30", **A), work("2024-07-01", "2024-12-31", **B))
        assert done(need, *spells) is expected

    def test_not_a_day_of_either(self) -> None:
        other = [{"work": {"kinds": ["b"]}}]
        assert done(days(1, work={"kinds": ["a"]}, other=other)) is NO
        one = work("2024-01-01", "2024-01-01", **B)
        assert done(days(1, work={"kinds": ["a"]}, other=other), one) is YES
        assert done(days(2, work={"kinds": ["a"]}, other=other), one) is NO

    def test_weight_comes_before_the_limit(self) -> None:
        need = months(
            9, work={"kinds": ["a"]}, other=[{"work": {"kinds": ["b"]}, "counts_for": 0.5, "at_most": {"months": 3}}]
        )
        spells = (work("2024-01-01", "2024-06-30", **A), work("2024-07-01", "2024-12-31", **B))
        assert done(need, *spells) is YES

    def test_what_fits_both_counts_once_and_with_the_first(self) -> None:
        need = months(12, work={"kinds": ["a"]}, other=[{"work": {"kinds": ["b"]}, "counts_for": 0.5}])
        assert done(need, work("2024-01-01", "2024-12-31", **C)) is YES
        need = months(12.1, work={"kinds": ["a"]}, other=[{"work": {"kinds": ["b"]}}])
        assert done(need, work("2024-01-01", "2024-12-31", **C)) is NO
        two = months(
            6, work={"kinds": ["x"]}, other=[{"work": {"kinds": ["a"]}, "counts_for": 0.5}, {"work": {"kinds": ["b"]}}]
        )
        assert done(two, work("2024-01-01", "2024-12-31", **C)) is YES
        assert (
            done(
                months(6.1, **{k: v for k, v in two["experience"].items() if k != "at_least"}),
                work("2024-01-01", "2024-12-31", **C),
            )
            is NO
        )

    def test_on_a_full_day_other_work_adds_nothing(self) -> None:
        need = months(7, work={"kinds": ["a"]}, other=[{"work": {"kinds": ["b"]}}])
        assert done(need, work("2024-01-01", "2024-06-30", **A), work("2024-01-01", "2024-06-30", **B)) is NO

    def test_the_floor_counts_only_the_very_work_asked_for(self) -> None:
        need = months(12, work={"kinds": ["a"]}, other=[{"work": {"kinds": ["b"]}}], floor={"months": 6})
        other = work("2024-07-01", "2025-06-30", **B)
        assert done(need, work("2024-01-01", "2024-06-30", **A), other) is YES
        assert done(need, work("2024-01-01", "2024-06-29", **A), other) is NO
        assert done(need, work("2024-01-01", "2024-06-30", kinds=None), other) is NOT_KNOWN

    def test_where_the_kind_is_not_known(self) -> None:
        need = months(12, work={"kinds": ["a"]}, other=[{"work": {"kinds": ["b"]}}])
        spells = (work("2024-01-01", "2024-06-30", **A), work("2024-07-01", "2024-12-31"))
        verdict = hold(need, experience=spells)
        assert verdict.missing == ("experience[1].kinds",)


def substitute(counts: float, **fields: Any) -> dict[str, Any]:
    return {"counts_as": {"months": counts}} | (fields or {"needs": {"degree": {"level": "bachelor"}}})


CREDITS: dict[str, Any] = {"at_least": 30, "unit": "semester"}
TEN = work("2024-01-01", "2024-10-31")


class TestSubstitutes:
    """What counts as experience though it is none: once, or for each lot, each and all together only so far."""

    @pytest.mark.parametrize(
        ("substitutes", "fields", "file", "expected"),
        [
            ([substitute(2)], {}, {"degrees": (bachelor(),)}, YES),
            ([substitute(1.9)], {}, {"degrees": (bachelor(),)}, NO),
            ([substitute(2)], {}, {"degrees": ()}, NO),
            ([substitute(2)], {}, {}, NOT_KNOWN),
            ([substitute(1.9)], {}, {}, NO),
            ([substitute(1), substitute(1)], {}, {"degrees": (bachelor(),)}, YES),
            ([substitute(9) | {"at_most": {"months": 1.9}}], {}, {"degrees": (bachelor(),)}, NO),
            ([substitute(9) | {"at_most": {"months": 2}}], {}, {"degrees": (bachelor(),)}, YES),
            ([substitute(9)], {"substituted_at_most": {"months": 1.9}}, {"degrees": (bachelor(),)}, NO),
            ([substitute(9)], {"substituted_at_most": {"months": 2}}, {"degrees": (bachelor(),)}, YES),
            ([substitute(9)], {"floor": {"months": 10}}, {"degrees": (bachelor(),)}, YES),
            ([substitute(9)], {"floor": {"months": 10.1}}, {"degrees": (bachelor(),)}, NO),
            ([substitute(1, each=CREDITS)], {}, {"credits": (semester(60),), "degrees": ()}, YES),
            ([substitute(1, each=CREDITS)], {}, {"credits": (semester(59.9),), "degrees": ()}, NO),
            (
                [substitute(1, each=CREDITS)],
                {},
                {"credits": (semester(30), semester(30, is_verified=False)), "degrees": ()},
                NOT_KNOWN,
            ),
            ([substitute(1, each=CREDITS)], {}, {"credits": (semester(60),)}, YES),
            ([substitute(1, each=CREDITS)], {}, {}, NOT_KNOWN),
            ([substitute(1, each=CREDITS) | {"at_most": {"months": 1}}], {}, {}, NO),
            ([substitute(2, needs={"judged": {"clause": "c"}})], {}, {}, NEEDS_JUDGEMENT),
            ([substitute(1, needs={"judged": {"clause": "c"}})], {}, {}, NO),
            ([substitute(2, needs={"judged": {"clause": "c"}}), substitute(2)], {}, {"degrees": (bachelor(),)}, YES),
            ([substitute(2, needs={"judged": {"clause": "c"}}), substitute(2)], {}, {}, NOT_KNOWN),
        ],
    )
    def test_ten_months_of_twelve(self, substitutes: Any, fields: Any, file: Any, expected: Any) -> None:
        need = months(12, substitutes=substitutes, **fields)
        verdict = hold(need, experience=(TEN,), **file)
        assert verdict.answer is expected
        assert bool(verdict.missing) is (expected is NOT_KNOWN)

    @pytest.mark.parametrize(
        ("number", "needs", "file", "expected"),
        [
            (1, {"needs": {"degree": {"level": "bachelor"}}}, {"degrees": ()}, NO),
            (2, {"needs": {"degree": {"level": "bachelor"}}}, {"degrees": (bachelor(),)}, YES),
            (3, {"needs": {"degree": {"level": "bachelor"}}}, {"degrees": (bachelor(),)}, NO),
            (2, {"each": CREDITS}, {"degrees": (), "credits": (semester(45),)}, YES),
            (3, {"each": CREDITS}, {"degrees": (), "credits": (semester(45),)}, NO),
            (4, {"each": CREDITS}, {"degrees": (), "credits": (semester(60),)}, YES),
            (3, {"each": CREDITS}, {"degrees": (), "credits": (semester(45, is_verified=False),)}, NO),
        ],
    )
    def test_two_days_for_it_and_for_each_full_lot(self, number: float, needs: Any, file: Any, expected: Any) -> None:
        assert answer(days(number, substitutes=[{"counts_as": {"days": 2}} | needs]), experience=(), **file) is expected

    def test_what_is_missing_of_a_substitute(self) -> None:
        assert hold(months(12, substitutes=[substitute(2)]), experience=(TEN,)).missing == ("degrees",)
        each = months(12, substitutes=[substitute(1, each=CREDITS)])
        assert hold(each, experience=(TEN,), degrees=()).missing == ("credits",)

    def test_the_reason(self) -> None:
        need = months(
            14, substitutes=[substitute(2), substitute(1, each=CREDITS)], work={"kinds": ["a"]}, other=[{"work": {}}]
        )
        spells = (work("2024-01-01", "2024-05-31", kinds=("a",)), work("2024-06-01", "2024-08-31", kinds=()))
        verdict = hold(need, experience=spells, degrees=(bachelor(),), credits=(semester(30),))
        assert verdict.parts[0].because == (
            "5 months of work counted, and 3 months of other work, and 3 months for a bachelor's degree or"
            " higher; 30 semester credits"
        )
        assert verdict.would_satisfy == ("3 more months of work (a)",)
        perhaps = hold(months(12), experience=(TEN, work("2024-11-01", "2025-02-28", unknown=True)))
        assert perhaps.parts[0].because == "10 months of work counted, up to 14 months if all of it counts"
        assert hold(months(12)).parts[0].because == "0 months of work counted; how much there is besides is not known"
        assert hold(months(11), experience=(TEN,)).would_satisfy == ("1 more month of work",)
        assert hold(hours(10), experience=()).parts[0].because == "0 hours of work counted"
        assert hold(days(2), experience=()).would_satisfy == ("2 more days of work",)


def patterns(*asked: tuple[str, float, dict[str, Any]]) -> dict[str, Any]:
    return {
        "adds_up": [
            {"name": name, "experience": {"at_least": {"months": number}} | fields.get("experience", {})}
            | {key: value for key, value in fields.items() if key != "experience"}
            for name, number, fields in asked
        ]
    }


ONE = ("I", 24.0, {"experience": {"work": {"kinds": ["a"]}}})
TWO = ("II", 36.0, {"experience": {"work": {"kinds": ["b"]}}})


class TestPatterns:
    """Half of one and half of another make a whole; a day counts in one of them only."""

    def test_half_and_half(self) -> None:
        first, second = work("2022-01-01", "2022-12-31", **A), work("2023-01-01", "2024-06-30", **B)
        assert done(patterns(ONE, TWO), first, second) is YES
        assert done(patterns(TWO, ONE), second, first) is YES
        assert done(patterns(ONE, TWO), first, work("2023-01-01", "2024-06-29", **B)) is NO
        assert done(patterns(ONE, TWO), work("2022-01-01", "2023-12-31", **A)) is YES

    def test_a_day_that_fits_both_counts_where_it_counts_for_most_and_once(self) -> None:
        assert done(patterns(TWO, ONE), work("2022-01-01", "2023-12-31", **C)) is YES
        assert done(patterns(TWO, ONE), work("2022-01-01", "2023-12-30", **C)) is NO
        both = (work("2022-01-01", "2023-06-30", **A), work("2022-01-01", "2023-06-30", **B))
        assert done(patterns(ONE, TWO), *both) is NO

    def test_what_must_hold_in_full_before_any_part_counts(self) -> None:
        bound = ("I", 24.0, {"experience": {"work": {"kinds": ["a"]}}, "needs": {"credential": {"names": ["LMSW"]}}})
        spells = (work("2022-01-01", "2022-12-31", **A), work("2023-01-01", "2024-06-30", **B))
        need = patterns(bound, TWO)
        assert done(need, *spells, credentials=(license_("2020-01-01"),)) is YES
        assert done(need, *spells, credentials=()) is NO
        assert hold(need, experience=spells).missing == ("credentials",)
        judged = ("I", 24.0, {"experience": {"work": {"kinds": ["a"]}}, "needs": {"judged": {"clause": "c"}}})
        assert done(patterns(judged, TWO), *spells) is NEEDS_JUDGEMENT
        unsure = (*spells[:1], work("2023-01-01", "2024-06-30", unknown=True, **B))
        assert done(patterns(judged, TWO), *unsure) is NOT_KNOWN

    def test_the_reasons(self) -> None:
        spells = (work("2022-01-01", "2022-12-31", **A), work("2023-01-01", "2023-12-31", **B))
        verdict = hold(patterns(ONE, TWO), experience=spells)
        assert verdict.parts[0].question == "Do parts of I and II add up to a whole?"
        assert verdict.parts[0].because == "50 % of I and 33.3 % of II: 83.3 % together"
        assert verdict.would_satisfy == ("the rest of I", "the rest of II")
        assert hold(patterns(ONE, TWO), experience=()).parts[0].because == "no part of any holds"
        assert hold(patterns(ONE, TWO)).missing == ("experience",)

    def test_days_of_service_and_look_backs_of_a_pattern(self) -> None:
        need = patterns(("I", 12.0, {"experience": {"in_proportion": False}}))
        assert done(need, work("2024-01-01", "2024-12-31", share=0.1)) is YES
        need = patterns(("I", 12.0, {"experience": {"within": {"years": 1}}}))
        assert done(need, work("2025-03-02")) is YES
        assert done(need, work("2024-01-01", "2025-12-31")) is NO
