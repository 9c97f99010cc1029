"""Who may hold a post, typed as a person or a program would type it."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from casecore.agency.cli import options
from casecore.agency.cli.app import app
from casecore.agency.cli.qualification_shown import safe
from casecore.staff import Qualification, StaffFile, may_hold
from casecore.staff.posts import read_post
from casecore.terms import read
from tests.staff.posts.asked import post

ON = ["--on", "2026-03-01"]
NEEDS = """{ any_of = [
  { name = "A", all_of = [
    { degree = { level = "bachelor" } },
    { experience = { at_least = { years = 3 }, work = { kinds = ["mental-health"] } } } ] },
  { name = "B", judged = { clause = "equivalent-combination" } } ] }"""
WORKED = {"began_on": "2020-01-01", "ended_on": "2022-12-31", "share": 1, "kinds": ["mental-health"]}
QUALIFIED = {"worker": "w-1", "degrees": [{"level": "bachelor"}], "credits": [], "experience": [WORKED]}
PLAIN = '{ degree = { level = "bachelor" } }'
NOBODY = {"worker": "w-2", "degrees": [], "experience": []}
UNKNOWN = {"worker": "w-3"}


class Answered(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def told(self) -> list[str]:
        return self.err.splitlines()


def run(*typed: str | Path) -> Answered:
    """Type a command, on a terminal of 80 columns. An error that is not told in words fails the test."""
    result = CliRunner().invoke(app, ["qualify", *map(str, typed)], env={"COLUMNS": "80"})
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return Answered(result.exit_code, result.stdout, result.stderr)


class Desk(NamedTuple):
    """A folder with files in it."""

    folder: Path

    def post(self, needs: str = NEEDS, *more: str, name: str = "case-manager") -> Path:
        path = self.folder / f"{name}.toml"
        path.write_text(post(needs, *more, name=name))
        return path

    def staff(self, *files: Any, name: str = "staff.json") -> Path:
        path = self.folder / name
        path.write_text(json.dumps(files[0] if len(files) == 1 else files))
        return path

    def text(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class TestOne:
    """One staff file: the answer as a tree or as JSON, and as exit code."""

    @pytest.mark.parametrize(
        ("needs", "file", "code", "word"),
        [
            (NEEDS, QUALIFIED, 0, "✓ yes"),
            (PLAIN, NOBODY, 1, "✗ no"),
            (PLAIN, UNKNOWN, 3, "? not known"),
            (NEEDS, NOBODY, 3, "! needs judgement"),
        ],
    )
    def test_each_answer_has_its_exit_code(self, desk: Desk, needs: str, file: Any, code: int, word: str) -> None:
        answered = run(desk.post(needs), desk.staff(file), *ON)
        assert (answered.code, answered.err) == (code, "")
        assert answered.out.startswith(f"{word}  May {file['worker']} hold")
        assert max(map(len, answered.out.splitlines())) <= 80

    def test_the_tree_tells_routes_authority_and_what_is_missing(self, desk: Desk) -> None:
        out = run(desk.post(), desk.staff(QUALIFIED), *ON).out
        assert "by route: A" in out
        assert "Announcement 1" in out
        assert "└── " in out
        assert "not known: degrees" in run(desk.post(PLAIN), desk.staff(UNKNOWN), *ON).out

    def test_the_ways_are_a_table(self, desk: Desk) -> None:
        out = run(desk.post(NEEDS, "counting = { full_time_hours = 35 }"), desk.staff(NOBODY), *ON).out
        assert "what would do, and nothing more" in out
        table = out.partition("what would do, and nothing more")[2].split()
        assert {"takes", "about", "48", "36", "months"} <= set(table), "the sentences are broken over lines"

    def test_conditions_are_told(self, desk: Desk) -> None:
        asked = desk.post('{ credential = { names = ["LMSW"] }, may_follow = { within = { months = 6 } } }')
        file = {"worker": "w-4", "appointed_on": "2026-01-01", "credentials": []}
        answered = run(asked, desk.staff(file), *ON)
        assert answered.code == 0
        assert "on condition: " in answered.out
        said = run(asked, desk.staff(file), *ON, "--json").json
        assert [(each["by"], each["footing"]) for each in said["conditions"]] == [("2026-07-01", "conditional")]

    def test_json_is_what_the_function_says(self, desk: Desk) -> None:
        asked = desk.post()
        for file in (QUALIFIED, NOBODY):
            found = may_hold(read_post(asked), read(file, StaffFile), on=datetime(2026, 3, 1, tzinfo=UTC).date())
            said = run(asked, desk.staff(file), *ON, "--json").json
            assert (said["form"], said["answer"], said["worker"]) == (1, found.answer.value, file["worker"])
            assert said["routes"] == list(found.routes)
            assert [way["on"] for way in said["ways"]] == [way.on.isoformat() for way in found.ways]
            assert [part["question"] for part in said["parts"]] == [part.question for part in found.parts]
            assert set(said) >= {field.name for field in Qualification.__attrs_attrs__} - {"question"}

    def test_what_a_way_adds_can_be_read_again(self, desk: Desk) -> None:
        (way, *_) = run(desk.post(PLAIN), desk.staff(NOBODY), *ON, "--json").json["ways"]
        (step,) = way["steps"]
        assert read(step["adds"] | {"worker": "w"}, StaffFile).degrees

    def test_today_is_that_of_the_zone(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(options, "system_clock", lambda: datetime(2026, 3, 1, 2, tzinfo=UTC))
        asked, file = desk.post(), desk.staff(QUALIFIED)
        assert run(asked, file, "--json").json["on"] == "2026-03-01"
        assert run(asked, file, "--json", "--zone", "America/New_York").json["on"] == "2026-02-28"

    def test_a_step(self, desk: Desk) -> None:
        needs = '{ all_of = [{ stated = { name = "fit" } }, { stated = { name = "examined" }, asked_at = ["hire"] }] }'
        asked = desk.post(needs, 'steps = ["application", "hire"]')
        file = desk.staff({"worker": "w", "statements": [{"name": "fit", "is_so": True}]})
        assert run(asked, file, *ON, "--step", "application").code == 0
        assert run(asked, file, *ON).code == 3
        wrong = run(asked, file, *ON, "--step", "interview")
        assert wrong.code == 2
        assert "no such step" in wrong.err

    def test_posts_that_it_refers_to(self, desk: Desk) -> None:
        asked, other = desk.post('{ post = "other" }'), desk.post(PLAIN, name="other")
        assert run(asked, desk.staff(QUALIFIED), *ON, "--with", other).code == 0
        alone = run(asked, desk.staff(QUALIFIED), *ON)
        assert (alone.code, alone.out) == (2, "")
        assert "edition[0].value.needs.post: must name one of the posts given" in alone.err

    def test_what_a_terminal_would_obey_is_not_printed(self, desk: Desk) -> None:
        assert "\x1b" not in run(desk.post(), desk.staff(QUALIFIED | {"worker": "\x1b[2Jw[red]x"}), *ON).out
        assert safe("a\x1b[2J\u202eb") == "a\ufffd[2J\ufffdb"
        assert "w[red]x" in run(desk.post(), desk.staff(QUALIFIED | {"worker": "w[red]x"}), *ON).out


class TestSeveral:
    """A list of staff files: one tree or one line of JSON each, and the exit code of the worst."""

    def test_one_line_each(self, desk: Desk) -> None:
        answered = run(desk.post(PLAIN), desk.staff(QUALIFIED, UNKNOWN, NOBODY), *ON, "--json")
        said = [json.loads(line) for line in answered.out.splitlines()]
        assert [(each["worker"], each["answer"]) for each in said] == [
            ("w-1", "yes"), ("w-3", "not-known"), ("w-2", "no"),
        ]  # fmt: skip
        assert answered.code == 1

    def test_the_worst_counts(self, desk: Desk) -> None:
        asked = desk.post(PLAIN)
        assert run(asked, desk.staff(QUALIFIED, QUALIFIED), *ON).code == 0
        assert run(asked, desk.staff(QUALIFIED, UNKNOWN), *ON).code == 3
        assert run(asked, desk.staff(UNKNOWN, NOBODY), *ON).code == 1

    def test_one_that_cannot_be_read_stops_no_other(self, desk: Desk) -> None:
        answered = run(desk.post(PLAIN), desk.staff(NOBODY, {"worker": 7, "degrees": [{}]}, QUALIFIED), *ON, "--json")
        assert answered.code == 2
        assert answered.told == [
            "casecore: staff file: [1].worker: must be text",
            "casecore: staff file: [1].degrees[0].level: is missing",
        ]
        said = [json.loads(line) for line in answered.out.splitlines()]
        assert [each["answer"] for each in said] == ["no", "unreadable", "yes"]
        assert [each["path"] for each in said[1]["problems"]] == ["[1].worker", "[1].degrees[0].level"]

    def test_an_empty_list(self, desk: Desk) -> None:
        answered = run(desk.post(), desk.text("staff.json", "[]"), *ON)
        assert (answered.code, answered.told) == (2, ["casecore: staff file: must hold at least one staff file"])


SECRET = "Jane-Doe-1999"


class TestBadInput:
    """Whatever is handed in: exit code 2, every problem with its path, and nothing of what stands there."""

    @pytest.mark.parametrize(
        ("bad", "path"),
        [
            ({"experience": [{"began_on": "2020-01-02", "ended_on": "2020-01-01"}]}, "experience[0].ended_on"),
            ({"degrees": [{"level": "bachelor", "title": SECRET}] * 2}, "degrees[1]"),
            ({"experience": [{"began_on": "2020-01-01", "hours_per_week": -5}]}, "experience[0].hours_per_week"),
            ({"experience": [{"began_on": "2020-01-01", "share": 4}]}, "experience[0].share"),
            ({"degrees": [{"level": SECRET}]}, "degrees[0].level"),
            ({"born_on": SECRET}, "born_on"),
            ({"statements": [{"name": f"{SECRET}\0", "is_so": True}]}, "statements[0].name"),
            ({SECRET: 1}, "(a field whose name is not an identifier)"),
            ({"credits": [{"amount": 1e300, "unit": "semester"}]}, "credits[0].amount"),
        ],
    )
    def test_a_staff_file(self, desk: Desk, bad: Any, path: str) -> None:
        answered = run(desk.post(), desk.staff(QUALIFIED | bad), *ON)
        assert (answered.code, answered.out) == (2, "")
        assert any(line.startswith(f"casecore: staff file: {path}: ") for line in answered.told), answered.err
        assert SECRET not in answered.err

    @pytest.mark.parametrize(
        "text",
        [
            b"", b"{", b"\xff\xfe{\0", b"[" * 100_000, b'{"worker": ' * 70 + b"1" + b"}" * 70, b'{"worker": "\\ud800"}',
            b'{"worker": "a\0b"}', b'"Jane-Doe-1999"', b"NaN", b'{"worker": "\\u0000"}', b"[[]]", b"[null, 7]",
        ],
    )  # fmt: skip
    def test_what_is_no_staff_file(self, desk: Desk, text: bytes) -> None:
        answered = run(desk.post(), desk.text("staff.json", text), *ON)
        assert (answered.code, answered.out) == (2, "")
        assert all(line.startswith("casecore: staff file: ") for line in answered.told)
        assert SECRET not in answered.err

    def test_files_too_large_to_be_meant(self, desk: Desk) -> None:
        large = desk.folder / "large"
        with large.open("wb") as file:
            file.truncate(100_000_000)
        staff = run(desk.post(), large, *ON)
        assert (staff.code, staff.told) == (2, ["casecore: staff file: must not be larger than 50000000 bytes"])
        asked = run(large, desk.staff(QUALIFIED), *ON)
        assert (asked.code, asked.told) == (2, [f"casecore: post: {large}: must not be larger than 5000000 bytes"])

    def test_every_problem_of_every_post(self, desk: Desk) -> None:
        one, other = desk.text("one.toml", f'[post]\nname = "{SECRET}'), desk.text("other.toml", "[post]\n")
        answered = run(one, desk.staff(QUALIFIED), *ON, "--with", other, "--with", desk.folder / "none")
        assert (answered.code, answered.out) == (2, "")
        for name in ("one.toml", "other.toml", "none"):
            assert any(line.startswith(f"casecore: post: {desk.folder / name}: ") for line in answered.told)
        assert SECRET not in answered.err

    def test_posts_in_a_circle(self, desk: Desk) -> None:
        one, two = desk.post('{ post = "two" }', name="one"), desk.post('{ post = "one" }', name="two")
        answered = run(one, desk.staff(QUALIFIED), *ON, "--with", two)
        assert answered.code == 2
        assert "must not lead back to its own post: one -> two -> one" in answered.err

    def test_what_does_not_fit_together(self, desk: Desk) -> None:
        asked, staff, sheet = desk.post(), desk.staff(QUALIFIED), desk.text("a.csv", "worker\n")
        for typed in ([], [staff, "--template"], [staff, "--out", "x"], [sheet, "--json"], ["--template", "--json"]):
            answered = run(asked, *typed)
            assert (answered.code, answered.out) == (2, "")
            assert answered.err.startswith("casecore: command line: ")

    def test_a_day_without_an_edition(self, desk: Desk) -> None:
        answered = run(desk.post(), desk.staff(QUALIFIED), "--on", "1999-01-01")
        assert (answered.code, answered.out) == (2, "")
        assert run(desk.post(), desk.text("a.csv", "worker\nw\n"), "--on", "1999-01-01").code == 2


class TestSheet:
    """A spreadsheet of applicants comes back as a spreadsheet of answers, whole or not at all."""

    HEADING = "worker,degree_1_level,degrees"

    def test_answers_take_their_place(self, desk: Desk) -> None:
        sheet = desk.text("a.csv", f"{self.HEADING}\nw-1,bachelor,\nw-2,,none\nw-3,,\n")
        out = desk.folder / "answers.csv"
        answered = run(desk.post(PLAIN), sheet, "--out", out, *ON)
        assert (answered.code, answered.out) == (0, "")
        assert answered.told == ["casecore: 3 rows: 1 no, 1 not-known, 1 yes"]
        with out.open(newline="", encoding="utf-8") as text:
            assert [each["answer"] for each in csv.DictReader(text)] == ["yes", "no", "not-known"]
        assert sorted(os.listdir(desk.folder)) == ["a.csv", "answers.csv", "case-manager.toml"]

    def test_a_terminal_sees_how_far_it_is(self, desk: Desk) -> None:
        sheet, out = desk.text("a.csv", f"{self.HEADING}\n" + "w-1,bachelor,\n" * 250), desk.folder / "answers.csv"
        typed = ["qualify", str(desk.post(PLAIN)), str(sheet), "--out", str(out), *ON]
        result = CliRunner().invoke(app, typed, env={"COLUMNS": "80", "FORCE_COLOR": "1"})
        assert result.exit_code == 0
        assert "Judging" in result.stderr
        assert "Judging" not in result.stdout
        assert len(out.read_text().splitlines()) == 251

    def test_bad_rows_are_told_and_stop_no_other(self, desk: Desk) -> None:
        sheet = desk.text("a.csv", f"{self.HEADING}\nw-1,{SECRET},\nw-\xe92,,none\n".encode("latin-1") + b"w-3,,none\n")
        answered = run(desk.post(PLAIN), sheet, *ON)
        assert answered.code == 2
        assert [each["answer"] for each in csv.DictReader(io.StringIO(answered.out))] == ["unreadable"] * 2 + ["no"]
        assert answered.told[0].startswith("casecore: applicants: row 2, degree_1_level: must be one of ")
        assert answered.told[1] == "casecore: applicants: row 3: must be UTF-8: save the sheet as CSV UTF-8"
        assert SECRET not in answered.err + answered.out

    def test_of_very_many_problems_the_first_are_told(self, desk: Desk) -> None:
        sheet = desk.text("a.csv", "worker,born_on\n" + "w,soon\n" * 50)
        answered = run(desk.post(PLAIN), sheet, *ON)
        assert len(answered.told) == 22
        assert answered.told[-2:] == [
            "casecore: applicants: further problems stand in the answers only",
            "casecore: 50 rows: 50 unreadable",
        ]

    def test_the_answers_look_as_the_applicants_did(self, desk: Desk) -> None:
        sheet = desk.text("a.csv", "\ufeffworker;degrees\r\nw-1;none\r\n")
        out = desk.folder / "answers.csv"
        assert run(desk.post(PLAIN), sheet, "--out", out, *ON).code == 0
        assert out.read_bytes().startswith(b'\xef\xbb\xbf"row";"worker"')

    @pytest.mark.parametrize("text", ["", "name\nJane\n", "worker,jane\n", "\0"])
    def test_without_a_heading_nothing_is_written(self, desk: Desk, text: str) -> None:
        out = desk.text("answers.csv", "what was there")
        answered = run(desk.post(PLAIN), desk.text("a.csv", text), "--out", out, *ON)
        assert answered.code == 2
        assert all(line.startswith("casecore: applicants: row 1") for line in answered.told)
        assert out.read_text() == "what was there"
        assert len(os.listdir(desk.folder)) == 3

    def test_where_nothing_can_be_written(self, desk: Desk) -> None:
        sheet = desk.text("a.csv", "worker\nw-1\n")
        for out in (desk.folder, desk.folder / "none" / "answers.csv"):
            answered = run(desk.post(PLAIN), sheet, "--out", out, *ON)
            assert (answered.code, answered.told) == (
                2,
                ["casecore: command line: --out: must be a file that can be written"],
            )
        assert "must not be the spreadsheet" in run(desk.post(PLAIN), sheet, "--out", sheet, *ON).err
        assert sheet.read_text() == "worker\nw-1\n"
        assert run(desk.post(PLAIN), desk.folder / "none.csv").told == [
            "casecore: applicants: must be a file that can be opened"
        ]

    def test_nothing_is_left_half_written(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError("no space")

        monkeypatch.setattr(os, "replace", full)
        sheet, out = desk.text("a.csv", "worker\nw-1\n"), desk.folder / "answers.csv"
        result = CliRunner().invoke(app, ["qualify", str(desk.post(PLAIN)), str(sheet), "--out", str(out), *ON])
        assert result.exit_code != 0
        assert sorted(os.listdir(desk.folder)) == ["a.csv", "case-manager.toml"]

    def test_the_template_can_be_filled_in(self, desk: Desk) -> None:
        template = run(desk.post(), "--template")
        assert template.code == 0
        columns = next(csv.reader(io.StringIO(template.out)))
        facts = {
            "worker": "w-1", "degree_1_level": "bachelor", "spell_1_began_on": "2020-01-01", "spell_1_share": "100%",
            "spell_1_ended_on": "2022-12-31", "spell_1_kinds": "mental-health",
        }  # fmt: skip
        assert set(facts) < set(columns)
        sheet = desk.text("a.csv", template.out + ",".join(facts.get(column, "") for column in columns) + "\n")
        (said,) = csv.DictReader(io.StringIO(run(desk.post(), sheet, *ON).out))
        assert (said["answer"], said["routes"]) == ("yes", "A")
