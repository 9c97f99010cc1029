from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import Credential, CredentialAsked, CredentialSort, StaffFile, holds_credential
from casecore.terms import Answer, NotReadable, Period, Source, Verdict
from casecore.testing.strategies.supervision import credentials_asked

LMSW = CredentialAsked(names=("LMSW",))
HELD = Credential(name="LMSW", issuer="NY", issued_on=date(2024, 1, 1), expires_on=date(2027, 1, 1))
DAY = date(2026, 3, 1)

credentials = st.builds(
    Credential,
    name=st.sampled_from(["LMSW", "LCSW", "RN"]),
    sort=st.sampled_from(CredentialSort),
    issuer=st.sampled_from(["NY", "PA", None]),
    issued_on=st.none() | st.dates(date(2024, 1, 1), date(2026, 1, 1)),
    expires_on=st.none() | st.dates(date(2026, 1, 2), date(2027, 1, 1)),
    is_verified=st.booleans(),
    papers=st.sampled_from([(), ("copy",)]),
)


def asked(
    *held: Credential,
    on: date = DAY,
    what: CredentialAsked = LMSW,
    unverified: bool = False,
    told_to: date | None = None,
) -> Verdict:
    file = StaffFile(worker="w-7", credentials=held, stated_on=told_to)
    return holds_credential(file, what, on=on, counts_unverified=unverified)


class TestHeld:
    """A credential is held from the day on which it is issued to the last day before it expires."""

    @pytest.mark.parametrize(
        ("day", "answer"),
        [
            (date(2023, 12, 31), "no"),
            (date(2024, 1, 1), "yes"),
            (date(2026, 12, 31), "yes"),
            (date(2027, 1, 1), "no"),
        ],
    )
    def test_to_the_day(self, day: date, answer: str) -> None:
        assert asked(HELD, on=day).answer.value == answer

    def test_not_while_it_is_suspended(self) -> None:
        suspended = attrs.evolve(HELD, suspended=(Period(date(2026, 3, 1), date(2026, 4, 1)),))
        assert asked(suspended, on=date(2026, 2, 28)).is_yes
        assert asked(suspended).because == "LMSW does not hold from 2026-03-01 to 2026-03-31"
        assert asked(suspended, on=date(2026, 4, 1)).is_yes

    def test_a_no_says_why_and_what_would_satisfy(self) -> None:
        verdict = asked(HELD, on=date(2027, 1, 1))
        assert verdict.because == "LMSW expired on 2027-01-01"
        assert verdict.would_satisfy == ("LMSW, valid on 2027-01-01",)
        assert asked().because == "none is on file"
        assert asked(HELD, on=date(2023, 1, 1)).because == "LMSW holds only from 2024-01-01"

    def test_the_source_travels(self) -> None:
        source = Source(cite="Model Agency Manual 3.5", invented=True)
        file = StaffFile(worker="w-7", credentials=(HELD,))
        assert holds_credential(file, LMSW, on=DAY, counts_unverified=False, source=source).source == source


