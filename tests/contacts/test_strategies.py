"""What the strategies give can be written down as plain data and read back the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.terms import plain, read
from casecore.testing.strategies import contacts as given_by


@pytest.mark.parametrize(
    "strategy",
    [
        given_by.contacts(), given_by.efforts_documented(), given_by.stays(), given_by.countings(),
        given_by.pairs_on_a_day(), given_by.contact_minimums(), given_by.note_deadlines(), given_by.billing_units(),
        given_by.contact_tiers(),
    ],
    ids=["contact", "effort", "stay", "counting", "pair", "minimum", "note", "units", "tiers"],
)  # fmt: skip
def test_every_value_survives_being_written_down(strategy: st.SearchStrategy[Any]) -> None:
    @settings(max_examples=25, deadline=None)
    @given(strategy)
    def survives(value: Any) -> None:
        assert read(plain(value), type(value)) == value

    survives()


@settings(max_examples=25, deadline=None)
@given(given_by.contacts(minutes=20, worker=None))
def test_fields_can_be_fixed(contact: Any) -> None:
    assert (contact.minutes, contact.worker) == (20, None)
    assert given_by.DEFAULT_DAYS[0] <= contact.held_on <= given_by.DEFAULT_DAYS[1]
