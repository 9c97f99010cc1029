"""The entries that the tests of plans tell their stories with. Day 1 is the first of January 2026."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from casecore.plans import (
    InForceFrom,
    PlanClosed,
    PlanDrafted,
    PlanProposed,
    PlanReviewed,
    PlanSignatures,
    PlanSigned,
    Signer,
)
from casecore.standards import Standard
from casecore.terms import Source

CITED = Source(cite="Model Agency Manual 5", invented=True)
LONG_AGO = date(2020, 1, 1)


def DAY(number: int) -> date:  # noqa: N802  # reads as a word of the story
    """The day so numbered."""
    return date(2026, 1, 1) + timedelta(days=number - 1)


def drafted(day: int, version: int = 1, **fields: Any) -> PlanDrafted:
    """A version written down."""
    return PlanDrafted(drafted_on=DAY(day), plan_version=version, **{"plan_id": "p-1", "author": "w-1", **fields})


def proposed(day: int, version: int = 1) -> PlanProposed:
    """A version put to the signers."""
    return PlanProposed(proposed_on=DAY(day), plan_id="p-1", plan_version=version)


def signed(day: int, role: Signer = Signer.CLIENT, version: int = 1, **fields: Any) -> PlanSigned:
    """A signature; by the role's own person unless somebody is named."""
    given: dict[str, Any] = {"signer": f"p-{role.value}", **fields}
    return PlanSigned(signed_on=DAY(day), plan_id="p-1", plan_version=version, role=role, **given)


def reviewed(day: int, *, complete: bool = True, within: int | None = None) -> PlanReviewed:
    """A review opened or completed."""
    return PlanReviewed(reviewed_on=DAY(day), plan_id="p-1", is_complete=complete, next_within_days=within)


def closed(day: int) -> PlanClosed:
    """The plan's end."""
    return PlanClosed(closed_on=DAY(day), plan_id="p-1", reason="moved away")


def asking_signatures(since: date = LONG_AGO, **fields: Any) -> Standard[PlanSignatures]:
    """Client (or guardian), case manager and supervisor must sign, and the author must not approve."""
    given: dict[str, Any] = {
        "required": ((Signer.CLIENT, Signer.GUARDIAN), (Signer.CASE_MANAGER,), (Signer.SUPERVISOR,)),
        "in_force_from": InForceFrom.LAST_SIGNATURE,
        "may_author_approve": False,
        "approver": Signer.SUPERVISOR,
        **fields,
    }
    return Standard.fixed("plans/signatures", PlanSignatures(**given), since=since, source=CITED)


ALL_THREE = asking_signatures()
