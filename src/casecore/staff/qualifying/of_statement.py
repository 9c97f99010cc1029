"""Questions about what is stated: is it so, does a number suffice, how old, when appointed?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from casecore.terms import Answer, age_on

from ..posts import (
    Aged,
    Appointed,
    Scored,
    Stated,
)
from ..staff_file import Statement
from .fits import NO, SURE, Unknown, backed
from .questions import Question, Weighed
from .seen import Seen


class OfStatement(Question):
    """Is it so?"""

    __slots__ = ("asked",)
    grows = False

    def __init__(self, asked: Stated) -> None:
        self.asked = asked
        self.text = f"Is it so: {asked.name}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        stated = latest(seen, self.asked.name, day, number=False)
        if stated is None:
            unknown.append(self.asked.name)
            return Answer.NOT_KNOWN, None
        if not stated.is_so:
            return _if_backed(Answer.NO, stated, (), seen, self.asked.name, unknown), stated
        return _if_backed(Answer.YES, stated, self.asked.papers, seen, self.asked.name, unknown), stated

    def because(self, figures: Any) -> str:
        if figures is None:
            return "it is not stated"
        return "stated" + (f" on {figures.stated_on}" if figures.stated_on else "") + ("" if figures.is_so else ": no")

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (self.asked.name,)


class OfScore(Question):
    """Does a number lie within its bounds?"""

    __slots__ = ("asked",)
    grows = False

    def __init__(self, asked: Scored) -> None:
        self.asked = asked
        bounds = [f"at least {asked.at_least:g}"] if asked.at_least is not None else []
        bounds += [f"at most {asked.at_most:g}"] if asked.at_most is not None else []
        self.text = f"Is {asked.name} {' and '.join(bounds)}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        stated = latest(seen, self.asked.name, day, number=True)
        if stated is None or stated.number is None:
            unknown.append(self.asked.name)
            return Answer.NOT_KNOWN, None
        least, most = self.asked.at_least, self.asked.at_most
        fits = (least is None or stated.number >= least) and (most is None or stated.number <= most)
        answer = Answer.YES if fits else Answer.NO
        return _if_backed(answer, stated, self.asked.papers, seen, self.asked.name, unknown), stated.number

    def because(self, figures: Any) -> str:
        return "it is not stated" if figures is None else f"it is {figures:g}"

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (self.text.removeprefix("Is ").removesuffix("?"),)


def latest(seen: Seen, name: str, day: date, *, number: bool) -> Statement | None:
    """The latest statement under *name* that holds on *day*; nothing where two of one day contradict each other."""
    best: Statement | None = None
    is_certain = True
    for stated in seen.file.statements:
        if stated.name != name or (stated.number is None) is number:
            continue
        if (stated.stated_on or date.min) > day or (stated.until is not None and stated.until <= day):
            continue
        newer = (stated.stated_on or date.min, (best and best.stated_on) or date.min)
        if best is None or newer[0] > newer[1]:
            best, is_certain = stated, True
        elif newer[0] == newer[1] and (stated.is_so, stated.number) != (best.is_so, best.number):
            is_certain = False
        elif newer[0] == newer[1] and stated.is_verified and not best.is_verified:
            best = stated
    return best if is_certain else None


def _if_backed(
    answer: Answer, stated: Statement, papers: Sequence[str], seen: Seen, path: str, unknown: Unknown
) -> Answer:
    fit = backed(stated, papers, seen.counts_unverified, path, unknown)
    if fit is SURE:
        return answer
    return Answer.NO if fit is NO else Answer.NOT_KNOWN


class OfAge(Question):
    """Is the age within its bounds?"""

    __slots__ = ("asked",)
    grows = False

    def __init__(self, asked: Aged) -> None:
        self.asked = asked
        bounds = [f"at least {asked.at_least}"] if asked.at_least is not None else []
        bounds += [f"at most {asked.at_most}"] if asked.at_most is not None else []
        self.text = f"Is the age {' and '.join(bounds)}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        born_on = seen.file.born_on
        if born_on is None:
            unknown.append("born_on")
            return Answer.NOT_KNOWN, None
        age = age_on(day, born_on)
        least, most = self.asked.at_least, self.asked.at_most
        fits = (least is None or age >= least) and (most is None or age <= most)
        return (Answer.YES if fits else Answer.NO), age

    def because(self, figures: Any) -> str:
        return "the date of birth is not known" if figures is None else f"it is {figures}"


class OfAppointment(Question):
    """Was (or would be) the appointment within these days?"""

    __slots__ = ("asked",)
    grows = False

    def __init__(self, asked: Appointed) -> None:
        self.asked = asked
        since = f" on {asked.since} or later" if asked.since else ""
        before = f" before {asked.before}" if asked.before else ""
        self.text = f"Is the day of appointment{since}{' and' if since and before else ''}{before}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        appointed = seen.file.appointed_on or seen.on
        since, before = self.asked.since, self.asked.before
        fits = (since is None or appointed >= since) and (before is None or appointed < before)
        return (Answer.YES if fits else Answer.NO), (appointed, seen.file.appointed_on is not None)

    def because(self, figures: Any) -> str:
        appointed, is_past = figures
        return f"appointed on {appointed}" if is_past else f"it would be {appointed}"
