"""What plugins bring reaches the desk's judgements and its due index, and what they break stays theirs."""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import attrs
import pytest

from casecore.agency import Agency, instruments_of
from casecore.caseloads import ON_THE_LIST
from casecore.contacts import Contact
from casecore.hooks import Fault, NewKinds, Store, hookimpl, load_plugins
from casecore.interchange import Kinds
from casecore.record import REVIEWS, Question, Reviewed
from casecore.terms import (
    Due,
    Entry,
    Finding,
    NotPossible,
    NotReadable,
    Period,
    PluginFault,
    WorkingDays,
    no,
    yes,
)
from casecore.testing import MemoryStore

from .desks import ADMITTED, ASSIGNED, MARCH_1, MODEL, Clock, agency_over, contact, everything_in, wrote

FRESH_IDS = (f"fresh-{number}" for number in count())  # several desks write to one store here


def plugin(name: str = "own", /, **functions: Callable[..., Any]) -> types.ModuleType:
    module = types.ModuleType(name)
    for question, function in functions.items():
        function.__name__ = question
        setattr(module, question, hookimpl(function))
    return module


def desk(store: Store, *plugins: object, clock: Clock | None = None, **more: Any) -> Agency:
    return agency_over(store, MODEL, clock=clock, plugins=load_plugins(plugins), new_id=lambda: next(FRESH_IDS), **more)


def walk_owed(asked: Question) -> Reviewed:
    """A walk is owed from the 20th to the 25th of the month of admission."""
    admission = asked.record.admission
    if admission is None:
        return Reviewed()
    day = admission.admitted_on.replace(day=20)
    window = Period(day, day.replace(day=26))
    return Reviewed([Due(code="walk-owed", what="a walk", window=window, since=day, as_of=asked.as_of)])


def no_walk(asked: Question) -> Reviewed:
    """A finding instead."""
    return Reviewed(findings=[Finding(code="walk-missing", on=MARCH_1, what="no walk")])


def reviewing(**reviews: Callable[[Question], Reviewed]) -> types.ModuleType:
    keyed = {f"walks@{version.removeprefix('v')}": review for version, review in reviews.items()}
    return plugin("walks", casecore_contribute_reviews=lambda: keyed)


def failing(asked: Question) -> Reviewed:
    raise RuntimeError("the client Jane")


class TestReviews:
    """Reviews of plugins are part of every judgement, and of the mark on each row of the due index."""

    def codes(self, agency: Agency, day: date | None = None) -> set[str]:
        listed = agency.worklist(as_of=day, states=ON_THE_LIST)
        return {due.code for due in listed} | {finding.code for finding in listed.findings}

    def test_their_dues_are_on_the_list_and_turn_on_their_days(self, store: Store) -> None:
        clock = Clock()
        clock.set(MARCH_1)
        agency = desk(store, reviewing(v1=walk_owed), clock=clock)
        wrote(agency, "C-1", ADMITTED, ASSIGNED)
        for day, state in ((19, "upcoming"), (20, "due"), (25, "due"), (26, "overdue")):
            clock.set(date(2026, 3, day))
            (walk,) = [due for due in agency.worklist(states=ON_THE_LIST) if due.code == "walk-owed"]
            assert (walk.state.value, walk.case, walk.worker) == (state, "C-1", "w-7")

    def test_their_turning_days_are_kept(self, store: Store) -> None:
        turn = date(2026, 3, 17)

        def late(asked: Question) -> Reviewed:
            found = [Finding(code="walk-missing", on=turn, what="no walk")] if asked.as_of >= turn else []
            return Reviewed(findings=found, turning_days=[turn])

        clock = Clock()
        clock.set(date(2026, 3, 16))
        agency = Agency(store, clock=clock, plugins=load_plugins([reviewing(v1=late)]))
        wrote(agency, "C-1", ADMITTED, ASSIGNED)
        assert self.codes(agency) == set()
        assert self.codes(agency, turn) == {"walk-missing"}
        clock.set(turn)
        assert self.codes(agency) == {"walk-missing"}

    def test_another_set_of_reviews_is_noticed_by_the_index(self, store: Store) -> None:
        without = desk(store)
        wrote(without, "C-1", ADMITTED, ASSIGNED)
        assert "walk-owed" not in self.codes(without)
        first, second = desk(store, reviewing(v1=walk_owed)), desk(store, reviewing(v2=no_walk))
        assert "walk-owed" in self.codes(first)
        assert {"walk-owed", "walk-missing"} & self.codes(second) == {"walk-missing"}
        assert "walk-owed" in self.codes(first)
        assert not {"walk-owed", "walk-missing"} & self.codes(without)
        keys = {
            agency.rules_key for agency in (without, first, second, desk(store, reviewing(v1=walk_owed, v2=no_walk)))
        }
        assert len(keys) == 4
        assert desk(MemoryStore(), reviewing(v1=walk_owed)).rules_key == first.rules_key

    def test_without_plugins_the_judge_asks_the_same_reviews_and_keeps_its_mark(self, store: Store) -> None:
        plain = desk(store)
        assert plain._judge.reviews == REVIEWS
        assert plain.rules_key == agency_over(store, MODEL).rules_key

    def test_one_that_fails_stops_the_judgement_and_nothing_is_written(self, store: Store) -> None:
        wrote(desk(store), "C-1", ADMITTED, ASSIGNED)
        before = everything_in(store)
        agency = desk(store, reviewing(v1=failing))
        asks: tuple[Callable[[], object], ...] = (
            lambda: agency.write("C-1", contact(), by="w-7"),
            lambda: agency.checklist("C-1"),
            lambda: agency.worklist(),
        )
        for ask in asks:
            with pytest.raises(PluginFault, match="plugin walks: failed in walks@1: RuntimeError") as fault:
                ask()
            assert "Jane" not in str(fault.value)
        assert everything_in(store) == before
        assert agency.read("C-1").number == 2


