"""A connector that keeps its promises, and ones that break one each. The clause one breaks stands in its docstring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from casecore.crises import Setting, StayBegan, StayEnded
from casecore.hooks import Arrival, Untaken, hookimpl
from casecore.testing import HospitalTold


class Delivery(NamedTuple):
    """What a hospital sent at once; *is_whole* is false while it is still sending, *unreadable* a place in it."""

    told: tuple[HospitalTold, ...]
    is_whole: bool = True
    unreadable: int | None = None


class Hospital:
    """Where deliveries lie."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []


class KeepsItsPromises:
    """Nothing"""

    def __init__(self, hospital: Hospital, cases: dict[str, str]) -> None:
        self.hospital, self.cases = hospital, cases

    @hookimpl
    def casecore_provide_arrivals(self) -> Sequence[Arrival | Untaken]:
        """What all deliveries tell, beginnings first."""
        said = [each for number, one in enumerate(self.deliveries()) for each in self.said_in(number, one)]
        return sorted(said, key=lambda each: isinstance(each, Untaken) or isinstance(each.entry, StayEnded))

    def deliveries(self) -> list[Delivery]:
        return self.hospital.deliveries

    def said_in(self, number: int, one: Delivery) -> list[Arrival | Untaken]:
        if not one.is_whole:
            return [Untaken(f"delivery {number}", "is not finished")]
        found = [self.said(number, place, told) for place, told in enumerate(one.told)]
        if one.unreadable is not None:
            found.insert(one.unreadable, self.unreadable(number))
        return found

    def said(self, number: int, place: int, told: HospitalTold) -> Arrival | Untaken:
        case = self.case_of(told)
        if case is None:
            return Untaken(f"delivery {number}, {place}", self.unknown(told))
        return Arrival(case, self.entry(told), self.source(told, number), self.revision(told, number), f"{number}")

    def case_of(self, told: HospitalTold) -> str | None:
        return self.cases.get(told.person)

    def unknown(self, told: HospitalTold) -> str:
        return "is not known here"

    def unreadable(self, number: int) -> Untaken:
        return Untaken(f"delivery {number}", "cannot be read")

    def stay(self, told: HospitalTold) -> str:
        return f"h/{told.visit}"

    def entry(self, told: HospitalTold) -> Any:
        if told.began:
            return StayBegan(admitted_on=told.on, stay_id=self.stay(told), setting=Setting.EMERGENCY_ROOM)
        return StayEnded(discharged_on=told.on, stay_id=self.stay(told))

    def source(self, told: HospitalTold, number: int) -> str:
        return f"h/{told.visit}/{told.began}"

    def revision(self, told: HospitalTold, number: int) -> str:
        return told.told_at.isoformat()


class MixesUpTheCases(KeepsItsPromises):
    """E1"""

    def case_of(self, told: HospitalTold) -> str | None:
        return None if super().case_of(told) is None else "C-1"


class EndsAnotherStay(KeepsItsPromises):
    """E1"""

    def stay(self, told: HospitalTold) -> str:
        return f"{super().stay(told)}{'' if told.began else '-end'}"


class ForgetsWhatItTold(KeepsItsPromises):
    """E2"""

    def deliveries(self) -> list[Delivery]:
        found, self.hospital.deliveries = self.hospital.deliveries, []
        return found


class CountsItsTellings(KeepsItsPromises):
    """E2"""

    asked = 0

    def revision(self, told: HospitalTold, number: int) -> str:
        self.asked += 1
        return f"{super().revision(told, number)}-{self.asked:06}"


class NumbersByDelivery(KeepsItsPromises):
    """E3"""

    def source(self, told: HospitalTold, number: int) -> str:
        return f"{super().source(told, number)}/{number}"


class TakesTheLastDelivered(KeepsItsPromises):
    """E4"""

    def revision(self, told: HospitalTold, number: int) -> str:
        return f"{number:06}"


class TakesTheFirst(KeepsItsPromises):
    """E4"""

    def said_in(self, number: int, one: Delivery) -> list[Arrival | Untaken]:
        before = {(told.visit, told.began) for each in self.hospital.deliveries[:number] for told in each.told}
        return super().said_in(
            number, one._replace(told=tuple(t for t in one.told if (t.visit, t.began) not in before))
        )


class GuessesBySpelling(KeepsItsPromises):
    """E5"""

    def case_of(self, told: HospitalTold) -> str | None:
        return self.cases.get(told.person.strip().lower())


class GivesStrangersACase(KeepsItsPromises):
    """E5"""

    def case_of(self, told: HospitalTold) -> str | None:
        return self.cases.get(told.person, f"new-{told.person}")


class PassesOverStrangers(KeepsItsPromises):
    """E5"""

    def said_in(self, number: int, one: Delivery) -> list[Arrival | Untaken]:
        return super().said_in(number, one._replace(told=tuple(t for t in one.told if t.person in self.cases)))


class StopsAtWhatItCannotRead(KeepsItsPromises):
    """E6"""

    def said_in(self, number: int, one: Delivery) -> list[Arrival | Untaken]:
        return super().said_in(number, one)[: None if one.unreadable is None else one.unreadable + 1]


class PassesOverWhatItCannotRead(KeepsItsPromises):
    """E6"""

    def said_in(self, number: int, one: Delivery) -> list[Arrival | Untaken]:
        return super().said_in(number, one._replace(unreadable=None))


class NamesThePatient(KeepsItsPromises):
    """E7"""

    def unknown(self, told: HospitalTold) -> str:
        return f"{told.person} is not known here"


class EndsFirst(KeepsItsPromises):
    """E8"""

    @hookimpl
    def casecore_provide_arrivals(self) -> Sequence[Arrival | Untaken]:
        """Ends first."""
        return list(reversed(super().casecore_provide_arrivals()))


class DropsEndsWithoutABeginning(KeepsItsPromises):
    """E8"""

    def said_in(self, number: int, one: Delivery) -> list[Arrival | Untaken]:
        begun = {told.visit for each in self.hospital.deliveries[: number + 1] for told in each.told if told.began}
        return super().said_in(number, one._replace(told=tuple(told for told in one.told if told.visit in begun)))


class TakesHalfALine(KeepsItsPromises):
    """E9"""

    def said_in(self, number: int, one: Delivery) -> list[Arrival | Untaken]:
        if not one.is_whole:
            last = one.told[-1]
            cut = last._replace(on=last.on - timedelta(days=9))  # the 15th, read as the 6th
            one = one._replace(told=(*one.told[:-1], cut), is_whole=True)
        return super().said_in(number, one)


class SaysNothingOfHalves(KeepsItsPromises):
    """E9"""

    def said_in(self, number: int, one: Delivery) -> list[Arrival | Untaken]:
        return super().said_in(number, one) if one.is_whole else []


class KnowsVisitsByTheirDay(KeepsItsPromises):
    """E10"""

    def stay(self, told: HospitalTold) -> str:
        return f"h/{told.person}/{told.on}"

    def source(self, told: HospitalTold, number: int) -> str:
        return self.stay(told) + f"/{told.began}"


class FoldsTheCaseOfIds(KeepsItsPromises):
    """E10"""

    def stay(self, told: HospitalTold) -> str:
        return super().stay(told).lower()

    def source(self, told: HospitalTold, number: int) -> str:
        return super().source(told, number).lower()


BROKEN: tuple[Callable[..., KeepsItsPromises], ...] = tuple(KeepsItsPromises.__subclasses__())
"""Every connector here that breaks a promise."""
