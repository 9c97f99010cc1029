from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import (
    Credential,
    CredentialAsked,
    DutyCredentials,
    StaffFile,
    duties_lost,
    may_do,
    next_lapse_day,
)
from casecore.standards import Edition, Standard
from casecore.terms import Answer, NotReadable, Period, Source, StandardNotInForce
from casecore.testing.strategies.supervision import duty_credentials

SOURCE = Source(cite="Model Agency Manual 3.5", invented=True)
LMSW, LCSW, RN, CPR = (CredentialAsked(names=(name,)) for name in ("LMSW", "LCSW", "RN", "CPR"))
SIGNERS = Standard(
    name="staff/plan-signers",
    editions=(
        Edition(
            since=date(2025, 1, 1),
            value=DutyCredentials(duties=("sign-plans",), any_of=(LMSW, LCSW), counts_unverified=False),
            source=SOURCE,
        ),
        Edition(
            since=date(2026, 7, 1),
            value=DutyCredentials(duties=("sign-plans",), all_of=(LCSW,), counts_unverified=False),
            source=SOURCE,
        ),
    ),
)
DRIVERS = Standard.fixed(
    "staff/drivers",
    DutyCredentials(duties=("drive",), all_of=(CPR,), any_of=(LMSW, RN), counts_unverified=False),
    since=date(2025, 1, 1),
    source=SOURCE,
)
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


def held(name: str, issued_on: date | None = date(2024, 1, 1), expires_on: date | None = None) -> Credential:
    return Credential(name=name, issued_on=issued_on, expires_on=expires_on)


def filed(*credentials: Credential, worker: str = "w-7") -> StaffFile:
    return StaffFile(worker=worker, credentials=credentials)


class TestMayDo:
    """Who signs plans is an LMSW or LCSW, from July 2026 an LCSW (model agency)."""

    def test_the_day_before_and_the_day_of_the_next_edition(self) -> None:
        assert may_do("sign-plans", filed(held("LMSW")), [SIGNERS], on=date(2026, 6, 30)).is_yes
        verdict = may_do("sign-plans", filed(held("LMSW")), [SIGNERS], on=date(2026, 7, 1))
        assert verdict.is_no
        assert verdict.would_satisfy == ("LCSW, valid on 2026-07-01",)

    def test_all_of_these_and_any_of_those(self) -> None:
        assert may_do("drive", filed(held("CPR"), held("RN")), [SIGNERS, DRIVERS], on=FIRST).is_yes
        assert may_do("drive", filed(held("RN")), [SIGNERS, DRIVERS], on=FIRST).is_no
        assert may_do("drive", filed(held("CPR")), [SIGNERS, DRIVERS], on=FIRST).is_no

    def test_every_standard_that_names_the_duty_must_be_satisfied(self) -> None:
        also = attrs.evolve(DRIVERS, name="staff/more", editions=tuple(
            attrs.evolve(each, value=attrs.evolve(each.rule, duties=("sign-plans",))) for each in DRIVERS.editions
        ))  # fmt: skip
        assert may_do("sign-plans", filed(held("LMSW")), [SIGNERS, also], on=FIRST).is_no
        assert may_do("sign-plans", filed(held("LMSW"), held("CPR")), [SIGNERS, also], on=FIRST).is_yes

    def test_a_duty_that_nobody_names_is_no_permission(self) -> None:
        with pytest.raises(StandardNotInForce, match="no standard names credentials for this duty on 2025-01-01"):
            may_do("sing-plans", filed(), [SIGNERS], on=FIRST)
        with pytest.raises(StandardNotInForce):
            may_do("sign-plans", filed(), [SIGNERS], on=date(2024, 12, 31))

    def test_what_is_not_known_is_named(self) -> None:
        verdict = may_do("drive", filed(held("CPR", None), held("RN")), [DRIVERS], on=FIRST)
        assert (verdict.answer, verdict.missing) == (Answer.NOT_KNOWN, ("first day of CPR",))

    def test_bad_rules_are_refused(self) -> None:
        with pytest.raises(NotReadable, match="must say all_of or any_of"):
            DutyCredentials(duties=("drive",), counts_unverified=True)
        with pytest.raises(NotReadable, match="duties: must name at least one duty"):
            DutyCredentials(duties=(), all_of=(RN,), counts_unverified=True)

    @given(
        duty_credentials(duties=("sign-plans",)),
        st.lists(st.sampled_from([held("LMSW"), held("LCSW", None), held("RN")]), max_size=3),
    )
    def test_the_quick_answer_is_that_of_the_verdict(self, rule: DutyCredentials, some: list[Credential]) -> None:
        standard = Standard.fixed("a/b", rule, since=FIRST, source=SOURCE)
        verdict = may_do("sign-plans", filed(*some), [standard], on=FIRST)
        assert rule.answer(filed(*some), FIRST) is verdict.answer


