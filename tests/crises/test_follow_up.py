"""A contact within so many days after an event: each choice on which measures differ, by hand and by oracle."""

from datetime import date, timedelta
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.contacts import Contact, Mode, Outcome, Party
from casecore.crises import (
    Anchor,
    ContactAsked,
    DeathExcludes,
    FollowUp,
    FollowUpOutcome,
    FollowUpResult,
    Keep,
    LinkedTo,
    Setting,
    Sieve,
    Stay,
    follow_up_rate,
    follow_ups,
)
from casecore.standards import Edition, Standard
from casecore.terms import NotReadable, Period, Source, StandardNotInForce, plain, read
from casecore.testing.strategies.crises import follow_up_results, follow_up_rules, stay_lists
from tests.crises.told import contact_lists

SOURCE = Source(cite="Model Agency Manual 9.1", invented=True)
WARD, EMERGENCY, RESIDENCE = Setting.PSYCHIATRIC_INPATIENT, Setting.EMERGENCY_ROOM, Setting.CRISIS_RESIDENCE
YEAR = Period(date(2026, 1, 1), date(2026, 12, 2))
AS_OF = date(2027, 3, 1)
FIRST = date(2026, 4, 1)
MET, NOT_MET = FollowUpOutcome.MET, FollowUpOutcome.NOT_MET
EXCLUDED, STILL_OPEN = FollowUpOutcome.EXCLUDED, FollowUpOutcome.STILL_OPEN

AFTER_WARD = FollowUp(
    settings=(WARD,),
    counted_from=Anchor.DISCHARGE,
    within_days=7,
    same_day_counts=False,
    contact=ContactAsked(parties=(Party.CLIENT,)),
    order=(Sieve.CHAINS, Sieve.EXCLUSIONS, Sieve.PERIOD),
    death_excludes=DeathExcludes.IN_WINDOW,
    keep=Keep.LAST,
    chained_within_days=30,
    linked_to=LinkedTo.ANY,
    excluding_settings=(RESIDENCE,),
    excluded_within_days=30,
)
AFTER_EMERGENCY = attrs.evolve(
    AFTER_WARD,
    settings=(EMERGENCY,),
    counted_from=Anchor.ADMISSION,
    same_day_counts=True,
    keep=Keep.FIRST,
    excluding_settings=(WARD,),
)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def ward(stay_id: str, admitted: int, left: int, setting: Setting = WARD) -> Stay:
    return Stay(stay_id=stay_id, setting=setting, admitted_on=day(admitted), discharged_on=day(left))


def met(number: int) -> Contact:
    return Contact(held_on=day(number), mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD)


def judged(
    rule: FollowUp,
    stays: list[Stay],
    contacts: list[Contact] | None = None,
    *,
    as_of: date = AS_OF,
    period: Period = YEAR,
    died_on: date | None = None,
) -> tuple[FollowUpResult, ...]:
    standard = Standard.fixed("crises/follow-up", rule, since=date(2020, 1, 1), source=SOURCE)
    return follow_ups(stays, contacts or [], standard, period=period, as_of=as_of, died_on=died_on)


def outcomes(results: tuple[FollowUpResult, ...]) -> dict[str, FollowUpOutcome]:
    return {result.stay_id: result.outcome for result in results}


class TestTheSameDay:
    """Within 7 days after the discharge: 7 days where that day does not count, 8 in total where it does."""

    def test_seven_days(self) -> None:
        for number, outcome in ((0, NOT_MET), (1, MET), (7, MET), (8, NOT_MET)):
            (result,) = judged(AFTER_WARD, [ward("a", -5, 0)], [met(number)])
            assert (result.outcome, result.window.days) == (outcome, 7)

    def test_eight_total_days(self) -> None:
        rule = attrs.evolve(AFTER_WARD, same_day_counts=True)
        for number, outcome in ((-1, NOT_MET), (0, MET), (7, MET), (8, NOT_MET)):
            (result,) = judged(rule, [ward("a", -5, 0)], [met(number)])
            assert (result.outcome, result.window.days) == (outcome, 8)

    def test_the_first_contact_in_the_window_is_named(self) -> None:
        (result,) = judged(AFTER_WARD, [ward("a", -5, 0)], [met(6), met(0), met(3)])
        assert result.met_on == day(3)


