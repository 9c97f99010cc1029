"""What a stay asks of the worker."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.contacts import Contact, Mode, Outcome, Party, Place
from casecore.crises import (
    Anchor,
    ContactAsked,
    Setting,
    Stay,
    StayDuties,
    StayDuty,
    WhenOvertaken,
    stay_dues,
)
from casecore.standards import Edition, Standard
from casecore.terms import Due, DueState, NotReadable, Source, Span, WorkingDays, plain, read
from casecore.testing.strategies.crises import stay_duties, stay_lists
from tests.crises.told import contact_lists

SOURCE = Source(cite="Model Agency Manual 7.2", invented=True)
WARD, EMERGENCY = Setting.PSYCHIATRIC_INPATIENT, Setting.EMERGENCY_ROOM
CLIENT = ContactAsked(parties=(Party.CLIENT,), modes=(Mode.FACE_TO_FACE, Mode.VIDEO))
FACILITY = ContactAsked(parties=(Party.PROVIDER,))
VISIT = StayDuty(
    contact=CLIENT,
    within=Span(days=3),
    anchor=Anchor.ADMISSION,
    same_day_counts=True,
    when_overtaken=WhenOvertaken.LIFTED,
)
COORDINATION = attrs.evolve(VISIT, contact=FACILITY, within=Span(days=5), anchor=Anchor.ALERT)
AFTER = attrs.evolve(VISIT, within=Span(days=7), anchor=Anchor.DISCHARGE, same_day_counts=False)
RULE = StayDuties(settings=(WARD,), visit=VISIT, coordination=COORDINATION, afterwards=(AFTER,))
START = date(2026, 3, 10)


def standard(rule: StayDuties, since: date = date(2020, 1, 1)) -> Standard[StayDuties]:
    return Standard.fixed("crises/stays", rule, since=since, source=SOURCE)


def stay(admitted_on: date = START, left_on: date | None = None, stay_id: str = "s-1", **fields: object) -> Stay:
    return Stay(stay_id=stay_id, setting=WARD, admitted_on=admitted_on, discharged_on=left_on, **fields)  # type: ignore[arg-type]  # fields of a Stay


def met(day: date, mode: Mode = Mode.FACE_TO_FACE, party: Party = Party.CLIENT) -> Contact:
    return Contact(held_on=day, mode=mode, outcome=Outcome.HELD, party=party)


def day(number: int) -> date:
    return START + timedelta(days=number)


def visits(stays: list[Stay], contacts: list[Contact], as_of: date, duty: StayDuty = VISIT) -> list[Due]:
    rule = StayDuties(settings=(WARD,), visit=duty)
    return list(stay_dues(stays, contacts, standard(rule), as_of=as_of))


def afterwards(stays: list[Stay], contacts: list[Contact], as_of: date, duty: StayDuty = AFTER) -> list[Due]:
    rule = StayDuties(settings=(WARD,), afterwards=(duty,))
    return list(stay_dues(stays, contacts, standard(rule), as_of=as_of))


class TestVisitDuringAStay:
    """A client admitted to a psychiatric ward is visited within 3 days of the admission."""

    def test_it_is_due_up_to_the_third_day_and_overdue_on_the_fourth(self) -> None:
        states = [visits([stay()], [], day(number))[0].state for number in (0, 3, 4)]
        assert states == [DueState.DUE, DueState.DUE, DueState.OVERDUE]

    def test_it_carries_its_authority_and_what_would_settle_it(self) -> None:
        (due,) = visits([stay()], [], day(0))
        assert (due.code, due.about, due.standard, due.source) == ("visit-during-stay", "s-1", "crises/stays", SOURCE)
        assert due.would_satisfy == "a held contact, face-to-face or video, with client"
        assert due.since == START
        assert due.by == day(3)

    def test_the_last_day_is_on_time_and_the_next_is_late(self) -> None:
        assert visits([stay()], [met(day(3))], day(9))[0].state is DueState.MET
        assert visits([stay()], [met(day(4))], day(9))[0].state is DueState.MET_LATE

    def test_a_contact_before_the_admission_does_not_count(self) -> None:
        assert visits([stay()], [met(day(-1))], day(1))[0].state is DueState.DUE

    def test_whether_the_day_of_admission_counts_is_the_standards_choice(self) -> None:
        same, later = VISIT, attrs.evolve(VISIT, same_day_counts=False)
        assert visits([stay()], [met(day(0))], day(1), same)[0].state is DueState.MET
        assert visits([stay()], [met(day(0))], day(1), later)[0].state is DueState.DUE
        assert visits([stay()], [met(day(1))], day(1), later)[0].state is DueState.MET
        assert visits([stay()], [], day(0), later)[0].state is DueState.UPCOMING

    def test_other_modes_parties_and_attempts_do_not_count(self) -> None:
        attempt = attrs.evolve(met(day(1)), outcome=Outcome.NO_SHOW)
        wrong = [met(day(1), Mode.TELEPHONE), met(day(1), party=Party.PROVIDER), attempt]
        assert visits([stay()], wrong, day(1))[0].met_on is None

    def test_an_attempt_counts_where_the_standard_says_so(self) -> None:
        duty = attrs.evolve(VISIT, contact=ContactAsked(attempts_count=True))
        attempt = attrs.evolve(met(day(1)), outcome=Outcome.NO_SHOW)
        (due,) = visits([stay()], [attempt], day(1), duty)
        assert due.state is DueState.MET
        assert due.would_satisfy == "a contact or an attempt"

    def test_an_unknown_place_is_none_of_the_places_asked_for(self) -> None:
        duty = attrs.evolve(VISIT, contact=ContactAsked(places=(Place.HOSPITAL,)))
        assert visits([stay()], [met(day(1))], day(1), duty)[0].met_on is None
        there = attrs.evolve(met(day(1)), place=Place.HOSPITAL)
        (due,) = visits([stay()], [there], day(1), duty)
        assert due.met_on == day(1)
        assert due.would_satisfy == "a held contact, at hospital"

    def test_a_contact_after_the_day_asked_about_is_not_yet_there(self) -> None:
        assert visits([stay()], [met(day(2))], day(1))[0].met_on is None

    def test_a_setting_that_is_not_named_asks_for_nothing(self) -> None:
        assert visits([attrs.evolve(stay(), setting=EMERGENCY)], [], day(1)) == []

    def test_no_stay_no_duty(self) -> None:
        assert visits([], [met(day(0))], day(1)) == []
        assert visits([stay()], [], day(-1)) == []


class TestTheClientLeavesBeforeTheVisit:
    """What becomes of a visit when the stay ends first is the standard's choice."""

    def test_left_in_time_it_is_lifted(self) -> None:
        (due,) = visits([stay(left_on=day(3))], [], day(9))
        assert due.state is DueState.LIFTED
        assert due.lifted_because == "the stay ended on 2026-03-13, before it was late"

    def test_the_day_before_it_was_due(self) -> None:
        assert visits([stay(left_on=day(3))], [], day(2))[0].state is DueState.DUE

    def test_left_late_it_is_missed_from_the_next_day_on(self) -> None:
        assert visits([stay(left_on=day(4))], [], day(4))[0].state is DueState.OVERDUE
        assert visits([stay(left_on=day(4))], [], day(5))[0].state is DueState.MISSED

    def test_a_contact_on_the_day_of_leaving_counts_and_one_after_it_does_not(self) -> None:
        assert visits([stay(left_on=day(2))], [met(day(2))], day(9))[0].state is DueState.MET
        assert visits([stay(left_on=day(2))], [met(day(3))], day(9))[0].state is DueState.LIFTED

    def test_where_it_stands_it_stays_owed_and_a_later_contact_settles_it(self) -> None:
        duty = attrs.evolve(VISIT, when_overtaken=WhenOvertaken.STANDS)
        assert visits([stay(left_on=day(2))], [], day(9), duty)[0].state is DueState.OVERDUE
        assert visits([stay(left_on=day(2))], [met(day(3))], day(9), duty)[0].state is DueState.MET


