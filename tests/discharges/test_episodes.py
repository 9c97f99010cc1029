"""Re-admission, and the episodes of one person in a row."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.crises import DayCount
from casecore.discharges import (
    Destination,
    Discharged,
    DischargeReason,
    DischargeUndone,
    Episode,
    ReadmissionTerms,
    episode_of,
    episodes_in_order,
    may_readmit,
    total_days_served,
)
from casecore.intake import Admission
from casecore.standards import Standard
from casecore.terms import NotReadable, Source, StandardNotInForce, Verdict, plain, read
from casecore.testing.strategies.discharges import episode_chains, episodes, readmission_terms

SOURCE = Source(cite="Model Agency Manual 8.4", invented=True)
LEFT_ON = date(2026, 3, 10)
EARLIER = Episode(
    case="c-1",
    client="p-1",
    program="icm",
    admitted_on=date(2025, 1, 1),
    discharged_on=LEFT_ON,
    reason=DischargeReason.MOVED_AWAY,
)
AGAIN = Admission(admitted_on=date(2026, 5, 1), client="p-1", program="icm", follows="c-1")
TERMS = ReadmissionTerms(same_day_allowed=False, same_program=True)


def asked(admission: Admission = AGAIN, earlier: Episode = EARLIER, terms: ReadmissionTerms = TERMS) -> Verdict:
    standard = Standard.fixed("discharges/readmission", terms, since=date(2026, 1, 1), source=SOURCE)
    return may_readmit(admission, earlier, standard)


def on(number: int) -> Admission:
    return attrs.evolve(AGAIN, admitted_on=LEFT_ON + timedelta(days=number))


class TestReadmission:
    """A person who was discharged may be admitted again, as a new episode that follows the old one."""

    def test_months_later(self) -> None:
        verdict = asked()
        assert verdict.is_yes
        assert verdict.source == SOURCE

    def test_the_day_after_and_the_day_before(self) -> None:
        assert asked(on(1)).is_yes
        assert asked(on(-1)).is_no
        assert "an admission after 2026-03-10" in asked(on(-1)).would_satisfy

    def test_on_the_day_of_discharge_the_standard_decides(self) -> None:
        refused = asked(on(0))
        assert refused.is_no
        assert refused.would_satisfy == ("the discharge undone, and the same episode gone on with",)
        assert asked(on(0), terms=attrs.evolve(TERMS, same_day_allowed=True)).is_yes

    def test_soon_after_the_discharge_is_undone_instead(self) -> None:
        terms = attrs.evolve(TERMS, undo_within_days=30)
        assert asked(on(30), terms=terms).is_no
        assert asked(on(31), terms=terms).is_yes

    def test_an_episode_that_goes_on_cannot_be_followed(self) -> None:
        verdict = asked(earlier=attrs.evolve(EARLIER, discharged_on=None, reason=None))
        assert verdict.is_no
        assert verdict.would_satisfy == ("the discharge from it",)

    def test_nobody_comes_back_from_the_dead(self) -> None:
        assert asked(earlier=attrs.evolve(EARLIER, reason=DischargeReason.DIED)).is_no

    def test_everything_wrong_is_told_at_once(self) -> None:
        other = Admission(admitted_on=LEFT_ON, client="p-2", program="scm")
        verdict = asked(other)
        assert sum(part.is_no for part in verdict.parts) == 4

    def test_another_program_where_that_is_allowed(self) -> None:
        other = attrs.evolve(AGAIN, program="scm")
        assert asked(other).is_no
        assert asked(other, terms=attrs.evolve(TERMS, same_program=False)).is_yes

    def test_a_day_without_an_edition_is_refused(self) -> None:
        with pytest.raises(StandardNotInForce):
            asked(attrs.evolve(AGAIN, admitted_on=date(2025, 12, 31)))

    @given(readmission_terms(), st.integers(-5, 40))
    def test_the_day_alone_decides_as_the_terms_say(self, terms: ReadmissionTerms, gap: int) -> None:
        terms = attrs.evolve(terms, not_after=())
        expected = gap > (terms.undo_within_days or 0) or (gap == 0 and terms.same_day_allowed)
        assert asked(on(gap), terms=terms).is_yes == expected


class TestAnEpisodeFromItsEntries:
    """An episode ends with the discharge that stands."""

    LEFT = Discharged(
        discharged_on=LEFT_ON, reason=DischargeReason.MOVED_AWAY, is_planned=True, destination=Destination.FAMILY
    )

    def test_ended_and_undone(self) -> None:
        undone = DischargeUndone(undone_on=date(2026, 3, 12), reason="did not move")
        first = attrs.evolve(AGAIN, admitted_on=date(2025, 1, 1), follows=None)
        assert episode_of("c-1", first, [self.LEFT]) == EARLIER
        assert episode_of("c-1", first, [self.LEFT, undone]).discharged_on is None
        assert episode_of("c-1", first, [self.LEFT], as_of=date(2026, 3, 9)).reason is None

    def test_a_discharge_before_the_admission_is_refused(self) -> None:
        with pytest.raises(NotReadable):
            episode_of("c-2", AGAIN, [self.LEFT])

    def test_an_episode_that_contradicts_itself_is_refused(self) -> None:
        with pytest.raises(NotReadable) as told:
            attrs.evolve(EARLIER, discharged_on=None, follows="c-1")
        assert [problem.path for problem in told.value.problems] == ["reason", "follows"]

    @given(episodes())
    def test_it_is_what_was_told(self, episode: Episode) -> None:
        admission = Admission(admitted_on=episode.admitted_on, client=episode.client, program=episode.program)
        left = (
            [Discharged(discharged_on=episode.discharged_on, reason=episode.reason, is_planned=True,
                        destination=Destination.OTHER)]
            if episode.discharged_on and episode.reason else []
        )  # fmt: skip
        assert episode_of(episode.case, admission, left) == episode


class TestEpisodesInOrder:
    """The episodes of one person form one chain."""

    @given(episode_chains(), st.randoms())
    def test_in_whatever_order_they_come(self, chain: list[Episode], random: object) -> None:
        shuffled = list(chain)
        random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
        assert list(episodes_in_order(shuffled)) == chain

    def test_none_at_all(self) -> None:
        assert episodes_in_order([]) == ()

    SECOND = Episode(case="c-2", client="p-1", program="icm", admitted_on=date(2026, 5, 1), follows="c-1")

    @pytest.mark.parametrize(
        ("changed", "path"),
        [
            ({"follows": "c-9"}, "episodes[1].follows"),
            ({"client": "p-2"}, "episodes[1].client"),
            ({"admitted_on": date(2026, 3, 9)}, "episodes[1].admitted_on"),
            ({"follows": None}, "episodes"),
            ({"case": "c-1", "follows": None}, "episodes"),
        ],
    )
    def test_what_is_no_chain_is_refused(self, changed: dict[str, object], path: str) -> None:
        with pytest.raises(NotReadable) as told:
            episodes_in_order([EARLIER, attrs.evolve(self.SECOND, **changed)])  # type: ignore[arg-type]  # fields of an Episode
        assert path in [problem.path for problem in told.value.problems]

    def test_two_that_follow_the_same(self) -> None:
        with pytest.raises(NotReadable):
            episodes_in_order([EARLIER, self.SECOND, attrs.evolve(self.SECOND, case="c-3")])

    def test_a_circle(self) -> None:
        left = {"discharged_on": date(2026, 5, 1), "client": "p-1", "program": "icm", "admitted_on": date(2026, 5, 1)}
        circle = [Episode(case=a, follows=b, **left) for a, b in (("a", "b"), ("b", "a"))]  # type: ignore[arg-type]  # fields of an Episode
        first = Episode(case="first", client="p-1", program="icm", admitted_on=date(2025, 1, 1))
        with pytest.raises(NotReadable) as told:
            episodes_in_order([first, *circle])
        assert "circle" in str(told.value)


class TestDaysServed:
    """Over all episodes, a day in two of them counts once."""

    def test_discharged_and_admitted_on_one_day(self) -> None:
        second = Episode(case="c-2", client="p-1", program="icm", admitted_on=LEFT_ON, follows="c-1")
        both = [attrs.evolve(EARLIER, admitted_on=date(2026, 3, 1)), second]
        served = {how: total_days_served(both, counting=how, as_of=date(2026, 3, 12)) for how in DayCount}
        assert served == dict.fromkeys(DayCount, 12)
        alone = {how: total_days_served(both[:1], counting=how, as_of=date(2026, 3, 12)) for how in DayCount}
        assert alone == {DayCount.NIGHTS: 9, DayCount.NIGHTS_AT_LEAST_ONE: 9, DayCount.DAYS: 10}

    @given(episode_chains(between=(date(2026, 1, 1), date(2026, 6, 30))), st.dates(date(2026, 1, 1), date(2026, 7, 1)))
    def test_it_is_the_number_of_days_found_one_by_one(self, chain: list[Episode], as_of: date) -> None:
        days = {
            day
            for episode in chain
            for day in (date(2026, 1, 1) + timedelta(days=number) for number in range(200))
            if episode.admitted_on <= day <= as_of and (episode.discharged_on is None or day <= episode.discharged_on)
        }
        assert total_days_served(chain, counting=DayCount.DAYS, as_of=as_of) == len(days)


class TestTheRuleAsData:
    """When somebody may come back is data."""

    @given(readmission_terms())
    def test_what_is_written_out_is_read_back(self, terms: ReadmissionTerms) -> None:
        assert read(plain(terms), ReadmissionTerms) == terms

    def test_the_same_day_cannot_both_be_allowed_and_be_undone(self) -> None:
        with pytest.raises(NotReadable):
            ReadmissionTerms(same_day_allowed=True, same_program=True, undo_within_days=0)
