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
        if not stated:
            unknown.append(self.asked.name)
            return Answer.NOT_KNOWN, None
        if not stated[0].is_so:
            return _if_backed(Answer.NO, stated, (), seen, self.asked.name, unknown), stated[0]
        return _if_backed(Answer.YES, stated, self.asked.papers, seen, self.asked.name, unknown), stated[0]

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
        number = stated[0].number if stated else None
        if number is None:
            unknown.append(self.asked.name)
            return Answer.NOT_KNOWN, None
        least, most = self.asked.at_least, self.asked.at_most
        fits = (least is None or number >= least) and (most is None or number <= most)
        # a paper that backs a number that does not do changes nothing
        answer, papers = (Answer.YES, self.asked.papers) if fits else (Answer.NO, ())
        return _if_backed(answer, stated, papers, seen, self.asked.name, unknown), number

    def because(self, figures: Any) -> str:
        return "it is not stated" if figures is None else f"it is {figures:g}"

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (self.text.removeprefix("Is ").removesuffix("?"),)


def latest(seen: Seen, name: str, day: date, *, number: bool) -> list[Statement]:
    """
    The latest statements under *name* that hold on *day*, all of one day and all saying the same.

    None where nothing is stated, and none where two of one day contradict each other.
    """
    last: list[Statement] = []
    since = date.min
    for stated in seen.file.statements:
        if stated.name != name or (stated.number is None) is number:
            continue
        stated_on = stated.stated_on or date.min
        if stated_on > day or (stated.until is not None and stated.until <= day) or stated_on < since:
            continue
        last = [stated] if stated_on > since else [*last, stated]
        since = stated_on
    agree = all((each.is_so, each.number) == (last[0].is_so, last[0].number) for each in last)
    return last if agree else []


def _if_backed(
    answer: Answer, stated: Sequence[Statement], papers: Sequence[str], seen: Seen, path: str, unknown: Unknown
) -> Answer:
    """*answer* if what stands behind one of the statements suffices; what is missing is told of the best of them."""
    best, lacking = NO, []
    for each in stated:
        here: Unknown = []
        fit = backed(each, papers, seen.counts_unverified, path, here)
        if fit is SURE:
            return answer
        if fit > best:
            best, lacking = fit, here
    unknown.extend(lacking)
    return Answer.NO if best is NO else Answer.NOT_KNOWN


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
