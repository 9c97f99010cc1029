from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.caseloads import OpenCase, is_within_limit, open_case_of, review_caseload_size, weigh_cases
from casecore.discharges import Destination, Discharged, DischargeReason
from casecore.intake import Admission
from casecore.record import Line, fold
from casecore.staff import CaseloadLimit, CaseWeight, CaseWeights, LimitRounding, StaffMember, WorkerAssigned
from casecore.standards import Edition, Standard
from casecore.terms import Answer, Entry, NotReadable, Source, StandardNotInForce
from casecore.testing.strategies.supervision import case_weights, open_cases

SOURCE = Source(cite="Model Agency Manual 3.2", invented=True)
DAY = date(2026, 3, 31)
LIMIT = Standard.fixed("caseload/size", CaseloadLimit(at_most=20), since=date(2024, 1, 1), source=SOURCE)
WEIGHTS = Standard(
    name="caseload/weights",
    editions=(
        Edition(
            since=date(2025, 1, 1),
            value=CaseWeights(weights=(CaseWeight(program="ICM", level="high", weight=2),), otherwise=1),
            source=SOURCE,
        ),
        Edition(
            since=date(2026, 1, 1),
            value=CaseWeights(weights=(CaseWeight(program="ICM", level="high", weight=2.5),), otherwise=1),
            source=SOURCE,
        ),
    ),
)


def cases(high: int, low: int, unknown: int = 0) -> list[OpenCase]:
    levels = ["high"] * high + ["low"] * low + [None] * unknown
    return [OpenCase(case=f"c-{n}", worker="w-7", program="ICM", level=level) for n, level in enumerate(levels)]


def told(some: list[OpenCase], share: float = 1.0, on: date = date(2025, 3, 31)) -> list[str]:
    staff = [StaffMember(worker="w-7", share=share)]
    return [each.what for each in review_caseload_size(some, staff, LIMIT, on=on, weights=WEIGHTS)]


class TestWeights:
    """A case of high need weighs two, any other one; a full-timer carries twenty, others their share (model agency)."""

    def test_the_limit_itself_and_one_more(self) -> None:
        assert told(cases(3, 10), 0.8) == []
        assert told(cases(3, 12), 0.8) == ["12 cases at weight 1 and 3 at 2 make 18; the limit is 20 x 0.8 = 16"]

    def test_the_finding_says_what_would_satisfy(self) -> None:
        staff = [StaffMember(worker="w-7", share=0.8)]
        (finding,) = review_caseload_size(cases(3, 12), staff, LIMIT, on=date(2025, 3, 31), weights=WEIGHTS)
        assert (finding.code, finding.worker) == ("caseload-above-limit", "w-7")
        assert finding.would_satisfy == "cases of weight 2 assigned to somebody else"

    def test_the_day_before_and_the_day_of_the_next_edition(self) -> None:
        assert told(cases(10, 0), on=date(2025, 12, 31)) == []
        assert told(cases(10, 0), on=date(2026, 1, 1)) == ["10 cases at weight 2.5 make 25; the limit is 20"]
        with pytest.raises(StandardNotInForce):
            told(cases(1, 1), on=date(2024, 12, 31))

    def test_without_weights_each_case_is_one(self) -> None:
        staff = [StaffMember(worker="w-7", share=0.5)]
        some = cases(11, 0)
        assert review_caseload_size(some, staff, LIMIT, on=DAY) == review_caseload_size(
            {"w-7": 11}, staff, LIMIT, on=DAY
        )
        assert is_within_limit(some, staff[0], LIMIT, on=DAY).because == (
            "11 cases at weight 1 make 11; the limit is 20 x 0.5 = 10"
        )
        assert is_within_limit([], staff[0], LIMIT, on=DAY).because == "no cases; the limit is 20 x 0.5 = 10"

    def test_what_counts_is_open_on_the_day(self) -> None:
        case = OpenCase(case="c", worker="w-7", program="ICM", since=date(2026, 3, 1), until=date(2026, 4, 1))
        days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
        assert [case.is_open_on(day) for day in days] == [False, True, True, False]
        with pytest.raises(NotReadable, match="until: must be after since"):
            OpenCase(case="c", worker="w-7", program="ICM", since=DAY, until=DAY)

    def test_weights_need_the_cases_themselves(self) -> None:
        with pytest.raises(NotReadable, match="open_cases: must be the cases themselves where they are weighed"):
            review_caseload_size({"w-7": 3}, [StaffMember(worker="w-7")], LIMIT, on=DAY, weights=WEIGHTS)

    def test_a_level_that_is_not_known_counts_as_the_least_it_may_be(self) -> None:
        assert told(cases(0, 0, 20)) == []
        member = StaffMember(worker="w-7")
        verdict = is_within_limit(cases(0, 18, 2), member, LIMIT, on=date(2025, 3, 31), weights=WEIGHTS)
        assert (verdict.answer, verdict.missing) == (Answer.NOT_KNOWN, ("weight of c-18", "weight of c-19"))
        assert verdict.because.startswith("18 cases at weight 1 and 2 at not known, at least 1 make 20;")
        assert is_within_limit(cases(0, 16, 2), member, LIMIT, on=date(2025, 3, 31), weights=WEIGHTS).is_yes

    @pytest.mark.parametrize(
        ("rounding", "words"),
        [
            ("down", "8 open cases, 7 allowed: 15 a full-time worker, times 0.5, rounded down"),
            ("exact", "8 open cases, 7.5 allowed: 15 a full-time worker, times 0.5"),
            ("up", None),
            ("nearest", None),
        ],
    )
    def test_where_a_part_of_a_case_goes_is_the_standards_to_say(self, rounding: str, words: str | None) -> None:
        limit = Standard.fixed(
            "caseload/size", CaseloadLimit(at_most=15, rounding=LimitRounding(rounding)), since=DAY, source=SOURCE
        )
        found = review_caseload_size({"w-7": 8}, [StaffMember(worker="w-7", share=0.5)], limit, on=DAY)
        assert [finding.what for finding in found] == ([] if words is None else [words])


