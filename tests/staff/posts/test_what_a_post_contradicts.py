from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from casecore.staff.posts import (
    Aged,
    Amount,
    Appointed,
    Counting,
    CredentialAsked,
    ExperienceAsked,
    Holding,
    LearningAsked,
    MayFollow,
    Need,
    Pattern,
    Qualifications,
    Scored,
    Substitute,
    WordList,
    Work,
)
from casecore.terms import NotReadable, Value, read

BUSINESS: dict[str, Any] = {"business_days": 5}
YEAR: dict[str, Any] = {"years": 1}
MASTER: dict[str, Any] = {"level": "master"}
LICENSE: dict[str, Any] = {"names": ["LMSW"]}
CREDITS: dict[str, Any] = {"at_least": 30, "unit": "semester"}
NEED: dict[str, Any] = {"degree": MASTER}
ALL = (
    "all_of, any_of, none_of, of, adds_up, degree, credits, experience, credential, learning, stated, scored, aged, "
    "appointed, judged, post"
)


def problems(data: dict[str, Any], cls: type[Value]) -> dict[str, str]:
    with pytest.raises(NotReadable) as caught:
        read(data, cls)
    return dict(caught.value.problems)


def years(number: float, **fields: Any) -> dict[str, Any]:
    return {"at_least": {"years": number}} | fields


