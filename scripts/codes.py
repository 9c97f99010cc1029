"""
Write ``docs/reference/codes.md``: every finding and due code, and every word by which a rulebook names a rule.

Read from the sources, so a code must stand there as text: ``code="contact-owed"``, or as a constant of its module. The
page's words are the first sentence of the docstring next to the code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parent.parent
PAGE = TOP / "docs" / "reference" / "codes.md"
PLACES = ("src/casecore/*/**/*.py", "plugins/*/src/**/*.py")

HEAD = """# Codes

Every code on a finding or a due, and every word that a rulebook file uses for a rule. They never change their meaning.
This page is written by `python scripts/codes.py`; do not edit it.
"""


class Word(NamedTuple):
    """One code or rule word: what it is, where it stands, and what the docstring nearest to it says."""

    word: str
    room: str
    name: str
    says: str


def codes(top: Path = TOP) -> Iterator[Word]:
    """Every code that a `Finding` or a `Due` is made with."""
    for path, tree in _sources(top):
        constants = _constants(tree)
        for call, inside in _calls(tree):
            for keyword in call.keywords:
                if keyword.arg != "code":
                    continue
                for code in _texts(keyword.value, constants):
                    yield Word(code, _room(path), getattr(inside, "name", ""), _says(inside, tree))


def unreadable_codes(top: Path = TOP) -> Iterator[str]:
    """Places where a code is put together at run time, so that no reader can look it up."""
    for path, tree in _sources(top):
        for call, _ in _calls(tree):
            for keyword in call.keywords:
                put_together = any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in ast.walk(keyword))
                if keyword.arg == "code" and put_together:
                    yield f"{path.relative_to(top)}:{keyword.value.lineno}"


def rules(top: Path = TOP) -> Iterator[Word]:
    """Every rule class with the word that rulebooks use for it."""
    for path, tree in _sources(top):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for keyword in node.keywords:
                    if keyword.arg == "asks" and isinstance(keyword.value, ast.Constant):
                        yield Word(str(keyword.value.value), _room(path), node.name, _first_sentence(node))


def page(top: Path = TOP) -> str:
    """The page as it should be."""
    parts = [HEAD, "## Codes of findings and dues\n", _table(("code", "room", "where", "in short"), codes(top))]
    parts += ["\n## Words of rules\n", _table(("word", "room", "rule", "in short"), rules(top))]
    return "\n".join(parts)


def _table(heads: tuple[str, ...], words: Iterator[Word]) -> str:
    first: dict[tuple[str, str], Word] = {}
    for word in sorted(words):
        first.setdefault((word.word, word.room), word)
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    lines += [f"| `{word}` | `{room}` | `{name}` | {says} |" for word, room, name, says in first.values()]
    return "\n".join(lines) + "\n"


def _sources(top: Path) -> Iterator[tuple[Path, ast.Module]]:
    for place in PLACES:
        for path in sorted(top.glob(place)):
            if "testing" not in path.relative_to(top).parts:
                yield path, ast.parse(path.read_text())


def _room(path: Path) -> str:
    parts = path.parts
    return parts[len(parts) - parts[::-1].index("src") + (1 if "casecore" in parts else 0)]


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.AST]]:
    """Every call, with the outermost function or class that it stands in."""
    for outermost in tree.body:
        for node in ast.walk(outermost):
            if isinstance(node, ast.Call):
                yield node, outermost


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _texts(value: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.Name) and value.id in constants:
        yield constants[value.id]
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body, constants)
        yield from _texts(value.orelse, constants)


def _says(inside: ast.AST, tree: ast.Module) -> str:
    return _first_sentence(inside) or _first_sentence(tree)


def _first_sentence(node: ast.AST) -> str:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
        return ""
    paragraph = (ast.get_docstring(node) or "").split("\n\n")[0]
    sentence = " ".join(paragraph.split()).split(". ")[0].rstrip(".")
    return sentence.replace("|", "\\|").replace("``", "`")


if __name__ == "__main__":
    PAGE.write_text(page())
