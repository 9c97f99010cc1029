"""Who must sign a plan, and from which day it is in force."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from casecore.plans import InForceFrom, PlanSignatures, PlanState, Signer, may_sign, plans_of
from casecore.standards import Edition, Standard
from casecore.terms import NotReadable, Verdict, plain, read
from casecore.testing.strategies import plans as strategies
from tests.plans.stories import ALL_THREE, CITED, DAY, LONG_AGO, asking_signatures, drafted, proposed, signed

BEFORE_SIGNERS = [drafted(1), proposed(2)]
MISSING = [(Signer.CLIENT, Signer.GUARDIAN), (Signer.CASE_MANAGER,), (Signer.SUPERVISOR,)]


def version_of(*entries: Any, rule: Standard[PlanSignatures] | None = ALL_THREE) -> Any:
    return plans_of([*BEFORE_SIGNERS, *entries], signatures=rule)[0].newest


class TestRequired:
    """A plan is signed by the client or guardian, the case manager and the supervisor."""

    def test_it_is_signed_with_the_last_of_them(self) -> None:
        some = [signed(3), signed(5, Signer.CASE_MANAGER)]
        assert version_of(*some).state is PlanState.PROPOSED
        assert version_of(*some).missing == ((Signer.SUPERVISOR,),)
        whole = version_of(*some, signed(9, Signer.SUPERVISOR))
        assert (whole.state, whole.signed_on, whole.missing) == (PlanState.SIGNED, DAY(9), ())

    def test_any_one_of_the_roles_named_together_will_do(self) -> None:
        assert version_of(signed(3, Signer.GUARDIAN)).missing == tuple(MISSING[1:])

    def test_a_role_nobody_asked_for_puts_nothing_in_force(self) -> None:
        assert version_of(signed(3, Signer.SUPPORT)).missing == tuple(MISSING)

    def test_the_first_signature_in_a_role_is_the_one_that_counts(self) -> None:
        late_first = [signed(9, Signer.CASE_MANAGER, signer="w-8"), signed(3, Signer.CASE_MANAGER, signer="w-9")]
        version = version_of(*late_first, signed(4), signed(5, Signer.SUPERVISOR))
        assert version.signed_on == DAY(5)

    def test_without_a_standard_one_signature_is_enough(self) -> None:
        version = version_of(signed(3, Signer.SUPPORT), rule=None)
        assert (version.state, version.signed_on, version.missing) == (PlanState.SIGNED, DAY(3), ())


class TestApprover:
    """Who wrote the plan does not approve it, unless the standard allows it."""

    BY_AUTHOR = signed(9, Signer.SUPERVISOR, signer="w-1")
    OTHERS = (signed(3), signed(5, Signer.CASE_MANAGER, signer="w-1"))

    def may(self, rule: Standard[PlanSignatures]) -> Verdict:
        (plan,) = plans_of([*BEFORE_SIGNERS, *self.OTHERS], signatures=rule)
        return may_sign(plan, self.BY_AUTHOR, rule)

    def test_the_author_may_sign_as_case_manager_but_not_approve(self) -> None:
        assert version_of(*self.OTHERS, self.BY_AUTHOR).missing == ((Signer.SUPERVISOR,),)
        verdict = self.may(ALL_THREE)
        assert verdict.is_no
        assert verdict.would_satisfy == ("have another supervisor sign",)
        assert verdict.source == CITED

    def test_where_it_is_allowed_it_counts(self) -> None:
        allowed = asking_signatures(may_author_approve=True)
        assert version_of(*self.OTHERS, self.BY_AUTHOR, rule=allowed).signed_on == DAY(9)
        assert self.may(allowed).is_yes

    def test_without_an_approver_nobody_is_asked(self) -> None:
        assert self.may(asking_signatures(approver=None)).is_yes


class TestRefusal:
    """A documented refusal stands for a signature only for the roles the standard names."""

    REFUSED = signed(4, refused_because="does not want to sign papers")
    OTHERS = (signed(5, Signer.CASE_MANAGER), signed(6, Signer.SUPERVISOR))

    def test_where_it_does_not_stand_the_signature_is_missing(self) -> None:
        assert version_of(self.REFUSED, *self.OTHERS).missing == (MISSING[0],)
        assert version_of(self.REFUSED, *self.OTHERS, rule=None).signed_on == DAY(5)

    def test_where_it_stands_the_plan_is_signed(self) -> None:
        standing = asking_signatures(refusal_stands_for=frozenset({Signer.CLIENT}))
        assert version_of(self.REFUSED, *self.OTHERS, rule=standing).signed_on == DAY(6)

    def test_it_stands_for_nobody_else(self) -> None:
        standing = asking_signatures(refusal_stands_for=frozenset({Signer.CLIENT}))
        refused = signed(6, Signer.SUPERVISOR, refused_because="not complete")
        assert version_of(signed(3), self.OTHERS[0], refused, rule=standing).missing == (MISSING[2],)

    def test_who_refused_may_sign_later(self) -> None:
        (plan,) = plans_of([*BEFORE_SIGNERS, self.REFUSED], signatures=ALL_THREE)
        assert may_sign(plan, signed(7), ALL_THREE).is_yes
        assert version_of(self.REFUSED, *self.OTHERS, signed(7)).signed_on == DAY(7)


class TestInForce:
    """A plan is in force from the last signature, or from the client's."""

    def test_from_the_clients_signature_the_others_stay_missing(self) -> None:
        rule = asking_signatures(in_force_from=InForceFrom.CLIENT_SIGNATURE)
        version = version_of(signed(3), rule=rule)
        assert (version.state, version.signed_on) == (PlanState.SIGNED, DAY(3))
        assert version.missing == ((Signer.CASE_MANAGER,), (Signer.SUPERVISOR,))

    def test_not_before_the_client_has_signed(self) -> None:
        rule = asking_signatures(in_force_from=InForceFrom.CLIENT_SIGNATURE)
        assert version_of(signed(3, Signer.CASE_MANAGER), rule=rule).signed_on is None
        assert version_of(signed(3, Signer.GUARDIAN), rule=rule).signed_on == DAY(3)

    def test_a_first_day_of_its_own_only_moves_it_later(self) -> None:
        signatures = [signed(5)]
        later = plans_of([drafted(1, starts_on=DAY(20)), proposed(2), *signatures])[0]
        earlier = plans_of([drafted(1, starts_on=DAY(2)), proposed(2), *signatures])[0]
        assert (later.newest.signed_on, later.newest.in_force_on) == (DAY(5), DAY(20))
        assert earlier.newest.in_force_on == DAY(5)


