from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.terms import Due, DueState, NotReadable, Period
from casecore.testing.strategies import terms as strategies

START, END, CLOSES = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
DAY = timedelta(days=1)


def owed(as_of: date, *, met_on: date | None = None, closes: date | None = None, lifted: str | None = None) -> Due:
    return Due(
        code="visit-owed",
        what="one home visit",
        window=Period(START, END),
        closes=closes,
        since=START,
        as_of=as_of,
        met_on=met_on,
        lifted_because=lifted,
    )


class TestState:
    """One definition of upcoming, due, overdue, met, met late, missed, lifted."""

    @pytest.mark.parametrize(
        ("as_of", "closes", "state"),
        [
            (START - DAY, None, DueState.UPCOMING),
            (START, None, DueState.DUE),
            (END - DAY, None, DueState.DUE),
            (END, None, DueState.OVERDUE),
            (END, END, DueState.MISSED),
            (END - DAY, END, DueState.DUE),
            (CLOSES - DAY, CLOSES, DueState.OVERDUE),
            (CLOSES, CLOSES, DueState.MISSED),
            (date(2036, 1, 1), None, DueState.OVERDUE),
        ],
    )
    def test_not_done(self, as_of: date, closes: date | None, state: DueState) -> None:
        assert owed(as_of, closes=closes).state is state

    @pytest.mark.parametrize(
        ("met_on", "closes", "state"),
        [
            (START - DAY, None, DueState.MET),
            (START, None, DueState.MET),
            (END - DAY, None, DueState.MET),
            (END, None, DueState.MET_LATE),
            (END, END, DueState.MISSED),
            (CLOSES - DAY, CLOSES, DueState.MET_LATE),
            (CLOSES, CLOSES, DueState.MISSED),
        ],
    )
    def test_done(self, met_on: date, closes: date | None, state: DueState) -> None:
        assert owed(CLOSES + DAY, met_on=met_on, closes=closes).state is state

    def test_an_early_act_counts_as_met_before_the_window_opens(self) -> None:
        assert owed(START - DAY, met_on=START - 2 * DAY).state is DueState.MET

    def test_what_is_done_tomorrow_is_not_done_today(self) -> None:
        assert owed(START, met_on=START + DAY).state is DueState.DUE
        assert owed(START + DAY, met_on=START + DAY).state is DueState.MET

    @pytest.mark.parametrize("as_of", [START - DAY, START, END, CLOSES, CLOSES + DAY])
    def test_an_exemption_lifts_it_whatever_the_day(self, as_of: date) -> None:
        assert owed(as_of, closes=CLOSES, lifted="exempted").state is DueState.LIFTED

    def test_met_outranks_lifted(self) -> None:
        assert owed(END, met_on=START, lifted="exempted").state is DueState.MET
        assert owed(CLOSES, met_on=END, lifted="exempted").state is DueState.MET_LATE
        assert owed(START, met_on=END, lifted="exempted").state is DueState.LIFTED

    @given(
        st.integers(-40, 90), st.none() | st.integers(-40, 90), st.none() | st.integers(0, 60), st.booleans()
    )  # days from the window's start, the same, days from its end
    def test_a_table_of_all_cases_says_the_same(
        self, asked: int, met: int | None, closing: int | None, lifted: bool
    ) -> None:
        as_of = START + asked * DAY
        met_on = None if met is None else START + met * DAY
        closes = None if closing is None else END + closing * DAY
        due = owed(as_of, met_on=met_on, closes=closes, lifted="exempted" if lifted else None)
        done = met is not None and met <= asked
        last_on_time, last_at_all = 30, 10**6 if closing is None else 30 + closing
        moment = met if done and met is not None else asked
        reached = "late" if last_on_time < moment <= last_at_all else "on time" if moment <= last_on_time else "over"
        expected = {
            (True, "on time"): DueState.MET,
            (True, "late"): DueState.MET_LATE,
            (True, "over"): DueState.MISSED,
            (False, "on time"): DueState.UPCOMING if asked < 0 else DueState.DUE,
            (False, "late"): DueState.OVERDUE,
            (False, "over"): DueState.MISSED,
        }[done, reached]
        assert due.state is (DueState.LIFTED if lifted and not done else expected)

    @given(st.data())
    def test_the_strategy_makes_every_state(self, data: st.DataObject) -> None:
        state = data.draw(st.sampled_from(DueState))
        assert data.draw(strategies.dues(states=[state])).state is state

    def test_open_is_due_or_overdue(self) -> None:
        assert [state for state in DueState if state.is_open] == [DueState.DUE, DueState.OVERDUE]


class TestDue:
    """A thing owed has a window, and is seen as of a day."""

    def test_the_last_day_on_time_is_the_windows_last(self) -> None:
        assert owed(START).by == date(2026, 3, 31)

    def test_seen_on_another_day_only_the_day_differs(self) -> None:
        due = owed(START, closes=CLOSES)
        assert due.seen_on(CLOSES) == owed(CLOSES, closes=CLOSES)
        assert due.seen_on(START) == due

    def test_it_cannot_close_before_its_window_ends(self) -> None:
        with pytest.raises(NotReadable, match="closes: must not be before the end of the window"):
            owed(START, closes=END - DAY)

    @given(strategies.dues(states=[DueState.MET, DueState.MET_LATE, DueState.MISSED]), st.integers(0, 500))
    def test_a_state_that_is_settled_stays(self, due: Due, later: int) -> None:
        assert due.seen_on(due.as_of + later * DAY).state is due.state
