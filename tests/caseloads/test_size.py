from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.caseloads import review_caseload_size
from casecore.staff import CaseloadLimit, StaffMember
from casecore.standards import Edition, Standard
from casecore.terms import Source, StandardNotInForce

SOURCE = Source(cite="Model Agency Manual 3.1", invented=True)
LIMIT = Standard(
    name="caseload/size",
    editions=(
        Edition(since=date(2024, 1, 1), until=date(2025, 7, 1), source=SOURCE, value=CaseloadLimit(at_most=15)),
        Edition(since=date(2025, 7, 1), source=SOURCE, value=CaseloadLimit(at_most=12)),
    ),
)


def found(carried: int, share: float = 1.0, on: date = date(2026, 1, 1)) -> list[str]:  # a date never changes
    staff = [StaffMember(worker="w-7", share=share)]
    return [finding.what for finding in review_caseload_size({"w-7": carried}, staff, LIMIT, on=on)]


class TestCaseloadSize:
    """A full-time worker carries at most twelve open cases, a part-timer their share of it (model agency)."""

    def test_the_limit_itself_is_allowed_and_one_more_is_not(self) -> None:
        assert found(12) == []
        assert found(13) == ["13 open cases, 12 allowed"]

    def test_a_finding_says_what_would_satisfy(self) -> None:
        (finding,) = review_caseload_size({"w-7": 14}, [StaffMember(worker="w-7")], LIMIT, on=date(2026, 1, 1))
        assert finding.code == "caseload-above-limit"
        assert finding.would_satisfy == "2 cases assigned to somebody else"
        assert (finding.worker, finding.source) == ("w-7", SOURCE)

    def test_the_day_before_the_new_edition_the_old_one_holds(self) -> None:
        assert found(15, on=date(2025, 6, 30)) == []
        assert found(15, on=date(2025, 7, 1)) == ["15 open cases, 12 allowed"]

    def test_before_the_first_edition_it_refuses_to_judge(self) -> None:
        with pytest.raises(StandardNotInForce):
            found(1, on=date(2023, 12, 31))

    def test_who_carries_nothing_is_never_flagged(self) -> None:
        assert review_caseload_size({}, [StaffMember(worker="w-7", share=0.0)], LIMIT, on=date(2026, 1, 1)) == ()

    @given(st.integers(0, 40), st.integers(0, 100))
    def test_a_part_timers_limit_is_the_exact_share_rounded_down(self, carried: int, percent: int) -> None:
        allowed = Fraction(12 * percent, 100) // 1
        assert bool(found(carried, percent / 100)) == (carried > allowed)
