"""Floors and substitutes that come to nothing, and floors that no route reaches."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from casecore.standards import Flaw, FlawCode
from casecore.standards.lint_editions import flaw_at

from .implying import Implications, is_narrower_work
from .needs import ExperienceAsked, Need, Substitute
from .qualifications import Qualifications
from .sure_lengths import very_work
from .word_lists import values_within


def lint_floors(asked: Qualifications, path: str, name: str | None) -> Iterator[Flaw]:
    """Floors of experience, inside it or beside the routes, and substitutes that they leave no room for."""
    experiences = [
        (where, value)
        for where, value in values_within(asked.needs, f"{path}.needs")
        if isinstance(value, ExperienceAsked)
    ]
    yield from _lint_own_floors(experiences, name)
    for where, experience in experiences:
        yield from _lint_substitutes(experience, where, name)
    implications = Implications()
    for where, need in asked.needs.places(f"{path}.needs"):
        yield from _lint_floors_beside(need, where, name, implications)


def _lint_own_floors(experiences: list[tuple[str, ExperienceAsked]], name: str | None) -> Iterator[Flaw]:
    """A note that asks for a floor on every route is repeated on each: idle only where it binds on none."""
    floors = [(where, each) for where, each in experiences if each.floor is not None]
    if not any(_binds(each) for _, each in floors):
        for where, _ in floors:
            message = "changes nothing: here and on every other route so much must be work without it"
            yield flaw_at(FlawCode.USELESS_FLOOR, f"{where}.floor", message, name, warning=True)


def _binds(asked: ExperienceAsked) -> bool:
    if asked.floor is None:
        return False
    return very_work(asked._with(floor=None)) < asked.floor.number


def _lint_substitutes(asked: ExperienceAsked, path: str, name: str | None) -> Iterator[Flaw]:
    room: Fraction | None = None
    if asked.floor is not None:
        room = asked.at_least.number - asked.floor.number
    if asked.substituted_at_most is not None and not asked.substitutes:
        message = "limits substitutes where there are none"
        yield flaw_at(FlawCode.USELESS_SUBSTITUTE, f"{path}.substituted_at_most", message, name, warning=True)
    for place, substitute in enumerate(asked.substitutes):
        where = f"{path}.substitutes[{place}]"
        most = _most(substitute, asked)
        if room == 0:
            yield _useless(where, "can never count: the floor asks that all of it be work", name)
        elif most == 0:
            yield _useless(where, "can never count: it is worth nothing", name)
        elif substitute.counts_as.number > most:
            yield _useless(f"{where}.counts_as", "can never count in full: a limit on substitutes is lower", name)


def _most(substitute: Substitute, asked: ExperienceAsked) -> Fraction:
    caps = (substitute.counts_as, substitute.at_most, asked.substituted_at_most)
    return min(cap.number for cap in caps if cap is not None)


def _useless(path: str, message: str, name: str | None) -> Flaw:
    return flaw_at(FlawCode.USELESS_SUBSTITUTE, path, message, name, warning=True)


def _lint_floors_beside(need: Need, path: str, name: str | None, implications: Implications) -> Iterator[Flaw]:
    """Experience asked beside a group of routes, for all of them."""
    parts = need.all_of or ()
    groups = [part.any_of for part in parts if part.any_of and len(part.any_of) > 1]
    for place, part in enumerate(parts):
        floor, where = part.experience, f"{path}.all_of[{place}]"
        if floor is None or not floor.at_least.number:
            continue
        for routes in groups:
            if all(implications.implies(route, part) for route in routes):
                message = "changes nothing: every route beside it asks for at least that"
                yield flaw_at(FlawCode.USELESS_FLOOR, where, message, name, warning=True)
            elif all(_asks_less(route, floor) for route in routes):
                message = "is above every route beside it: nobody needs less than this, whatever the routes say"
                yield flaw_at(FlawCode.FLOOR_TOO_HIGH, where, message, name, warning=True)


def _asks_less(route: Need, floor: ExperienceAsked) -> bool:
    """Whether the route asks for such work, and for less of it than the floor."""
    alike = [each for each in _experience_of(route) if _are_alike(each, floor)]
    return bool(alike) and all(each.at_least.number < floor.at_least.number for each in alike)


def _are_alike(one: ExperienceAsked, floor: ExperienceAsked) -> bool:
    same_work = is_narrower_work(one.work, floor.work) and is_narrower_work(floor.work, one.work)
    return same_work and one.at_least.unit == floor.at_least.unit


def _experience_of(route: Need) -> Iterator[ExperienceAsked]:
    for part in (route, *(route.all_of or ())):
        if part.experience is not None:
            yield part.experience
