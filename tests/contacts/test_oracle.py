"""Counts and dues worked out a second time, slowly and plainly, and compared on generated contacts."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.contacts import (
    Contact,
    ContactMinimum,
    Counting,
    Direction,
    Outcome,
    PartPeriods,
    Party,
    Per,
    Rounding,
    UnknownLength,
    contact_dues,
    count_contacts,
    explain_contacts,
    judge_contact_frequency,
    review_contact_frequency,
)
from casecore.standards import Standard
from casecore.terms import Due, DueState, Finding, Period, StandardNotInForce
from casecore.testing.strategies.contacts import contact_minimums, contacts, countings, efforts_documented, stays
from tests.contacts.standards import NAME, standing

SPRING = (date(2026, 2, 20), date(2026, 6, 10))
MONTH = Period(date(2026, 3, 1), date(2026, 4, 1))
some_contacts = st.lists(contacts(between=SPRING), max_size=25)
crowded_contacts = st.lists(contacts(between=(date(2026, 3, 1), date(2026, 3, 4))), max_size=12)
births = st.sampled_from([None, date(1980, 1, 1), date(2008, 3, 15), date(2015, 1, 1)])


def years_old(day: date, born_on: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def passes(contact: Contact, rule: Counting, born_on: date | None, hopeful: bool) -> bool:
    """Written from the sentences of the docstring, with no regard for speed."""
    held = contact.outcome is Outcome.HELD
    justified = contact.mode in rule.modes_if_justified and contact.justification is not None
    tests: list[bool | None] = [
        contact.outcome in rule.outcomes,
        not rule.modes or contact.mode in rule.modes or justified,
        not rule.parties or contact.party in rule.parties,
        not rule.places or (None if contact.place is None else contact.place in rule.places),
    ]
    if rule.collaterals_under_age and contact.party is Party.COLLATERAL:
        young = None if born_on is None else years_old(contact.held_on, born_on) < rule.collaterals_under_age
        tests.append(young)
    if rule.minimum_minutes and held:
        if contact.minutes is not None:
            tests.append(contact.minutes >= rule.minimum_minutes)
        else:
            treated = {UnknownLength.COUNTS: True, UnknownLength.DOES_NOT_COUNT: False}
            tests.append(treated.get(rule.unknown_length))
    return all(hopeful if test is None else test for test in tests)


def naive_day(day: list[Contact], rule: Counting, born_on: date | None, hopeful: bool = False) -> int:
    """The largest set of one day's contacts that the limits allow, by trying all sets."""
    pair = rule.pair_on_a_day
    taken = [contact for contact in day if passes(contact, rule, born_on, hopeful)]
    for short in naive_sums(day, rule, born_on, hopeful):
        of_pair = [one for one in short if pair is None or not pair.modes or one.mode in pair.modes]
        apart = [one for one in short if one not in of_pair]
        taken.append(of_pair[0] if lasting(of_pair) >= rule.minimum_minutes else apart[0])

    def allowed(chosen: tuple[Contact, ...]) -> bool:
        if rule.most_per_day is None or len(chosen) <= rule.most_per_day:
            return True
        if pair is None or len(chosen) > pair.at_most:
            return False
        if pair.under_age is not None:
            if born_on is None:
                if not hopeful:
                    return False
            elif years_old(chosen[0].held_on, born_on) >= pair.under_age:
                return False
        partners = [one.party for one in chosen if not pair.modes or one.mode in pair.modes]
        return pair.parties[0] in partners and pair.parties[1] in partners

    return max(size for size in range(len(taken) + 1) if any(allowed(one) for one in combinations(taken, size)))


def naive_sums(day: list[Contact], rule: Counting, born_on: date | None, hopeful: bool) -> Iterator[list[Contact]]:
    """The short contacts with each party that make one contact together."""
    for party in Party if rule.short_contacts_add_up else ():
        short = [
            one for one in day
            if one.party is party and one.minutes is not None and not passes(one, rule, born_on, hopeful)
            and passes(attrs.evolve(one, minutes=7 * 24 * 60), rule, born_on, hopeful)
            and one.minutes < rule.minimum_minutes
        ]  # fmt: skip
        if lasting(short) >= rule.minimum_minutes:
            yield short


