"""
Is a worker's caseload larger than the standard allows?

>>> from datetime import date
>>> from casecore.staff import CaseloadLimit, CaseWeight, CaseWeights, StaffMember
>>> from casecore.standards import Standard
>>> from casecore.terms import Source
>>> manual, since = Source(cite="Model Agency Manual 3.1", invented=True), date(2025, 1, 1)
>>> limit = Standard.fixed("caseload/size", CaseloadLimit(at_most=15), since=since, source=manual)
>>> found = review_caseload_size({"w-7": 9}, [StaffMember(worker="w-7", share=0.5)], limit, on=date(2026, 3, 31))
>>> print(found[0].what)
9 open cases, 7 allowed: 15 a full-time worker, times 0.5, rounded down

Where the cases weigh differently, hand in the cases and the weights:

>>> weights = Standard.fixed("caseload/weights", CaseWeights(weights=(CaseWeight(level="high", weight=2),),
...                          otherwise=1), since=since, source=manual)
>>> cases = [OpenCase(case=f"c-{number}", worker="w-7", program="ICM", level="high" if number < 3 else "low")
...          for number in range(8)]
>>> found = review_caseload_size(cases, [StaffMember(worker="w-7", share=0.5)], limit, on=date(2026, 3, 31),
...                              weights=weights)
>>> print(found[0].what)
5 cases at weight 1 and 3 at 2 make 11; the limit is 15 x 0.5 = 7.5, rounded down 7
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from casecore.staff import CaseloadLimit, CaseWeights, StaffMember
from casecore.standards import Edition, Standard
from casecore.terms import Finding, NotReadable, Problem, Verdict, in_figures, no, not_known, yes

from .open_case import OpenCase, Weighed, weigh_cases


def review_caseload_size(
    open_cases: Mapping[str, int] | Iterable[OpenCase],
    staff: Iterable[StaffMember],
    limit: Standard[CaseloadLimit],
    *,
    on: date,
    weights: Standard[CaseWeights] | None = None,
) -> tuple[Finding, ...]:
    """
    Flag the workers who carry more open cases than their share of full time allows.

    Args:
        open_cases: How many open cases each worker is accountable for, by worker id; one not named carries none. Or the
            cases themselves, of which those open on that day count: a must where they are weighed.
        staff: Who works here on that day, with their share of full time.
        limit: Read on *on*. A part-timer's limit is the full-timer's times the share, rounded as it says.
        weights: How much each case weighs, read on *on*; each counts as one where nothing is handed in. Where a weight
            is not known, the least that it may be is counted.

    Returns:
        One ``caseload-above-limit`` finding a worker, with the arithmetic.

    Raises:
        StandardNotInForce: *limit*, or *weights*, has no edition covering that day.
        NotReadable: Weights are handed in, and of the cases only how many they are.
    """
    edition = limit.on(on)
    if weights is None:
        counted = open_cases if isinstance(open_cases, Mapping) else _counted(open_cases, on)
        found = ((member, _too_many(counted.get(member.worker, 0), member, edition.rule)) for member in staff)
    else:
        rule, own = weights.on(on).rule, _by_worker(open_cases, on)
        found = (
            (member, _too_heavy(_judged(weigh_cases(own.get(member.worker, ()), rule), member, edition, on)))
            for member in staff
        )
    return tuple(
        Finding(
            code="caseload-above-limit",
            on=on,
            what=too_much[0],
            standard=limit.name,
            source=edition.source,
            would_satisfy=too_much[1],
            worker=member.worker,
        )
        for member, too_much in found
        if too_much is not None
    )


def is_within_limit(
    open_cases: Iterable[OpenCase],
    member: StaffMember,
    limit: Standard[CaseloadLimit],
    *,
    on: date,
    weights: Standard[CaseWeights] | None = None,
) -> Verdict:
    """
    Whether one worker's open cases are within their share of the limit on that day.

    It is not known where a weight that is not known decides it.

    Args and errors are those of `review_caseload_size`.
    """
    edition = limit.on(on)
    own = [each for each in open_cases if each.worker == member.worker and each.is_open_on(on)]
    return _judged(weigh_cases(own, weights.on(on).rule if weights is not None else None), member, edition, on)


def _too_many(carried: int, member: StaffMember, rule: CaseloadLimit) -> tuple[str, str] | None:
    """Where a worker carries too many cases: the arithmetic, and what would satisfy."""
    allowed = rule.rounding.prorated(rule.at_most, member.share)
    if carried <= allowed:
        return None
    prorated = f": {rule.at_most} a full-time worker, times {member.share}{rule.rounding.words}"
    what = f"{carried} open cases, {in_figures(allowed)} allowed{'' if member.share == 1 else prorated}"
    return what, f"{carried - int(allowed)} cases assigned to somebody else"


def _too_heavy(verdict: Verdict) -> tuple[str, str] | None:
    return (verdict.because, verdict.would_satisfy[0]) if verdict.is_no else None


def _judged(weighed: Weighed, member: StaffMember, edition: Edition[CaseloadLimit], on: date) -> Verdict:
    rule = edition.rule
    question = f"Is the caseload of {member.worker} on {on} within the limit?"
    because = f"{weighed.in_words}; {rule.rounding.sum_in_words(rule.at_most, member.share)}"
    allowed = rule.rounding.prorated(rule.at_most, member.share)
    if weighed.at_least > allowed:
        wanted = f"cases of weight {in_figures(weighed.at_least - allowed)} assigned to somebody else"
        return no(question, because, would_satisfy=[wanted], source=edition.source)
    if weighed.at_most is None or weighed.at_most > allowed:
        facts = [f"weight of {case}" for case in weighed.unknown]
        return not_known(question, *facts, because=because, source=edition.source)
    return yes(question, because, source=edition.source)


def _by_worker(open_cases: Mapping[str, int] | Iterable[OpenCase], on: date) -> dict[str, list[OpenCase]]:
    if isinstance(open_cases, Mapping):
        problem = Problem("open_cases", "must be the cases themselves where they are weighed")
        raise NotReadable([problem], what="caseload")
    own: dict[str, list[OpenCase]] = {}
    for each in open_cases:
        if each.is_open_on(on):
            own.setdefault(each.worker, []).append(each)
    return own


def _counted(open_cases: Iterable[OpenCase], on: date) -> Mapping[str, int]:
    return Counter(each.worker for each in open_cases if each.is_open_on(on))
