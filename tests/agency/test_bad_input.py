from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.agency import Agency, OldEntry
from casecore.contacts import Contact
from casecore.hooks import Store, StoredEntry, hookimpl
from casecore.record import LateEntry, Opaque
from casecore.terms import Entry, NotKnown, NotPossible, NotReadable, StoreUnavailable
from casecore.testing import MemoryStore
from casecore.testing.strategies.entries import entries

from .desks import ADMITTED, CHANGED, MODEL, Between, Clock, agency_over, contact, everything_in, wrote

SECRET = "Jane Roe, 14 Elm Street"
BAD_IDS: list[Any] = [
    "", "   ", "x" * 201, "a\0b", "a\ud800b", None, 7, b"C-1", ["C-1"], date(2026, 3, 4), contact(4),
]  # fmt: skip
NO_ENTRIES: list[Any] = [
    None, {}, {"held_on": "2026-03-04", "note": SECRET}, SECRET, 7, Contact, Entry, object(), Opaque("ehr", 1, b"{}"),
]  # fmt: skip
UNHURRIED = attrs.evolve(MODEL, standards=tuple(each for each in MODEL.standards if each.name != "record/late-entry"))
"""The model agency's rulebook without limits on late entries."""
NO_DAYS: list[Any] = ["2026-03-04", 7, datetime(2026, 3, 4, tzinfo=UTC), object()]


def refused(desk: Agency, do: Callable[[], object]) -> NotReadable:
    """One typed error, nothing of the client in it, no error behind it, and nothing written."""
    before = everything_in(desk._writing.store)
    with pytest.raises(NotReadable) as caught:
        do()
    error = caught.value
    assert SECRET not in f"{error} {error!r} {error.problems!r}"
    assert "14 Elm" not in f"{error} {error!r}"
    assert error.__cause__ is None
    assert error.__context__ is None
    assert everything_in(desk._writing.store) == before
    return error


@pytest.fixture
def desk() -> Agency:
    """A desk over a store in memory with one case."""
    agency = agency_over(MemoryStore(), MODEL)
    wrote(agency, "C-1", ADMITTED)
    return agency


class TestIds:
    """Ids are text that a store can keep and a person can read."""

    @pytest.mark.parametrize("bad", BAD_IDS, ids=repr)
    def test_a_bad_case_id_is_refused_everywhere(self, desk: Agency, bad: Any) -> None:
        refused(desk, lambda: desk.write(bad, contact(4), by="w-7"))
        refused(desk, lambda: desk.read(bad))
        refused(desk, lambda: desk.may_write(bad, contact(4)))
        refused(desk, lambda: desk.checklist(bad))
        refused(desk, lambda: desk.write_together(["C-1", bad], contact(4), by="w-7"))
        refused(desk, lambda: list(desk.adopt([(bad, [])])))
        if bad is not None:
            refused(desk, lambda: desk.worklist(case=bad))
            refused(desk, lambda: desk.worklist(worker=bad))

    @pytest.mark.parametrize("bad", BAD_IDS, ids=repr)
    def test_so_is_a_bad_writer_and_a_bad_entry_id(self, desk: Agency, bad: Any) -> None:
        assert refused(desk, lambda: desk.write("C-1", contact(4), by=bad)).problems[0].path == "by"
        if bad is not None:
            error = refused(desk, lambda: desk.write("C-1", contact(4), by="w-7", entry_id=bad))
            assert error.problems[0].path == "entry_id"
            refused(desk, lambda: desk.write_together(["C-1"], contact(4), by="w-7", shared=bad))

    @pytest.mark.parametrize("bad", BAD_IDS, ids=repr)
    def test_so_is_what_a_host_gives_for_a_new_id(self, bad: Any) -> None:
        agency = agency_over(MemoryStore(), MODEL, new_id=lambda: bad)
        refused(agency, lambda: agency.write("C-1", contact(4), by="w-7"))
        refused(agency, lambda: agency.write_together(["C-1"], contact(4), by="w-7"))

    @settings(max_examples=50)
    @given(st.text())
    def test_any_text_is_an_id_or_refused(self, text: str) -> None:
        agency = agency_over(MemoryStore())
        try:
            agency.write(text, contact(4), by=text, entry_id=text)
        except NotReadable:
            assert list(agency.cases()) == []
        else:
            (line,) = agency.read(text).lines
            assert (line.case, line.by, line.entry_id) == (text, text, text)

    def test_a_case_named_by_text_is_not_taken_apart_into_letters(self, desk: Agency) -> None:
        named: list[Any] = ["C-1", [], ()]
        for cases in named:
            error = refused(desk, functools.partial(desk.write_together, cases, contact(4), by="w-7"))
            assert error.problems[0].path == "cases"