class TestNotKnown:
    """An unknown fact makes it not known, and is named; it never makes it no."""

    @pytest.mark.parametrize(
        ("held", "what", "missing"),
        [
            (attrs.evolve(HELD, is_verified=False), LMSW, ("verification of LMSW",)),
            (attrs.evolve(HELD, issued_on=None), LMSW, ("first day of LMSW",)),
            (attrs.evolve(HELD, issuer=None), CredentialAsked(issuers=("NY",)), ("issuer of LMSW",)),
            (HELD, CredentialAsked(names=("LMSW",), papers=("copy",)), ("copy of LMSW",)),
        ],
    )
    def test_each_fact(self, held: Credential, what: CredentialAsked, missing: tuple[str, ...]) -> None:
        verdict = asked(held, what=what)
        assert (verdict.answer, verdict.missing) == (Answer.NOT_KNOWN, missing)

    def test_what_was_only_said_counts_where_the_standard_says_so(self) -> None:
        assert asked(attrs.evolve(HELD, is_verified=False), unverified=True).is_yes

    def test_a_paper_that_was_refused_makes_it_no(self) -> None:
        refused = attrs.evolve(HELD, refused=("copy",))
        assert asked(refused, what=CredentialAsked(names=("LMSW",), papers=("copy",))).is_no

    def test_a_file_without_a_list_of_credentials(self) -> None:
        verdict = holds_credential(StaffFile(worker="w-7"), LMSW, on=DAY, counts_unverified=True)
        assert verdict.missing == ("credentials",)

    def test_a_file_that_tells_of_earlier_days_only(self) -> None:
        assert asked(told_to=DAY).is_no
        assert asked(told_to=date(2026, 2, 28)).missing == ("credentials since 2026-02-28",)
        assert asked(HELD, on=date(2027, 1, 1), told_to=date(2026, 12, 31)).answer is Answer.NOT_KNOWN
        assert asked(HELD, told_to=date(2025, 1, 1)).is_yes

    def test_a_doubt_does_not_matter_beside_one_that_holds(self) -> None:
        assert asked(attrs.evolve(HELD, is_verified=False), HELD).is_yes


class TestAsked:
    """Which credentials will do is said by name, sort and issuer."""

    def test_each_word_narrows(self) -> None:
        what = CredentialAsked(names=("LMSW",), sorts=frozenset({CredentialSort.PERMIT}), issuers=("NY",))
        assert what.fits(attrs.evolve(HELD, sort=CredentialSort.PERMIT)) is True
        assert what.fits(HELD) is False
        assert what.fits(attrs.evolve(HELD, sort=CredentialSort.PERMIT, issuer="PA")) is False
        assert str(what) == "LMSW (permit) of NY"
        assert str(CredentialAsked(sorts=frozenset({CredentialSort.MEMBERSHIP}))) == "a membership"

    def test_nothing_said_is_refused(self) -> None:
        with pytest.raises(NotReadable, match="must say at least one of names, sorts, issuers"):
            CredentialAsked(papers=("copy",))


class TestLaws:
    """The answer does not depend on the order of the file, and more credentials never take a yes away."""

    @given(st.lists(credentials, max_size=4), credentials_asked(), st.booleans(), credentials)
    def test_them(self, held: list[Credential], what: CredentialAsked, unverified: bool, another: Credential) -> None:
        verdict = asked(*held, what=what, unverified=unverified)
        turned = asked(*held[::-1], what=what, unverified=unverified)
        assert turned.answer is verdict.answer
        assert set(turned.missing) == set(verdict.missing)
        more = asked(*held, another, what=what, unverified=unverified)
        rank = [Answer.NO, Answer.NOT_KNOWN, Answer.YES]
        assert rank.index(more.answer) >= rank.index(verdict.answer)

    @given(st.lists(credentials, max_size=3), credentials_asked(issuers=("NY",)))
    def test_an_unknown_fact_is_not_known_only_if_it_could_change_the_answer(
        self, held: list[Credential], what: CredentialAsked
    ) -> None:
        """Brute force: put in every possible issuer and first day for the unknown ones."""
        worlds: list[bool] = [False]  # for each way the unknown facts may be, whether one of those so far is held
        for each in held:
            issuers = [each.issuer] if each.issuer else ["NY", "PA"]
            firsts = [each.issued_on] if each.issued_on else [DAY, DAY + timedelta(days=1)]
            papers = [each.papers] if each.papers else [(), ("copy",)]
            fits = each.name in what.names and (not what.sorts or each.sort in what.sorts)
            lasts = each.expires_on is None or each.expires_on > DAY
            ways = {
                fits and lasts and issuer == "NY" and first <= DAY and sure and (not what.papers or "copy" in paper)
                for issuer in issuers
                for first in firsts
                for sure in {True, each.is_verified}
                for paper in papers
            }
            worlds = [world or way for world in worlds for way in ways]
        answers = set(worlds)
        expected = Answer.NOT_KNOWN if len(answers) == 2 else Answer.YES if True in answers else Answer.NO
        assert asked(*held, what=what).answer is expected
