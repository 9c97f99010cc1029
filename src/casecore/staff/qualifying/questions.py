"""
One question about a staff file, ready to be asked: made once from what a post asks, then asked of any file.

Each weighs first (the answer, and the figures behind it) and words only when somebody wants to read it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import Any, ClassVar, NamedTuple

from casecore.terms import Answer, Verdict

from ..posts import Footing
from .fits import Unknown
from .seen import Seen

Weighed = tuple[Answer, Any]
"""The answer, and the figures behind it."""


class Open(NamedTuple):
    """A need that may still be met later, and until when."""

    what: str
    by: date | None
    footing: Footing


class Question(ABC):
    """One question about a staff file."""

    __slots__ = ("text",)

    text: str
    may_stay_open: ClassVar[bool] = False
    """Whether something may have to follow though the answer is yes."""
    grows: ClassVar[bool] = True
    """Whether more may have come since the file was stated: then a file that ends before the day cannot say no."""

    def weighed(self, seen: Seen, day: date) -> tuple[Answer, Any, Unknown]:
        """The answer, the figures behind it and the facts that could still change it; weighed once for a file."""
        found = seen.weighed.get((self, day))
        if found is None:
            unknown: Unknown = []
            answer, figures = self.weigh(seen, day, unknown)
            stated_on = seen.file.stated_on
            if answer is Answer.NO and self.grows and stated_on is not None and stated_on < day:
                answer = Answer.NOT_KNOWN
                unknown.append("stated_on")
            found = seen.weighed[self, day] = (answer, figures, unknown)
        known: tuple[Answer, Any, Unknown] = found
        return known

    @abstractmethod
    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        """The answer as of *day*; notes in *unknown* the facts that could still change it."""

    @abstractmethod
    def because(self, figures: Any) -> str:
        """The reason in one sentence, from the figures weighed."""

    def wanted(self, figures: Any) -> tuple[str, ...]:
        """What would satisfy it, where the answer is not yes."""
        return ()

    def still_open(self, seen: Seen, day: date) -> tuple[Open, ...]:
        """What must still follow, though the answer is yes."""
        return ()

    def parts(self, seen: Seen, day: date) -> tuple[Verdict, ...]:
        """The judgements it was made from, where it was made from others."""
        return ()
