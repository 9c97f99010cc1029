"""
The worklist out of the due index is what judging every case in full would give: over generated histories of several
cases and workers, any day asked about (past days too), and rulebooks that change under the same name.
"""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from casecore_sql import SQLiteStore
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casecore
from casecore.agency import Agency
from casecore.caseloads import ON_THE_LIST, Worklist
from casecore.hooks import Store, hookimpl, load_plugins
from casecore.intake import Admission
from casecore.record import Line, Question, Reviewed
from casecore.terms import Due, Finding, Period, WorkingDays
from casecore.testing import MemoryStore
from casecore.testing.strategies.record import FIRST_DAY, WORKERS, case_histories

from .desks import CHANGED, MODEL, STANDARDS, Clock, agency_over

CASES = ("C-1", "C-2", "C-3")


def histories(most_steps: int = 14) -> st.SearchStrategy[list[tuple[Line, ...]]]:
    """Histories of up to three cases."""
    return st.tuples(
        *(case_histories(case=case, standards=STANDARDS, most_steps=most_steps) for case in CASES)
    ).flatmap(lambda all_three: st.integers(1, 3).map(lambda some: list(all_three[:some])))


def days() -> st.SearchStrategy[date]:
    """Days before, within and after the histories."""
    return st.integers(-40, 700).map(lambda after: FIRST_DAY + timedelta(days=after))


def write_all(agency: Agency, clock: Clock, told: Sequence[tuple[Line, ...]]) -> list[datetime]:
    """Write every line at its own time, the cases in turns, as workers do."""
    lines = sorted((line for lines in told for line in lines), key=lambda line: line.recorded_at)
    for line in lines:
        clock.now = line.recorded_at
        agency.write(line.case, line.entry, by=line.by, entry_id=line.entry_id)
    return [line.recorded_at for line in lines]


def reviewed(agency: Agency, day: date, worker: str | None = None, case: str | None = None) -> list[Due]:
    """What a full review of every case comes to."""
    found = []
    for each in agency.cases():
        judged = agency.checklist(each, as_of=day)
        if (worker is None or judged.worker == worker) and case in (None, each):
            found += [due.belonging_to(each, judged.worker) for due in judged.dues if due.state in ON_THE_LIST]
    return sorted(found, key=in_any_order)


def findings_of(agency: Agency, day: date, worker: str | None = None, case: str | None = None) -> list[Finding]:
    """What a full review of every case finds."""
    found = []
    for each in agency.cases():
        judged = agency.checklist(each, as_of=day)
        if (worker is None or judged.worker == worker) and case in (None, each):
            found += [finding.belonging_to(each, judged.worker) for finding in judged.findings]
    return sorted(found, key=repr)


def in_any_order(due: Due) -> str:
    return repr(due)


def agrees(agency: Agency, day: date) -> None:
    """The worklists of the agency, of each worker and of each case are what the full review comes to."""
    asked: list[tuple[str | None, str | None]] = [(None, None), *((worker, None) for worker in (*WORKERS, "w-none"))]
    asked += [(None, case) for case in agency.cases()] + [(WORKERS[0], case) for case in agency.cases()]
    for worker, case in asked:
        listed: Worklist = agency.worklist(worker=worker, case=case, as_of=day, states=ON_THE_LIST)
        assert sorted(listed, key=in_any_order) == reviewed(agency, day, worker, case)
        assert sorted(listed.findings, key=repr) == findings_of(agency, day, worker, case)
        assert [due.by for due in listed] == sorted(due.by for due in listed)
        open_ones = agency.worklist(worker=worker, case=case, as_of=day)
        assert list(open_ones) == [due for due in listed if due.state.is_open]


def call_back(asked: Question) -> Reviewed:
    """A plugin's review: a call within three business days of each contact, never after ten; and a day of its own."""
    contacts, dues = asked.record.contacts, []
    for contact in contacts:
        last = asked.working_days.after(contact.held_on, 3)
        closes = contact.held_on + timedelta(days=10)
        window = Period(contact.held_on + timedelta(days=1), min(last + timedelta(days=1), closes))
        said = {"what": "a call", "since": contact.held_on, "as_of": asked.as_of, "closes": closes}
        dues.append(Due(code="call-back", window=window, **said))
    turning = [contact.held_on + timedelta(days=17) for contact in contacts]
    findings = [Finding(code="call-forgotten", on=day, what="no call") for day in turning if day <= asked.as_of]
    return Reviewed(dues, findings, turning)


def plugin_that(name: str, question: str, answer: object) -> types.ModuleType:
    """A plugin with one answer."""

    def function() -> object:
        return answer

    function.__name__ = question
    module = types.ModuleType(name)
    setattr(module, question, hookimpl(function))
    return module


OWN = plugin_that("own", "casecore_contribute_reviews", {"call-back@1": call_back})
CLOSED = plugin_that(
    "closed", "casecore_provide_closed_days", [FIRST_DAY + timedelta(days=number) for number in range(0, 400, 4)]
)

QUICK = settings(max_examples=25, suppress_health_check=list(HealthCheck))


