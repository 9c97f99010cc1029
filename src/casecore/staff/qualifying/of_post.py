"""May the worker hold another post, where one post asks for what another does?"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Protocol

from casecore.terms import Answer, Verdict

from ..posts import Post
from ..staff_file import StaffFile
from .fits import Unknown
from .gains import Option
from .qualification import Qualification
from .questions import Open, Question, Weighed
from .seen import Seen


class AsksOther(Protocol):
    """Another post, ready to be asked."""

    post: Post

    def answer(self, file: StaffFile, *, on: date) -> Answer:
        """The answer alone."""
        ...

    def may_hold(self, file: StaffFile, *, on: date, most_ways: int) -> Qualification:
        """The answer with its reasons."""
        ...

    def options(self, file: StaffFile, *, on: date) -> list[Option]:
        """What would have to be gained."""
        ...


class OfPost(Question):
    """Does everything hold that another post asks for?"""

    __slots__ = ("other",)
    grows = False

    may_stay_open: ClassVar[bool] = True

    def __init__(self, other: AsksOther) -> None:
        self.other = other
        self.text = f"Does everything hold that the post {other.post.title} asks for?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        answer = self.other.answer(seen.file, on=day)
        if answer is Answer.NOT_KNOWN:
            unknown.extend(self._asked(seen, day).missing)
        return answer, None

    def still_open(self, seen: Seen, day: date) -> tuple[Open, ...]:
        return tuple(Open(each.what, each.by, each.footing) for each in self._asked(seen, day).conditions)

    def parts(self, seen: Seen, day: date) -> tuple[Verdict, ...]:
        return (self._asked(seen, day),)

    def because(self, figures: Any) -> str:
        return ""

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (f"what the post {self.other.post.title} asks for",)

    def _asked(self, seen: Seen, day: date) -> Qualification:
        return self.other.may_hold(seen.file, on=day, most_ways=0)
