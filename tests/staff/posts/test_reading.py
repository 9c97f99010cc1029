from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from casecore.staff import Level
from casecore.staff.posts import (
    Counting,
    Post,
    Qualifications,
    StaffDay,
    WordList,
    is_post_text,
    read_post,
    with_lists_spelled_out,
)
from casecore.terms import NotReadable, StandardNotInForce, plain, read
from casecore.testing.strategies.posts import qualifications
from tests.staff.posts.asked import HEADING, LISTS, SOURCE, edition, post

ICM = f"""
[post]
name = "intensive-case-manager"
title = "Intensive Case Manager"
employer = "An invented county"
governed_by = "appointment"

[[edition]]
since = 2024-01-01
until = 2026-01-01
{SOURCE}

[edition.value]
{LISTS}
[edition.value.counting]
full_time_hours = 37.5
[edition.value.needs]
[[edition.value.needs.any_of]]
name = "A"
all_of = [
  {{ degree = {{ level = "bachelor" }} }},
  {{ experience = {{ at_least = {{ years = 3 }}, work = {{ kinds = ["linking", "@mental-hygiene"] }} }} }},
]
[[edition.value.needs.any_of]]
name = "B"
degree = {{ level = "master" }}

[[edition]]
since = 2026-01-01
{SOURCE}
repealed = true
"""


def problems(text: str | bytes | Path) -> dict[str, str]:
    with pytest.raises(NotReadable) as caught:
        read_post(text)
    assert caught.value.what == "post"
    return dict(caught.value.problems)


def asked(text: str) -> Qualifications:
    return read_post(text).edition_on(date(2024, 1, 1)).rule


class TestReading:
    """A post file is read whole, or refused with everything that is wrong with it."""

    def test_what_a_file_says(self) -> None:
        icm = read_post(ICM)
        assert (icm.name, icm.title, icm.employer) == (
            "intensive-case-manager", "Intensive Case Manager", "An invented county",
        )  # fmt: skip
        assert icm.governed_by is StaffDay.APPOINTMENT
        assert not icm.invented
        rule = icm.edition_on(date(2025, 12, 31)).rule
        assert rule.counting == Counting(full_time_hours=37.5)
        assert rule.needs.any_of is not None
        assert [need.name for need in rule.needs.any_of] == ["A", "B"]
        assert rule.needs.any_of[1].degree is not None
        assert rule.needs.any_of[1].degree.level is Level.MASTER

    def test_it_asks_nothing_before_its_first_edition_nor_from_its_repeal_on(self) -> None:
        for day in (date(2023, 12, 31), date(2026, 1, 1)):
            with pytest.raises(StandardNotInForce):
                read_post(ICM).edition_on(day)

    def test_text_bytes_and_a_path_are_read_alike(self, tmp_path: Path) -> None:
        path = tmp_path / "icm.toml"
        path.write_bytes(b"\xef\xbb\xbf" + ICM.encode())
        assert read_post(ICM) == read_post(ICM.encode()) == read_post(path)

    def test_all_problems_at_once_with_their_paths(self) -> None:
        found = problems(
            HEADING.replace("title", "titel")
            + edition('{ degree = { level = "wizard" } }')
            + edition('{ any_of = [{ aged = { at_least = 18 } }, { aged = { at_least = -1 } }] }', since="2025-01-01")
            + edition('{ stated = { name = "x" } }', since="soon".join("''"), source="")
        )  # fmt: skip
        assert set(found) == {
            "post.title", "post.titel", "edition[0].value.needs.degree.level",
            "edition[1].value.needs.any_of[1].aged.at_least", "edition[2].since", "edition[2].source",
        }  # fmt: skip

    def test_editions_that_overlap_are_told_beside_a_heading_that_cannot_be_read(self) -> None:
        need = '{ stated = { name = "x" } }'
        found = problems(HEADING.replace("title", "titel") + edition(need) + edition(need))
        assert found["edition[1].since"] == "must be after the edition before it"
        assert "post.title" in found

    def test_no_edition_no_post_and_neither(self) -> None:
        assert problems("") == {"post": "is missing", "edition": "is missing"}
        assert problems(HEADING) == {"edition": "is missing"}
        assert problems(HEADING + "\n[edition]\n") == {
            "edition": "must be a list of tables, each under its own [[...]]"
        }
        assert "edition" in problems("edition = []\n" + HEADING)
        assert problems(edition('{ stated = { name = "x" } }')) == {"post": "is missing"}

    def test_an_unknown_field_is_named_with_those_that_are_known(self) -> None:
        found = problems(post('{ degree = { level = "bachelor", major = ["x"] } }'))
        assert found["edition[0].value.needs.degree.major"].startswith("is not a field here; known are accreditors")

    def test_numbers_with_decimals_are_plain(self) -> None:
        needs = asked(post("{ experience = { at_least = { years = 1.5 } } }")).needs
        assert needs.experience is not None
        assert needs.experience.at_least.number == 18

    @given(qualifications())
    @settings(max_examples=20, deadline=None)
    def test_the_tree_in_a_file_is_the_tree_in_hand(self, asked: Qualifications) -> None:
        assert read(_as_toml_gives_it(plain(asked)), Qualifications) == asked


