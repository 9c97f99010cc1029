"""
Plain data (from JSON, TOML or a form) into values, with every problem and its path.

>>> from casecore.terms import Span, read
>>> read({"days": 30}, Span)
Span(days=30, business_days=None, months=None, years=None)
>>> read({"days": "soon", "weeks": 2}, Span)
Traceback (most recent call last):
    ...
casecore.terms.errors.NotReadable: Span cannot be read, 2 problems:
  days: must be a whole number
  weeks: is not a field here; known are business_days, days, months, years
"""

from __future__ import annotations

import functools
import itertools
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar, Union

import attrs

from .checks import LARGEST_NUMBER, LONGEST_TUPLE, check_of, name_of
from .entries import Entry
from .errors import NotReadable, Problem

T = TypeVar("T")

DEEPEST = 60
"""How deep plain data may be nested."""
MOST_PARTS = 2_000_000
"""How many parts plain data may unfold to: a few lines with aliases can stand for billions."""


def read(data: object, cls: type[T], *, what: str | None = None) -> T:
    """
    Make a value of class *cls* from plain data: mappings, lists, text, numbers, days.

    Days and instants may be given as such (TOML) or as ISO 8601 text (JSON). Unknown fields are refused.

    Raises:
        NotReadable: With all problems found, each with its path; never with the data itself.
    """
    if problem := _too_deep(data):
        raise NotReadable([problem], what=what or cls.__name__)
    problems: list[Problem]
    try:
        value: T = _converter().structure(data, cls)
    except Exception as error:  # whatever cattrs or a constructor found; told below in our own words
        problems = list(_told(error, cls))
    else:
        return value
    raise NotReadable(problems, what=what or cls.__name__)


def plain(value: object) -> Any:
    """The plain data that `read` makes the same value from; fields at their defaults are left out."""
    return _converter().unstructure(value)


def _too_deep(data: object) -> Problem | None:
    level: list[object] = [data]
    seen = 0
    for _ in range(DEEPEST):
        level = list(itertools.islice((part for whole in level for part in _parts(whole)), MOST_PARTS - seen + 1))
        seen += len(level)
        if not level:
            return None
        if seen > MOST_PARTS:
            return Problem("", f"must not hold more than {MOST_PARTS} parts")
    return Problem("", f"must not be nested deeper than {DEEPEST}")


def _parts(data: object) -> Iterator[object]:
    if isinstance(data, Mapping):
        yield from data.values()
    elif isinstance(data, (list, tuple)):
        yield from data


def _origin(kind: Any) -> Any:
    return typing.get_origin(kind)


class _NotThat(ValueError):
    """Raised in a structure hook; carries what was asked for."""


