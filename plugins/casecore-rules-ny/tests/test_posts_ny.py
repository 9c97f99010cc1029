from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import casecore_rules_ny
import pytest
from casecore_rules_ny import POSTS, post_text

from casecore.agency import posts_of
from casecore.staff import StaffFile, may_hold
from casecore.staff.posts import lint_post
from casecore.terms import Answer, NotKnown, StandardNotInForce, read
from tests.staff.posts.applicants import applicants_in, files_in, is_answered_as_told

FOLDER = Path(__file__).parent / "posts"
READ = posts_of([casecore_rules_ny])
WARNED = {
    "intensive-case-manager": {"useless-floor"},  # note 3 is said of A too, where two years are left even with credits
    "caseworker-lewis": {"no-conversion"},  # full-time work is asked for, and how many hours that is, is not said
    "director-of-community-services": {"hidden-route"},  # (a)(5) names social work as well, and so hides (a)(3)
}
"""What the linter warns of, and why it stands: the source says it so."""


class TestWhoMayHoldAPostInNewYork:
    """Each applicant is answered as a person worked it out by hand from the announcement."""

    @pytest.mark.parametrize(("post", "told"), applicants_in(FOLDER))
    def test_the_judge_says_what_the_person_did(self, post: str, told: dict[str, Any]) -> None:
        is_answered_as_told(READ[post], told)

    @pytest.mark.parametrize(("post", "told"), applicants_in(FOLDER))
    def test_every_way_that_is_told_leads_there(self, post: str, told: dict[str, Any]) -> None:
        file, step = read(told["file"], StaffFile), told.get("step")
        for way in may_hold(READ[post], file, on=told["on"], step=step).ways:
            then = may_hold(READ[post], way.added_to(file), on=max(way.on, told["on"]), step=step)
            assert then.answer is Answer.YES, (str(way), then)


class TestThePostsOfNewYork:
    """Every post can be read, says where it stands and what could not be read, and has its applicants."""

    def test_every_post_has_applicants_and_the_other_way_round(self) -> None:
        assert set(files_in(FOLDER)) == set(POSTS) == set(READ)

    @pytest.mark.parametrize("name", POSTS)
    def test_the_linter_finds_nothing_but_what_the_source_says_so(self, name: str) -> None:
        assert {flaw.code.value for flaw in lint_post(post_text(name))} == WARNED.get(name, set())

    @pytest.mark.parametrize("name", POSTS)
    def test_each_edition_says_where_it_was_read_and_what_its_first_day_is(self, name: str) -> None:
        for edition in READ[name].asks.editions:
            assert edition.source.note
            assert not edition.source.invented
            assert edition.note is not None
            assert "since is" in edition.note

    @pytest.mark.parametrize("name", POSTS)
    def test_there_are_a_yes_a_no_and_a_not_known(self, name: str) -> None:
        answers = Counter(told.values[1]["answer"] for told in applicants_in(FOLDER) if told.values[0] == name)
        assert {"yes", "no", "not-known"} <= set(answers)
        assert answers.total() >= 4

    @pytest.mark.parametrize("name", POSTS)
    def test_every_route_has_somebody_who_takes_it(self, name: str) -> None:
        routes = {
            each.name
            for edition in READ[name].asks.editions
            for need in edition.rule.needs.everything()
            for each in need.any_of or ()
            if each.name
        }
        taken = {
            route
            for told in applicants_in(FOLDER)
            if told.values[0] == name
            for route in told.values[1].get("routes", ())
        }
        assert routes <= taken

    def test_a_post_that_is_not_here(self) -> None:
        with pytest.raises(NotKnown, match="no post here is called 'night-porter'; there are intensive-case-manager"):
            post_text("night-porter")

    def test_before_its_first_day_nothing_is_answered(self) -> None:
        with pytest.raises(StandardNotInForce):
            may_hold(READ["clinical-care-coordinator-nyc"], StaffFile(worker="w-1"), on=date(2022, 6, 23))
