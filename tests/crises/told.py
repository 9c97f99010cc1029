"""Contacts for the tests of this room."""

from datetime import date

from hypothesis import strategies as st

from casecore.contacts import Contact, Mode, Outcome, Party, Place


def contact_lists(*, between: tuple[date, date], most: int = 8) -> st.SearchStrategy[list[Contact]]:
    return st.lists(
        st.builds(
            Contact,
            held_on=st.dates(*between),
            mode=st.sampled_from(Mode),
            outcome=st.sampled_from((Outcome.HELD, Outcome.HELD, Outcome.NO_SHOW)),
            party=st.sampled_from(Party),
            place=st.none() | st.sampled_from(Place),
        ),
        max_size=most,
    )
