"""Service plans of every legal shape, and legal histories of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import hypothesis.strategies as st

from casecore.plans import (
    ClockRestarts,
    FirstPlan,
    InForceFrom,
    NaturalSupport,
    Per,
    PlanChange,
    PlanCheck,
    PlanClosed,
    PlanDrafted,
    PlannedNeed,
    PlannedService,
    PlanProposed,
    PlanQuality,
    PlanReviewed,
    PlanSignatures,
    PlanSigned,
    PlanState,
    PlanTimes,
    PlanVersion,
    RequestCountsFrom,
    RequestLasts,
    ServicePlan,
    Signer,
    diff,
    may_close,
    may_draft,
    may_propose,
    may_review,
    may_sign,
    plans_of,
)
from casecore.terms import Span

Days = tuple[date, date]
PlanEntry = PlanDrafted | PlanProposed | PlanSigned | PlanReviewed | PlanClosed
THESE_YEARS: Days = (date(2023, 1, 1), date(2027, 12, 31))


def _words(longest: int = 40) -> st.SearchStrategy[str]:
    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    return st.text(characters, min_size=1, max_size=longest).filter(str.strip)


def _refs(kind: str, most: int = 6) -> st.SearchStrategy[str]:
    return st.integers(1, most).map(lambda number: f"{kind}-{number}")


def _days(between: Days) -> st.SearchStrategy[date]:
    return st.dates(*between)


def _versions() -> st.SearchStrategy[int]:
    return st.integers(1, 5)


def _spans() -> st.SearchStrategy[Span]:
    return st.one_of(
        st.integers(0, 200).map(lambda days: Span(days=days)),
        st.integers(1, 12).map(lambda months: Span(months=months)),
    )


@st.composite
def planned_needs(draw: st.DrawFn, *, need_id: str | None = None) -> PlannedNeed:
    """A need, deferred or not."""
    return PlannedNeed(
        need_id=need_id or draw(_refs("n")), words=draw(_words()), deferred_because=draw(st.none() | _words())
    )


@st.composite
def planned_services(draw: st.DrawFn) -> PlannedService:
    """A service, often one that lacks a provider, amount, frequency or duration."""
    starts_on = draw(st.none() | _days(THESE_YEARS))
    ends_on = draw(st.none() | _days((starts_on or THESE_YEARS[0], THESE_YEARS[1])))
    return PlannedService(
        service=draw(st.sampled_from(["counseling", "housing help", "job coaching"])),
        provider=draw(st.none() | st.sampled_from(["Clinic", "Shelter"])),
        minutes=draw(st.none() | st.integers(1, 240)),
        times=draw(st.none() | st.integers(1, 10)),
        per=draw(st.none() | st.sampled_from(Per)),
        starts_on=starts_on,
        ends_on=ends_on,
        goals=tuple(draw(st.lists(_refs("g"), max_size=2))),
        needs=tuple(draw(st.lists(_refs("n"), max_size=2))),
    )


@st.composite
def natural_supports(draw: st.DrawFn) -> NaturalSupport:
    """Somebody who helps; two may be called the same."""
    who = draw(st.sampled_from(["sister", "neighbor", "friend from church"]))
    return NaturalSupport(who=who, does=draw(st.none() | _words()))


@st.composite
def plans_drafted(
    draw: st.DrawFn,
    *,
    between: Days = THESE_YEARS,
    plan_id: str | None = None,
    plan_version: int | None = None,
    author: str | None = None,
    goals: Sequence[str] | None = None,
) -> PlanDrafted:
    """One version of a plan, written whole."""
    drafted_on = draw(_days(between))
    needs = st.lists(planned_needs(), max_size=3, unique_by=lambda need: need.need_id)
    return PlanDrafted(
        drafted_on=drafted_on,
        plan_id=plan_id or draw(_refs("p")),
        plan_version=plan_version or draw(_versions()),
        author=author or draw(_refs("w")),
        goals=tuple(goals if goals is not None else draw(st.lists(_refs("g"), max_size=3, unique=True))),
        needs=tuple(draw(needs)),
        services=tuple(draw(st.lists(planned_services(), max_size=3))),
        supports=tuple(draw(st.lists(natural_supports(), max_size=2))),
        starts_on=draw(st.none() | _days((drafted_on, drafted_on + timedelta(days=60)))),
    )


@st.composite
def plans_proposed(
    draw: st.DrawFn, *, between: Days = THESE_YEARS, plan_id: str | None = None, plan_version: int | None = None
) -> PlanProposed:
    """A version put to the signers."""
    return PlanProposed(
        proposed_on=draw(_days(between)),
        plan_id=plan_id or draw(_refs("p")),
        plan_version=plan_version or draw(_versions()),
    )


@st.composite
def plans_signed(
    draw: st.DrawFn,
    *,
    between: Days = THESE_YEARS,
    plan_id: str | None = None,
    plan_version: int | None = None,
    roles: Sequence[Signer] = tuple(Signer),
) -> PlanSigned:
    """A signature, now and then a refusal."""
    return PlanSigned(
        signed_on=draw(_days(between)),
        plan_id=plan_id or draw(_refs("p")),
        plan_version=plan_version or draw(_versions()),
        role=draw(st.sampled_from(list(roles))),
        signer=draw(_refs("w")),
        refused_because=draw(st.none() | st.none() | _words()),
    )


@st.composite
def plans_reviewed(draw: st.DrawFn, *, between: Days = THESE_YEARS, plan_id: str | None = None) -> PlanReviewed:
    """A review opened or completed, now and then with a shorter interval asked for."""
    return PlanReviewed(
        reviewed_on=draw(_days(between)),
        plan_id=plan_id or draw(_refs("p")),
        is_complete=draw(st.booleans()),
        outcome=draw(st.none() | _words()),
        next_within_days=draw(st.none() | st.none() | st.integers(1, 200)),
    )


@st.composite
def plans_closed(draw: st.DrawFn, *, between: Days = THESE_YEARS, plan_id: str | None = None) -> PlanClosed:
    """The end of a plan."""
    return PlanClosed(closed_on=draw(_days(between)), plan_id=plan_id or draw(_refs("p")), reason=draw(_words()))


@st.composite
def plan_histories(
    draw: st.DrawFn, *, between: Days = THESE_YEARS, plan_id: str = "p-1", goals: Sequence[str] | None = None
) -> tuple[PlanEntry, ...]:
    """One plan's entries in the order they were written, each allowed by what stands before it."""
    first, last = between
    day = draw(_days((first, first + (last - first) / 3)))
    entries: list[PlanEntry] = [draw(plans_drafted(between=(day, day), plan_id=plan_id, plan_version=1, goals=goals))]
    steps = draw(st.lists(st.sampled_from(["on", "on", "on", "on", "sign", "review", "draft", "close"]), max_size=16))
    for step in steps:
        day = min(last, day + timedelta(days=draw(st.integers(0, 45))))
        (plan,) = plans_of(entries, as_of=day)
        newest, today = plan.newest.number, (day, day)
        if step == "on":  # the next step on the way, so that most histories come to a plan in force
            way = {PlanState.DRAFT: "propose", PlanState.PROPOSED: "sign"}
            step = way.get(plan.newest.state) or draw(st.sampled_from(["review", "review", "draft"]))
        entry: PlanEntry
        match step:
            case "propose":
                entry = PlanProposed(proposed_on=day, plan_id=plan_id, plan_version=newest)
                allowed = may_propose(plan, entry)
            case "sign":
                entry = draw(plans_signed(between=today, plan_id=plan_id, plan_version=newest))
                allowed = may_sign(plan, entry)
            case "review":
                entry = draw(plans_reviewed(between=today, plan_id=plan_id))
                allowed = may_review(plan, entry)
            case "draft":
                entry = draw(plans_drafted(between=today, plan_id=plan_id, plan_version=newest + 1, goals=goals))
                allowed = may_draft(plan, entry)
            case _:
                entry = draw(plans_closed(between=today, plan_id=plan_id))
                allowed = may_close(plan, entry)
        if allowed.is_yes:
            entries.append(entry)
    return tuple(entries)


