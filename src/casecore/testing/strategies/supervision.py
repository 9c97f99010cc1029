"""Who supervises whom, what lapses, what waits for an approval, and what weighs how much in a caseload."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from casecore.caseloads import OpenCase, Waiting, Weighed, weigh_cases
from casecore.staff import (
    Approval,
    ApprovalGivenBy,
    ApprovalTerms,
    CaseWeight,
    CaseWeights,
    Covering,
    CredentialAsked,
    CredentialSort,
    CredentialStanding,
    DutyCredentials,
    DutyLost,
    LearningMinimum,
    LearningPart,
    LearningPer,
    LimitRounding,
    Supervision,
    SupervisionCount,
    SupervisionSort,
    SupervisionSpan,
)

from .terms import CASE_YEARS, Days, days, labels, periods, plain_verdicts, refs, sources, spans, words

SPANS = ("days", "months", "years")
"""The units of spans that can be looked back over."""


def _fixed(drawn: dict[str, SearchStrategy[Any]], fixed: dict[str, Any]) -> dict[str, SearchStrategy[Any]]:
    return {**drawn, **{name: st.just(value) for name, value in fixed.items()}}


@st.composite
def supervisions(draw: st.DrawFn, /, *, between: Days = CASE_YEARS, **fixed: Any) -> Supervision:
    """A worker supervised from a day in *between* on; any field can be fixed."""
    since = fixed.get("since") or draw(days(between=between))
    worker = fixed.get("worker") or draw(refs())
    supervisor = fixed.get("supervisor") or draw(refs().filter(lambda each: each != worker))
    lasts = st.integers(1, 900).map(lambda number: since + timedelta(days=number))
    drawn: dict[str, Any] = {"until": draw(st.none() | lasts), "sort": draw(st.sampled_from(SupervisionSort))}
    return Supervision(**{**drawn, **fixed, "worker": worker, "supervisor": supervisor, "since": since})


@st.composite
def charts(
    draw: st.DrawFn, /, *, workers: int = 6, changes: int = 8, between: Days = CASE_YEARS, may_circle: bool = False
) -> tuple[Supervision, ...]:
    """
    Who supervises whom among a few workers: at most one change a worker, sort and day, and no circles unless asked for.

    Without circles a worker's supervisor always has the lower number.
    """
    made: dict[tuple[str, SupervisionSort, date], Supervision] = {}
    for _ in range(draw(st.integers(0, changes))):
        worker = draw(st.integers(2, workers))
        others = [each for each in range(1, workers + 1 if may_circle else worker) if each != worker]
        supervisor = f"w-{draw(st.sampled_from(others))}"
        each = draw(supervisions(between=between, worker=f"w-{worker}", supervisor=supervisor))
        made[each.worker, each.sort, each.since] = each
    return tuple(draw(st.permutations(list(made.values()))))


@st.composite
def coverings(draw: st.DrawFn, /, *, between: Days = CASE_YEARS, **fixed: Any) -> Covering:
    """Somebody away for some days in *between*, covered or not; any field can be fixed."""
    absent = fixed.get("absent") or draw(refs())
    covered_by = draw(st.none() | refs().filter(lambda each: each != absent))
    return Covering(**{"days": draw(periods(between=between)), "covered_by": covered_by, **fixed, "absent": absent})


def supervision_spans(**fixed: Any) -> SearchStrategy[SupervisionSpan]:
    """Spans of supervision, counted either way; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "at_most": st.integers(1, 12),
        "counted_by": st.sampled_from(SupervisionCount),
        "rounding": st.sampled_from(LimitRounding),
        "sort": st.sampled_from(SupervisionSort),
    }
    return st.builds(SupervisionSpan, **_fixed(drawn, fixed))


