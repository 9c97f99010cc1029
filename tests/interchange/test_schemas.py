from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it comes without types

from casecore.interchange import post_schema, staff_file_schema
from casecore.staff import StaffFile
from casecore.staff.posts import Qualifications, read_post
from casecore.terms import NotReadable, plain, read
from casecore.testing.strategies.posts import posts, qualifications
from casecore.testing.strategies.staff_files import staff_files
from scripts import schemas
from tests.staff.posts.asked import HEADING, SOURCE, edition
from tests.staff.posts.test_reading import ICM

POST = Draft202012Validator(post_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
STAFF_FILE = Draft202012Validator(staff_file_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
FILE = {"worker": "w-1", "degrees": [{"level": "bachelor"}]}


def as_json(text: str) -> Any:
    return json.loads(json.dumps(tomllib.loads(text), default=date.isoformat))


def heading_and(value: Any) -> dict[str, Any]:
    dated = {"since": "2024-01-01", "source": {"cite": "Announcement 1"}, "value": value}
    return {"post": {"name": "clerk", "title": "Clerk"}, "edition": [dated]}


class TestTheFiles:
    """The schemas that travel with the package are those that the values' own checks give."""

    def test_they_are_up_to_date(self) -> None:
        for path, text in schemas.texts().items():
            assert path.read_text(encoding="utf-8") == text, "run: python scripts/schemas.py"

    @pytest.mark.parametrize("make", [post_schema, staff_file_schema])
    def test_they_are_schemas(self, make: Callable[[], dict[str, Any]]) -> None:
        Draft202012Validator.check_schema(make())

    def test_every_field_of_the_files_is_told_of_or_speaks_for_itself(self) -> None:
        defined = staff_file_schema()["$defs"]
        assert "never a name" in defined["StaffFile"]["properties"]["worker"]["description"]
        assert defined["StaffFile"]["properties"]["examined_on"]["description"].startswith("The days from which")
        assert "transcript" in defined["Degree"]["properties"]["papers"]["description"]


class TestWhatIsRead:
    """What the reader accepts, the schema accepts."""

    @given(qualifications())
    @settings(max_examples=15, deadline=None)
    def test_qualifications(self, asked: Qualifications) -> None:
        POST.validate(heading_and(plain(asked)))

    @given(posts())
    @settings(max_examples=15, deadline=None)
    def test_editions(self, post: Any) -> None:
        written = [plain(edition) for edition in post.asks.editions]
        POST.validate({"post": {"name": post.name, "title": post.title}, "edition": written})

    @given(staff_files())
    @settings(max_examples=15, deadline=None)
    def test_staff_files(self, file: StaffFile) -> None:
        STAFF_FILE.validate(plain(file))

    def test_a_file_with_a_list_a_repeal_and_no_value(self) -> None:
        POST.validate(as_json(ICM))


class TestWhatIsRefused:
    """What a schema can see, reader and schema refuse alike."""

    @pytest.mark.parametrize(
        "text",
        [
            HEADING,
            HEADING.replace("title", "titel") + edition('{ stated = { name = "x" } }'),
            HEADING + edition('{ stated = { name = "" } }'),
            HEADING + edition('{ stated = { name = " " } }'),
            HEADING + edition('{ degree = { level = "wizard" } }'),
            HEADING + edition("{ degree = { level = 1 } }"),
            HEADING + edition('{ degree = { level = "master", fields = "law" } }'),
            HEADING + edition("{ experience = { at_least = { years = -1 } } }"),
            HEADING + edition("{ experience = { at_least = { years = 101 } } }"),
            HEADING + edition("{ experience = { at_least = { weeks = 1 } } }"),
            HEADING + edition("{ credits = { at_least = 3 } }"),
            HEADING + edition('{ stated = { name = "x" } }', source=""),
            HEADING + edition('{ stated = { name = "x" } }', since="'soon'"),
            HEADING + edition('{ stated = { name = "x" } }', "counting = { full_time_hours = 0 }"),
            HEADING + edition('{ all_of = [{ any_of = [{ stated = { name = "x", until = 2024-01-01 } }] }] }'),
            HEADING + f"[[edition]]\nsince = 2024-01-01\n{SOURCE}\n",
            HEADING + edition("{ post = 'x' }").replace("[edition.value]", "repealed = true\n[edition.value]"),
        ],
    )  # fmt: skip
    def test_posts(self, text: str) -> None:
        with pytest.raises(NotReadable):
            read_post(text)
        assert not POST.is_valid(as_json(text))

    @pytest.mark.parametrize(
        "change",
        [
            {"worker": ""},
            {"worker": None},
            {"name": "Jane Roe"},
            {"degrees": {"level": "bachelor"}},
            {"degrees": [{}]},
            {"credits": [{"amount": -1, "unit": "semester"}]},
            {"credits": [{"amount": 3, "unit": "trimester"}]},
            {"experience": [{"began_on": "2020-02-30"}]},
            {"experience": [{"began_on": "2020-02-01", "share": 4}]},
            {"experience": [{"began_on": "2020-02-01", "served": [{"group": "x"}]}]},
            {"credentials": [{"name": "LMSW", "suspended": [{"start": "2020-01-01"}]}]},
            {"statements": None},
            {"rulings": [{"post": "x", "clause": "y", "is_so": "yes", "decided_on": "2020-01-01", "by": "z"}]},
        ],
    )
    def test_staff_files(self, change: dict[str, Any]) -> None:
        assert STAFF_FILE.is_valid(FILE)
        assert read(FILE, StaffFile)
        with pytest.raises(NotReadable):
            read(FILE | change, StaffFile)
        assert not STAFF_FILE.is_valid(FILE | change)

    @given(st.data())
    @settings(max_examples=15, deadline=None)
    def test_a_stranger_among_the_fields_is_refused_wherever_it_stands(self, data: st.DataObject) -> None:
        written = json.loads(json.dumps(plain(data.draw(qualifications()))))
        table = data.draw(st.sampled_from(list(_tables(written))))
        table["stranger"] = 1
        with pytest.raises(NotReadable):
            read(written, Qualifications)
        assert not POST.is_valid(heading_and(written))


def _tables(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        return [data, *(table for part in data.values() for table in _tables(part))]
    return [table for part in data for table in _tables(part)] if isinstance(data, list) else []
