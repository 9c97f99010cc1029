"""
Does a supervisor supervise more workers than the standard allows?

>>> from datetime import date
>>> from casecore.staff import LimitRounding, StaffMember, Supervision, SupervisionCount, SupervisionSort
>>> from casecore.standards import Standard
>>> from casecore.terms import Source
>>> rule = SupervisionSpan(at_most=7, counted_by=SupervisionCount.HEADS, rounding=LimitRounding.EXACT,
...                        sort=SupervisionSort.LINE)
>>> standard = Standard.fixed("staff/span", rule, since=date(2024, 1, 1),
...                           source=Source(cite="Model Agency Manual 3.3", invented=True))
>>> chart = [Supervision(worker=f"w-{number}", supervisor="w-1", since=date(2026, 1, 1)) for number in range(2, 6)]
>>> found = review_supervision_span(chart, [StaffMember(worker="w-1", share=0.5)], standard, on=date(2026, 3, 1))
>>> print(found[0].what)
4 workers supervised; the limit is 7 x 0.5 = 3.5
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Annotated

import attrs

from casecore.standards import Edition, Rule, Standard
from casecore.terms import AtLeast, AtMost, Finding, Verdict, exact, in_figures, no, not_known, yes

from .caseload import LimitRounding, StaffMember
from .supervision import Supervision, SupervisionSort, supervisors_on


class SupervisionCount(enum.Enum):
    """How the workers whom somebody supervises are counted."""

    HEADS = "heads"
    SHARES = "shares"
    """By their parts of full time."""


@attrs.frozen(kw_only=True)
class SupervisionSpan(Rule, asks="supervision-span"):
    """
    At most so many workers for each full-time supervisor; a part-timer's limit is prorated by their share.

    Attributes:
        counted_by: Whether each worker counts as one, or by their share of full time.
        rounding: Where a part of a worker goes in a prorated limit.
        sort: Which supervision counts.
    """

    at_most: Annotated[int, AtLeast(1), AtMost(1000)]
    counted_by: SupervisionCount
    rounding: LimitRounding
    sort: SupervisionSort

    def asks_for_less_than(self, other: Rule) -> bool | None:
        """A larger span is less than a smaller one asks for, counted alike; the rounding is not weighed."""
        if not isinstance(other, SupervisionSpan) or (self.counted_by, self.sort) != (other.counted_by, other.sort):
            return None
        return self.at_most > other.at_most


def is_within_span(
    supervisor: str,
    supervisions: Iterable[Supervision],
    staff: Iterable[StaffMember],
    standard: Standard[SupervisionSpan],
    *,
    on: date,
) -> Verdict:
    """
    Whether somebody supervises no more workers on that day than their share of full time allows.

    Args:
        staff: Who works here on that day, with their shares. A supervisor who is not in it has an unknown limit, full
            time's at best; a worker who is not in it an unknown share, where shares are counted.

    Raises:
        StandardNotInForce: *standard* has no edition covering that day.
    """
    edition = standard.on(on)
    chart = supervisors_on(supervisions, on=on, sort=edition.rule.sort)
    supervised = [worker for worker, above in chart.items() if above == supervisor]
    return _judged(supervisor, supervised, {member.worker: member.share for member in staff}, edition, on)


def review_supervision_span(
    supervisions: Iterable[Supervision], staff: Iterable[StaffMember], standard: Standard[SupervisionSpan], *, on: date
) -> tuple[Finding, ...]:
    """
    Flag the supervisors who supervise more workers than their share of full time allows, with the arithmetic.

    Args and errors are those of `is_within_span`; where it is not known, nothing is found.

    Returns:
        One ``supervision-span-exceeded`` finding a supervisor, by worker id.
    """
    edition = standard.on(on)
    shares = {member.worker: member.share for member in staff}
    supervised: dict[str, list[str]] = {}
    for worker, above in supervisors_on(supervisions, on=on, sort=edition.rule.sort).items():
        supervised.setdefault(above, []).append(worker)
    findings = []
    for supervisor in sorted(supervised):
        verdict = _judged(supervisor, supervised[supervisor], shares, edition, on)
        if verdict.is_no:
            findings.append(
                Finding(
                    code="supervision-span-exceeded",
                    on=on,
                    what=verdict.because,
                    standard=standard.name,
                    source=edition.source,
                    would_satisfy=verdict.would_satisfy[0],
                    worker=supervisor,
                )
            )
    return tuple(findings)


def _judged(
    supervisor: str, supervised: list[str], shares: dict[str, float], edition: Edition[SupervisionSpan], on: date
) -> Verdict:
    rule, is_known = edition.rule, supervisor in shares
    question = f"Are no more workers supervised by {supervisor} on {on} than the standard allows?"
    by_heads = rule.counted_by is SupervisionCount.HEADS
    count = sum((Fraction(1) if by_heads else exact(shares.get(one, 0)) for one in supervised), Fraction())
    unknown = [] if by_heads else sorted(one for one in supervised if one not in shares)
    share = shares.get(supervisor, 1.0)
    limit = rule.rounding.prorated(rule.at_most, share)
    arithmetic = rule.rounding.sum_in_words(rule.at_most, share) + ("" if is_known else " at best")
    because = f"{_counted(count, len(supervised), by_heads)} supervised; {arithmetic}"
    if count > limit:
        wanted = f"{in_figures(count - limit)} {'' if by_heads else 'full-time '}fewer, or more supervisor time"
        return no(question, because, would_satisfy=[wanted], source=edition.source)
    if count + len(unknown) > (limit if is_known else 0):
        facts = [f"share of {one}" for one in (*unknown, *([] if is_known else [supervisor]))]
        return not_known(question, *facts, because=because, source=edition.source)
    return yes(question, because, source=edition.source)


def _counted(count: Fraction, heads: int, by_heads: bool) -> str:
    workers = f"{heads} worker{'' if heads == 1 else 's'}"
    return workers if by_heads else f"{workers} of {in_figures(count)} full-time"
