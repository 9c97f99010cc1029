"""
The needs of a post, ready to be asked: each node gives its answer quickly, and its verdict with all reasons.

The two say the same; the quick one stops as soon as the answer is settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from casecore.terms import Answer, Source, Verdict

from ..posts import Need, StaffDay
from .limits import latest_after
from .questions import Open, Question
from .seen import Seen

YES, NO, NOT_KNOWN, NEEDS_JUDGEMENT = Answer.YES, Answer.NO, Answer.NOT_KNOWN, Answer.NEEDS_JUDGEMENT


class Node:
    """
    One need, with everything below it.

    Attributes:
        has_names: Whether it, or a need below it, has a name and so may be a route.
        may_stay_open: Whether it, or a need below it, may be yes though something must still follow.
        is_plain: Whether it is measured on the day of the group around it, and must be met by then.
    """

    __slots__ = (
        "has_names",
        "is_plain",
        "leaf",
        "may_stay_open",
        "measured_at",
        "need",
        "negates",
        "parts",
        "source",
        "text",
        "wanted",
    )

    def __init__(
        self,
        need: Need,
        text: str,
        *,
        leaf: Question | None = None,
        parts: tuple[Node, ...] = (),
        wanted: int = 1,
        source: Source | None = None,
        measured_at: StaffDay = StaffDay.ASKED,
    ) -> None:
        self.need = need
        self.text = text
        self.leaf = leaf
        self.parts = parts
        self.wanted = wanted
        self.negates = need.none_of is not None
        self.source = source
        self.measured_at = measured_at
        self.is_plain = need.measured_on is None and need.measured_at is None and need.may_follow is None
        self.has_names: bool = need.name is not None or any(part.has_names for part in parts)
        self.may_stay_open: bool = (
            need.may_follow is not None
            or (leaf is not None and leaf.may_stay_open)
            or any(part.may_stay_open for part in parts)
        )

    def measured(self, seen: Seen, day: date | None) -> date | None:
        """The day on which the file is looked at here: its own, or that of the group around it."""
        if self.need.measured_on is not None:
            day = min(self.need.measured_on, seen.on)
        elif self.need.measured_at is not None:
            day = day_at(seen, self.need.measured_at)
        follow = self.need.may_follow
        if day is None or follow is None or follow.late_counts or follow.within is None:
            return day
        anchor = seen.day(follow.after)
        return None if anchor is None else min(day, latest_after(follow.within, anchor))

    def answer(self, seen: Seen, day: date | None) -> Answer:
        """The answer alone, as quickly as it can be had."""
        if self.is_plain:
            return self._answer(seen, day)
        answer = self._answer(seen, self.measured(seen, day))
        if answer is YES or self.need.may_follow is None:
            return answer
        if self.still_open(seen) is not None:
            return YES
        return NOT_KNOWN if self._unknown_limit(seen) is not None else answer

    def _unknown_limit(self, seen: Seen) -> str | None:
        """The day that is not known, where the time in which it may follow counts from one."""
        follow = self.need.may_follow
        if follow is None or follow.within is None or seen.day(follow.after) is not None:
            return None
        return DAY_FIELDS[follow.after]

    def _unknown_day(self, seen: Seen) -> str:
        """The day that is not known, where it is not known when the file is looked at."""
        return self._unknown_limit(seen) or DAY_FIELDS.get(self.measured_at, "on")

    def _answer(self, seen: Seen, day: date | None) -> Answer:
        if self.leaf is not None:
            return NOT_KNOWN if day is None else self.leaf.weighed(seen, day)[0]
        for_it, left = 0, len(self.parts)
        unknown = judged = False
        for part in self.parts:
            answer = part._answer(seen, day) if part.is_plain else part.answer(seen, day)
            if answer is YES:
                for_it += 1
                if for_it == self.wanted:
                    return NO if self.negates else YES
            elif answer is NO:
                left -= 1
                if left < self.wanted:
                    return YES if self.negates else NO
            elif answer is NOT_KNOWN:
                unknown = True
            else:
                judged = True
        if unknown:
            return NOT_KNOWN
        if judged:
            return NEEDS_JUDGEMENT
        return YES if (for_it >= self.wanted) is not self.negates else NO

    def still_open(self, seen: Seen) -> Open | None:
        """Whether it may still be met later, and by when."""
        follow = self.need.may_follow
        if follow is None:
            return None
        if follow.within is None:
            return Open(self.text, None, follow.footing)
        anchor = seen.day(follow.after)
        if anchor is None:
            return None
        by = latest_after(follow.within, anchor)
        return Open(self.text, by, follow.footing) if seen.on <= by else None

    def missing(self, seen: Seen, day: date | None) -> list[str]:
        """What `verdict` says is missing, without wording anything; a fact may be named twice."""
        if self.answer(seen, day) is not NOT_KNOWN:
            return []
        at, limit = self.measured(seen, day), self._unknown_limit(seen)
        first = [] if limit is None else [limit]
        if self._answer(seen, at) is not NOT_KNOWN:
            return first
        if self.leaf is None:
            return first + [fact for part in self.parts for fact in part.missing(seen, at)]
        return [self._unknown_day(seen)] if at is None else first + self.leaf.weighed(seen, at)[2]

    def verdict(self, seen: Seen, day: date | None) -> Verdict:
        """The answer with all its reasons."""
        if self.is_plain:
            return self._asked(seen, day) if self.leaf is not None else self._grouped(seen, day)
        at = self.measured(seen, day)
        verdict = self._asked(seen, at) if self.leaf is not None else self._grouped(seen, at)
        if verdict.answer is YES or self.need.may_follow is None:
            return verdict
        if (unknown := self._unknown_limit(seen)) is not None:
            return Verdict.unchecked(
                answer=NOT_KNOWN,
                question=self.text,
                because="until when it may follow is not known",
                parts=(verdict,),
                missing=tuple(dict.fromkeys((unknown, *verdict.missing))),
                would_satisfy=verdict.would_satisfy,
                source=self.source,
            )
        if (later := self.still_open(seen)) is None:
            return verdict
        until = f" by {later.by}" if later.by else ""
        return Verdict.unchecked(
            answer=YES,
            question=self.text,
            because=f"it may follow{until}: {later.footing.value} until then",
            parts=(verdict,),
            source=self.source,
        )

    def _asked(self, seen: Seen, day: date | None) -> Verdict:
        assert self.leaf is not None
        if day is None:
            missing = self._unknown_day(seen)
            return Verdict.unchecked(
                answer=NOT_KNOWN,
                question=self.text,
                because="the day on which it is measured is not known",
                missing=(missing,),
                source=self.source,
            )
        answer, figures, unknown = self.leaf.weighed(seen, day)
        return Verdict.unchecked(
            answer=answer,
            question=self.text,
            because=self.leaf.because(figures),
            parts=self.leaf.parts(seen, day),
            missing=tuple(dict.fromkeys(unknown)) if answer is NOT_KNOWN else (),
            would_satisfy=() if answer is YES else self.leaf.wanted(figures),
            source=self.source,
        )

    def _grouped(self, seen: Seen, day: date | None) -> Verdict:
        parts = tuple([part.verdict(seen, day) for part in self.parts])
        for_it = against = 0
        unknown = judged = False
        for part in parts:
            if part.answer is YES:
                for_it += 1
            elif part.answer is NO:
                against += 1
            elif part.answer is NOT_KNOWN:
                unknown = True
            else:
                judged = True
        if for_it >= self.wanted:
            answer = NO if self.negates else YES
        elif len(parts) - against < self.wanted:
            answer = YES if self.negates else NO
        else:
            answer = NOT_KNOWN if unknown or not judged else NEEDS_JUDGEMENT
        missing: tuple[str, ...] = ()
        if answer is NOT_KNOWN:
            missing = tuple(dict.fromkeys([name for part in parts for name in part.missing]))
        would_satisfy: tuple[str, ...] = ()
        if answer is not YES and not self.negates:
            would_satisfy = tuple(dict.fromkeys([act for part in parts for act in part.would_satisfy]))
        needed = "none may" if self.negates else f"{self.wanted} needed"
        return Verdict.unchecked(
            answer=answer,
            question=self.text,
            because=f"{for_it} of {len(parts)} hold, {needed}",
            parts=parts,
            missing=missing,
            would_satisfy=would_satisfy,
            source=self.source,
        )

    def routes(self, seen: Seen, day: date | None) -> Iterable[str]:
        """The names of the needs through which it is yes, from left to right."""
        if not self.has_names or self.negates or self.answer(seen, day) is not YES:
            return
        at = self.measured(seen, day)
        if self.need.name is not None:
            yield self.need.name
        for part in self.parts:
            yield from part.routes(seen, at)

    def conditions(self, seen: Seen, day: date | None) -> tuple[Open, ...]:
        """What must still follow where the answer is yes; by the route that leaves the least open."""
        if not self.may_stay_open:
            return ()
        at = self.measured(seen, day)
        if (later := self.still_open(seen)) is not None and self._answer(seen, at) is not YES:
            return (later,)
        if self.negates:
            return ()
        if self.leaf is not None:
            return () if at is None else self.leaf.still_open(seen, at)
        held = [part.conditions(seen, at) for part in self.parts if part.answer(seen, at) is YES]
        fewest = sorted(held, key=len)[: self.wanted]
        return tuple(dict.fromkeys(condition for conditions in fewest for condition in conditions))


def day_at(seen: Seen, named: StaffDay) -> date | None:
    """The named day, or the day asked about where that is earlier: a file is never looked at ahead of the question."""
    day = seen.day(named)
    return None if day is None else min(day, seen.on)


DAY_FIELDS: Mapping[StaffDay, str] = {
    StaffDay.APPLICATION: "applied_on",
    StaffDay.EXAMINATION: "examined_on",
    StaffDay.APPOINTMENT: "appointed_on",
}
"""The field of the staff file that holds each day."""
