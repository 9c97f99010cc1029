"""Parts of full time are summed as whole numbers over one denominator; here day by day, as fractions."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from casecore.staff.posts import Counting, YearOfWork
from casecore.staff.qualifying.amounts import Scale
from casecore.staff.qualifying.months import Extent, Stretch, counted, position
from casecore.staff.qualifying.seen import Reckoning

COUNTINGS = {
    "calendar months": ("months", Counting(full_time_hours=37.5)),
    "years of 365 days": ("months", Counting(year=YearOfWork.DAYS, days_in_a_year=365)),
    "days": ("days", Counting()),
    "hours": ("hours", Counting(full_time_hours=37.5)),
}

extents = st.sampled_from([counted(share) for share in (1.0, 0.5, 0.3, 0.75, 0.2)] + [Fraction(1, 3), Fraction(24, 35)])


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    start = (date(2019, 12, 20) + timedelta(days=draw(st.integers(0, 200)))).toordinal()
    return Stretch(start, start + draw(st.integers(1, 120)), draw(extents))


def day_by_day(spells: list[Stretch], scale: Scale) -> Extent:
    """The sum of what was worked on each day, no day more than full; by the anchor that gives the most."""
    best: Extent = 0
    for anchor in {date.fromordinal(spell.start).day for spell in spells}:
        points = Fraction(0)
        for day in range(min(spell.start for spell in spells), max(spell.end for spell in spells)):
            extent = min(sum(spell.extent for spell in spells if spell.start <= day < spell.end), scale.most_a_day)
            worth = position(day + 1, anchor) - position(day, anchor) if scale.worth is None else scale.worth
            points += Fraction(extent) * worth
        best = max(best, points)
    return best


class TestWorkIsSummedInWholeNumbers:
    """Overlapping part-time work comes to the sum of its days, none of which is more than a full one."""

    @given(spells=st.lists(stretches(), min_size=1, max_size=4), counting=st.sampled_from(sorted(COUNTINGS)))
    def test_it_comes_to_what_the_days_come_to(self, spells: list[Stretch], counting: str) -> None:
        unit, counted_so = COUNTINGS[counting]
        scale = Scale(unit, Reckoning(counted_so, counts_unverified=True))
        assert scale.measured(spells) == day_by_day(spells, scale)

    @given(spells=st.lists(stretches(), min_size=1, max_size=3))
    def test_it_is_never_a_number_with_a_decimal_point(self, spells: list[Stretch]) -> None:
        for unit, counted_so in COUNTINGS.values():
            measured = Scale(unit, Reckoning(counted_so, counts_unverified=True)).measured(spells)
            assert isinstance(measured, int | Fraction)
