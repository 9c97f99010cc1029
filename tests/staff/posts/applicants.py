"""
Applicants as data, beside the post they apply for: what a person worked out from the announcement, before any judge.

``NAME.applicants.toml`` lists ``[[applicant]]`` tables: ``case`` (a sentence), ``on`` (the day asked), ``step``,
``answer``, ``routes`` and ``conditions`` (tables of ``what``, ``by``, ``footing``; compared as far as they are told),
``because`` (the arithmetic, for the reader) and ``file``, a staff file without its worker.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from casecore.staff import StaffFile, may_hold
from casecore.staff.posts import Post
from casecore.terms import read

ENDING = ".applicants.toml"
TOLD = {"case", "on", "step", "answer", "routes", "conditions", "because", "file"}


def files_in(folder: Path) -> dict[str, Path]:
    """The applicants' files in *folder*, by the name of their post."""
    return {path.name.removesuffix(ENDING): path for path in sorted(folder.glob(f"*{ENDING}"))}


def applicants_in(folder: Path) -> list[Any]:
    """Every applicant, with the name of the post, as parameters for a test; the ids can be read."""
    found = []
    for post, path in files_in(folder).items():
        for number, told in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["applicant"], start=1):
            told["file"]["worker"] = f"applicant-{number}"
            found.append(pytest.param(post, told, id=f"{post}: {told['case']}"))
    return found


def is_answered_as_told(post: Post, told: dict[str, Any], posts: Iterable[Post] = ()) -> None:
    """Fail, with the verdict, where the judge does not say what the person did."""
    assert set(told) <= TOLD, set(told) - TOLD
    verdict = may_hold(post, read(told["file"], StaffFile), on=told["on"], step=told.get("step"), posts=tuple(posts))
    assert verdict.answer.value == told["answer"], verdict
    if "routes" in told:
        assert sorted(verdict.routes) == sorted(told["routes"]), verdict
    if "conditions" in told:
        found = [{"what": each.what, "by": each.by, "footing": each.footing.value} for each in verdict.conditions]
        assert len(found) == len(told["conditions"]), verdict
        for have, want in zip(found, told["conditions"], strict=True):
            assert {key: have[key] for key in want} == want, verdict
