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
from collections.abc import Iterator
from typing import Any, ClassVar, Self

import attrs

from .checks import fields_check
from .errors import NotReadable, Problem


class Value:
    """A frozen value. Refuses what its annotations refuse, with all problems in one `NotReadable`."""

    __slots__ = ()

    _written_by_attrs: ClassVar[Any]

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

        cls._written_by_attrs = written_by_attrs
        setattr(cls, "__init__", checked)  # noqa: B010  # attrs made it; we add the check around it

    @classmethod
    def unchecked(cls, **fields: Any) -> Self:
        """The value made of parts that a judgement has just made itself and that cannot be wrong; never of input."""
        value = cls.__new__(cls)
        cls._written_by_attrs(value, **fields)
        return value

    def contradictions(self) -> Iterator[Problem]:
        """What is wrong between fields that are each fine alone. Asked only when every field is fine."""
        return iter(())

    def _with(self, **changes: Any) -> Self:
        """A copy with fields that need no check: a quick `attrs.evolve` for values passed on within the library."""
        cls: Any = type(self)
        made: Self = cls.unchecked(**({name: getattr(self, name) for name in _field_names(cls)} | changes))
        return made


@functools.cache
def _field_names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(cls))
