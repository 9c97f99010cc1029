"""
What an annotation asks of a value, compiled once for each class.

Read are `bool int float Decimal str bytes date datetime`, enums, values, `X | None`, `tuple[X, ...]`, `tuple[X, Y]`,
`frozenset[X]`, unions of these, and `Annotated[X, limit, ...]` with the limits below. A check never quotes the value.
"""

from __future__ import annotations

import enum
import math
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, NamedTuple, Union

from .errors import Problem

type_hints = typing.get_type_hints
Check = Callable[[Any, str, list[Problem]], None]


class AtLeast(NamedTuple):
    """A number no smaller than this."""

    least: int | float


class AtMost(NamedTuple):
    """A number no greater than this."""

    most: int | float


class Length(NamedTuple):
    """Text or a tuple with between *least* and *most* parts."""

    least: int
    most: int


LONGEST_TEXT = 100_000
LONGEST_TUPLE = 10_000
LARGEST_NUMBER = 10**15
TOO_LARGE = f"must lie between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"

Minutes = Annotated[int, AtLeast(0), AtMost(7 * 24 * 60)]
"""Whole minutes, at most a week of them."""
Count = Annotated[int, AtLeast(0), AtMost(1_000_000)]
"""How many; never negative."""
Words = Annotated[str, Length(1, LONGEST_TEXT)]
"""What somebody said or wrote: any text but the empty one."""
Label = Annotated[str, Length(1, 200)]
"""A short name: a program, a role, a place."""
Ref = Annotated[str, Length(1, 200)]
"""An id that a host or the desk gave to something."""


def fields_check(cls: type) -> Callable[[Any, list[Problem]], None]:
    """The check of all fields of an attrs class; compiled at the first use, when every annotation can be read."""
    compiled: list[tuple[str, Check]] = []

    def check(value: Any, problems: list[Problem]) -> None:
        if not compiled:
            hints = type_hints(cls, include_extras=True)
            compiled.extend((field.name, check_of(hints[field.name])) for field in cls.__attrs_attrs__)  # type: ignore[attr-defined]  # an attrs class
        for name, field_check in compiled:
            field_check(getattr(value, name), name, problems)

    return check


@typing.no_type_check
def check_of(annotation: Any) -> Check:
    """The check that *annotation* asks for."""
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _limited(annotation)
    if origin in (Union, types.UnionType):
        return _one_of(typing.get_args(annotation))
    if origin is tuple:
        return _tuple_of(typing.get_args(annotation))
    if origin is frozenset:
        return _set_of(typing.get_args(annotation)[0])
    if isinstance(annotation, typing.TypeVar):
        return check_of(annotation.__bound__ or object)
    if annotation in (Any, object):
        return lambda value, path, problems: None
    return _plain(origin or annotation)


_NAMES = {
    bool: "true or false", int: "a whole number", str: "text", date: "a day", datetime: "an instant with its time zone",
    Decimal: "a finite decimal number", float: "a finite number", bytes: "bytes", type(None): "nothing",
}  # fmt: skip


