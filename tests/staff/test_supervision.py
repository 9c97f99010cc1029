from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import (
    Covering,
    Supervision,
    SupervisionCircle,
    SupervisionSort,
    acting_for,
    acting_supervisor_of,
    away_on,
    chain_above,
    review_no_circles,
    supervisor_of,
    supervisors_on,
)
from casecore.terms import CasecoreError, NotReadable, Period
from casecore.testing.strategies.supervision import charts

FIRST = date(2026, 1, 1)
DAYS = (FIRST, FIRST + timedelta(days=20))


def under(worker: str, supervisor: str, since: date = FIRST, until: date | None = None) -> Supervision:
    return Supervision(worker=worker, supervisor=supervisor, since=since, until=until)


def away(absent: str, covered_by: str | None = None) -> Covering:
    return Covering(absent=absent, covered_by=covered_by, days=Period(FIRST, date(2026, 2, 1)))


class TestSupervisor:
    """Who supervises whom is dated, from the first day to the last."""

    CHART = (
        under("w-7", "w-2", date(2026, 1, 10), date(2026, 3, 1)),
        under("w-7", "w-3", date(2026, 2, 1), date(2026, 2, 10)),
        Supervision(worker="w-7", supervisor="w-9", since=FIRST, sort=SupervisionSort.CLINICAL),
    )

    @pytest.mark.parametrize(
        ("day", "supervisor"),
        [
            (date(2026, 1, 9), None),
            (date(2026, 1, 10), "w-2"),
            (date(2026, 1, 31), "w-2"),
            (date(2026, 2, 1), "w-3"),
            (date(2026, 2, 9), "w-3"),
            (date(2026, 2, 10), None),  # the later one took its place for good
        ],
    )
    def test_to_the_day(self, day: date, supervisor: str | None) -> None:
        assert supervisor_of("w-7", self.CHART, on=day) == supervisor
        assert supervisor_of("w-7", self.CHART[::-1], on=day) == supervisor

    def test_a_clinical_supervisor_is_another_one(self) -> None:
        assert supervisor_of("w-7", self.CHART, on=FIRST, sort=SupervisionSort.CLINICAL) == "w-9"
        assert supervisors_on(self.CHART, on=FIRST) == {}

    def test_two_from_the_same_day_are_refused(self) -> None:
        twice = [under("w-7", "w-2"), under("w-7", "w-3")]
        for ask in (lambda: supervisors_on(twice, on=FIRST), lambda: review_no_circles(twice)):
            with pytest.raises(NotReadable) as caught:
                ask()
            assert [problem.path for problem in caught.value.problems] == ["[1].supervisor"]
        review_no_circles([twice[0], twice[0]])

    def test_bad_values_are_refused(self) -> None:
        with pytest.raises(NotReadable, match="supervisor: must not be the worker themselves"):
            under("w-7", "w-7")
        with pytest.raises(NotReadable, match="until: must be after since"):
            under("w-7", "w-2", FIRST, FIRST)
        with pytest.raises(NotReadable, match="covered_by: must not be who is away"):
            away("w-7", "w-7")

    @given(charts(between=DAYS, may_circle=True), st.dates(*DAYS), st.sampled_from(SupervisionSort))
    def test_brute_force_day_by_day(self, chart: tuple[Supervision, ...], day: date, sort: SupervisionSort) -> None:
        now: dict[str, str] = {}
        walk = FIRST
        while walk <= day:
            for worker in {each.worker for each in chart}:
                mine = [each for each in chart if (each.worker, each.sort) == (worker, sort)]
                begun = [each for each in mine if each.since == walk]
                latest = max((each.since for each in mine if each.since <= walk), default=None)
                if begun:
                    now[worker] = begun[0].supervisor
                if any(each.until == walk and each.since == latest for each in mine):
                    now.pop(worker, None)
            walk += timedelta(days=1)
        assert supervisors_on(chart, on=day, sort=sort) == now