class TestTheWorklistIsTheFullReview:
    """The due index is written with each append, and gives the same answer as a full review."""

    @QUICK
    @given(histories(), st.lists(days(), min_size=1, max_size=3))
    def test_on_any_day_before_today_and_after(self, told: list[tuple[Line, ...]], asked: list[date]) -> None:
        clock = Clock()
        agency = agency_over(MemoryStore(), MODEL, clock=clock)
        write_all(agency, clock, told)
        for day in (agency.today, *asked):
            agrees(agency, day)

    @QUICK
    @given(histories(), st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=4))
    def test_as_days_go_by_and_the_rulebook_changes_to_and_fro(
        self, told: list[tuple[Line, ...]], steps: list[tuple[int, bool]]
    ) -> None:
        clock, store = Clock(), MemoryStore()
        write_all(agency_over(store, MODEL, clock=clock), clock, told)
        for later, changed in steps:
            clock.now += timedelta(days=later)
            agency = agency_over(store, CHANGED if changed else MODEL, clock=clock)
            agrees(agency, agency.today)
            agrees(agency, agency.today - timedelta(days=9))

    @QUICK
    @given(
        histories(), st.lists(st.tuples(st.integers(0, 60), st.sampled_from([(), (OWN,), (OWN, CLOSED)])), max_size=4)
    )
    def test_as_days_go_by_and_plugins_come_and_go(
        self, told: list[tuple[Line, ...]], steps: list[tuple[int, tuple[types.ModuleType, ...]]]
    ) -> None:
        clock, store = Clock(), MemoryStore()
        write_all(agency_over(store, MODEL, clock=clock, plugins=load_plugins([OWN])), clock, told)
        for later, plugins in steps:
            clock.now += timedelta(days=later)
            agency = agency_over(store, MODEL, clock=clock, plugins=load_plugins(plugins))
            agrees(agency, agency.today)
            agrees(agency, agency.today - timedelta(days=9))

    @QUICK
    @given(histories(8), st.data())
    def test_between_any_two_entries(self, told: list[tuple[Line, ...]], data: st.DataObject) -> None:
        clock, store = Clock(), MemoryStore()
        agency = agency_over(store, MODEL, clock=clock)
        lines = sorted((line for lines in told for line in lines), key=lambda line: line.recorded_at)
        pauses = set(data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=3)))
        for place, line in enumerate(lines):
            clock.now = line.recorded_at
            if place in pauses:
                agrees(agency, agency.today)
            agency.write(line.case, line.entry, by=line.by, entry_id=line.entry_id)
        agrees(agency, agency.today)

    @settings(max_examples=6, suppress_health_check=list(HealthCheck))
    @given(histories(10), days())
    def test_in_a_file_as_in_memory(self, told: list[tuple[Line, ...]], day: date) -> None:
        clock = Clock()
        stores: list[Store] = [MemoryStore(), SQLiteStore(":memory:")]
        lists = []
        for store in stores:
            agency = agency_over(store, MODEL, clock=clock)
            write_all(agency, clock, told)
            agrees(agency, day)
            lists.append([list(agency.worklist(as_of=day)), agency.worklist(as_of=day).findings, store.index()])
            agency.close()
        assert lists[0] == lists[1]

    @QUICK
    @given(histories(10), st.integers(1, 20))
    def test_with_a_clock_that_was_set_back(self, told: list[tuple[Line, ...]], back: int) -> None:
        clock = Clock()
        agency = agency_over(MemoryStore(), MODEL, clock=clock)
        write_all(agency, clock, told)
        clock.now -= timedelta(days=back)
        day = agency.today
        for later in range(0, back + 2, 3):
            assert sorted(agency.worklist(as_of=day + timedelta(days=later), states=ON_THE_LIST), key=in_any_order) == (
                reviewed(agency, day + timedelta(days=later))
            )
            clock.now += timedelta(days=3)


class TestTheIndexIsUsed:
    """The answer is right and cheap: what holds for the day is not judged again."""

    def test_rows_are_renewed_once_for_today_and_never_for_another_day(self) -> None:
        clock = Clock(datetime.combine(FIRST_DAY, time(9), UTC))
        store = MemoryStore()
        agency = agency_over(store, MODEL, clock=clock)
        for case in CASES:
            write_case(agency, case)
        written = store.index()
        clock.now += timedelta(days=45)
        agency.worklist(as_of=FIRST_DAY - timedelta(days=3))
        agency.worklist(as_of=FIRST_DAY + timedelta(days=400))
        assert store.index() == written
        agency.worklist()
        renewed = store.index()
        assert [row.valid_from for row in renewed] == [agency.today.isoformat()] * 3
        agency.worklist()
        assert store.index() == renewed

    def test_another_process_finds_the_same_key(self) -> None:
        code = (
            "from casecore.agency import Agency; from casecore.testing import MemoryStore; "
            "from casecore.record import RULES; from casecore.standards import model_rulebook_text, read_rulebook; "
            "print(Agency(MemoryStore(), [read_rulebook(model_rulebook_text(), RULES)]).rules_key)"
        )
        path = str(Path(str(casecore.__file__)).parents[1])
        keys = {
            subprocess.run(
                [sys.executable, "-c", code], env={"PYTHONPATH": path, "PYTHONHASHSEED": seed}, check=True,
                capture_output=True, text=True,
            ).stdout.strip()
            for seed in ("1", "2")
        }  # fmt: skip
        assert keys == {agency_over(MemoryStore(), MODEL).rules_key}

    def test_the_key_changes_with_what_the_judging_depends_on(self) -> None:
        desks = [
            agency_over(MemoryStore(), MODEL),
            agency_over(MemoryStore(), CHANGED),
            agency_over(MemoryStore()),
            agency_over(MemoryStore(), MODEL, zone="America/New_York"),
            agency_over(MemoryStore(), MODEL, working_days=WorkingDays(closed=frozenset({date(2026, 7, 3)}))),
            agency_over(MemoryStore(), MODEL, working_days=WorkingDays(weekend=frozenset({4, 5}))),
        ]
        assert len({desk.rules_key for desk in desks}) == 6


def write_case(agency: Agency, case: str) -> None:
    agency.write(case, Admission(admitted_on=FIRST_DAY, client=case, program="ICM"), by="w-1")