class TestStillOpen:
    """While the days run, an event without a contact is neither met nor not met."""

    def test_on_the_last_day_it_is_open_and_on_the_next_it_is_not_met(self) -> None:
        stays = [ward("a", -5, 0)]
        assert outcomes(judged(AFTER_WARD, stays, as_of=day(7))) == {"a": STILL_OPEN}
        assert outcomes(judged(AFTER_WARD, stays, as_of=day(8))) == {"a": NOT_MET}

    def test_a_stay_that_goes_on_is_no_event_yet(self) -> None:
        assert judged(AFTER_WARD, [ward("a", -5, 0)], as_of=day(-1)) == ()

    def test_a_result_settles_when_no_later_stay_can_change_it(self) -> None:
        (result,) = judged(AFTER_WARD, [ward("a", -5, 0)], [met(2)], as_of=day(10))
        assert (result.outcome, result.settles_on) == (MET, day(31))
        assert follow_up_rate([result], as_of=day(30)).unsettled == 1
        assert follow_up_rate([result], as_of=day(31)).unsettled == 0


class TestChains:
    """Several events close together are counted once; which one is kept is the measure's choice."""

    STAYS = (ward("a", -5, 0), ward("b", 20, 25), ward("c", 50, 55))
    """b comes 20 days after a, c 25 days after b and 50 days after a."""

    def test_of_three_in_a_row_the_last_is_kept(self) -> None:
        assert outcomes(judged(AFTER_WARD, list(self.STAYS))) == {"a": EXCLUDED, "b": EXCLUDED, "c": NOT_MET}

    def test_where_only_a_kept_one_links_the_first_is_counted_again(self) -> None:
        rule = attrs.evolve(AFTER_WARD, linked_to=LinkedTo.KEPT)
        assert outcomes(judged(rule, list(self.STAYS))) == {"a": NOT_MET, "b": EXCLUDED, "c": NOT_MET}

    def test_of_three_in_a_row_the_first_is_kept(self) -> None:
        rule = attrs.evolve(AFTER_WARD, keep=Keep.FIRST)
        assert outcomes(judged(rule, list(self.STAYS))) == {"a": NOT_MET, "b": EXCLUDED, "c": EXCLUDED}
        rule = attrs.evolve(rule, linked_to=LinkedTo.KEPT)
        assert outcomes(judged(rule, list(self.STAYS))) == {"a": NOT_MET, "b": EXCLUDED, "c": NOT_MET}

    def test_all_are_counted_where_there_are_no_chains(self) -> None:
        rule = attrs.evolve(AFTER_WARD, keep=Keep.ALL, chained_within_days=None, linked_to=None)
        assert set(outcomes(judged(rule, list(self.STAYS))).values()) == {NOT_MET}

    def test_the_thirtieth_day_makes_a_chain_and_the_next_does_not(self) -> None:
        assert outcomes(judged(AFTER_WARD, [ward("a", -5, 0), ward("b", 30, 35)]))["a"] is EXCLUDED
        assert outcomes(judged(AFTER_WARD, [ward("a", -5, 0), ward("b", 31, 35)]))["a"] is NOT_MET

    def test_a_chain_that_ends_after_the_period_is_dropped_whole(self) -> None:
        last = (date(2026, 11, 20) - FIRST).days
        stays = [ward("a", last - 5, last), ward("b", last + 10, last + 20)]
        assert outcomes(judged(AFTER_WARD, stays)) == {"a": EXCLUDED, "b": EXCLUDED}

    def test_where_the_period_comes_first_the_event_inside_it_is_counted(self) -> None:
        last = (date(2026, 11, 20) - FIRST).days
        stays = [ward("a", last - 5, last), ward("b", last + 10, last + 20)]
        rule = attrs.evolve(AFTER_WARD, order=(Sieve.PERIOD, Sieve.CHAINS, Sieve.EXCLUSIONS))
        results = judged(rule, stays)
        assert outcomes(results) == {"a": NOT_MET, "b": EXCLUDED}
        assert results[1].because == "outside the days asked about"

    def test_emergency_visits_keep_the_first_of_31_days(self) -> None:
        visits = [ward(name, number, number, EMERGENCY) for name, number in (("a", 0), ("b", 30), ("c", 61))]
        assert outcomes(judged(AFTER_EMERGENCY, visits)) == {"a": NOT_MET, "b": EXCLUDED, "c": NOT_MET}