class TestNoCircles:
    """Nobody is their own supervisor, however long the way round."""

    def test_the_error_names_the_ids_and_the_day(self) -> None:
        chart = [under("w-3", "w-1", date(2026, 3, 1)), under("w-1", "w-2"), under("w-2", "w-3"), under("w-0", "w-3")]
        for ask in (
            lambda: review_no_circles(chart),
            lambda: chain_above("w-0", chart, on=date(2026, 3, 1)),
            lambda: chain_above("w-2", chart, on=date(2026, 3, 1)),
        ):
            with pytest.raises(SupervisionCircle) as caught:
                ask()
            assert (caught.value.path, caught.value.on) == (("w-1", "w-2", "w-3"), date(2026, 3, 1))
            assert str(caught.value) == "a circle of supervision on 2026-03-01: w-1 -> w-2 -> w-3 -> w-1"
        assert isinstance(caught.value, (CasecoreError, ValueError))
        assert chain_above("w-0", chart, on=date(2026, 2, 28)) == ("w-3",)

    def test_a_circle_that_ended_before_it_closed_is_none(self) -> None:
        review_no_circles([under("w-1", "w-2", FIRST, date(2026, 2, 1)), under("w-2", "w-1", date(2026, 2, 1))])
        with pytest.raises(SupervisionCircle):
            review_no_circles([under("w-1", "w-2", FIRST, date(2026, 2, 2)), under("w-2", "w-1", date(2026, 2, 1))])

    def test_line_and_clinical_supervision_may_cross(self) -> None:
        crossed = Supervision(worker="w-2", supervisor="w-1", since=FIRST, sort=SupervisionSort.CLINICAL)
        review_no_circles([under("w-1", "w-2"), crossed])

    @given(charts(workers=4, changes=6, between=DAYS, may_circle=True))
    def test_brute_force_every_day_and_every_round(self, chart: tuple[Supervision, ...]) -> None:
        """A circle is any order of some workers in which each is supervised by the next, tried one by one."""
        circles = set()
        day = FIRST
        while day <= DAYS[1]:
            for sort in SupervisionSort:
                above = supervisors_on(chart, on=day, sort=sort)
                for size in (2, 3, 4):
                    for order in permutations(["w-1", "w-2", "w-3", "w-4"], size):
                        if all(
                            above.get(one) == other for one, other in zip(order, (*order[1:], order[0]), strict=True)
                        ):
                            circles.add((day, sort, order))
            day += timedelta(days=1)
        if not circles:
            review_no_circles(chart)
            return
        with pytest.raises(SupervisionCircle) as caught:
            review_no_circles(chart)
        assert any((caught.value.on, sort, caught.value.path) in circles for sort in SupervisionSort)
        assert caught.value.path[0] == min(caught.value.path)

    @given(charts(between=DAYS), st.dates(*DAYS))
    def test_where_there_are_none_every_chain_ends(self, chart: tuple[Supervision, ...], day: date) -> None:
        review_no_circles(chart)
        for worker in {each.worker for each in chart}:
            chain = chain_above(worker, chart, on=day)
            assert worker not in chain
            assert len(set(chain)) == len(chain)
            assert chain[:1] == tuple(filter(None, [supervisor_of(worker, chart, on=day)]))


class TestCovering:
    """While a supervisor is away somebody acts for them."""

    CHART = (under("w-7", "w-2"), under("w-2", "w-1"))

    @pytest.mark.parametrize(
        ("coverings", "acts"),
        [
            ([], "w-2"),
            ([away("w-2", "w-3")], "w-3"),
            ([away("w-2", "w-3"), away("w-3", "w-4")], "w-4"),
            ([away("w-2")], "w-1"),
            ([away("w-2", "w-7")], "w-1"),  # nobody acts as their own supervisor
            ([away("w-2", "w-3"), away("w-3", "w-2")], "w-1"),
            ([away("w-2"), away("w-1")], None),
        ],
    )
    def test_who_acts(self, coverings: list[Covering], acts: str | None) -> None:
        assert acting_supervisor_of("w-7", self.CHART, coverings, on=FIRST) == acts
        chart = supervisors_on(self.CHART, on=FIRST)
        assert acting_for("w-7", chart, away_on(coverings, on=FIRST), FIRST) == acts

    def test_the_last_day_and_the_day_after(self) -> None:
        coverings = [away("w-2", "w-3")]
        assert acting_supervisor_of("w-7", self.CHART, coverings, on=date(2026, 1, 31)) == "w-3"
        assert acting_supervisor_of("w-7", self.CHART, coverings, on=date(2026, 2, 1)) == "w-2"

    def test_two_who_cover_for_one_are_refused(self) -> None:
        with pytest.raises(NotReadable, match=r"\[1\].covered_by"):
            away_on([away("w-2", "w-3"), away("w-2", "w-4")], on=FIRST)
