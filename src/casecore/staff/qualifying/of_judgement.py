"""What did the official decide, where a post leaves it to one?"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from casecore.terms import Answer

from ..posts import (
    Judged,
)
from ..staff_file import StaffFile
from .fits import Unknown
from .questions import Question, Weighed
from .seen import Seen
from .told import told_credits, told_degree, told_spell


class OnFile(NamedTuple):
    """What there is to judge by, for want of a ruling; without what was weighed, which would hold it in a circle."""

    file: StaffFile
    on: date


class OfJudgement(Question):
    """What did the official decide, where the post leaves it to one?"""

    __slots__ = ("asked", "post")
    grows = False

    def __init__(self, asked: Judged, post: str) -> None:
        self.asked = asked
        self.post = post
        self.text = f"Is it judged so: {asked.clause}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        ours = [
            each
            for each in seen.file.rulings
            if (each.post, each.clause) == (self.post, self.asked.clause) and each.decided_on <= seen.on
        ]
        if not ours:
            return Answer.NEEDS_JUDGEMENT, OnFile(seen.file, seen.on)
        ruling = max(ours, key=lambda each: each.decided_on)
        if any(each.decided_on == ruling.decided_on and each.is_so is not ruling.is_so for each in ours):
            return Answer.NEEDS_JUDGEMENT, OnFile(
                seen.file, seen.on
            )  # two rulings of one day that contradict each other
        return (Answer.YES if ruling.is_so else Answer.NO), ruling

    def because(self, figures: Any) -> str:
        if isinstance(figures, OnFile):
            return f"no ruling is on file; {laid_out(figures)}"
        return f"{figures.by} decided so on {figures.decided_on}" + (f": {figures.because}" if figures.because else "")

    def wanted(self, figures: Any) -> tuple[str, ...]:
        who = self.asked.by or "the official in charge"
        return (f"a ruling by {who} on {self.asked.clause}",) if isinstance(figures, OnFile) else ()


def laid_out(on_file: OnFile) -> str:
    """What is on file, for whoever must judge: degrees, credits, work and credentials."""
    file, on = on_file
    degrees = [told_degree(each) for each in file.degrees or () if each.awarded_on is None or each.awarded_on <= on]
    credits = [told_credits(each) for each in file.credits or () if each.earned_on is None or each.earned_on <= on]
    work = [told_spell(each) for each in file.experience or () if each.began_on <= on]
    held = [each.name for each in file.credentials or () if each.is_valid_on(on) is not False]
    kinds = (
        ("degrees", file.degrees is None, degrees),
        ("credits outside them", file.credits is None, credits),
        ("work", file.experience is None, work),
        ("credentials", file.credentials is None, held),
    )
    return "on file are " + "; ".join(
        f"{name}: {'not known' if is_unknown else ', '.join(told) or 'none'}" for name, is_unknown, told in kinds
    )
