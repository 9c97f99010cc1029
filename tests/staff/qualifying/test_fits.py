from __future__ import annotations

from typing import Any

import pytest

from casecore.staff import Claim, Degree, Level, Served, Spell
from casecore.staff.posts import DegreeAsked, Work
from casecore.staff.qualifying.fits import NO, PERHAPS, SURE, backed, degree_fits, has_one_of, is_one_of, work_fits
from tests.staff.qualifying.told import day, hold, work

ASKED: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], str]] = {
    # what is asked, what fits, what does not, and the fact that settles it
    "kinds": ({"kinds": ("a", "b")}, {"kinds": ("b", "c")}, {"kinds": ("c",)}, "x.kinds"),
    "titles": ({"titles": ("a", "b")}, {"title": "b"}, {"title": "c"}, "x.title"),
    "employers": ({"employers": ("a",)}, {"employer": "a"}, {"employer": "c"}, "x.employer"),
    "statuses": ({"statuses": ("a",)}, {"status": "a"}, {"status": "c"}, "x.status"),
    "settings": ({"settings": ("a", "b")}, {"settings": ("b",)}, {"settings": ()}, "x.settings"),
    "not titles": ({"not_titles": ("a",)}, {"title": "b"}, {"title": "a"}, "x.title"),
    "not statuses": ({"not_statuses": ("a",)}, {"status": "b"}, {"status": "a"}, "x.status"),
    "paid": ({"is_paid": True}, {"is_paid": True}, {"is_paid": False}, "x.is_paid"),
    "volunteer": ({"is_paid": False}, {"is_paid": False}, {"is_paid": True}, "x.is_paid"),
    "group": (
        {"group": "g", "served_at_least": 0.75},
        {"served": (Served(group="h", share=1.0), Served(group="g", share=0.75))},
        {"served": (Served(group="g", share=0.74),)},
        "x.served",
    ),
    "group not served": (
        {"group": "g", "served_at_least": 0.01},
        {"served": (Served(group="g", share=0.01),)},
        {"served": (Served(group="h", share=1.0),)},
        "x.served",
    ),
}
DEGREES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], str]] = {
    "fields": ({"fields": ("a", "b")}, {"field": "b"}, {"field": "c"}, "x.field"),
    "titles": ({"titles": ("a",)}, {"title": "a"}, {"title": "c"}, "x.title"),
    "institutions": ({"institutions": ("a",)}, {"institution": "a"}, {"institution": "c"}, "x.institution"),
    "accreditors": ({"accreditors": ("a", "b")}, {"accreditors": ("c", "b")}, {"accreditors": ()}, "x.accreditors"),
    "including": ({"including": ("a", "b")}, {"including": ("b", "a")}, {"including": ("a",)}, "x.including"),
}


def spell(**fields: Any) -> Spell:
    return Spell(began_on=day("2020-01-01"), **fields)


class TestWorkFits:
    """Every field that a post fills must fit; what is not known is perhaps, and the fact is named."""

    @pytest.mark.parametrize("name", ASKED)
    def test_each_field(self, name: str) -> None:
        asked, fits, not_fits, fact = ASKED[name]
        unknown: list[str] = ["before"]
        assert work_fits(spell(**fits), Work(**asked), "x", unknown, counts_unverified=False) is SURE
        assert work_fits(spell(**not_fits), Work(**asked), "x", unknown, counts_unverified=False) is NO
        assert unknown == ["before"]
        assert work_fits(spell(), Work(**asked), "x", unknown, counts_unverified=False) is PERHAPS
        assert unknown == ["before", fact]

    def test_nothing_asked_fits_anything(self) -> None:
        unknown: list[str] = []
        assert work_fits(spell(), Work(), "x", unknown, counts_unverified=False) is SURE
        assert unknown == []

    @pytest.mark.parametrize("name", [each for each in ASKED if each != "kinds"])
    def test_an_unknown_before_what_does_not_fit_is_not_named(self, name: str) -> None:
        asked, _, not_fits, _ = ASKED[name]
        unknown: list[str] = ["before"]
        both = Work(**{"kinds": ("k",)} | asked)
        assert work_fits(spell(**not_fits), both, "x", unknown, counts_unverified=False) is NO
        assert unknown == ["before"]

    @pytest.mark.parametrize("name", [each for each in ASKED if each != "kinds"])
    def test_an_unknown_kind_stays_perhaps_though_the_rest_fits(self, name: str) -> None:
        asked, fits, _, _ = ASKED[name]
        unknown: list[str] = []
        both = Work(**{"kinds": ("k",), "papers": ()} | asked)
        assert work_fits(spell(**fits), both, "x", unknown, counts_unverified=False) is PERHAPS
        assert unknown == ["x.kinds"]

    @pytest.mark.parametrize("name", ASKED)
    def test_what_does_not_fit_stays_so_though_the_papers_are_open(self, name: str) -> None:
        asked, _, not_fits, _ = ASKED[name]
        unknown: list[str] = []
        with_papers = Work(
            papers=("letter",), is_paid=asked.get("is_paid", True), **{k: v for k, v in asked.items() if k != "is_paid"}
        )
        done = spell(**{"is_paid": True} | not_fits)
        assert work_fits(done, with_papers, "x", unknown, counts_unverified=False) is NO
        assert unknown == []

    def test_no_part_of_a_group_is_asked(self) -> None:
        asked = Work(group="g", served_at_least=0.0)
        assert work_fits(spell(served=()), asked, "x", [], counts_unverified=False) is SURE

    def test_work_that_was_only_said(self) -> None:
        said = spell(is_verified=False)
        assert work_fits(said, Work(), "x", [], counts_unverified=True) is SURE
        assert work_fits(said, Work(), "x", [], counts_unverified=False) is PERHAPS

    def test_papers_of_work(self) -> None:
        unknown: list[str] = []
        asked = Work(papers=("letter",))
        assert work_fits(spell(papers=("letter",)), asked, "x", unknown, counts_unverified=False) is SURE
        assert work_fits(spell(refused=("letter",)), asked, "x", unknown, counts_unverified=False) is NO
        assert unknown == []
        assert work_fits(spell(), asked, "x", unknown, counts_unverified=False) is PERHAPS
        assert unknown == ["x.papers: letter"]


