"""What is owed of a case's plans: the first one, signatures, reviews."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from casecore.standards import Edition, Standard
from casecore.terms import ONE_DAY, Due, Period, Span, WorkingDays

from .plan import PlanReviewed
from .signatures import OneOf, PlanSignatures, in_words
from .standing import PlanVersion, ServicePlan, plans_of
from .times import ClockRestarts, FirstPlan, PlanTimes, RequestCountsFrom, RequestLasts


def plan_dues(
    entries: Iterable[object],
    times: Standard[PlanTimes],
    *,
    admitted_on: date,
    as_of: date,
    signatures: Standard[PlanSignatures] | None = None,
    working_days: WorkingDays | None = None,
    until: date | None = None,
) -> tuple[Due, ...]:
    """
    What was and is owed of a case's plans: the first plan, each signature on a version proposed, each review.

    A duty is governed by the edition in force on the day it arises: for the first plan the day of admission, for
    signatures the day the version was proposed, for a review the day the clock started. Where none is in force then, it
    arises with the first edition that begins before the act is done, and cannot be late before that day. Where no
    edition ever asks, nothing is owed.

    A review is measured from what the edition says restarts the clock, never from the day the last one was due. The
    clock starts with the first version of a plan that is signed; several restarts on one day are one.

    Args:
        entries: Entries of one case, in any order; those dated after *as_of* are left out.
        signatures: Who must sign, see `plans_of`; each signature required is a duty of its own. Without it, one is.
        working_days: Needed where a standard counts business days.
        until: The day the episode ended, where it did. What could still be done on time that day is no longer owed;
            what was late then is missed. Closing a plan does the same to what is owed of that plan, and a newer
            version to the signatures on the older one.

    Returns:
        ``first-plan-owed``, ``plan-signature-owed`` and ``plan-review-owed``, those met and missed among them.

    Raises:
        NotReadable: A standard counts business days, and no working days are given.
    """
    mine = tuple(entries)
    plans = plans_of(mine, signatures=signatures, as_of=as_of)
    over = until if until is not None and until <= as_of else None
    asked = _Question(times, as_of, working_days)
    return (
        *_first_plan(asked, plans, admitted_on, over),
        *(
            due
            for plan in plans
            for due in (
                *_signatures(asked, plan, signatures, _earlier(over, plan.closed_on)),
                *_reviews(asked, plan, _earlier(over, plan.closed_on)),
            )
        ),
    )


class _Arisen(NamedTuple):
    """
    A duty that stands since a day, by an edition.

    Attributes:
        is_asked_later: Whether the edition began only after the day that the time is measured from.
    """

    edition: Edition[PlanTimes]
    since: date
    is_asked_later: bool


class _Question(NamedTuple):
    """What all dues of one question have in common."""

    standard: Standard[PlanTimes]
    as_of: date
    working_days: WorkingDays | None

    def arising(self, anchor: date, asks: Callable[[PlanTimes], bool]) -> _Arisen | None:
        """The edition in force on *anchor* where it asks, else the first one after that does."""
        edition = self.standard.in_force(anchor)
        if edition is not None and asks(edition.rule):
            return _Arisen(edition, anchor, False)
        for later in self.standard.editions:
            if later.since > anchor and later.value is not None and asks(later.value):
                return _Arisen(later, later.since, True) if later.since <= self.as_of else None
        return None

    def due(
        self,
        code: str,
        what: str,
        arisen: _Arisen,
        *,
        by: date,
        opens: date,
        met_on: date | None,
        over: date | None,
        would_satisfy: str,
        about: str = "",
    ) -> Iterator[Due]:
        """The due, unless the duty fell away before it was late or before it stood at all."""
        if over is not None and met_on is not None and met_on > over:
            met_on = None
        closes = over if met_on is None else None
        was_done_before = arisen.is_asked_later and met_on is not None and met_on < arisen.since
        if was_done_before or (closes is not None and closes <= by):
            return
        yield Due.unchecked(
            code=code,
            what=what,
            window=Period(max(opens, arisen.since), by + ONE_DAY),
            closes=closes,
            since=arisen.since,
            as_of=self.as_of,
            standard=self.standard.name,
            source=arisen.edition.source,
            would_satisfy=would_satisfy,
            met_on=met_on,
            about=about,
        )


def _first_plan(
    asked: _Question, plans: tuple[ServicePlan, ...], admitted_on: date, over: date | None
) -> Iterator[Due]:
    arisen = asked.arising(admitted_on, lambda rule: rule.first_plan_within is not None)
    if arisen is None or (span := arisen.edition.rule.first_plan_within) is None:
        return
    step = arisen.edition.rule.first_plan_is or FirstPlan.SIGNED
    reached = [day for plan in plans for version in plan.versions if (day := _reached(version, step)) is not None]
    yield from asked.due(
        "first-plan-owed",
        f"the first service plan, {step.value} within {span} of admission",
        arisen,
        by=max(span.after(admitted_on, asked.working_days), arisen.since),
        opens=arisen.since,
        met_on=min(reached, default=None),
        over=over,
        would_satisfy=f"a service plan {step.value}",
    )


def _reached(version: PlanVersion, step: FirstPlan) -> date | None:
    if step is FirstPlan.DRAFTED:
        return version.drafted_on
    return version.proposed_on if step is FirstPlan.PROPOSED else version.signed_on


def _signatures(
    asked: _Question, plan: ServicePlan, signatures: Standard[PlanSignatures] | None, over: date | None
) -> Iterator[Due]:
    for version, replaced_on in zip(plan.versions, _replaced(plan.versions), strict=True):
        proposed_on = version.proposed_on
        if proposed_on is None:
            continue
        arisen = asked.arising(proposed_on, lambda rule: rule.signature_within is not None)
        if arisen is None or (span := arisen.edition.rule.signature_within) is None:
            continue
        ended = _earlier(over, replaced_on)
        by = max(span.after(proposed_on, asked.working_days), arisen.since)
        for one_of, day in _asked(version, proposed_on, signatures):
            who = f"signature of {in_words(one_of)}" if one_of else "signature"
            yield from asked.due(
                "plan-signature-owed",
                f"{who} on version {version.number} of the service plan, within {span} of its proposal",
                arisen,
                by=by,
                opens=arisen.since,
                met_on=day,
                over=ended,
                would_satisfy=f"the {who} on version {version.number}",
                about=plan.plan_id,
            )


def _asked(
    version: PlanVersion, proposed_on: date, signatures: Standard[PlanSignatures] | None
) -> Iterator[tuple[OneOf, date | None]]:
    """Each signature required of a version, and the day it was given."""
    edition = signatures.in_force(proposed_on) if signatures else None
    if edition is None:
        yield (), version.signed_on
        return
    days = edition.rule.signed_days(version.signatures, author=version.content.author)
    yield from zip(edition.rule.required, days, strict=True)


def _replaced(versions: tuple[PlanVersion, ...]) -> list[date | None]:
    """
    For each version, the day from which its signatures no longer matter.

    While it is not signed that is the day a newer one was drafted; once it is, the day a newer one was signed.
    """
    replaced: list[date | None] = []
    drafted_on: date | None = None
    signed_on: date | None = None
    for version in reversed(versions):
        replaced.append(drafted_on if version.signed_on is None else signed_on)
        drafted_on = _earlier(drafted_on, version.drafted_on)
        signed_on = _earlier(signed_on, version.signed_on)
    replaced.reverse()
    return replaced


def _reviews(asked: _Question, plan: ServicePlan, over: date | None) -> Iterator[Due]:
    signed = sorted({version.signed_on for version in plan.versions if version.signed_on is not None})
    if not signed:
        return
    completed = sorted({review.reviewed_on for review in plan.reviews if review.is_complete})
    restarts = {
        ClockRestarts.NEW_SIGNED_VERSION: signed,
        ClockRestarts.COMPLETED_REVIEW: completed,
        ClockRestarts.EITHER: sorted({*signed, *completed}),
    }
    requests = [review for review in plan.reviews if review.next_within_days is not None]
    asked_on = [request.reviewed_on for request in requests]
    clock: date | None = signed[0]
    while clock is not None:
        arisen = asked.arising(clock, lambda rule: rule.review_within is not None)
        if arisen is None or (span := arisen.edition.rule.review_within) is None:
            return
        rule = arisen.edition.rule
        days = restarts[rule.clock_restarts or ClockRestarts.EITHER]
        after = bisect_right(days, clock)
        restarted_on = days[after] if after < len(days) else None
        regular = span.after(clock, asked.working_days)
        last_day = _earlier(None if restarted_on is None else restarted_on - ONE_DAY, over)
        request = _request_between(requests, asked_on, clock, last_day, rule)
        by = regular if request is None else min(regular, _asked_for(request, clock, rule))
        by = max(by, arisen.since)
        ahead = rule.review_opens_days_before
        yield from asked.due(
            "plan-review-owed",
            f"a review of the service plan, {_why(span, clock, request, by < regular)}",
            arisen,
            by=by,
            opens=arisen.since if ahead is None else by - timedelta(days=ahead),
            met_on=restarted_on,
            over=over,
            would_satisfy=_RESTART_IN_WORDS[rule.clock_restarts or ClockRestarts.EITHER],
            about=plan.plan_id,
        )
        clock = restarted_on


_RESTART_IN_WORDS = {
    ClockRestarts.COMPLETED_REVIEW: "a completed review of the plan",
    ClockRestarts.NEW_SIGNED_VERSION: "a new version of the plan, signed",
    ClockRestarts.EITHER: "a completed review of the plan, or a new version of it signed",
}


def _request_between(
    requests: list[PlanReviewed], asked_on: list[date], clock: date, last_day: date | None, rule: PlanTimes
) -> PlanReviewed | None:
    """The last request that holds for the interval from *clock* to *last_day*, the day before it restarts or ends."""
    before = len(requests) if last_day is None else bisect_right(asked_on, last_day)
    if before == 0:
        return None
    last = requests[before - 1]
    holds = last.reviewed_on >= clock or rule.request_lasts is RequestLasts.UNTIL_ANOTHER
    return last if holds else None


def _asked_for(request: PlanReviewed, clock: date, rule: PlanTimes) -> date:
    """The last day for the review as the client asked."""
    interval = timedelta(days=request.next_within_days or 0)
    if request.reviewed_on <= clock:
        return clock + interval
    if rule.request_counts_from is RequestCountsFrom.REQUEST:
        return request.reviewed_on + interval
    return max(clock + interval, request.reviewed_on)


def _why(span: Span, clock: date, request: PlanReviewed | None, is_sooner: bool) -> str:
    if request is not None and is_sooner:
        return f"asked for in writing on {request.reviewed_on} within {request.next_within_days} days"
    return f"within {span} of {clock}"


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)