def _as_toml_gives_it(data: Any) -> Any:
    return json.loads(json.dumps(data))


class TestBadInput:
    """A wrong file is refused quickly, and nothing of it is repeated."""

    def test_a_file_of_50_mb(self, tmp_path: Path) -> None:
        text = HEADING + "# Jane Roe\n" * 4_600_000
        assert len(text) > 50_000_000
        path = tmp_path / "large.toml"
        path.write_text(text)
        began = time.perf_counter()
        for given_in in (text, text.encode(), path):
            assert problems(given_in) == {"": "must not be larger than 5000000 bytes"}
        assert time.perf_counter() - began < 2

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("[post", "is not TOML: the end of the file lacks a closing bracket"),
            (b"\xff\xfe", "must be UTF-8; byte 0 is not"),
            (Path("/no/such/post.toml"), "must be a file that can be opened"),
            (Path("nul\0.toml"), "must be a file that can be opened"),
            (HEADING + "x = " + "[" * 5_000, "must not be nested so deep"),
            (HEADING + "x" + ".x" * 5_000 + " = 1", "must not be nested so deep"),
        ],
        ids=["no TOML", "no UTF-8", "no file", "NUL in the name", "brackets", "dots"],
    )
    def test_what_is_no_toml_at_all(self, text: str | bytes | Path, told: str) -> None:
        assert problems(text) == {"": told}

    def test_half_characters_and_nul(self) -> None:
        heading = HEADING.replace("Case Manager", "Case \\u0000").replace('"case-manager"', '"\ud800"')
        found = problems(heading + edition('{ stated = { name = "x" } }'))
        assert found == {
            "post.title": "must not hold a NUL character",
            "post.name": "must not hold half of a character (a lone surrogate)",
        }

    @pytest.mark.parametrize("depth", [25, 26])
    def test_needs_inside_one_another(self, depth: int) -> None:
        text = post("{ all_of = [" * (depth - 1) + "{ aged = { at_least = 18 } }" + "] }" * (depth - 1))
        if depth == 25:
            assert read_post(text)
        else:
            assert problems(text) == {
                "edition[0].value.needs": "must not hold needs deeper than 25 inside one another"
            }  # fmt: skip

    @pytest.mark.parametrize("number", ["nan", "inf", "1e300", '"1.5"', "true"])
    def test_what_is_no_number(self, number: str) -> None:
        assert problems(post(f"{{ experience = {{ at_least = {{ years = {number} }} }} }}"))

    def test_nothing_of_the_file_is_repeated(self) -> None:
        with pytest.raises(NotReadable) as caught:
            read_post(post('{ degree = { level = "Jane Roe", "Jane Roe" = 1, fields = [""] } }').replace("2024", "Roe"))
        assert "Roe" not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None


