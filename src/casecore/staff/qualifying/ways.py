"""
The cheapest ways to become qualified.

What would do is first put together from what each question lacks, then tried out: a way is told only if the post,
asked about the file with everything in it and nothing more, answers yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations, islice, product
from math import ceil

from casecore.terms import ONE_DAY, Answer, Span, add_days, add_months

from ..staff_file import StaffFile
from .credits import credits_in_file
from .gains import (
    Gain,
    MoreWork,
    Option,
    Waited,
    cheapest,
    credential_step,
    credits_step,
    degree_step,
    learning_step,
    scored_step,
    stated_step,
    together,
)
from .nodes import YES, Node
from .of_credential import OfCredential, OfLearning
from .of_experience import OfExperience, OfPatterns, Substituting
from .of_post import OfPost
from .of_schooling import OfCredits, OfDegree
from .of_statement import OfAge, OfScore, OfStatement
from .qualification import Step, Way
from .seen import Seen

KEPT = 12
"""How many options are carried on from each need; a post with more alternatives loses the dearest of them."""
LONGEST = 60
"""How many years ahead a way may lead."""

Asked = Callable[[StaffFile, date], Answer]


def cheapest_ways(node: Node, seen: Seen, day: date | None, asked: Asked, most: int) -> tuple[Way, ...]:
    """
    Up to *most* ways, cheapest first; none of them contains another.

    Args:
        asked: The whole post's answer about a file on a day: what a way is tried out against.
    """
    found: list[Way] = []
    for option in cheapest(options(node, seen, day), 3 * KEPT):
        way = _tried(option, seen, asked)
        if way is not None:
            way = _least(option, way, seen, asked)
        if way is not None and not any(_contains(way, other) for other in found):
            found.append(way)
        if len(found) == most:
            break
    return tuple(found)


def _contains(way: Way, other: Way) -> bool:
    """Whether all that *other* has is in *way*: in the same words, or as the very same work under another length."""
    told = {step.what for step in way.steps}
    worked = {step.experience for step in way.steps if step.experience}
    return all(step.what in told or step.experience in worked for step in other.steps)


def options(node: Node, seen: Seen, day: date | None) -> list[Option]:
    """What would turn *node* to yes: nothing at all where it is yes already; no option where nothing would."""
    if node.answer(seen, day) is YES:
        return [()]
    at = node.measured(seen, day)
    if at is None or node.negates:
        return []
    if node.leaf is not None:
        return cheapest(list(_for_leaf(node, seen, at)), KEPT)
    open_parts = [part for part in node.parts if part.answer(seen, at) is not YES]
    held = len(node.parts) - len(open_parts)
    lacking = [each for part in open_parts if (each := options(part, seen, at))]
    chosen: list[Option] = []
    for some in islice(combinations(lacking, node.wanted - held), 200):
        chosen.extend(tuple(dict.fromkeys(g for each in gains for g in each)) for gains in islice(product(*some), 400))
    return cheapest(chosen, KEPT)


def _for_leaf(node: Node, seen: Seen, day: date) -> Iterator[Option]:
    leaf, on = node.leaf, seen.on
    if isinstance(leaf, OfDegree):
        yield (degree_step(leaf.asked, on),)
    elif isinstance(leaf, OfCredits):
        yield (credits_step(leaf.asked, leaf.at_least - leaf.weighed(seen, day)[1], on),)
    elif isinstance(leaf, OfCredential):
        yield (credential_step(leaf.asked, on), *_waiting(leaf.asked.for_at_least, on))
    elif isinstance(leaf, OfLearning):
        yield (learning_step(leaf.asked, leaf.hours - leaf.weighed(seen, day)[1], on),)
    elif isinstance(leaf, OfStatement):
        yield (stated_step(leaf.asked, on),)
    elif isinstance(leaf, OfScore):
        yield (scored_step(leaf.asked, on),)
    elif isinstance(leaf, OfAge):
        yield from _birthday(leaf, seen)
    elif isinstance(leaf, OfExperience):
        yield from _for_experience(leaf, seen, day)
    elif isinstance(leaf, OfPatterns):
        yield from _for_patterns(leaf, seen, day)
    elif isinstance(leaf, OfPost):
        yield from leaf.other.options(seen.file, on=day)


def _waiting(span: Span | None, on: date) -> Iterator[Waited]:
    if span is not None and on.year < date.max.year - 200:
        yield Waited(f"{span} of holding it", span.after(on))


def _birthday(leaf: OfAge, seen: Seen) -> Iterator[Option]:
    born_on, least = seen.file.born_on, leaf.asked.at_least
    if born_on is not None and least is not None and born_on.year + least < date.max.year:
        birthday = add_months(born_on, 12 * least)
        if birthday > seen.on:
            yield (Waited(f"the birthday on {birthday}", birthday),)


def _for_experience(leaf: OfExperience, seen: Seen, day: date) -> Iterator[Option]:
    """More work, or a substitute and what work is then still needed."""
    figures = leaf.weighed(seen, day)[1]
    whole = leaf.at_least if leaf.asked.is_continuous or leaf.asked.is_preceding else leaf.short(figures)
    yield (MoreWork(leaf.asked.work, whole, leaf.scale),)
    lacking = [
        (each, got) for each in leaf.substitutes if (got := list(_for_substitute(each, seen, day, leaf.at_least)))
    ]
    for count in range(1, len(lacking) + 1):
        for some in islice(combinations(lacking, count), 20):
            for chosen in islice(product(*(got for _, got in some)), 40):
                added = sum(worth for _, worth in chosen)
                substituted = figures.substituted.least + added
                if leaf.substituted_at_most is not None:
                    substituted = min(substituted, leaf.substituted_at_most)
                work = figures.work.least
                still = max(leaf.at_least - work - figures.other.least - substituted, leaf.floor - work, 0)
                gains: Option = tuple(gain for option, _ in chosen for gain in option)
                yield (*gains, MoreWork(leaf.asked.work, still, leaf.scale)) if still else gains


def _for_substitute(
    each: Substituting, seen: Seen, day: date, at_least: int | Fraction
) -> Iterator[tuple[Option, Fraction]]:
    """What gains the substitute, and what that is then worth in points."""
    if not each.counts_as:
        return
    worth, _ = each.weigh(seen, day, [])
    most = at_least if each.at_most is None else min(each.at_most, at_least)
    if each.node is not None:
        more = min(each.counts_as, most) - worth.least
        if more > 0:
            for option in options(each.node, seen, day)[:4]:
                yield option, Fraction(more)
        return
    assert each.each is not None
    assert each.lot is not None
    least, _ = credits_in_file(each.each, seen, day, [])
    lots = least // each.lot
    enough = -(-most // each.counts_as)
    for wanted in sorted({lots + 1, enough}):
        more = min(wanted * each.counts_as, most) - worth.least
        if wanted > lots and more > 0:
            yield (credits_step(each.each, wanted * each.lot - least, seen.on),), Fraction(more)


def _for_patterns(leaf: OfPatterns, seen: Seen, day: date) -> Iterator[Option]:
    """The rest of the whole by more work of one pattern."""
    parts, _ = leaf.weighed(seen, day)[1]
    rest = 1 - sum(part for _, part in parts)
    for each in leaf.patterns:
        before: list[Option] = [()] if each.node is None else options(each.node, seen, day)
        there = sum(part for name, part in parts if name == each.pattern.name)
        for option in before[:4]:
            for part in sorted({rest, 1 - there}):
                points = part * each.at_least
                yield (*option, MoreWork(each.pattern.experience.work, points, each.scale))


def _tried(option: Option, seen: Seen, asked: Asked) -> Way | None:
    """The way, with the first day on which it does; nothing where it would not turn the answer."""
    for works in _arranged([gain for gain in option if isinstance(gain, MoreWork)]):
        way = _first_day(option, works, seen, asked)
        if way is not None:
            return way
    return None


def _least(option: Option, way: Way, seen: Seen, asked: Asked) -> Way:
    """*way* without what it does not need: one degree may do for two questions."""
    for gain in option:
        rest = tuple(other for other in option if other is not gain)
        less = _tried(rest, seen, asked) if rest else None
        if less is not None and less.on <= way.on:
            return _least(rest, less, seen, asked)
    return way


def _arranged(works: list[MoreWork]) -> Iterator[list[MoreWork]]:
    """Work that one position could give at once, then one after the other."""
    if len(works) > 1:
        whole: MoreWork | None = works[0]
        for each in works[1:]:
            whole = None if whole is None else _at_once(whole, each)
        if whole is not None:
            yield [whole]
    yield sorted(works, key=lambda each: each.months)


def _at_once(one: MoreWork, other: MoreWork) -> MoreWork | None:
    both = together(one.work, other.work) if one.scale.unit == other.scale.unit else None
    return None if both is None else MoreWork(both, max(one.points, other.points), other.scale)


def _first_day(option: Option, works: list[MoreWork], seen: Seen, asked: Asked) -> Way | None:
    on, full_time = seen.on, seen.reckoning.full_time
    earliest = max([on, *(gain.until for gain in option if isinstance(gain, Waited))])
    if earliest.year > min(on.year + LONGEST, date.max.year - 1):
        return None
    steps = [gain if isinstance(gain, Step) else Step(what=gain.what) for gain in option if not _is_work(gain)]
    began = on
    for each in works[:-1]:
        began += ONE_DAY
        last = add_days(_after(began, each), -1)
        steps.append(each.step(began, last, full_time))
        began = last
    if not works:
        way = Way.unchecked(steps=tuple(steps), on=earliest)
        return way if asked(way.added_to(seen.file), earliest) is YES else None
    final, began = works[-1], began + ONE_DAY

    def by(last: date) -> Way:
        return Way.unchecked(steps=(*steps, final.step(began, last, full_time)), on=last)

    def would_do(last: date) -> bool:
        return last.year < date.max.year and asked(by(last).added_to(seen.file), last) is YES

    first = max(began, earliest)
    for slack in (0, 31, 366):
        latest = max(add_days(_after(began, final), slack), first)
        if latest.year > min(on.year + LONGEST, date.max.year - 1):
            return None
        if would_do(latest):
            return by(_first_that(would_do, first, latest))
    return None


def _is_work(gain: Gain) -> bool:
    return isinstance(gain, MoreWork)


def _first_that(would_do: Callable[[date], bool], first: date, latest: date) -> date:
    """The first day that would do, given that *latest* does."""
    low, high = first.toordinal(), latest.toordinal()
    while low < high:
        middle = (low + high) // 2
        if would_do(date.fromordinal(middle)):
            high = middle
        else:
            low = middle + 1
    return date.fromordinal(high)


def _after(began: date, worked: MoreWork) -> date:
    """The day by which so much work from *began* on is certainly done."""
    months = ceil(worked.months)
    if began.year + months // 12 >= date.max.year - 2:
        return date.max
    return add_days(add_months(began, months), 1)
