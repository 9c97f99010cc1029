"""
Values: frozen facts that say at once everything that is wrong with them.

A class of values is an attrs class that inherits from `Value`, as `Span` is:

>>> from casecore.terms import Span
>>> Span(days=-5, months="two")
Traceback (most recent call last):
    ...
casecore.terms.errors.NotReadable: Span cannot be read, 2 problems:
  days: must be at least 0
  months: must be a whole number

The annotations are the rules. Bytes that we wrote ourselves are decoded past the check (they passed it before they
were stored), so the check costs nothing when a record is loaded.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, Self, TypeVar

import attrs

from .checks import fields_check
from .errors import NotReadable, Problem


class Value:
    """A frozen value. Refuses what its annotations refuse, with all problems in one `NotReadable`."""

    __slots__ = ()

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        written_by_attrs: Any = cls.__init__
        check = fields_check(cls)

        @functools.wraps(written_by_attrs)
        def checked(self: Value, *args: Any, **named: Any) -> None:
            written_by_attrs(self, *args, **named)
            problems: list[Problem] = []
            check(self, problems)
            if not problems:
                problems.extend(self.contradictions())
            if problems:
                raise NotReadable(problems, what=type(self).__name__)

        setattr(cls, "__init__", checked)  # noqa: B010  # attrs made it; we add the check around it
        setattr(cls, "unchecked", classmethod(_first_unchecked))  # noqa: B010  # each class its own, see there

    @classmethod
    def unchecked(cls, **fields: Any) -> Self:
        """The value made of parts that a judgement has just made itself and that cannot be wrong; never of input."""
        return _first_unchecked(cls, **fields)

    def contradictions(self) -> Iterator[Problem]:
        """What is wrong between fields that are each fine alone. Asked only when every field is fine."""
        return iter(())

    def _with(self, **changes: Any) -> Self:
        """A copy with fields that need no check: a quick `attrs.evolve` for values passed on within the library."""
        cls: Any = type(self)
        made: Self = cls.unchecked(**({name: getattr(self, name) for name in field_names(cls)} | changes))
        return made


ValueT = TypeVar("ValueT", bound=Value)


def _first_unchecked(cls: type[ValueT], /, **fields: Any) -> ValueT:
    """Put the class's own quick maker in this place, and make the first value with it."""
    make = _maker_of(cls)
    setattr(cls, "unchecked", staticmethod(make))  # noqa: B010  # from now on called without this detour
    made: ValueT = make(**fields)
    return made


def _maker_of(cls: Any) -> Callable[..., Any]:
    """
    A function of the class's fields that makes the value without a check.

    It is written out, as attrs writes its own, since it makes most of what a judgement gives: half the time of asking
    attrs' through a class method. A host's class without slots, or with defaults that are made anew, takes attrs' own.
    """
    fields = attrs.fields(cls)
    if any(
        hasattr(field.default, "factory") or not hasattr(getattr(cls, field.name, None), "__set__") for field in fields
    ):
        return lambda **given: _by_attrs(cls, given)
    known: dict[str, Any] = {"new": cls.__new__, "cls": cls}
    known |= {f"set_{field.name}": getattr(cls, field.name).__set__ for field in fields}
    known |= {f"default_{field.name}": field.default for field in fields}
    named = [f"{field.name}=default_{field.name}" if _has_default(field) else field.name for field in fields]
    steps = [f"    set_{field.name}(value, {field.name})" for field in fields]
    written = "\n".join([f"def make(*, {', '.join(named)}):", "    value = new(cls)", *steps, "    return value"])
    exec(written, known)  # only names of fields go into it
    make: Callable[..., Any] = known["make"]
    return make


def _by_attrs(cls: Any, given: dict[str, Any]) -> Any:
    value = cls.__new__(cls)
    cls.__init__.__wrapped__(value, **given)  # what attrs wrote, before our check
    return value


def _has_default(field: attrs.Attribute[Any]) -> bool:
    return field.default is not attrs.NOTHING


def field_names(cls: Any) -> tuple[str, ...]:
    """The names of a value class's fields, in the order in which it states them."""
    return _named(cls)


@functools.cache
def _named(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(cls))
