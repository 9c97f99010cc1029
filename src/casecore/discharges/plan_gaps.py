"""What a discharge plan still lacks."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import NamedTuple

import attrs

from casecore.standards import Rule, Standard
from casecore.terms import Finding, Label, Problem

from .discharge import Destination, DischargePlanned


class PlanItem(enum.Enum):
    """Something that a discharge plan can be asked to hold."""

    TARGET_DAY = "target-day"
    DESTINATION = "destination"
    LIVING_ARRANGEMENT = "living-arrangement"
    FOLLOW_UP = "follow-up"
    FOLLOW_UP_DAYS = "follow-up-days"
    FOLLOW_UP_PROVIDERS = "follow-up-providers"
    SUPPORTS = "supports"
    CRISIS_CONTACT = "crisis-contact"
    MEDICATION = "medication"
    COPY_FOR_CLIENT = "copy-for-client"


@attrs.frozen(kw_only=True)
class DischargePlanContents(Rule, asks="discharge-plan-contents"):
    """
    What a discharge plan must hold.

    Attributes:
        asks_for: The items.
        services: Follow-up services that must be arranged by name, as in ``psychiatry``.
    """

    asks_for: tuple[PlanItem, ...] = ()
    services: tuple[Label, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if not self.asks_for and not self.services:
            yield Problem("", "must ask for at least one item or service")
        for name, parts in (("asks_for", self.asks_for), ("services", self.services)):
            if len(set(parts)) < len(parts):
                yield Problem(name, "must not name anything twice")


class _Gap(NamedTuple):
    """What a plan can lack: the code, and the words that say so."""

    code: str
    words: str


_GAPS = {
    PlanItem.TARGET_DAY: _Gap(code="discharge-plan-lacks-target-day", words="a day to aim for"),
    PlanItem.DESTINATION: _Gap(code="discharge-plan-lacks-destination", words="where the client goes"),
    PlanItem.LIVING_ARRANGEMENT: _Gap(code="discharge-plan-lacks-living-arrangement", words="how the client will live"),
    PlanItem.FOLLOW_UP: _Gap(
        code="discharge-plan-lacks-follow-up", words="an appointment or service arranged for afterwards"
    ),
    PlanItem.FOLLOW_UP_DAYS: _Gap(code="discharge-plan-lacks-follow-up-days", words="the day of a follow-up"),
    PlanItem.FOLLOW_UP_PROVIDERS: _Gap(
        code="discharge-plan-lacks-follow-up-providers", words="the provider of a follow-up"
    ),
    PlanItem.SUPPORTS: _Gap(code="discharge-plan-lacks-supports", words="who supports the client afterwards"),
    PlanItem.CRISIS_CONTACT: _Gap(code="discharge-plan-lacks-crisis-contact", words="whom to call in a crisis"),
    PlanItem.MEDICATION: _Gap(
        code="discharge-plan-lacks-medication",
        words="what medication the client leaves with, or that there is none",
    ),
    PlanItem.COPY_FOR_CLIENT: _Gap(
        code="discharge-plan-lacks-copy-for-client", words="the day the client was given a copy"
    ),
}
_SERVICE = _Gap(code="discharge-plan-lacks-service", words="a service that must be arranged")


def review_discharge_plan(
    plan: DischargePlanned | None, standard: Standard[DischargePlanContents]
) -> tuple[Finding, ...]:
    """
    The gaps in a discharge plan.

    Codes: ``discharge-plan-lacks-`` and the item (`PlanItem`), once each; ``discharge-plan-lacks-follow-up-days`` and
    ``-providers`` once for each follow-up without one; ``discharge-plan-lacks-service`` for each service asked for and
    not arranged. A destination that is written as not known is a gap.

    Args:
        plan: The plan as it stands. Without one nothing is found here: whether there must be one is asked by
            `may_discharge`.
        standard: Read on the day of the plan; a plan from before it is not judged.

    Returns:
        Findings dated the day of the plan.
    """
    if plan is None:
        return ()
    edition = standard.in_force(plan.planned_on)
    if edition is None:
        return ()

    lacking: list[tuple[_Gap, str]] = []
    for item in edition.rule.asks_for:
        if item is PlanItem.FOLLOW_UP_DAYS:
            lacking += [(_GAPS[item], follow_up.service) for follow_up in plan.follow_ups if follow_up.on is None]
        elif item is PlanItem.FOLLOW_UP_PROVIDERS:
            lacking += [(_GAPS[item], follow_up.service) for follow_up in plan.follow_ups if follow_up.provider is None]
        elif not _holds(plan, item):
            lacking.append((_GAPS[item], ""))
    arranged = {follow_up.service for follow_up in plan.follow_ups}
    lacking += [(_SERVICE, service) for service in edition.rule.services if service not in arranged]
    return tuple(
        Finding(
            code=gap.code,
            on=plan.planned_on,
            what=f"The discharge plan lacks {gap.words}.",
            standard=standard.name,
            source=edition.source,
            would_satisfy=f"the discharge plan, written again with {gap.words}",
            about=about,
        )
        for gap, about in lacking
    )


def _holds(plan: DischargePlanned, item: PlanItem) -> bool:
    if item is PlanItem.DESTINATION:
        return plan.destination not in (None, Destination.NOT_KNOWN)
    held: dict[PlanItem, object] = {
        PlanItem.TARGET_DAY: plan.target_on,
        PlanItem.LIVING_ARRANGEMENT: plan.living_arrangement,
        PlanItem.FOLLOW_UP: plan.follow_ups,
        PlanItem.SUPPORTS: plan.supports,
        PlanItem.CRISIS_CONTACT: plan.crisis_contact,
        PlanItem.MEDICATION: plan.medication,
        PlanItem.COPY_FOR_CLIENT: plan.given_to_client_on,
    }
    return bool(held[item])
