"""Needs that nobody can ever meet, and needs that everybody meets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from casecore.standards import Flaw, FlawCode
from casecore.standards.lint_editions import flaw_at

from .held_asked import Aged, Appointed, CredentialAsked, Scored
from .implying import Implications
from .needs import ExperienceAsked, Need, StaffDay
from .qualifications import Counting, Qualifications
from .sure_lengths import is_more_than_fits, is_no_shorter, own_work
from .word_lists import values_within
from .work import Amount, Work

InForce = tuple[date, date | None]
"""First day in force, and the first day no longer in force."""
MOST_REQUIRED = 300
"""A group that asks for more things at once is not looked through for contradictions between them."""


def lint_unmet(
    asked: Qualifications, path: str, name: str | None, *, governed_by: StaffDay | None, in_force: InForce
) -> Iterator[Flaw]:
    """What asks for too much to be true at once, and what asks for nothing."""
    found = [
        *_values_never_met(asked, path),
        *_groups_never_met(asked, path),
        *_windows_never_met(asked, path, governed_by, in_force),
    ]
    for where, message in found:
        yield flaw_at(FlawCode.NEVER_MET, where, f"can never be met: {message}", name)
    for where, need in asked.needs.places(f"{path}.needs"):
        if _asks_nothing(need):
            yield flaw_at(FlawCode.ASKS_NOTHING, where, "asks for nothing: everybody meets it", name, warning=True)


def _values_never_met(asked: Qualifications, path: str) -> Iterator[tuple[str, str]]:
    for where, value in values_within(asked.needs, f"{path}.needs"):
        if isinstance(value, CredentialAsked) and value.for_at_least is not None and value.for_at_most is not None:
            if is_no_shorter(value.for_at_least, value.for_at_most):
                yield where, "for_at_most is over when for_at_least is reached"
        elif isinstance(value, ExperienceAsked):
            yield from _experience_never_met(value, where, asked.counting)
        elif isinstance(value, Work) and value.after is not None and value.after == value.before:
            yield where, "no work is done both before and after the same day"


def _experience_never_met(asked: ExperienceAsked, where: str, counting: Counting) -> Iterator[tuple[str, str]]:
    least = own_work(asked)
    amount = Amount(**{asked.at_least.unit: float(least)})
    if asked.within is not None and is_more_than_fits(amount, asked.within, counting):
        yield where, "so much work does not fit into within"


def _groups_never_met(asked: Qualifications, path: str) -> Iterator[tuple[str, str]]:
    implications = Implications()
    told: set[int] = set()
    for where, need in asked.needs.places(f"{path}.needs"):
        if need.none_of:
            for part in need.none_of:
                if _asks_nothing(part):
                    yield where, "it excludes what everybody meets"
        if id(need) in told or not need.all_of:
            continue
        required = list(_required(need))
        told.update(id(each) for each in required)
        if len(required) <= MOST_REQUIRED:
            yield from ((where, message) for message in _contradictions(required, implications))


def _required(need: Need) -> Iterator[Need]:
    """Everything that must hold at once for *need* to hold."""
    waiting = [need]
    while waiting:
        each = waiting.pop()
        if each.may_follow is not None:
            continue  # it may come about on another day
        yield each
        if _is_set_apart(each) and each is not need:
            continue
        alone = each.any_of if each.any_of and len(each.any_of) == 1 else ()
        every = each.of if each.of and each.at_least == len(each.of) else ()
        waiting.extend(reversed((*(each.all_of or ()), *alone, *(every or ()))))


def _contradictions(required: list[Need], implications: Implications) -> Iterator[str]:
    excluded = list(islice((part for need in required for part in _excluded(need)), MOST_REQUIRED))
    for need in required:
        for part in excluded:
            if need.none_of is None and _meet(need, part) and implications.implies(need, part):
                yield "one part excludes what another part asks for"
    for place, one in enumerate(required):
        for other in required[:place]:
            if _meet(one, other) and (message := _bounds_apart(one, other)):
                yield message


def _excluded(need: Need) -> Iterator[Need]:
    waiting = [] if _is_set_apart(need) else list(need.none_of or ())
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(() if _is_set_apart(each) else each.any_of or ())


def _is_set_apart(group: Need) -> bool:
    """Whether the parts of a group are asked at steps, or measured on a day, that they do not say themselves."""
    return bool(group.asked_at) or group.measured_at is not None or group.measured_on is not None


def _meet(one: Need, other: Need) -> bool:
    """Whether both are asked at one step, and of the same day."""
    same_day = (one.measured_at, one.measured_on) == (other.measured_at, other.measured_on)
    return same_day and (not one.asked_at or not other.asked_at or not set(one.asked_at).isdisjoint(other.asked_at))


def _bounds_apart(one: Need, other: Need) -> str | None:
    if one.scored is not None and other.scored is not None and one.scored.name == other.scored.name:
        return "a number cannot lie within both bounds" if _apart(one.scored, other.scored) else None
    if one.aged is not None and other.aged is not None:
        return "nobody is of both ages" if _apart(one.aged, other.aged) else None
    if one.appointed is not None and other.appointed is not None:
        return "no day lies in both windows of appointment" if _windows_apart(one.appointed, other.appointed) else None
    return None


def _apart(one: Scored | Aged, other: Scored | Aged) -> bool:
    least = max((each.at_least for each in (one, other) if each.at_least is not None), default=None)
    most = min((each.at_most for each in (one, other) if each.at_most is not None), default=None)
    return least is not None and most is not None and least > most


def _windows_apart(one: Appointed, other: Appointed) -> bool:
    since = max((each.since for each in (one, other) if each.since is not None), default=None)
    before = min((each.before for each in (one, other) if each.before is not None), default=None)
    return since is not None and before is not None and before <= since


def _windows_never_met(
    asked: Qualifications, path: str, governed_by: StaffDay | None, in_force: InForce
) -> Iterator[tuple[str, str]]:
    """Windows of appointment outside the edition that the day of appointment, or an earlier day, has picked."""
    since, until = in_force
    if governed_by in (None, StaffDay.ASKED):
        return  # who was appointed long ago may still be asked about
    for where, need in asked.needs.places(f"{path}.needs"):
        window = need.appointed
        if window is None:
            continue
        if window.before is not None and window.before <= since:
            yield where, "the edition begins after the window of appointment"
        elif governed_by is StaffDay.APPOINTMENT and until is not None and (window.since or since) >= until:
            yield where, "the edition ends before the window of appointment"


def _asks_nothing(need: Need) -> bool:
    if need.experience is not None:
        return not need.experience.at_least.number
    if need.credits is not None:
        return not need.credits.at_least
    if need.learning is not None:
        return not need.learning.hours
    return need.aged is not None and need.aged.at_most is None and need.aged.at_least == 0
