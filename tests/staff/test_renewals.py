from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import (
    Credential,
    CredentialAsked,
    CredentialStanding,
    StaffFile,
    credential_dues,
    review_credential,
)
from casecore.standards import Edition, Standard
from casecore.terms import Due, DueState, NotReadable, Source, Span, StandardNotInForce

SOURCE = Source(cite="Model Agency Manual 3.4", invented=True)


def rule(days: int = 90, **more: object) -> CredentialStanding:
    fields = {"asked": CredentialAsked(names=("LMSW",)), "renew_within": Span(days=days), "counts_unverified": False}
    return CredentialStanding(**{**fields, **more})  # type: ignore[arg-type]  # fields by name


STANDARD = Standard(
    name="staff/social-work",
    editions=(
        Edition(since=date(2024, 1, 1), value=rule(90), source=SOURCE),
        Edition(since=date(2026, 1, 1), value=rule(30), source=SOURCE),
    ),
)


def held(issued_on: date | None, expires_on: date | None, name: str = "LMSW") -> Credential:
    return Credential(name=name, issued_on=issued_on, expires_on=expires_on)


def dues(*credentials: Credential, as_of: date) -> tuple[Due, ...]:
    return credential_dues(StaffFile(worker="w-7", credentials=credentials), STANDARD, as_of=as_of)


class TestRenewal:
    """A license is renewed within the 90 days before it expires, from 2026 on within 30 (model agency)."""

    OLD = held(date(2023, 7, 1), date(2025, 7, 1))

    @pytest.mark.parametrize(
        ("day", "state"),
        [
            (date(2025, 4, 1), DueState.UPCOMING),
            (date(2025, 4, 2), DueState.DUE),
            (date(2025, 6, 30), DueState.DUE),
            (date(2025, 7, 1), DueState.OVERDUE),
        ],
    )
    def test_to_the_day(self, day: date, state: DueState) -> None:
        (due,) = dues(self.OLD, as_of=day)
        assert due.state is state
        assert (due.code, due.about, due.worker, due.source) == ("credential-renewal", "LMSW", "w-7", SOURCE)
        assert due.would_satisfy == "LMSW, valid on 2025-07-01 and later"

    @pytest.mark.parametrize(
        ("last", "opens"),
        [(date(2025, 12, 31), date(2025, 10, 3)), (date(2026, 1, 1), date(2025, 12, 3))],
    )
    def test_the_edition_of_the_last_day_governs(self, last: date, opens: date) -> None:
        (due,) = dues(held(date(2024, 1, 1), last + timedelta(days=1)), as_of=date(2025, 1, 1))
        assert due.window.start == opens

    def test_a_renewal_meets_it_early_on_time_or_late(self) -> None:
        for issued_on, state in [
            (date(2025, 1, 1), DueState.MET),
            (date(2025, 6, 30), DueState.MET),
            (date(2025, 7, 1), DueState.MET_LATE),
        ]:
            first, second = dues(self.OLD, held(issued_on, date(2027, 7, 1)), as_of=date(2025, 8, 1))
            assert (first.state, first.met_on) == (state, issued_on)
            assert second.state is DueState.UPCOMING

    def test_one_of_another_name_or_issuer_is_no_renewal(self) -> None:
        other = Credential(name="LMSW", issuer="PA", issued_on=date(2025, 6, 1))
        (due,) = dues(self.OLD, held(date(2025, 6, 1), None, "RN"), other, as_of=date(2025, 8, 1))
        assert due.state is DueState.OVERDUE

    def test_where_the_day_of_the_renewal_is_not_known_nothing_is_owed(self) -> None:
        due = dues(self.OLD, held(None, date(2027, 7, 1)), as_of=date(2025, 8, 1))[0]
        assert due.state is DueState.LIFTED

    def test_what_was_issued_later_is_passed_over(self) -> None:
        (due,) = dues(self.OLD, held(date(2025, 8, 2), None), as_of=date(2025, 8, 1))
        assert due.state is DueState.OVERDUE

    def test_nothing_is_owed_without_an_end_or_before_the_standard(self) -> None:
        assert dues(held(date(2020, 1, 1), None), held(None, date(2024, 1, 1)), as_of=date(2025, 1, 1)) == ()
        assert credential_dues(StaffFile(worker="w-7"), STANDARD, as_of=date(2025, 1, 1)) == ()

    def test_it_is_asked_of_its_roles_only(self) -> None:
        standard = Standard.fixed("a/b", rule(roles=("supervisor",)), since=date(2024, 1, 1), source=SOURCE)
        file = StaffFile(worker="w-7", credentials=(self.OLD,))
        assert credential_dues(file, standard, as_of=date(2025, 1, 1), roles=["case-manager"]) == ()
        assert len(credential_dues(file, standard, as_of=date(2025, 1, 1), roles=["supervisor"])) == 1
        assert review_credential(file, standard, on=date(2025, 8, 1), roles=["case-manager"]) == ()

    def test_business_days_are_refused(self) -> None:
        with pytest.raises(NotReadable, match="renew_within: must not be in business days"):
            rule(renew_within=Span(business_days=5))

    @given(
        st.lists(
            st.tuples(
                st.none() | st.dates(date(2024, 1, 1), date(2024, 6, 1)),
                st.none() | st.dates(date(2024, 6, 2), date(2026, 6, 1)),
            ),
            max_size=5,
        ),
        st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    )
    def test_brute_force(self, days: list[tuple[date | None, date | None]], as_of: date) -> None:
        """Each distinct end owes one renewal, met when the first that lasts longer begins; the order means nothing."""
        some = [held(*pair) for pair in days]
        seen = [each for each in some if each.issued_on is None or each.issued_on <= as_of]
        expected = {}
        for end in {each.expires_on for each in seen if each.expires_on is not None}:
            longer = [each for each in seen if each.expires_on is None or each.expires_on > end]
            expected[end] = min((each.issued_on for each in longer if each.issued_on), default=None), bool(longer)
        for order in (some, some[::-1]):
            found = {due.window.end: due for due in dues(*order, as_of=as_of)}
            assert {end: due.met_on for end, due in found.items()} == {end: met for end, (met, _) in expected.items()}
            for end, (met, is_longer) in expected.items():
                assert (found[end].lifted_because is not None) == (is_longer and met is None)


class TestHeldAtAll:
    """Whoever lacks the credential that their role asks for is found; who may have it is not."""

    def test_the_day_before_and_the_day_it_expires(self) -> None:
        file = StaffFile(worker="w-7", credentials=(held(date(2023, 7, 1), date(2025, 7, 1)),))
        assert review_credential(file, STANDARD, on=date(2025, 6, 30)) == ()
        (finding,) = review_credential(file, STANDARD, on=date(2025, 7, 1))
        assert (finding.code, finding.worker, finding.source) == ("credential-not-held", "w-7", SOURCE)
        assert finding.what == "LMSW is asked for and not held: LMSW expired on 2025-07-01"
        assert finding.would_satisfy == "LMSW, valid on 2025-07-01"

    def test_not_known_is_not_found(self) -> None:
        assert review_credential(StaffFile(worker="w-7"), STANDARD, on=date(2025, 7, 1)) == ()

    def test_before_the_standard_it_refuses_to_judge(self) -> None:
        with pytest.raises(StandardNotInForce):
            review_credential(StaffFile(worker="w-7"), STANDARD, on=date(2023, 12, 31))