def naive_services(day: list[Contact], rule: Counting, born_on: date | None) -> set[str]:
    """Over the day's maximum too, and of every short contact that makes one with others."""
    given_by = [one for one in day if passes(one, rule, born_on, False)]
    given_by += [one for short in naive_sums(day, rule, born_on, False) for one in short]
    return {name for one in given_by for name in one.services}


def lasting(together: list[Contact]) -> int:
    return sum(one.minutes or 0 for one in together)


def naive_count(given_contacts: list[Contact], rule: Counting, period: Period, born_on: date | None) -> int:
    return sum(
        naive_day([one for one in given_contacts if one.held_on == day], rule, born_on) for day in days_of(period)
    )


def days_of(period: Period) -> Iterator[date]:
    return (period.start + timedelta(days=past) for past in range(period.days))


class TestCounting:
    """A count is the largest number of contacts that filters and the day's limits allow."""

    @settings(max_examples=80, deadline=None)
    @given(crowded_contacts, countings(), births)
    def test_it_is_what_trying_all_sets_finds(self, held: list[Contact], rule: Counting, born_on: date | None) -> None:
        count = count_contacts(held, rule, MONTH, born_on=born_on)
        assert count.counted == naive_count(held, rule, MONTH, born_on)
        days = [[one for one in held if one.held_on == day] for day in days_of(MONTH)]
        assert count.at_best == sum(naive_day(day, rule, born_on, hopeful=True) for day in days)
        assert set(count.services) == {name for day in days for name in naive_services(day, rule, born_on)}
        assert count.counted == sum(line.counts for line in count.lines)
        assert count.counted <= count.at_best <= len(held)
        assert sorted(map(repr, held)) == sorted(repr(line.contact) for line in count.lines)
        assert not (count.missing and born_on and not any(one.minutes is None or one.place is None for one in held))
        assert count.missing or count.at_best == count.counted

    @settings(max_examples=40, deadline=None)
    @given(crowded_contacts, countings(), births, st.randoms())
    def test_the_order_in_which_contacts_come_does_not_matter(
        self, held: list[Contact], rule: Counting, born_on: date | None, chance: random.Random
    ) -> None:
        mixed = chance.sample(held, len(held))
        assert count_contacts(held, rule, MONTH, born_on=born_on) == count_contacts(mixed, rule, MONTH, born_on=born_on)

    @settings(max_examples=50, deadline=None)
    @given(crowded_contacts, contacts(between=(date(2026, 3, 1), date(2026, 3, 4))), countings(), births)
    def test_one_contact_more_never_makes_fewer_count(
        self, held: list[Contact], more: Contact, rule: Counting, born_on: date | None
    ) -> None:
        before = count_contacts(held, rule, MONTH, born_on=born_on)
        after = count_contacts([*held, more], rule, MONTH, born_on=born_on)
        assert before.counted <= after.counted <= before.counted + rule_slack(rule)
        assert before.at_best <= after.at_best

    @settings(max_examples=40, deadline=None)
    @given(crowded_contacts, countings())
    def test_a_fact_that_becomes_known_stays_between_sure_and_best(self, held: list[Contact], rule: Counting) -> None:
        unknown = count_contacts(held, rule, MONTH)
        for born_on in (date(1980, 1, 1), date(2015, 1, 1)):
            known = count_contacts(held, rule, MONTH, born_on=born_on)
            assert unknown.counted <= known.counted <= unknown.at_best


def rule_slack(rule: Counting) -> int:
    """By how much one more contact can raise the count: by more than one only where it makes a pair."""
    return 1 if rule.pair_on_a_day is None else rule.pair_on_a_day.at_most


