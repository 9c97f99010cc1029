from __future__ import annotations

from typing import Any

import pytest

from casecore.staff import Credential, Degree, Level, StaffFile
from casecore.staff.posts import Counting, CredentialAsked, CreditsAsked, DegreeAsked
from casecore.staff.posts.work import Holding
from casecore.staff.qualifying.fits import NO, PERHAPS, SURE
from casecore.staff.qualifying.held import EVER, NEVER, Since, credential_fits, degree_on, held_since, valid_days
from casecore.staff.qualifying.seen import Reckoning, Seen
from casecore.staff.schooling import CreditUnit
from casecore.terms import Period, Span
from tests.staff.qualifying.told import ON, bachelor, day, license_, semester

BACHELOR = DegreeAsked(level=Level.BACHELOR)
LAW = DegreeAsked(level=Level.BACHELOR, fields=("law",))
LMSW = CredentialAsked(names=("LMSW",))
TODAY = ON.toordinal()


def seen(*, counts_unverified: bool = False, **file: Any) -> Seen:
    return Seen(StaffFile(worker="w-1", **file), ON, Reckoning(Counting(), counts_unverified=counts_unverified))


def since(asked: DegreeAsked | CredentialAsked, *, counts_unverified: bool = False, **file: Any) -> Any:
    """Since when it was held for sure and perhaps, and what is noted as not known after something before."""
    unknown = ["before"]
    holding = Holding(degree=asked) if isinstance(asked, DegreeAsked) else Holding(credential=asked)
    held = held_since(holding, seen(counts_unverified=counts_unverified, **file), ON, unknown)
    assert unknown.pop(0) == "before"
    return held, unknown


def number(text: str) -> int:
    return day(text).toordinal()


class TestDegreesHeldSince:
    """A degree is held from the day of its award; without one, by the day asked about at the latest."""

    def test_the_earliest_that_fits(self) -> None:
        degrees = (bachelor("2016-05-15"), bachelor("2015-05-15"), bachelor("2014-05-15", level=Level.ASSOCIATE))
        assert since(BACHELOR, degrees=degrees) == (Since(number("2015-05-15"), number("2015-05-15")), [])
        assert since(BACHELOR, degrees=degrees[::-1]) == (Since(number("2015-05-15"), number("2015-05-15")), [])
        assert since(BACHELOR, degrees=degrees[2:]) == (Since(NEVER, NEVER), [])

    def test_what_is_not_known(self) -> None:
        assert since(BACHELOR) == (Since(NEVER, EVER), ["degrees"])
        assert since(LAW, degrees=(bachelor("2015-05-15"), bachelor("2016-05-15", field="law"))) == (
            Since(number("2016-05-15"), number("2015-05-15")),
            ["degrees[0].field"],
        )

    def test_without_the_day_of_the_award(self) -> None:
        undated = bachelor(None, field="law", institution="A")
        assert since(LAW, degrees=(undated,)) == (Since(TODAY + 1, EVER), ["degrees[0].awarded_on"])
        assert since(LAW, degrees=(bachelor(None),)) == (
            Since(NEVER, EVER),
            ["degrees[0].field", "degrees[0].awarded_on"],
        )
        dated = bachelor("2015-05-15", field="law", institution="B")
        assert since(LAW, degrees=(undated, dated)) == (Since(number("2015-05-15"), EVER), ["degrees[0].awarded_on"])
        assert since(LAW, degrees=(dated, undated)) == (Since(number("2015-05-15"), EVER), ["degrees[1].awarded_on"])

    def test_only_said(self) -> None:
        said = (bachelor(is_verified=False),)
        assert since(BACHELOR, degrees=said) == (Since(NEVER, number("2015-05-15")), ["degrees[0].is_verified"])
        counted = since(BACHELOR, counts_unverified=True, degrees=said)
        assert counted == (Since(number("2015-05-15"), number("2015-05-15")), [])