class TestCountedFromTheAlert:
    """Where the agency learned of the stay only later, its days run from then."""

    STAY = stay(alerted_on=START + timedelta(days=4))
    DUTY = attrs.evolve(VISIT, anchor=Anchor.ALERT)

    def test_the_window_opens_with_the_alert(self) -> None:
        states = [visits([self.STAY], [], day(number), self.DUTY)[0].state for number in (3, 4, 7, 8)]
        assert states == [DueState.UPCOMING, DueState.DUE, DueState.DUE, DueState.OVERDUE]

    def test_without_an_alert_it_is_the_admission(self) -> None:
        assert visits([stay()], [], day(0), self.DUTY)[0].since == START

    def test_an_alert_before_the_admission_is_the_admission(self) -> None:
        early = stay(alerted_on=START - timedelta(days=2))
        assert visits([early], [], day(0), self.DUTY)[0].since == START

    def test_a_visit_between_admission_and_alert_counts(self) -> None:
        assert visits([self.STAY], [met(day(2))], day(5), self.DUTY)[0].state is DueState.MET

    def test_an_alert_after_the_stay_lifts_the_visit(self) -> None:
        gone = attrs.evolve(self.STAY, discharged_on=day(2))
        assert visits([gone], [], day(5), self.DUTY)[0].state is DueState.LIFTED


