"""
Which tier one month of service reached: full, partial, inpatient, or none.

Tiers are named from the highest down; the highest reached counts. Every tier answers with a verdict, and where a fact
is missing the answer is *not known*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import attrs

from casecore.standards import Standard
from casecore.terms import (
    ONE_DAY,
    Answer,
    Label,
    Period,
    Source,
    Value,
    Verdict,
    all_of,
    any_of,
    months_between,
    no,
    not_known,
    yes,
)

from .accepted import ByDay, accepted_by_day
from .contact import Contact
from .counting import MISSING, make_ready
from .owed import Stays
from .tiers import ContactTiers, InMonths, Tier, Way


@attrs.frozen(kw_only=True)
class TierReached(Value):
    """
    What one month came to.

    Attributes:
        tier: The highest tier surely reached; nothing for none.
        verdicts: One for every tier, the highest first, with the reasons.
        missing: Names of facts that could still lift the month to a higher tier.
    """

    month: Period
    tier: Label | None
    verdicts: tuple[Verdict, ...]
    missing: tuple[Label, ...]

    @property
    def is_known(self) -> bool:
        """Whether no missing fact could lift it higher."""
        return not self.missing


def tier_of_month(
    contacts: Iterable[Contact],
    rule: ContactTiers,
    month: Period,
    *,
    as_of: date,
    stays: Iterable[Period] = (),
    resident_days: int | None = None,
    months_used: Mapping[str, int] | None = None,
    born_on: date | None = None,
    source: Source | None = None,
) -> TierReached:
    """
    Say which tier a month reached by the evening of *as_of*, with the reasons for every tier.

    Args:
        contacts: One client's contacts, any order, any span.
        month: The calendar month, or what the episode holds of it.
        stays: Hospital stays, as for `contact_dues`.
        resident_days: Days in residence in this month; nothing means not known.
        months_used: For each tier, in how many earlier months of the episode it was reached.
    """
    held = [contact for contact in contacts if contact.held_on in month and contact.held_on <= as_of]
    days_inside = Stays(stays, as_of=as_of).days_inside(month, discharge_day_counts=rule.discharge_day_counts)
    tally = _count_kinds(held, rule, born_on)
    verdicts = []
    for tier in rule.tiers:
        parts = [_way_verdict(way, tally, resident_days) for way in tier.ways]
        tests = [any_of(f"Is one of the ways to {tier.name} fulfilled?", parts)]
        if tier.in_months is not InMonths.ANY:
            tests.append(_month_verdict(tier.in_months, days_inside))
        if tier.months_per_episode is not None:
            tests.append(_used_verdict(tier, months_used or {}))
        verdicts.append(all_of(f"Was the tier {tier.name} reached?", tests, source=source))
    reached = next((place for place, verdict in enumerate(verdicts) if verdict.is_yes), len(verdicts))
    open_still = {name for verdict in verdicts[:reached] for name in verdict.missing}
    return TierReached(
        month=month,
        tier=rule.tiers[reached].name if reached < len(verdicts) else None,
        verdicts=tuple(verdicts),
        missing=tuple(sorted(open_still)),
    )


def tiers_by_month(
    contacts: Iterable[Contact],
    standard: Standard[ContactTiers],
    *,
    admitted_on: date,
    as_of: date,
    discharged_on: date | None = None,
    stays: Iterable[Period] = (),
    resident: Iterable[Period] | None = None,
    born_on: date | None = None,
) -> tuple[TierReached, ...]:
    """
    Say which tier each month of the episode reached, counting the months that each tier has been used.

    Each month is judged by the edition in force on its first day; months without one are passed over.

    Args:
        contacts: One client's contacts, any order, any span.
        resident: When the client lived in the residence; nothing means not known. The day of leaving is not a day.
    """
    last = as_of if discharged_on is None else min(as_of, discharged_on)
    by_month: dict[tuple[int, int], list[Contact]] = {}
    for contact in contacts:
        if admitted_on <= contact.held_on <= last:
            by_month.setdefault((contact.held_on.year, contact.held_on.month), []).append(contact)
    hospital = tuple(stays)
    living = None if resident is None else Stays(resident, as_of=as_of)
    used: dict[str, int] = {}
    found = []
    for month in months_between(admitted_on, last):
        edition = standard.in_force(month.start)
        if edition is None:
            continue
        gone = discharged_on is not None and discharged_on <= as_of
        end = min(month.end, last + ONE_DAY) if gone else month.end
        inside = Period(max(month.start, admitted_on), end)
        lived = None if living is None else living.days_inside(inside, discharge_day_counts=False)
        reached = tier_of_month(
            by_month.get((month.start.year, month.start.month), ()),
            edition.rule,
            inside,
            as_of=as_of,
            stays=hospital,
            resident_days=lived,
            months_used=used,
            born_on=born_on,
            source=edition.source,
        )
        if reached.tier is not None:
            used[reached.tier] = used.get(reached.tier, 0) + 1
        found.append(reached)
    return tuple(found)


class _Kinds(NamedTuple):
    """For each kind how many contacts count surely and at best, the services likewise, and what facts are missing."""

    counts: dict[str, tuple[int, int]]
    services: tuple[int, int]
    missing: dict[str, set[str]]


def _count_kinds(held: list[Contact], rule: ContactTiers, born_on: date | None) -> _Kinds:
    """A contact in doubt for one kind is sure for no kind after it: it may yet turn out to be of the first."""
    tally = _Kinds({}, (0, 0), {})
    sure_services: set[str] = set()
    best_services: set[str] = set()
    left, left_at_best = held, held
    for kind in rule.kinds:
        ready = make_ready(kind.counting, born_on)
        sure, added_up, _ = accepted_by_day(left, ready)
        best, best_added_up, _ = accepted_by_day(left_at_best, ready, hopeful=True)
        most = kind.at_most if kind.at_most is not None else len(held)
        tally.counts[kind.name] = (
            min(most, sum(ready.limit(day, of_day) for day, of_day in sure.items())),
            min(most, sum(ready.hopeful_limit(day, of_day) for day, of_day in best.items())),
        )
        sure_services.update(_services(sure, added_up))
        best_services.update(_services(best, best_added_up))
        added, might_add = _ids(added_up), _ids(best_added_up)
        tally.missing[kind.name] = set()
        refused, in_doubt = list[Contact](), list[Contact]()
        for contact in left_at_best:
            reason = ready.against(contact)
            if reason is None or id(contact) in added:
                continue
            if id(contact) in might_add:
                reason = ready.but_for_length(contact) or reason
            if reason in MISSING:
                tally.missing[kind.name].add(MISSING[reason])
            (in_doubt if reason in MISSING or id(contact) in might_add else refused).append(contact)
        still_sure = {id(contact) for contact in left}
        left, left_at_best = [one for one in refused if id(one) in still_sure], refused + in_doubt
    return tally._replace(services=(len(sure_services), len(best_services)))


def _services(*days: ByDay) -> set[str]:
    return {name for by_day in days for of_day in by_day.values() for one in of_day for name in one.services}


def _ids(days: ByDay) -> set[int]:
    return {id(one) for of_day in days.values() for one in of_day}


def _way_verdict(way: Way, tally: _Kinds, resident_days: int | None) -> Verdict:
    parts = []
    for needed in way.contacts:
        sure = sum(tally.counts[name][0] for name in needed.kinds)
        best = sum(tally.counts[name][1] for name in needed.kinds)
        missing = {fact for name in needed.kinds for fact in tally.missing[name]}
        wanted = f"{needed.at_least} {' or '.join(needed.kinds)} contacts"
        parts.append(_enough(wanted, needed.at_least, sure, best, missing))
    if way.resident_days is not None:
        wanted = f"{way.resident_days} days in residence"
        if resident_days is None:
            parts.append(not_known(f"Were there at least {wanted}?", "resident_days"))
        else:
            parts.append(_enough(wanted, way.resident_days, resident_days, resident_days, set()))
    if way.different_services is not None:
        wanted = f"{way.different_services} different services"
        missing = {fact for facts in tally.missing.values() for fact in facts}
        parts.append(_enough(wanted, way.different_services, *tally.services, missing))
    return all_of("Is all of this fulfilled?", parts)


def _enough(wanted: str, needed: int, sure: int, best: int, missing: set[str]) -> Verdict:
    question = f"Were there at least {wanted}?"
    if sure >= needed:
        return yes(question, f"{sure}")
    if best < needed:
        return no(question, f"{sure}", would_satisfy=(f"{needed - sure} more, for {wanted}",))
    return not_known(question, *sorted(missing), because=f"{sure} for sure, {best} at best")


def _month_verdict(in_months: InMonths, days_inside: int) -> Verdict:
    wants_stay = in_months is InMonths.WITH_STAY
    question = f"Is it a month {'with' if wants_stay else 'without'} a hospital stay?"
    because = f"{days_inside} days in a hospital"
    return yes(question, because) if wants_stay == (days_inside > 0) else no(question, because)


def _used_verdict(tier: Tier, months_used: Mapping[str, int]) -> Verdict:
    used, most = months_used.get(tier.name, 0), tier.months_per_episode or 0
    question = f"Is there a month of {tier.name} left in this episode?"
    answer = Answer.YES if used < most else Answer.NO
    return Verdict(answer=answer, question=question, because=f"{used} of {most} used before this month")
