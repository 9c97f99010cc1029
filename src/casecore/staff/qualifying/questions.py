"""
One question about a staff file, ready to be asked: made once from what a post asks, then asked of any file.

Each weighs first (the answer, and the figures behind it) and words only when somebody wants to read it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from casecore.staff.posts import (
    Aged,
    Appointed,
    CredentialAsked,
    CreditsAsked,
    DegreeAsked,
    Held,
    Judged,
    LearningAsked,
    Scored,
    Stated,
)
from casecore.staff.posts.work import exactly
from casecore.staff.staff_file import Statement
from casecore.terms import Answer, Verdict, age_on

from .credits import credits_in_file
from .fits import NO, SURE, Fit, Unknown, backed, is_one_of
from .held import credential_fits, degree_on, valid_days
from .seen import Seen
from .wording import any_of_these, number, the_credits, the_degree

Weighed = tuple[Answer, Any]
"""The answer, and the figures behind it."""

_ANSWERS = (Answer.NO, Answer.NOT_KNOWN, Answer.YES)


class Question(ABC):
    """One question about a staff file."""

    __slots__ = ("text",)

    text: str

    @abstractmethod
    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        """The answer as of *day*; notes in *unknown* the facts that could still change it."""

    @abstractmethod
    def because(self, figures: Any) -> str:
        """The reason in one sentence, from the figures weighed."""

    def wanted(self, figures: Any) -> tuple[str, ...]:
        """What would satisfy it, where the answer is not yes."""
        return ()

    def parts(self, seen: Seen, day: date) -> tuple[Verdict, ...]:
        """The judgements it was made from, where it was made from others."""
        return ()


class OfDegree(Question):
    """Is there such a degree?"""

    __slots__ = ("asked",)

    def __init__(self, asked: DegreeAsked) -> None:
        self.asked = asked
        self.text = f"Is there {the_degree(asked)}?"

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
        told = figures.title or f"{figures.level.value} degree" + (f" in {figures.field}" if figures.field else "")
        return f"{told}, awarded {figures.awarded_on}" if figures.awarded_on else told

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (the_degree(self.asked),)


class OfCredits(Question):
    """Are there credits enough?"""

    __slots__ = ("asked", "at_least")

    def __init__(self, asked: CreditsAsked) -> None:
        self.asked = asked
        self.at_least = exactly(asked.at_least)
        self.text = f"Are there {the_credits(asked)}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        least, most = credits_in_file(self.asked, seen, day, unknown)
        if least >= self.at_least:
            return Answer.YES, least
        return (Answer.NO if most is not None and most < self.at_least else Answer.NOT_KNOWN), least

    def because(self, figures: Any) -> str:
        return f"{number(figures)} of {number(self.at_least)} {self.asked.unit.value} credits"

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (f"{number(self.at_least - figures, up=True)} more: {the_credits(self.asked)}",)


class OfCredential(Question):
    """Is there such a credential, and is it valid when it must be?"""

    __slots__ = ("asked",)

    def __init__(self, asked: CredentialAsked) -> None:
        self.asked = asked
        when = {
            Held.ON_THE_DAY: "valid on the day",
            Held.AT_APPOINTMENT: "valid at appointment",
            Held.THROUGHOUT: "valid throughout since appointment",
        }[asked.held]
        issued = f" from {any_of_these(asked.issuers)}" if asked.issuers else ""
        at_least = f", held for at least {asked.for_at_least}" if asked.for_at_least else ""
        at_most = f", for at most {asked.for_at_most} after it was issued" if asked.for_at_most else ""
        self.text = f"Is there a credential {any_of_these(asked.names)}{issued}, {when}{at_least}{at_most}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        if seen.file.credentials is None:
            unknown.append("credentials")
            return Answer.NOT_KNOWN, None
        first, last = self._days(seen, day)
        surely: list[tuple[int, int]] = []
        perhaps: list[tuple[int, int]] = []
        any_perhaps = False
        expired: date | None = None
        for place, credential in enumerate(seen.file.credentials):
            path = f"credentials[{place}]"
            fit = credential_fits(credential, self.asked, seen, path, unknown)
            if fit is NO:
                continue
            if credential.issued_on is None:
                if credential.expires_on is None or credential.expires_on > last:
                    any_perhaps = True
                    unknown.append(f"{path}.issued_on")
                continue
            stretches = valid_days(credential, self.asked, last.toordinal())
            perhaps.extend(stretches)
            if fit is SURE:
                surely.extend(stretches)
            if credential.expires_on is not None and credential.expires_on <= last:
                expired = max(expired or credential.expires_on, credential.expires_on)
        if _cover(surely, first.toordinal(), last.toordinal()):
            return Answer.YES, None
        if any_perhaps or _cover(perhaps, first.toordinal(), last.toordinal()):
            return Answer.NOT_KNOWN, None
        return Answer.NO, expired

    def _days(self, seen: Seen, day: date) -> tuple[date, date]:
        appointed = min(seen.file.appointed_on or day, day)
        if self.asked.held is Held.ON_THE_DAY:
            return day, day
        return appointed, appointed if self.asked.held is Held.AT_APPOINTMENT else day

    def because(self, figures: Any) -> str:
        return f"expired on {figures}" if figures else ""

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (f"the credential {any_of_these(self.asked.names)}",)


def _cover(stretches: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether every day from *first* to *last* lies in one of the half-open stretches."""
    for start, end in sorted(stretches):
        if start > first:
            return False
        first = max(first, end)
        if first > last:
            return True
    return False


