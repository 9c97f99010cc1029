from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from casecore.staff import Spell, StaffFile
from casecore.staff.posts import Counting, Work
from casecore.staff.posts.work import Holding
from casecore.staff.qualifying.months import Extent, Stretch
from casecore.staff.qualifying.seen import Reckoning, Seen
from casecore.staff.qualifying.work_done import Looked, extents, full_day, hours_a_day, looked_at, work_done
from casecore.terms import Span, read
from tests.staff.qualifying.told import ON, bachelor, day, license_, work

FEBRUARY = Looked(day("2026-02-01").toordinal(), day("2026-03-01").toordinal())
LMSW = read({"credential": {"names": ["LMSW"]}}, Holding)
BACHELOR = read({"degree": {"level": "bachelor"}}, Holding)


def stretch(first: str, last: str, extent: Extent = 1, spell: int = 0) -> Stretch:
    return Stretch(day(first).toordinal(), day(last).toordinal() + 1, extent, spell)


WHOLE = stretch("2026-02-01", "2026-02-28")


def in_february(
    asked: Work,
    *spells: Spell,
    full_time_hours: float | None = None,
    counts_unverified: bool = False,
    in_hours: bool = False,
    in_proportion: bool = True,
    **file: Any,
) -> tuple[list[Stretch], list[Stretch], list[str]]:
    """The work in February 2026, for sure and perhaps, and what is noted as not known after something before."""
    unknown = ["before"]
    reckoning = Reckoning(Counting(full_time_hours=full_time_hours), counts_unverified=counts_unverified)
    seen = Seen(StaffFile(worker="w-1", experience=spells, **file), ON, reckoning)
    surely, perhaps = work_done(asked, FEBRUARY, seen, ON, unknown, in_hours=in_hours, in_proportion=in_proportion)
    assert unknown.pop(0) == "before"
    return surely, perhaps, unknown


class TestDaysLookedAt:
    """Work counts on the days looked at: from the first of them to the last, and on no other."""

    def test_work_that_lasts_longer_is_cut_to_them(self) -> None:
        assert in_february(Work(), work("2020-01-01")) == ([WHOLE], [WHOLE], [])
        assert in_february(Work(), work("2020-01-01", "2026-03-01")) == ([WHOLE], [WHOLE], [])

    @pytest.mark.parametrize(
        ("began", "ended"), [("2026-01-01", "2026-01-31"), ("2026-03-01", "2026-03-31"), ("2026-03-01", None)]
    )
    def test_what_lies_outside_is_left_out_and_not_asked_about(self, began: str, ended: str | None) -> None:
        outside = work(began, ended, unknown=True)
        inside = work("2026-02-03", "2026-02-03")
        one = [stretch("2026-02-03", "2026-02-03", spell=1)]
        assert in_february(Work(), outside, inside) == (one, one, [])

    def test_the_first_and_the_last_day_count(self) -> None:
        ends = work("2026-01-01", "2026-02-01"), work("2026-02-28")
        both = [stretch("2026-02-01", "2026-02-01"), stretch("2026-02-28", "2026-02-28", spell=1)]
        assert in_february(Work(), *ends) == (both, both, [])

    def test_which_days_they_are(self) -> None:
        for counts, last in ((True, "2026-03-02"), (False, "2026-03-01")):
            reckoning = Reckoning(Counting(day_asked_counts=counts), counts_unverified=False)
            seen = Seen(StaffFile(worker="w-1"), ON, reckoning)
            assert looked_at(ON, Span(days=7), seen) == (day("2026-02-23").toordinal(), day(last).toordinal())
            assert looked_at(ON, None, seen) == (1, day(last).toordinal())

    def test_no_list_is_no_work(self) -> None:
        seen = Seen(StaffFile(worker="w-1"), ON, Reckoning(Counting(), counts_unverified=False))
        assert work_done(Work(), FEBRUARY, seen, ON, [], in_hours=False, in_proportion=True) == ([], [])