class TestExclusions:
    """An admission elsewhere soon after the event takes it out, and so may a death."""

    def test_a_residence_within_30_days_excludes(self) -> None:
        for number, outcome in ((0, EXCLUDED), (30, EXCLUDED), (31, MET)):
            stays = [ward("a", -5, 0), ward("r", number, number + 9, RESIDENCE)]
            (result,) = judged(AFTER_WARD, stays, [met(2)])
            assert result.outcome is outcome
        assert result.because == ""

    def test_an_emergency_visit_that_leads_to_the_ward_is_excluded(self) -> None:
        (result,) = judged(AFTER_EMERGENCY, [ward("e", 0, 0, EMERGENCY), ward("w", 0, 9)])
        assert (result.outcome, result.because) == (EXCLUDED, f"admitted to psychiatric-inpatient on {day(0)}")

    def test_exclusions_before_chains_free_the_event_before(self) -> None:
        stays = [ward("a", -5, 0), ward("b", 10, 15), ward("r", 40, 50, RESIDENCE)]
        assert outcomes(judged(AFTER_WARD, stays)) == {"a": EXCLUDED, "b": EXCLUDED}
        rule = attrs.evolve(AFTER_WARD, order=(Sieve.EXCLUSIONS, Sieve.CHAINS, Sieve.PERIOD))
        assert outcomes(judged(rule, stays)) == {"a": NOT_MET, "b": EXCLUDED}

    def test_which_death_excludes(self) -> None:
        found = {
            (which, number): judged(
                attrs.evolve(AFTER_WARD, death_excludes=which), [ward("a", -5, 0)], died_on=day(number)
            )
            for which in DeathExcludes
            for number in (7, 8)
        }
        assert {key: results[0].outcome for key, results in found.items()} == {
            (DeathExcludes.NEVER, 7): NOT_MET,
            (DeathExcludes.NEVER, 8): NOT_MET,
            (DeathExcludes.IN_WINDOW, 7): EXCLUDED,
            (DeathExcludes.IN_WINDOW, 8): NOT_MET,
            (DeathExcludes.EVER, 7): EXCLUDED,
            (DeathExcludes.EVER, 8): EXCLUDED,
        }

    def test_a_death_after_the_day_asked_about_is_not_yet_known(self) -> None:
        rule = attrs.evolve(AFTER_WARD, death_excludes=DeathExcludes.EVER)
        assert judged(rule, [ward("a", -5, 0)], died_on=day(20), as_of=day(19))[0].outcome is NOT_MET


class TestTheEdition:
    """The edition of the first day of the period judges all of it."""

    STANDARD = Standard(
        name="crises/follow-up",
        editions=(
            Edition(since=date(2026, 1, 1), source=SOURCE, value=AFTER_WARD),
            Edition(since=date(2026, 1, 2), source=SOURCE, value=attrs.evolve(AFTER_WARD, within_days=30)),
        ),
    )

    def test_the_day_of_and_the_day_after(self) -> None:
        for start, days in ((date(2026, 1, 1), 7), (date(2026, 1, 2), 30)):
            (result,) = follow_ups([ward("a", -5, 0)], [], self.STANDARD, period=Period(start, YEAR.end), as_of=AS_OF)
            assert result.window.days == days

    def test_the_day_before_it_is_refused(self) -> None:
        with pytest.raises(StandardNotInForce):
            follow_ups([], [], self.STANDARD, period=Period(date(2025, 12, 31), YEAR.end), as_of=AS_OF)


class TestTheRate:
    """Met, of those met or not met; where there are none it is undefined, which is not 0."""

    def test_by_hand(self) -> None:
        stays = [ward("a", -5, 0), ward("b", 60, 65), ward("c", 120, 125), ward("d", 180, 185)]
        results = judged(AFTER_WARD, stays, [met(3), met(66)], as_of=day(186))
        rate = follow_up_rate(results, as_of=day(186))
        assert (rate.met, rate.not_met, rate.excluded, rate.still_open) == (2, 1, 0, 1)
        assert rate.share == Fraction(2, 3)

    def test_nothing_counted_is_undefined(self) -> None:
        assert follow_up_rate([], as_of=AS_OF).share is None

    @given(st.lists(follow_up_results(), max_size=8), st.dates(date(2023, 1, 1), date(2027, 1, 1)))
    def test_every_result_is_in_exactly_one_count(self, results: list[FollowUpResult], as_of: date) -> None:
        rate = follow_up_rate(results, as_of=as_of)
        assert rate.met + rate.not_met + rate.excluded + rate.still_open == len(results)
        assert rate.unsettled <= rate.met + rate.not_met
        assert rate.share is None or 0 <= rate.share <= 1


