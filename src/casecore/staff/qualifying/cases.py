"""
Reasoning by cases: where every possible value of the unknown gives one answer, that is the answer.

Only facts whose possible values can be counted up are tried: a yes or no, a word (one of those the post asks for, or
some other), a paper that comes or is refused, a claim that is verified or falls. An amount or a day is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from casecore.terms import Answer

from ..claims import Claim
from ..staff_file import StaffFile, Statement

MOST_CASES = 200
"""How many completed files are judged at most; where that is not enough, the answer stays not known."""
OTHER = "\N{WHITE SQUARE}"
"""Stands for any word that the post does not ask for."""

Words = Mapping[str, Collection[str]]
"""Every word the post asks for, by the field of the file in which it would stand."""


class Settled(NamedTuple):
    """The one answer, the facts of which every value was tried, and the routes that lead to it in every case."""

    answer: Answer
    tried: tuple[str, ...]
    routes: tuple[str, ...]


class Outcome(NamedTuple):
    """What one case comes to."""

    answer: Answer
    missing: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()


class _TooMany(Exception):
    """There are more cases than are tried."""


def by_cases(
    file: StaffFile, missing: tuple[str, ...], judge: Callable[[StaffFile], Outcome], words: Words
) -> Settled | None:
    """
    The answer that all values of the missing facts lead to, if there is one.

    Args:
        missing: The paths of the facts that the judgement of *file* lacks.
        judge: Gives the answer about a file, what it lacks where that is not known, and the routes where it is yes.
    """
    left = [MOST_CASES]
    tried: list[str] = []
    routes: list[tuple[str, ...]] = []

    def settled(each: StaffFile, lacking: tuple[str, ...]) -> Answer | None:
        fact, cases = _first_with_cases(each, lacking, words)
        if fact is None:
            return None
        tried.append(fact)
        found: Answer | None = None
        for case in cases:
            left[0] -= 1
            if left[0] < 0:
                raise _TooMany
            came_to = judge(case)
            outcome: Answer | None = came_to.answer
            if came_to.answer is Answer.NOT_KNOWN:
                outcome = settled(case, came_to.missing)
            else:
                routes.append(came_to.routes)
            if outcome is None or (found is not None and outcome is not found):
                return None
            found = outcome
        return found

    try:
        answer = settled(file, missing)
    except _TooMany:
        return None
    if answer is None:
        return None
    return Settled(
        answer, tuple(dict.fromkeys(tried)), tuple(name for name in routes[0] if all(name in each for each in routes))
    )


def _first_with_cases(
    file: StaffFile, missing: tuple[str, ...], words: Words
) -> tuple[str | None, Iterator[StaffFile]]:
    for fact in missing:
        cases = _cases(file, fact, words)
        if cases is not None:
            return fact, cases
    return None, iter(())


_PLACED = re.compile(
    r"(degrees|credits|experience|credentials|learning)\[(\d+)\](?:\.credits\[(\d+)\])?\.([a-z_]+)(?:: (.+))?"
)
_WORDS = ("field", "title", "institution", "subject", "employer", "status", "issuer", "provider")


def _cases(file: StaffFile, fact: str, words: Words) -> Iterator[StaffFile] | None:
    """*file* once with each value that *fact* may have; nothing where they cannot be counted up."""
    placed = _PLACED.fullmatch(fact)
    if placed is None:
        return _statement_cases(file, fact, words["stated"])
    many, place, inside, field, paper = placed.groups()
    claims: tuple[Any, ...] = getattr(file, many)
    outer = claims[int(place)]
    claim = outer if inside is None else outer.credits[int(inside)]
    values = _values(claim, field, paper, _possible(file, "credits" if inside else many, fact, field, words))
    if values is None:
        return None

    def instead(value: Claim | None) -> StaffFile:
        if inside is not None:
            value = outer._with(credits=_replaced(outer.credits, int(inside), value))
        return file._with(**{many: _replaced(claims, int(place), value)})

    return map(instead, values)


def _values(claim: Any, field: str, paper: str | None, possible: Sequence[str]) -> list[Claim | None] | None:
    """What *claim* may be; one value of it may be that it falls. Nothing where the values cannot be counted up."""
    if paper is not None:
        return [claim._with(papers=(*claim.papers, paper)), claim._with(refused=(*claim.refused, paper))]
    if field == "is_verified":
        return [claim._with(is_verified=True), None]
    if field in ("is_paid", "is_graduate"):
        return [claim._with(**{field: True}), claim._with(**{field: False})]
    return [claim._with(**{field: word}) for word in possible] if field in _WORDS else None


def _possible(file: StaffFile, many: str, fact: str, field: str, words: Words) -> Sequence[str]:
    """The words a field may hold: those asked for, for a subject also those on file, and one that is neither."""
    if field not in _WORDS:
        return ()
    on_file: list[str | None] = []
    if field == "subject":
        on_file = [credits.subject for credits in file.credits or ()]
        on_file += [credits.subject for degree in file.degrees or () for credits in degree.credits or ()]
    known = dict.fromkeys([*words[f"{many}.{field}"], *(word for word in on_file if word is not None)])
    return (*known, f"{OTHER}{fact}")


def _replaced(claims: tuple[Any, ...], place: int, claim: Any) -> tuple[Any, ...]:
    return (*claims[:place], *(() if claim is None else (claim,)), *claims[place + 1 :])


def _statement_cases(file: StaffFile, fact: str, names: Collection[str]) -> Iterator[StaffFile] | None:
    """
    The cases of a statement: yes or no where nothing is stated, or both; it holds, or does not, where it is not
    verified; it comes, or is refused, where a paper is asked for.
    """
    if fact in names:
        theirs = [each for each in file.statements if each.name == fact and each.number is None]
        disputed = [each for each in theirs for other in theirs if _contradict(each, other)]
        if disputed:
            sides = [each for each in disputed if each.stated_on == disputed[0].stated_on]
            return (_stated(file, [each for each in sides if each.is_so is so], ()) for so in (True, False))
        # from the first day on of which nothing is stated: what is stated of other days stays
        since = next((day for day in (None, *(each.until for each in theirs)) if not _is_stated(theirs, day)), None)
        return (_stated(file, (), (Statement(name=fact, is_so=is_so, stated_on=since),)) for is_so in (True, False))
    name, _, paper = fact.rpartition(".papers: ")
    if name:
        lacking = [
            each
            for each in file.statements
            if each.name == name and each.is_so is not False and paper not in each.papers + each.refused
        ]
        values = [
            (each._with(papers=(*each.papers, paper)), each._with(refused=(*each.refused, paper))) for each in lacking
        ]
    else:
        name = fact.removesuffix(".is_verified")
        lacking = [e for e in file.statements if e.name == name and e.is_so is not None and not e.is_verified]
        values = [
            (each._with(is_verified=True), each._with(is_verified=True, is_so=not each.is_so)) for each in lacking
        ]
    if not values:
        return None
    return (_stated(file, lacking[:1], (value,)) for value in values[0])


def _is_stated(statements: Sequence[Statement], on: date | None) -> bool:
    day = on or date.min
    return any((e.stated_on or date.min) <= day and (e.until is None or day < e.until) for e in statements)


def _contradict(one: Statement, other: Statement) -> bool:
    return one.stated_on == other.stated_on and one.is_so is not other.is_so


def _stated(file: StaffFile, without: Sequence[Statement], more: Sequence[Statement]) -> StaffFile:
    kept = [each for each in file.statements if not any(each is one for one in without)]
    return file._with(statements=(*kept, *more))
