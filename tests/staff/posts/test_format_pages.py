"""The pages that say how to write a post and a staff file, held against the code."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

import casecore.staff
import casecore.staff.posts
from casecore.staff import CreditUnit, Level, StaffFile
from casecore.staff.posts import Held, Post, Qualifications, lint_post, read_post
from casecore.standards import FlawCode
from casecore.terms import Value
from tests.staff.posts.asked import HEADING, SOURCE

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference"
POST_PAGE = (REFERENCE / "post-format.md").read_text(encoding="utf-8")
FILE_PAGE = (REFERENCE / "staff-file-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", POST_PAGE, re.DOTALL)


def whole(example: str) -> str:
    """An example as a file: one that shows only what stands under ``[edition.value]`` is put there."""
    if "[post]" in example:
        return example
    under = re.sub(r"^(\[+)needs", r"\1edition.value.needs", example, flags=re.MULTILINE)
    return f"{HEADING}\n[[edition]]\nsince = 2024-01-01\n{SOURCE}\n[edition.value]\n{under}"


class TestExamples:
    """Every example on the page can be read, and the linter finds nothing wrong with it."""

    def test_there_are_some(self) -> None:
        assert len(EXAMPLES) > 15
        assert sum("[post]" in example for example in EXAMPLES) == 2

    @pytest.mark.parametrize("example", EXAMPLES)
    def test_it_is_sound(self, example: str) -> None:
        assert [str(flaw) for flaw in lint_post(whole(example))] == []
        assert isinstance(read_post(whole(example)), Post)


def fields_within(*classes: type) -> set[tuple[str, str]]:
    """The fields of these classes of values, and of those that they are made of."""
    return {(cls.__name__, field.name) for cls in classes for field in attrs.fields(cls)}


POST_CLASSES = [
    thing
    for name in casecore.staff.posts.__all__
    if isinstance(thing := getattr(casecore.staff.posts, name), type) and issubclass(thing, Value) and thing is not Post
]
FILE_CLASSES = [
    getattr(casecore.staff, name)
    for name in ("StaffFile", "Degree", "Credits", "Spell", "Served", "Credential", "Learning", "Statement", "Ruling")
]


class TestCompleteness:
    """Every field, every word and every flaw that there is stands on the page."""

    def test_every_field_of_a_post(self) -> None:
        assert {"name", "title", "employer", "governed_by", "invented"} <= set(re.findall(r"`(\w+)`", POST_PAGE))
        assert not [where for where in fields_within(*POST_CLASSES) if not told(where[1], POST_PAGE)]
        assert Qualifications in POST_CLASSES

    def test_every_field_of_a_staff_file(self) -> None:
        assert not [where for where in fields_within(*FILE_CLASSES) if not told(where[1], FILE_PAGE)]
        assert StaffFile in FILE_CLASSES

    def test_every_word(self) -> None:
        for words in (Level, CreditUnit, Held, casecore.staff.posts.StaffDay, casecore.staff.posts.Footing):
            assert not [word.value for word in words if f"`{word.value}`" not in POST_PAGE]
        assert not [word.value for word in casecore.staff.CredentialSort if f"`{word.value}`" not in FILE_PAGE]

    def test_every_flaw_that_only_posts_have(self) -> None:
        rulebooks = (REFERENCE / "rulebook-format.md").read_text(encoding="utf-8")
        assert not [code.value for code in FlawCode if f"`{code.value}`" not in rulebooks + POST_PAGE]


def told(field: str, page: str) -> bool:
    return re.search(rf"[`{{ ,]{field}[` ,}}]", page) is not None
