"""
Reasoning by cases: where every possible value of the unknown gives one answer, that is the answer.

Only facts whose possible values can be counted up are tried: a yes or no, a word (one of those the post asks for, or
some other), a paper that comes or is refused, a claim that is verified or falls. An amount or a day is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
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
    tried: dict[str, None] = {}
    routes: list[tuple[str, ...]] = []

    def settled(each: StaffFile, lacking: tuple[str, ...]) -> Answer | None:
        fact, cases = _first_with_cases(each, lacking, words)
        if fact is None:
            return None
        tried[fact] = None
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
    return Settled(answer, tuple(tried), tuple(name for name in routes[0] if all(name in each for each in routes)))


def _first_with_cases(
    file: StaffFile, missing: tuple[str, ...], words: Words
) -> tuple[str | None, Iterator[StaffFile]]:
    for fact in missing:
        cases = _cases(file, fact, words)
        if cases is not None:
            return fact, cases
    return None, iter(())


_PLACED = re.compile(
    r"(degrees|credits|experience|credentials|learning)\[(\d+)\]((?:\.credits\[\d+\])?)\.([a-z_]+)(: .+)?"
)


def _cases(file: StaffFile, fact: str, words: Words) -> Iterator[StaffFile] | None:
    """*file* once with each value that *fact* may have; nothing where they cannot be counted up."""
    placed = _PLACED.fullmatch(fact)
    if placed is None:
        name, _, rest = fact.partition(".")
        if fact in words["stated"]:
            return (_stated(file, Statement(name=fact, is_so=is_so)) for is_so in (True, False))
        if name in words["stated"] and rest:
            return _statement_cases(file, name, rest)
        return None
    many, place, inside, field, paper = placed.groups()
    if inside:
        return None
    claims: tuple[Claim, ...] = getattr(file, many)
    claim: Any = claims[int(place)]
    changes: list[dict[str, Any]]
    if paper is not None:
        changes = [{"papers": (*claim.papers, paper[2:])}, {"refused": (*claim.refused, paper[2:])}]
    elif field == "is_verified":
        return (
            file._with(**{many: kept})
            for kept in (
                _replaced(claims, int(place), claim._with(is_verified=True)),
                claims[: int(place)] + claims[int(place) + 1 :],
            )
        )
    elif field in ("is_paid", "is_graduate"):
        changes = [{field: True}, {field: False}]
    elif field in _WORDS:
        changes = [{field: word} for word in (*words[f"{many}.{field}"], OTHER)]
    else:
        return None
    return (file._with(**{many: _replaced(claims, int(place), claim._with(**change))}) for change in changes)


_WORDS = ("field", "title", "institution", "subject", "employer", "status", "issuer", "provider")


def _replaced(claims: tuple[Any, ...], place: int, claim: Any) -> tuple[Any, ...]:
    return (*claims[:place], claim, *claims[place + 1 :])


def _stated(file: StaffFile, statement: Statement) -> StaffFile:
    return file._with(statements=(*file.statements, statement))


def _statement_cases(file: StaffFile, name: str, rest: str) -> Iterator[StaffFile] | None:
    """The cases of a statement that is on file, but not verified or without a paper: it holds, or it does not."""
    others = tuple(each for each in file.statements if each.name != name or each.number is not None)
    theirs = [each for each in file.statements if each.name == name and each.number is None]
    if not theirs or not (rest == "is_verified" or rest.startswith("papers: ")):
        return None
    papers = tuple(dict.fromkeys([paper for each in theirs for paper in each.papers] + [rest.removeprefix("papers: ")]))
    sure = Statement.unchecked(name=name, is_so=True, papers=papers)
    return (file._with(statements=(*others, statement)) for statement in (sure, sure._with(is_so=False, papers=())))
