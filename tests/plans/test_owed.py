"""By when a plan, its signatures and its reviews are owed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.plans import (
    ClockRestarts,
    FirstPlan,
    PlanReviewed,
    PlanSigned,
    PlanTimes,
    RequestCountsFrom,
    RequestLasts,
    Signer,
    plan_dues,
    plans_of,
)
from casecore.standards import Edition, Standard
from casecore.terms import Due, DueState, NotReadable, Period, Span, WorkingDays, plain, read
from casecore.testing.strategies import plans as strategies
from tests.plans.stories import (
    ALL_THREE,
    CITED,
    DAY,
    LONG_AGO,
    asking_signatures,
    closed,
    drafted,
    proposed,
    reviewed,
    signed,
)

IN_FORCE = [drafted(1), proposed(2), signed(3)]
REVIEWS: dict[str, Any] = {
    "review_within": Span(days=180),
    "clock_restarts": ClockRestarts.EITHER,
    "request_lasts": RequestLasts.ONE_REVIEW,
    "request_counts_from": RequestCountsFrom.CLOCK,
}


def times(since: date = LONG_AGO, **fields: Any) -> Standard[PlanTimes]:
    return Standard.fixed("plans/times", PlanTimes(**fields), since=since, source=CITED)


def first(step: FirstPlan = FirstPlan.SIGNED, within: Span | None = None) -> Standard[PlanTimes]:
    return times(first_plan_within=within or Span(days=30), first_plan_is=step)


def reviews(**fields: Any) -> Standard[PlanTimes]:
    return times(**{**REVIEWS, **fields})


def dues(*entries: Any, standard: Standard[PlanTimes], as_of: int, admitted: int = 1, **more: Any) -> tuple[Due, ...]:
    return plan_dues(entries, standard, admitted_on=DAY(admitted), as_of=DAY(as_of), **more)


def seen(*entries: Any, standard: Standard[PlanTimes], as_of: int, **more: Any) -> list[tuple[date, str]]:
    """The last day and the state of each due."""
    return [(due.by, due.state.value) for due in dues(*entries, standard=standard, as_of=as_of, **more)]


class TestFirstPlan:
    """The first plan is signed within 30 days of admission."""

    def test_the_last_day_and_the_day_after(self) -> None:
        assert seen(standard=first(), as_of=31) == [(DAY(31), "due")]
        assert seen(standard=first(), as_of=32) == [(DAY(31), "overdue")]

    def test_met_and_met_late(self) -> None:
        assert seen(drafted(1), proposed(2), signed(31), standard=first(), as_of=40) == [(DAY(31), "met")]
        assert seen(drafted(1), proposed(2), signed(32), standard=first(), as_of=40) == [(DAY(31), "met-late")]

    def test_made_before_admission_it_is_met(self) -> None:
        (due,) = dues(*IN_FORCE, standard=first(), as_of=40, admitted=20)
        assert (due.state, due.met_on) == (DueState.MET, DAY(3))

    @pytest.mark.parametrize(("step", "day"), [(FirstPlan.DRAFTED, 1), (FirstPlan.PROPOSED, 2), (FirstPlan.SIGNED, 3)])
    def test_what_it_must_have_come_to_is_the_standards_to_say(self, step: FirstPlan, day: int) -> None:
        (before,) = dues(*IN_FORCE, standard=first(step), as_of=day - 1)
        (after,) = dues(*IN_FORCE, standard=first(step), as_of=day)
        assert (before.met_on, after.met_on) == (None, DAY(day))

    def test_writing_the_draft_again_does_not_make_it_later(self) -> None:
        (due,) = dues(drafted(5), drafted(50), standard=first(FirstPlan.DRAFTED), as_of=60)
        assert due.met_on == DAY(5)

    def test_business_days_are_the_agencys_own(self) -> None:
        standard = first(within=Span(business_days=2))
        assert DAY(2).weekday() == 4
        (due,) = dues(standard=standard, as_of=2, admitted=2, working_days=WorkingDays(closed=frozenset({DAY(5)})))
        assert due.by == DAY(7)
        with pytest.raises(NotReadable, match="working_days"):
            dues(standard=standard, as_of=2)

    def test_it_says_why_by_whose_authority_and_what_would_satisfy(self) -> None:
        (due,) = dues(standard=first(), as_of=5)
        assert due.code == "first-plan-owed"
        assert due.what == "the first service plan, signed within 30 days of admission"
        assert (due.standard, due.source, due.since) == ("plans/times", CITED, DAY(1))
        assert due.would_satisfy == "a service plan signed"
        assert due.window == Period(DAY(1), DAY(32))


class TestReviews:
    """A plan is reviewed within 180 days of the last review, or of the plan that was last signed anew."""

    def test_the_clock_starts_with_the_signed_plan(self) -> None:
        assert seen(drafted(1), proposed(2), standard=reviews(), as_of=500) == []
        assert seen(*IN_FORCE, standard=reviews(), as_of=183) == [(DAY(183), "due")]
        assert seen(*IN_FORCE, standard=reviews(), as_of=184) == [(DAY(183), "overdue")]

    def test_the_next_is_measured_from_the_review_not_from_the_day_it_was_due(self) -> None:
        early = seen(*IN_FORCE, reviewed(100), standard=reviews(), as_of=200)
        late = seen(*IN_FORCE, reviewed(200), standard=reviews(), as_of=200)
        assert early == [(DAY(183), "met"), (DAY(280), "due")]
        assert late == [(DAY(183), "met-late"), (DAY(380), "due")]

    def test_a_review_that_was_only_opened_restarts_nothing(self) -> None:
        assert seen(*IN_FORCE, reviewed(100, complete=False), standard=reviews(), as_of=183) == [(DAY(183), "due")]

    @pytest.mark.parametrize(
        ("restarts", "by"),
        [
            (ClockRestarts.COMPLETED_REVIEW, [183, 280]),
            (ClockRestarts.NEW_SIGNED_VERSION, [183, 330]),
            (ClockRestarts.EITHER, [183, 280, 330]),
        ],
    )
    def test_what_restarts_the_clock_is_the_standards_to_say(self, restarts: ClockRestarts, by: list[int]) -> None:
        life = [*IN_FORCE, reviewed(100), drafted(140, 2), proposed(141, 2), signed(150, version=2)]
        assert [due.by for due in dues(*life, standard=reviews(clock_restarts=restarts), as_of=160)] == [
            DAY(day) for day in by
        ]

    def test_a_review_and_a_new_version_on_one_day_are_one_restart(self) -> None:
        life = [*IN_FORCE, reviewed(100), drafted(100, 2), proposed(100, 2), signed(100, version=2)]
        assert len(dues(*life, standard=reviews(), as_of=160)) == 2

    def test_the_window_opens_before_the_last_day(self) -> None:
        standard = reviews(review_opens_days_before=30)
        assert seen(*IN_FORCE, standard=standard, as_of=152) == [(DAY(183), "upcoming")]
        assert seen(*IN_FORCE, standard=standard, as_of=153) == [(DAY(183), "due")]
        assert seen(*IN_FORCE, reviewed(50), standard=standard, as_of=60)[0] == (DAY(183), "met")
        assert dues(*IN_FORCE, standard=reviews(review_opens_days_before=999), as_of=9)[0].window.start == DAY(3)

    def test_months_are_counted_from_the_clock(self) -> None:
        signed_on_the_31st = [drafted(1), proposed(2), signed(31)]
        assert dues(*signed_on_the_31st, standard=reviews(review_within=Span(months=1)), as_of=40)[0].by == date(
            2026, 2, 28
        )

    def test_each_plan_has_its_own_clock(self) -> None:
        second = PlanSigned(signed_on=DAY(60), plan_id="p-2", plan_version=1, role=Signer.CLIENT, signer="p-client")
        found = dues(*IN_FORCE, drafted(50, plan_id="p-2"), second, standard=reviews(), as_of=90)
        assert [(due.about, due.by) for due in found] == [("p-1", DAY(183)), ("p-2", DAY(240))]

    def test_it_says_since_when_and_what_would_satisfy(self) -> None:
        (due,) = dues(*IN_FORCE, standard=reviews(), as_of=90)
        assert due.code == "plan-review-owed"
        assert due.what == "a review of the service plan, within 180 days of 2026-01-03"
        assert (due.since, due.about, due.source) == (DAY(3), "p-1", CITED)
        assert due.would_satisfy == "a completed review of the plan, or a new version of it signed"


class TestShorterOnRequest:
    """The client may ask in writing for a shorter interval (Minnesota: every 90 days instead of 180)."""

    def by(self, *entries: Any, **fields: Any) -> list[date]:
        return [due.by for due in dues(*IN_FORCE, *entries, standard=reviews(**fields), as_of=900)]

    def test_it_holds_for_the_review_that_follows(self) -> None:
        assert self.by(reviewed(100, within=90)) == [DAY(183), DAY(190)]

    def test_whether_it_lasts_beyond_one_review_is_the_standards_to_say(self) -> None:
        life = [reviewed(100, within=90), reviewed(150)]
        assert self.by(*life)[-1] == DAY(330)
        assert self.by(*life, request_lasts=RequestLasts.UNTIL_ANOTHER)[-1] == DAY(240)
        again = [*life, reviewed(160, within=60)]
        assert self.by(*again, request_lasts=RequestLasts.UNTIL_ANOTHER)[-1] == DAY(220)

    def test_a_longer_interval_than_the_standards_is_not_to_be_had(self) -> None:
        assert self.by(reviewed(100, within=365)) == [DAY(183), DAY(280)]

    def test_asked_for_while_an_interval_runs_it_counts_from_the_clock_or_from_the_request(self) -> None:
        asked = reviewed(50, complete=False, within=90)
        assert self.by(asked) == [DAY(93)]
        assert self.by(asked, request_counts_from=RequestCountsFrom.REQUEST) == [DAY(140)]

    def test_asked_for_after_that_interval_had_passed_it_is_not_late_before_it_was_asked(self) -> None:
        asked = reviewed(150, complete=False, within=90)
        assert self.by(asked) == [DAY(150)]
        assert self.by(asked, request_counts_from=RequestCountsFrom.REQUEST) == [DAY(183)]

    def test_asked_for_when_the_review_was_overdue_it_changes_nothing(self) -> None:
        assert self.by(reviewed(200, complete=False, within=90)) == [DAY(183)]

    def test_where_reviews_restart_nothing_a_request_still_shortens_the_interval(self) -> None:
        restarts = {"clock_restarts": ClockRestarts.NEW_SIGNED_VERSION}
        assert self.by(reviewed(50, within=90), **restarts) == [DAY(93)]

    def test_the_due_says_that_it_was_asked_for(self) -> None:
        due = dues(*IN_FORCE, reviewed(100, within=90), standard=reviews(), as_of=120)[-1]
        assert due.what == "a review of the service plan, asked for in writing on 2026-04-10 within 90 days"


class TestSignatures:
    """Each signature required is given within ten days of the proposal."""

    STANDARD = times(signature_within=Span(days=10))

    def test_each_role_is_waited_for(self) -> None:
        waiting = dues(drafted(1), proposed(2), signed(5), standard=self.STANDARD, as_of=13, signatures=ALL_THREE)
        assert [(due.state.value, due.would_satisfy) for due in waiting] == [
            ("met", "the signature of client or guardian on version 1"),
            ("overdue", "the signature of case-manager on version 1"),
            ("overdue", "the signature of supervisor on version 1"),
        ]
        assert {due.code for due in waiting} == {"plan-signature-owed"}

    def test_without_a_standard_for_signatures_one_is_waited_for(self) -> None:
        assert seen(drafted(1), proposed(2), standard=self.STANDARD, as_of=12) == [(DAY(12), "due")]
        assert seen(*IN_FORCE, standard=self.STANDARD, as_of=12) == [(DAY(12), "met")]

    def test_a_draft_waits_for_nobody(self) -> None:
        assert seen(drafted(1), standard=self.STANDARD, as_of=90, signatures=ALL_THREE) == []

    def test_a_refusal_that_stands_for_a_signature_settles_it(self) -> None:
        refused = signed(5, refused_because="does not sign papers")
        standing = asking_signatures(refusal_stands_for=frozenset({Signer.CLIENT}))
        life = [drafted(1), proposed(2), refused]
        assert dues(*life, standard=self.STANDARD, as_of=9, signatures=standing)[0].state is DueState.MET
        assert dues(*life, standard=self.STANDARD, as_of=9, signatures=ALL_THREE)[0].state is DueState.DUE

    def test_a_newer_draft_ends_the_wait(self) -> None:
        in_time = dues(drafted(1), proposed(2), drafted(9, 2), standard=self.STANDARD, as_of=90)
        late = dues(drafted(1), proposed(2), drafted(20, 2), standard=self.STANDARD, as_of=90)
        assert in_time == ()
        assert [due.state for due in late] == [DueState.MISSED]
        assert late[0].seen_on(DAY(19)).state is DueState.OVERDUE


class TestEnding:
    """What is still in time when the episode ends or the plan closes is no longer owed; what was late is missed."""

    @pytest.mark.parametrize("ending", ["until", "closed"])
    def test_the_review(self, ending: str) -> None:
        def states(day: int, as_of: int) -> list[str]:
            end: list[Any] = [closed(day)] if ending == "closed" else []
            until = None if ending == "closed" else DAY(day)
            return [state for _, state in seen(*IN_FORCE, *end, standard=reviews(), as_of=as_of, until=until)]

        assert states(183, 183) == []
        assert states(183, 182) == ["due"]
        assert states(184, 184) == ["missed"]
        assert states(300, 299) == ["overdue"]
        assert states(300, 300) == ["missed"]

    def test_the_first_plan(self) -> None:
        assert seen(standard=first(), as_of=40, until=DAY(20)) == []
        assert seen(standard=first(), as_of=40, until=DAY(35)) == [(DAY(31), "missed")]
        assert seen(standard=first(), as_of=34, until=DAY(35)) == [(DAY(31), "overdue")]
        assert seen(*IN_FORCE, standard=first(), as_of=40, until=DAY(35)) == [(DAY(31), "met")]

    def test_what_is_done_on_the_last_day_counts_and_after_it_does_not(self) -> None:
        assert seen(*IN_FORCE, reviewed(200), standard=reviews(), as_of=250, until=DAY(200)) == [(DAY(183), "met-late")]
        assert seen(*IN_FORCE, reviewed(201), standard=reviews(), as_of=250, until=DAY(200)) == [(DAY(183), "missed")]

    @pytest.mark.parametrize("ending", ["until", "closed"])
    def test_a_request_written_after_it_does_not_take_back_what_was_missed(self, ending: str) -> None:
        life: list[Any] = [*IN_FORCE, reviewed(20, complete=False, within=27), reviewed(60, complete=False, within=90)]
        end, until = ([closed(50)], None) if ending == "closed" else ([], DAY(50))
        for as_of in (55, 70):
            assert seen(*life, *end, standard=reviews(), as_of=as_of, until=until) == [(DAY(30), "missed")]


class TestEditions:
    """The edition of the day a duty arises governs it; a standard that begins later asks from its first day on."""

    CHANGED = Standard(
        name="plans/times",
        editions=(
            Edition(since=DAY(1), source=CITED, value=PlanTimes(**REVIEWS)),
            Edition(since=DAY(50), source=CITED, value=PlanTimes(**{**REVIEWS, "review_within": Span(days=90)})),
        ),
    )

    def test_the_day_before_and_the_day_of_the_next_edition(self) -> None:
        assert dues(*IN_FORCE, reviewed(49), standard=self.CHANGED, as_of=60)[-1].by == DAY(229)
        assert dues(*IN_FORCE, reviewed(50), standard=self.CHANGED, as_of=60)[-1].by == DAY(140)

    def test_a_plan_older_than_the_standard_is_owed_a_review_but_not_late_before_it(self) -> None:
        for since, by in ((100, 183), (183, 183), (184, 184), (400, 400)):
            standard = times(since=DAY(since), **REVIEWS)
            assert seen(*IN_FORCE, standard=standard, as_of=since - 1) == []
            (due,) = dues(*IN_FORCE, standard=standard, as_of=since)
            assert (due.since, due.by) == (DAY(since), DAY(by))
            assert seen(*IN_FORCE, standard=standard, as_of=by + 1) == [(DAY(by), "overdue")]

    def test_what_was_done_before_the_standard_began_was_never_owed(self) -> None:
        life = [*IN_FORCE, reviewed(99)]
        assert seen(*life, standard=times(since=DAY(100), **REVIEWS), as_of=110) == [(DAY(279), "due")]
        begun = times(since=DAY(100), first_plan_within=Span(days=30), first_plan_is=FirstPlan.SIGNED)
        assert seen(*life, standard=begun, as_of=110) == []
        assert seen(standard=begun, as_of=110) == [(DAY(100), "overdue")]

    def test_after_a_repeal_nothing_new_is_owed(self) -> None:
        repealed = Standard(
            name="plans/times", editions=(*times(**REVIEWS).editions, Edition(since=DAY(50), source=CITED))
        )
        assert [due.by for due in dues(*IN_FORCE, reviewed(60), standard=repealed, as_of=90)] == [DAY(183)]

    def test_what_an_edition_does_not_ask_for_is_not_owed(self) -> None:
        assert dues(*IN_FORCE, standard=first(), as_of=400)[0].code == "first-plan-owed"
        assert len(dues(*IN_FORCE, standard=first(), as_of=400)) == 1
        assert {due.code for due in dues(*IN_FORCE, standard=reviews(), as_of=400)} == {"plan-review-owed"}


class Owed(NamedTuple):
    since: date
    by: date
    met_on: date | None
    closes: date | None


def walked(entries: list[Any], standard: Standard[PlanTimes], as_of: date, until: date | None) -> list[Owed]:
    """The reviews owed of one plan, found by walking from day to day with a calendar and a pencil."""
    plans = plans_of(entries, as_of=as_of)
    if not plans:
        return []
    (plan,) = plans
    signings = {version.signed_on for version in plan.versions}
    completed = {review.reviewed_on for review in plan.reviews if review.is_complete}
    closings = [day for day in (plan.closed_on, until) if day is not None and day <= as_of]
    found: list[Owed] = []
    clock: date | None = None
    clock_before_standard: list[date] = []
    running: tuple[date, PlanTimes] | None = None

    def restarts(rule: PlanTimes, day: date) -> bool:
        by_review = rule.clock_restarts in (ClockRestarts.COMPLETED_REVIEW, ClockRestarts.EITHER)
        by_version = rule.clock_restarts in (ClockRestarts.NEW_SIGNED_VERSION, ClockRestarts.EITHER)
        return (by_review and day in completed) or (by_version and day in signings)

    def last_day(since: date, rule: PlanTimes, today: date) -> date:
        """As it is known at the end of *today*."""
        assert clock is not None
        assert rule.review_within is not None
        regular = by = rule.review_within.after(clock)
        holding: PlanReviewed | None = None
        for review in plan.reviews:
            if review.next_within_days is not None and review.reviewed_on <= today:
                holding = review
        if holding is not None and (holding.reviewed_on >= clock or rule.request_lasts is RequestLasts.UNTIL_ANOTHER):
            interval = timedelta(days=holding.next_within_days or 0)
            if holding.reviewed_on > clock and rule.request_counts_from is RequestCountsFrom.REQUEST:
                by = holding.reviewed_on + interval
            elif holding.reviewed_on > clock:
                by = max(clock + interval, holding.reviewed_on)
            else:
                by = clock + interval
        return max(min(by, regular), since)

    day = min([*(entry.happened_on for entry in entries), *closings])
    while day <= as_of:
        edition = standard.in_force(day)
        if clock is not None and running is None:
            clock_before_standard.append(day)
            if edition is not None:
                moved = [each for each in clock_before_standard[:-1] if restarts(edition.rule, each)]
                clock = max([clock, *moved])
                running = (day, edition.rule)
        if running is not None and clock is not None and day > clock and restarts(running[1], day):
            found.append(Owed(running[0], last_day(*running, day - timedelta(days=1)), day, None))
            clock, running, clock_before_standard = day, None, []
            if edition is not None:
                running = (day, edition.rule)
        if clock is None and day in signings:
            clock = day
            if edition is not None:
                running = (day, edition.rule)
        if day in closings:
            if running is not None:
                by = last_day(*running, day)
                if by < day:
                    found.append(Owed(running[0], by, None, day))
            return found
        day += timedelta(days=1)
    if running is not None:
        found.append(Owed(running[0], last_day(*running, as_of), None, None))
    return found


@st.composite
def standards(draw: st.DrawFn) -> Standard[PlanTimes]:
    """One or two editions about reviews, with or without a gap between them, or a repeal at the end."""

    def edition(since: int, until: int | None = None) -> Edition[PlanTimes]:
        rule = PlanTimes(
            review_within=Span(days=draw(st.integers(0, 120))),
            clock_restarts=draw(st.sampled_from(ClockRestarts)),
            request_lasts=draw(st.sampled_from(RequestLasts)),
            request_counts_from=draw(st.sampled_from(RequestCountsFrom)),
            review_opens_days_before=draw(st.none() | st.integers(0, 40)),
        )
        return Edition(since=DAY(since), until=None if until is None else DAY(until), source=CITED, value=rule)

    begins = draw(st.just(-50) | st.integers(-50, 150))
    if draw(st.booleans()):
        return Standard(name="plans/times", editions=(edition(begins),))
    ends = begins + draw(st.integers(1, 150))
    later = ends + draw(st.integers(0, 60))
    return Standard(name="plans/times", editions=(edition(begins, ends), edition(later)))


WITHIN_A_YEAR = (DAY(1), DAY(300))
WHEN = st.integers(1, 420).map(DAY)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Any, ...]:
    """A plan that comes in force, then reviews, requests and new versions, close together; now and then it closes."""
    day = draw(st.integers(1, 60))
    entries: list[Any] = [drafted(day), proposed(day), signed(day)]
    version = 1
    for step in draw(st.lists(st.sampled_from(["review", "open", "version", "version"]), min_size=1, max_size=7)):
        day += draw(st.integers(0, 60))
        if step == "version":
            version += 1
            entries += [drafted(day, version), proposed(day, version), signed(day, version=version)]
        else:
            within = draw(st.none() | st.integers(1, 90))
            entries.append(reviewed(day, complete=step == "review", within=within))
    if draw(st.integers(0, 3)) == 0:
        entries.append(closed(day + draw(st.integers(0, 90))))
    return tuple(entries)


class TestAgainstAWalkThroughTheDays:
    """The same dues are found by walking from day to day."""

    @settings(deadline=None)  # a walk through a year of days
    @given(lives() | strategies.plan_histories(between=WITHIN_A_YEAR), standards(), WHEN, st.none() | st.none() | WHEN)
    def test_reviews(
        self, history: tuple[Any, ...], standard: Standard[PlanTimes], as_of: date, until: date | None
    ) -> None:
        made = plan_dues(history, standard, admitted_on=DAY(1), as_of=as_of, until=until)
        assert [Owed(due.since, due.by, due.met_on, due.closes) for due in made] == walked(
            list(history), standard, as_of, until
        )
        assert all(due.code == "plan-review-owed" and due.as_of == as_of for due in made)

    @settings(max_examples=50, deadline=None)
    @given(strategies.plan_histories(between=WITHIN_A_YEAR), strategies.plan_times(), WHEN)
    def test_between_entries_and_editions_nothing_changes_but_the_day_asked_about(
        self, history: tuple[Any, ...], rule: PlanTimes, as_of: date
    ) -> None:
        standard = Standard.fixed("plans/times", rule, since=LONG_AGO, source=CITED)
        known = [entry for entry in history if entry.happened_on <= as_of]
        today = plan_dues(known, standard, admitted_on=DAY(1), as_of=as_of, signatures=ALL_THREE)
        later = as_of + timedelta(days=200)
        then = plan_dues(known, standard, admitted_on=DAY(1), as_of=later, signatures=ALL_THREE)
        assert [due.seen_on(later) for due in today] == list(then)

    @settings(max_examples=50, deadline=None)
    @given(strategies.plan_histories(between=WITHIN_A_YEAR), WHEN)
    def test_the_first_plan_is_met_on_the_first_day_anything_is_signed(
        self, history: tuple[Any, ...], as_of: date
    ) -> None:
        (due,) = plan_dues(history, first(), admitted_on=DAY(1), as_of=as_of)
        days = [
            version.signed_on
            for plan in plans_of(history, as_of=as_of)
            for version in plan.versions
            if version.signed_on
        ]
        assert due.met_on == min(days, default=None)


class TestRule:
    """The rule is read from rulebook files, and refuses what contradicts itself."""

    def test_from_toml(self) -> None:
        rule = read(
            {
                "first_plan_within": {"days": 30},
                "first_plan_is": "signed",
                "review_within": {"days": 180},
                "clock_restarts": "either",
                "request_lasts": "one-review",
                "request_counts_from": "clock",
            },
            PlanTimes,
        )
        assert rule == PlanTimes(first_plan_within=Span(days=30), first_plan_is=FirstPlan.SIGNED, **REVIEWS)
        assert PlanTimes.asks == "plan-times"

    @pytest.mark.parametrize("choice", ["clock_restarts", "request_lasts", "request_counts_from"])
    def test_a_choice_left_open_is_refused(self, choice: str) -> None:
        with pytest.raises(NotReadable, match=f"{choice}: must be said where review_within is"):
            PlanTimes(**{**REVIEWS, choice: None})
        with pytest.raises(NotReadable, match=f"{choice}: must not stand without review_within"):
            PlanTimes(signature_within=Span(days=1), **{choice: REVIEWS[choice]})

    def test_a_rule_that_asks_for_nothing_or_says_half(self) -> None:
        with pytest.raises(NotReadable, match="must ask for a first plan, for signatures or for reviews"):
            PlanTimes()
        with pytest.raises(NotReadable, match="first_plan_is"):
            PlanTimes(first_plan_within=Span(days=30))
        with pytest.raises(NotReadable, match="review_opens_days_before"):
            PlanTimes(signature_within=Span(days=1), review_opens_days_before=3)

    @given(strategies.plan_times())
    def test_any_rule_comes_back_from_plain_data(self, rule: PlanTimes) -> None:
        assert read(plain(rule), PlanTimes) == rule