facts = st.fixed_dictionaries(
    {
        "admitted_on": st.dates(date(2026, 1, 20), date(2026, 3, 20)),
        "as_of": st.dates(date(2026, 3, 1), date(2026, 6, 20)),
        "discharged_on": st.none() | st.dates(date(2026, 3, 20), date(2026, 6, 10)),
        "discharge_planned_on": st.none() | st.dates(date(2026, 3, 20), date(2026, 6, 10)),
        "stays": st.lists(stays(between=SPRING), max_size=2),
        "born_on": births,
        "efforts": st.lists(efforts_documented(between=SPRING, standard=NAME), max_size=2),
    }
)


def naive_asked(rule: ContactMinimum, first: date, period: Period, window: Period, given_facts: dict[str, Any]) -> int:
    """Least of all that applies, each from its sentence, days counted one by one."""
    as_of, gone = given_facts["as_of"], given_facts["discharged_on"]
    if gone is not None and gone > as_of:
        gone = None
    options = [rule.at_least]
    if window.days < period.days and rule.part_periods is PartPeriods.EXCUSED:
        options.append(0)
    if window.days < period.days and rule.part_periods is PartPeriods.PRORATED:
        share = Fraction(rule.at_least * window.days, period.days)
        whole = share.numerator // share.denominator
        rest = share - whole
        options.append(
            whole
            + {Rounding.UP: rest > 0, Rounding.DOWN: False, Rounding.NEAREST: rest >= Fraction(1, 2)}[
                rule.part_rounding
            ]
        )
    if rule.transition:
        anchor = gone
        if anchor is None and rule.transition.direction is Direction.BEFORE:
            anchor = given_facts["discharge_planned_on"]
        if anchor is not None:
            step = -1 if rule.transition.direction is Direction.BEFORE else 1
            months = [(anchor.year * 12 + anchor.month) + step * past for past in range(rule.transition.months + 1)]
            chosen = months[:-1] if rule.transition.discharge_month_is_one else months[1:]
            if first.year * 12 + first.month in chosen:
                options.append(rule.transition.at_least)
    if rule.during_stay:
        inside = 0
        for day in days_of(window):
            in_one = False
            for stay in given_facts["stays"]:
                if stay.start <= as_of:
                    end = stay.end if stay.end <= as_of else date.max
                    late = rule.during_stay.discharge_day_counts and day == end
                    in_one = in_one or stay.start <= day < end or late
            inside += in_one
        if inside == window.days and rule.during_stay.whole_period is not None:
            options.append(rule.during_stay.whole_period)
        if rule.during_stay.part_from_days <= inside < window.days and rule.during_stay.part_period is not None:
            options.append(rule.during_stay.part_period)
    return min(options)