class TestContradictions:
    """What a post cannot mean is told in a sentence, at the field that is to be corrected."""

    @pytest.mark.parametrize(
        ("cls", "data", "path", "told"),
        [
            (Amount, {}, "", "must name exactly one of years, months, days, hours"),
            (Amount, {"years": 0, "months": 0}, "", "must name exactly one of years, months, days, hours"),
            (Amount, {"days": 1, "hours": 1}, "", "must name exactly one of years, months, days, hours"),
            (Holding, {}, "", "must give exactly one of degree, credential"),
            (Holding, {"degree": MASTER, "credential": LICENSE}, "", "must give exactly one of degree, credential"),
            (Work, {"group": "a"}, "served_at_least", "must stand together with group"),
            (Work, {"served_at_least": 0.5}, "served_at_least", "must stand together with group"),
            (Work, {"titles": ["a", "b"], "not_titles": ["b"]}, "not_titles", "must not name one of titles"),
            (Work, {"statuses": ["a"], "not_statuses": ["a"]}, "not_statuses", "must not name one of statuses"),
            (CredentialAsked, {"names": []}, "names", "must not be empty"),
            (CredentialAsked, LICENSE | {"for_at_least": BUSINESS}, "for_at_least", "must not be in business days"),
            (CredentialAsked, LICENSE | {"for_at_most": BUSINESS}, "for_at_most", "must not be in business days"),
            (LearningAsked, {"hours": 1, "within": BUSINESS}, "within", "must not be in business days"),
            (Scored, {"name": "a"}, "", "must give at least one of at_least, at_most"),
            (Scored, {"name": "a", "at_least": 2, "at_most": 1}, "at_least", "must not be more than at_most"),
            (Aged, {}, "", "must give at least one of at_least, at_most"),
            (Aged, {"at_least": 2, "at_most": 1}, "at_least", "must not be more than at_most"),
            (Appointed, {}, "", "must give at least one of since, before"),
            (Appointed, {"since": "2020-01-01", "before": "2020-01-01"}, "before", "must be after since"),
            (MayFollow, {"within": BUSINESS}, "within", "must not be in business days"),
            (MayFollow, {"after": "asked"}, "after", "must not be the day asked about, which moves"),
            (MayFollow, {"late_counts": False}, "late_counts", "must not be false without a limit"),
            (Substitute, {"counts_as": YEAR}, "", "must give exactly one of needs, each"),
            (
                Substitute,
                {"counts_as": YEAR, "needs": NEED, "each": CREDITS},
                "",
                "must give exactly one of needs, each",
            ),
            (
                Substitute,
                {"counts_as": YEAR, "each": CREDITS | {"at_least": 0}},
                "each.at_least",
                "must be more than 0",
            ),
            (ExperienceAsked, years(1, within=BUSINESS), "within", "must not be in business days"),
            (
                ExperienceAsked,
                years(1, gap_days=1),
                "gap_days",
                "must stand together with is_continuous or is_preceding",
            ),
            (
                ExperienceAsked,
                years(1, is_continuous=True, other=[{"work": {}}]),
                "other",
                "must not stand together with is_continuous or is_preceding",
            ),
            (
                ExperienceAsked,
                years(1, is_preceding=True, other=[{"work": {}}]),
                "other",
                "must not stand together with is_continuous or is_preceding",
            ),
            (
                ExperienceAsked,
                years(1, floor={"days": 400}),
                "floor",
                "must be in the unit of at_least; years and months are one",
            ),
            (
                ExperienceAsked,
                years(1, substituted_at_most={"days": 1}),
                "substituted_at_most",
                "must be in the unit of at_least; years and months are one",
            ),
            (
                ExperienceAsked,
                years(1, other=[{"work": {}}, {"work": {}, "at_most": {"days": 1}}]),
                "other[1].at_most",
                "must be in the unit of at_least; years and months are one",
            ),
            (
                ExperienceAsked,
                years(1, substitutes=[{"counts_as": {"hours": 1}, "needs": NEED}]),
                "substitutes[0].counts_as",
                "must be in the unit of at_least; years and months are one",
            ),
            (
                ExperienceAsked,
                years(1, substitutes=[{"counts_as": YEAR, "at_most": {"hours": 1}, "needs": NEED}]),
                "substitutes[0].at_most",
                "must be in the unit of at_least; years and months are one",
            ),
            (
                ExperienceAsked,
                {"at_least": {"hours": 1}, "in_proportion": False},
                "in_proportion",
                "must not be false where hours are asked for",
            ),
            (ExperienceAsked, years(1, floor={"months": 12.5}), "floor", "must not be more than at_least"),
            (Pattern, {"name": "a", "experience": years(0)}, "experience.at_least", "must be more than 0"),
            *(
                (
                    Pattern,
                    {"name": "a", "experience": years(1, **{field: value})},
                    "experience",
                    "must give only at_least, work and within in a pattern",
                )
                for field, value in (
                    ("is_continuous", True),
                    ("is_preceding", True),
                    ("other", [{"work": {}}]),
                    ("substitutes", [{"counts_as": YEAR, "needs": NEED}]),
                    ("floor", YEAR),
                )
            ),
            (Need, {}, "", f"must fill exactly one of {ALL}"),
            (Need, {"degree": MASTER, "post": "a"}, "", f"must fill exactly one of {ALL}"),
            (Need, {"all_of": []}, "all_of", "must hold at least one need"),
            (Need, {"any_of": []}, "any_of", "must hold at least one need"),
            (Need, {"none_of": []}, "none_of", "must hold at least one need"),
            (Need, {"adds_up": []}, "adds_up", "must hold at least one need"),
            (Need, {"at_least": 1, "of": []}, "of", "must hold at least one need"),
            (Need, {"of": [NEED]}, "at_least", "must stand together with of"),
            (Need, NEED | {"at_least": 1}, "at_least", "must stand together with of"),
            (
                Need,
                {"at_least": 2, "of": [NEED]},
                "at_least",
                "must be at most 1, the number of parts in of",
            ),
            (
                Need,
                {
                    "adds_up": [
                        {"name": "a", "experience": years(1)},
                        {"name": "b", "experience": {"at_least": {"days": 1}}},
                    ]
                },
                "adds_up[1].experience.at_least",
                "must be in the unit of the first pattern",
            ),
            (
                Need,
                NEED | {"measured_at": "application", "measured_on": "2020-01-01"},
                "measured_on",
                "must not stand together with measured_at",
            ),
            (Counting, {"year": "days"}, "days_in_a_year", 'must stand together with year = "days"'),
            (Counting, {"days_in_a_year": 360}, "days_in_a_year", 'must stand together with year = "days"'),
            (Counting, {"year": "hours"}, "hours_in_a_year", 'must stand together with year = "hours"'),
            (Counting, {"hours_in_a_year": 2_000}, "hours_in_a_year", 'must stand together with year = "hours"'),
            (
                Qualifications,
                {"needs": NEED | {"asked_at": ["a", "b"]}, "steps": ["a"]},
                "steps",
                "must name every step that a need is asked at",
            ),
            (
                Qualifications,
                {"needs": {"all_of": [NEED, {"any_of": [NEED | {"asked_at": ["b"]}]}]}},
                "steps",
                "must name every step that a need is asked at",
            ),
            (WordList, {"name": "@a", "words": ["b"]}, "name", "must be written without the @"),
            (WordList, {"name": "a", "words": []}, "words", "must not be empty"),
            (WordList, {"name": "a", "words": ["b", "@c"]}, "words[1]", "must not be another list"),
        ],
    )
    def test_what_is_refused(self, cls: type[Value], data: dict[str, Any], path: str, told: str) -> None:
        assert problems(data, cls) == {path: told}

    @pytest.mark.parametrize(
        ("cls", "data"),
        [
            (Work, {"group": "a", "served_at_least": 0}),
            (Work, {"titles": ["a"], "not_titles": ["b"], "statuses": ["b"], "not_statuses": ["a"]}),
            (Scored, {"name": "a", "at_least": 0, "at_most": 0}),
            (Scored, {"name": "a", "at_most": 1}),
            (Aged, {"at_least": 18, "at_most": 18}),
            (Aged, {"at_least": 18}),
            (Appointed, {"since": "2020-01-01", "before": "2020-01-02"}),
            (Appointed, {"since": "2020-01-01"}),
            (Appointed, {"before": "2020-01-01"}),
            (MayFollow, {"within": {"months": 1}, "late_counts": False}),
            (Substitute, {"counts_as": YEAR, "each": CREDITS | {"at_least": 0.5}}),
            (ExperienceAsked, years(1, gap_days=1, is_continuous=True)),
            (ExperienceAsked, years(1, gap_days=1, is_preceding=True)),
            (ExperienceAsked, years(1, floor={"months": 12}, substituted_at_most={"months": 40})),
            (ExperienceAsked, years(1, in_proportion=False)),
            (Need, {"at_least": 1, "of": [NEED]}),
            (Need, {"adds_up": [{"name": "a", "experience": years(0.5)}, {"name": "b", "experience": years(1)}]}),
            (Need, NEED | {"measured_on": "2020-01-01"}),
            (Counting, {"year": "days", "days_in_a_year": 360}),
            (Counting, {"year": "hours", "hours_in_a_year": 2_000}),
            (Qualifications, {"needs": NEED | {"asked_at": ["a"]}, "steps": ["a", "b"]}),
        ],
    )
    def test_what_is_just_allowed(self, cls: type[Value], data: dict[str, Any]) -> None:
        assert isinstance(read(data, cls), cls)


