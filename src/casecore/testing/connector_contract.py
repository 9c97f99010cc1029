"""
What every connector promises that tells of a hospital's stays, as tests to inherit.

    class TestMyConnector(ConnectorContract):
        @pytest.fixture
        def connector(self):
            self.hospital = MyHospitalInATest()
            return MyConnector(self.hospital, cases=self.CASES)

        def deliver(self, told):
            self.hospital.sends(told)

The clauses are numbered as in ``docs/reference/contracts/connectors.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple

import pytest

from casecore.agency import Agency, TakenIn
from casecore.crises import Stay, StayBegan, StayEnded, stays_of
from casecore.hooks import Arrival, Untaken, load_plugins

from .memory_store import MemoryStore


class HospitalTold(NamedTuple):
    """
    What a hospital tells, in nobody's format: *began* or ended, whose visit, on which day, and when it said so.

    Attributes:
        person: The hospital's id of the patient.
        told_at: The instant of telling; a later telling of the same fact corrects the earlier one.
    """

    visit: str
    person: str
    began: bool
    on: date
    told_at: datetime


_NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def _told(visit: str, person: str, day: int, *, began: bool = True, hours: int = 0) -> HospitalTold:
    return HospitalTold(visit, person, began, date(2026, 3, day), _NOON + timedelta(hours=hours))


class ConnectorContract:
    """What a hospital tells is entered once, under the right case, and what cannot be is told to a person."""

    CASES: ClassVar = {"person-one": "C-1", "person-two": "C-2"}
    """The cases that the host knows, by the hospital's ids. No others are the host's."""

    STRANGER: ClassVar = "person-unknown"
    """A patient of the hospital who is not among them."""

    @pytest.fixture
    def connector(self) -> object:
        """A plugin with a new source in which nothing is told yet, for `CASES`. To be overridden."""
        raise NotImplementedError("override the fixture `connector`")

    def deliver(self, told: Sequence[HospitalTold]) -> None:
        """Let the source of the running test tell this, in one delivery after the earlier ones. To be overridden."""
        raise NotImplementedError("override `deliver`")

    def deliver_unreadable(self, told: Sequence[HospitalTold]) -> None:
        """The same, and among it one thing that cannot be read. To be overridden where a source can send such."""
        pytest.skip("its source cannot tell what cannot be read")

    def begin_delivery(self, told: Sequence[HospitalTold]) -> Callable[[], None]:
        """Deliver as `deliver` does, but break off in the midst; what is returned finishes it. To be overridden."""
        pytest.skip("its source cannot break off")

    def test_each_fact_arrives_under_its_case(self, connector: object) -> None:
        """E1. A beginning and an end arrive as the entries of one stay, under the case that the host gave."""
        self.deliver(
            [_told("v1", "person-one", 2), _told("v2", "person-two", 3), _told("v1", "person-one", 5, began=False)]
        )
        found = _arrivals(connector)
        assert sorted((each.case, each.entry.kind, each.entry.happened_on.day) for each in found[0]) == [
            ("C-1", "stay-began", 2),
            ("C-1", "stay-ended", 5),
            ("C-2", "stay-began", 3),
        ]
        assert found[1] == []
        stays = {each.entry.stay_id for each in found[0] if isinstance(each.entry, StayBegan | StayEnded)}
        assert len(stays) == 2

    def test_asking_changes_nothing(self, connector: object) -> None:
        """E2. Asked twice, it tells the same: the same ids, the same entries. Asking takes nothing away."""
        self.deliver([_told("v1", "person-one", 2), _told("v9", self.STRANGER, 3)])
        assert _said(connector) == _said(connector)

    def test_told_twice_is_one(self, connector: object) -> None:
        """E3. What is delivered twice is entered once."""
        told = [_told("v1", "person-one", 2), _told("v1", "person-one", 5, began=False)]
        self.deliver(told)
        self.deliver(told)
        with _desk(connector) as agency:
            assert _counts(agency.take_in(by="hospital")) == (2, 0, 0)
            assert _counts(agency.take_in(by="hospital"))[:2] == (0, 0)
            self.deliver(told)
            assert _counts(agency.take_in(by="hospital"))[:2] == (0, 0)
            assert _days(agency, "C-1") == [(2, 5)]
            assert agency.read("C-1").number == 2

    def test_a_later_telling_corrects_an_earlier_one(self, connector: object) -> None:
        """E4. The latest telling stands, whichever is delivered last, whether the first was taken in before or not."""
        self.deliver([_told("v1", "person-one", 2)])
        with _desk(connector) as agency:
            agency.take_in(by="hospital")
            self.deliver([_told("v1", "person-one", 4, hours=2), _told("v2", "person-two", 6, hours=2)])
            assert _counts(agency.take_in(by="hospital"))[:2] == (1, 1)
            self.deliver([_told("v1", "person-one", 3, hours=1), _told("v2", "person-two", 5, hours=1)])
            assert _counts(agency.take_in(by="hospital"))[:2] == (0, 0)
            assert (_days(agency, "C-1"), _days(agency, "C-2")) == ([(4, None)], [(6, None)])

    def test_whoever_is_not_known_is_told_and_not_guessed(self, connector: object) -> None:
        """E5. A patient who is not among the cases is told, with the place; nothing of them arrives."""
        self.deliver([_told("v1", "person-one", 2), _told("v9", self.STRANGER, 3), _told("v8", "PERSON-ONE ", 3)])
        arrived, untaken = _arrivals(connector)
        assert [(each.case, each.entry.happened_on.day) for each in arrived] == [("C-1", 2)]
        assert len({each.where for each in untaken}) == 2

    def test_what_cannot_be_read_does_not_stop_the_rest(self, connector: object) -> None:
        """E6. One thing that cannot be read is told, with the place; all the rest arrives."""
        self.deliver_unreadable([_told("v1", "person-one", 2), _told("v2", "person-two", 3)])
        arrived, untaken = _arrivals(connector)
        assert {each.case for each in arrived} == {"C-1", "C-2"}
        assert len(untaken) == 1
        assert untaken[0].where
        assert untaken[0].reason

    def test_what_is_told_names_nobody(self, connector: object) -> None:
        """E7. What is told of the untaken holds neither the patient's id nor the visit's."""
        self.deliver([_told("visit-seven", self.STRANGER, 3)])
        _, untaken = _arrivals(connector)
        assert untaken
        said = " ".join(f"{each.where} {each.reason}" for each in untaken)
        assert self.STRANGER not in said
        assert "visit-seven" not in said

    def test_an_end_may_come_before_its_beginning(self, connector: object) -> None:
        """E8. An end that is delivered first, or in one delivery with its beginning, is entered with it."""
        self.deliver([_told("v1", "person-one", 5, began=False)])
        with _desk(connector) as agency:
            taken = agency.take_in(by="hospital")
            assert (taken.written, len(taken.untaken)) == (0, 1)
            self.deliver([_told("v2", "person-two", 5, began=False), _told("v2", "person-two", 5)])
            self.deliver([_told("v1", "person-one", 2)])
            assert agency.take_in(by="hospital").untaken == ()
            assert (_days(agency, "C-1"), _days(agency, "C-2")) == ([(2, 5)], [(5, 5)])

    def test_what_breaks_off_is_not_taken_for_the_whole(self, connector: object) -> None:
        """E9. Of a delivery that broke off nothing wrong arrives, and it is told; when it is finished, all arrives."""
        told = [_told("v1", "person-one", 2), _told("v1", "person-one", 15, began=False), _told("v2", "person-two", 13)]
        finish = self.begin_delivery(told)
        whole = {(each.person, each.began, each.on) for each in told}
        arrived, untaken = _arrivals(connector)
        assert _facts(arrived, self.CASES) <= whole
        assert untaken or _facts(arrived, self.CASES) == whole
        finish()
        arrived, untaken = _arrivals(connector)
        assert _facts(arrived, self.CASES) == whole
        assert untaken == []

    def test_two_visits_are_two_stays(self, connector: object) -> None:
        """E10. Every visit is a stay of its own, also where one person has two on the same days."""
        self.deliver([_told("v1", "person-one", 2), _told("v10", "person-one", 2), _told("V1", "person-one", 3)])
        with _desk(connector) as agency:
            assert agency.take_in(by="hospital").written == 3
            assert _days(agency, "C-1") == [(2, None), (2, None), (3, None)]


def _said(connector: object) -> list[Arrival | Untaken]:
    return load_plugins([connector]).arrivals()


def _arrivals(connector: object) -> tuple[list[Arrival], list[Untaken]]:
    said = _said(connector)
    return [each for each in said if isinstance(each, Arrival)], [each for each in said if isinstance(each, Untaken)]


def _facts(arrived: Sequence[Arrival], cases: dict[str, str]) -> set[tuple[str, bool, date]]:
    persons = {case: person for person, case in cases.items()}
    return {(persons[each.case], isinstance(each.entry, StayBegan), each.entry.happened_on) for each in arrived}


def _desk(connector: object) -> Agency:
    now: Any = _NOON + timedelta(days=20)
    return Agency(MemoryStore(), clock=lambda: now, plugins=load_plugins([connector]))


def _counts(taken: TakenIn) -> tuple[int, int, int]:
    return taken.written, taken.corrected, len(taken.untaken)


def _days(agency: Agency, case: str) -> list[tuple[int, int | None]]:
    stays: tuple[Stay, ...] = stays_of(agency.read(case).of(StayBegan, StayEnded))
    return [(stay.admitted_on.day, stay.discharged_on.day if stay.discharged_on else None) for stay in stays]
