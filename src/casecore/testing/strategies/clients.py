"""Strategies for the persons served. All values are legal."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from casecore.clients import ClientDescribed

from .terms import CASE_YEARS, labels, refs

Days = tuple[date, date]
BIRTHDAYS: Days = (date(1930, 1, 1), date(2020, 2, 29))


def clients_described(*, between: Days = CASE_YEARS, client: str | None = None) -> st.SearchStrategy[ClientDescribed]:
    """Descriptions of a person; name, birthday and language may be unknown."""
    return st.builds(
        ClientDescribed,
        described_on=st.dates(*between),
        client=refs() if client is None else st.just(client),
        name=st.none() | labels(),
        born_on=st.none() | st.dates(*BIRTHDAYS),
        language=st.none() | labels(),
    )