def name_of(annotation: Any) -> str:
    """What a person would call such a value."""
    if annotation in _NAMES:
        return _NAMES[annotation]
    if typing.get_origin(annotation) is Annotated:
        return name_of(typing.get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return "one of " + ", ".join(str(member.value) for member in annotation)
    name = getattr(annotation, "__name__", "value")
    return f"an {name}" if name[0] in "AEIOU" else f"a {name}"


def text_problem(value: str) -> str | None:
    """The one text policy: no NUL, no lone surrogate, not longer than we are ready to keep."""
    if len(value) > LONGEST_TEXT:
        return f"must not be longer than {LONGEST_TEXT} characters"
    if value.isascii():
        return "must not hold a NUL character" if "\0" in value else None
    if "\0" in value:
        return "must not hold a NUL character"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "must not hold half of a character (a lone surrogate)"
    return None


def _is_finite(value: Any) -> bool:
    """Never by arithmetic: a decimal may be too large for it, an integer too large for a float."""
    return value.is_finite() if isinstance(value, Decimal) else isinstance(value, int) or math.isfinite(value)


def _is_in_bounds(value: Any) -> bool:
    return bool(-LARGEST_NUMBER <= value <= LARGEST_NUMBER)


def _plain(kind: type) -> Check:
    message = f"must be {name_of(kind)}"

    def number(value: Any, path: str, problems: list[Problem]) -> None:
        if type(value) is bool or not isinstance(value, int | kind) or not _is_finite(value):
            problems.append(Problem(path, message))
        elif not _is_in_bounds(value):
            problems.append(Problem(path, TOO_LARGE))

    def whole(value: Any, path: str, problems: list[Problem]) -> None:
        if type(value) is not int:
            problems.append(Problem(path, message))
        elif not _is_in_bounds(value):
            problems.append(Problem(path, TOO_LARGE))

    def text(value: Any, path: str, problems: list[Problem]) -> None:
        if not isinstance(value, str):
            problems.append(Problem(path, message))
        elif problem := text_problem(value):
            problems.append(Problem(path, problem))

    def instant(value: Any, path: str, problems: list[Problem]) -> None:
        if not isinstance(value, datetime) or value.utcoffset() is None:
            problems.append(Problem(path, message))

    def exactly(value: Any, path: str, problems: list[Problem]) -> None:
        if type(value) is not kind:
            problems.append(Problem(path, message))

    def instance(value: Any, path: str, problems: list[Problem]) -> None:
        if not isinstance(value, kind):
            problems.append(Problem(path, message))

    if kind in (float, Decimal):
        return number
    if kind is str:
        return text
    if kind is datetime:
        return instant
    if kind is int:
        return whole
    return exactly if kind in (bool, date) else instance


def _one_of(choices: tuple[Any, ...]) -> Check:
    others = [choice for choice in choices if choice is not type(None)]
    may_be_none = len(others) < len(choices)
    if len(others) == 1:
        only = check_of(others[0])

        def perhaps(value: Any, path: str, problems: list[Problem]) -> None:
            if value is not None:
                only(value, path, problems)

        return perhaps
    checks = [check_of(choice) for choice in others]
    message = "must be " + " or ".join(name_of(choice) for choice in others)

    def any_of(value: Any, path: str, problems: list[Problem]) -> None:
        if value is None and may_be_none:
            return
        for check in checks:
            found: list[Problem] = []
            check(value, path, found)
            if not found:
                return
        problems.append(Problem(path, message))

    return any_of


def _tuple_of(parts: tuple[Any, ...]) -> Check:
    if len(parts) == 2 and parts[1] is Ellipsis:
        each = check_of(parts[0])

        def many(value: Any, path: str, problems: list[Problem]) -> None:
            if type(value) is not tuple:
                problems.append(Problem(path, "must be a tuple"))
            elif len(value) > LONGEST_TUPLE:
                problems.append(Problem(path, f"must not have more than {LONGEST_TUPLE} parts"))
            else:
                for place, part in enumerate(value):
                    each(part, f"{path}[{place}]", problems)

        return many
    checks = [check_of(part) for part in parts]

    def some(value: Any, path: str, problems: list[Problem]) -> None:
        if type(value) is not tuple or len(value) != len(checks):
            problems.append(Problem(path, f"must be a tuple of {len(checks)}"))
            return
        for place, (part, check) in enumerate(zip(value, checks, strict=True)):
            check(part, f"{path}[{place}]", problems)

    return some


def _set_of(part: Any) -> Check:
    each = check_of(part)

    def members(value: Any, path: str, problems: list[Problem]) -> None:
        if not isinstance(value, frozenset):
            problems.append(Problem(path, "must be a frozenset"))
        elif len(value) > LONGEST_TUPLE:
            problems.append(Problem(path, f"must not have more than {LONGEST_TUPLE} parts"))
        else:
            for member in value:
                each(member, path, problems)

    return members


def _limited(annotation: Any) -> Check:
    inner, *limits = typing.get_args(annotation)
    check = check_of(inner)

    def limited(value: Any, path: str, problems: list[Problem]) -> None:
        before = len(problems)
        check(value, path, problems)
        if len(problems) > before:
            return
        for limit in limits:
            if problem := _over(limit, value):
                problems.append(Problem(path, problem))

    return limited


def _over(limit: Any, value: Any) -> str | None:
    if isinstance(limit, AtLeast):
        return f"must be at least {limit.least}" if value < limit.least else None
    if isinstance(limit, AtMost):
        return f"must be at most {limit.most}" if value > limit.most else None
    if isinstance(limit, Length):
        if len(value) < limit.least or (isinstance(value, str) and limit.least and not value.strip()):
            return "must not be empty"
        return f"must not be longer than {limit.most}" if len(value) > limit.most else None
    return None
