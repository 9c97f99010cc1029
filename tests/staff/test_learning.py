from __future__ import annotations

from datetime import date
from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import (
    JudgedLearning,
    Learning,
    LearningAccount,
    LearningMinimum,
    LearningNotCounted,
    LearningPart,
    LearningPer,
    PartCount,
    StaffFile,
    explain_learning,
)
from casecore.standards import Edition, Standard
from casecore.terms import Answer, NotReadable, Source, Span, StandardNotInForce, read
from casecore.testing.strategies.supervision import learning_minimums

SOURCE = Source(cite="Model Agency Manual 3.6", invented=True)
ETHICS = LearningPart(subjects=("ethics",), at_least=3)
SELF_STUDY = LearningPart(subjects=("self-study",), at_most=5)


def yearly(**more: object) -> LearningMinimum:
    fields: dict[str, object] = {
        "hours": 20, "per": LearningPer.CALENDAR_YEARS, "years": 1, "first_year": 2024, "asks_newcomers": True,
        "counts_unverified": False, "parts": (ETHICS, SELF_STUDY),
    }  # fmt: skip
    return LearningMinimum(**{**fields, **more})  # type: ignore[arg-type]  # fields by name


def learned(hours: float, subject: str | None = "law", on: date = date(2025, 3, 1), **more: object) -> Learning:
    return Learning(completed_on=on, hours=hours, subject=subject, **more)  # type: ignore[arg-type]  # fields by name


def account(rule: LearningMinimum, *learning: Learning, as_of: date = date(2025, 12, 31)) -> LearningAccount:
    standard = Standard.fixed("staff/learning", rule, since=date(2024, 1, 1), source=SOURCE)
    return explain_learning(StaffFile(worker="w-7", learning=learning), standard, day=as_of, as_of=as_of)


class TestWhatCounts:
    """20 hours a year, 3 of them of ethics, at most 5 of self-study (model agency)."""

    def test_the_boundary_to_the_hour(self) -> None:
        enough = account(yearly(), learned(12), learned(3, "ethics"), learned(5, "self-study"))
        assert (enough.counted, enough.still_owed, enough.verdict.answer) == (20, 0, Answer.YES)
        short = account(yearly(), learned(12), learned(2.9, "ethics"), learned(5, "self-study"))
        assert short.verdict.is_no
        assert short.verdict.because == "19.9 of 20 hours counted"
        assert short.verdict.would_satisfy == ("0.1 hours of continuing education", "0.1 hours of ethics")

    def test_hours_over_the_most_of_a_kind_are_passed_over_with_the_reason(self) -> None:
        judged = account(yearly(), learned(4, "self-study"), learned(4, "self-study", date(2025, 4, 1))).lines
        assert [type(line) for line in judged] == [JudgedLearning, JudgedLearning]
        assert [(line.counted, line.why_not) for line in judged] == [(4, None), (1, LearningNotCounted.OVER_THE_MOST)]
        assert judged[1].because == "1 of 4 hours count: no more of this kind do"

    def test_the_days_before_and_after_the_stretch(self) -> None:
        outside = [learned(9, on=date(2024, 12, 31)), learned(9, on=date(2026, 1, 1))]
        inside = [learned(1, on=date(2025, 1, 1)), learned(1, on=date(2025, 12, 31))]
        assert account(yearly(), *outside, *inside).counted == 2
        assert account(yearly(), *inside, as_of=date(2025, 12, 30)).counted == 1

    def test_tenths_of_hours_add_up_exactly(self) -> None:
        rule = yearly(hours=0.3, parts=())
        assert account(rule, learned(0.1), learned(0.2)).verdict.is_yes

    @pytest.mark.parametrize(
        ("more", "learning", "why_not"),
        [
            ({"subjects": ("law", "ethics", "self-study")}, learned(9, "golf"), LearningNotCounted.SUBJECT),
            ({"providers": ("board",)}, learned(9, provider="club"), LearningNotCounted.PROVIDER),
            ({"papers": ("certificate",)}, learned(9, refused=("certificate",)), LearningNotCounted.PAPER_REFUSED),
            ({"providers": ("board",)}, learned(9), LearningNotCounted.NOT_KNOWN),
            ({"papers": ("certificate",)}, learned(9), LearningNotCounted.NOT_KNOWN),
            ({}, learned(9, is_verified=False), LearningNotCounted.NOT_KNOWN),
            ({"subjects": ("law", "ethics", "self-study")}, learned(9, None), LearningNotCounted.NOT_KNOWN),
        ],
    )
    def test_what_does_not_count_and_why(
        self, more: dict[str, object], learning: Learning, why_not: LearningNotCounted
    ) -> None:
        judged = account(yearly(**more), learning)
        (line,) = judged.lines
        assert (line.counted, line.why_not, judged.counted) == (0, why_not, 0)
        assert (judged.at_best > 0) == (why_not is LearningNotCounted.NOT_KNOWN)

    def test_every_code_of_a_reason(self) -> None:
        assert {why_not.value for why_not in LearningNotCounted} == {
            "subject-not-accepted", "provider-not-accepted", "paper-refused", "over-the-most", "not-known",
        }  # fmt: skip

    def test_the_hours_of_each_part(self) -> None:
        parts = account(yearly(), learned(2, "ethics"), learned(8, "self-study"), learned(1, None)).parts
        assert parts[0] == PartCount(part=ETHICS, counted=2, at_best=3)
        assert (parts[1].counted, parts[1].at_best) == (5, 5)


