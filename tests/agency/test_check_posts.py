"""`casecore check` on files of posts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casecore.agency.cli.app import app
from tests.staff.posts.asked import post

RULEBOOK = '[rulebook]\nname = "law"\nversion = "1"\ntitle = "The law"\nlayer = "base"\n'


def run(*typed: Path | str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *map(str, typed)])
    return result.exit_code, result.stdout


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    texts = {
        "junior": post('{ stated = { name = "x" } }', name="junior"),
        "senior": post('{ post = "junior" }', name="senior"),
        "broken": post("{ stated = { nam = 1 } }", name="junior"),
        "torn": "[post",
        "book": RULEBOOK,
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.toml").write_text(text)
    return {name: tmp_path / f"{name}.toml" for name in texts}


class TestCheckingPosts:
    """A file with a ``[post]`` table is checked as a post, beside the other posts of the same command."""

    def test_posts_see_each_other_in_any_order(self, files: dict[str, Path]) -> None:
        for order in (("senior", "junior"), ("junior", "senior"), ("senior", "junior", "senior")):
            code, said = run(*(files[name] for name in order))
            assert (code, said.count("nothing found")) == (0, 2)

    def test_a_post_alone_misses_the_one_it_refers_to(self, files: dict[str, Path]) -> None:
        code, said = run(files["senior"])
        assert code == 1
        assert "edition[0].value.needs.post (senior): names no post that was given [unknown-post]" in said

    def test_beside_a_rulebook(self, files: dict[str, Path]) -> None:
        code, said = run(files["book"], files["junior"], "--json")
        assert code == 1
        assert [(flaw["code"], Path(flaw["file"]).name) for flaw in json.loads(said)["flaws"]] == [
            ("no-standards", "book.toml")
        ]

    def test_a_post_that_cannot_be_read(self, files: dict[str, Path]) -> None:
        code, said = run(files["broken"], files["senior"])
        assert code == 1
        assert "[unreadable]" in said
        assert "is not a field here" in said

    def test_no_toml_and_no_file(self, files: dict[str, Path]) -> None:
        assert run(files["torn"])[0] == 2
        assert run(files["junior"], files["junior"].parent / "none.toml")[0] == 2