def credentials_asked(**fixed: Any) -> SearchStrategy[CredentialAsked]:
    """Which credentials will do: always by name, now and then by sort and issuer too; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "names": st.lists(st.sampled_from(["LMSW", "LCSW", "RN"]), min_size=1, max_size=2, unique=True).map(tuple),
        "sorts": st.frozensets(st.sampled_from(CredentialSort), max_size=1),
        "issuers": st.sampled_from([(), (), ("NY",), ("NY", "PA")]),
        "papers": st.sampled_from([(), (), ("copy",)]),
    }
    return st.builds(CredentialAsked, **_fixed(drawn, fixed))


def credential_standings(**fixed: Any) -> SearchStrategy[CredentialStanding]:
    """Which credential a role must hold, and when its renewal falls due; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "asked": credentials_asked(),
        "renew_within": spans(units=SPANS),
        "counts_unverified": st.booleans(),
        "roles": st.sampled_from([(), ("case-manager",), ("case-manager", "supervisor")]),
    }
    return st.builds(CredentialStanding, **_fixed(drawn, fixed))


@st.composite
def duty_credentials(draw: st.DrawFn, /, **fixed: Any) -> DutyCredentials:
    """Which credentials one or two duties ask for; any field can be fixed."""
    some = draw(st.lists(credentials_asked(), min_size=1, max_size=3))
    cut = draw(st.integers(0, len(some)))
    duties = draw(st.lists(st.sampled_from(["sign-plans", "supervise"]), min_size=1, max_size=2, unique=True))
    drawn = {"all_of": tuple(some[:cut]), "any_of": tuple(some[cut:]), "counts_unverified": draw(st.booleans())}
    return DutyCredentials(**{"duties": tuple(duties), **drawn, **fixed})


def duties_lost_by_somebody() -> SearchStrategy[DutyLost]:
    """Duties that somebody lost."""
    return st.builds(
        DutyLost,
        worker=refs(),
        duty=st.sampled_from(["sign-plans", "supervise"]),
        since=days(),
        until=st.none() | days(),
        credentials=st.lists(st.sampled_from(["LMSW", "RN"]), max_size=2, unique=True).map(tuple),
        because=words(),
        standard=labels(),
        source=sources(),
    )


@st.composite
def learning_parts(draw: st.DrawFn, /, **fixed: Any) -> LearningPart:
    """A least or a most of the hours of one subject; any field can be fixed."""
    at_least = draw(st.integers(0, 4))
    at_most = draw(st.integers(at_least, at_least + 6)) if not at_least or draw(st.booleans()) else None
    subject = draw(st.sampled_from(["ethics", "self-study", "law"]))
    return LearningPart(**{"subjects": (subject,), "at_least": at_least, "at_most": at_most, **fixed})


@st.composite
def learning_minimums(draw: st.DrawFn, /, **fixed: Any) -> LearningMinimum:
    """Rules for continuing education, in any kind of stretch; any field can be fixed."""
    per = fixed.get("per") or draw(st.sampled_from(LearningPer))
    unique = st.lists(learning_parts(), max_size=2, unique_by=lambda part: part.subjects)
    parts = fixed["parts"] if "parts" in fixed else tuple(draw(unique))
    least = sum((Fraction(part.at_least) for part in parts), Fraction())
    hours = float(least + draw(st.integers(0, 20)))
    is_calendar = per is LearningPer.CALENDAR_YEARS
    drawn: dict[str, Any] = {
        "hours": hours,
        "counts_unverified": draw(st.booleans()),
        "years": draw(st.integers(1, 3)) if is_calendar or per is LearningPer.YEARS_OF_SERVICE else None,
        "first_year": draw(st.integers(2018, 2026)) if is_calendar else None,
        "asks_newcomers": draw(st.booleans()) if is_calendar else None,
        "credential": draw(credentials_asked()) if per is LearningPer.CREDENTIAL else None,
        "span": draw(spans(units=SPANS)) if per is LearningPer.ROLLING else None,
        "subjects": draw(st.sampled_from([(), (), ("ethics", "self-study", "law")])),
        "providers": draw(st.sampled_from([(), ("board",)])),
        "papers": draw(st.sampled_from([(), (), ("certificate",)])),
        "carries_over": 0.0 if per is LearningPer.ROLLING else float(draw(st.integers(0, 5))),
    }
    return LearningMinimum(**{**drawn, **fixed, "per": per, "parts": parts})