class TestAmounts:
    """A year is twelve months; other units stay what they are, exactly as they were written."""

    @pytest.mark.parametrize(
        ("data", "unit", "number", "told"),
        [
            ({"years": 1}, "months", Fraction(12), "1 year"),
            ({"years": 2.5}, "months", Fraction(30), "2.5 years"),
            ({"months": 1}, "months", Fraction(1), "1 month"),
            ({"months": 0}, "months", Fraction(0), "0 months"),
            ({"days": 0.8}, "days", Fraction(4, 5), "0.8 days"),
            ({"days": 1}, "days", Fraction(1), "1 day"),
            ({"hours": 4_000}, "hours", Fraction(4_000), "4,000 hours"),
            ({"hours": 1}, "hours", Fraction(1), "1 hour"),
        ],
    )
    def test_each_unit(self, data: dict[str, Any], unit: str, number: Fraction, told: str) -> None:
        amount = read(data, Amount)
        assert (amount.unit, amount.number, str(amount)) == (unit, number, told)


class TestWhatStandsBelow:
    """A need is followed into its group, its patterns and what may stand in place of experience."""

    def test_from_left_to_right(self) -> None:
        def named(name: str) -> dict[str, Any]:
            return NEED | {"name": name}

        substitute = {"counts_as": YEAR, "needs": named("c")}
        by_credits = {"counts_as": YEAR, "each": CREDITS}
        need = read(
            {
                "name": "top",
                "all_of": [
                    {"name": "a", "any_of": [named("b")]},
                    {"name": "x", "experience": years(1, substitutes=[by_credits, substitute])},
                    {
                        "name": "p",
                        "adds_up": [
                            {"name": "1", "experience": years(1)},
                            {"name": "2", "experience": years(1), "needs": named("d")},
                            {"name": "3", "experience": years(1), "needs": named("e")},
                        ],
                    },
                    {"name": "o", "at_least": 1, "of": [{"name": "n", "none_of": [named("f")]}]},
                ],
            },
            Need,
        )
        told = ["top", "a", "b", "x", "c", "p", "d", "e", "o", "n", "f"]
        assert [each.name for each in need.everything()] == told
        assert [path for path, _ in need.places("needs")] == [
            "needs",
            "needs.all_of[0]",
            "needs.all_of[0].any_of[0]",
            "needs.all_of[1]",
            "needs.all_of[1].experience.substitutes[1].needs",
            "needs.all_of[2]",
            "needs.all_of[2].adds_up[1].needs",
            "needs.all_of[2].adds_up[2].needs",
            "needs.all_of[3]",
            "needs.all_of[3].of[0]",
            "needs.all_of[3].of[0].none_of[0]",
        ]
        assert need.leaf is None
        assert need.parts[1].leaf == need.parts[1].experience
        assert read({"post": "a"}, Need).leaf is None
