"""Who came back: readmissions soon after a discharge, and diversions that did not hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from datetime import date

import attrs

from casecore.terms import Count, Period, Ref, Value

from .course import INPATIENT, Stay, in_order
from .stay import Setting


@attrs.frozen(kw_only=True)
class Readmission(Value):
    """
    An admission soon after a discharge.

    Attributes:
        stay_id: The stay that began.
        after: The stay that had ended last.
        days: From that discharge to this admission; 0 on the same day.
    """

    stay_id: Ref
    after: Ref
    days: Count


@attrs.frozen(kw_only=True)
class Diversion(Value):
    """
    A stay that took the place of a more restrictive one.

    Attributes:
        failed_on: The day the client was admitted to that place after all, where it was soon enough to say so.
    """

    stay_id: Ref
    diverted_from: Setting
    on: date
    failed_on: date | None = None


def readmissions(
    stays: Iterable[Stay],
    *,
    within: Period,
    within_days: int,
    transfers_count: bool,
    as_of: date,
    settings: Collection[Setting] = INPATIENT,
) -> tuple[Readmission, ...]:
    """
    The admissions in *within* that came at most *within_days* after the last discharge before them.

    The discharge may lie before the period. An admission while another such stay goes on is none.

    Args:
        transfers_count: Whether an admission on the very day of the discharge is a readmission.
    """
    found: list[Readmission] = []
    last, until = "", date.min
    for stay in sorted(
        (stay for stay in stays if stay.setting in settings and stay.admitted_on <= as_of), key=in_order
    ):
        if last and stay.admitted_on in within and stay.admitted_on >= until:
            days = (stay.admitted_on - until).days
            if days <= within_days and (days or transfers_count):
                found.append(Readmission(stay_id=stay.stay_id, after=last, days=days))
        end = stay.ended_by(as_of) or date.max
        if end >= until:
            last, until = stay.stay_id, end
    return tuple(found)


def diversions(stays: Iterable[Stay], *, within: Period, held_for_days: int, as_of: date) -> tuple[Diversion, ...]:
    """
    The stays begun in *within* that took the place of a more restrictive one, and whether that held.

    A diversion failed when the client was admitted to the very setting it diverted from on the same day or at most
    *held_for_days* later. Nothing in `Diversion.failed_on` means held only once these days are over.
    """
    known = sorted((stay for stay in stays if stay.admitted_on <= as_of), key=in_order)
    found: list[Diversion] = []
    admitted: dict[Setting, list[date]] = {}
    for stay in known:
        admitted.setdefault(stay.setting, []).append(stay.admitted_on)
    for stay in known:
        if stay.diverted_from is None or stay.admitted_on not in within:
            continue
        days = admitted.get(stay.diverted_from, [])
        place = bisect_left(days, stay.admitted_on)
        failed_on = days[place] if place < len(days) else None
        if failed_on is not None and (failed_on - stay.admitted_on).days > held_for_days:
            failed_on = None
        found.append(
            Diversion(stay_id=stay.stay_id, diverted_from=stay.diverted_from, on=stay.admitted_on, failed_on=failed_on)
        )
    return tuple(found)
