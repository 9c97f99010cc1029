"""Questions about experience: is there enough of it, and do parts of several patterns add up?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from ..posts import CreditsAsked, ExperienceAsked, Pattern
from .amounts import Scale, anchors_of
from .credits import credits_in_file
from .experience_weighed import NOTHING, Between, Lot, added_up, enough, told_apart
from .fits import Unknown
from .months import Extent, counted, whole
from .nodes import NEEDS_JUDGEMENT, NO, NOT_KNOWN, YES, Node
from .questions import Question, Weighed
from .seen import Seen
from .wording import number, the_credits, the_experience, the_work
from .work_done import Done, looked_at, work_done


class Substituting:
    """One substitute, ready to be weighed."""

    __slots__ = ("at_most", "counts_as", "each", "lot", "node", "text")

    def __init__(
        self, counts_as: Fraction, node: Node | None, each: CreditsAsked | None, at_most: Fraction | None
    ) -> None:
        self.counts_as = whole(counts_as)
        self.node = node
        self.each = each
        self.lot = None if each is None else counted(each.at_least)
        self.at_most = None if at_most is None else whole(at_most)
        if node is not None:
            self.text = what_counts(node)
        else:
            assert each is not None  # a substitute is one of the two
            self.text = the_credits(each)

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> tuple[Between, bool]:
        """What it comes to, in points, and whether it needs human judgement."""
        if self.node is not None:
            answer = self.node.answer(seen, day)
            if answer is NOT_KNOWN:
                unknown.extend(self.node.missing(seen, day))
            worth = Between(self.counts_as if answer is YES else 0, 0 if answer is NO else self.counts_as)
            return worth.capped(self.at_most), answer is NEEDS_JUDGEMENT
        assert self.each is not None
        assert self.lot is not None
        least, most = credits_in_file(self.each, seen, day, unknown)
        lots = Between(least // self.lot * self.counts_as, None if most is None else most // self.lot * self.counts_as)
        return lots.capped(self.at_most), False


def what_counts(node: Node) -> str:
    """What a need asks for, as a thing and not as a question; the parts of a group one after the other."""
    if node.leaf is not None or node.negates:
        return node.text.removeprefix("Is there ").removeprefix("Are there ").removesuffix("?")
    joined = " and " if node.wanted == len(node.parts) else " or "
    return joined.join(what_counts(part) for part in node.parts)


class Experienced(NamedTuple):
    """The figures behind an answer about experience, in points."""

    work: Between
    other: Between
    substituted: Between
    by: tuple[str, ...]


class OfExperience(Question):
    """Is there experience enough?"""

    __slots__ = ("asked", "at_least", "floor", "lot", "scale", "substituted_at_most", "substitutes", "told")

    def __init__(self, asked: ExperienceAsked, substitutes: Sequence[Substituting], lot: Lot) -> None:
        self.asked = asked
        self.lot = lot
        self.scale = lot.scale
        points = self.scale.points
        self.at_least = whole(points(asked.at_least))
        self.floor = 0 if asked.floor is None else whole(points(asked.floor))
        most = asked.substituted_at_most
        self.substituted_at_most = None if most is None else whole(points(most))
        self.substitutes = tuple(substitutes)
        self.told = the_work(asked.work)
        self.text = f"Is there experience enough: {the_experience(asked)}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        work, other = self.lot.weighed(seen, day, unknown)
        if work.least >= self.at_least or not self.substitutes:
            return enough(work, other, self.at_least, self.floor), Experienced(work, other, NOTHING, ())
        substituted = NOTHING
        by: list[str] = []
        is_judged = False
        for each in self.substitutes:
            worth, needs_judgement = each.weigh(seen, day, unknown)
            is_judged = is_judged or needs_judgement
            substituted = substituted.plus(worth)
            if worth.least:
                by.append(each.text)
        substituted = substituted.capped(self.substituted_at_most)
        answer = enough(work, other.plus(substituted), self.at_least, self.floor)
        if answer is NOT_KNOWN and is_judged and not unknown:
            answer = NEEDS_JUDGEMENT
        return answer, Experienced(work, other, substituted, tuple(by))

    def because(self, figures: Any) -> str:
        work, other, substituted, by = figures
        told = f"{self.scale.told(work.least)} of work counted"
        if other.least:
            told += f", and {self.scale.told(other.least)} of other work"
        if substituted.least:
            told += f", and {self.scale.told(substituted.least)} for {'; '.join(by)}"
        if work.most is None:
            told += "; how much there is besides is not known"
        elif work.most > work.least:
            told += f", up to {self.scale.told(work.most)} if all of it counts"
        return told

    def short(self, figures: Any) -> Extent:
        """How much more work would do, in points, with the substitutes that hold already."""
        work, other, substituted, _ = figures
        short: Extent = max(self.at_least - work.least - other.least - substituted.least, self.floor - work.least, 0)
        return short

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (f"{self.scale.more(self.short(figures))} of {self.told}",)


class Adding(NamedTuple):
    """One pattern, ready to be weighed."""

    pattern: Pattern
    node: Node | None
    scale: Scale
    at_least: Fraction


class OfPatterns(Question):
    """Do parts of several patterns add up to a whole?"""

    __slots__ = ("patterns",)

    def __init__(self, patterns: Sequence[Adding]) -> None:
        # the pattern that asks for least first: a day that fits several counts where it counts for most
        self.patterns = sorted(patterns, key=lambda each: each.at_least)
        names = " and ".join(each.pattern.name for each in patterns)
        self.text = f"Do parts of {names} add up to a whole?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        if seen.file.experience is None:
            unknown.append("experience")
            return NOT_KNOWN, ((), None)
        surely: list[tuple[Adding, Done]] = []
        perhaps: list[tuple[Adding, Done]] = []
        is_judged = False
        for each in self.patterns:
            answer = YES if each.node is None else each.node.answer(seen, day)
            if answer is NO:
                continue
            if answer is NOT_KNOWN and each.node is not None:
                unknown.extend(each.node.missing(seen, day))
            is_judged = is_judged or answer is NEEDS_JUDGEMENT
            asked = each.pattern.experience
            looked = looked_at(day, asked.within, seen)
            done = work_done(
                asked.work,
                looked,
                seen,
                day,
                unknown,
                in_hours=each.scale.in_hours,
                in_proportion=asked.in_proportion,
            )
            perhaps.append((each, done))
            if answer is YES:
                surely.append((each, done))
        parts = _parts([(each, done.surely) for each, done in surely])
        most = _parts([(each, done.perhaps) for each, done in perhaps])
        figures = (tuple((each.pattern.name, part) for each, part in parts), sum(part for _, part in most))
        if sum(part for _, part in parts) >= 1:
            return YES, figures
        if figures[1] < 1:
            return NO, figures
        return NEEDS_JUDGEMENT if is_judged and not unknown else NOT_KNOWN, figures

    def because(self, figures: Any) -> str:
        parts, _ = figures
        if not parts:
            return "no part of any holds"
        told = [f"{number(100 * part)} % of {name}" for name, part in parts]
        return f"{' and '.join(told)}: {number(100 * sum(part for _, part in parts))} % together"

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return tuple(f"the rest of {each.pattern.name}" for each in self.patterns)


def _parts(patterns: list[tuple[Adding, list[Any]]]) -> list[tuple[Adding, Fraction]]:
    """The part of each pattern that is there, by the anchor that gives the most together."""
    kinds = told_apart([stretches for _, stretches in patterns])
    everything = [stretch for kind in kinds for stretch in kind]
    best: list[tuple[Adding, Fraction]] = []
    for anchor in anchors_of(everything):
        added = added_up(kinds, patterns[0][0].scale, anchor)
        parts = [
            (each, min(Fraction(points) / each.at_least, Fraction(1)))
            for (each, _), points in zip(patterns, added, strict=True)
        ]
        if sum(part for _, part in parts) > sum(part for _, part in best):
            best = parts
    return [(each, part) for each, part in best if part]
