from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.standards import Exemption, ExemptionEnded, RulebookPinned, exemptions_of, lift, next_exemption_turn
from casecore.terms import Due, DueState, NotReadable, Period
from casecore.testing.strategies.standards import exemptions, exemptions_ended

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
DAYS = [date(2023, 12, 1) + timedelta(step) for step in range(0, 1600, 7)]


def exemption(since: date, until: date, *, granted_on: date = APRIL, name: str = "x-1") -> Exemption:
    return Exemption(
        granted_on=granted_on,
        exemption_id=name,
        standard="contacts/visits",
        reason="abroad",
        authority="director",
        since=since,
        until=until,
    )


def ended(on: date, name: str = "x-1") -> ExemptionEnded:
    return ExemptionEnded(ended_on=on, exemption_id=name, reason="back")


def visit(by: date, as_of: date, *, closes: date | None = None, standard: str = "contacts/visits") -> Due:
    window = Period(by - timedelta(10), by + timedelta(1))
    return Due(
        code="visit", what="a visit", since=window.start, window=window, as_of=as_of, standard=standard, closes=closes
    )


class TestAnExemptionStandsUntilItsDayOrIsEnded:
    """From its first day to the day before *until*, or before the day on which it is ended."""

    def test_the_day_before_and_the_day_of(self) -> None:
        granted = exemption(MAY, JUNE)
        covered = [granted.covers(day) for day in (date(2026, 4, 30), MAY, date(2026, 5, 31), JUNE)]
        assert covered == [False, True, True, False]

    def test_ended_early_it_is_shortened(self) -> None:
        (standing,) = exemptions_of([ended(date(2026, 5, 10)), exemption(MAY, JUNE)])
        assert (standing.since, standing.until) == (MAY, date(2026, 5, 10))

    @pytest.mark.parametrize("on", [APRIL, MAY])
    def test_ended_before_it_began_it_is_gone(self, on: date) -> None:
        assert exemptions_of([exemption(MAY, JUNE), ended(on)]) == ()

    @pytest.mark.parametrize("on", [JUNE, date(2026, 7, 1)])
    def test_ended_after_its_day_nothing_changes(self, on: date) -> None:
        assert exemptions_of([exemption(MAY, JUNE), ended(on)]) == (exemption(MAY, JUNE),)

    def test_of_several_endings_the_earliest_holds(self) -> None:
        (standing,) = exemptions_of([ended(date(2026, 5, 20)), exemption(MAY, JUNE), ended(date(2026, 5, 10))])
        assert standing.until == date(2026, 5, 10)

    def test_of_several_with_one_id_the_one_granted_last_holds(self) -> None:
        later = exemption(JUNE, date(2026, 7, 1), granted_on=MAY)
        assert exemptions_of([later, exemption(MAY, JUNE)]) == (later,)

    def test_an_ending_of_nothing_ends_nothing(self) -> None:
        assert exemptions_of([exemption(MAY, JUNE), ended(MAY, "x-2")]) == (exemption(MAY, JUNE),)

    def test_what_is_dated_after_the_day_asked_about_is_not_yet_so(self) -> None:
        pinned = RulebookPinned(pinned_on=APRIL, rulebook="law", pinned_to="1", reason="an entry of another kind")
        entries = [exemption(APRIL, JUNE, granted_on=MAY), ended(date(2026, 5, 10)), pinned]
        assert exemptions_of(entries, as_of=date(2026, 4, 30)) == ()
        assert [each.until for each in exemptions_of(entries, as_of=MAY)] == [JUNE]
        assert [each.until for each in exemptions_of(entries, as_of=date(2026, 5, 10))] == [date(2026, 5, 10)]

    def test_it_must_end_after_it_begins(self) -> None:
        with pytest.raises(NotReadable, match="until: must be after since"):
            exemption(MAY, MAY)

    @given(st.lists(exemptions(), max_size=3, unique_by=lambda each: each.exemption_id), st.data())
    def test_no_day_is_lifted_that_the_entries_do_not_lift(self, granted: list[Exemption], data: st.DataObject) -> None:
        endings = data.draw(st.lists(exemptions_ended(), max_size=3))
        standing = exemptions_of(data.draw(st.permutations([*granted, *endings])))
        for day in DAYS:
            lifted = {
                each.exemption_id
                for each in granted
                if each.since <= day < each.until
                and not any(end.exemption_id == each.exemption_id and end.ended_on <= day for end in endings)
            }
            assert {each.exemption_id for each in standing if each.covers(day)} == lifted