class TestLists:
    """A word after an @ stands for all words of the list of that name, wherever words are listed."""

    def test_spelled_out_each_word_once_in_the_order_in_which_they_stand(self) -> None:
        work = '{ kinds = ["x", "@mental-hygiene", "mental-health"] }'
        needs = f"{{ experience = {{ at_least = {{ years = 1 }}, work = {work} }} }}"
        plainly = with_lists_spelled_out(asked(post(needs, LISTS)))
        assert plainly.lists == ()
        assert plainly.needs.experience is not None
        assert plainly.needs.experience.work.kinds == ("x", "mental-health", "alcoholism-services")

    def test_in_every_field_that_lists_words(self) -> None:
        each = '["@mental-hygiene"]'
        needs = f"""{{ all_of = [
          {{ degree = {{ level = "bachelor", fields = {each}, titles = {each}, institutions = {each}, accreditors = {each}, including = {each}, papers = {each}, credits = {{ at_least = 3, unit = "semester", subjects = {each}, papers = {each} }} }} }},
          {{ credential = {{ names = {each}, issuers = {each}, papers = {each} }} }},
          {{ learning = {{ hours = 3, subjects = {each}, providers = {each}, papers = {each} }} }},
          {{ stated = {{ name = "x", papers = {each} }} }},
          {{ scored = {{ name = "x", at_least = 1, papers = {each} }} }},
          {{ experience = {{ at_least = {{ years = 1 }}, work = {{ kinds = {each}, titles = {each}, employers = {each}, statuses = {each}, settings = {each}, papers = {each}, after = {{ credential = {{ names = {each} }} }} }}, other = [{{ work = {{ not_titles = {each}, not_statuses = {each} }} }}], substitutes = [{{ counts_as = {{ years = 1 }}, each = {{ at_least = 3, unit = "semester", subjects = {each} }} }}] }} }},
          {{ adds_up = [{{ name = "I", needs = {{ credential = {{ names = {each} }} }}, experience = {{ at_least = {{ years = 1 }}, work = {{ kinds = {each} }} }} }}] }},
        ] }}"""  # noqa: E501  # TOML's inline tables stand on one line
        plainly = repr(with_lists_spelled_out(asked(post(needs, LISTS))))
        assert "@" not in plainly
        assert plainly.count("alcoholism-services") == needs.count("@")

    def test_steps_are_no_words(self) -> None:
        rule = asked(post('{ stated = { name = "x" }, asked_at = ["@exam"] }', 'steps = ["@exam"]'))
        assert with_lists_spelled_out(rule) == rule

    def test_without_lists_nothing_changes(self) -> None:
        rule = asked(post('{ stated = { name = "x" } }'))
        assert with_lists_spelled_out(rule) is rule

    @pytest.mark.parametrize(
        ("words", "lists", "path", "told"),
        [
            ('["a", "@b"]', LISTS, "needs.experience.work.titles[1]", "must name one of the lists after the @"),
            ('["@"]', LISTS, "needs.experience.work.titles[0]", "must name one of the lists after the @"),
            ("[]", 'lists = [{ name = "a", words = ["@b"] }, { name = "b", words = ["@a"] }]', "lists[0].words[0]",
             "must not be another list"),
            ("[]", 'lists = [{ name = "a", words = ["@a"] }]', "lists[0].words[0]", "must not be another list"),
            ("[]", 'lists = [{ name = "@a", words = ["a"] }]', "lists[0].name", "must be written without the @"),
            ("[]", 'lists = [{ name = "a", words = [] }]', "lists[0].words", "must not be empty"),
            ("[]", 'lists = [{ name = "a", words = ["a"] }, { name = "a", words = ["b"] }]', "lists[1].name",
             "must not stand twice"),
            ('["@a"]', 'lists = [{ name = "a", words = ["trainee"] }]', "needs.experience.work.not_titles",
             "must not name one of titles"),
        ],
        ids=["unknown", "no name", "circle", "itself", "marked", "empty", "twice", "contradiction"],
    )  # fmt: skip
    def test_what_is_refused(self, words: str, lists: str, path: str, told: str) -> None:
        work = f'{{ titles = {words}, not_titles = ["trainee"] }}'
        found = problems(post(f"{{ experience = {{ at_least = {{ years = 1 }}, work = {work} }} }}", lists))
        assert found[f"edition[0].value.{path}"] == told

    def test_more_words_than_anybody_can_mean(self) -> None:
        many = ", ".join(f'"{number}"' for number in range(10_000))
        needs = ", ".join(['{ stated = { name = "x", papers = ["@many"] } }'] * 21)
        text = post(f"{{ all_of = [{needs}] }}", f'lists = [{{ name = "many", words = [{many}] }}]')
        assert problems(text) == {"edition[0].value.lists": "must not stand for more than 200000 words in all"}
        assert read_post(text.replace(', { stated = { name = "x", papers = ["@many"] } }', "", 1))

    @given(qualifications())
    @settings(max_examples=20, deadline=None)
    def test_a_word_and_a_list_of_it_ask_the_same(self, asked: Qualifications) -> None:
        words = sorted({word for word in _words(plain(asked.needs)) if not word.startswith("@")})
        named = plain(asked) | {"lists": [{"name": word, "words": [word]} for word in words]}
        named["needs"] = _marked(named["needs"])
        assert with_lists_spelled_out(read(named, Qualifications)) == asked

    def test_a_list_is_refused_in_a_value_made_by_hand_as_well(self) -> None:
        with pytest.raises(NotReadable):
            WordList(name="a", words=())
        assert isinstance(read_post(post('{ stated = { name = "x" } }', LISTS)), Post)


def _listed(data: dict[str, Any]) -> list[str]:
    return [name for name, part in data.items() if name != "asked_at" and isinstance(part, list)]


def _words(data: Any) -> set[str]:
    if isinstance(data, dict):
        found = {word for name in _listed(data) for word in data[name] if isinstance(word, str)}
        return found.union(*(_words(part) for part in data.values()))
    return set().union(*(_words(part) for part in data)) if isinstance(data, list) else set()


def _marked(data: Any) -> Any:
    if isinstance(data, dict):
        return {
            name: [f"@{part}" if isinstance(part, str) else _marked(part) for part in inside]
            if name in _listed(data)
            else _marked(inside)
            for name, inside in data.items()
        }
    return data


class TestIsAPost:
    """A text is meant as a post where it has the table of one, whatever else is wrong with it."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("[post]\n", True), ("[standard]\n", False), ("[POST]\n", False), ("[post", False), ("", False)],
    )
    def test_each(self, text: str, expected: bool) -> None:
        assert is_post_text(text) is expected
