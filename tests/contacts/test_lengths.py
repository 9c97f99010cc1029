"""How long a contact lasted, and whose day it belongs to (choice 1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.contacts import Contact, Mode, Outcome, day_of, length_of, minutes_between
from casecore.terms import NotReadable

NEW_YORK = ZoneInfo("America/New_York")


class TestTheDay:
    """A contact belongs to the agency's day on which it began."""

    def test_a_contact_across_midnight_belongs_to_the_day_it_began(self) -> None:
        began = datetime(2026, 3, 4, 23, 50, tzinfo=NEW_YORK)
        assert day_of(began, NEW_YORK) == date(2026, 3, 4)

    def test_the_agencys_zone_makes_the_day_not_the_zone_it_was_written_in(self) -> None:
        assert day_of(datetime(2026, 3, 5, 4, 59, tzinfo=UTC), NEW_YORK) == date(2026, 3, 4)
        assert day_of(datetime(2026, 3, 5, 5, 0, tzinfo=UTC), NEW_YORK) == date(2026, 3, 5)

    def test_an_instant_without_a_zone_is_refused(self) -> None:
        with pytest.raises(NotReadable, match="instant"):
            day_of(datetime(2026, 3, 5), NEW_YORK)  # noqa: DTZ001  # that is the point


class TestTheLength:
    """The length is the time that went by, whatever the clock on the wall did."""

    def test_the_hour_left_out_in_spring_is_not_counted(self) -> None:
        began, ended = datetime(2026, 3, 8, 1, 30, tzinfo=NEW_YORK), datetime(2026, 3, 8, 3, 30, tzinfo=NEW_YORK)
        assert minutes_between(began, ended) == 60

    def test_the_hour_repeated_in_autumn_is_counted_twice(self) -> None:
        began, ended = datetime(2026, 11, 1, 0, 30, tzinfo=NEW_YORK), datetime(2026, 11, 1, 2, 30, tzinfo=NEW_YORK)
        assert minutes_between(began, ended) == 180

    def test_a_contact_held_while_the_clock_goes_back_can_be_written_down(self) -> None:
        began = datetime(2026, 11, 1, 1, 50, tzinfo=NEW_YORK)
        ended = datetime(2026, 11, 1, 1, 10, fold=1, tzinfo=NEW_YORK)
        contact = Contact(
            held_on=date(2026, 11, 1), mode=Mode.VIDEO, outcome=Outcome.HELD, began_at=began, ended_at=ended
        )
        assert length_of(contact) == 20

    def test_a_part_of_a_minute_is_not_counted(self) -> None:
        began = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
        assert minutes_between(began, began + timedelta(minutes=7, seconds=59)) == 7

    def test_what_is_written_down_stands_before_the_instants(self) -> None:
        began = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
        contact = Contact(
            held_on=date(2026, 3, 4), mode=Mode.VIDEO, outcome=Outcome.HELD, minutes=5, began_at=began,
            ended_at=began + timedelta(minutes=30),
        )  # fmt: skip
        assert length_of(contact) == 5

    def test_one_instant_alone_gives_no_length(self) -> None:
        began = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
        contact = Contact(held_on=date(2026, 3, 4), mode=Mode.VIDEO, outcome=Outcome.HELD, began_at=began)
        assert length_of(contact) is None

    def test_an_end_before_the_beginning_is_refused(self) -> None:
        began = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
        with pytest.raises(NotReadable, match="before began_at"):
            minutes_between(began, began - timedelta(seconds=1))

    @settings(max_examples=50, deadline=None)
    @given(
        st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(NEW_YORK)),  # noqa: DTZ001
        st.integers(0, 3000),
        st.integers(-12, 12),
    )
    def test_it_is_the_same_in_every_zone(self, began: datetime, minutes: int, hours: int) -> None:
        began = began.astimezone(UTC)
        ended = began + timedelta(minutes=minutes)
        elsewhere = timezone(timedelta(hours=hours))
        assert minutes_between(began.astimezone(NEW_YORK), ended.astimezone(elsewhere)) == minutes
