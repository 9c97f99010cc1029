"""
JSON Schemas (draft 2020-12) of value classes, made from the annotations that the values themselves are checked by.

A schema says what each field may be. What is wrong only between two fields, `casecore.terms.read` tells.
"""

from __future__ import annotations

import enum
import re
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from inspect import cleandoc
from typing import Annotated, Any

import attrs

from casecore.staff import StaffFile
from casecore.staff.posts import Qualifications
from casecore.staff.posts.reading import PostHeading
from casecore.standards.editions import EditionTable
from casecore.terms import AtLeast, AtMost, Length
from casecore.terms.checks import LONGEST_TEXT, LONGEST_TUPLE, type_hints

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_PLAIN: dict[object, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": ["string", "integer"]},
    str: {"type": "string", "maxLength": LONGEST_TEXT},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    type(None): {"type": "null"},
    Any: {},
}


def post_schema() -> Schema:
    """What a post file may hold, once its TOML is JSON, with days as text."""
    made = _Definitions()
    edition = made.table(EditionTable)
    edition["properties"]["value"] = made.schema(Qualifications)
    edition["required"] = sorted({*edition["required"], "since", "source"})
    edition["oneOf"] = [
        {"required": ["value"], "properties": {"repealed": {"const": False}}},
        {"required": ["repealed"], "properties": {"repealed": {"const": True}, "value": {"type": "null"}}},
    ]
    top = {
        "type": "object",
        "properties": {"post": made.schema(PostHeading), "edition": {"type": "array", "minItems": 1, "items": edition}},
        "required": ["post", "edition"],
        "additionalProperties": False,
    }
    return made.whole("A post: what it asks of whoever is to hold it", top)


def staff_file_schema() -> Schema:
    """What a staff file may hold."""
    made = _Definitions()
    return made.whole("A staff file: what is known of one worker or applicant", made.schema(StaffFile))


class _Definitions:
    """The schemas of value classes that refer to each other, each made once."""

    def __init__(self) -> None:
        self._made: dict[str, Schema] = {}

    def whole(self, title: str, top: Schema) -> Schema:
        """*top* as a document of its own, with all it refers to."""
        return {"$schema": DIALECT, "title": title, **top, "$defs": dict(sorted(self._made.items()))}

    def schema(self, annotation: Any) -> Schema:
        """What *annotation* asks of a value."""
        if annotation in _PLAIN:
            return dict(_PLAIN[annotation])
        if attrs.has(annotation):
            if annotation.__name__ not in self._made:
                self._made[annotation.__name__] = {}  # it may refer to itself
                self._made[annotation.__name__] = self.table(annotation)
            return {"$ref": f"#/$defs/{annotation.__name__}"}
        if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            return {"enum": [member.value for member in annotation]}
        return self._put_together(annotation)

    def _put_together(self, annotation: Any) -> Schema:
        origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is Annotated:
            return _limited(self.schema(parts[0]), parts[1:])
        if origin in (typing.Union, types.UnionType):
            return {"anyOf": [self.schema(part) for part in parts]}
        if origin is frozenset or (origin is tuple and parts[1:] == (Ellipsis,)):
            return {"type": "array", "items": self.schema(parts[0]), "maxItems": LONGEST_TUPLE}
        if origin is tuple:
            each = [self.schema(part) for part in parts]
            return {"type": "array", "prefixItems": each, "minItems": len(each), "maxItems": len(each)}
        raise TypeError(f"no schema is known for {annotation!r}")

    def table(self, cls: Any) -> Schema:
        """The object that stands for a value of class *cls*."""
        hints = type_hints(cls, include_extras=True)
        told = {name: words for each in reversed(cls.__mro__) for name, words in _told(each.__doc__ or "").items()}
        properties: dict[str, Schema] = {}
        for field in attrs.fields(cls):
            said = {"description": told[field.name]} if field.name in told else {}
            properties[field.name] = self.schema(hints[field.name]) | said
        required = [field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING]
        first = " ".join((cls.__doc__ or "").strip().split("\n\n")[0].split())
        return {
            "description": first, "type": "object", "properties": properties, "required": required,
            "additionalProperties": False,
        }  # fmt: skip


_LIMITS: dict[type, Callable[[Any, Schema], Schema]] = {
    AtLeast: lambda limit, _: {"minimum": limit.least},
    AtMost: lambda limit, _: {"maximum": limit.most},
    Length: lambda limit, kind: (
        {"minLength": limit.least, "maxLength": limit.most} | ({"pattern": r"\S"} if limit.least else {})
        if kind.get("type") == "string"
        else {"minItems": limit.least, "maxItems": limit.most}
    ),
}


def _limited(kind: Schema, limits: tuple[Any, ...]) -> Schema:
    for limit in limits:
        kind = kind | _LIMITS[type(limit)](limit, kind)
    return kind


def _told(docstring: str) -> dict[str, str]:
    """What the ``Attributes:`` of a docstring say of each field."""
    _, _, below = cleandoc(docstring).partition("Attributes:\n")  # from 3.13 on it comes without its indent
    told: dict[str, str] = {}
    for entry in re.split(r"\n(?=    \w)", "\n" + below.split("\n\n")[0]):
        names, colon, words = entry.strip().partition(": ")
        if colon:
            for name in names.split(", "):
                told[name.strip()] = " ".join(words.split())
    return told