def naive_months(held: list[Contact], rule: ContactMinimum, given_facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    """(window, met on, lifted) of every month, day by day."""
    admitted, as_of = given_facts["admitted_on"], given_facts["as_of"]
    gone = given_facts["discharged_on"]
    if gone is not None and gone > as_of:
        gone = None
    answers: list[tuple[Any, ...]] = []
    year, month = admitted.year, admitted.month
    while admitted <= as_of and date(year, month, 1) <= as_of:
        first = date(year, month, 1)
        period = Period(first, first + timedelta(days=monthrange(year, month)[1]))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        start, end = max(first, admitted), period.end
        if gone is not None:
            after = rule.transition is not None and rule.transition.direction is Direction.AFTER
            months_after = (first.year - gone.year) * 12 + first.month - gone.month
            in_transition = False
            if after and rule.transition is not None:
                least = 0 if rule.transition.discharge_month_is_one else 1
                in_transition = least <= months_after < least + rule.transition.months
            if not in_transition:
                end = min(end, gone + timedelta(days=1))
        if start >= end:
            continue
        window = Period(start, end)
        asked = naive_asked(rule, first, period, window, given_facts)
        counted, met_on = 0, None
        services: set[str] = set()
        for day in days_of(window):
            of_day = [one for one in held if one.held_on == day and day <= as_of]
            counted += naive_day(of_day, rule.counting, given_facts["born_on"])
            services |= naive_services(of_day, rule.counting, given_facts["born_on"])
            enough = counted >= asked and len(services) >= min(asked, rule.different_services)
            if met_on is None and asked and enough and of_day:
                met_on = day
        effort = rule.effort_accepted and any(
            one.for_day in window and one.documented_on <= as_of
            and (rule.late_effort_accepted or one.documented_on < window.end)
            for one in given_facts["efforts"]
        )  # fmt: skip
        answers.append((window, met_on, asked == 0 or effort))
    return answers


class TestMonths:
    """Dues of calendar months equal those worked out day by day."""

    @settings(max_examples=60, deadline=None)
    @given(some_contacts, contact_minimums(per=Per.MONTH), facts)
    def test_windows_days_met_and_what_is_lifted(
        self, held: list[Contact], rule: ContactMinimum, given_facts: dict[str, Any]
    ) -> None:
        found = contact_dues(held, standing(rule), **given_facts)
        assert [(due.window, due.met_on, due.lifted_because is not None) for due in found] == naive_months(
            held, rule, given_facts
        )
        assert all(due.closes == due.window.end for due in found)


def naive_gaps(days: list[date], admitted: date, length: int, as_of: date) -> list[date]:
    """The first day of every stretch without a contact that grew too long: plainly from one contact to the next."""
    marks = [admitted, *sorted(set(days))]
    late = [before + timedelta(days=length + 1) for before, after in pairwise(marks) if (after - before).days > length]
    return late + ([marks[-1] + timedelta(days=length + 1)] if (as_of - marks[-1]).days > length else [])


class TestRollingDays:
    """Where days roll, a finding stands for every gap that is too long, and the next is due from the last contact."""

    @settings(max_examples=60, deadline=None)
    @given(
        some_contacts,
        contact_minimums(
            per=Per.ROLLING, at_least=1, during_stay=None, effort_accepted=False, late_effort_accepted=False
        ),
        st.dates(date(2026, 2, 20), date(2026, 3, 20)),
        st.dates(date(2026, 3, 1), date(2026, 6, 20)),
    )
    def test_findings_are_the_gaps(
        self, held: list[Contact], rule: ContactMinimum, admitted: date, as_of: date
    ) -> None:
        assert rule.days is not None
        found = review_contact_frequency(held, standing(rule), admitted_on=admitted, as_of=as_of)
        days = [
            day
            for day in days_of(Period(admitted, max(as_of, admitted) + timedelta(days=1)))
            if day <= as_of and naive_day([one for one in held if one.held_on == day], rule.counting, None)
        ]
        expected = naive_gaps(days, admitted, rule.days, as_of) if admitted <= as_of else []
        assert [finding.on for finding in found] == expected
        if admitted <= as_of:
            last = contact_dues(held, standing(rule), admitted_on=admitted, as_of=as_of)[-1]
            assert last.by == (days[-1] if days else admitted) + timedelta(days=rule.days)


class TestLaws:
    """What holds for every minimum, every client, every day."""

    @settings(max_examples=40, deadline=None)
    @given(some_contacts, contact_minimums(), facts, st.randoms())
    def test_the_order_in_which_contacts_come_does_not_matter(
        self, held: list[Contact], rule: ContactMinimum, given_facts: dict[str, Any], chance: random.Random
    ) -> None:
        mixed = chance.sample(held, len(held))
        standard = standing(rule)
        assert judge_contact_frequency(held, standard, **given_facts) == judge_contact_frequency(
            mixed, standard, **given_facts
        )

    @settings(max_examples=40, deadline=None)
    @given(some_contacts, contacts(between=SPRING), contact_minimums(), facts)
    def test_one_contact_more_never_raises_what_is_owed(
        self, held: list[Contact], more: Contact, rule: ContactMinimum, given_facts: dict[str, Any]
    ) -> None:
        if rule.per is Per.ROLLING:  # what lifts a stretch may leave more time than a contact does: see `test_rolling`
            given_facts = {**given_facts, "stays": [], "efforts": []}
        before = contact_dues(held, standing(rule), **given_facts)
        after = contact_dues([*held, more], standing(rule), **given_facts)
        if rule.per is Per.ROLLING:
            assert latest_open(before) <= latest_open(after)
        else:
            for old, new in zip(before, after, strict=True):
                assert (old.window, old.lifted_because) == (new.window, new.lifted_because)
                assert old.met_on is None or (new.met_on is not None and new.met_on <= old.met_on)

    @settings(max_examples=40, deadline=None)
    @given(some_contacts, contact_minimums(), facts)
    def test_what_is_explained_is_what_is_judged(
        self, held: list[Contact], rule: ContactMinimum, given_facts: dict[str, Any]
    ) -> None:
        dues, findings = judge_contact_frequency(held, standing(rule), **given_facts)
        accounts = []
        for due in dues:
            account = explain_contacts(held, standing(rule), day=due.window.start, **given_facts)
            accounts.append(account)
            if rule.per is not Per.ROLLING:
                assert account.due == due
                assert account.still_owed == (
                    0 if due.met_on or due.lifted_because else max(0, account.asked - account.count.counted)
                )
            assert account.due in dues
        told = [account.finding for account in accounts if account.finding]
        assert set(told) <= set(findings)
        if rule.per is not Per.ROLLING:
            assert tuple(told) == findings

    @settings(max_examples=40, deadline=None)
    @given(some_contacts, contact_minimums(), facts, st.integers(1, 40))
    def test_answers_change_only_on_days_that_are_announced(
        self, held: list[Contact], rule: ContactMinimum, given_facts: dict[str, Any], days: int
    ) -> None:
        """Entries being the same: first days of months, and turning days of dues already given."""
        start = max(given_facts["as_of"], given_facts["admitted_on"])
        known = {**given_facts, "as_of": start}
        held = [one for one in held if one.held_on <= start]
        known["efforts"] = [one for one in known["efforts"] if one.documented_on <= start]
        known["stays"] = [one for one in known["stays"] if one.end <= start]
        if known["discharged_on"] and known["discharged_on"] > start:
            known["discharged_on"] = None
        dues, findings = judge_contact_frequency(held, standing(rule), **known)
        turning = {day for due in dues for day in (due.window.start, due.window.end, due.closes)}
        for past in range(1, days):
            day = start + timedelta(days=past)
            if day.day == 1 or day in turning:
                break
            later, found = judge_contact_frequency(held, standing(rule), **{**known, "as_of": day})
            assert tuple(due.seen_on(start) for due in later) == dues
            assert found == findings

    @settings(max_examples=40, deadline=None)
    @given(some_contacts, contact_minimums(), facts)
    def test_every_answer_says_by_whose_authority_and_what_would_settle_it(
        self, held: list[Contact], rule: ContactMinimum, given_facts: dict[str, Any]
    ) -> None:
        standard = standing(rule)
        dues, findings = judge_contact_frequency(held, standard, **given_facts)
        everything: tuple[Due | Finding, ...] = (*dues, *findings)
        for said in everything:
            assert (said.standard, said.source) == (NAME, standard.editions[0].source)
            assert attrs.evolve(said) == said  # made past the check, and would pass it
        assert all(due.would_satisfy for due in dues if due.state.is_open or due.state is DueState.MISSED)

    @settings(max_examples=40, deadline=None)
    @given(contact_minimums(), facts)
    def test_a_standard_that_is_never_in_force_owes_nothing(
        self, rule: ContactMinimum, given_facts: dict[str, Any]
    ) -> None:
        later: Standard[ContactMinimum] = standing(rule, since=date(2030, 1, 1))
        assert contact_dues([], later, **given_facts) == ()
        try:
            explain_contacts([], later, day=date(2026, 3, 1), **given_facts)
        except StandardNotInForce:
            return
        raise AssertionError("an account of a period that was never judged")


def latest_open(dues: tuple[Due, ...]) -> date:
    """The last day of the newest stretch."""
    return max((due.by for due in dues), default=date.min)
