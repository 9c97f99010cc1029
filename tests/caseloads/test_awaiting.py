from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs
from hypothesis import given
from hypothesis import strategies as st

from casecore.caseloads import Waiting, approvals_waiting
from casecore.plans import (
    InForceFrom,
    PlanDrafted,
    PlanProposed,
    PlanSignatures,
    PlanSigned,
    Signer,
    may_sign,
    plans_of,
)
from casecore.staff import Approval, ApprovalGivenBy, ApprovalTerms, Covering, Supervision, supervisor_of
from casecore.standards import Standard
from casecore.terms import Period, Source
from casecore.testing.strategies.plans import plan_histories
from casecore.testing.strategies.supervision import approval_terms, approvals, charts

SOURCE = Source(cite="Model Agency Manual 7.2", invented=True)
DAY = date(2026, 3, 10)
SIGNATURES = Standard.fixed(
    "plans/signatures",
    PlanSignatures(
        required=((Signer.CLIENT,), (Signer.SUPERVISOR,)), approver=Signer.SUPERVISOR, may_author_approve=False,
        in_force_from=InForceFrom.CLIENT_SIGNATURE,
    ),
    since=date(2023, 1, 1),
    source=SOURCE,
)  # fmt: skip
TERMS = Standard.fixed(
    "staff/approvals",
    ApprovalTerms(given_by=ApprovalGivenBy.SUPERVISOR, may_self_approve=False, may_deputy_approve=True),
    since=date(2019, 1, 1),
    source=SOURCE,
)
CHART = [
    Supervision(worker="w-7", supervisor="w-2", since=date(2023, 1, 1)),
    Supervision(worker="w-2", supervisor="w-1", since=date(2023, 1, 1)),
]
DRAFT = PlanDrafted(drafted_on=date(2026, 3, 1), plan_id="p-1", plan_version=1, author="w-7")
PROPOSED = PlanProposed(proposed_on=date(2026, 3, 3), plan_id="p-1", plan_version=1)


def signed(role: Signer, signer: str, day: int) -> PlanSigned:
    return PlanSigned(signed_on=date(2026, 3, day), plan_id="p-1", plan_version=1, role=role, signer=signer)


def waiting(
    supervisor: str,
    *entries: object,
    on: date = DAY,
    coverings: Iterable[Covering] = (),
    signatures: Standard[PlanSignatures] | None = SIGNATURES,
) -> tuple[Waiting, ...]:
    plans = {"C-1": plans_of(entries, signatures=signatures, as_of=on)}
    return approvals_waiting(
        supervisor, on=on, supervisions=CHART, coverings=coverings, plans=plans, signatures=signatures
    )