class OfLearning(Question):
    """Are there hours of training enough?"""

    __slots__ = ("asked", "hours")

    def __init__(self, asked: LearningAsked) -> None:
        self.asked = asked
        self.hours = exactly(asked.hours)
        about = f" in {any_of_these(asked.subjects)}" if asked.subjects else ""
        within = f" within {asked.within}" if asked.within else ""
        self.text = f"Are there {number(self.hours)} hours of training{about}{within}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        if seen.file.learning is None:
            unknown.append("learning")
            return (Answer.NOT_KNOWN if self.hours else Answer.YES), Fraction(0)
        first = date.min if self.asked.within is None else self.asked.within.look_back(day).start
        least = most = Fraction(0)
        for place, done in enumerate(seen.file.learning):
            if not first <= done.completed_on <= day:
                continue
            path = f"learning[{place}]"
            noted = len(unknown)
            fit = min(
                is_one_of(done.subject, self.asked.subjects, f"{path}.subject", unknown),
                is_one_of(done.provider, self.asked.providers, f"{path}.provider", unknown),
                backed(done, self.asked.papers, seen.counts_unverified, path, unknown),
            )
            if fit is NO:
                del unknown[noted:]
                continue
            hours = exactly(done.hours)
            most += hours
            if fit is SURE:
                least += hours
        if least >= self.hours:
            return Answer.YES, least
        return (Answer.NO if most < self.hours else Answer.NOT_KNOWN), least

    def because(self, figures: Any) -> str:
        return f"{number(figures)} of {number(self.hours)} hours"

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (f"{number(self.hours - figures, up=True)} more hours of training",)


class OfStatement(Question):
    """Is it so?"""

    __slots__ = ("asked",)

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


class OfJudgement(Question):
    """What did the official decide, where the post leaves it to one?"""

    __slots__ = ("asked", "post")

    def __init__(self, asked: Judged, post: str) -> None:
        self.asked = asked
        self.post = post
        self.text = f"Is it judged so: {asked.clause}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        ruling = None
        for each in seen.file.rulings:
            if (each.post, each.clause) == (self.post, self.asked.clause) and each.decided_on <= seen.on:
                if ruling is None or each.decided_on > ruling.decided_on:
                    ruling = each
                elif each.decided_on == ruling.decided_on and each.is_so is not ruling.is_so:
                    return Answer.NEEDS_JUDGEMENT, seen  # two rulings of one day that contradict each other
        if ruling is None:
            return Answer.NEEDS_JUDGEMENT, seen
        return (Answer.YES if ruling.is_so else Answer.NO), ruling

    def because(self, figures: Any) -> str:
        if isinstance(figures, Seen):
            return f"no ruling is on file; {laid_out(figures)}"
        return f"{figures.by} decided so on {figures.decided_on}" + (f": {figures.because}" if figures.because else "")

    def wanted(self, figures: Any) -> tuple[str, ...]:
        who = self.asked.by or "the official in charge"
        return (f"a ruling by {who} on {self.asked.clause}",) if isinstance(figures, Seen) else ()


def laid_out(seen: Seen) -> str:
    """What is on file, for whoever must judge: degrees, credits, spells of work, credentials."""
    file = seen.file
    kinds = (
        ("degree", file.degrees),
        ("group of credits", file.credits),
        ("spell of work", file.experience),
        ("credential", file.credentials),
    )
    told = [
        f"{name}s not known" if things is None else f"{len(things)} {name}{'' if len(things) == 1 else 's'}"
        for name, things in kinds
    ]
    return "on file: " + ", ".join(told)


__all__ = [
    "OfAge",
    "OfAppointment",
    "OfCredential",
    "OfCredits",
    "OfDegree",
    "OfJudgement",
    "OfLearning",
    "OfScore",
    "OfStatement",
    "Question",
    "Weighed",
]
