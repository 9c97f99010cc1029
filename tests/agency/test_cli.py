"""The command line, typed as a person or a program would type it."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import casecore_sql
import pytest
from typer.testing import CliRunner

from casecore.agency import Agency
from casecore.agency.cli.app import app
from casecore.caseloads import STILL_TO_DO
from casecore.contacts import Contact, Mode, Outcome
from casecore.terms import Due

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "existing_agency"
RULEBOOK = str(EXAMPLE / "rulebook.toml")
TODAY = "2026-10-31"
SMALL = ["--clients", "12", "--employees", "4", "--months", "6", "--today", TODAY]


class Answered(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*typed: str) -> Answered:
    """Type a command, on a terminal of 80 columns. An error that is not told in words fails the test."""
    result = CliRunner().invoke(app, list(typed), env={"COLUMNS": "80", "CASECORE_STORE": ""})
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return Answered(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="module", autouse=True)
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The SQLite plugin is announced as an installed distribution announces it."""
    site = tmp_path_factory.mktemp("site")
    announced = site / "casecore_sql-0.1.0.dist-info"
    announced.mkdir()
    (announced / "METADATA").write_text("Metadata-Version: 2.1\nName: casecore-sql\nVersion: 0.1.0\n")
    (announced / "entry_points.txt").write_text("[casecore.plugins]\nsql = casecore_sql\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(site))
        yield


class Shown(NamedTuple):
    """A small demo: where it wrote, what it printed, and the options that open its store."""

    out: Path
    text: str
    said: Any
    store: list[str]

    def agency(self) -> Agency:
        return Agency.open(self.store[1], plugins=[casecore_sql], rulebooks=[RULEBOOK])

    def names(self) -> set[str]:
        with closing(sqlite3.connect(self.out / "agency.sqlite")) as old:
            return {name for (name,) in old.execute("SELECT full_name FROM individuals")}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    out = tmp_path_factory.mktemp("demo")
    text = run("demo", str(EXAMPLE), "--out", str(out), *SMALL)
    said = run("demo", str(EXAMPLE), "--out", str(out), *SMALL, "--json")
    assert (text.code, said.code, text.err, said.err) == (0, 0, "", "")
    store = f"sqlite:///{out / 'casecore.db'}"
    return Shown(out, text.out, said.json, ["--store", store, "--rulebook", RULEBOOK])


class TestDemo:
    """The demo adopts a database that nobody here wrote, and shows what is due in it and why."""

    def test_it_shows_each_of_its_parts(self, shown: Shown) -> None:
        for heading in (
            "What is due in the whole agency",
            "One case explained",
            "The course of one client",
            "What adoption could not carry over",
            "Time and memory",
            "does it count?",
            "settled by",
            "peak memory",
            "index.html",
        ):
            assert heading in shown.text

    def test_it_fits_a_terminal(self, shown: Shown) -> None:
        assert not [line for line in shown.text.splitlines() if len(line) > 80 and str(shown.out) not in line]

    def test_json(self, shown: Shown) -> None:
        with shown.agency() as agency:
            records = [agency.read(case) for case in agency.cases()]
            worklist = agency.worklist(as_of=date.fromisoformat(TODAY))
        assert shown.said["form"] == 1
        assert shown.said["cases"] == len(records)
        assert shown.said["entries"] == sum(record.number for record in records)
        assert sum(shown.said["dues_by_state"].values()) == sum(shown.said["dues_by_worker"].values()) == len(worklist)
        assert shown.said["findings"] == len(worklist.findings)
        assert {tuple(one) for one in shown.said["left_behind"]} == {("what", "why", "how_many")}
        assert set(shown.said["seconds"]) == {"set up", "adopt", "judge", "write the page"}

    def test_the_course_shown_is_that_of_the_old_system(self, shown: Shown) -> None:
        totals = [point["total"] for point in shown.said["course"]["points"] if point["total"] is not None]
        with closing(sqlite3.connect(shown.out / "agency.sqlite")) as old:
            theirs = old.execute(
                "SELECT total_score FROM assessment_scores JOIN assessments USING (assessment_id)"
                " JOIN assessment_instruments USING (instrument_id)"
                " WHERE instrument_code = 'PHQ9' AND individual_id = ? ORDER BY assessed_at",
                (shown.said["course"]["client"],),
            ).fetchall()
        assert totals == [str(total) for (total,) in theirs]
        assert totals

    def test_no_name_is_shown(self, shown: Shown) -> None:
        page = (shown.out / "index.html").read_text()
        assert len(shown.names()) > 5
        assert not [name for name in shown.names() if name in page or name in shown.text or name in str(shown.said)]

    def test_a_database_of_ones_own(self, shown: Shown, tmp_path: Path) -> None:
        database = tmp_path / "ours.sqlite"
        database.write_bytes((shown.out / "agency.sqlite").read_bytes())
        typed = ["demo", str(EXAMPLE), "--database", str(database), "--out", str(tmp_path / "out"), "--json"]
        answered = run(*typed, "--today", TODAY)
        assert answered.code == 0
        timed = {"seconds", "peak_mib", "page"}
        assert {name: said for name, said in answered.json.items() if name not in timed} == {
            name: said for name, said in shown.said.items() if name not in timed
        }
        assert database.read_bytes() == (shown.out / "agency.sqlite").read_bytes()

    def test_without_the_example(self, tmp_path: Path) -> None:
        answered = run("demo", str(tmp_path), "--out", str(tmp_path / "out"))
        assert answered.code == 2
        assert "mapping.py: is not there" in answered.err
        assert "rulebook.toml: is not there" in answered.err
        assert "a clone of casecore" in answered.err
        assert not (tmp_path / "out").exists()

    def test_without_bhsim(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "bhsim", None)
        answered = run("demo", str(EXAMPLE), "--out", str(tmp_path))
        assert answered.code == 2
        assert "pip install bhsim" in answered.err
        assert "--database" in answered.err

    def test_a_database_that_the_mapping_does_not_fit(self, tmp_path: Path) -> None:
        for name, content in (("empty.sqlite", b""), ("text.sqlite", b"no database at all" * 100)):
            (tmp_path / name).write_bytes(content)
            answered = run("demo", str(EXAMPLE), "--database", str(tmp_path / name), "--out", str(tmp_path / "out"))
            assert answered.code == 2
            assert "does not fit the mapping" in answered.err

    def test_a_database_that_is_not_there(self, tmp_path: Path) -> None:
        answered = run("demo", str(EXAMPLE), "--database", str(tmp_path / "none"), "--out", str(tmp_path / "out"))
        assert (answered.code, answered.err) == (
            2,
            "casecore: command line: --database: must be a file that can be opened\n",
        )

    def test_a_mapping_without_an_agency(self, tmp_path: Path) -> None:
        (tmp_path / "mapping.py").write_text("")
        (tmp_path / "rulebook.toml").write_text("")
        assert "must hold a class OldAgency" in run("demo", str(tmp_path), "--out", str(tmp_path / "out")).err

    def test_a_folder_that_cannot_be_written_in(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        answered = run("demo", str(EXAMPLE), "--out", str(tmp_path / "file"))
        assert (answered.code, answered.err) == (
            2,
            "casecore: command line: --out: must be a folder that can be written in\n",
        )


class Tags(HTMLParser):
    """Reads a page strictly: every tag that opens is closed in order."""

    ALONE = frozenset({"meta", "br", "link", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags_of(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    tags.close()
    assert not tags.open
    return tags


class TestPage:
    """The page stands alone, and can be read without seeing the drawing."""

    def test_it_fetches_nothing(self, shown: Shown) -> None:
        page = (shown.out / "index.html").read_text()
        assert not re.search(r"https?:|<script|<link|<img|@import|url\(|src=", page)

    def test_it_is_well_formed_and_told_in_words(self, shown: Shown) -> None:
        tags = tags_of((shown.out / "index.html").read_text())
        names = [tag for tag, _ in tags.seen]
        assert ("html", {"lang": "en"}) in tags.seen
        drawing = dict(tags.seen)["svg"]
        assert drawing["role"] == "img"
        labels = {said.get("id") for _, said in tags.seen}
        assert set((drawing["aria-labelledby"] or "").split()) <= labels
        assert names.count("caption") == names.count("table") >= 3
        assert all(said.get("scope") == "col" for tag, said in tags.seen if tag == "th")

    def test_it_holds_the_whole_worklist(self, shown: Shown) -> None:
        page = (shown.out / "index.html").read_text()
        worklist = page[page.index('id="worklist"') : page.index('id="left"')]
        assert worklist.count("<tr>") == 1 + sum(shown.said["dues_by_state"].values())

    def test_what_hosts_write_is_escaped(self, shown: Shown, tmp_path: Path) -> None:
        hostile = "<script>alert('&\"')</script>"
        database = tmp_path / "hostile.sqlite"
        database.write_bytes((shown.out / "agency.sqlite").read_bytes())
        with closing(sqlite3.connect(database)) as old, old:
            old.execute("UPDATE programs SET program_code = ? || program_code", (hostile,))
            old.execute("UPDATE individual_programs SET enrollment_id = ? || enrollment_id", (hostile,))
            old.execute("UPDATE visits SET employee_id = ? || employee_id", (hostile,))
        rulebook = (EXAMPLE / "rulebook.toml").read_text()
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / "mapping.py").write_bytes((EXAMPLE / "mapping.py").read_bytes())
        (folder / "rulebook.toml").write_text(re.sub(r"(?m)^programs = .*\n", "", rulebook))
        typed = ["demo", str(folder), "--database", str(database), "--out", str(tmp_path / "out"), "--today", TODAY]
        assert run(*typed).code == 0
        page = (tmp_path / "out" / "index.html").read_text()
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        tags_of(page)


class TestDue:
    """What is to be done: by one worker, on one case, or by the whole agency."""

    def test_json_is_the_worklist(self, shown: Shown) -> None:
        said = run("due", "--as-of", TODAY, *shown.store, "--json").json
        with shown.agency() as agency:
            worklist = agency.worklist(as_of=date.fromisoformat(TODAY))
        assert (said["form"], said["as_of"]) == (1, TODAY)
        assert [(due["case"], due["code"], due["by"], due["state"]) for due in said["dues"]] == [
            (due.case, due.code, due.by.isoformat(), due.state.value) for due in worklist
        ]
        assert len(said["findings"]) == len(worklist.findings) > 0
        assert all(due["source"]["invented"] and due["standard"] for due in said["dues"])

    def test_every_field_of_a_due_is_said(self, shown: Shown) -> None:
        (one, *_) = run("due", "--as-of", TODAY, *shown.store, "--json").json["dues"]
        fields = {field.name for field in attrs.fields(Due)} - {"window", "as_of"}
        assert set(one) == fields | {"from", "by", "state"}

    def test_one_worker(self, shown: Shown) -> None:
        everything = run("due", "--as-of", TODAY, *shown.store, "--json").json["dues"]
        worker = everything[0]["worker"]
        theirs = run("due", "--worker", worker, "--as-of", TODAY, *shown.store, "--json").json["dues"]
        assert theirs == [due for due in everything if due["worker"] == worker]

    def test_one_case(self, shown: Shown) -> None:
        case = shown.said["case"]
        dues = run("due", "--case", case, "--as-of", TODAY, *shown.store, "--json").json["dues"]
        assert {due["case"] for due in dues} == {case}
        assert {due["state"] for due in dues} <= {state.value for state in STILL_TO_DO}

    def test_the_terminal(self, shown: Shown) -> None:
        answered = run("due", "--as-of", TODAY, *shown.store)
        assert f"Worklist of the agency on {TODAY}" in answered.out
        assert "Example Agency Manual 5.1 (invented)" in answered.out
        assert max(map(len, answered.out.splitlines())) <= 80

    def test_nothing_due(self, shown: Shown) -> None:
        answered = run("due", "--worker", "nobody-here", "--as-of", TODAY, *shown.store)
        assert answered.code == 0
        assert "0 on the list" in answered.out

    def test_a_store_without_a_case_says_so(self, tmp_path: Path) -> None:
        answered = run("due", "--store", f"sqlite:///{tmp_path / 'slip.db'}", "--json")
        assert (answered.code, answered.err) == (0, "casecore: this store holds no case\n")
        assert answered.json["dues"] == []

    def test_the_store_by_environment(self, shown: Shown) -> None:
        typed = ["due", "--as-of", TODAY, "--rulebook", RULEBOOK, "--json"]
        result = CliRunner().invoke(app, typed, env={"CASECORE_STORE": shown.store[1]})
        assert result.exit_code == 0
        assert json.loads(result.stdout) == run("due", "--as-of", TODAY, *shown.store, "--json").json


class TestCase:
    """One case: what it owes and why, what counted, what fell short; as of any day, as known on any day."""

    def test_json(self, shown: Shown) -> None:
        case = shown.said["case"]
        said = run("case", case, "--as-of", TODAY, *shown.store, "--json").json
        with shown.agency() as agency:
            record = agency.read(case)
            judged = agency.checklist(case, as_of=date.fromisoformat(TODAY))
        assert [line["entry_id"] for line in said["lines"]] == [line.entry_id for line in record.lines]
        assert all(line["counts"] for line in said["lines"])
        assert len(said["dues"]) == len(judged.dues)
        assert len(said["findings"]) == len(judged.findings)
        assert (said["worker"] or "") == judged.worker
        (account,) = said["contacts"]
        assert account["counted"] == sum(line["counts"] for line in account["contacts"])
        assert all((line["why_not"] is None) == line["counts"] for line in account["contacts"])

    def test_as_of_an_earlier_day(self, shown: Shown) -> None:
        case = shown.said["case"]
        admitted_on = run("case", case, "--as-of", TODAY, *shown.store, "--json").json["admitted_on"]
        said = run("case", case, "--as-of", admitted_on, *shown.store, "--json").json
        assert said["as_of"] == admitted_on
        assert {line["on"] for line in said["lines"]} == {admitted_on}

    def test_as_known_on_an_earlier_day(self, shown: Shown) -> None:
        case, known_on = shown.said["case"], "2026-09-15"
        now = run("case", case, "--as-of", TODAY, *shown.store, "--json").json
        then = run("case", case, "--as-of", TODAY, "--known-on", known_on, *shown.store, "--json").json
        assert then["known_on"] == known_on
        assert then["lines"] == [line for line in now["lines"] if line["recorded_at"][:10] <= known_on]
        assert len(then["lines"]) < len(now["lines"])

    def test_the_terminal(self, shown: Shown) -> None:
        case = shown.said["case"]
        answered = run("case", case, "--as-of", TODAY, "--known-on", TODAY, *shown.store)
        assert f"case {case}" in answered.out
        assert f"as of {TODAY}, as known on {TODAY}" in answered.out
        assert "counted, 2 asked for" in answered.out
        assert max(map(len, answered.out.splitlines())) <= 80

    def test_a_case_without_admission(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'new.db'}"
        with Agency.open(url, plugins=[casecore_sql]) as agency:
            contact = Contact(held_on=date(2026, 3, 4), mode=Mode.TELEPHONE, outcome=Outcome.HELD)
            agency.write("C-1", contact, by="w-1")
        answered = run("case", "C-1", "--store", url)
        assert "Not admitted yet" in answered.out
        assert "Nothing is owed." in answered.out
        assert run("case", "C-1", "--store", url, "--json").json["client"] is None

    def test_a_case_that_is_not_there(self, shown: Shown) -> None:
        assert run("case", "none", *shown.store) == Answered(2, "", "casecore: no such case\n")
        assert run("due", "--case", "none", *shown.store) == Answered(2, "", "casecore: no such case\n")


BROKEN = """
[rulebook]
name = "broken"
version = "1"
title = "Broken"
layer = "agency"

[[standard]]
name = "contacts/monthly"
asks = "contact-minimum"

[[standard.edition]]
since = 2026-01-01
source = {}
value = { at_least = 0, per = "fortnight" }

[[standard]]
name = "contacts/monthly"
asks = "nothing-known"

[[standard.edition]]
since = 2026-01-01
until = 2025-01-01
source = { cite = "a", invented = true }
repealed = true
"""


class TestCheck:
    """Everything that is wrong with a rulebook, at once."""

    def test_a_sound_rulebook(self) -> None:
        assert run("check", RULEBOOK) == Answered(0, f"{RULEBOOK}: nothing found\n", "")
        assert run("check", RULEBOOK, "--json").json == {"form": 1, "flaws": []}

    def test_a_broken_one_names_every_problem(self, tmp_path: Path) -> None:
        file = tmp_path / "broken.toml"
        file.write_text(BROKEN)
        answered = run("check", str(file))
        assert answered.code == 1
        said = run("check", str(file), RULEBOOK, "--json")
        assert said.code == 1
        paths = {flaw["path"] for flaw in said.json["flaws"]}
        assert {
            "standard[0].edition[0].source.cite",
            "standard[0].edition[0].value.at_least",
            "standard[0].edition[0].value.per",
            "standard[1].asks",
            "standard[1].name",
        } <= paths
        assert {flaw["file"] for flaw in said.json["flaws"]} == {str(file)}
        assert len(answered.out.splitlines()) == len(said.json["flaws"])

    @pytest.mark.parametrize("content", [None, b"[rulebook", b"\xff\xfe\x00"], ids=["missing", "no-toml", "no-text"])
    def test_what_is_no_rulebook_at_all(self, tmp_path: Path, content: bytes | None) -> None:
        file = tmp_path / "file.toml"
        if content is not None:
            file.write_bytes(content)
        assert run("check", str(file)).code == 2
        assert run("check", RULEBOOK, str(file)).code == 2
        assert run("check", str(file), "--json").json["flaws"][0]["code"] == "unreadable"

    def test_no_file(self) -> None:
        assert run("check").code == 2


class TestBadInput:
    """One line for each problem, exit code 2, never a traceback, nothing of a client's."""

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            (["due"], "casecore: command line: --store: must be given, or CASECORE_STORE be set\n"),
            (["due", "--store", "oracle://scott:tiger@db"], "no plugin knows stores of the kind oracle:"),
            (["due", "--store", "sqlite://", "--plugin", "none"], "no installed plugin is called 'none'"),
            (["due", "--store", "sqlite://", "--rulebook", "none"], "no rulebook is called 'none'"),
            (["due", "--store", "sqlite://", "--rulebook", "none.toml"], "rulebook"),
            (["due", "--store", "sqlite://", "--zone", "Mars/Olympus"], "must name a time zone"),
            (["due", "--store", "sqlite://", "--as-of", "31.10.2026"], "--as-of"),
            (["due", "--store", "sqlite://", "--worker"], "requires an argument"),
            (["case", "", "--store", "sqlite://"], "must have from 1 to 200 characters"),
            (["case", "\0", "--store", "sqlite://"], "NUL"),
            (["case", "\ud800", "--store", "sqlite://"], "surrogate"),
            (["case", "x" * 1000, "--store", "sqlite://"], "must have from 1 to 200 characters"),
            (["case"], "ID"),
            (["nothing"], "nothing"),
        ],
        ids=lambda said: " ".join(said)[:40].encode("ascii", "replace").decode() if isinstance(said, list) else "",
    )
    def test_each(self, typed: list[str], told: str) -> None:
        answered = run(*typed)
        assert answered.code == 2
        assert told in answered.err
        assert "tiger" not in answered.err
        assert answered.out == ""

    def test_all_problems_of_a_rulebook_one_a_line(self, tmp_path: Path) -> None:
        file = tmp_path / "broken.toml"
        file.write_text(BROKEN)
        lines = run("due", "--store", "sqlite://", "--rulebook", str(file)).err.splitlines()
        assert len(lines) >= 4
        assert all(line.startswith("casecore: rulebook: standard[") for line in lines)

    def test_a_store_that_is_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "text.db").write_text("not a database, but a client's letter " * 100)
        answered = run("due", "--store", f"sqlite:///{tmp_path / 'text.db'}")
        assert answered.code == 2
        assert answered.err.startswith("casecore: ")
        assert "letter" not in answered.err


class TestWithoutTheExtra:
    """Without typer or rich, the command says what to install."""

    @pytest.mark.parametrize("missing", ["typer", "rich"])
    def test_it_says_so(self, missing: str) -> None:
        code = f"import sys; sys.modules[{missing!r}] = None; from casecore.agency.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            env={"PYTHONPATH": ":".join(filter(None, sys.path))},
            check=False,
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            f"casecore: the command line needs {missing}, which is not installed: pip install 'casecore[cli]'\n"
        )


