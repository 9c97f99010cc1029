from __future__ import annotations

from typing import Any

import pytest

from casecore.staff import CredentialSort, Learning
from casecore.terms import Period
from tests.staff.qualifying.told import NO, NOT_KNOWN, YES, answer, bachelor, day, hold, license_, work

LMSW: dict[str, Any] = {"credential": {"names": ["LMSW"]}}


def asks(**fields: Any) -> dict[str, Any]:
    return {"credential": {"names": ["LMSW"]} | fields}


class TestCredentials:
    """A credential counts on the days on which it is valid: from the day of issue to the day before it expires."""

    @pytest.mark.parametrize(
        ("issued", "expires", "expected"),
        [
            ("2026-03-01", None, YES),
            ("2026-03-02", None, NO),
            ("2020-01-01", "2026-03-01", NO),
            ("2020-01-01", "2026-03-02", YES),
            (None, None, NOT_KNOWN),
            (None, "2026-03-01", NO),
            (None, "2026-03-02", NOT_KNOWN),
        ],
    )
    def test_first_and_last_day(self, issued: str | None, expires: str | None, expected: Any) -> None:
        assert answer(LMSW, credentials=(license_(issued, expires),)) is expected

    def test_other_names_and_no_list(self) -> None:
        assert answer(LMSW, credentials=(license_("2020-01-01", name="LCSW"),)) is NO
        assert hold(LMSW).missing == ("credentials",)
        assert hold(LMSW, credentials=(license_(None),)).missing == ("credentials[0].issued_on",)

    @pytest.mark.parametrize(
        ("first", "after", "expected"),
        [
            ("2026-02-01", "2026-03-01", YES),
            ("2026-02-01", "2026-03-02", NO),
            ("2026-03-01", "2026-03-02", NO),
            ("2026-03-02", "2026-04-01", YES),
        ],
    )
    def test_suspended(self, first: str, after: str, expected: Any) -> None:
        suspended = (Period(day("2021-01-01"), day("2021-02-01")), Period(day(first), day(after)))
        assert answer(LMSW, credentials=(license_("2020-01-01", suspended=suspended[::-1]),)) is expected

    @pytest.mark.parametrize(("issued", "expected"), [("2025-03-01", YES), ("2025-03-02", NO)])
    def test_held_for_at_least_a_year_from_the_anniversary_on(self, issued: str, expected: Any) -> None:
        for span in ({"years": 1}, {"months": 12}, {"days": 365}):
            assert answer(asks(for_at_least=span), credentials=(license_(issued),)) is expected

    @pytest.mark.parametrize(("issued", "expected"), [("2025-03-01", NO), ("2025-03-02", YES)])
    def test_for_at_most_a_year_until_the_day_before_the_anniversary(self, issued: str, expected: Any) -> None:
        for span in ({"years": 1}, {"months": 12}, {"days": 365}):
            assert answer(asks(for_at_most=span), credentials=(license_(issued),)) is expected

    @pytest.mark.parametrize(
        ("held", "appointed", "expected"),
        [
            ("on-the-day", "2021-01-01", NO),
            ("at-appointment", "2020-12-31", NO),
            ("at-appointment", "2021-01-01", YES),
            ("at-appointment", "2021-12-31", YES),
            ("at-appointment", "2022-01-01", NO),
            ("at-appointment", None, NO),
            ("throughout", "2021-06-01", NO),
            ("throughout", "2026-03-01", NO),
        ],
    )
    def test_valid_when_it_must_be(self, held: str, appointed: str | None, expected: Any) -> None:
        """One that was valid all through 2021."""
        file: dict[str, Any] = {} if appointed is None else {"appointed_on": day(appointed)}
        assert answer(asks(held=held), credentials=(license_("2021-01-01", "2022-01-01"),), **file) is expected

    def test_throughout_may_be_by_one_after_the_other(self) -> None:
        first, second = license_("2021-01-01", "2023-01-01"), license_("2023-01-01", issuer="NY")
        late = license_("2023-01-02", issuer="NY")
        appointed: dict[str, Any] = {"appointed_on": day("2021-01-01")}
        assert answer(asks(held="throughout"), credentials=(second, first), **appointed) is YES
        assert answer(asks(held="throughout"), credentials=(late, first), **appointed) is NO
        assert answer(asks(held="throughout"), credentials=(first, second), appointed_on=day("2020-12-31")) is NO
        assert answer(asks(held="throughout"), credentials=(first, second)) is YES
        broken = license_("2020-01-01", suspended=(Period(day("2022-05-01"), day("2022-05-02")),))
        assert answer(asks(held="throughout"), credentials=(broken,), **appointed) is NO
        assert answer(asks(held="throughout"), credentials=(broken,), appointed_on=day("2022-05-02")) is YES

    def test_sort_issuer_and_papers(self) -> None:
        held = license_("2020-01-01")
        permit = license_("2020-01-01", sort=CredentialSort.PERMIT)
        assert answer(asks(sort="license"), credentials=(held,)) is YES
        assert answer(asks(sort="license"), credentials=(permit,)) is NO
        assert hold(asks(issuers=["NY"]), credentials=(held,)).missing == ("credentials[0].issuer",)
        assert answer(asks(issuers=["NY"]), credentials=(license_("2020-01-01", issuer="OH"),)) is NO
        assert answer(asks(issuers=["NY"]), credentials=(license_("2020-01-01", issuer="NY"),)) is YES
        assert hold(asks(papers=["copy"]), credentials=(held,)).missing == ("credentials[0].papers: copy",)
        both = asks(papers=["copy"], issuers=["NY"])
        assert hold(both, credentials=(license_("2020-01-01", refused=("copy",)),)).missing == ()

    def test_the_reasons(self) -> None:
        two = (
            license_("2020-01-01", "2021-01-01"),
            license_("2020-01-01", "2022-01-01"),
            license_("2019-01-01", "2020-01-01"),
        )
        verdict = hold(LMSW, credentials=two)
        assert verdict.parts[0].because == "expired on 2022-01-01"
        assert verdict.would_satisfy == ("the credential LMSW",)
        assert hold(LMSW, credentials=()).parts[0].because == ""
        asked = asks(
            names=["LMSW", "LCSW"],
            issuers=["NY"],
            held="throughout",
            for_at_least={"months": 2},
            for_at_most={"years": 1},
        )
        assert hold(asked, credentials=()).parts[0].question == (
            "Is there a credential LMSW or LCSW from NY, valid throughout since appointment, held for at least 2"
            " months, for at most 1 year after it was issued?"
        )
        assert hold(LMSW, credentials=()).parts[0].question == "Is there a credential LMSW, valid on the day?"
        at = hold(asks(held="at-appointment"), credentials=())
        assert at.parts[0].question == "Is there a credential LMSW, valid at appointment?"