class TestHowFarTheFileTells:
    """Work that still lasted when the file was stated is sure up to that day."""

    def test_up_to_the_day_on_which_it_was_stated(self) -> None:
        found = in_february(Work(), work("2020-01-01"), stated_on=day("2026-02-10"))
        assert found == ([stretch("2026-02-01", "2026-02-10")], [WHOLE], ["stated_on"])
        for told in ("2026-02-28", "2026-03-01"):
            assert in_february(Work(), work("2020-01-01"), stated_on=day(told)) == ([WHOLE], [WHOLE], [])

    def test_work_that_began_later_is_only_perhaps(self) -> None:
        found = in_february(Work(), work("2026-02-15"), stated_on=day("2026-02-10"))
        assert found == ([], [stretch("2026-02-15", "2026-02-28")], ["stated_on"])

    def test_the_end_that_is_told_is_sure(self) -> None:
        found = in_february(Work(), work("2020-01-01", "2026-02-20"), stated_on=day("2026-02-10"))
        assert found == ([stretch("2026-02-01", "2026-02-20")], [stretch("2026-02-01", "2026-02-20")], [])


class TestAfterAndBefore:
    """What came after, or before, something was first held: sure and perhaps have bounds of their own."""

    def test_after(self) -> None:
        held = (license_("2026-02-05", is_verified=False), license_("2026-02-10"))
        found = in_february(Work(after=LMSW), work("2020-01-01"), credentials=held)
        assert found == (
            [stretch("2026-02-10", "2026-02-28")],
            [stretch("2026-02-05", "2026-02-28")],
            ["credentials[0].is_verified"],
        )

    def test_before(self) -> None:
        held = (license_("2026-02-05", is_verified=False), license_("2026-02-10"))
        found = in_february(Work(before=LMSW), work("2020-01-01"), credentials=held)
        assert found == (
            [stretch("2026-02-01", "2026-02-04")],
            [stretch("2026-02-01", "2026-02-09")],
            ["credentials[0].is_verified"],
        )

    def test_where_it_is_not_known_since_when(self) -> None:
        assert in_february(Work(after=LMSW), work("2020-01-01")) == ([], [WHOLE], ["credentials"])
        assert in_february(Work(before=LMSW), work("2020-01-01")) == ([], [WHOLE], ["credentials"])
        undated: dict[str, Any] = {"degrees": (bachelor(None),)}
        assert in_february(Work(after=BACHELOR), work("2020-01-01"), **undated) == (
            [],
            [WHOLE],
            ["degrees[0].awarded_on"],
        )


class TestWhichWork:
    """Work that does not fit is passed over; the work after it still counts."""

    def test_work_of_another_kind(self) -> None:
        found = in_february(Work(kinds=("a",)), work("2020-01-01", kinds=("b",)), work("2020-01-01", kinds=("a",)))
        assert found == ([WHOLE._replace(spell=1)], [WHOLE._replace(spell=1)], [])

    def test_work_of_a_kind_that_is_not_known(self) -> None:
        assert in_february(Work(kinds=("a",)), work("2020-01-01")) == ([], [WHOLE], ["experience[0].kinds"])

    def test_work_that_was_only_said(self) -> None:
        said = work("2020-01-01", is_verified=False)
        assert in_february(Work(), said) == ([], [WHOLE], ["experience[0].is_verified"])
        assert in_february(Work(), said, counts_unverified=True) == ([WHOLE], [WHOLE], [])

    def test_part_time_where_only_full_time_counts(self) -> None:
        """What is not known of work that cannot count is not asked; what is not known of other work is."""
        asked = Work(full_time=True, kinds=("a",))
        part, full = work("2020-01-01", share=0.9), work("2020-01-01", kinds=("a",))
        unsaid = work("2020-01-01", unknown=True, kinds=("a",))
        found = in_february(asked, unsaid, part, full)
        assert found == ([WHOLE._replace(spell=2)], [WHOLE, WHOLE._replace(spell=2)], ["experience[0].share"])


