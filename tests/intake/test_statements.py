"""Facts written down in a record, and what they come to on a day."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.clients import ClientDescribed
from casecore.intake import (
    Admission,
    Fact,
    Facts,
    FactStated,
    Happening,
    History,
    HistoryStated,
    ReferralReceived,
    ReferralSource,
    facts_of,
)
from casecore.terms import Entry, NotReadable, plain, read
from casecore.testing.strategies import intake as legal

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


class TestFactsOf:
    """A later statement replaces an earlier one; what happened after the day asked about is not seen."""

    ENTRIES: tuple[Entry, ...] = (
        ClientDescribed(described_on=MARCH, client="c", born_on=date(1990, 5, 1)),
        FactStated(stated_on=MARCH, name="gaf", number=45),
        FactStated(stated_on=MAY, name="gaf", number=55, is_verified=False),
        FactStated(stated_on=APRIL, name="gaf", number=50),
        FactStated(stated_on=MARCH, name="homeless", is_so=True, until=APRIL),
        ReferralReceived(received_on=MARCH, source=ReferralSource.SELF),
    )

    def gaf(self, as_of: date) -> Fact | None:
        return next((fact for fact in facts_of(self.ENTRIES, as_of=as_of).known if fact.name == "gaf"), None)

    def test_the_latest_statement_stands(self) -> None:
        assert self.gaf(date(2026, 2, 28)) is None
        assert self.gaf(MARCH) == Fact(name="gaf", known_on=MARCH, number=45)
        assert self.gaf(date(2026, 4, 30)) == Fact(name="gaf", known_on=APRIL, number=50)

    def test_also_where_it_is_not_verified(self) -> None:
        assert self.gaf(MAY) == Fact(name="gaf", known_on=MAY, number=55, is_verified=False)

    def test_an_expired_fact_keeps_its_day_of_expiry(self) -> None:
        known = facts_of(self.ENTRIES, as_of=MAY).known
        assert Fact(name="homeless", known_on=MARCH, is_so=True, until=APRIL) in known

    def test_a_later_description_replaces_the_date_of_birth(self) -> None:
        assert facts_of(self.ENTRIES, as_of=MAY).born_on == date(1990, 5, 1)
        later = ClientDescribed(described_on=APRIL, client="c")
        assert facts_of([later, *self.ENTRIES], as_of=MAY).born_on is None
        assert facts_of([later, *self.ENTRIES], as_of=MARCH).born_on == date(1990, 5, 1)

    def test_on_one_day_the_one_given_last_stands(self) -> None:
        one, other = (FactStated(stated_on=MARCH, name="gaf", number=number) for number in (40, 41))
        assert facts_of([one, other], as_of=MARCH).known == (Fact(name="gaf", known_on=MARCH, number=41),)
        assert facts_of([other, one], as_of=MARCH).known == (Fact(name="gaf", known_on=MARCH, number=40),)

    def test_a_list_is_known_through_the_day_of_the_statement(self) -> None:
        missed = (Happening(began_on=date(2026, 2, 2)),)
        told = HistoryStated(stated_on=MARCH, name="missed", happenings=missed, complete_from=date(2026, 1, 1))
        kept_up = HistoryStated(
            stated_on=APRIL, name="missed", happenings=missed, complete_from=date(2026, 1, 1), is_kept_up=True
        )
        assert facts_of([kept_up, told], as_of=MARCH).histories == (
            History(name="missed", happenings=missed, complete_from=date(2026, 1, 1), known_until=date(2026, 3, 2)),
        )
        assert facts_of([kept_up, told], as_of=APRIL).histories == (
            History(name="missed", happenings=missed, complete_from=date(2026, 1, 1)),
        )

    def test_a_name_is_what_it_was_last_stated_to_be(self) -> None:
        fact = FactStated(stated_on=MARCH, name="missed", number=3)
        listed = HistoryStated(stated_on=APRIL, name="missed")
        assert facts_of([fact, listed], as_of=APRIL).known == ()
        assert facts_of([fact, listed], as_of=MARCH).histories == ()

    def test_nothing_stated_is_nothing_known(self) -> None:
        assert facts_of([], as_of=MARCH) == Facts()

    @given(
        st.lists(legal.facts_stated() | legal.histories_stated(), unique_by=lambda entry: entry.stated_on),
        st.dates(*legal.YEARS),
        st.randoms(use_true_random=False),
    )
    @settings(max_examples=50, deadline=None)
    def test_in_any_order_the_latest_of_each_name(
        self, entries: list[FactStated | HistoryStated], as_of: date, shuffle: random.Random
    ) -> None:
        past = sorted((entry for entry in entries if entry.stated_on <= as_of), key=lambda entry: entry.stated_on)
        latest = {entry.name: entry for entry in past}
        facts = facts_of(shuffle.sample(entries, len(entries)), as_of=as_of)
        assert {fact.name: (fact.known_on, fact.is_so, fact.number, fact.codes) for fact in facts.known} == {
            name: (entry.stated_on, entry.is_so, entry.number, entry.codes)
            for name, entry in latest.items()
            if isinstance(entry, FactStated)
        }
        assert {history.name: history.happenings for history in facts.histories} == {
            name: entry.happenings for name, entry in latest.items() if isinstance(entry, HistoryStated)
        }


class TestBadInput:
    """Everything wrong at once, with its path, and never the value."""

    @pytest.mark.parametrize(
        ("make", "path", "message"),
        [
            (lambda: FactStated(stated_on=MARCH, name="x"), "", "must give exactly one of is_so, number, codes"),
            (lambda: Fact(known_on=MARCH, name="x", is_so=True, number=1), "", "must give exactly one of is_so"),
            (lambda: Fact(known_on=MARCH, name="x", is_so=True, until=MARCH), "until", "must be after known_on"),
            (
                lambda: FactStated(stated_on=MARCH, name="x", is_so=True, until=MARCH),
                "until",
                "must be after stated_on",
            ),
            (lambda: FactStated(stated_on=MARCH, name="date-of-birth", is_so=True), "name", "must not be the date of"),
            (lambda: HistoryStated(stated_on=MARCH, name="date-of-birth"), "name", "must not be the date of"),
            (lambda: Happening(began_on=MAY, ended_on=MARCH), "ended_on", "must not be before began_on"),
            (lambda: History(name="x", complete_from=MAY, known_until=MAY), "known_until", "must be after"),
            (
                lambda: HistoryStated(stated_on=MARCH, name="x", happenings=(Happening(began_on=MAY),)),
                "happenings[0].began_on",
                "must not be after stated_on",
            ),
            (
                lambda: HistoryStated(stated_on=MARCH, name="x", complete_from=MAY),
                "complete_from",
                "must not be after stated_on",
            ),
            (lambda: Facts(histories=(History(name="date-of-birth"),)), "histories[0].name", "must not be the date"),
            (
                lambda: Facts(known=(Fact(name="x", known_on=MAY, is_so=True),), histories=(History(name="x"),)),
                "histories[0].name",
                "must not stand twice",
            ),
            (lambda: Facts(histories=(History(name="x"), History(name="x"))), "histories[1].name", "must not stand"),
            (lambda: Fact(name="x\0", known_on=MARCH, is_so=True), "name", "must not hold a NUL character"),
            (lambda: Fact(name="x", known_on=MARCH, number=float("nan")), "number", "must be"),  # type: ignore[arg-type]  # on purpose
        ],
    )
    def test_is_refused(self, make: Callable[[], Any], path: str, message: str) -> None:
        with pytest.raises(NotReadable) as refused:
            make()
        assert any(
            problem.path == path and problem.message.startswith(message) for problem in refused.value.problems
        ), str(refused.value)

    def test_all_at_once(self) -> None:
        with pytest.raises(NotReadable) as refused:
            read({"stated_on": "soon", "name": "", "number": "many", "codes": [""]}, FactStated)
        assert {problem.path for problem in refused.value.problems} >= {"stated_on", "number"}
        assert "many" not in str(refused.value)


class TestPlain:
    """Entries and facts are the same after a trip through plain data."""

    @given(
        st.one_of(
            legal.facts_stated(), legal.histories_stated(), legal.referrals_received(), legal.admissions(),
            legal.eligibility_decisions(),
        )
    )  # fmt: skip
    @settings(max_examples=60, deadline=None)
    def test_there_and_back(self, entry: Entry) -> None:
        assert read(plain(entry), type(entry)) == entry

    @given(legal.facts())
    @settings(max_examples=30, deadline=None)
    def test_facts_too(self, facts: Facts) -> None:
        assert read(plain(facts), Facts) == facts


class TestStrategies:
    """What the kit draws is legal, and a field that is fixed stays fixed."""

    @given(
        legal.facts_stated(name="gaf", stated_on=MARCH, number=12),
        legal.admissions(between=(MARCH, APRIL), program="p"),
    )
    @settings(max_examples=20, deadline=None)
    def test_fixed_fields(self, fact: FactStated, admission: Admission) -> None:
        assert (fact.name, fact.stated_on, fact.number) == ("gaf", MARCH, 12)
        assert MARCH <= admission.admitted_on <= APRIL
        assert admission.program == "p"
        assert fact.until is None or fact.until > MARCH