class TestClosedDays:
    """Days of plugins' calendars are closed, with the host's own; rows judged by another calendar are judged again."""

    def test_business_days_are_counted_by_them(self, store: Store) -> None:
        holiday = date(2026, 3, 30)
        agency = desk(
            store,
            plugin(casecore_provide_closed_days=lambda: {holiday}),
            working_days=WorkingDays(closed=frozenset({MARCH_1})),
        )
        both = agency_over(store, MODEL, working_days=WorkingDays(closed=frozenset({MARCH_1, holiday})))
        neither = agency_over(store, MODEL)
        assert agency.rules_key == both.rules_key != neither.rules_key
        assert agency._judge.working_days == both._judge.working_days

    def test_a_calendar_that_fails_is_told_when_the_desk_opens(self) -> None:
        closed = []

        class Closing(MemoryStore):
            def close(self) -> None:
                closed.append(self)
                super().close()

        odd = plugin("odd", casecore_provide_closed_days=lambda: [1], casecore_provide_store=lambda: Closing())
        with pytest.raises(PluginFault, match="plugin odd: provided closed days"):
            Agency.open("memory:", plugins=[odd])
        assert len(closed) == 1


@attrs.frozen(kw_only=True)
class Walk(Entry, kind="test/walk", dated="walked_on", version=2):
    walked_on: date
    minutes: int


@attrs.frozen(kw_only=True)
class HostsOwn(Entry, kind="test/hosts-own", dated="day"):
    day: date


class TestKinds:
    """Entries of a plugin's own classes are kept and read beside the host's own."""

    def test_they_come_back_also_in_an_older_form(self, store: Store) -> None:
        def carried(old: dict[str, Any]) -> dict[str, Any]:
            return {**old, "minutes": 0}

        kinds = plugin(casecore_contribute_kinds=lambda: NewKinds((Walk,), upcasts={("test/walk", 1): carried}))
        agency = desk(store, kinds, kinds=Kinds([HostsOwn]))
        wrote(agency, "C-1", ADMITTED, Walk(walked_on=MARCH_1, minutes=5), HostsOwn(day=MARCH_1))
        last = store.load("C-1")[-1]
        store.append(
            [last._replace(entry_id="old", number=4, kind="test/walk", form=1, body=b'{"walked_on":"2026-03-02"}')],
            expected={"C-1": 3},
        )
        record = agency.read("C-1")
        assert [walk.minutes for walk in record.of(Walk)] == [5, 0]
        assert record.of(HostsOwn)
        assert desk(store, kinds).rules_key != desk(store).rules_key

    def test_a_kind_of_the_hosts_own_cannot_be_taken(self, store: Store) -> None:
        with pytest.raises(NotReadable, match="second time"):
            desk(store, plugin(casecore_contribute_kinds=lambda: NewKinds((Walk,))), kinds=Kinds([Walk]))


class TestInstruments:
    """Instruments of plugins are read when the desk opens."""

    def text(self, key: str) -> str:
        name, _, version = key.partition("@")
        return (
            f'id = "{name}"\nversion = "{version}"\ntitle = "x"\nlicense = "x"\nworse = "higher"\nscoring = "sum"\n'
            'items = [{ id = "1", lowest = 0, highest = 3 }]\n[source]\ncite = "x"\ninvented = true\n'
        )

    def test_they_stand_beside_the_librarys(self) -> None:
        brings = plugin(casecore_provide_instruments=lambda: {"own@2": self.text("own@2")})
        assert set(instruments_of([brings])) == {"phq-9@1", "gad-7@1", "own@2"}

    def test_a_wrong_one_is_refused(self, store: Store) -> None:
        for key, text in (("own@1", self.text("own@2")), ("own@1", "x ="), ("phq-9@2", self.text("phq-9@2"))):
            brings = plugin(casecore_provide_instruments=lambda key=key, text=text: {key: text})
            with pytest.raises(NotReadable):
                desk(store, brings)


