"""Is there experience enough? The work that counts, what stands in for it, and the part that must be work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from casecore.terms import Answer, exact

from ..posts import ExperienceAsked, Work
from .amounts import Scale, anchors_of
from .months import Extent, Stretch, laid_together, unbroken, without
from .seen import Seen
from .work_done import Done, looked_at, work_done


class Between(NamedTuple):
    """From the least that is sure to the most that could be, in points; no most where there is no telling."""

    least: Extent
    most: Extent | None

    def plus(self, other: Between) -> Between:
        """Both together."""
        most = None if self.most is None or other.most is None else self.most + other.most
        return Between(self.least + other.least, most)

    def capped(self, at_most: Extent | None) -> Between:
        """No more than *at_most*."""
        if at_most is None:
            return self
        return Between(min(self.least, at_most), at_most if self.most is None else min(self.most, at_most))


NOTHING = Between(0, 0)


class Worked(NamedTuple):
    """The very work asked for, and what other work adds to it."""

    itself: Between
    other: Between


class Lot:
    """The work that one question, or several, ask about: how much there is of it is weighed once for a file."""

    __slots__ = ("asked", "scale")

    def __init__(self, asked: ExperienceAsked, scale: Scale) -> None:
        self.asked = asked
        self.scale = scale

    def weighed(self, seen: Seen, day: date, unknown: list[str]) -> Worked:
        """What it comes to, see `worked`."""
        found = seen.weighed.get((self, day))
        if found is None:
            noted: list[str] = []
            found = seen.weighed[self, day] = (worked(self.asked, self.scale, seen, day, noted), noted)
        comes_to: Worked
        comes_to, noted = found
        unknown += noted
        return comes_to


def worked(asked: ExperienceAsked, scale: Scale, seen: Seen, day: date, unknown: list[str]) -> Worked:
    """What the work comes to: the work asked for, and other work as far as it counts."""
    if seen.file.experience is None:
        unknown.append("experience")
        return Worked(Between(0, None), NOTHING)
    looked = looked_at(day, asked.within, seen)

    def done(work: Work) -> Done:
        return work_done(work, looked, seen, day, unknown, in_hours=scale.in_hours, in_proportion=asked.in_proportion)

    surely, perhaps = done(asked.work)
    if asked.is_continuous or asked.is_preceding:
        return Worked(Between(_longest(asked, surely, scale, day), _longest(asked, perhaps, scale, day)), NOTHING)
    least = scale.measured(surely)
    itself = Between(least, least if surely == perhaps else scale.measured(perhaps))
    if not asked.other:
        return Worked(itself, NOTHING)
    others = [done(other.work) for other in asked.other]
    least = _with_others(asked, surely, [each.surely for each in others], scale)
    most = _with_others(asked, perhaps, [each.perhaps for each in others], scale)
    return Worked(itself, Between(max(least - itself.least, 0), max(most - (itself.most or 0), 0)))


def _longest(asked: ExperienceAsked, stretches: Sequence[Stretch], scale: Scale, day: date) -> Extent:
    """The longest unbroken run; where it must precede, the one that reaches *day* or the day before."""
    runs = unbroken(laid_together(stretches, scale.most_a_day), asked.gap_days)
    if asked.is_preceding:
        runs = [run for run in runs if run[-1].end + asked.gap_days >= day.toordinal()]
    anchors = anchors_of(stretches)
    return max((scale.measured(run, anchors) for run in runs), default=0)


def _with_others(
    asked: ExperienceAsked, work: Sequence[Stretch], others: Sequence[Sequence[Stretch]], scale: Scale
) -> Extent:
    """
    The work itself, and of each other kind what it adds.

    On a day that is full already, other work adds nothing. All is counted from one anchor; the best of them stands.
    """
    kinds = told_apart([work, *others])
    everything = [stretch for kind in kinds for stretch in kind]
    worth = [(Fraction(1), None)] + [
        (exact(other.counts_for), None if other.at_most is None else scale.points(other.at_most))
        for other in asked.other
    ]
    best: Extent = 0
    for anchor in anchors_of(everything):
        total: Extent = 0
        for (counts_for, at_most), added in zip(worth, added_up(kinds, scale, anchor), strict=True):
            counted = added * counts_for
            total += counted if at_most is None else min(counted, at_most)
        best = max(best, total)
    return best


def told_apart(kinds: Sequence[Sequence[Stretch]]) -> list[list[Stretch]]:
    """Each day of a spell with the first kind of work that it fits, and with no other."""
    apart: list[list[Stretch]] = []
    for kind in kinds:
        earlier = [stretch for other in apart for stretch in other]
        apart.append([piece for stretch in kind for piece in without(stretch, earlier)])
    return apart


def added_up(kinds: Sequence[Sequence[Stretch]], scale: Scale, anchor: int) -> list[Extent]:
    """What each kind of work adds to those before it, in points: a full day takes no more."""
    added: list[Extent] = []
    together: list[Stretch] = []
    before: Extent = 0
    for kind in kinds:
        together.extend(kind)
        now = scale.measured(together, (anchor,))
        added.append(now - before)
        before = now
    return added


def enough(work: Between, besides: Between, asked: Extent, floor: Extent) -> Answer:
    """Whether it is enough: all together as much as is asked, and the very work asked for not less than the floor."""
    total = work.plus(besides)
    if total.least >= asked and work.least >= floor:
        return Answer.YES
    if (total.most is not None and total.most < asked) or (work.most is not None and work.most < floor):
        return Answer.NO
    return Answer.NOT_KNOWN
