"""
What changed between two versions of a plan.

Laws, tested: ``diff(a, a) == ()``; ``apply_changes(a, diff(a, b))`` says what *b* says, apart from order;
``diff(b, a)`` is ``diff(a, b)`` turned around.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

import attrs

from casecore.terms import Label, NotReadable, Problem, Ref, Value

from .plan import NaturalSupport, PlanDrafted, PlannedNeed, PlannedService

Part = PlannedNeed | PlannedService | NaturalSupport | Ref | date
PartT = TypeVar("PartT", bound=Hashable)


class PlanPart(enum.Enum):
    """Which part of a plan changed; the value is the name of the field."""

    NEEDS = "needs"
    GOALS = "goals"
    SERVICES = "services"
    SUPPORTS = "supports"
    STARTS_ON = "starts_on"


class ChangeKind(enum.Enum):
    """What happened to it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class FieldChange(NamedTuple):
    """One field of a changed part, before and after."""

    field: str
    was: Any
    now: Any


@attrs.frozen(kw_only=True)
class PlanChange(Value):
    """
    One need, goal, service or support that came, went or changed.

    Attributes:
        about: The need's or goal's id, the service, the person; or the day's field.
        was: The part as it stood in the older version; nothing where it was added.
        now: The part as it stands in the newer version; nothing where it was removed.
    """

    part: PlanPart
    about: Label
    was: Part | None = None
    now: Part | None = None

    @property
    def kind(self) -> ChangeKind:
        """Whether it was added, removed or changed."""
        if self.was is None:
            return ChangeKind.ADDED
        return ChangeKind.REMOVED if self.now is None else ChangeKind.CHANGED

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """For a changed part, each field that differs; nothing where it was added or removed."""
        if self.was is None or self.now is None:
            return ()
        if isinstance(self.was, str | date):
            return (FieldChange(self.part.value, self.was, self.now),)
        return tuple(
            FieldChange(field.name, was, now)
            for field in attrs.fields(type(self.was))
            if (was := getattr(self.was, field.name)) != (now := getattr(self.now, field.name))
        )

    def __str__(self) -> str:
        fields = ", ".join(change.field for change in self.fields)
        return f"{self.part.value}: {self.about} {self.kind.value}{f' ({fields})' if fields else ''}"


def diff(older: PlanDrafted, newer: PlanDrafted) -> tuple[PlanChange, ...]:
    """
    What *newer* says otherwise than *older*: needs, goals, services, supports and the first day.

    A need is the same by its id, a support by who it is, a service by its name; where one name stands several times,
    equal ones are matched first, then those with the same provider, then one after another. The order in which parts
    stand in a plan means nothing. Author, number and day of the version are not content.
    """
    return (
        *_changes(PlanPart.NEEDS, older.needs, newer.needs, _need),
        *_changes(PlanPart.GOALS, older.goals, newer.goals, _goal),
        *_changes(PlanPart.SERVICES, older.services, newer.services, _service_and_provider, _service),
        *_changes(PlanPart.SUPPORTS, older.supports, newer.supports, _who),
        *_start(older.starts_on, newer.starts_on),
    )


def apply_changes(older: PlanDrafted, changes: Iterable[PlanChange]) -> PlanDrafted:
    """
    The older version with the changes made; author, number and day stay those of the older one.

    Raises:
        NotReadable: A change removes or changes what the version does not hold.
    """
    parts: dict[PlanPart, list[Any]] = {part: list(_held(older, part)) for part in PlanPart}
    problems: list[Problem] = []
    for place, change in enumerate(changes):
        held = parts[change.part]
        if change.was is not None:
            if change.was not in held:
                problems.append(Problem(f"changes[{place}].was", "must be in the version it is applied to"))
                continue
            at = held.index(change.was)
            held[at : at + 1] = [] if change.now is None else [change.now]
        elif change.now is not None:
            held.append(change.now)
    if problems:
        raise NotReadable(problems, what="changes")
    days = parts.pop(PlanPart.STARTS_ON)
    made: dict[str, Any] = {part.value: tuple(held) for part, held in parts.items()}
    return attrs.evolve(older, **made, starts_on=days[-1] if days else None)


def _held(version: PlanDrafted, part: PlanPart) -> Sequence[Any]:
    if part is PlanPart.STARTS_ON:
        return () if version.starts_on is None else (version.starts_on,)
    held: tuple[Any, ...] = getattr(version, part.value)
    return held


def _need(need: PlannedNeed) -> str:
    return need.need_id


def _goal(goal: str) -> str:
    return goal


def _service(service: PlannedService) -> str:
    return service.service


def _service_and_provider(service: PlannedService) -> tuple[str, str | None]:
    return service.service, service.provider


def _who(support: NaturalSupport) -> str:
    return support.who


def _changes(
    part: PlanPart, older: Sequence[PartT], newer: Sequence[PartT], *sames: Callable[[PartT], Hashable]
) -> Iterator[PlanChange]:
    """Match equal parts, then those that are the same by each of *sames*; told are the differences that remain."""
    gone, come = list(older), list(newer)
    _matched(gone, come, lambda value: value)
    name = sames[-1]
    for same in sames:
        for was, now in _matched(gone, come, same):
            yield PlanChange(part=part, about=str(name(was)), was=was, now=now)  # type: ignore[arg-type]  # the parts of this field
    for was in gone:
        yield PlanChange(part=part, about=str(name(was)), was=was)  # type: ignore[arg-type]  # as above
    for now in come:
        yield PlanChange(part=part, about=str(name(now)), now=now)  # type: ignore[arg-type]  # as above


def _matched(gone: list[PartT], come: list[PartT], same: Callable[[PartT], Hashable]) -> list[tuple[PartT, PartT]]:
    """Take from both lists, first to last, the pairs that are the same."""
    waiting: dict[Hashable, list[int]] = {}
    for place in reversed(range(len(come))):
        waiting.setdefault(same(come[place]), []).append(place)
    pairs: list[tuple[PartT, PartT]] = []
    left: list[PartT] = []
    taken: set[int] = set()
    for was in gone:
        if places := waiting.get(same(was)):
            taken.add(place := places.pop())
            pairs.append((was, come[place]))
        else:
            left.append(was)
    gone[:] = left
    come[:] = [now for place, now in enumerate(come) if place not in taken]
    return pairs


def _start(was: date | None, now: date | None) -> Iterator[PlanChange]:
    if was != now:
        yield PlanChange(part=PlanPart.STARTS_ON, about="starts_on", was=was, now=now)