class TestCoordination:
    """The discharge is coordinated with the facility within 5 days of the alert."""

    def test_only_a_contact_with_a_provider_settles_it(self) -> None:
        rule = StayDuties(settings=(WARD,), coordination=COORDINATION)
        for party, state in ((Party.CLIENT, DueState.DUE), (Party.PROVIDER, DueState.MET)):
            (due,) = stay_dues([stay()], [met(day(2), Mode.TELEPHONE, party)], standard(rule), as_of=day(5))
            assert (due.code, due.state) == ("coordination-during-stay", state)


class TestContactAfterAStay:
    """A client discharged from a ward is met within 7 days, the day of discharge not counted."""

    GONE = stay(left_on=START + timedelta(days=10))

    def test_nothing_is_owed_before_the_discharge(self) -> None:
        assert afterwards([self.GONE], [], day(9)) == []
        assert [due.code for due in afterwards([self.GONE], [], day(10))] == ["contact-after-stay"]

    def test_the_seventh_day_is_on_time(self) -> None:
        states = [afterwards([self.GONE], [], day(10 + number))[0].state for number in (0, 1, 7, 8)]
        assert states == [DueState.UPCOMING, DueState.DUE, DueState.DUE, DueState.OVERDUE]

    def test_a_contact_on_the_day_of_discharge_does_not_count(self) -> None:
        assert afterwards([self.GONE], [met(day(10))], day(12))[0].state is DueState.DUE
        counts = attrs.evolve(AFTER, same_day_counts=True)
        assert afterwards([self.GONE], [met(day(10))], day(12), counts)[0].state is DueState.MET

    def test_a_return_in_time_lifts_it(self) -> None:
        back = stay(day(15), stay_id="s-2")
        assert [due.state for due in afterwards([self.GONE, back], [], day(15))] == [DueState.LIFTED]

    def test_a_return_when_it_was_late_makes_it_missed(self) -> None:
        back = stay(day(18), stay_id="s-2")
        assert afterwards([self.GONE, back], [], day(18))[0].state is DueState.OVERDUE
        assert afterwards([self.GONE, back], [met(day(20))], day(20))[0].state is DueState.MISSED

    def test_a_transfer_on_the_day_of_discharge_lifts_it(self) -> None:
        other = stay(day(10), day(12), stay_id="s-2")
        dues = afterwards([self.GONE, other], [], day(13))
        assert [(due.about, due.state) for due in dues] == [("s-1", DueState.LIFTED), ("s-2", DueState.DUE)]

    def test_a_client_still_in_another_stay_is_not_owed_it(self) -> None:
        around = stay(day(-5), None, stay_id="s-0")
        assert afterwards([self.GONE, around], [], day(12))[0].state is DueState.LIFTED

    def test_a_return_to_a_setting_that_is_not_named_changes_nothing(self) -> None:
        back = attrs.evolve(stay(day(12), stay_id="s-2"), setting=EMERGENCY)
        assert afterwards([self.GONE, back], [], day(12))[0].state is DueState.DUE

    def test_it_closes_where_the_standard_says_when(self) -> None:
        duty = attrs.evolve(AFTER, closes_after=Span(days=30))
        states = [afterwards([self.GONE], [], day(10 + number), duty)[0].state for number in (30, 31)]
        assert states == [DueState.OVERDUE, DueState.MISSED]
        assert afterwards([self.GONE], [met(day(45))], day(50), duty)[0].state is DueState.MISSED

    def test_business_days_need_the_agencys_calendar(self) -> None:
        duty = attrs.evolve(AFTER, within=Span(business_days=2))
        rule = standard(StayDuties(settings=(WARD,), afterwards=(duty,)))
        friday = stay(left_on=date(2026, 3, 20))
        (due,) = stay_dues([friday], [], rule, as_of=date(2026, 3, 20), working_days=WorkingDays())
        assert due.by == date(2026, 3, 24)
        with pytest.raises(NotReadable):
            stay_dues([friday], [], rule, as_of=date(2026, 3, 20))


