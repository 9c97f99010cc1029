"""By when a worker owes how much continuing education."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from casecore.standards import Edition, Standard
from casecore.terms import ONE_DAY, Due, Period, exact

from .credentials import Learning
from .figures import in_hours
from .learning_account import carried_over, in_order, is_unfinished, still_wanted, within
from .learning_minimum import LearningMinimum
from .learning_stretches import Stretch, day_it_drops_out, stretches
from .learning_tally import NONE, Tally
from .staff_file import StaffFile


def learning_dues(
    file: StaffFile, standard: Standard[LearningMinimum], *, as_of: date, roles: Collection[str] = ()
) -> tuple[Due, ...]:
    """
    The continuing education owed: of every stretch of days up to *as_of*, and of the one that follows.

    A stretch is met on the day on which the hours that surely count were enough. It is missed after its last day, since
    later hours count in the next one; while a missing fact could still make it enough, it is overdue instead.

    Where days roll, there is a due for each time that the hours last: it runs from the day on which they were enough to
    the last day on which they still are, and is met on the day on which they are enough again. The first one runs from
    the standard's first day, or that of appointment where it is later, and nobody is late before a whole span is over.

    Args:
        file: What was completed after *as_of* is passed over.
        standard: Read on the first day of each stretch, and skipped where it is not in force then. Where days roll,
            each edition is judged by itself.
        roles: The worker's roles.

    Returns:
        ``learning-owed`` dues, by the day on which they run out.
    """
    ordered = in_order(file.learning or (), as_of)
    dues: list[Due] = []
    for place, edition in enumerate(standard.editions):
        if edition.value is not None and edition.value.span is not None and edition.value.is_asked_of(roles):
            after = standard.editions[place + 1].since if place + 1 < len(standard.editions) else date.max
            dues.extend(_rolling(file, ordered, standard, edition, min(after, edition.until or after), as_of))
    for stretch in stretches(file, standard, as_of):
        if stretch.edition.rule.is_asked_of(roles):
            dues.append(_of_stretch(file, ordered, stretch, standard.name, as_of))
    return tuple(sorted(dues, key=lambda due: due.window.end))


def _of_stretch(file: StaffFile, ordered: Sequence[Learning], stretch: Stretch, standard: str, as_of: date) -> Due:
    rule, period = stretch.edition.rule, stretch.period
    carried, carried_at_best = carried_over(ordered, stretch)
    tally = Tally(rule)
    met_on = period.start if tally.is_met(carried) else None
    for each in within(ordered, period):
        tally.add(each)
        if met_on is None and tally.is_met(carried):
            met_on = each.completed_on
    is_settled = not (tally.may_be_met(carried_at_best) or is_unfinished(file, period, as_of))
    return Due.unchecked(
        code="learning-owed",
        what=f"{in_hours(exact(rule.hours))} of continuing education in {period}",
        window=period,
        since=period.start,
        as_of=as_of,
        closes=period.end if is_settled or met_on is not None else None,
        standard=standard,
        source=stretch.edition.source,
        would_satisfy="; ".join(still_wanted(rule, tally, carried)),
        met_on=met_on,
        worker=file.worker,
    )


def _rolling(
    file: StaffFile,
    ordered: Sequence[Learning],
    standard: Standard[LearningMinimum],
    edition: Edition[LearningMinimum],
    ends: date,
    as_of: date,
) -> Iterator[Due]:
    """Each time that the hours of one edition last, up to the day on which it *ends*."""
    rule = edition.rule
    assert rule.span is not None  # the caller asks only for rolling ones
    begins = max(standard.editions[0].since, file.appointed_on or date.min)
    asked_from = max(edition.since, rule.span.after(begins) + ONE_DAY)
    start, end = max(edition.since, begins), asked_from
    if end <= start:
        end = start + ONE_DAY
    changes: dict[date, list[tuple[Learning, int]]] = {start: [], asked_from: []}
    for each in ordered:
        changes.setdefault(each.completed_on, []).append((each, 1))
        changes.setdefault(day_it_drops_out(rule, each.completed_on), []).append((each, -1))
    tally, is_enough, wanted = Tally(rule), False, ""
    first = start
    for day in sorted(changes):
        if day >= ends:
            break
        for each, sign in changes[day]:
            tally.add(each, sign)
        if day < first:
            continue
        if tally.is_met(NONE):
            if not is_enough:
                yield _due(file, standard.name, edition, Period(start, end), day, "", as_of)
                start, is_enough = day, True
        elif is_enough and day >= asked_from:
            end, is_enough = day, False
        if not is_enough and day <= max(as_of, end):
            wanted = "; ".join(still_wanted(rule, tally, NONE))
    if not is_enough and end < ends:
        yield _due(file, standard.name, edition, Period(start, end), None, wanted, as_of)


def _due(
    file: StaffFile,
    standard: str,
    edition: Edition[LearningMinimum],
    window: Period,
    met_on: date | None,
    wanted: str,
    as_of: date,
) -> Due:
    rule = edition.rule
    return Due.unchecked(
        code="learning-owed",
        what=f"{in_hours(exact(rule.hours))} of continuing education within {rule.span}, again by {window.last}",
        window=window,
        since=window.start,
        as_of=as_of,
        standard=standard,
        source=edition.source,
        would_satisfy=wanted,
        met_on=met_on,
        worker=file.worker,
    )
