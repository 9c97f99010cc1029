from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import attrs
import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import casecore.testing.strategies
from casecore.standards import Edition, Rule, Rulebook, Standard
from casecore.terms import Entry, NotReadable, Value, plain, read

from .sources import CORE, parsed, public_names

READ_BY_THEIR_OWN_READER = (Standard, Edition, Rulebook)  # a rulebook file first says which rule class it means
ANSWERS = {  # what judgements answer: draw what they are asked, and judge it
    "ContactAccount", "ContactCount", "Course", "CoursePoint", "Evaluation", "JudgedContact", "JudgedLearning",
    "Condition", "LearningAccount", "PartCount", "Qualification", "Score", "Step", "TierReached", "UnitLine",
    "UnitsBilled", "Way",
}  # fmt: skip
MADE_BY_SUBCLASSES_ONLY = {"Value", "Entry", "Rule"}


def modules() -> Iterator[ModuleType]:
    package = casecore.testing.strategies
    for found in pkgutil.iter_modules(package.__path__):
        yield importlib.import_module(f"{package.__name__}.{found.name}")


def makers() -> Iterator[Callable[[], SearchStrategy[Any]]]:
    """Every strategy that can be asked for without an argument."""
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_") and needs_nothing(function):
                yield function


def needs_nothing(function: Callable[..., object]) -> bool:
    """Whether it can be called without arguments."""
    needed = inspect.signature(function).parameters.values()
    return all(
        part.default is not part.empty or part.kind in (part.VAR_KEYWORD, part.VAR_POSITIONAL) for part in needed
    )


def called(make: Callable[..., object]) -> str:
    return f"{make.__module__.rpartition('.')[2]}.{make.__name__}"


def values_in(thing: object) -> Iterator[Value]:
    """A value and every value inside it."""
    if isinstance(thing, Value):
        yield thing
        for field in attrs.fields(type(thing)):
            yield from values_in(getattr(thing, field.name))
    elif isinstance(thing, tuple | frozenset | list):
        for part in thing:
            yield from values_in(part)


def is_handed_in(value: Value) -> bool:
    """Whether a host writes such a value down: an entry, a rule, a shared word; not one that holds an entry."""
    inner = (getattr(value, field.name) for field in attrs.fields(type(value)))
    is_ours = isinstance(value, Entry | Rule) or type(value).__module__.startswith("casecore.terms")
    return is_ours and not any(isinstance(part, Entry) for part in inner)


def public_values() -> dict[type[Value], str]:
    """Every public class of values, with its room."""
    return {
        thing: room
        for room, name, thing in public_names()
        if inspect.isclass(thing) and issubclass(thing, Value) and attrs.has(thing)
        if name not in MADE_BY_SUBCLASSES_ONLY
    }


ALL_MAKERS = list(makers())


class TestRoundTrip:
    """Every value that a strategy makes can be written as plain data and read again."""

    @pytest.mark.parametrize("make", ALL_MAKERS, ids=called)
    @given(data=st.data())
    @hypothesis.settings(max_examples=25, suppress_health_check=list(hypothesis.HealthCheck))
    def test_it_is_the_same_value(self, make: Callable[[], SearchStrategy[Any]], data: st.DataObject) -> None:
        made = data.draw(make())
        values = [made] if isinstance(made, Value) else list(values_in(made))[:5]
        for value in filter(is_handed_in, values):
            if not isinstance(value, READ_BY_THEIR_OWN_READER):
                written = plain(value)
                assert read(written, type(value)) == value
                assert read(json.loads(json.dumps(written)), type(value)) == value


class TestStrategies:
    """Every public value class has a strategy."""

    def test_all_of_them(self) -> None:
        drawn = set()
        for path in (CORE / "testing" / "strategies").glob("*.py"):
            drawn |= {node.id for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
        missing = {(room, cls.__name__) for cls, room in public_values().items() if cls.__name__ not in drawn | ANSWERS}
        assert not missing


class TestEntries:
    """What stored bytes carry is unique, and never empty."""

    @staticmethod
    def entries() -> list[type[Entry]]:
        return [cls for cls in public_values() if issubclass(cls, Entry)]

    def test_every_kind_is_named_once(self) -> None:
        kinds = [(cls.kind, cls.version) for cls in self.entries()]
        assert len(kinds) == len(set(kinds))
        assert all(kind and kind == kind.lower() and " " not in kind for kind, _ in kinds)

    def test_the_day_each_is_dated_by_is_a_field_of_it(self) -> None:
        assert not [cls for cls in self.entries() if cls.dated not in attrs.fields_dict(cls)]

    def test_every_public_value_is_frozen_slotted_and_named_in_its_arguments(self) -> None:
        for cls in public_values():
            fields = attrs.fields(cls)
            assert "__slots__" in vars(cls), cls
            assert cls.__name__ in ("Period",) or all(field.kw_only for field in fields), cls

    def test_every_public_value_refuses_a_stranger_in_every_field_that_asks_for_something(self) -> None:
        stranger = object()
        for cls in public_values():
            with pytest.raises(NotReadable) as caught:
                cls(**{field.alias: stranger for field in attrs.fields(cls)})
            assert {problem.path for problem in caught.value.problems} == {field.name for field in attrs.fields(cls)}, (
                cls
            )