class TestDutiesLost:
    """A lapse takes a duty away from the first day without the credential to the last."""

    FILE = filed(
        held("LMSW", date(2024, 1, 1), date(2026, 2, 1)),
        held("LMSW", date(2026, 3, 1), None),
        held("CPR", date(2024, 1, 1), date(2026, 5, 1)),
    )

    def test_the_table(self) -> None:
        others = filed(held("RN"), worker="w-8")
        found = duties_lost([others, self.FILE], [SIGNERS, DRIVERS], within=Period(FIRST, date(2027, 1, 1)))
        assert [(lost.worker, lost.duty, lost.since, lost.until, lost.credentials) for lost in found] == [
            ("w-7", "drive", date(2026, 2, 1), date(2026, 3, 1), ("LMSW",)),
            ("w-7", "sign-plans", date(2026, 2, 1), date(2026, 3, 1), ("LMSW",)),
            ("w-7", "drive", date(2026, 5, 1), None, ("CPR",)),
            ("w-7", "sign-plans", date(2026, 7, 1), None, ()),
        ]
        assert found[0].because == "LMSW ended"
        assert found[-1].because == "staff/plan-signers asks for more from that day on"
        assert (found[0].standard, found[0].source) == ("staff/drivers", SOURCE)

    @pytest.mark.parametrize(
        ("day", "lost"),
        [(date(2026, 1, 31), 0), (date(2026, 2, 1), 2), (date(2026, 2, 28), 2), (date(2026, 3, 1), 0)],
    )
    def test_on_a_day(self, day: date, lost: int) -> None:
        within = Period(day, day + timedelta(days=1))
        assert len(duties_lost([self.FILE], [SIGNERS, DRIVERS], within=within)) == lost

    def test_who_never_had_it_has_lost_nothing(self) -> None:
        assert duties_lost([filed()], [SIGNERS, DRIVERS], within=Period(FIRST, LAST)) == ()
        assert next_lapse_day([filed()], [SIGNERS], after=FIRST) is None

    def test_the_next_day_on_which_something_is_lost(self) -> None:
        days = [date(2026, 2, 1), date(2026, 5, 1), date(2026, 7, 1), None]
        after = FIRST
        for day in days:
            assert next_lapse_day([self.FILE], [SIGNERS, DRIVERS], after=after) == day
            after = day or after

    def test_a_file_that_ends_no_longer_says_no(self) -> None:
        file = attrs.evolve(self.FILE, stated_on=date(2026, 2, 10))
        found = duties_lost([file], [DRIVERS], within=Period(FIRST, LAST))
        assert [(lost.since, lost.until) for lost in found] == [(date(2026, 2, 1), date(2026, 2, 11))]

    @given(
        st.lists(
            st.builds(
                held,
                st.sampled_from(["LMSW", "LCSW", "RN", "CPR"]),
                st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 20)),
                st.none() | st.dates(date(2025, 1, 21), date(2025, 2, 10)),
            ),
            max_size=4,
        ),
        st.none() | st.dates(date(2025, 1, 1), date(2025, 2, 20)),
    )
    def test_brute_force_by_asking_every_day(self, some: list[Credential], stated_on: date | None) -> None:
        file = StaffFile(worker="w-7", credentials=tuple(some), stated_on=stated_on)
        span = [FIRST + timedelta(days=number) for number in range(60)]
        expected = set()
        for standard, duty in ((SIGNERS, "sign-plans"), (DRIVERS, "drive")):
            before, lost = Answer.NO, False  # before its first day nothing is asked, and nothing can be lost
            for day in span:
                answer = may_do(duty, file, [standard], on=day).answer
                lost = answer is Answer.NO and (lost or (before is not Answer.NO))
                before = answer
                if lost:
                    expected.add((duty, day))
        found = duties_lost([file], [SIGNERS, DRIVERS], within=Period(span[0], span[-1] + timedelta(days=1)))
        assert {
            (each.duty, day)
            for each in found
            for day in span
            if each.since <= day and (not each.until or day < each.until)
        } == expected