class TestHowMuchOfADay:
    """Each day counts with the least extent that is sure, and perhaps with the most that there could be."""

    @pytest.mark.parametrize(
        ("extent", "full_time_hours", "least", "most", "missing"),
        [
            ({"share": 1.0}, None, 1, 1, []),
            ({"share": 0.5}, None, Fraction(1, 2), Fraction(1, 2), []),
            ({"share": 0.0}, None, 0, 0, []),
            ({"unknown": True}, 35, 0, 1, ["experience[0].share"]),
            ({"hours_per_week": 14}, 35, Fraction(2, 5), Fraction(2, 5), []),
            ({"hours_per_week": 35}, 35, 1, 1, []),
            ({"hours_per_week": 70}, 35, 1, 1, []),
            ({"hours_per_week": 14}, None, 0, 1, ["full_time_hours"]),
            ({"hours_per_week": 0}, None, 0, 0, []),
        ],
    )
    def test_in_parts_of_full_time(
        self, extent: Any, full_time_hours: float | None, least: Extent, most: Extent, missing: list[str]
    ) -> None:
        spell = work("2020-01-01", **extent)
        assert extents(spell, None if full_time_hours is None else Fraction(full_time_hours)) == (least, most)
        found = in_february(Work(), spell, full_time_hours=full_time_hours)
        sure, perhaps = WHOLE._replace(extent=least), WHOLE._replace(extent=most)
        assert found == ([sure] if least else [], [perhaps] if most else [], missing)

    @pytest.mark.parametrize(
        ("extent", "full_time_hours", "least", "most", "missing"),
        [
            ({"share": 1.0}, 35, 5, 5, []),
            ({"share": 0.5}, 35, Fraction(5, 2), Fraction(5, 2), []),
            ({"share": 0.0}, 35, 0, 0, []),
            ({"share": 0.0}, None, 0, 0, []),
            ({"share": 1.0}, None, 0, 24, ["full_time_hours"]),
            ({"unknown": True}, None, 0, 24, ["experience[0].share"]),
            ({"unknown": True}, 35, 0, 5, ["experience[0].share"]),
            ({"hours_per_week": 14}, None, 2, 2, []),
            ({"hours_per_week": 14}, 35, 2, 2, []),
            ({"hours_per_week": 70}, 35, 5, 5, []),
            ({"hours_per_week": 70}, None, 10, 10, []),
        ],
    )
    def test_in_hours(
        self, extent: Any, full_time_hours: float | None, least: Extent, most: Extent, missing: list[str]
    ) -> None:
        spell = work("2020-01-01", **extent)
        assert hours_a_day(spell, None if full_time_hours is None else Fraction(full_time_hours)) == (least, most)
        found = in_february(Work(), spell, full_time_hours=full_time_hours, in_hours=True)
        sure, perhaps = WHOLE._replace(extent=least), WHOLE._replace(extent=most)
        assert found == ([sure] if least else [], [perhaps] if most else [], missing)

    def test_all_hours_of_a_spell_are_spread_over_its_days(self) -> None:
        spell = work("2026-01-31", "2026-02-09", hours=30)  # ten days of three hours
        assert hours_a_day(spell, None) == (3, 3)
        assert extents(spell, Fraction(42)) == (Fraction(1, 2), Fraction(1, 2))

    def test_a_full_day(self) -> None:
        assert full_day(None) == (0, 24)
        assert full_day(Fraction(35)) == (5, 5)

    def test_a_day_of_service_is_a_full_one(self) -> None:
        spell = work("2020-01-01", share=0.1)
        assert in_february(Work(), spell, in_proportion=False) == ([WHOLE], [WHOLE], [])
        five = WHOLE._replace(extent=5)
        found = in_february(Work(), spell, in_proportion=False, in_hours=True, full_time_hours=35)
        assert found == ([five], [five], [])
        found = in_february(Work(), spell, in_proportion=False, in_hours=True)
        assert found == ([], [WHOLE._replace(extent=24)], ["full_time_hours"])

    def test_a_day_of_service_that_must_be_of_full_time(self) -> None:
        """Whether it is, is not known; so no day is sure, though each would be a full one."""
        found = in_february(Work(full_time=True), work("2020-01-01", unknown=True), in_proportion=False)
        assert found == ([], [WHOLE], ["experience[0].share"])
