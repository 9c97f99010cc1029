"""
How far an objective has come, from its baseline to its target.

>>> from datetime import date
>>> from casecore.goals import Objective, ProgressNoted, progress_of
>>> fewer = Objective(objective_id="o-1", words="Fewer nights on the street", measure="nights a month",
...                   baseline=20, target=4)
>>> noted = ProgressNoted(noted_on=date(2026, 3, 1), goal_id="g-1", objective_id="o-1", value=8)
>>> progress_of(fewer, [noted]).share
Fraction(3, 4)
>>> progress_of(fewer, []).missing
('value',)
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from casecore.terms import Label, Ref, Value

from .goal import Objective, ProgressNoted


class Knowledge(enum.Enum):
    """
    Whether a figure can be had. Undefined: there is none, whatever comes to light. Not known: a fact is missing.

    Neither is ever shown as a number.
    """

    KNOWN = "known"
    NOT_KNOWN = "not-known"
    UNDEFINED = "undefined"


@attrs.frozen(kw_only=True)
class Progress(Value):
    """
    How far one objective has come.

    Attributes:
        share: The part of the way from baseline to target, exactly: 0 at the baseline, 1 at the target, below 0 where
            things got worse, above 1 past the target. Nothing unless it is known.
        because: Why there is no share, where there is none.
        missing: The facts that are missing: ``baseline``, ``target``, ``value``.
        value, noted_on: The last value noted, and when.
    """

    objective_id: Ref
    knowledge: Knowledge
    share: Fraction | None = None
    because: str = ""
    missing: tuple[Label, ...] = ()
    value: Decimal | int | None = None
    noted_on: date | None = None

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; nothing where that cannot be told."""
        return None if self.share is None else self.share >= 1


def progress_of(objective: Objective, noted: Iterable[ProgressNoted], as_of: date | None = None) -> Progress:
    """
    How far *objective* has come by the last value noted for it.

    Args:
        objective: In its latest wording: a restated baseline or target measures the old values too.
        noted: Progress notes of the case or the goal, in any order. Of two values on one day the later given holds.
        as_of: Notes dated later are left out.

    Returns:
        The share of the way, whichever way the target lies. Undefined where there is no measure, or where target and
        baseline are the same, so that there is no way to go. Not known while baseline, target or value is missing.
    """
    last: ProgressNoted | None = None
    for note in noted:
        if (
            note.objective_id == objective.objective_id
            and note.value is not None
            and (as_of is None or note.noted_on <= as_of)
            and (last is None or note.noted_on >= last.noted_on)
        ):
            last = note
    value, noted_on = (last.value, last.noted_on) if last else (None, None)
    baseline, target = objective.baseline, objective.target

    def without(knowledge: Knowledge, because: str, *missing: str) -> Progress:
        return Progress(
            objective_id=objective.objective_id,
            knowledge=knowledge,
            because=because,
            missing=missing,
            value=value,
            noted_on=noted_on,
        )

    if objective.measure is None:
        return without(Knowledge.UNDEFINED, "the objective has no measure")
    if baseline is not None and baseline == target:
        return without(Knowledge.UNDEFINED, "target and baseline are the same, so there is no way to go")
    if baseline is None or target is None or value is None:
        facts = {"baseline": baseline, "target": target, "value": value}
        missing = [name for name, fact in facts.items() if fact is None]
        return without(Knowledge.NOT_KNOWN, f"missing: {', '.join(missing)}", *missing)
    start = Fraction(baseline)
    return Progress(
        objective_id=objective.objective_id,
        knowledge=Knowledge.KNOWN,
        share=(Fraction(value) - start) / (Fraction(target) - start),
        value=value,
        noted_on=noted_on,
    )