class TestWhichEditionGoverns:
    """The day of admission governs what is owed during a stay, the day of discharge what is owed afterwards."""

    LONGER = attrs.evolve(RULE, visit=attrs.evolve(VISIT, within=Span(days=5)), coordination=None)
    TWO = Standard(
        name="crises/stays",
        editions=(
            Edition(since=date(2026, 1, 1), source=SOURCE, value=attrs.evolve(RULE, coordination=None)),
            Edition(since=day(1), source=SOURCE, value=LONGER),
        ),
    )

    def test_the_day_before_and_the_day_of_a_new_edition(self) -> None:
        lasts = [
            stay_dues([stay(admitted)], [], self.TWO, as_of=admitted)[0].by - admitted for admitted in (day(0), day(1))
        ]
        assert lasts == [timedelta(days=3), timedelta(days=5)]

    def test_a_stay_from_before_the_standard_is_passed_over(self) -> None:
        assert stay_dues([stay()], [], standard(RULE, since=day(1)), as_of=day(2)) == ()

    def test_a_discharge_under_the_standard_counts_though_the_admission_was_before(self) -> None:
        dues = stay_dues([stay(left_on=day(2))], [], standard(RULE, since=day(1)), as_of=day(2))
        assert [due.code for due in dues] == ["contact-after-stay"]


def walked(
    stay: Stay, duty: StayDuty, others: list[Stay], contacts: list[Contact], rule: StayDuties, as_of: date
) -> DueState:
    """The state of one duty, found by living through the days one by one."""
    one = timedelta(days=1)
    occasion = stay.admitted_on
    anchor = max(stay.admitted_on, stay.alerted_on or stay.admitted_on) if duty.anchor is Anchor.ALERT else occasion
    if duty.anchor is Anchor.DISCHARGE:
        assert stay.discharged_on is not None
        occasion = anchor = stay.discharged_on
    first = occasion if duty.same_day_counts else occasion + one
    last = duty.within.after(anchor)
    shut = max(last, duty.closes_after.after(anchor)) if duty.closes_after else None
    done, lifted, closed = None, False, False
    now = occasion
    while now <= as_of:
        if shut is not None and now > shut and done is None:
            closed = True
        held = any(contact.held_on == now and duty.contact.will_do(contact) for contact in contacts)
        if held and now >= first and not (done or lifted or closed):
            done = now
        if duty.anchor is Anchor.DISCHARGE:
            over = any(
                (other.admitted_on == now and now > occasion)
                or (now == occasion and other.admitted_on <= now and not other.ended_by(now))
                for other in others
                if other.setting in rule.settings and other.stay_id != stay.stay_id
            )
        else:
            over = stay.discharged_on is not None and stay.discharged_on <= as_of and stay.discharged_on <= now
        if over and duty.when_overtaken is WhenOvertaken.LIFTED and done is None and not (lifted or closed):
            if now <= last:
                lifted = True
            else:
                closed = now < as_of
                break
        now += one
    if done is not None:
        return DueState.MET if done <= last else DueState.MET_LATE
    if lifted:
        return DueState.LIFTED
    if as_of < max(anchor, first):
        return DueState.UPCOMING
    if as_of <= last:
        return DueState.DUE
    return DueState.MISSED if closed else DueState.OVERDUE