class TestNotKnown:
    """An unknown fact makes it not known only where it could make the hours enough, and is named."""

    def test_an_unverified_course_that_would_be_enough(self) -> None:
        verdict = account(yearly(parts=()), learned(12), learned(8, is_verified=False)).verdict
        assert verdict.missing == ("verification of 8 hours completed on 2025-03-01",)
        assert verdict.would_satisfy == ("8 hours of continuing education",)

    def test_one_that_would_not(self) -> None:
        assert account(yearly(parts=()), learned(12), learned(7.5, is_verified=False)).verdict.is_no

    def test_hours_of_an_unknown_subject_may_be_the_ethics_that_lack(self) -> None:
        assert account(yearly(), learned(20), learned(3, None)).verdict.missing == (
            "subject of 3 hours completed on 2025-03-01",
        )
        assert account(yearly(), learned(20), learned(2, None)).verdict.is_no

    def test_a_file_without_a_list_or_that_ends_too_early(self) -> None:
        standard = Standard.fixed("staff/learning", yearly(), since=date(2024, 1, 1), source=SOURCE)
        day = date(2025, 12, 31)
        without = explain_learning(StaffFile(worker="w-7"), standard, day=day, as_of=day)
        assert without.verdict.missing == ("continuing education",)
        early = StaffFile(worker="w-7", learning=(), stated_on=date(2025, 12, 30))
        assert explain_learning(early, standard, day=day, as_of=day).verdict.missing == (
            "continuing education since 2025-12-30",
        )
        assert explain_learning(attrs.evolve(early, stated_on=day), standard, day=day, as_of=day).verdict.is_no


class TestBruteForce:
    """The hours counted are those of the worst case, and at best those of the best, hour by hour."""

    @given(
        st.lists(
            st.tuples(
                st.integers(1, 3), st.sampled_from(["ethics", "self-study", "law", "golf", None, None]), st.booleans()
            ),
            max_size=5,
        ),
        learning_minimums(
            per=LearningPer.CALENDAR_YEARS, years=1, first_year=2024, asks_newcomers=True, providers=(), papers=(),
            counts_unverified=False, carries_over=0.0,
        ),
        st.integers(0, 8),
    )  # fmt: skip
    def test_it(self, courses: list[tuple[int, str | None, bool]], rule: LearningMinimum, asked: int) -> None:
        least = sum(int(part.at_least) for part in rule.parts)
        rule = attrs.evolve(rule, hours=float(max(asked, least)))
        judged = account(rule, *(learned(hours, subject, is_verified=sure) for hours, subject, sure in courses))
        unknown = sum(hours for hours, subject, _ in courses if subject is None)
        if unknown > 6:
            return
        totals, met = set(), set()
        unsure = [course for course in courses if not course[2]]
        for kept in product([True, False], repeat=len(unsure)):
            world = [c for c in courses if c[2]] + [c for c, keep in zip(unsure, kept, strict=True) if keep]
            loose = sum(hours for hours, subject, _ in world if subject is None)
            for split in product(["ethics", "self-study", "law", "golf"], repeat=loose):
                hours = {subject: split.count(subject) for subject in ("ethics", "self-study", "law", "golf")}
                for number, subject, _ in world:
                    if subject is not None:
                        hours[subject] += number
                if rule.subjects:
                    hours = {subject: number for subject, number in hours.items() if subject in rule.subjects}
                for part in rule.parts:
                    if part.at_most is not None and part.subjects[0] in hours:
                        hours[part.subjects[0]] = min(hours[part.subjects[0]], int(part.at_most))
                total = sum(hours.values())
                totals.add(total)
                met.add(
                    total >= rule.hours and all(hours.get(part.subjects[0], 0) >= part.at_least for part in rule.parts)
                )
        assert (judged.counted, judged.at_best) == (min(totals), max(totals))
        assert sum(line.counted for line in judged.lines) == judged.counted
        expected = Answer.NOT_KNOWN if len(met) == 2 else Answer.YES if True in met else Answer.NO
        assert judged.verdict.answer is expected
        turned = account(rule, *(learned(hours, subject, is_verified=sure) for hours, subject, sure in courses[::-1]))
        assert turned == judged


