"""
A judgement with its reasons.

>>> from casecore.terms import Answer, Verdict, all_of
>>> adult = Verdict(answer=Answer.YES, question="Is the client 18 or older?", because="born 1990-05-01")
>>> ill = Verdict(answer=Answer.NOT_KNOWN, question="Is there a qualifying diagnosis?", missing=("diagnosis",))
>>> both = all_of("May the client be admitted?", [adult, ill])
>>> both.answer.value, both.missing
('not-known', ('diagnosis',))
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence

import attrs

from .checks import Words
from .errors import CasecoreError, Problem
from .sources import Source
from .values import Value


class Answer(enum.Enum):
    """The answers a gate can give. An unknown fact is *not known*, never no."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"
    NEEDS_JUDGEMENT = "needs-judgement"
    """The facts are known, and the rule leaves the answer to a person: no reckoning may give it."""


@attrs.frozen(kw_only=True)
class Verdict(Value):
    """
    One answer to one question, with the reasons below it.

    Attributes:
        because: The deciding reason in one sentence, where there is one.
        parts: The judgements this one was made from, all of them.
        missing: Names of facts that, once known, could still change the answer. Empty unless *not known*.
        would_satisfy: What a person could do to turn this into a yes.
        source: By whose authority the question is asked.
    """

    answer: Answer
    question: Words
    because: str = ""
    parts: tuple[Verdict, ...] = ()
    missing: tuple[str, ...] = ()
    would_satisfy: tuple[str, ...] = ()
    source: Source | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.missing and self.answer is not Answer.NOT_KNOWN:
            yield Problem("missing", "must be empty unless the answer is not known")

    @property
    def is_yes(self) -> bool:
        """Whether the answer is yes; *not known* is not."""
        return self.answer is Answer.YES

    @property
    def is_no(self) -> bool:
        """Whether the answer is no; *not known* is not."""
        return self.answer is Answer.NO

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The tree of reasons as indented lines, for a person to read."""
        authority = f" [{self.source}]" if self.source else ""
        reason = f": {self.because}" if self.because else ""
        yield f"{'  ' * depth}{self.answer.value}  {self.question}{reason}{authority}"
        for wanted in self.would_satisfy:
            yield f"{'  ' * depth}    would satisfy: {wanted}"
        for part in self.parts:
            yield from part.lines(depth + 1)


class NotPossible(CasecoreError, ValueError):
    """A step that cannot be taken now; its verdict says why, and what would make it possible."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(verdict)

    def __str__(self) -> str:
        return "\n".join(self.verdict.lines())


def yes(question: str, because: str = "", *, source: Source | None = None) -> Verdict:
    """A plain yes."""
    return Verdict(answer=Answer.YES, question=question, because=because, source=source)


def no(question: str, because: str, *, would_satisfy: Sequence[str] = (), source: Source | None = None) -> Verdict:
    """A plain no; says what would satisfy it wherever something could."""
    return Verdict(
        answer=Answer.NO, question=question, because=because, would_satisfy=tuple(would_satisfy), source=source
    )


def not_known(question: str, *missing: str, because: str = "", source: Source | None = None) -> Verdict:
    """Not known, for want of the facts named."""
    return Verdict(answer=Answer.NOT_KNOWN, question=question, because=because, missing=missing, source=source)


def needs_judgement(
    question: str, because: str, *, would_satisfy: Sequence[str] = (), source: Source | None = None
) -> Verdict:
    """Left to a person: *because* lays out the facts, *would_satisfy* says who is to decide."""
    return Verdict(
        answer=Answer.NEEDS_JUDGEMENT,
        question=question,
        because=because,
        would_satisfy=tuple(would_satisfy),
        source=source,
    )


def all_of(question: str, parts: Iterable[Verdict], *, source: Source | None = None) -> Verdict:
    """Yes when every part is yes; no as soon as one is no; otherwise not known."""
    judged = tuple(parts)
    return at_least(len(judged), question, judged, source=source)


def any_of(question: str, parts: Iterable[Verdict], *, source: Source | None = None) -> Verdict:
    """Yes as soon as one part is yes; no when every part is no; otherwise not known."""
    return at_least(1, question, parts, source=source)


def at_least(count: int, question: str, parts: Iterable[Verdict], *, source: Source | None = None) -> Verdict:
    """
    Yes when *count* parts are yes, no when so many are no that *count* can no longer be reached, else not known.

    What is missing is named only while it can still change the answer. Where no fact is missing and a part still needs
    judgement, so does the whole: the facts come first, then the person who judges them.
    """
    judged = tuple(parts)
    for_it = sum(part.answer is Answer.YES for part in judged)
    against = sum(part.answer is Answer.NO for part in judged)
    if for_it >= count:
        answer = Answer.YES
    elif len(judged) - against < count:
        answer = Answer.NO
    elif any(part.answer is Answer.NOT_KNOWN for part in judged):
        answer = Answer.NOT_KNOWN
    else:
        answer = Answer.NEEDS_JUDGEMENT
    missing: tuple[str, ...] = ()
    if answer is Answer.NOT_KNOWN:
        missing = tuple(dict.fromkeys(name for part in judged for name in part.missing))
    wanted: tuple[str, ...] = ()
    if answer is not Answer.YES:
        wanted = tuple(dict.fromkeys(act for part in judged if not part.is_yes for act in part.would_satisfy))
    return Verdict(
        answer=answer,
        question=question,
        because=f"{for_it} of {len(judged)} hold, {count} needed",
        parts=judged,
        missing=missing,
        would_satisfy=wanted,
        source=source,
    )


def negation(question: str, part: Verdict) -> Verdict:
    """Yes where *part* is no, no where it is yes; where it is neither, the same."""
    turned = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}
    return Verdict(
        answer=turned.get(part.answer, part.answer),
        question=question,
        because=part.because,
        parts=(part,),
        missing=part.missing,
    )