@functools.cache
def _converter() -> Any:
    import cattrs  # loaded at the first use: a fifth of a second that `import casecore` need not cost
    from cattrs.gen import make_dict_unstructure_fn

    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)

    def checked(annotation: Any, convert: Any = None) -> Any:
        """Convert, then check at once, so that a limit is told beside what another field could not be read from."""
        check = check_of(annotation)

        def hook(data: object, _: Any) -> object:
            value = convert(data) if convert else data
            problems: list[Problem] = []
            check(value, "", problems)
            if problems:
                raise NotReadable(problems, what="value")
            return value

        return hook

    def limited(annotation: Any) -> Any:
        inner = typing.get_args(annotation)[0]
        return checked(annotation, lambda data: converter.structure(data, inner))

    def entry(data: object, _: Any) -> Entry:
        if isinstance(data, Entry):  # an amendment's inner entry, read beforehand under its own kind
            return data
        raise _NotThat("must be an entry")

    def day(data: object, _: Any) -> date:
        if type(data) is date:
            return data
        try:
            return date.fromisoformat(data)  # type: ignore[arg-type]  # anything but text is told as a problem
        except (TypeError, ValueError):
            raise _NotThat("must be a day, as in 2026-03-31") from None

    def instant(data: object, _: Any) -> datetime:
        try:
            at = data if isinstance(data, datetime) else datetime.fromisoformat(data)  # type: ignore[arg-type]  # as above
        except (TypeError, ValueError):
            at = None
        if at is None or at.utcoffset() is None:
            raise _NotThat("must be an instant with its time zone, as in 2026-03-31T14:00:00-04:00")
        return at

    def decimal(data: object, _: Any) -> Decimal:
        try:
            if isinstance(data, (str, int, Decimal)) and not isinstance(data, bool) and Decimal(data).is_finite():
                return Decimal(data)
        except InvalidOperation:
            pass
        raise _NotThat("must be a finite decimal number")

    def number(data: object, _: Any) -> float:
        if isinstance(data, (int, float)) and not isinstance(data, bool):
            is_small = -LARGEST_NUMBER <= data <= LARGEST_NUMBER
            return float(data) if is_small else data  # too large for a float, perhaps; its check will tell
        raise _NotThat("must be a finite number")

    def member(data: object, cls: Any) -> Enum:
        for choice in cls:
            if data is choice or (type(data) is type(choice.value) and data == choice.value):
                return typing.cast(Enum, choice)
        raise _NotThat(f"must be {name_of(cls)}")

    def many(data: object, cls: Any) -> tuple[object, ...] | frozenset[object]:
        if not isinstance(data, (list, tuple, frozenset)):
            raise _NotThat("must be a list")
        if len(data) > LONGEST_TUPLE:
            raise _NotThat(f"must not have more than {LONGEST_TUPLE} parts")
        args = typing.get_args(cls)
        kinds = args[:1] * len(data) if args[-1] is Ellipsis or _origin(cls) is frozenset else args
        if len(kinds) != len(data):
            raise _NotThat(f"must be a list of {len(kinds)}")
        parts: list[object] = []
        problems: list[Problem] = []
        for place, (part, kind) in enumerate(zip(data, kinds, strict=True)):
            try:
                parts.append(converter.structure(part, kind))
            except Exception as error:  # told with its place in the list
                problems.extend(told.inside(f"[{place}]") for told in _told(error, kind))
        if problems:
            raise NotReadable(problems, what="list")
        return frozenset(parts) if _origin(cls) is frozenset else tuple(parts)

    def one_of(data: object, cls: Any) -> object:
        choices = [choice for choice in typing.get_args(cls) if choice is not type(None)]
        if data is None and len(choices) < len(typing.get_args(cls)):
            return None
        if len(choices) == 1:
            return converter.structure(data, choices[0])
        choices.sort(key=lambda choice: choice is not type(data))  # a whole number stays one where a decimal would do
        for choice in choices:
            try:
                return converter.structure(data, choice)
            except Exception:  # the next choice may fit
                continue
        raise _NotThat("must be " + " or ".join(name_of(choice) for choice in choices))

    for kind in (bool, int, str, bytes):
        converter.register_structure_hook(kind, checked(kind))
    converter.register_structure_hook_factory(lambda cls: _origin(cls) is typing.Annotated, limited)
    converter.register_structure_hook_func(lambda cls: cls is Entry, entry)
    converter.register_structure_hook(date, day)
    converter.register_structure_hook(datetime, instant)
    converter.register_structure_hook(Decimal, decimal)
    converter.register_structure_hook(float, number)
    converter.register_structure_hook_func(lambda cls: isinstance(cls, type) and issubclass(cls, Enum), member)
    converter.register_structure_hook_func(lambda cls: _origin(cls) in (tuple, frozenset), many)
    converter.register_structure_hook_func(lambda cls: _origin(cls) in (Union, types.UnionType), one_of)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_unstructure_hook_func(
        lambda cls: _origin(cls) is tuple,
        lambda parts: [converter.unstructure(part) for part in parts],
    )
    converter.register_unstructure_hook_func(
        lambda cls: _origin(cls) is frozenset,
        lambda parts: sorted((converter.unstructure(part) for part in parts), key=str),  # the same order in every run
    )
    converter.register_unstructure_hook_factory(
        lambda cls: hasattr(cls, "__attrs_attrs__"),
        lambda cls: make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True),
    )
    return converter


def _told(error: BaseException, cls: Any) -> Iterator[Problem]:
    """What cattrs or a constructor found, as problems with paths."""
    from cattrs.errors import AttributeValidationNote, ClassValidationError, ForbiddenExtraKeysError

    if isinstance(error, NotReadable):
        yield from error.problems
    elif isinstance(error, ClassValidationError):
        for inner in error.exceptions:
            notes = [note for note in getattr(inner, "__notes__", ()) if isinstance(note, AttributeValidationNote)]
            for problem in _told(inner, notes[0].type if notes else cls):
                yield problem.inside(notes[0].name) if notes else problem
    elif isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(sorted(field.name for field in attrs.fields(error.cl)))
        for extra in sorted(str(name) for name in error.extra_fields):
            yield Problem(_shown(extra), f"is not a field here; known are {known}")
    elif isinstance(error, KeyError):
        yield Problem("", "is missing")  # the note on the error names the field
    elif isinstance(error, _NotThat):
        yield Problem("", str(error))
    else:
        yield Problem("", f"must be {name_of(cls)}")


def _shown(name: str) -> str:
    """A field's name as given, where it looks like a name at all; a stranger's text is not repeated."""
    return name if name.isidentifier() and len(name) <= 60 else "(a field whose name is not an identifier)"