class TestAnExemptionLiftsWhatIsOwed:
    """It lifts a duty when it is in force on the last day for doing it on time; it moves no day."""

    GRANTED = (exemption(MAY, JUNE),)

    @pytest.mark.parametrize(
        ("by", "state"),
        [
            (date(2026, 4, 30), DueState.MISSED),
            (MAY, DueState.LIFTED),
            (date(2026, 5, 31), DueState.LIFTED),
            (JUNE, DueState.MISSED),
        ],
    )
    def test_by_its_last_day(self, by: date, state: DueState) -> None:
        as_of = date(2026, 7, 1)
        (due,) = lift([visit(by, as_of, closes=date(2026, 6, 15))], self.GRANTED)
        assert due.state is state
        assert due.window == visit(by, as_of).window

    @pytest.mark.parametrize(
        ("as_of", "state"),
        [
            (date(2026, 4, 30), DueState.OVERDUE),
            (MAY, DueState.LIFTED),
            (date(2026, 5, 31), DueState.LIFTED),
            (JUNE, DueState.OVERDUE),
        ],
    )
    def test_what_stays_open_is_lifted_for_a_time(self, as_of: date, state: DueState) -> None:
        (due,) = lift([visit(date(2026, 4, 10), as_of)], self.GRANTED)
        assert due.state is state

    def test_it_says_by_whom_until_when_and_why(self) -> None:
        (due,) = lift([visit(MAY, MAY)], self.GRANTED)
        assert due.lifted_because == "exempted by director until 2026-06-01: abroad"

    def test_another_standard_is_not_lifted(self) -> None:
        other = visit(MAY, MAY, standard="contacts/other")
        assert lift([other], self.GRANTED) == (other,)
        assert lift([other], ()) == (other,)

    def test_what_was_done_is_shown_as_done(self) -> None:
        done = attrs.evolve(visit(MAY, MAY), met_on=date(2026, 4, 28))
        assert lift([done], self.GRANTED)[0].state is DueState.MET

    def test_a_reason_already_given_stays(self) -> None:
        excused = attrs.evolve(visit(MAY, MAY), lifted_because="in the hospital all month")
        assert lift([excused], self.GRANTED) == (excused,)


class TestTheDayToLookAgain:
    """An exemption turns on the day it begins and on the day it ends."""

    def test_its_days(self) -> None:
        granted = [exemption(MAY, JUNE), exemption(date(2026, 5, 10), date(2026, 5, 20), name="x-2")]
        turns = [APRIL]
        while (turn := next_exemption_turn(granted, turns[-1])) is not None:
            turns.append(turn)
        assert turns[1:] == [MAY, date(2026, 5, 10), date(2026, 5, 20), JUNE]
        assert next_exemption_turn([], APRIL) is None

    @given(st.lists(exemptions(), max_size=3), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
    def test_between_turns_an_open_duty_keeps_its_state(self, granted: list[Exemption], by: date) -> None:
        day = by + timedelta(1)
        turn = next_exemption_turn(granted, day) or date(2030, 1, 1)
        (first,) = lift([visit(by, day, standard="plans/review")], granted)
        (last,) = lift([visit(by, turn - timedelta(1), standard="plans/review")], granted)
        assert first.state is last.state
