"""The answer to who may hold a post, with everything a personnel officer would want beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil
from typing import TypeVar

import attrs

from casecore.terms import Label, Value, Verdict, Words

from ..credentials import Credential, Learning
from ..experience import Spell
from ..posts import Footing
from ..schooling import Credits, Degree
from ..staff_file import StaffFile, Statement


@attrs.frozen(kw_only=True)
class Condition(Value):
    """
    A need that is still open though the answer is yes.

    Attributes:
        by: The last day on which it may still be open; nothing where there is no limit.
    """

    what: Words
    by: date | None
    footing: Footing


@attrs.frozen(kw_only=True)
class Step(Value):
    """
    One thing to be gained, and what it would add to the file.

    Attributes:
        what: In words: ``7 more months of full-time work``.
        months: About how long it takes; nothing where no source says so.
    """

    what: Words
    months: float | None = None
    degrees: tuple[Degree, ...] = ()
    credits: tuple[Credits, ...] = ()
    experience: tuple[Spell, ...] = ()
    credentials: tuple[Credential, ...] = ()
    learning: tuple[Learning, ...] = ()
    statements: tuple[Statement, ...] = ()

    def added_to(self, file: StaffFile) -> StaffFile:
        """*file* as it would be after this step."""
        return file._with(
            stated_on=None,
            degrees=_with(file.degrees, self.degrees),
            credits=_with(file.credits, self.credits),
            experience=_with(file.experience, self.experience),
            credentials=_with(file.credentials, self.credentials),
            learning=_with(file.learning, self.learning),
            statements=(*file.statements, *self.statements),
        )


@attrs.frozen(kw_only=True)
class Way(Value):
    """
    One way to become qualified: with all its steps, and nothing more, the answer is yes.

    Attributes:
        on: The first day on which it would do if the work began the day after the day asked about, full time, and
            everything else were there at once: what is to be studied takes the `months` of its step.
    """

    steps: tuple[Step, ...]
    on: date

    @property
    def months(self) -> float | None:
        """
        About how long it takes; nothing where no source says so for one of the steps.

        What is studied is studied at the same time, and beside work; work that no one position gives comes in turn.
        """
        if any(step.months is None for step in self.steps):
            return None
        worked = sum(step.months or 0.0 for step in self.steps if step.experience)
        return max([worked, *(step.months or 0.0 for step in self.steps)])

    @property
    def takes(self) -> str:
        """How long it takes, in words: ``about 7 months, worked by 2026-07-31``."""
        if self.months is None:
            length = "no source says how long"
        elif self.months < 1:
            length = "less than a month"
        else:
            months = ceil(10 * self.months) / 10
            length = f"about {months:g} month{'' if months == 1 else 's'}"
        return f"{length}, worked by {self.on}" if any(step.experience for step in self.steps) else length

    def added_to(self, file: StaffFile) -> StaffFile:
        """*file* as it would be after all steps."""
        for step in self.steps:
            file = step.added_to(file)
        return file

    def __str__(self) -> str:
        return " and ".join(step.what for step in self.steps)


@attrs.frozen(kw_only=True)
class Qualification(Verdict):
    """
    Whether somebody may hold a post: a `Verdict`, and what a personnel officer asks next.

    Attributes:
        post: The post's name.
        on: The day asked about.
        routes: The named needs through which it is yes.
        conditions: What must still follow, where it is yes.
        ways: The cheapest ways to become qualified, where it is not yes for want of something; cheapest first.
    """

    post: Label
    on: date
    routes: tuple[Label, ...] = ()
    conditions: tuple[Condition, ...] = ()
    ways: tuple[Way, ...] = ()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The tree of reasons as indented lines, then conditions and ways."""
        yield from super().lines(depth)
        for condition in self.conditions:
            until = f" by {condition.by}" if condition.by else ""
            yield f"on condition ({condition.footing.value}){until}: {condition.what}"
        for rank, way in enumerate(self.ways, start=1):
            yield f"way {rank} ({way.takes}): {way}"


PartT = TypeVar("PartT")


def _with(parts: tuple[PartT, ...] | None, more: tuple[PartT, ...]) -> tuple[PartT, ...] | None:
    return (*(parts or ()), *more) if more else parts
