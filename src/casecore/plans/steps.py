"""What may be done with a plan next: draft, propose, sign, review, revise, close. Each answer names every reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from casecore.standards import Edition, Standard
from casecore.terms import NotPossible, Source, Verdict, all_of, no, yes

from .plan import PlanClosed, PlanDrafted, PlanProposed, PlanReviewed, PlanSigned
from .signatures import PlanSignatures, in_words
from .standing import PlanState, PlanVersion, ServicePlan

_WAY_TO_SIGN = {PlanState.DRAFT: "propose the version first", PlanState.CLOSED: "draft a new plan"}
_WAY_TO_PROPOSE = {
    PlanState.PROPOSED: "it is proposed; have it signed",
    PlanState.SIGNED: "revise it, and propose the next version",
    PlanState.UNDER_REVIEW: "revise it, and propose the next version",
    PlanState.SUPERSEDED: "propose the newest version",
    PlanState.CLOSED: "draft a new plan",
}
_NOT_DRAFTED = "no plan with this id was drafted by that day"


def may_draft(plan: ServicePlan | None, draft: PlanDrafted) -> Verdict:
    """
    Whether *draft* may be written: the first version, the next one, or the same once more while it is a draft.

    Args:
        plan: The plan as it stands on that day; nothing where there is none with this id.
    """
    if plan is None:
        first = _claim(
            draft.plan_version == 1,
            "Is it the first version?",
            "a plan begins with version 1",
            "number it 1",
        )
        return all_of("May this plan be drafted?", [first])
    newest = plan.newest
    if draft.plan_version == newest.number:
        return all_of(
            f"May version {newest.number} be written again?",
            [*_is_open(plan), _is_a(newest, PlanState.DRAFT, "revise it: draft the next version")],
        )
    numbered = _claim(
        draft.plan_version == newest.number + 1,
        "Is it the next version?",
        f"the newest version is {newest.number}",
        f"number it {newest.number + 1}",
    )
    return all_of(
        f"May version {draft.plan_version} be drafted?", [*may_revise(plan, on=draft.drafted_on).parts, numbered]
    )


def may_propose(plan: ServicePlan | None, proposal: PlanProposed) -> Verdict:
    """Whether a version may be put to the signers: the newest one, while it is a draft."""
    question = f"May version {proposal.plan_version} be proposed?"
    version = plan.version(proposal.plan_version) if plan else None
    if plan is None or version is None:
        return no(question, _not_there(plan), would_satisfy=["draft this version first"])
    return all_of(
        question,
        [
            *_is_open(plan),
            _is_a(version, PlanState.DRAFT, _WAY_TO_PROPOSE.get(version.state, "")),
            _not_before(proposal.proposed_on, version.content.drafted_on, "drafted"),
        ],
    )


def may_sign(
    plan: ServicePlan | None, signature: PlanSigned, signatures: Standard[PlanSignatures] | None = None
) -> Verdict:
    """
    Whether a signature, or a refusal, may be entered on a version.

    Only a version that was put to the signers can be signed; roles nobody asked for may sign too, as a support may.
    Whoever refused may sign later; who has signed in a role need not sign, and cannot refuse, in it again.

    Args:
        signatures: Who must sign, and who may approve; read on the day the version was proposed.
    """
    question = f"May this signature be entered on version {signature.plan_version}?"
    version = plan.version(signature.plan_version) if plan else None
    if plan is None or version is None:
        return no(question, _not_there(plan), would_satisfy=["draft and propose this version first"])
    edition = signatures.in_force(version.proposed_on or version.content.drafted_on) if signatures else None
    return all_of(
        question,
        [
            *_is_open(plan),
            _claim(
                version.state in (PlanState.PROPOSED, PlanState.SIGNED, PlanState.UNDER_REVIEW),
                "Is this version before the signers?",
                f"version {version.number} is {_state(version)}",
                _WAY_TO_SIGN.get(version.state) or f"sign version {plan.newest.number}",
            ),
            _claim(
                not _has_signed(version, signature),
                "Is this signature still missing?",
                f"the same person signed version {version.number} as {signature.role.value} before",
                "nothing more is needed",
            ),
            _approver(version, signature, edition),
            _not_before(signature.signed_on, version.proposed_on or version.content.drafted_on, "proposed"),
        ],
        source=edition.source if edition else None,
    )


def may_review(plan: ServicePlan | None, review: PlanReviewed) -> Verdict:
    """Whether a review may be opened or completed: of a plan that is in force."""
    question = "May this review be entered?"
    if plan is None:
        return no(question, _NOT_DRAFTED, would_satisfy=["draft, propose and sign the plan first"])
    version = plan.governing
    in_force_on = version.in_force_on if version else None
    return all_of(
        question,
        [
            *_is_open(plan),
            _claim(
                in_force_on is not None,
                "Is a version in force?",
                f"the newest version is {_state(plan.newest)}",
                "have the plan signed first",
            ),
            _not_before(review.reviewed_on, in_force_on or review.reviewed_on, "in force"),
            _claim(
                review.is_complete or plan.state is not PlanState.UNDER_REVIEW,
                "Is no other review open?",
                "a review was opened before and is not completed",
                "complete the review that is open",
            ),
        ],
    )


def may_revise(plan: ServicePlan | None, *, on: date) -> Verdict:
    """Whether a new version may be drafted on that day: of a plan that is not closed, and has no draft waiting."""
    question = "May the plan be revised?"
    if plan is None:
        return no(question, _NOT_DRAFTED, would_satisfy=["draft its first version"])
    newest = plan.newest
    return all_of(
        question,
        [
            *_is_open(plan),
            _claim(
                newest.state is not PlanState.DRAFT,
                "Is no draft waiting?",
                f"version {newest.number} is still a draft",
                f"write version {newest.number} again, or propose it",
            ),
            _not_before(on, newest.content.drafted_on, "drafted"),
        ],
    )


def may_close(plan: ServicePlan | None, closing: PlanClosed) -> Verdict:
    """Whether a plan may be closed; a draft or an open review closes with it."""
    question = "May the plan be closed?"
    if plan is None:
        return no(question, _NOT_DRAFTED)
    last = max(
        plan.newest.content.drafted_on,
        plan.newest.proposed_on or date.min,
        max((each.signed_on for version in plan.versions for each in version.signatures), default=date.min),
        max((review.reviewed_on for review in plan.reviews), default=date.min),
    )
    return all_of(question, [*_is_open(plan), _not_before(closing.closed_on, last, "last changed")])


def revise(plan: ServicePlan, *, drafted_on: date, author: str, copy_of: int | None = None) -> PlanDrafted:
    """
    The draft of the plan's next version: all content copied forward, no signature, no first day of its own.

    Args:
        copy_of: The version to copy; the newest, where none is named.

    Raises:
        NotPossible: The plan may not be revised on that day, or has no such version; the verdict says why.
    """
    verdict = may_revise(plan, on=drafted_on)
    if not verdict.is_yes:
        raise NotPossible(verdict)
    version = plan.newest if copy_of is None else plan.version(copy_of)
    if version is None:
        raise NotPossible(no("May the plan be revised?", f"it has no version {copy_of}"))
    return attrs.evolve(
        version.content,
        drafted_on=drafted_on,
        plan_version=plan.newest.number + 1,
        author=author,
        starts_on=None,
    )


def _has_signed(version: PlanVersion, signature: PlanSigned) -> bool:
    return any(
        before.role is signature.role and before.signer == signature.signer and before.refused_because is None
        for before in version.signatures
    )


def _approver(version: PlanVersion, signature: PlanSigned, edition: Edition[PlanSignatures] | None) -> Verdict:
    question = "Is the approver somebody other than the author?"
    if edition is None or edition.rule.may_author_approve or signature.role is not edition.rule.approver:
        return yes(question, "not asked of this signature")
    return _claim(
        signature.signer != version.content.author,
        question,
        f"the author signs as {signature.role.value}, and the author may not approve",
        f"have another {in_words((signature.role,))} sign",
        source=edition.source,
    )


def _is_open(plan: ServicePlan) -> Iterator[Verdict]:
    yield _claim(
        plan.closed_on is None,
        "Is the plan open?",
        f"it was closed on {plan.closed_on}",
        "draft a new plan",
    )


def _is_a(version: PlanVersion, state: PlanState, would_satisfy: str) -> Verdict:
    return _claim(
        version.state is state,
        f"Is version {version.number} a {state.value}?",
        f"it is {_state(version)}",
        would_satisfy,
    )


def _not_before(day: date, earliest: date, what: str) -> Verdict:
    return _claim(
        day >= earliest,
        f"Is it dated no earlier than the day it was {what}?",
        f"that was on {earliest}",
        f"date it {earliest} or later",
    )


def _state(version: PlanVersion) -> str:
    return version.state.value.replace("-", " ")


def _not_there(plan: ServicePlan | None) -> str:
    return _NOT_DRAFTED if plan is None else f"the newest version of this plan is {plan.newest.number}"


def _claim(
    holds: bool, question: str, because_not: str, would_satisfy: str, *, source: Source | None = None
) -> Verdict:
    if holds:
        return yes(question, source=source)
    return no(question, because_not, would_satisfy=[would_satisfy], source=source)
