"""How much a case weighs in a worker's caseload."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import attrs

from casecore.standards import Rule
from casecore.terms import AtLeast, AtMost, Label, Problem, Value

Weight = Annotated[float, AtLeast(0), AtMost(1000)]
"""How much a case counts in a caseload, 1.0 being as much as one case."""


@attrs.frozen(kw_only=True)
class CaseWeight(Value):
    """
    What the cases of one program and level weigh.

    Attributes:
        program, level: Where one is not said, it is any.
    """

    weight: Weight
    program: Label | None = None
    level: Label | None = None


@attrs.frozen(kw_only=True)
class CaseWeights(Rule, asks="case-weights"):
    """
    How much each case weighs, by its program and level: the first weight that fits counts.

    Attributes:
        weights: In the order in which they are tried.
        otherwise: What a case weighs that none of them fits; without it, that is not known.
    """

    weights: tuple[CaseWeight, ...]
    otherwise: Weight | None = None

    def contradictions(self) -> Iterator[Problem]:
        seen: list[CaseWeight] = []
        for place, each in enumerate(self.weights):
            if any(_hides(before, each) for before in seen):
                yield Problem(f"weights[{place}]", "can never count: one before it fits whatever it fits")
            seen.append(each)
        if not self.weights:
            yield Problem("weights", "must hold at least one weight")

    def of(self, *, program: str, level: str | None) -> tuple[float, float | None]:
        """
        The least and the most that a case may weigh: the same where it is known.

        Where the case's level is not known, it may be any. The most is nothing where it is not known at all.
        """
        found: list[float] = []
        levels: set[str] = set()  # of an unknown level's, those that a weight before has settled
        for each in self.weights:
            if each.program in (None, program):
                if each.level is None or each.level == level:
                    found.append(each.weight)
                    return min(found), max(found)
                if level is None and each.level not in levels:
                    levels.add(each.level)
                    found.append(each.weight)
        if self.otherwise is None:
            return 0.0, None
        found.append(self.otherwise)
        return min(found), max(found)


def _hides(before: CaseWeight, after: CaseWeight) -> bool:
    return before.program in (None, after.program) and before.level in (None, after.level)
