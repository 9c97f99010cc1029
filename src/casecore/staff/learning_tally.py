"""
Which hours of continuing education count: surely, at best, and not at all.

Hours that were only said, of an unknown provider, or without a paper that may still come, may count. Hours of an
unknown subject may turn out to be of any subjects, also of several.
"""

from __future__ import annotations

import enum
from fractions import Fraction

from casecore.terms import exact

from .credentials import Learning
from .learning_minimum import LearningMinimum


class LearningNotCounted(enum.Enum):
    """Why hours do not count, or not all of them."""

    SUBJECT = "subject-not-accepted"
    PROVIDER = "provider-not-accepted"
    PAPER_REFUSED = "paper-refused"
    OVER_THE_MOST = "over-the-most"
    NOT_KNOWN = "not-known"


NONE = Fraction(0)
"""No hours."""


def why_never(learning: Learning, rule: LearningMinimum) -> LearningNotCounted | None:
    """Why *learning* can never count; nothing where it does or may."""
    if rule.subjects and learning.subject is not None and learning.subject not in rule.subjects:
        return LearningNotCounted.SUBJECT
    if rule.providers and learning.provider is not None and learning.provider not in rule.providers:
        return LearningNotCounted.PROVIDER
    if any(paper in learning.refused for paper in rule.papers):
        return LearningNotCounted.PAPER_REFUSED
    return None


def lacking(learning: Learning, rule: LearningMinimum) -> list[str]:
    """The facts without which it is not known whether *learning* counts; its subject only where others never count."""
    facts = []
    if rule.subjects and learning.subject is None:
        facts.append("subject")
    if rule.providers and learning.provider is None:
        facts.append("provider")
    if not (learning.is_verified or rule.counts_unverified):
        facts.append("verification")
    facts.extend(paper for paper in rule.papers if paper not in learning.papers)
    return facts


class Tally:
    """
    Hours added up against one rule; changed in place, an hour at a time in or out.

    Kept are the hours of each part, and of none: those that surely count, and all that may.
    """

    __slots__ = ("_asked", "_free", "_hoped", "_least", "_loose", "_most", "_place", "_sure", "rule")

    def __init__(self, rule: LearningMinimum) -> None:
        self.rule = rule
        self._place = {subject: place for place, part in enumerate(rule.parts) for subject in part.subjects}
        places = len(rule.parts) + 1  # the last is for subjects of no part
        self._sure, self._hoped = [NONE] * places, [NONE] * places
        self._loose = [NONE, NONE]  # of unknown subject: surely hours, perhaps hours
        self._asked = exact(rule.hours)
        self._least = [exact(part.at_least) for part in rule.parts]
        self._most = [None if part.at_most is None else exact(part.at_most) for part in rule.parts]
        in_parts_only = bool(rule.subjects) and set(rule.subjects) <= set(self._place)
        self._free = not in_parts_only or None in self._most

    def add(self, learning: Learning, sign: int = 1) -> None:
        """Take in what was learned; with -1, take it out again. What can never count is passed over."""
        if why_never(learning, self.rule) is not None:
            return
        hours = exact(learning.hours) if sign > 0 else -exact(learning.hours)
        is_sure = not lacking(learning, self.rule)
        if learning.subject is None:
            self._loose[1] += hours
            self._loose[0] += hours if is_sure else NONE
            return
        place = self._place.get(learning.subject, -1)
        self._hoped[place] += hours
        if is_sure:
            self._sure[place] += hours

    @property
    def counted(self) -> Fraction:
        """The hours that count whatever the unknown facts are."""
        return self._within(self._sure) + min([self._loose[0], *self._rooms(self._sure)])

    @property
    def at_best(self) -> Fraction:
        """The hours that count if everything not known turns out well."""
        loose = self._loose[1]
        return self._within(self._hoped) + (loose if self._free else min(loose, sum(self._rooms(self._hoped), NONE)))

    def of_part(self, place: int) -> tuple[Fraction, Fraction]:
        """The hours of one part that count: surely, and at best."""
        best, most = self._hoped[place] + self._loose[1], self._most[place]
        return (self._sure[place], best) if most is None else (min(self._sure[place], most), min(best, most))

    def is_met(self, carried: Fraction) -> bool:
        """Whether the minimum is met whatever the unknown facts are, *carried* hours among the hours."""
        parts = all(sure >= least for sure, least in zip(self._sure, self._least, strict=False))
        return parts and self.counted + carried >= self._asked

    def may_be_met(self, carried: Fraction) -> bool:
        """Whether the minimum is met if everything not known turns out well."""
        short = (max(NONE, least - hoped) for hoped, least in zip(self._hoped, self._least, strict=False))
        return sum(short, NONE) <= self._loose[1] and self.at_best + carried >= self._asked

    def _within(self, hours: list[Fraction]) -> Fraction:
        """The hours of all subjects, each part held to its most."""
        held = (some if most is None else min(some, most) for some, most in zip(hours, self._most, strict=False))
        return sum(held, hours[-1])

    def _rooms(self, hours: list[Fraction]) -> list[Fraction]:
        """How many more hours each part that has a most can take."""
        pairs = zip(hours, self._most, strict=False)  # the hours of no part stand last, and have no most
        return [max(NONE, most - some) for some, most in pairs if most is not None]