class TestCarriedOver:
    """At most 4 hours above the minimum count in the next year, and go no further (model agency)."""

    RULE = yearly(parts=(), carries_over=4)

    @pytest.mark.parametrize(("last_year", "carried"), [(20, 0), (22, 2), (24, 4), (30, 4), (10, 0)])
    def test_how_many(self, last_year: float, carried: float) -> None:
        judged = account(self.RULE, learned(last_year, on=date(2024, 5, 1)))
        assert (judged.carried, judged.counted) == (carried, carried)

    def test_what_was_carried_over_goes_no_further(self) -> None:
        two_years = [learned(24, on=date(2024, 5, 1)), learned(19, on=date(2025, 5, 1))]
        assert account(self.RULE, *two_years).verdict.is_yes
        assert account(self.RULE, *two_years, as_of=date(2026, 6, 1)).carried == 0

    def test_unverified_hours_may_be_carried_over(self) -> None:
        judged = account(self.RULE, learned(24, on=date(2024, 5, 1), is_verified=False), learned(16))
        assert (judged.carried, judged.carried_at_best) == (0, 4)
        assert judged.verdict.missing == ("hours left over from the stretch before",)


class TestRule:
    """A rule says everything that its kind of stretch needs, and nothing else."""

    @pytest.mark.parametrize(
        ("more", "problem"),
        [
            ({"years": None}, "years: must be said where per is calendar-years"),
            ({"span": Span(years=1)}, "span: must be left out where per is calendar-years"),
            ({"parts": (ETHICS, ETHICS)}, "parts: must not name a subject twice"),
            ({"subjects": ("law",)}, "parts: must name no subject but those in subjects"),
            ({"hours": 2}, "parts: must not ask for more hours together than hours does"),
            ({"hours": -1}, "hours: must be at least 0"),
        ],
    )
    def test_else_it_is_refused(self, more: dict[str, object], problem: str) -> None:
        with pytest.raises(NotReadable, match=problem):
            yearly(**more)

    @pytest.mark.parametrize(
        ("more", "problem"),
        [
            ({"span": {"business_days": 20}}, "span: must not be in business days"),
            ({"span": {"years": 1}, "carries_over": 4}, "carries_over: must be left out where per is rolling"),
        ],
    )
    def test_a_rolling_one_too(self, more: dict[str, object], problem: str) -> None:
        with pytest.raises(NotReadable, match=problem):
            read({"hours": 20, "per": "rolling", "counts_unverified": True, **more}, LearningMinimum)

    @pytest.mark.parametrize(
        ("fields", "problem"),
        [
            ({"subjects": ()}, "subjects: must name at least one subject"),
            ({"subjects": ("law",)}, "must say at_least or at_most"),
            ({"subjects": ("law",), "at_least": 3, "at_most": 2}, "at_most: must not be less than at_least"),
        ],
    )
    def test_a_part(self, fields: dict[str, object], problem: str) -> None:
        with pytest.raises(NotReadable, match=problem):
            LearningPart(**fields)  # type: ignore[arg-type]  # fields by name

    def test_fewer_hours_ask_for_less_where_all_else_is_the_same(self) -> None:
        assert yearly(hours=10).asks_for_less_than(yearly()) is True
        assert yearly().asks_for_less_than(yearly(hours=10)) is False
        assert yearly(hours=10).asks_for_less_than(yearly(parts=())) is None

    def test_no_stretch_holds_the_day(self) -> None:
        standard = Standard(
            name="staff/learning",
            editions=(Edition(since=date(2024, 6, 1), value=yearly(), source=SOURCE),),
        )
        file = StaffFile(worker="w-7", learning=())
        with pytest.raises(StandardNotInForce):
            explain_learning(file, standard, day=date(2024, 12, 31), as_of=date(2024, 12, 31))
        day = date(2025, 1, 1)
        assert explain_learning(file, standard, day=day, as_of=day).period.start == day
