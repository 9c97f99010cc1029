"""A cell of a spreadsheet into a fact, as its field asks: a day, a number, yes or no, a word, several words."""

from __future__ import annotations

import enum
import re
import types
import typing
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Union

from casecore.terms import AtMost

NONE = "none"
"""What is written where a list is known to be empty; an empty cell is not known."""
BETWEEN_WORDS = ";"
ReadCell = Callable[[str], Any]
"""Makes the fact from a cell that is not empty."""


class NotThat(ValueError):
    """A cell that does not hold what its column asks for; says what that is."""


def reader_of(annotation: Any) -> ReadCell:
    """How a cell for a field with this annotation is read."""
    inner, limits = _plainly(annotation)
    if typing.get_origin(inner) is tuple:
        return words
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        return _one_of(inner)
    if inner is bool:
        return yes_or_no
    if inner is date:
        return day
    if inner is float:
        return share if AtMost(1) in limits else number
    return str


def _plainly(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """The annotation without *or nothing* and without limits, and the limits."""
    limits: tuple[Any, ...] = ()
    if typing.get_origin(annotation) in (Union, types.UnionType):
        (annotation,) = (part for part in typing.get_args(annotation) if part is not type(None))
    if typing.get_origin(annotation) is Annotated:
        annotation, *rest = typing.get_args(annotation)
        limits = tuple(rest)
    return annotation, limits


def element_of(annotation: Any) -> Any:
    """What a list with this annotation holds; nothing where it is no list."""
    inner, _ = _plainly(annotation)
    return _plainly(typing.get_args(inner)[0])[0] if typing.get_origin(inner) is tuple else None


def day(text: str) -> date:
    """A day as ISO 8601 writes it and nothing else: what 3/4/2026 is depends on the country."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise NotThat("must be a day, as in 2026-03-31")


def number(text: str) -> float:
    """A number; with a decimal comma too, unless it could as well stand between thousands."""
    if re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15}|,(\d{1,2}|\d{4,15}))?", text, re.ASCII):
        return float(text.replace(",", "."))
    raise NotThat("must be a number, as in 1200 or 37.5")


def share(text: str) -> float:
    """A part of a whole: 0.5, or 50%."""
    if text.endswith("%"):
        return float(Decimal(repr(number(text[:-1].rstrip()))) / 100)
    return number(text)


def yes_or_no(text: str) -> bool:
    """Yes or no, or what spreadsheets make of a tick."""
    said = {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())
    if said is None:
        raise NotThat("must be yes or no")
    return said


def words(text: str) -> tuple[str, ...]:
    """Words with a semicolon between them, or ``none``."""
    if text.lower() == NONE:
        return ()
    return tuple(word for part in text.split(BETWEEN_WORDS) if (word := part.strip()))


def stated(text: str) -> dict[str, Any]:
    """What a statement says: a yes or no, or a number."""
    for field, read in (("is_so", yes_or_no), ("number", number)):
        try:
            return {field: read(text)}
        except NotThat:
            continue
    raise NotThat("must be yes, no or a number")


def _one_of(kind: type[enum.Enum]) -> ReadCell:
    members = {str(member.value): member for member in kind}

    def one_of(text: str) -> enum.Enum:
        if text.lower() not in members:
            raise NotThat(f"must be one of {', '.join(members)}")
        return members[text.lower()]

    return one_of