class TestWorkAfterAndBefore:
    """Work counts from the day itself on which something was first held, or up to the day before it."""

    @pytest.mark.parametrize(
        ("where", "months", "expected"),
        [("after", 6, YES), ("after", 6.1, NO), ("before", 18, YES), ("before", 18.1, NO)],
    )
    def test_a_degree(self, where: str, months: float, expected: Any) -> None:
        held: dict[str, Any] = {"degree": {"level": "bachelor"}}
        need = {"experience": {"at_least": {"months": months}, "work": {where: held}}}
        degrees = (bachelor("2022-07-01"), bachelor("2023-01-01", field="law"))
        assert answer(need, experience=(work("2021-01-01", "2022-12-31"),), degrees=degrees) is expected

    @pytest.mark.parametrize(
        ("where", "months", "expected"),
        [("after", 6, YES), ("after", 6.1, NO), ("before", 18, YES), ("before", 18.1, NO)],
    )
    def test_a_credential_from_its_issue_on_though_it_expired(self, where: str, months: float, expected: Any) -> None:
        need = {"experience": {"at_least": {"months": months}, "work": {where: LMSW}}}
        held = (license_("2022-07-01", "2022-07-02"), license_("2022-08-01"), license_("2019-01-01", name="other"))
        assert answer(need, experience=(work("2021-01-01", "2022-12-31"),), credentials=held) is expected

    @pytest.mark.parametrize(("where", "expected"), [("after", NO), ("before", YES)])
    def test_what_was_never_held(self, where: str, expected: Any) -> None:
        done = (work("2021-01-01", "2022-12-31"),)
        for held, file in (
            (LMSW, {"credentials": (license_("2026-03-02"),)}),
            ({"degree": {"level": "master"}}, {"degrees": (bachelor(),)}),
        ):
            need = {"experience": {"at_least": {"months": 24}, "work": {where: held}}}
            assert answer(need, experience=done, **file) is expected

    @pytest.mark.parametrize("where", ["after", "before"])
    @pytest.mark.parametrize(
        ("held", "file", "missing"),
        [
            (LMSW, {}, "credentials"),
            (LMSW, {"credentials": (license_(None),)}, "credentials[0].issued_on"),
            (LMSW, {"credentials": (license_("2021-07-01", is_verified=False),)}, "credentials[0].is_verified"),
            ({"degree": {"level": "bachelor"}}, {}, "degrees"),
            ({"degree": {"level": "bachelor"}}, {"degrees": (bachelor(None),)}, "degrees[0].awarded_on"),
            (
                {"degree": {"level": "bachelor"}},
                {"degrees": (bachelor("2021-07-01", is_verified=False),)},
                "degrees[0].is_verified",
            ),
        ],
    )
    def test_what_is_not_known_could_change_it(self, where: str, held: Any, file: Any, missing: str) -> None:
        done = (work("2021-01-01", "2022-12-31"),)
        need = {"experience": {"at_least": {"months": 18}, "work": {where: held}}}
        assert hold(need, experience=done, **file).missing == (missing,)
        need = {"experience": {"at_least": {"months": 24.1}, "work": {where: held}}}
        assert answer(need, experience=done, **file) is NO

    @pytest.mark.parametrize(
        ("held", "file"),
        [
            (LMSW, {"credentials": (license_("2026-03-01"),)}),
            ({"degree": {"level": "bachelor"}}, {"degrees": (bachelor("2026-03-01"),)}),
        ],
    )
    def test_what_is_first_held_on_the_day_asked(self, held: Any, file: Any) -> None:
        one = {"experience": {"at_least": {"days": 1}, "work": {"after": held}}}
        two = {"experience": {"at_least": {"days": 2}, "work": {"after": held}}}
        assert answer(one, experience=(work("2020-01-01"),), **file) is YES
        assert answer(two, experience=(work("2020-01-01"),), **file) is NO

    def test_a_degree_without_a_day_bounds_what_came_before_it_by_the_day_asked(self) -> None:
        file: dict[str, Any] = {"degrees": (bachelor(None),), "experience": (work("2026-02-01", "2026-04-30"),)}
        held = {"degree": {"level": "bachelor"}}
        for days, expected in ((1, NOT_KNOWN), (29, NOT_KNOWN), (30, NO)):
            for where in ("after", "before"):
                need = {"experience": {"at_least": {"days": days}, "work": {where: held}}}
                assert answer(need, **file) is expected

    def test_a_sure_holding_after_an_unsure_one(self) -> None:
        done = (work("2021-01-01", "2022-12-31"),)
        held = (license_("2021-07-01", is_verified=False), license_("2022-01-01"))
        need = {"experience": {"at_least": {"months": 12}, "work": {"after": LMSW}}}
        assert answer(need, experience=done, credentials=held) is YES
        need = {"experience": {"at_least": {"months": 13}, "work": {"after": LMSW}}}
        assert answer(need, experience=done, credentials=held) is NOT_KNOWN
        need = {"experience": {"at_least": {"months": 6}, "work": {"before": LMSW}}}
        assert answer(need, experience=done, credentials=held) is YES
        need = {"experience": {"at_least": {"months": 12.5}, "work": {"before": LMSW}}}
        assert answer(need, experience=done, credentials=held) is NO