class TestRule:
    """The first weight that fits counts; one that can never count is refused."""

    def test_a_hidden_weight_is_refused(self) -> None:
        with pytest.raises(NotReadable, match=r"weights\[1\]: can never count"):
            CaseWeights(
                weights=(CaseWeight(program="ICM", weight=1), CaseWeight(program="ICM", level="high", weight=2))
            )
        with pytest.raises(NotReadable, match="weights: must hold at least one weight"):
            CaseWeights(weights=())

    @given(case_weights(), st.lists(open_cases(worker="w-7"), max_size=4), st.integers(1, 6))
    def test_brute_force_over_all_unknown_levels(self, rule: CaseWeights, some: list[OpenCase], most: int) -> None:
        def weight(program: str, level: str) -> float | None:
            for each in rule.weights:
                if each.program in (None, program) and each.level in (None, level):
                    return each.weight
            return rule.otherwise

        least, greatest = Fraction(), Fraction()
        for case in some:
            levels = [case.level] if case.level else ["high", "low", "another"]
            weights = [weight(case.program, level) for level in levels]
            known = [Fraction(each) for each in weights if each is not None]
            least += min(known) if len(known) == len(weights) else 0
            greatest += max(known) if len(known) == len(weights) else 10**9
        weighed = weigh_cases(some, rule)
        assert weighed.at_least == least
        assert weighed.at_most == (greatest if greatest < 10**8 else None)
        assert weigh_cases(some[::-1], rule) == weighed
        limit = Standard.fixed("a/b", CaseloadLimit(at_most=most), since=date(2019, 1, 1), source=SOURCE)
        standard = Standard.fixed("a/c", rule, since=date(2019, 1, 1), source=SOURCE)
        forever = [OpenCase(case=c.case, worker=c.worker, program=c.program, level=c.level) for c in some]
        verdict = is_within_limit(forever, StaffMember(worker="w-7"), limit, on=DAY, weights=standard)
        expected = Answer.NO if least > most else Answer.YES if greatest <= most else Answer.NOT_KNOWN
        assert verdict.answer is expected


class TestOpenCaseOfARecord:
    """A case is carried from admission to the day of discharge by the worker who is accountable."""

    @pytest.mark.parametrize(
        ("day", "is_open"),
        [(date(2026, 1, 4), False), (date(2026, 1, 5), True), (date(2026, 3, 1), True), (date(2026, 3, 2), False)],
    )
    def test_to_the_day(self, day: date, is_open: bool) -> None:
        entries: list[Entry] = [
            Admission(admitted_on=date(2026, 1, 5), client="P-1", program="ICM", level="high"),
            WorkerAssigned(assigned_on=date(2026, 1, 5), worker="w-7"),
            Discharged(
                discharged_on=date(2026, 3, 1), reason=next(iter(DischargeReason)), is_planned=True,
                destination=next(iter(Destination)),
            ),
        ]  # fmt: skip
        at = datetime(2026, 3, 1, tzinfo=UTC)
        record = fold(
            "C-1", [Line(f"e{number}", "C-1", number, at, "w-7", each) for number, each in enumerate(entries, 1)]
        )
        expected = OpenCase(case="C-1", worker="w-7", program="ICM", level="high")
        assert open_case_of(record, on=day) == (expected if is_open else None)