NEAR = (date(2026, 1, 20), date(2026, 3, 20))


class TestAnyHistory:
    """Whatever the stays, the contacts and the rule."""

    @given(stay_lists(between=NEAR, most=4), contact_lists(between=NEAR), stay_duties(), st.dates(*NEAR))
    def test_every_state_is_what_living_through_the_days_gives(
        self, stays: list[Stay], contacts: list[Contact], rule: StayDuties, as_of: date
    ) -> None:
        expected = []
        for one in sorted(stays, key=lambda one: one.stay_id):
            if one.setting not in rule.settings or one.admitted_on > as_of:
                continue
            during = [("visit-during-stay", rule.visit), ("coordination-during-stay", rule.coordination)]
            after = [("contact-after-stay", duty) for duty in rule.afterwards] if one.ended_by(as_of) else []
            for code, duty in during + after:
                if duty is not None:
                    expected.append((one.stay_id, code, walked(one, duty, stays, contacts, rule, as_of)))
        dues = stay_dues(stays, contacts, standard(rule), as_of=as_of)
        found = sorted(dues, key=lambda due: due.about)
        assert [(due.about, due.code, due.state) for due in found] == expected

    @given(stay_lists(between=NEAR, most=4), contact_lists(between=NEAR), stay_duties())
    def test_with_nothing_new_written_the_dues_stay_the_same_but_for_the_day(
        self, stays: list[Stay], contacts: list[Contact], rule: StayDuties
    ) -> None:
        later = [NEAR[1] + timedelta(days=number) for number in (0, 1, 17, 90, 400)]
        seen = [stay_dues(stays, contacts, standard(rule), as_of=as_of) for as_of in later]
        first = [due.seen_on(NEAR[1]) for due in seen[0]]
        assert all([due.seen_on(NEAR[1]) for due in dues] == first for dues in seen)

    @given(stay_lists(between=NEAR, most=4), contact_lists(between=NEAR), stay_duties(), st.randoms())
    def test_the_order_handed_in_does_not_matter(
        self, stays: list[Stay], contacts: list[Contact], rule: StayDuties, random: object
    ) -> None:
        in_order = stay_dues(stays, contacts, standard(rule), as_of=NEAR[1])
        random.shuffle(stays)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
        random.shuffle(contacts)  # type: ignore[attr-defined]
        assert stay_dues(stays, contacts, standard(rule), as_of=NEAR[1]) == in_order


class TestTheRuleAsData:
    """A rulebook states the duties in TOML; what contradicts itself is refused with every reason."""

    def test_it_is_read_from_a_table(self) -> None:
        table = {
            "settings": ["psychiatric-inpatient"],
            "visit": {
                "contact": {"modes": ["face-to-face", "video"], "parties": ["client"]},
                "within": {"days": 3},
                "anchor": "admission",
                "same_day_counts": True,
                "when_overtaken": "lifted",
            },
        }
        assert read(table, StayDuties) == StayDuties(
            settings=(WARD,), visit=attrs.evolve(VISIT, contact=attrs.evolve(CLIENT, parties=(Party.CLIENT,)))
        )

    @given(stay_duties())
    def test_what_is_written_out_is_read_back(self, rule: StayDuties) -> None:
        assert read(plain(rule), StayDuties) == rule

    def test_everything_wrong_is_told_at_once(self) -> None:
        with pytest.raises(NotReadable) as told:
            StayDuties(settings=(), visit=AFTER, afterwards=(VISIT,))
        paths = [problem.path for problem in told.value.problems]
        assert paths == ["settings", "visit.anchor", "afterwards[0].anchor"]
        with pytest.raises(NotReadable):
            StayDuties(settings=(WARD,))

    def test_no_days_at_all_and_not_the_same_day_is_refused(self) -> None:
        for span in (Span(days=0), Span(months=0), Span(business_days=0)):
            with pytest.raises(NotReadable):
                attrs.evolve(AFTER, within=span)