class TestEdition:
    """The edition of the day the version was proposed says who must sign it."""

    RULES = Standard(
        name="plans/signatures",
        editions=(
            Edition(
                since=DAY(10),
                source=CITED,
                value=PlanSignatures(
                    required=((Signer.CLIENT,),), in_force_from=InForceFrom.LAST_SIGNATURE, may_author_approve=True
                ),
            ),
            Edition(
                since=DAY(20),
                source=CITED,
                value=PlanSignatures(
                    required=((Signer.SUPERVISOR,),), in_force_from=InForceFrom.LAST_SIGNATURE, may_author_approve=True
                ),
            ),
        ),
    )

    @pytest.mark.parametrize(
        ("day", "missing"),
        [(9, ()), (10, ((Signer.CLIENT,),)), (19, ((Signer.CLIENT,),)), (20, ((Signer.SUPERVISOR,),))],
    )
    def test_the_day_before_and_the_day_of_each_edition(self, day: int, missing: tuple[Any, ...]) -> None:
        (plan,) = plans_of([drafted(1), proposed(day)], signatures=self.RULES)
        assert plan.newest.missing == missing

    def test_a_draft_is_measured_by_the_day_it_was_written(self) -> None:
        (plan,) = plans_of([drafted(10)], signatures=self.RULES)
        assert plan.newest.missing == ((Signer.CLIENT,),)


class TestRule:
    """The rule is read from rulebook files, and refuses what contradicts itself."""

    def test_from_toml(self) -> None:
        rule = read(
            {
                "required": [["client", "guardian"], ["supervisor"]],
                "in_force_from": "client-signature",
                "may_author_approve": False,
                "approver": "supervisor",
                "refusal_stands_for": ["client"],
            },
            PlanSignatures,
        )
        assert rule.required == ((Signer.CLIENT, Signer.GUARDIAN), (Signer.SUPERVISOR,))
        assert PlanSignatures.asks == "plan-signatures"

    @pytest.mark.parametrize(
        ("fields", "path"),
        [
            ({"required": ()}, "required"),
            ({"required": ((),)}, r"required\[0\]"),
            ({"required": ((Signer.CLIENT,), (Signer.CLIENT,)), "approver": None}, "required"),
            ({"required": ((Signer.GUARDIAN,),), "in_force_from": InForceFrom.CLIENT_SIGNATURE}, "in_force_from"),
            ({"approver": Signer.PHYSICIAN}, "approver"),
        ],
    )
    def test_contradictions(self, fields: dict[str, Any], path: str) -> None:
        with pytest.raises(NotReadable, match=path):
            asking_signatures(**fields)

    @given(strategies.plan_signatures())
    def test_any_rule_comes_back_from_plain_data(self, rule: PlanSignatures) -> None:
        assert read(plain(rule), PlanSignatures) == rule

    @settings(max_examples=50, deadline=None)
    @given(strategies.plan_signatures(), strategies.plan_histories())
    def test_nothing_missing_is_signed_and_signed_from_the_last_misses_nothing(
        self, rule: PlanSignatures, history: tuple[Any, ...]
    ) -> None:
        standard = Standard.fixed("plans/signatures", rule, since=LONG_AGO, source=CITED)
        for version in plans_of(history, signatures=standard)[0].versions:
            if not version.missing:
                assert version.signed_on is not None
            elif rule.in_force_from is InForceFrom.LAST_SIGNATURE:
                assert version.signed_on is None
