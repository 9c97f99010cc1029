from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casecore.staff import StaffFile, may_hold
from casecore.staff.posts import Post, lint_post, read_post
from casecore.standards import FlawCode
from casecore.terms import StandardNotInForce

from .applicants import applicants_in, files_in, is_answered_as_told

FOLDER = Path(__file__).parent
TEXTS = {
    path.name.removesuffix(".toml"): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.glob("*.toml"))
    if not path.name.endswith(".applicants.toml")
}
LOOKED_AT = {
    # Before a full caseload nothing is asked, and that is what the step says.
    ("louisiana-case-management-supervisor", FlawCode.UNUSED_STEP),
    # Other work counts too here: without the floor less of the very work would do: the linter weighs no other work.
    ("colorado-hcbs-case-manager", FlawCode.USELESS_FLOOR),
    ("invented-community-worker-prorated", FlawCode.USELESS_FLOOR),
}
POSTS: dict[str, Post] = {name: read_post(text) for name, text in TEXTS.items()}


class TestWhoMayHoldAPostElsewhere:
    """Each applicant is answered as a person worked it out by hand from the announcement."""

    @pytest.mark.parametrize(("post", "told"), applicants_in(FOLDER))
    def test_the_judge_says_what_the_person_did(self, post: str, told: dict[str, Any]) -> None:
        is_answered_as_told(POSTS[post], told, POSTS.values())


class TestThePostsElsewhere:
    """Every post can be read, says where it stands and what could not be read, and has its applicants."""

    def test_every_post_has_applicants_and_the_other_way_round(self) -> None:
        assert set(files_in(FOLDER)) == set(POSTS)

    @pytest.mark.parametrize("name", POSTS)
    def test_a_post_is_named_as_its_file(self, name: str) -> None:
        assert POSTS[name].name == name
        assert POSTS[name].invented is name.startswith("invented-")

    @pytest.mark.parametrize("name", POSTS)
    def test_the_linter_finds_nothing_that_was_not_looked_at(self, name: str) -> None:
        others = [post for post in POSTS.values() if post.name != name]
        assert {(name, flaw.code) for flaw in lint_post(TEXTS[name], others=others)} <= LOOKED_AT

    @pytest.mark.parametrize("name", POSTS)
    def test_each_edition_says_how_it_was_read(self, name: str) -> None:
        for edition in POSTS[name].asks.editions:
            assert edition.note
            assert edition.source.invented is POSTS[name].invented

    @pytest.mark.parametrize("name", POSTS)
    def test_there_are_a_yes_a_no_and_a_not_known(self, name: str) -> None:
        answers = Counter(told.values[1]["answer"] for told in applicants_in(FOLDER) if told.values[0] == name)
        assert {"yes", "no", "not-known"} <= set(answers)
        assert answers.total() >= 4

    @pytest.mark.parametrize("name", POSTS)
    def test_every_route_has_somebody_who_takes_it(self, name: str) -> None:
        editions = [edition.value for edition in POSTS[name].asks.editions]
        routes = {need.name for value in editions if value for need in value.needs.everything() if need.name}
        taken = [told.values[1].get("routes", ()) for told in applicants_in(FOLDER) if told.values[0] == name]
        assert routes <= {route for each in taken for route in each}

    def test_where_a_clause_is_left_to_judgement_somebody_needs_it(self) -> None:
        asked = {
            name
            for name, post in POSTS.items()
            for edition in post.asks.editions
            if edition.value and any(need.judged for need in edition.value.needs.everything())
        }
        told = {each.values[0] for each in applicants_in(FOLDER) if each.values[1]["answer"] == "needs-judgement"}
        assert asked == told

    def test_before_its_first_day_nothing_is_answered(self) -> None:
        file = StaffFile(worker="w-1", appointed_on=date(2000, 10, 4))
        with pytest.raises(StandardNotInForce):
            may_hold(POSTS["ohio-pcsa-caseworker"], file, on=date(2010, 1, 1))
