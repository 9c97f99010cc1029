"""
Reasoning by cases: where every possible value of an unknown fact gives the same answer, that is the answer.

Three-valued logic alone is right as long as each unknown fact is asked about once: then whatever it calls *not known*
can still go either way. Where one fact is asked about twice ("GAF at most 60 and age at most 35, or GAF at most 60
and age above 35"), its possible values are tried one after the other, and the rest is left open. What is left in two
cases is compared: every open fact stands in one place only, so what looks different is different. So both the answer
and the facts named as missing are exact, except that two different questions about one list, or about one person's
codes, are taken to be independent of each other (which can only make the answer more careful), and that more than
`MOST_CASES` cases are not tried.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from casecore.terms import Answer

from .criteria import Criterion
from .grounds import lies_within
from .questions import AgeIs, FactIs, Leaf, NumberIs, name_and_kind

MOST_CASES = 256
"""How many combinations of values are tried at most; beyond, three-valued logic alone answers."""


class Open(NamedTuple):
    """What is left undecided of a group: at least *wanted* of *parts* hold, or, turned, fewer than that."""

    wanted: int
    parts: tuple[Left, ...]
    is_turned: bool


Left = bool | Leaf | Open
Unknown = tuple[str, Leaf | None]


class ByCases(NamedTuple):
    """What trying all cases gave."""

    answer: Answer
    missing: frozenset[str]
    tried: tuple[str, ...]
    """The facts whose possible values were tried."""


def by_cases(needs: Criterion, answers: Mapping[Leaf, Answer]) -> ByCases | None:
    """
    What the unknown facts can still change.

    Args:
        needs: The whole tree.
        answers: What three-valued logic said to each leaf.

    Returns:
        Nothing where no unknown fact is asked about twice, or where there are too many cases.
    """
    unknown = [leaf for leaf in needs.leaves() if answers[leaf] is Answer.NOT_KNOWN]
    asked = Counter(_unknown(leaf) for leaf in unknown)
    repeated = [key for key, times in asked.items() if times > 1]
    if not repeated:
        return None
    choices = [_possible([leaf for leaf in dict.fromkeys(unknown) if _unknown(leaf) == key]) for key in repeated]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_CASES:
        return None
    known = {leaf: answer is Answer.YES for leaf, answer in answers.items() if answer is not Answer.NOT_KNOWN}
    outcomes: dict[tuple[int, ...], Left] = {}
    for places in itertools.product(*(range(len(choice)) for choice in choices)):
        truth = dict(known)
        for place, choice in zip(places, choices, strict=True):
            truth.update(choice[place])
        outcomes[places] = _left(needs, truth)
    different = set(outcomes.values())
    names = tuple(name for name, _ in repeated)
    if different == {True} or different == {False}:
        return ByCases(Answer.YES if True in different else Answer.NO, frozenset(), names)
    missing = {name_and_kind(leaf)[0] for left in different for leaf in _open(left)}
    for axis, (name, _) in enumerate(repeated):
        lines: dict[tuple[int, ...], Left] = {}
        for places, left in outcomes.items():
            others = places[:axis] + places[axis + 1 :]
            if lines.setdefault(others, left) != left:
                missing.add(name)
                break
    return ByCases(Answer.NOT_KNOWN, frozenset(missing), names)


def _unknown(leaf: Leaf) -> Unknown:
    """What has to become known to answer *leaf*: one value for a number, an age, a yes or no; else the leaf itself."""
    name, _ = name_and_kind(leaf)
    return (name, None) if isinstance(leaf, AgeIs | NumberIs | FactIs) else (name, leaf)


def _possible(leaves: list[Leaf]) -> list[dict[Leaf, bool]]:
    """The answers that the leaves about one unknown can have together."""
    first = leaves[0]
    rows: list[dict[Leaf, bool]]
    if isinstance(first, AgeIs):
        ages = [leaf for leaf in leaves if isinstance(leaf, AgeIs)]
        bounds = {bound for leaf in ages for bound in (leaf.at_least, leaf.at_most) if bound is not None}
        tried = sorted({year for bound in bounds for year in (bound - 1, bound, bound + 1) if year >= 0})
        rows = [{leaf: _has_age(leaf, age) for leaf in ages} for age in tried]
    elif isinstance(first, NumberIs):
        numbers = [leaf for leaf in leaves if isinstance(leaf, NumberIs)]
        rows = [{leaf: lies_within(leaf, value) for leaf in numbers} for value in _between(numbers)]
    else:
        rows = [dict.fromkeys(leaves, is_so) for is_so in (True, False)]
    return list({tuple(row.values()): row for row in rows}.values())


def _has_age(asked: AgeIs, age: int) -> bool:
    return (asked.at_least is None or age >= asked.at_least) and (asked.at_most is None or age <= asked.at_most)


def _between(asked: list[NumberIs]) -> Iterator[Decimal]:
    """Every bound, and a number before, between and after the bounds."""
    bounds = sorted(
        {
            Decimal(bound)
            for leaf in asked
            for bound in (leaf.at_least, leaf.above, leaf.at_most, leaf.below)
            if bound is not None
        }
    )
    yield bounds[0] - 1
    for bound, following in zip(bounds, [*bounds[1:], bounds[-1] + 2], strict=True):
        yield bound
        yield (bound + following) / 2


def _left(node: Criterion, truth: Mapping[Leaf, bool]) -> Left:
    """What is left of the formula once the leaves in *truth* are settled."""
    if (leaf := node.leaf) is not None:
        return truth.get(leaf, leaf)
    wanted, parts = node.wanted, []
    for part in node.parts:
        left = _left(part, truth)
        if left is True:
            wanted -= 1
        elif left is not False:
            parts.append(left)
    is_turned = node.none_of is not None
    if wanted <= 0 or wanted > len(parts):
        return (wanted <= 0) is not is_turned
    return parts[0] if len(parts) == 1 and not is_turned else Open(wanted, tuple(parts), is_turned)


def _open(left: Left) -> Iterator[Leaf]:
    if isinstance(left, Open):
        for part in left.parts:
            yield from _open(part)
    elif not isinstance(left, bool):
        yield left
