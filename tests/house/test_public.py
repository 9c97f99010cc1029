from __future__ import annotations

import ast
import inspect
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import casecore
from scripts import codes, names

from .sources import CORE, TOP, doors, parsed, public_names, where

SAID_ELSEWHERE = {"setter", "overload", "rule", "initialize", "invariant"}  # by a twin, or by its name as a sentence


class TestPublicNames:
    """What is public is proved: every name in a room's ``__all__`` exists and says what it is."""

    def test_every_name_exists_and_none_twice(self) -> None:
        wrong = []
        for room, door in doors():
            names = list(getattr(door, "__all__", ()))
            wrong += [f"{room}.{name} is not there" for name in names if not hasattr(door, name)]
            wrong += [f"{room}.{name} stands twice" for name in set(names) if names.count(name) > 1]
        assert not wrong

    def test_every_room_says_what_it_is_for(self) -> None:
        assert not [room for room, door in doors() if getattr(door, "__all__", ()) and not door.__doc__]

    def test_nothing_comes_in_by_a_door_that_is_not_named_on_it(self) -> None:
        wrong = [
            f"{room}.{name}"
            for room, door in doors()
            for name, thing in vars(door).items()
            if not name.startswith("_") and not inspect.ismodule(thing) and name != "annotations"
            if getattr(thing, "__module__", "") != "typing"
            if name not in getattr(door, "__all__", ())
        ]
        assert not wrong

    def test_every_name_has_a_docstring_of_its_own(self) -> None:
        said = set(_constants_with_words())
        wrong = [
            f"{room}.{name}"
            for room, name, thing in public_names()
            if not (_has_words(thing) if inspect.isclass(thing) or inspect.isroutine(thing) else (room, name) in said)
        ]
        assert not wrong

    def test_public_members_have_docstrings_too(self) -> None:
        classes = [
            node for path in CORE.rglob("*.py") for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)
        ]
        said: dict[str, set[str]] = {}  # a method may leave it to the class that its own class is a kind of
        for node in classes:
            methods = [member for member in node.body if isinstance(member, ast.FunctionDef)]
            said.setdefault(node.name, set()).update(each.name for each in methods if ast.get_docstring(each))
        wrong = []
        for path in CORE.rglob("*.py"):
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    above = set().union(*(said.get(ast.unparse(kind), set()) for kind in node.bases))
                    wrong += [
                        f"{where(path, member)} {node.name}.{member.name}"
                        for member in node.body
                        if isinstance(member, ast.FunctionDef) and not member.name.startswith("_")
                        if not ast.get_docstring(member) and member.name not in above
                        if not SAID_ELSEWHERE & {_called(mark) for mark in member.decorator_list}
                        if not member.name.startswith("test_") and member.name not in ("contradictions", "teardown")
                    ]
        assert not wrong

    def test_the_version_is_the_packages(self) -> None:
        assert f'version = "{casecore.__version__}"' in (TOP / "pyproject.toml").read_text()


class TestCodes:
    """Every finding code, due code and rule word is documented and tested."""

    def test_the_page_of_names_is_what_the_sources_say(self) -> None:
        assert names.PAGE.read_text() == names.page(), "run: python scripts/names.py"

    def test_the_page_of_codes_is_what_the_sources_say(self) -> None:
        assert codes.PAGE.read_text() == codes.page(), "run: python scripts/codes.py"

    def test_the_words_of_rules_are_those_that_the_classes_carry(self) -> None:
        written = {word.word for word in codes.rules()}
        carried = {getattr(thing, "asks", "") for _, _, thing in public_names() if inspect.isclass(thing)}
        assert {word for word in carried if word} <= written

    def test_a_code_is_written_out_and_never_put_together(self) -> None:
        assert not list(codes.unreadable_codes())

    def test_codes_and_words_are_kebab_case(self) -> None:
        words = [word.word for word in (*codes.codes(), *codes.rules())]
        assert not [word for word in words if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", word)]

    def test_every_code_and_word_occurs_in_a_test(self) -> None:
        tests = [*TOP.glob("tests/**/*.py"), *TOP.glob("plugins/*/tests/**/*.py"), *TOP.glob("**/rulebooks/*.toml")]
        text = "\n".join(path.read_text(encoding="utf-8") for path in tests)
        assert not [word.word for word in codes.codes() if word.word not in text]
        assert not [word.word for word in codes.rules() if word.word not in text and word.name not in text]

    def test_the_script_finds_codes_in_each_form(self, tmp_path: Path) -> None:
        room = tmp_path / "src" / "casecore" / "contacts"
        room.mkdir(parents=True)
        (room / "owed.py").write_text(
            'LATE = "note-late"\n'
            "def notes_due():\n"
            '    """Say which notes are late. More."""\n'
            '    yield Due(code=LATE), Due(code="a" if x else "b"), Finding(code=f"note-{x}")\n'
        )
        assert [(code.word, code.room, code.says) for code in codes.codes(tmp_path)] == [
            ("note-late", "contacts", "Say which notes are late"),
            ("a", "contacts", "Say which notes are late"),
            ("b", "contacts", "Say which notes are late"),
        ]
        assert [place.split(":")[1] for place in codes.unreadable_codes(tmp_path)] == ["4"]


def _called(mark: ast.expr) -> str:
    """The last word of a decorator's name."""
    mark = mark.func if isinstance(mark, ast.Call) else mark
    return getattr(mark, "attr", getattr(mark, "id", ""))


def _has_words(thing: object) -> bool:
    words = str((vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__) or "")
    return bool(words) and not words.startswith(f"{getattr(thing, '__name__', '')}(")


def _constants_with_words() -> Iterator[tuple[str, str]]:
    """Module constants followed by a string that says what they are."""
    for path in CORE.glob("*/**/*.py"):
        body = parsed(path).body
        for node, after in itertools.pairwise(body):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            words = after.value if isinstance(after, ast.Expr) else None
            if isinstance(words, ast.Constant) and isinstance(words.value, str):
                for target in targets:
                    if isinstance(target, ast.Name):
                        yield path.relative_to(CORE).parts[0], target.id