class TestPlans:
    """A plan waits for its author's supervisor from the day it is proposed until they sign it."""

    def test_from_the_day_it_is_proposed(self) -> None:
        assert waiting("w-2", DRAFT, PROPOSED, on=date(2026, 3, 2)) == ()
        (item,) = waiting("w-2", DRAFT, PROPOSED, on=date(2026, 3, 3))
        assert (item.kind, item.about, item.case, item.asked_by) == ("service-plan", "p-1", "C-1", "w-7")
        assert (item.since, item.standard, item.source) == (date(2026, 3, 3), "plans/signatures", SOURCE)
        assert item.may_approve.is_yes
        assert item.deputy_for is None

    def test_until_it_is_signed_also_where_it_is_in_force_before(self) -> None:
        entries = [DRAFT, PROPOSED, signed(Signer.CLIENT, "c-1", 4)]
        assert len(waiting("w-2", *entries)) == 1
        assert waiting("w-2", *entries, signed(Signer.SUPERVISOR, "w-2", 10)) == ()
        assert len(waiting("w-2", *entries, signed(Signer.SUPERVISOR, "w-2", 10), on=date(2026, 3, 9))) == 1

    def test_an_approval_by_the_author_does_not_count_and_is_not_judged_twice(self) -> None:
        assert len(waiting("w-2", DRAFT, PROPOSED, signed(Signer.SUPERVISOR, "w-7", 5))) == 1

    def test_a_supervisors_own_plan_waits_for_the_next_one_up(self) -> None:
        own = attrs.evolve(DRAFT, author="w-2")
        assert waiting("w-2", own, PROPOSED) == ()
        (item,) = waiting("w-1", own, PROPOSED)
        assert item.may_approve.is_yes

    def test_while_the_supervisor_is_away_it_waits_for_the_deputy(self) -> None:
        away = [Covering(absent="w-2", covered_by="w-3", days=Period(DAY, date(2026, 3, 20)))]
        (item,) = waiting("w-3", DRAFT, PROPOSED, coverings=away)
        assert item.deputy_for == "w-2"
        assert waiting("w-2", DRAFT, PROPOSED, coverings=away) == ()
        assert len(waiting("w-2", DRAFT, PROPOSED, coverings=away, on=date(2026, 3, 9))) == 1

    def test_without_a_standard_that_asks_for_it_no_plan_waits(self) -> None:
        assert waiting("w-2", DRAFT, PROPOSED, signatures=None) == ()

    @given(plan_histories(between=(date(2024, 1, 1), date(2026, 1, 1))), st.dates(date(2024, 1, 1), date(2026, 6, 1)))
    def test_what_waits_can_be_signed(self, entries: tuple[object, ...], day: date) -> None:
        """What waits may be signed as its verdict says, and every open version that lacks a supervisor waits."""
        (*plans,) = plans_of(entries, signatures=SIGNATURES, as_of=day)
        authors = {version.content.author for plan in plans for version in plan.versions}
        chart = [Supervision(worker=author, supervisor="w-99", since=date(2023, 1, 1)) for author in authors]
        found = approvals_waiting("w-99", on=day, supervisions=chart, plans={"C-1": plans}, signatures=SIGNATURES)
        expected = 0
        for plan in plans:
            for version in plan.versions:
                signature = PlanSigned(
                    signed_on=day, plan_id=plan.plan_id, plan_version=version.number, role=Signer.SUPERVISOR,
                    signer="w-99",
                )  # fmt: skip
                expected += may_sign(plan, signature, SIGNATURES).is_yes and (Signer.SUPERVISOR,) in version.missing
        assert len(found) == expected
        assert all(item.may_approve.is_yes for item in found)


class TestOtherThings:
    """Everything else waits for those who may answer it, the longest first."""

    def test_the_longest_first_together_with_plans(self) -> None:
        asked = [
            Approval(approval_id=f"a-{day}", kind="leave", asked_by="w-7", asked_on=date(2026, 3, day))
            for day in (9, 2, 11)
        ]
        found = approvals_waiting(
            "w-2", on=DAY, supervisions=CHART, approvals=asked, terms=TERMS, signatures=SIGNATURES,
            plans={"C-1": plans_of([DRAFT, PROPOSED], signatures=SIGNATURES, as_of=DAY)},
        )  # fmt: skip
        assert [item.about for item in found] == ["a-2", "p-1", "a-9"]
        assert all(item.may_approve.is_yes for item in found)

    def test_a_deputy_sees_for_whom(self) -> None:
        asked = Approval(approval_id="a-1", kind="leave", asked_by="w-7", asked_on=date(2026, 3, 2), approver="w-9")
        away = [Covering(absent="w-9", covered_by="w-2", days=Period(DAY, date(2026, 3, 20)))]
        (item,) = approvals_waiting(
            "w-2", on=DAY, supervisions=CHART, coverings=away, approvals=[asked], terms=TERMS
        )  # fmt: skip
        assert (item.deputy_for, item.since) == ("w-9", date(2026, 3, 2))

    @given(st.lists(approvals(asked_by="w-4"), max_size=4), approval_terms(), charts(), st.sampled_from(["w-1", "w-4"]))
    def test_law(self, some: list[Approval], rule: ApprovalTerms, chart: tuple[Supervision, ...], worker: str) -> None:
        """What waits for a worker is what waits at all and what the verdict lets them answer."""
        terms = Standard.fixed("a/b", rule, since=date(2019, 1, 1), source=SOURCE)
        day = date(2025, 1, 1)
        found = approvals_waiting(worker, on=day, supervisions=chart, approvals=some, terms=terms)
        assert all(item.may_approve.is_yes for item in found)
        for approval in some:
            is_named = approval.approver == worker
            is_above = approval.approver is None and supervisor_of("w-4", chart, on=day) == worker
            is_own = worker == "w-4"
            if approval.waits_on(day) and rule.is_about(approval.kind) and not is_own and (is_named or is_above):
                assert approval.approval_id in {item.about for item in found}
            if is_own and not rule.may_self_approve:
                assert not found
