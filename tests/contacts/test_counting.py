"""Which contacts count, and why the others do not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs
import pytest

from casecore.contacts import (
    Contact,
    ContactMinimum,
    Counting,
    Mode,
    NotCounted,
    Outcome,
    PairOnADay,
    Party,
    Per,
    Place,
    UnknownLength,
    contact_dues,
    count_contacts,
)
from casecore.terms import NotReadable, Period, read
from tests.contacts.standards import ICM, SCM, march, met, standing

MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))
DAY = date(2026, 3, 4)
CHILD, ADULT = date(2015, 5, 1), date(1980, 5, 1)


def why(rule: Counting, contact: Contact, born_on: date | None = None) -> NotCounted | None:
    (line,) = count_contacts([contact], rule, MARCH, born_on=born_on).lines
    assert line.counts == (line.why_not is None)
    assert line.because.startswith("Counts" if line.counts else "Does not count")
    assert line.contact is contact
    return line.why_not


class TestTheFilters:
    """A contact counts when it passes every filter that the standard names."""

    def test_where_nothing_is_named_every_meeting_counts(self) -> None:
        assert why(Counting(), met(DAY, mode=Mode.MAIL, party=Party.PROVIDER)) is None

    @pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.HELD])
    def test_a_missed_contact_does_not_count(self, outcome: Outcome) -> None:
        assert why(Counting(), met(DAY, outcome=outcome)) is NotCounted.OUTCOME

    def test_an_attempt_counts_where_attempts_do(self) -> None:
        rule = Counting(outcomes=(Outcome.HELD, Outcome.NOT_REACHED), minimum_minutes=15)
        assert why(rule, met(DAY, outcome=Outcome.NOT_REACHED)) is None

    def test_another_mode_does_not_count(self) -> None:
        assert why(Counting(modes=(Mode.FACE_TO_FACE,)), met(DAY, mode=Mode.VIDEO)) is NotCounted.MODE

    def test_a_mode_may_need_a_justification(self) -> None:
        rule = Counting(modes=(Mode.FACE_TO_FACE,), modes_if_justified=(Mode.VIDEO,))
        assert why(rule, met(DAY, mode=Mode.VIDEO)) is NotCounted.JUSTIFICATION
        assert why(rule, met(DAY, mode=Mode.VIDEO, justification="risk and benefit weighed")) is None
        assert why(rule, met(DAY)) is None

    def test_another_party_does_not_count(self) -> None:
        assert why(SCM.counting, met(DAY, minutes=20, party=Party.COLLATERAL)) is NotCounted.PARTY

    def test_collaterals_count_only_for_the_young(self) -> None:
        collateral = met(DAY, party=Party.COLLATERAL)
        assert why(ICM.counting, collateral, ADULT) is NotCounted.COLLATERAL_OF_ADULT
        assert why(ICM.counting, collateral, CHILD) is None
        assert why(ICM.counting, collateral, None) is NotCounted.AGE_NOT_KNOWN

    def test_the_age_is_that_of_the_day_of_the_contact(self) -> None:
        collateral = met(DAY, party=Party.COLLATERAL)
        assert why(ICM.counting, collateral, date(2008, 3, 4)) is NotCounted.COLLATERAL_OF_ADULT
        assert why(ICM.counting, collateral, date(2008, 3, 5)) is None

    def test_another_place_does_not_count_and_an_unknown_one_is_not_known(self) -> None:
        rule = Counting(places=(Place.HOME,))
        assert why(rule, met(DAY, place=Place.OFFICE)) is NotCounted.PLACE
        assert why(rule, met(DAY)) is NotCounted.PLACE_NOT_KNOWN
        assert why(rule, met(DAY, place=Place.HOME)) is None

    def test_a_minute_short_is_short(self) -> None:
        assert why(SCM.counting, met(DAY, minutes=14)) is NotCounted.TOO_SHORT
        assert why(SCM.counting, met(DAY, minutes=15)) is None

    @pytest.mark.parametrize(
        ("treated", "answer"),
        [
            (UnknownLength.NOT_KNOWN, NotCounted.LENGTH_NOT_KNOWN),
            (UnknownLength.DOES_NOT_COUNT, NotCounted.NO_LENGTH),
            (UnknownLength.COUNTS, None),
        ],
    )
    def test_an_unknown_length_means_what_the_standard_says(
        self, treated: UnknownLength, answer: NotCounted | None
    ) -> None:
        assert why(Counting(minimum_minutes=15, unknown_length=treated), met(DAY)) is answer

    def test_an_unknown_length_is_not_known_unless_the_standard_says_otherwise(self) -> None:
        count = count_contacts([met(DAY)], SCM, MARCH)
        assert (count.counted, count.at_best, count.missing) == (0, 1, ("minutes",))

    def test_the_two_instants_give_the_length_where_minutes_are_missing(self) -> None:
        began, ended = datetime(2026, 3, 4, 14, 0, tzinfo=UTC), datetime(2026, 3, 4, 14, 15, tzinfo=UTC)
        assert why(SCM.counting, met(DAY, began_at=began, ended_at=ended)) is None

    def test_a_sure_no_is_said_before_a_doubt(self) -> None:
        rule = Counting(places=(Place.HOME,), minimum_minutes=15)
        assert why(rule, met(DAY, minutes=5)) is NotCounted.TOO_SHORT
        assert why(rule, met(DAY, place=Place.JAIL)) is NotCounted.PLACE


class TestOneDay:
    """Filters come before the maximum of a day; where no maximum is stated there is none."""

    def test_all_contacts_of_a_day_count_where_no_maximum_is_stated(self) -> None:
        assert count_contacts(march(4, 4, 4, minutes=20), SCM, MARCH).counted == 3

    def test_a_contact_that_fails_a_filter_does_not_use_up_the_day(self) -> None:
        phone, visit = met(DAY, mode=Mode.TELEPHONE), met(DAY, mode=Mode.FACE_TO_FACE)
        count = count_contacts([phone, visit], ICM, MARCH, born_on=ADULT)
        assert count.counted == 1
        assert {line.contact: line.why_not for line in count.lines} == {phone: NotCounted.MODE, visit: None}

    def test_the_second_of_a_day_is_over_the_maximum(self) -> None:
        count = count_contacts(march(4, 4, 5), ICM, MARCH, born_on=ADULT)
        assert count.counted == 2
        assert [line.why_not for line in count.lines] == [None, NotCounted.DAILY_MAXIMUM, None]

    def test_two_count_for_a_child_met_apart_from_a_collateral(self) -> None:
        day = [met(DAY), met(DAY), met(DAY, party=Party.COLLATERAL)]
        count = count_contacts(day, ICM, MARCH, born_on=CHILD)
        assert count.counted == 2
        assert {line.contact.party for line in count.lines if line.counts} == {Party.CLIENT, Party.COLLATERAL}

    def test_the_pair_must_be_one_with_each(self) -> None:
        assert count_contacts(march(4, 4), ICM, MARCH, born_on=CHILD).counted == 1
        assert count_contacts(march(4, 4, party=Party.COLLATERAL), ICM, MARCH, born_on=CHILD).counted == 1

    def test_the_pair_must_be_made_in_the_modes_it_names(self) -> None:
        pair = PairOnADay(at_most=2, modes=(Mode.FACE_TO_FACE,))
        rule = Counting(most_per_day=1, pair_on_a_day=pair)
        by_phone = met(DAY, party=Party.COLLATERAL, mode=Mode.TELEPHONE)
        assert count_contacts([met(DAY), by_phone], rule, MARCH).counted == 1

    def test_the_pair_is_not_known_where_the_age_is_not(self) -> None:
        pair = PairOnADay(at_most=2, under_age=18)
        rule = Counting(most_per_day=1, pair_on_a_day=pair)
        count = count_contacts([met(DAY), met(DAY, party=Party.COLLATERAL)], rule, MARCH)
        assert (count.counted, count.at_best, count.missing) == (1, 2, ("born_on",))

    def test_the_pair_is_for_nobody_who_has_come_of_age(self) -> None:
        rule = Counting(most_per_day=1, pair_on_a_day=PairOnADay(at_most=2, under_age=18))
        day = [met(DAY), met(DAY, party=Party.COLLATERAL)]
        assert count_contacts(day, rule, MARCH, born_on=date(2008, 3, 5)).counted == 2
        assert count_contacts(day, rule, MARCH, born_on=date(2008, 3, 4)).counted == 1


class TestShortContactsOfOneDay:
    """Short contacts of one day with one party count as one where the standard lets them add up."""

    RULE = attrs.evolve(SCM.counting, short_contacts_add_up=True)

    def test_they_are_one_contact_once_they_are_long_enough_together(self) -> None:
        short = [met(DAY, minutes=8), met(DAY, minutes=7)]
        count = count_contacts(short, self.RULE, MARCH)
        assert count.counted == 1
        assert sorted(line.why_not is None for line in count.lines) == [False, True]
        assert NotCounted.ADDED_UP in {line.why_not for line in count.lines}
        assert any("long enough" in line.because for line in count.lines)

    def test_they_do_not_add_up_unless_the_standard_says_so(self) -> None:
        count = count_contacts([met(DAY, minutes=8), met(DAY, minutes=7)], SCM, MARCH)
        assert [line.why_not for line in count.lines] == [NotCounted.TOO_SHORT] * 2

    def test_they_do_not_add_up_over_days_or_parties(self) -> None:
        either = attrs.evolve(self.RULE, parties=())
        assert count_contacts(march(4, 5, minutes=8), either, MARCH).counted == 0
        apart = [met(DAY, minutes=8), met(DAY, minutes=8, party=Party.COLLATERAL)]
        assert count_contacts(apart, either, MARCH).counted == 0

    def test_one_in_doubt_adds_up_only_at_best(self) -> None:
        at_home = attrs.evolve(self.RULE, places=(Place.HOME,))
        count = count_contacts([met(DAY, minutes=8), met(DAY, minutes=7, place=Place.HOME)], at_home, MARCH)
        assert (count.counted, count.at_best, count.missing) == (0, 1, ("place",))
        assert {line.why_not for line in count.lines} == {NotCounted.TOO_SHORT, NotCounted.PLACE_NOT_KNOWN}
        alone = count_contacts([met(DAY, minutes=8)], at_home, MARCH)
        assert (alone.at_best, alone.missing) == (0, ())

    def test_nor_do_those_of_a_client_whose_age_is_not_known(self) -> None:
        rule = attrs.evolve(self.RULE, parties=(), collaterals_under_age=18)
        short = march(4, 4, minutes=8, party=Party.COLLATERAL)
        count = count_contacts(short, rule, MARCH)
        assert (count.counted, count.at_best, count.missing) == (0, 1, ("born_on",))
        assert count_contacts(short, rule, MARCH, born_on=ADULT).at_best == 0
        assert count_contacts(short, rule, MARCH, born_on=CHILD).counted == 1

    def test_the_services_of_all_of_them_were_given(self) -> None:
        short = [met(DAY, minutes=8, services=("skills",)), met(DAY, minutes=7, services=("linkage",))]
        assert count_contacts(short, self.RULE, MARCH).services == ("linkage", "skills")
        asked = ContactMinimum(at_least=2, per=Per.MONTH, counting=self.RULE, different_services=2)
        held = [*short, met(DAY, minutes=15)]
        assert contact_dues(held, standing(asked), admitted_on=DAY, as_of=DAY)[0].met_on == DAY

    def test_together_they_are_of_a_mode_only_where_those_of_that_mode_are_long_enough(self) -> None:
        pair = PairOnADay(at_most=2, modes=(Mode.FACE_TO_FACE,))
        rule = Counting(minimum_minutes=15, short_contacts_add_up=True, most_per_day=1, pair_on_a_day=pair)
        collateral = met(DAY, minutes=20, party=Party.COLLATERAL)
        seen, called = met(DAY, minutes=14), met(DAY, minutes=14, mode=Mode.TELEPHONE)
        assert count_contacts([collateral, seen, called], rule, MARCH).counted == 1
        assert count_contacts([collateral, seen, seen], rule, MARCH).counted == 2
        assert count_contacts([collateral, seen, seen, called], rule, MARCH).counted == 2

    def test_many_of_them_are_still_one(self) -> None:
        assert count_contacts(march(4, 4, 4, 4, 4, minutes=14), self.RULE, MARCH).counted == 1


class TestWhatIsAskedAbout:
    """Only the contacts of the days asked about, known by the day asked on, are told of."""

    def test_the_days_are_half_open(self) -> None:
        days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
        assert count_contacts([met(day) for day in days], Counting(), MARCH).counted == 2

    def test_later_contacts_are_passed_over(self) -> None:
        assert len(count_contacts(march(4, 5, 6), Counting(), MARCH, as_of=date(2026, 3, 5)).lines) == 2

    def test_services_over_the_maximum_were_given_all_the_same(self) -> None:
        day = [
            met(DAY, services=("skills",)),
            met(DAY, services=("linkage",)),
            met(DAY, mode=Mode.MAIL, services=("x",)),
        ]
        assert count_contacts(day, ICM, MARCH, born_on=ADULT).services == ("linkage", "skills")

    def test_the_same_contact_handed_in_twice_is_two(self) -> None:
        same = met(DAY)
        count = count_contacts([same, same], ICM, MARCH, born_on=ADULT)
        assert [line.why_not for line in count.lines] == [None, NotCounted.DAILY_MAXIMUM]


class TestWords:
    """What is asked for can be said in words."""

    @pytest.mark.parametrize(
        ("rule", "count", "words"),
        [
            (Counting(), 1, "1 contact"),
            (SCM.counting, 2, "2 face-to-face contacts with the client of at least 15 minutes"),
            (Counting(outcomes=tuple(Outcome)), 1, "1 contact or attempt"),
            (Counting(outcomes=tuple(Outcome)), 2, "2 contacts or attempts"),
            (Counting(places=(Place.HOME, Place.JAIL)), 3, "3 contacts at home or jail"),
        ],
    )
    def test_the_phrase(self, rule: Counting, count: int, words: str) -> None:
        assert rule.phrase(count) == words


class TestRulesThatCannotBe:
    """A way of counting that contradicts itself is refused."""

    @pytest.mark.parametrize(
        ("table", "path"),
        [
            ({"outcomes": []}, "outcomes"),
            ({"modes_if_justified": ["video"]}, "modes_if_justified"),
            ({"modes": ["video"], "modes_if_justified": ["video"]}, "modes_if_justified"),
            ({"short_contacts_add_up": True}, "short_contacts_add_up"),
            ({"pair_on_a_day": {"at_most": 2}}, "pair_on_a_day"),
            ({"most_per_day": 2, "pair_on_a_day": {"at_most": 2}}, "pair_on_a_day"),
            ({"most_per_day": 1, "pair_on_a_day": {"at_most": 2, "parties": ["client", "client"]}}, "parties"),
            ({"most_per_day": 0}, "most_per_day"),
            ({"minimum_minutes": -1}, "minimum_minutes"),
            ({"modes": ["pigeon"]}, "modes"),
            ({"parties": "client"}, "parties"),
        ],
    )
    def test_it_is_refused_with_the_field_named(self, table: dict[str, object], path: str) -> None:
        with pytest.raises(NotReadable) as caught:
            read(table, Counting)
        assert any(path in problem.path for problem in caught.value.problems)
