"""
One dated, cited thing the agency is held to.

>>> from datetime import date
>>> import attrs
>>> from casecore.standards import Edition, Standard
>>> from casecore.staff import CaseloadLimit
>>> from casecore.terms import Source
>>> limit = Standard(name="caseload/size", editions=(
...     Edition(since=date(2024, 1, 1), until=date(2025, 1, 1), value=CaseloadLimit(at_most=15),
...             source=Source(cite="Model Agency Manual 3.1", invented=True)),
...     Edition(since=date(2025, 1, 1), value=CaseloadLimit(at_most=12),
...             source=Source(cite="Model Agency Manual 3.1 (2025)", invented=True))))
>>> limit.on(date(2024, 12, 31)).value.at_most, limit.on(date(2025, 1, 1)).value.at_most
(15, 12)
>>> limit.on(date(2023, 12, 31))
Traceback (most recent call last):
    ...
casecore.terms.errors.StandardNotInForce: caseload/size is not in force on 2023-12-31
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Generic, TypeVar

import attrs

from casecore.terms import Label, Problem, Source, StandardNotInForce, Value, Words


class Rule(Value):
    """
    What a standard can ask: how much, how often, by when. Each stage's room holds its own.

    A rule class names, once, the word that rulebook files use for it:

        class CaseloadLimit(Rule, asks="caseload-limit"): ...

    Units stand in its field names or types (``minutes``, ``within: Span``).
    """

    __slots__ = ()

    asks: ClassVar[str] = ""

    def __init_subclass__(cls, *, asks: str = "") -> None:
        super().__init_subclass__()
        if asks:  # attrs builds a slotted class twice; the second time the word is already in place
            cls.asks = asks

    def asks_for_less_than(self, other: Rule) -> bool | None:
        """
        Whether this rule asks for less than *other*, a rule of the same class: the linter's question about two layers.

        Nothing where the two cannot be compared, which is the answer until a rule class gives its own. A rule that
        asks for more in one respect and for less in another asks for less.
        """
        return None


RuleT = TypeVar("RuleT", bound=Rule)
RuleT_co = TypeVar("RuleT_co", bound=Rule, covariant=True)


@attrs.frozen(kw_only=True)
class Edition(Value, Generic[RuleT_co]):
    """
    What a standard asked during one stretch of days.

    Attributes:
        since: First day in force.
        until: First day no longer in force; without one it stands until the next edition.
        value: What is asked; nothing means that the standard is repealed from *since* on.
        source: By whose authority.
        rulebook: The name of the rulebook that it stands in.
        note: Anything a reader must know: that the true first day is older than *since*, say.
    """

    since: date
    source: Source
    value: RuleT_co | None = None
    until: date | None = None
    rulebook: str = ""
    note: Words | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.until is not None and self.until <= self.since:
            yield Problem("until", "must be after since")

    @property
    def is_repeal(self) -> bool:
        """Whether this edition says that the standard no longer holds."""
        return self.value is None

    @property
    def rule(self) -> RuleT_co:
        """
        What is asked.

        Raises:
            StandardNotInForce: This edition is a repeal.
        """
        if self.value is None:
            raise StandardNotInForce("a repealed edition asks for nothing")
        return self.value


@attrs.frozen(kw_only=True)
class Standard(Value, Generic[RuleT_co]):
    """
    One standard through time: its editions, first to last, never two on one day.

    Attributes:
        name: ``stage/what``, as in ``contacts/face-to-face``; what exemptions and findings refer to.
    """

    name: Label
    editions: tuple[Edition[RuleT_co], ...]

    def contradictions(self) -> Iterator[Problem]:
        if not self.editions:
            yield Problem("editions", "must hold at least one edition")
        for place, (older, newer) in enumerate(zip(self.editions, self.editions[1:], strict=False), start=1):
            if newer.since <= older.since:
                yield Problem(f"editions[{place}].since", "must be after the edition before it")
            elif older.until is not None and older.until > newer.since:
                yield Problem(f"editions[{place}].since", "must not lie inside the edition before it")

    def said_on(self, day: date) -> Edition[RuleT_co] | None:
        """What stands here on *day*, a repeal included; nothing before the first edition, after the last, in a gap."""
        for edition in reversed(self.editions):
            if edition.since <= day:
                return edition if edition.until is None or day < edition.until else None
        return None

    def in_force(self, day: date) -> Edition[RuleT_co] | None:
        """The edition in force on *day*, or nothing: before the first, after the last, in a gap, or repealed."""
        edition = self.said_on(day)
        return None if edition is None or edition.value is None else edition

    def on(self, day: date) -> Edition[RuleT_co]:
        """
        The edition in force on *day*.

        Raises:
            StandardNotInForce: There is none.
        """
        edition = self.in_force(day)
        if edition is None:
            raise StandardNotInForce(f"{self.name} is not in force on {day}")
        return edition

    @classmethod
    def fixed(cls, name: str, value: RuleT, *, since: date, source: Source) -> Standard[RuleT]:
        """A standard with a single edition, for hosts that keep no rulebook."""
        return Standard(name=name, editions=(Edition(since=since, source=source, value=value),))