class TestListeners:
    """They hear after the store has it, and cannot undo it."""

    def test_the_store_has_it_when_they_hear(self, store: Store) -> None:
        seen: list[tuple[int, str]] = []

        def casecore_on_written(lines: Any) -> None:
            seen.extend((len(store.load(line.case)), line.entry_id) for line in lines)

        agency = desk(store, plugin(casecore_on_written=casecore_on_written))
        agency.write("C-1", ADMITTED, by="w-7", entry_id="a")
        agency.write("C-1", ADMITTED, by="w-7", entry_id="a")
        with pytest.raises(NotPossible):
            agency.write("C-1", ADMITTED, by="w-7", entry_id="b")
        assert seen == [(1, "a")]

    def test_one_that_fails_is_reported_and_what_was_written_stays(self, store: Store) -> None:
        faults: list[Fault] = []

        def casecore_on_written(lines: Any) -> None:
            raise SystemExit(1)

        plugins = load_plugins([plugin("odd", casecore_on_written=casecore_on_written)], on_fault=faults.append)
        agency = agency_over(store, MODEL, plugins=plugins)
        for number in range(5):
            agency.write(f"C-{number}", ADMITTED, by="w-7")
        assert [fault.running for fault in faults] == [1, 2, 3]
        assert len(list(agency.cases())) == 5


class TestAccess:
    """A policy that fails keeps the door shut, and nothing is written."""

    def guard(self, *, reads: Any = None, writes: Any = None) -> types.ModuleType:
        def casecore_contribute_may_read(by: str, cases: Any) -> Any:
            return reads(by, cases)

        def casecore_contribute_may_write(by: str, case: Any, entry: Any) -> Any:
            return writes(by, case, entry)

        return plugin(
            "guard",
            casecore_contribute_may_read=casecore_contribute_may_read,
            casecore_contribute_may_write=casecore_contribute_may_write,
        )

    def test_it_fails_closed(self, store: Store) -> None:
        wrote(desk(store), "C-1", ADMITTED, ASSIGNED)
        before = everything_in(store)
        for answer in (None, True, [], "yes"):
            agency = desk(
                store, self.guard(reads=lambda by, cases, a=answer: a, writes=lambda by, case, entry, a=answer: a)
            )
            for ask in (
                lambda agency=agency: agency.read("C-1", by="w-7"),
                lambda agency=agency: agency.checklist("C-1", by="w-7"),
                lambda agency=agency: agency.worklist(by="w-7"),
                lambda agency=agency: agency.write("C-1", contact(), by="w-7"),
                lambda agency=agency: agency.may_write("C-1", contact(), by="w-7"),
            ):
                with pytest.raises(PluginFault, match="plugin guard"):
                    ask()
        assert everything_in(store) == before

    def test_what_it_is_told(self, store: Store) -> None:
        asked: list[Any] = []

        def reads(by: str, cases: Any) -> Any:
            asked.append((by, cases))
            return [yes("?")] * len(cases)

        def writes(by: str, case: Any, entry: Any) -> Any:
            asked.append((by, case, type(entry)))
            return yes("?")

        agency = desk(store, self.guard(reads=reads, writes=writes))
        wrote(agency, "C-1", ADMITTED, ASSIGNED)
        wrote(agency, "C-2", ADMITTED)
        agency.write("C-1", contact(), by="w-7")
        assert asked[-1] == ("w-7", ("C-1", "w-7", "ICM"), Contact)
        assert asked[0][1] == ("C-1", "", "")
        asked.clear()
        for day in (None, date(2026, 3, 20), date(2026, 4, 5)):
            agency.worklist(by="w-9", as_of=day)
        assert [(by, set(cases)) for by, cases in asked] == [("w-9", {("C-1", "w-7", "ICM"), ("C-2", "", "ICM")})] * 3

    def test_a_refusal_to_write_tells_nothing_of_the_record(self, store: Store) -> None:
        wrote(desk(store), "C-1", ADMITTED)
        agency = desk(store, self.guard(reads=lambda by, cases: [], writes=lambda *_: no("?", "not theirs")))
        with pytest.raises(NotPossible) as refused:
            agency.write("C-1", ADMITTED, by="w-7")  # a second admission: the record's own rules would refuse it too
        assert "admitted" not in str(refused.value)