@st.composite
def approvals(draw: st.DrawFn, /, *, between: Days = CASE_YEARS, **fixed: Any) -> Approval:
    """Something a worker asked leave for on a day in *between*, answered or not; any field can be fixed."""
    asked_on: date = fixed.get("asked_on") or draw(days(between=between))
    drawn: dict[str, Any] = {
        "approval_id": draw(refs()),
        "kind": draw(st.sampled_from(["leave", "expense", "post-ruling"])),
        "about": draw(st.none() | refs()),
        "asked_by": draw(refs()),
        "approver": draw(st.none() | refs()),
    }
    if draw(st.booleans()):
        later = draw(st.integers(0, 60))
        drawn |= {
            "answered_on": asked_on + timedelta(days=later),
            "answered_by": draw(refs()),
            "is_approved": draw(st.booleans()),
            "because": draw(st.none() | words()),
        }
    return Approval(**{**drawn, **fixed, "asked_on": asked_on})


def approval_terms(**fixed: Any) -> SearchStrategy[ApprovalTerms]:
    """Who may approve, and by when; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "given_by": st.sampled_from(ApprovalGivenBy),
        "may_self_approve": st.booleans(),
        "may_deputy_approve": st.booleans(),
        "kinds": st.sampled_from([(), (), ("leave",)]),
        "answer_within": st.none() | spans(units=SPANS),
    }
    return st.builds(ApprovalTerms, **_fixed(drawn, fixed))


def case_weights(**fixed: Any) -> SearchStrategy[CaseWeights]:
    """Weights by program and level, the closer ones first; any field can be fixed."""
    weight = st.integers(0, 12).map(lambda number: number / 4)
    places = st.lists(
        st.tuples(st.sampled_from(["ICM", "SCM", None]), st.sampled_from(["high", "low", None])),
        min_size=1, max_size=5, unique=True,
    ).map(lambda some: sorted(some, key=lambda place: (place[0] is None) + (place[1] is None)))  # fmt: skip
    weights = places.flatmap(
        lambda some: st.tuples(
            *(st.builds(CaseWeight, program=st.just(one), level=st.just(two), weight=weight) for one, two in some)
        )
    )
    return st.builds(CaseWeights, **_fixed({"weights": weights, "otherwise": st.none() | weight}, fixed))


@st.composite
def open_cases(draw: st.DrawFn, /, *, between: Days = CASE_YEARS, **fixed: Any) -> OpenCase:
    """A case in somebody's caseload from a day in *between* on, or always; any field can be fixed."""
    since = draw(st.none() | days(between=between))
    later = st.integers(1, 900).map(lambda number: (since or between[0]) + timedelta(days=number))
    drawn: dict[str, Any] = {
        "case": draw(refs()),
        "worker": draw(st.sampled_from(["w-1", "w-2", "w-3"])),
        "program": draw(st.sampled_from(["ICM", "SCM"])),
        "level": draw(st.sampled_from(["high", "low", None])),
        "since": since,
        "until": draw(st.none() | later),
    }
    return OpenCase(**{**drawn, **fixed})


def weighed_cases() -> SearchStrategy[Weighed]:
    """What some cases weigh together."""
    return st.builds(weigh_cases, st.lists(open_cases(), max_size=5), st.none() | case_weights())


def things_waiting() -> SearchStrategy[Waiting]:
    """Things that wait for an approval."""
    return st.builds(
        Waiting,
        kind=st.sampled_from(["service-plan", "leave"]),
        about=refs(),
        case=st.just("") | refs(),
        asked_by=refs(),
        since=days(),
        deputy_for=st.none() | refs(),
        standard=labels(),
        source=sources(),
        may_approve=plain_verdicts(),
    )