class TestEntries:
    """Only an entry of a known kind is written."""

    @pytest.mark.parametrize("bad", NO_ENTRIES, ids=lambda bad: type(bad).__name__)
    def test_what_is_no_entry_is_refused(self, desk: Agency, bad: Any) -> None:
        refused(desk, lambda: desk.write("C-1", bad, by="w-7"))
        refused(desk, lambda: desk.may_write("C-1", bad))
        refused(desk, lambda: desk.write_together(["C-1"], bad, by="w-7"))
        if not isinstance(bad, Entry):
            with pytest.raises(NotReadable):
                OldEntry(entry_id="r-1", entry=bad, by="w-1")

    def test_a_class_of_a_hosts_own_is_refused_until_it_is_made_known(self, desk: Agency) -> None:
        @attrs.frozen(kw_only=True)
        class ErrandRun(Entry, kind="errand", dated="run_on"):
            run_on: date
            note: str

        errand = ErrandRun(run_on=date(2026, 3, 4), note=SECRET)
        refused(desk, lambda: desk.write("C-1", errand, by="w-7"))
        refused(desk, lambda: desk.write("C-1", LateEntry(entered_on=errand.run_on, entry=errand, reason="r"), by="w"))

    def test_only_a_contact_is_shared(self, desk: Agency) -> None:
        refused(desk, lambda: desk.write_together(["C-1"], ADMITTED, by="w-7"))  # type: ignore[arg-type]

    @settings(max_examples=80)
    @given(entries())
    def test_any_entry_is_written_or_refused_with_a_typed_error(self, entry: Entry) -> None:
        agency = agency_over(MemoryStore(), UNHURRIED, clock=Clock(datetime(2031, 1, 1, tzinfo=UTC)))
        wrote(agency, "C-1", ADMITTED)
        before = everything_in(agency._writing.store)
        try:
            record = agency.write("C-1", entry, by="w-7", entry_id="row-1")
        except (NotPossible, NotKnown):
            assert everything_in(agency._writing.store) == before
        else:
            assert agency.read("C-1").lines == record.lines
            assert agency.may_write("C-1", entry)


class TestQuestions:
    """Days are days, states are states, zones are zones."""

    @pytest.mark.parametrize("bad", NO_DAYS, ids=repr)
    def test_what_is_no_day_is_refused(self, desk: Agency, bad: Any) -> None:
        refused(desk, lambda: desk.read("C-1", as_of=bad))
        refused(desk, lambda: desk.read("C-1", known_on=bad))
        refused(desk, lambda: desk.checklist("C-1", as_of=bad))
        refused(desk, lambda: desk.worklist(as_of=bad))

    @pytest.mark.parametrize("bad", ["due", ["due"], [None], None, 7], ids=repr)
    def test_what_is_no_state_is_refused(self, desk: Agency, bad: Any) -> None:
        refused(desk, lambda: desk.worklist(states=bad))

    def test_the_first_and_the_last_day_there_are(self, desk: Agency) -> None:
        assert desk.read("C-1", as_of=date.min).admission is None
        assert desk.read("C-1", known_on=date.min).number == 0
        assert desk.read("C-1", as_of=date.max, known_on=date.max).number == 1
        assert list(desk.worklist(as_of=date.min)) == []
        assert list(desk.checklist("C-1", as_of=date.min).dues) == []

    @pytest.mark.parametrize(
        "bad",
        ["", "Mars/Olympus", "../../etc/passwd", "America", "a\0b", "a\ud800b", "x" * 5000, None, 7, UTC],
        ids=lambda bad: repr(bad)[:20],
    )
    def test_an_unknown_zone_is_refused_before_anything_is_opened(self, bad: Any) -> None:
        opened: list[str] = []

        class Opening:
            @hookimpl
            def casecore_provide_store(self, url: str) -> Store:
                opened.append(url)
                return MemoryStore()

        with pytest.raises(NotReadable) as caught:
            Agency.open("memory:", plugins=[Opening()], zone=bad)
        assert caught.value.__context__ is None
        assert [problem.path for problem in caught.value.problems] == ["zone"]
        assert not opened

    def test_rulebooks_that_contradict_each_other_leave_no_store_open(self) -> None:
        store = MemoryStore()

        class Opening:
            @hookimpl
            def casecore_provide_store(self, url: str) -> Store:
                return store

        with pytest.raises(NotReadable, match="must not differ from another"):
            Agency.open("memory:", plugins=[Opening()], rulebooks=[MODEL, CHANGED])
        with pytest.raises(StoreUnavailable, match="closed"):
            list(store.cases())

    @pytest.mark.parametrize("now", [datetime(2026, 3, 4), date(2026, 3, 4), None, "2026-03-04", 7.0], ids=repr)  # noqa: DTZ001
    def test_a_clock_without_a_zone_is_refused(self, now: Any) -> None:
        agency = agency_over(MemoryStore(), MODEL, clock=lambda: now)  # type: ignore[arg-type]
        for ask in (
            lambda: agency.today,
            lambda: agency.write("C-1", contact(4), by="w-7"),
            lambda: agency.may_write("C-1", contact(4)),
            lambda: agency.worklist(),
            lambda: list(agency.adopt([("C-1", [OldEntry(entry_id="r", entry=contact(4), by="w")])])),
        ):
            assert refused(agency, ask).problems[0].path == "clock"


