"""What a discharge plan still lacks."""

from __future__ import annotations

import enum
from collections.abc import Iterator

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


_WORDS = {
    PlanItem.TARGET_DAY: "a day to aim for",
    PlanItem.DESTINATION: "where the client goes",
    PlanItem.LIVING_ARRANGEMENT: "how the client will live",
    PlanItem.FOLLOW_UP: "an appointment or service arranged for afterwards",
    PlanItem.SUPPORTS: "who supports the client afterwards",
    PlanItem.CRISIS_CONTACT: "whom to call in a crisis",
    PlanItem.MEDICATION: "what medication the client leaves with, or that there is none",
    PlanItem.COPY_FOR_CLIENT: "the day the client was given a copy",
}


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

    def lacks(what: str, words: str, about: str = "") -> Finding:
        return Finding(
            code=f"discharge-plan-lacks-{what}",
            on=plan.planned_on,
            what=f"The discharge plan lacks {words}.",
            standard=standard.name,
            source=edition.source,
            would_satisfy=f"the discharge plan, written again with {words}",
            about=about,
        )

    found: list[Finding] = []
    for item in edition.rule.asks_for:
        if item is PlanItem.FOLLOW_UP_DAYS:
            found += [
                lacks(item.value, "the day of a follow-up", follow_up.service)
                for follow_up in plan.follow_ups
                if follow_up.on is None
            ]
        elif item is PlanItem.FOLLOW_UP_PROVIDERS:
            found += [
                lacks(item.value, "the provider of a follow-up", follow_up.service)
                for follow_up in plan.follow_ups
                if follow_up.provider is None
            ]
        elif not _holds(plan, item):
            found.append(lacks(item.value, _WORDS[item]))
    arranged = {follow_up.service for follow_up in plan.follow_ups}
    found += [
        lacks("service", "a service that must be arranged", service)
        for service in edition.rule.services
        if service not in arranged
    ]
    return tuple(found)


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