def oracle(
    rule: FollowUp, stays: list[Stay], contacts: list[Contact], period: Period, as_of: date, died_on: date | None
) -> dict[str, FollowUpOutcome]:
    """The same measure by comparing every event with every other."""
    events = []
    for stay in stays:
        if stay.setting in rule.settings and stay.admitted_on <= as_of:
            on = stay.admitted_on if rule.counted_from is Anchor.ADMISSION else stay.discharged_on
            if on is not None and on <= as_of:
                events.append((on, stay.admitted_on, stay.stay_id))
    events.sort()
    out: set[str] = set()
    for sieve in rule.order:
        here = [event for event in events if event[2] not in out]
        if sieve is Sieve.PERIOD:
            out |= {name for on, _, name in here if not period.start <= on < period.end}
        elif sieve is Sieve.EXCLUSIONS:
            for on, _, name in here:
                soon = [
                    stay
                    for stay in stays
                    if stay.setting in rule.excluding_settings
                    and stay.admitted_on <= as_of
                    and 0 <= (stay.admitted_on - on).days <= (rule.excluded_within_days or 0)
                ]
                dead = died_on is not None and died_on <= as_of and rule.death_excludes is not DeathExcludes.NEVER
                if dead and died_on is not None and rule.death_excludes is DeathExcludes.IN_WINDOW:
                    dead = (died_on - on).days <= rule.within_days
                if soon or dead:
                    out.add(name)
        elif rule.keep is not Keep.ALL:
            places = range(len(here)) if rule.keep is Keep.FIRST else range(len(here) - 1, -1, -1)
            kept: list[int] = []
            for place in places:
                others = kept if rule.linked_to is LinkedTo.KEPT else range(len(here))
                pairs = [(min(place, other), max(place, other)) for other in others if other != place]
                if rule.keep is Keep.FIRST:
                    pairs = [pair for pair in pairs if pair[1] == place]
                else:
                    pairs = [pair for pair in pairs if pair[0] == place]
                close = any((here[b][1] - here[a][0]).days <= (rule.chained_within_days or 0) for a, b in pairs)
                if not close:
                    kept.append(place)
            out |= {event[2] for place, event in enumerate(here) if place not in kept}
    found = {}
    for on, _, name in events:
        right = [
            contact
            for contact in contacts
            if contact.held_on <= as_of
            and rule.contact.will_do(contact)
            and (0 if rule.same_day_counts else 1) <= (contact.held_on - on).days <= rule.within_days
        ]
        if name in out:
            found[name] = EXCLUDED
        elif right:
            found[name] = MET
        else:
            found[name] = NOT_MET if (as_of - on).days > rule.within_days else STILL_OPEN
    return found


NEAR = (date(2026, 1, 1), date(2026, 4, 30))


class TestAnyHistory:
    """Whatever the measure, the stays and the contacts."""

    @given(
        follow_up_rules(),
        stay_lists(between=NEAR, most=7),
        contact_lists(between=NEAR),
        st.dates(*NEAR),
        st.none() | st.dates(*NEAR),
    )
    def test_the_result_is_that_of_comparing_every_pair(
        self, rule: FollowUp, stays: list[Stay], contacts: list[Contact], as_of: date, died_on: date | None
    ) -> None:
        period = Period(date(2026, 1, 15), date(2026, 4, 1))
        results = judged(rule, stays, contacts, as_of=as_of, period=period, died_on=died_on)
        assert outcomes(results) == oracle(rule, stays, contacts, period, as_of, died_on)
        assert all(bool(result.because) == (result.outcome is EXCLUDED) for result in results)

    @given(follow_up_rules(death_excludes=DeathExcludes.NEVER), stay_lists(between=NEAR, most=6), stay_lists(most=2))
    def test_a_settled_result_is_not_changed_by_later_stays(
        self, rule: FollowUp, stays: list[Stay], more: list[Stay]
    ) -> None:
        as_of = NEAR[1]
        ended = [stay for stay in stays if stay.discharged_on]
        before = judged(rule, ended, as_of=as_of, period=YEAR)
        later = [
            Stay(stay_id=f"later-{place}", setting=stay.setting, admitted_on=as_of + timedelta(days=1 + place))
            for place, stay in enumerate(more)
        ]
        after = outcomes(judged(rule, [*ended, *later], as_of=as_of + timedelta(days=9), period=YEAR))
        for result in before:
            if result.settles_on <= as_of:
                assert after[result.stay_id] is result.outcome


class TestTheRuleAsData:
    """A measure is data; what contradicts itself is refused with every reason."""

    @given(follow_up_rules())
    def test_what_is_written_out_is_read_back(self, rule: FollowUp) -> None:
        assert read(plain(rule), FollowUp) == rule

    def test_everything_wrong_is_told_at_once(self) -> None:
        with pytest.raises(NotReadable) as told:
            FollowUp(
                settings=(),
                counted_from=Anchor.ALERT,
                within_days=0,
                same_day_counts=False,
                contact=ContactAsked(),
                order=(Sieve.CHAINS, Sieve.CHAINS, Sieve.PERIOD),
                death_excludes=DeathExcludes.NEVER,
                linked_to=LinkedTo.ANY,
                excluding_settings=(WARD,),
            )
        paths = [problem.path for problem in told.value.problems]
        assert paths == ["settings", "counted_from", "within_days", "order", "linked_to", "excluded_within_days"]

    def test_an_event_cannot_exclude_itself(self) -> None:
        with pytest.raises(NotReadable) as told:
            attrs.evolve(AFTER_WARD, excluding_settings=(WARD,))
        assert [problem.path for problem in told.value.problems] == ["excluding_settings"]