class TestDegreeFits:
    """A degree fits in every respect or not at all."""

    @pytest.mark.parametrize("name", DEGREES)
    def test_each_field(self, name: str) -> None:
        asked, fits, not_fits, fact = DEGREES[name]
        unknown: list[str] = ["before"]
        want = DegreeAsked(level=Level.BACHELOR, **asked)

        def fit(**fields: Any) -> int:
            return degree_fits(Degree(level=Level.BACHELOR, **fields), want, "x", unknown, counts_unverified=False)

        assert fit(**fits) is SURE
        assert fit(**not_fits) is NO
        assert unknown == ["before"]
        assert fit() is PERHAPS
        assert set(unknown) == {"before", fact}

    @pytest.mark.parametrize(
        ("level", "or_higher", "expected"),
        [
            (Level.ASSOCIATE, True, NO),
            (Level.ASSOCIATE, False, NO),
            (Level.BACHELOR, True, SURE),
            (Level.BACHELOR, False, SURE),
            (Level.MASTER, True, SURE),
            (Level.MASTER, False, NO),
            (Level.DOCTORATE, True, SURE),
        ],
    )
    def test_levels(self, level: Level, or_higher: bool, expected: int) -> None:
        asked = DegreeAsked(level=Level.BACHELOR, or_higher=or_higher)
        assert degree_fits(Degree(level=level), asked, "x", [], counts_unverified=False) is expected

    def test_a_degree_that_was_only_said(self) -> None:
        said, asked = Degree(level=Level.BACHELOR, is_verified=False), DegreeAsked(level=Level.BACHELOR)
        assert degree_fits(said, asked, "x", [], counts_unverified=True) is SURE
        assert degree_fits(said, asked, "x", [], counts_unverified=False) is PERHAPS

    def test_an_unknown_beside_what_does_not_fit_is_not_named(self) -> None:
        unknown: list[str] = ["before"]
        asked = DegreeAsked(level=Level.BACHELOR, fields=("a",), titles=("b",))
        degree = Degree(level=Level.BACHELOR, title="c")
        assert degree_fits(degree, asked, "x", unknown, counts_unverified=False) is NO
        assert unknown == ["before"]


class TestWhatStandsBehind:
    """Evidence that a source makes compulsory: missing is not known, refused is no."""

    def test_papers_on_file_missing_and_refused(self) -> None:
        unknown: list[str] = []
        assert backed(Claim(papers=("a", "b")), ("a", "b"), False, "x", unknown) is SURE
        assert backed(Claim(papers=("a",), refused=("b",)), ("a", "b"), False, "x", unknown) is NO
        assert unknown == []
        assert backed(Claim(papers=("a",)), ("a", "b"), False, "x", unknown) is PERHAPS
        assert unknown == ["x.papers: b"]

    def test_what_was_only_said_is_not_known_unless_the_post_counts_it(self) -> None:
        unknown: list[str] = []
        said = Claim(is_verified=False)
        assert backed(said, (), True, "x", unknown) is SURE
        assert unknown == []
        assert backed(said, (), False, "x", unknown) is PERHAPS
        assert unknown == ["x.is_verified"]
        assert backed(Claim(), (), False, "x", []) is SURE

    def test_only_said_and_without_the_paper(self) -> None:
        unknown: list[str] = []
        assert backed(Claim(is_verified=False), ("a",), False, "x", unknown) is PERHAPS
        assert unknown == ["x.papers: a", "x.is_verified"]
        assert backed(Claim(is_verified=False), ("a",), True, "x", []) is PERHAPS

    def test_words(self) -> None:
        assert is_one_of(None, (), "x", ".field", []) is SURE
        assert has_one_of(None, (), "x", ".field", []) is SURE
        assert has_one_of((), ("a",), "x", ".field", []) is NO

    def test_in_a_whole_question(self) -> None:
        need = {"experience": {"at_least": {"months": 1}, "work": {"papers": ["letter"]}}}
        assert hold(need, experience=(work("2020-01-01", "2020-12-31"),)).missing == ("experience[0].papers: letter",)
        assert hold(need, experience=(work("2020-01-01", "2020-12-31", refused=("letter",)),)).is_no
        assert hold(need, experience=(work("2020-01-01", "2020-12-31", papers=("letter",)),)).is_yes
