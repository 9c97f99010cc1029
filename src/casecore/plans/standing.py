"""Where each plan stands: its versions, who signed them, which one is in force."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date

import attrs

from casecore.standards import Edition, Standard
from casecore.terms import Ref, Value, Words

from .plan import PlanClosed, PlanDrafted, PlanProposed, PlanReviewed, PlanSigned
from .signatures import OneOf, PlanSignatures

PlanEntry = PlanDrafted | PlanProposed | PlanSigned | PlanReviewed | PlanClosed


class PlanState(enum.Enum):
    """Where one version of a plan stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SIGNED = "signed"
    UNDER_REVIEW = "under-review"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


@attrs.frozen(kw_only=True)
class PlanVersion(Value):
    """
    One version of a plan, as it stands.

    Attributes:
        content: What it says, as last written.
        drafted_on: The day it was first written; *content* carries the day of its last writing.
        signatures: Signatures and refusals, oldest first.
        missing: The signatures required that are not there.
        signed_on: The day on which it was signed as the standard asks; nothing while it is not.
        in_force_on: The day it was signed, or the later day on which it is meant to begin.
    """

    content: PlanDrafted
    state: PlanState
    drafted_on: date
    proposed_on: date | None
    signatures: tuple[PlanSigned, ...]
    missing: tuple[OneOf, ...]
    signed_on: date | None
    in_force_on: date | None

    @property
    def number(self) -> int:
        """1 for the first version of the plan, then counting up."""
        return self.content.plan_version


@attrs.frozen(kw_only=True)
class ServicePlan(Value):
    """
    One plan through all its versions.

    Attributes:
        versions: By number.
        reviews: Reviews opened and completed, oldest first.
        in_force: The number of the version in force; nothing before the first came in force and after closing.
    """

    plan_id: Ref
    versions: tuple[PlanVersion, ...]
    reviews: tuple[PlanReviewed, ...]
    in_force: int | None
    closed_on: date | None = None
    closed_because: Words | None = None

    @property
    def newest(self) -> PlanVersion:
        """The version with the highest number, whatever its state."""
        return self.versions[-1]

    @property
    def governing(self) -> PlanVersion | None:
        """The version in force, signed or under review, where there is one."""
        return None if self.in_force is None else self.version(self.in_force)

    @property
    def state(self) -> PlanState:
        """The state of the version in force, or, while there is none, of the newest."""
        return (self.governing or self.newest).state

    def version(self, number: int) -> PlanVersion | None:
        """The version with this number."""
        return next((version for version in self.versions if version.number == number), None)


def plans_of(
    entries: Iterable[object], *, signatures: Standard[PlanSignatures] | None = None, as_of: date | None = None
) -> tuple[ServicePlan, ...]:
    """
    The plans as they stand, in the order in which they were first drafted.

    A version is a draft, then proposed, then signed. Under review it stays in force. It is superseded when a newer
    version comes in force, and, while it is not signed, as soon as a newer one is drafted.

    Args:
        entries: Entries of one case, in any order; entries of other kinds are passed over. Of one day's entries a
            version is drafted before it is proposed, that before it is signed, reviewed and closed; beyond that the
            order given holds.
        signatures: Who must sign; read on the day the version was proposed, or drafted where it never was. Without the
            standard, or where it is not in force on that day, nothing says who must sign: one signature is enough.
        as_of: Entries dated later are left out, and a version signed but meant to begin later does not govern yet.
            Without a day everything written counts.

    What speaks of a plan or version that was never drafted is passed over, and so is a draft written over a version
    that was proposed or signed on an earlier day: from then on only a new version changes the plan.
    """
    drafts: dict[str, _Plan] = {}
    for entry in in_order(entries, as_of):
        plan = drafts.get(entry.plan_id)
        if plan is None:
            if not isinstance(entry, PlanDrafted):
                continue
            plan = drafts[entry.plan_id] = _Plan(entry.plan_id)
        plan.take(entry)
    return tuple(plan.frozen(signatures, as_of) for plan in drafts.values())


_PLACE = {PlanDrafted: 0, PlanProposed: 1, PlanSigned: 2, PlanReviewed: 3, PlanClosed: 4}


def in_order(entries: Iterable[object], as_of: date | None) -> list[PlanEntry]:
    """The plan entries among *entries* up to *as_of*, oldest first."""
    placed: list[tuple[date, int, int, PlanEntry]] = []
    for number, entry in enumerate(entries):
        if isinstance(entry, PlanEntry):
            day = entry.happened_on
            if as_of is None or day <= as_of:
                placed.append((day, _PLACE[type(entry)], number, entry))
    placed.sort()  # the number is unique, so entries themselves are never compared
    return [entry for _, _, _, entry in placed]