class TestLearning:
    """Hours of training are summed within the span that ends with the day."""

    @pytest.mark.parametrize(
        ("done", "hours", "fields", "expected"),
        [
            ("2026-03-01", 12, {}, YES),
            ("2026-03-02", 12, {}, NO),
            ("2026-03-01", 11.99, {}, NO),
            ("2025-03-02", 12, {"within": {"years": 1}}, YES),
            ("2025-03-01", 12, {"within": {"years": 1}}, NO),
            ("2026-03-01", 12, {"subjects": ["a"]}, YES),
            ("2026-03-01", 12, {"subjects": ["b"]}, NO),
            ("2026-03-01", 12, {"providers": ["p"]}, NOT_KNOWN),
            ("2026-03-01", 11, {"providers": ["p"]}, NO),
            ("2026-03-01", 12, {"papers": ["proof"]}, NOT_KNOWN),
        ],
    )
    def test_one(self, done: str, hours: float, fields: Any, expected: Any) -> None:
        learning = (Learning(completed_on=day(done), hours=hours, subject="a"),)
        assert answer({"learning": {"hours": 12} | fields}, learning=learning) is expected

    def test_sums_and_what_is_missing(self) -> None:
        six = Learning(completed_on=day("2026-01-01"), hours=6, subject="a", provider="p")
        said = Learning(completed_on=day("2026-01-01"), hours=6, subject="a", is_verified=False)
        need = {"learning": {"hours": 12, "subjects": ["a"]}}
        assert answer(need, learning=(six, six)) is YES
        assert hold(need, learning=(six, said)).missing == ("learning[1].is_verified",)
        other = Learning(completed_on=day("2026-01-01"), hours=9, subject="b", is_verified=False)
        assert hold(need, learning=(other, six)).missing == ()
        verdict = hold(need, learning=(other, six))
        assert verdict.parts[0].because == "6 of 12 hours"
        assert verdict.would_satisfy == ("6 more hours of training",)
        assert verdict.parts[0].question == "Are there 12 hours of training in a?"
        assert hold(need).missing == ("learning",)
        assert answer({"learning": {"hours": 0}}) is YES
        within = hold({"learning": {"hours": 1, "within": {"days": 30}}}, learning=())
        assert within.parts[0].question == "Are there 1 hours of training within 30 days?"
