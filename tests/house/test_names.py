from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .sources import TOP, core_files, parsed, plugin_files, where

SAY_NOTHING = {
    "manager", "handler", "helper", "helpers", "util", "utils", "impl", "context", "adapter", "repository", "base",
}  # fmt: skip
THE_TRADES_OWN = {
    "CASE_MANAGER",  # a role that signs plans
    "BASE",  # the least specific layer of rulebooks
}
NAMED_BY_OTHERS = re.compile(r"__\w+__")


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def names_given(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every name that this file gives to something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node, node.name
        elif isinstance(node, ast.arg):
            yield node, node.arg
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node, node.id if isinstance(node, ast.Name) else node.attr


class TestNames:
    """Names are the trade's words, not the machine room's."""

    def test_how_names_are_split(self) -> None:
        assert words("PlanManager") == {"plan", "manager"}
        assert words("_http_handler2") == {"http", "handler"}
        assert words("HTTPAdapter") == {"http", "adapter"}
        assert not words("based_on") & SAY_NOTHING

    def test_no_name_that_says_nothing(self) -> None:
        wrong = [
            f"{where(path, node)} {name}"
            for path in core_files() + plugin_files()
            for node, name in names_given(parsed(path))
            if words(name) & SAY_NOTHING and name not in THE_TRADES_OWN and not NAMED_BY_OTHERS.fullmatch(name)
        ]
        assert not wrong

    def test_no_file_or_folder_that_says_nothing(self) -> None:
        wrong = [
            where(path)
            for path in core_files() + plugin_files()
            if any(words(part) & SAY_NOTHING for part in path.relative_to(TOP).with_suffix("").parts)
        ]
        assert not wrong


class TestFiles:
    """Small files, named after the question they answer."""

    LONGEST = 300

    def test_no_file_is_over_300_lines(self) -> None:
        wrong = [
            f"{where(path)} has {lines} lines"
            for path in core_files() + plugin_files()
            if (lines := len(path.read_text(encoding="utf-8").splitlines())) > self.LONGEST
        ]
        assert not wrong

    def test_every_file_says_what_it_is_for(self) -> None:
        wrong = [where(path) for path in core_files() + plugin_files() if path.stat().st_size and not said(path)]
        assert not wrong

    def test_no_registry_and_no_machine_is_named(self) -> None:
        spelled_apart = ("py" + r"pi\.org", "python" + "hosted", "npm" + "js", "/ro" + "ot/", "/wo" + "rk/")
        hosts = re.compile("|".join(spelled_apart))
        kept = (
            path
            for pattern in ("*.toml", "*.txt", "*.md", "*.py", "*.cfg", ".ci/*")
            for path in (*TOP.glob(pattern), *TOP.glob(f"src/**/{pattern}"), *TOP.glob(f"docs/**/{pattern}"))
            if path.is_file() and "_build" not in path.parts
        )
        assert not [where(path) for path in kept if hosts.search(path.read_text(encoding="utf-8"))]


def said(path: Path) -> str | None:
    return ast.get_docstring(parsed(path))