class _Version:
    """One version while it is being folded; changed in place, frozen once."""

    __slots__ = ("content", "drafted_on", "edition", "proposed_on", "signatures", "signed_on")

    def __init__(self, content: PlanDrafted) -> None:
        self.content = content
        self.drafted_on = content.drafted_on
        self.proposed_on: date | None = None
        self.signatures: list[PlanSigned] = []
        self.edition: Edition[PlanSignatures] | None = None
        self.signed_on: date | None = None

    def settle(self, standard: Standard[PlanSignatures] | None) -> None:
        """Work out by which edition it had to be signed, and when it was."""
        if standard is not None:
            self.edition = standard.in_force(self.proposed_on or self.content.drafted_on)
        if self.edition is not None:
            self.signed_on = self.edition.rule.signed_on(self.signatures, author=self.content.author)
        else:
            self.signed_on = next((one.signed_on for one in self.signatures if one.refused_because is None), None)

    @property
    def in_force_on(self) -> date | None:
        if self.signed_on is None or self.content.starts_on is None:
            return self.signed_on
        return max(self.signed_on, self.content.starts_on)

    def missing(self) -> tuple[OneOf, ...]:
        if self.edition is None:
            return ()
        return self.edition.rule.missing(self.signatures, author=self.content.author)

    def frozen(self, state: PlanState) -> PlanVersion:
        return PlanVersion.unchecked(
            content=self.content,
            state=state,
            drafted_on=self.drafted_on,
            proposed_on=self.proposed_on,
            signatures=tuple(self.signatures),
            missing=self.missing(),
            signed_on=self.signed_on,
            in_force_on=self.in_force_on,
        )


class _Plan:
    """A plan while it is being folded."""

    __slots__ = ("closed", "plan_id", "reviews", "versions")

    def __init__(self, plan_id: str) -> None:
        self.plan_id = plan_id
        self.versions: dict[int, _Version] = {}
        self.reviews: list[PlanReviewed] = []
        self.closed: PlanClosed | None = None

    def take(self, entry: PlanEntry) -> None:
        if isinstance(entry, PlanReviewed):
            self.reviews.append(entry)
        elif isinstance(entry, PlanClosed):
            self.closed = self.closed or entry
        else:
            version = self.versions.get(entry.plan_version)
            if isinstance(entry, PlanDrafted):
                if version is None:
                    self.versions[entry.plan_version] = _Version(entry)
                elif version.proposed_on is None and not version.signatures:
                    version.content = entry
            elif version is None:
                pass
            elif isinstance(entry, PlanProposed):
                version.proposed_on = version.proposed_on or entry.proposed_on
            else:
                version.signatures.append(entry)

    def frozen(self, standard: Standard[PlanSignatures] | None, as_of: date | None) -> ServicePlan:
        numbered = [self.versions[number] for number in sorted(self.versions)]
        governing = -1
        for place, version in enumerate(numbered):
            version.settle(standard)
            in_force_on = version.in_force_on
            if in_force_on is not None and (as_of is None or in_force_on <= as_of):
                governing = place
        return ServicePlan.unchecked(
            plan_id=self.plan_id,
            versions=tuple(
                version.frozen(self._state(version, place, governing, len(numbered) - 1))
                for place, version in enumerate(numbered)
            ),
            reviews=tuple(self.reviews),
            in_force=None if governing < 0 or self.closed else numbered[governing].content.plan_version,
            closed_on=self.closed.closed_on if self.closed else None,
            closed_because=self.closed.reason if self.closed else None,
        )

    def _state(self, version: _Version, place: int, governing: int, newest: int) -> PlanState:
        if place < governing or (place < newest and version.signed_on is None):
            return PlanState.SUPERSEDED
        if self.closed is not None:
            return PlanState.CLOSED
        if version.signed_on is not None:
            is_open = place == governing and self._review_is_open(version)
            return PlanState.UNDER_REVIEW if is_open else PlanState.SIGNED
        return PlanState.DRAFT if version.proposed_on is None else PlanState.PROPOSED

    def _review_is_open(self, version: _Version) -> bool:
        """Whether a review opened since this version came in force is not completed."""
        if not self.reviews or self.reviews[-1].is_complete:
            return False
        return version.in_force_on is not None and self.reviews[-1].reviewed_on >= version.in_force_on