def service_plans(*, between: Days = THESE_YEARS, plan_id: str = "p-1") -> st.SearchStrategy[ServicePlan]:
    """A plan as it stands after a legal history."""
    return plan_histories(between=between, plan_id=plan_id).map(lambda entries: plans_of(entries)[0])


def plan_versions(*, between: Days = THESE_YEARS, plan_id: str = "p-1") -> st.SearchStrategy[PlanVersion]:
    """The newest version of such a plan."""
    return service_plans(between=between, plan_id=plan_id).map(lambda plan: plan.newest)


@st.composite
def plan_changes(draw: st.DrawFn) -> tuple[PlanChange, ...]:
    """What changed between two versions."""
    return diff(draw(plans_drafted()), draw(plans_drafted()))


@st.composite
def plan_signatures(draw: st.DrawFn) -> PlanSignatures:
    """A rule for who must sign."""
    roles = draw(st.lists(st.sampled_from(Signer), min_size=1, max_size=5, unique=True))
    cuts = sorted(draw(st.sets(st.integers(1, len(roles)), max_size=3)) | {len(roles)})
    required = tuple(tuple(roles[start:end]) for start, end in zip([0, *cuts[:-1]], cuts, strict=True) if start < end)
    from_client = Signer.CLIENT in roles and draw(st.booleans())
    return PlanSignatures(
        required=required,
        in_force_from=InForceFrom.CLIENT_SIGNATURE if from_client else InForceFrom.LAST_SIGNATURE,
        may_author_approve=draw(st.booleans()),
        approver=draw(st.none() | st.sampled_from(roles)),
        refusal_stands_for=draw(st.frozensets(st.sampled_from(Signer), max_size=2)),
    )


@st.composite
def plan_times(draw: st.DrawFn) -> PlanTimes:
    """A rule for when plans are owed: first plan, signatures, reviews, or some of these; never in business days."""
    asks = draw(st.sets(st.sampled_from(["first", "signatures", "reviews"]), min_size=1))
    first, reviews = "first" in asks, "reviews" in asks
    return PlanTimes(
        first_plan_within=draw(_spans()) if first else None,
        first_plan_is=draw(st.sampled_from(FirstPlan)) if first else None,
        signature_within=draw(_spans()) if "signatures" in asks else None,
        review_within=draw(_spans()) if reviews else None,
        clock_restarts=draw(st.sampled_from(ClockRestarts)) if reviews else None,
        review_opens_days_before=draw(st.none() | st.integers(0, 60)) if reviews else None,
        request_lasts=draw(st.sampled_from(RequestLasts)) if reviews else None,
        request_counts_from=draw(st.sampled_from(RequestCountsFrom)) if reviews else None,
    )


@st.composite
def plan_qualities(draw: st.DrawFn) -> PlanQuality:
    """A rule for what a plan must hold."""
    return PlanQuality(checks=draw(st.frozensets(st.sampled_from(PlanCheck), min_size=1)))
