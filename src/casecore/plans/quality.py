"""What a good plan holds, and what this one lacks."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs

from casecore.goals import Goal, GoalStatus, Objective, goals_of
from casecore.standards import Rule, Standard
from casecore.terms import Finding, Problem

from .plan import Per, PlannedService
from .signatures import PlanSignatures, in_words
from .standing import PlanState, PlanVersion, ServicePlan, plans_of


class PlanCheck(enum.Enum):
    """One thing asked of a plan. Its value is the code of the finding where the plan falls short."""

    WITHOUT_GOALS = "plan-without-goals"
    NEED_NOT_ADDRESSED = "need-not-addressed"
    NEED_NOT_KNOWN = "need-not-known"
    GOAL_NOT_KNOWN = "goal-not-known"
    GOAL_NOT_IN_CLIENTS_WORDS = "goal-not-in-clients-words"
    GOAL_WITHOUT_OBJECTIVE = "goal-without-objective"
    OBJECTIVE_WITHOUT_MEASURE = "objective-without-measure"
    OBJECTIVE_WITHOUT_BASELINE = "objective-without-baseline"
    OBJECTIVE_WITHOUT_TARGET = "objective-without-target"
    OBJECTIVE_WITHOUT_TARGET_DAY = "objective-without-target-day"
    SERVICE_WITHOUT_PROVIDER = "service-without-provider"
    SERVICE_WITHOUT_AMOUNT = "service-without-amount"
    SERVICE_WITHOUT_FREQUENCY = "service-without-frequency"
    SERVICE_WITHOUT_DURATION = "service-without-duration"
    WITHOUT_NATURAL_SUPPORT = "plan-without-natural-support"
    UNSIGNED = "plan-unsigned"


@attrs.frozen(kw_only=True)
class PlanQuality(Rule, asks="plan-quality"):
    """
    Which checks a plan must pass. Where sources differ from check to check, each source has a standard of its own.

    Attributes:
        checks: The codes of the findings, as in ``["need-not-addressed", "plan-unsigned"]``.
    """

    checks: frozenset[PlanCheck]

    def contradictions(self) -> Iterator[Problem]:
        if not self.checks:
            yield Problem("checks", "must name at least one check")


def review_plan_quality(
    version: PlanVersion, goals: Iterable[Goal], standard: Standard[PlanQuality]
) -> tuple[Finding, ...]:
    """
    Flag what a version of the plan lacks, each lack by its own code.

    A need is addressed by a goal of the plan that answers it and was neither cancelled nor rejected, or by a service
    that names it; or it is deferred with a reason. Objectives are asked of the plan's open goals only. A service given
    once has its frequency and duration by that. A plan is unsigned while a required signature is missing; without a
    standard for signatures, while nobody signed.

    Args:
        version: The version, as `plans_of` gives it; drafts may be judged too, before they are proposed.
        goals: The client's goals, as `goals_of` gives them; more than the plan names is fine.
        standard: Read on the day the version was drafted.

    Returns:
        Findings in the order in which the plan is read, dated the day the version was drafted; ``plan-unsigned`` is
        dated the day it was proposed.

    Raises:
        StandardNotInForce: There is no edition for the day the version was drafted.
    """
    edition = standard.on(version.content.drafted_on)
    checks = edition.rule.checks
    known = {goal.goal_id: goal for goal in goals}
    return tuple(
        Finding(
            code=check.value,
            on=version.proposed_on or version.content.drafted_on
            if check is PlanCheck.UNSIGNED
            else version.content.drafted_on,
            what=f"version {version.number} of the plan: {what}",
            standard=standard.name,
            source=edition.source,
            would_satisfy=would_satisfy,
            about=about,
        )
        for check, about, what, would_satisfy in _lacks(version, known)
        if check in checks
    )


def review_plan(
    entries: Iterable[object],
    standard: Standard[PlanQuality],
    *,
    as_of: date,
    signatures: Standard[PlanSignatures] | None = None,
) -> tuple[Finding, ...]:
    """
    Flag what the case's plans lack: the newest version that was signed, and the newest that is before the signers.

    Drafts are their author's until they are proposed, and closed plans are past mending; neither is judged. A version
    drafted on a day without an edition is passed over.

    Args:
        entries: Entries of one case, goals and plans among them, in any order; those dated after *as_of* are left out.
        standard: Read for each version on the day it was drafted.
        signatures: Who must sign, see `plans_of`.
    """
    mine = tuple(entries)
    versions = [
        version
        for plan in plans_of(mine, signatures=signatures, as_of=as_of)
        for version in _judged(plan)
        if standard.in_force(version.content.drafted_on)
    ]
    if not versions:
        return ()
    goals = goals_of(mine, as_of)
    return tuple(finding for version in versions for finding in review_plan_quality(version, goals, standard))


def _judged(plan: ServicePlan) -> Iterator[PlanVersion]:
    if plan.closed_on is not None:
        return
    signed = [version for version in plan.versions if version.signed_on is not None]
    if signed:
        yield signed[-1]
    if plan.newest.state is PlanState.PROPOSED:
        yield plan.newest


Lack = tuple[PlanCheck, str, str, str]
"""The check, what it is about, what was found, what would satisfy."""


def _lacks(version: PlanVersion, known: Mapping[str, Goal]) -> Iterator[Lack]:
    content = version.content
    if not content.goals:
        yield PlanCheck.WITHOUT_GOALS, content.plan_id, "names no goal", "a new version with the client's goals"
    yield from _needs(version, known)
    for goal_id in _named_goals(version):
        if goal_id not in known:
            what = "names a goal that was never set"
            yield PlanCheck.GOAL_NOT_KNOWN, goal_id, what, "setting the goal, or a version without it"
    for goal_id in content.goals:
        if (goal := known.get(goal_id)) and goal.is_open:
            yield from _goal_lacks(goal)
    for service in content.services:
        yield from _service_lacks(service)
    if not content.supports:
        what = "names no natural support"
        yield PlanCheck.WITHOUT_NATURAL_SUPPORT, content.plan_id, what, "a new version that names one"
    yield from _signature_lacks(version)


_GIVEN_UP = (GoalStatus.CANCELLED, GoalStatus.REJECTED)


def _needs(version: PlanVersion, known: Mapping[str, Goal]) -> Iterator[Lack]:
    content = version.content
    served = {need for service in content.services for need in service.needs}
    answered = set(served)
    for goal_id in content.goals:
        if (goal := known.get(goal_id)) and goal.status not in _GIVEN_UP:
            answered.update(goal.needs)
    for need in content.needs:
        if need.need_id not in answered and need.deferred_because is None:
            what = "a need is neither addressed by a known goal or a service nor deferred with a reason"
            yield PlanCheck.NEED_NOT_ADDRESSED, need.need_id, what, "a goal or service for it, or a reason to defer it"
    for need_id in sorted(served - {need.need_id for need in content.needs}):
        what = "a service names a need that the plan does not hold"
        yield PlanCheck.NEED_NOT_KNOWN, need_id, what, "a version that holds the need, or a service without it"


def _named_goals(version: PlanVersion) -> Iterable[str]:
    """The goals that the plan names, and those that its services name, each once."""
    content = version.content
    return dict.fromkeys([*content.goals, *(goal for service in content.services for goal in service.goals)])


def _goal_lacks(goal: Goal) -> Iterator[Lack]:
    if not goal.in_clients_words:
        what = "a goal is not in the client's words"
        yield PlanCheck.GOAL_NOT_IN_CLIENTS_WORDS, goal.goal_id, what, "restating the goal as the client says it"
    if not goal.objectives:
        what = "a goal has no objective"
        yield PlanCheck.GOAL_WITHOUT_OBJECTIVE, goal.goal_id, what, "restating the goal with a measurable step"
    for objective in goal.objectives:
        for check, fact in _facts(objective):
            what = f"an objective has no {fact}"
            yield check, objective.objective_id, what, f"restating the goal with the objective's {fact}"


def _facts(objective: Objective) -> Iterator[tuple[PlanCheck, str]]:
    if objective.measure is None:
        yield PlanCheck.OBJECTIVE_WITHOUT_MEASURE, "measure"
    if objective.baseline is None:
        yield PlanCheck.OBJECTIVE_WITHOUT_BASELINE, "baseline"
    if objective.target is None:
        yield PlanCheck.OBJECTIVE_WITHOUT_TARGET, "target"
    if objective.target_on is None:
        yield PlanCheck.OBJECTIVE_WITHOUT_TARGET_DAY, "target day"


def _service_lacks(service: PlannedService) -> Iterator[Lack]:
    is_once = service.per is Per.ONCE
    for check, fact, is_there in (
        (PlanCheck.SERVICE_WITHOUT_PROVIDER, "provider", service.provider is not None),
        (PlanCheck.SERVICE_WITHOUT_AMOUNT, "amount", service.minutes is not None),
        (
            PlanCheck.SERVICE_WITHOUT_FREQUENCY,
            "frequency",
            is_once or (service.times is not None and service.per is not None),
        ),
        (PlanCheck.SERVICE_WITHOUT_DURATION, "duration", is_once or service.ends_on is not None),
    ):
        if not is_there:
            yield check, service.service, f"a service has no {fact}", f"a new version with the service's {fact}"


def _signature_lacks(version: PlanVersion) -> Iterator[Lack]:
    missing = ", ".join(in_words(one_of) for one_of in version.missing)
    if version.missing:
        what = f"not signed by {missing}"
        yield PlanCheck.UNSIGNED, version.content.plan_id, what, f"the signature of {missing}"
    elif version.signed_on is None:
        yield PlanCheck.UNSIGNED, version.content.plan_id, "not signed by anybody", "a signature"