def names_in(said: Any) -> Iterator[str]:
    """Every name in an answer, however deep; what an entry says is the entry's own."""
    if isinstance(said, dict):
        for name, inner in said.items():
            yield name
            if name not in ("entry", "dues_by_state", "dues_by_worker", "seconds"):
                yield from names_in(inner)
    elif isinstance(said, list):
        for inner in said:
            yield from names_in(inner)


class TestReference:
    """The page on the command line tells every name in every answer, and every option."""

    PAGE = (EXAMPLE.parents[1] / "docs" / "reference" / "command-line.md").read_text()

    def test_every_name(self, shown: Shown, tmp_path: Path) -> None:
        broken = tmp_path / "broken.toml"
        broken.write_text(BROKEN)
        answers = [
            shown.said,
            run("due", "--as-of", TODAY, *shown.store, "--json").json,
            run("case", shown.said["case"], "--as-of", TODAY, *shown.store, "--json").json,
            run("check", str(broken), "--json").json,
        ]
        names = {name for said in answers for name in names_in(said)}
        assert {"form", "dues", "why_not", "recorded_at", "severity", "left_behind"} <= names
        assert not [name for name in names if f"`{name}`" not in self.PAGE]

    def test_every_option(self) -> None:
        options = set()
        for command in ("due", "case", "check", "demo"):
            options |= set(re.findall(r"--[a-z-]+", run(command, "--help").out))
        assert {"--store", "--known-on", "--database"} <= options
        assert not [option for option in options - {"--help"} if option not in self.PAGE]