class TestAStoreThatFails:
    """What a store did not keep is not acknowledged; lines and index stay in step."""

    @settings(max_examples=20)
    @given(st.lists(st.sampled_from(["fine", "down before", "lost after"]), max_size=8))
    def test_every_write_is_there_once_or_not_at_all(self, weather: list[str]) -> None:
        inner = MemoryStore()
        between = Between(inner)
        agency = agency_over(between, MODEL)

        def fail() -> None:
            raise StoreUnavailable("no answer")

        acknowledged: list[str] = []
        for place, each in enumerate(weather):
            between.before = fail if each == "down before" else lambda: None
            between.after = fail if each == "lost after" else lambda: None
            entry = ADMITTED if not acknowledged else contact(4)
            try:
                agency.write("C-1", entry, by="w-7", entry_id=f"row-{place}")
            except StoreUnavailable:
                assert each != "fine"
                between.before = between.after = lambda: None
                agency.write("C-1", entry, by="w-7", entry_id=f"row-{place}")
            acknowledged.append(f"row-{place}")
            assert [line.entry_id for line in agency.read("C-1").lines] == acknowledged
            assert [row.number for row in inner.index()] == [len(acknowledged)]

    def test_a_worklist_is_right_though_it_could_not_be_kept(self) -> None:
        class Unwritable(MemoryStore):
            def reindex(self, rows: Any) -> None:
                raise StoreUnavailable("read-only")

        clock, store = Clock(), Unwritable()
        agency = agency_over(store, MODEL, clock=clock)
        wrote(agency, "C-1", ADMITTED)
        before = store.index()
        clock.set(date(2026, 6, 1))
        assert [due.belonging_to("", "") for due in agency.worklist()] == [
            due for due in sorted(agency.checklist("C-1").dues, key=lambda due: (due.window.end, due.code, due.about))
            if due.state.is_open
        ]  # fmt: skip
        assert store.index() == before

    @pytest.mark.parametrize(
        ("field", "damaged"), [("body", b'{"held_on": "Jane'), ("body", b"\xff\xfe"), ("form", 9), ("recorded_at", "?")]
    )
    def test_damaged_lines_are_told_and_not_quoted(self, field: str, damaged: Any) -> None:
        store = MemoryStore()
        agency = agency_over(store, MODEL)
        wrote(agency, "C-1", contact(4, note=SECRET))
        line: StoredEntry = store._cases["C-1"][0]
        store._cases["C-1"][0] = line._replace(**{field: damaged})
        error = refused(agency, lambda: agency.read("C-1"))
        assert "Jane" not in repr(error)

    def test_an_unknown_kind_is_kept_reported_and_written_beside(self) -> None:
        store = MemoryStore()
        agency = agency_over(store, MODEL)
        wrote(agency, "C-1", ADMITTED)
        alien = StoredEntry("e-2", "C-1", 2, "ehr-alert", 3, "2026-03-31T14:00:00.000000+00:00", "ehr", b"\xff{")
        store.append([alien], expected={"C-1": 1})
        wrote(agency, "C-1", contact(4))
        record = agency.read("C-1")
        assert [line.entry_id for line in record.opaque] == ["e-2"]
        assert store.load("C-1")[1] == alien
        assert record.contacts == (contact(4),)
        assert [row.number for row in store.index()] == [3]

    def test_a_form_newer_than_this_library_is_refused(self) -> None:
        store = MemoryStore()
        agency = agency_over(store, MODEL)
        body = b'{"%s": 1}' % SECRET.encode()
        newer = StoredEntry("e-1", "C-1", 1, "contact", 2, "2026-03-31T14:00:00.000000+00:00", "w", body)
        store.append([newer], expected={"C-1": 0})
        assert refused(agency, lambda: agency.read("C-1")).problems[0].path == "form"
