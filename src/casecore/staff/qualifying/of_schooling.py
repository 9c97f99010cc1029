"""Questions about schooling: is there such a degree, are there credits enough?"""

from __future__ import annotations

from datetime import date
from typing import Any

from casecore.terms import Answer

from ..posts import (
    CreditsAsked,
    DegreeAsked,
)
from .credits import credits_in_file
from .fits import NO, SURE, Fit, Unknown
from .held import degree_on
from .months import counted
from .questions import Question, Weighed
from .seen import Seen
from .told import told_degree
from .wording import number, the_credits, the_degree

_ANSWERS = (Answer.NO, Answer.NOT_KNOWN, Answer.YES)


class OfDegree(Question):
    """Is there such a degree?"""

    __slots__ = ("asked", "told")

    def __init__(self, asked: DegreeAsked) -> None:
        self.asked = asked
        self.told = the_degree(asked)
        self.text = f"Is there {self.told}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        degrees = seen.file.degrees
        if degrees is None:
            unknown.append("degrees")
            return Answer.NOT_KNOWN, None
        best: Fit = NO
        which = None
        for place, degree in enumerate(degrees):
            fit = degree_on(degree, self.asked, seen, day, f"degrees[{place}]", unknown)
            if fit is SURE:
                return Answer.YES, degree
            if fit > best:
                best, which = fit, degree
        return _ANSWERS[best], which

    def because(self, figures: Any) -> str:
        if figures is None:
            return "no degree on file fits"
        return told_degree(figures)

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (self.told,)


class OfCredits(Question):
    """Are there credits enough?"""

    __slots__ = ("asked", "at_least", "told")

    def __init__(self, asked: CreditsAsked) -> None:
        self.asked = asked
        self.at_least = counted(asked.at_least)
        self.told = the_credits(asked)
        self.text = f"Are there {self.told}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        least, most = credits_in_file(self.asked, seen, day, unknown)
        if least >= self.at_least:
            return Answer.YES, least
        return (Answer.NO if most is not None and most < self.at_least else Answer.NOT_KNOWN), least

    def because(self, figures: Any) -> str:
        return f"{number(figures)} of {number(self.at_least)} {self.asked.unit.value} credits"

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (f"{number(self.at_least - figures, up=True)} more: {self.told}",)