class TestDegreeOnADay:
    """Whether a degree fits on a day is no, perhaps or surely; only of perhaps something is noted."""

    @pytest.mark.parametrize(
        ("degree", "expected", "noted"),
        [
            (bachelor("2026-03-01", credits=(semester(30, "art"),)), SURE, []),
            (bachelor("2026-03-02", credits=(semester(30, "art"),)), NO, []),
            (bachelor(credits=(semester(29, "art"), semester(1))), PERHAPS, ["x.credits[1].subject"]),
            (bachelor(credits=(semester(30, "art"), semester(1))), SURE, []),
            (bachelor(credits=(semester(28, "art"), semester(1))), NO, []),
            (bachelor(credits=None), PERHAPS, ["x.credits"]),
            (bachelor(level=Level.ASSOCIATE, credits=None), NO, []),
            (bachelor(is_verified=False, credits=(semester(29, "art"),)), NO, []),
        ],
    )
    def test_with_thirty_credits_in_art(self, degree: Degree, expected: int, noted: list[str]) -> None:
        credits = CreditsAsked(at_least=30.0, unit=CreditUnit.SEMESTER, subjects=("art",))
        unknown = ["before"]
        asked = DegreeAsked(level=Level.BACHELOR, credits=credits)
        assert degree_on(degree, asked, seen(), ON, "x", unknown) is expected
        assert unknown == ["before", *noted]


class TestCredentialsHeldSince:
    """A credential is held from the day of its issue, which may be the day asked about."""

    def test_the_earliest_that_fits(self) -> None:
        held = (license_("2019-01-01", name="other"), license_("2022-01-01"), license_("2021-01-01"))
        assert since(LMSW, credentials=held) == (Since(number("2021-01-01"), number("2021-01-01")), [])
        assert since(LMSW, credentials=held[:1]) == (Since(NEVER, NEVER), [])

    def test_issued_on_the_day_asked_or_later(self) -> None:
        assert since(LMSW, credentials=(license_("2026-03-01"),)) == (Since(TODAY, TODAY), [])
        assert since(LMSW, credentials=(license_("2026-03-02"),)) == (Since(NEVER, NEVER), [])

    def test_what_is_not_known(self) -> None:
        assert since(LMSW) == (Since(NEVER, EVER), ["credentials"])
        held = (license_(None), license_("2021-01-01"))
        assert since(LMSW, credentials=held) == (Since(number("2021-01-01"), EVER), ["credentials[0].issued_on"])

    def test_only_said(self) -> None:
        said = (license_("2021-01-01", is_verified=False),)
        found = (Since(NEVER, number("2021-01-01")), ["credentials[0].is_verified"])
        assert since(LMSW, credentials=said) == found
        counted = since(LMSW, counts_unverified=True, credentials=said)
        assert counted == (Since(number("2021-01-01"), number("2021-01-01")), [])

    def test_what_does_not_fit_notes_nothing(self) -> None:
        unknown = ["before"]
        asked = CredentialAsked(names=("LMSW",), issuers=("NY",), papers=("copy",))
        refused = license_("2021-01-01", refused=("copy",))
        assert credential_fits(refused, asked, seen(), "x", unknown) is NO
        assert unknown == ["before"]


class TestValidDays:
    """A credential counts from the day of its issue up to the last day asked about, without its suspensions."""

    @pytest.mark.parametrize(
        ("credential", "asked", "expected"),
        [
            (license_("2021-01-01"), {}, [("2021-01-01", "2021-12-31")]),
            (license_("2021-01-01", "2021-06-01"), {}, [("2021-01-01", "2021-05-31")]),
            (license_("2021-12-31"), {}, [("2021-12-31", "2021-12-31")]),
            (license_("2022-01-01"), {}, []),
            (license_("2021-03-01"), {"for_at_least": Span(months=6)}, [("2021-09-01", "2021-12-31")]),
            (license_("2021-03-01"), {"for_at_most": Span(months=6)}, [("2021-03-01", "2021-08-31")]),
            (
                license_("2021-01-01", suspended=(Period(day("2021-03-01"), day("2021-04-01")),)),
                {},
                [("2021-01-01", "2021-02-28"), ("2021-04-01", "2021-12-31")],
            ),
            (
                license_("2021-01-01", suspended=(Period(day("2021-01-01"), day("2021-02-01")),)),
                {},
                [("2021-02-01", "2021-12-31")],
            ),
            (
                license_("2021-01-01", "2021-03-01", suspended=(Period(day("2021-02-01"), day("2022-02-01")),)),
                {},
                [("2021-01-01", "2021-01-31")],
            ),
        ],
    )
    def test_in_2021(self, credential: Credential, asked: Any, expected: list[tuple[str, str]]) -> None:
        days = [(number(first), number(last) + 1) for first, last in expected]
        assert valid_days(credential, CredentialAsked(names=("LMSW",), **asked), number("2021-12-31")) == days
