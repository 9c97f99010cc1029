from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.contacts import Contact, Mode, Outcome
from casecore.interchange import EntryBytes, Kinds, read_json
from casecore.record import ENTRY_CLASSES, Correction, LateEntry, Line, Opaque, StrikeOut, fold
from casecore.terms import Entry, Label, NotReadable, Words
from casecore.testing.strategies.entries import amendments, entries
from casecore.testing.strategies.record import case_histories

SECRET = "Jane Roe, 14 Elm Street"
CODEC = EntryBytes()
CONTACT = Contact(held_on=date(2026, 3, 4), mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=40)


@attrs.frozen(kw_only=True)
class ErrandRun(Entry, kind="errand", version=3, dated="run_on"):
    """An entry of a host's own, in its third form."""

    run_on: date
    errand: Label
    note: Words | None = None


def from_first_form(data: dict[str, Any]) -> dict[str, Any]:
    """The first form said *what* instead of *errand*."""
    data["errand"] = data.pop("what")
    return data


def from_second_form(data: dict[str, Any]) -> dict[str, Any]:
    """The second form kept the note in lines."""
    return data | {"note": "\n".join(data.get("note") or ()) or None}


HOST = EntryBytes(
    Kinds([ErrandRun], {("errand", 1): from_first_form, ("errand", 2): from_second_form}),
)
ERRAND = ErrandRun(run_on=date(2026, 3, 4), errand="pharmacy", note="collected\nand brought")


def fields_of(kind: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = attrs.fields(kind)
    return found


def refused(read: Callable[[], object]) -> NotReadable:
    """The one typed error; with nothing of what was handed in, and no other error behind it."""
    with pytest.raises(NotReadable) as caught:
        read()
    error = caught.value
    assert SECRET not in f"{error} {error!r} {error.problems!r} {error.args!r}"
    assert error.__cause__ is None
    assert error.__context__ is None
    return error


class TestEveryEntryHasBytes:
    """What msgspec decodes is what cattrs says the bytes mean, for every kind of entry."""

    @pytest.mark.parametrize("kind", ENTRY_CLASSES, ids=lambda kind: kind.kind)
    @settings(max_examples=12)
    @given(data=st.data())
    def test_decoded_fast_or_in_full_it_is_the_same_entry(self, kind: type[Entry], data: st.DataObject) -> None:
        entry = data.draw(entries(kinds=[kind]))
        assert type(entry) is kind
        body = CODEC.encode(entry)
        assert CODEC.decode(kind.kind, kind.version, body) == entry
        assert CODEC.read_entry(kind.kind, read_json(body)) == entry

    @given(entries())
    def test_encoding_is_stable(self, entry: Entry) -> None:
        body = CODEC.encode(entry)
        assert CODEC.encode(CODEC.decode(entry.kind, entry.version, body)) == body
        assert EntryBytes().encode(entry) == body

    @given(entries())
    def test_every_field_is_said_defaults_too(self, entry: Entry) -> None:
        said = read_json(CODEC.encode(entry))
        assert set(said) == {field.name for field in fields_of(type(entry))}

    @settings(max_examples=25)
    @given(case_histories())
    def test_whole_histories_come_back(self, lines: tuple[Line, ...]) -> None:
        for line in lines:
            entry = line.entry
            assert CODEC.decode(entry.kind, entry.version, CODEC.encode(entry)) == entry

    @settings(max_examples=25)
    @given(case_histories())
    def test_many_at_once_are_what_each_is_alone(self, lines: tuple[Line, ...]) -> None:
        kinds = [line.entry.kind for line in lines]
        forms = [line.entry.version for line in lines]
        bodies = [CODEC.encode(line.entry) for line in lines]
        assert EntryBytes().decode_all(kinds, forms, bodies) == [line.entry for line in lines]

    def test_an_instant_keeps_its_offset(self) -> None:
        began = datetime.fromisoformat("2026-11-01T01:30:00-04:00")
        entry = attrs.evolve(CONTACT, began_at=began)
        read: Any = CODEC.decode("contact", 1, CODEC.encode(entry))
        assert read.began_at.utcoffset() == began.utcoffset()
        assert read.began_at.astimezone(UTC) == began


class TestForms:
    """Old forms are carried forward; a form newer than this library knows is refused."""

    def test_each_older_form_is_carried_forward_step_by_step(self) -> None:
        first = b'{"run_on": "2026-03-04", "what": "pharmacy", "note": ["collected", "and brought"]}'
        second = b'{"run_on": "2026-03-04", "errand": "pharmacy", "note": ["collected", "and brought"]}'
        assert HOST.decode("errand", 1, first) == HOST.decode("errand", 2, second) == ERRAND
        assert HOST.decode("errand", 3, HOST.encode(ERRAND)) == ERRAND

    def test_an_older_form_is_checked_in_full(self) -> None:
        error = refused(lambda: HOST.decode("errand", 2, f'{{"run_on": "{SECRET}", "errand": ""}}'.encode()))
        assert {problem.path for problem in error.problems} == {"run_on", "errand"}

    @pytest.mark.parametrize("form", [0, -1, 4, 900])
    def test_a_form_that_is_not_known_is_refused(self, form: int) -> None:
        error = refused(lambda: HOST.decode("errand", form, HOST.encode(ERRAND)))
        assert [problem.path for problem in error.problems] == ["form"]

    def test_a_newer_form_inside_an_amendment_is_refused_too(self) -> None:
        late = LateEntry(entered_on=date(2026, 3, 9), entry=ERRAND, reason="away")
        body = HOST.encode(late).replace(b'"form":3', b'"form":4')
        error = refused(lambda: HOST.decode("late-entry", 1, body))
        assert [problem.path for problem in error.problems] == ["entry.form"]

    def test_an_older_form_inside_an_amendment_is_carried_forward(self) -> None:
        fixed = Correction(corrected_on=date(2026, 3, 9), of="e-1", to=ERRAND, reason="wrong shop")
        body = HOST.encode(fixed).replace(b'"form":3', b'"form":1').replace(b'"errand":"', b'"what":"')
        body = body.replace(b'"note":"collected\\nand brought"', b'"note":["collected","and brought"]')
        assert HOST.decode("correction", 1, body) == fixed

    def test_a_form_without_a_way_forward_is_refused(self) -> None:
        codec = EntryBytes(Kinds([ErrandRun], {("errand", 1): from_first_form}))
        error = refused(lambda: codec.decode("errand", 1, b'{"run_on": "2026-03-04", "what": "shop"}'))
        assert "no way forward" in str(error)

    @pytest.mark.parametrize("body", [b'["what"]', b"7", b"null", f'{{"other": "{SECRET}"}}'.encode()])
    def test_damage_in_an_older_form_is_told_by_us_and_not_by_the_upcast(self, body: bytes) -> None:
        refused(lambda: HOST.decode("errand", 1, body))

    def test_an_upcast_that_quotes_the_data_is_not_heard(self) -> None:
        def quoting(data: dict[str, Any]) -> dict[str, Any]:
            raise ValueError(f"what is {data}?")

        codec = EntryBytes(Kinds([ErrandRun], {("errand", 2): quoting}))
        error = refused(lambda: codec.decode("errand", 2, f'{{"errand": "{SECRET}"}}'.encode()))
        assert [problem.path for problem in error.problems] == ["form"]


class TestUnknownKinds:
    """An entry of a kind that nothing here knows is kept byte for byte and reported; nothing judges it."""

    @given(st.binary(max_size=200), st.integers(-5, 900))
    def test_it_is_kept_byte_for_byte(self, body: bytes, form: int) -> None:
        entry = CODEC.decode("ehr-alert", form, body)
        assert isinstance(entry, Opaque)
        assert (entry.of_kind, entry.form) == ("ehr-alert", form)
        assert CODEC.encode(entry) == body

    def test_the_record_reports_it(self) -> None:
        at = datetime(2026, 3, 5, 9, tzinfo=UTC)
        record = fold(
            "C-1",
            [
                Line("e1", "C-1", 1, at, "w-1", CONTACT),
                Line("e2", "C-1", 2, at, "w-1", CODEC.decode("ehr-alert", 2, b"{}")),
            ],
        )
        assert [line.entry_id for line in record.opaque] == ["e2"]
        assert record.contacts == (CONTACT,)

    @pytest.mark.parametrize(
        "amendment",
        [
            LateEntry(entered_on=date(2026, 3, 9), entry=ERRAND, reason="away"),
            Correction(corrected_on=date(2026, 3, 9), of="e-1", to=ERRAND, reason="wrong shop"),
        ],
        ids=["late-entry", "correction"],
    )
    def test_an_amendment_that_holds_one_is_kept_too(self, amendment: Entry) -> None:
        body = HOST.encode(amendment)
        kept = CODEC.decode(amendment.kind, 1, body)
        assert isinstance(kept, Opaque)
        assert CODEC.encode(kept) == body

    def test_from_a_stranger_it_is_refused(self) -> None:
        error = refused(lambda: CODEC.read_entry("errand", {"what": SECRET}))
        assert [problem.path for problem in error.problems] == ["kind"]

    def test_a_class_that_is_not_among_the_kinds_is_not_written(self) -> None:
        refused(lambda: CODEC.encode(ERRAND))

    def test_nor_is_an_amendment_that_holds_one(self) -> None:
        refused(lambda: CODEC.encode(LateEntry(entered_on=date(2026, 3, 9), entry=ERRAND, reason=SECRET)))


class TestDamage:
    """Bytes that are no longer what was written are refused, and never quoted."""

    @pytest.mark.parametrize("form", [1, 2, 3])
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            f'{{"errand": "{SECRET}", "run_on": "{SECRET}"}}'.encode(),
            f'{{"errand": ["{SECRET}"]}}'.encode(),
            b'{"errand": "\xff\xfe' + SECRET.encode() + b'"}',
            b'{"errand": "\xed\xa0\x80' + SECRET.encode() + b'"}',
            b'{"errand": "\\ud800' + SECRET.encode() + b'"}',
            b'{"errand": ' + b"[" * 100_000,
            b"[" * 100_000,
            b"\x00" * 50,
        ],
    )
    def test_each_kind_of_damage(self, form: int, body: bytes) -> None:
        refused(lambda: HOST.decode("errand", form, body))

    def test_one_damaged_entry_among_many_is_named_by_its_kind(self) -> None:
        bodies = [CODEC.encode(CONTACT), f'{{"struck_on": "{SECRET}"}}'.encode()]
        error = refused(lambda: CODEC.decode_all(["contact", "strike-out"], [1, 1], bodies))
        assert "stored strike-out" in str(error)

    @pytest.mark.parametrize("kind", [cls.kind for cls in ENTRY_CLASSES])
    def test_every_kind_refuses_another_kinds_bytes(self, kind: str) -> None:
        refused(lambda: CODEC.decode(kind, 1, f'{{"{SECRET}": "{SECRET}"}}'.encode()))

    @given(entries(), st.data())
    def test_a_cut_is_always_noticed(self, entry: Entry, data: st.DataObject) -> None:
        body = CODEC.encode(entry)
        place = data.draw(st.integers(0, len(body) - 1))
        refused(lambda: CODEC.decode(entry.kind, entry.version, body[:place]))

    @settings(max_examples=200)
    @given(entries(), st.data())
    def test_any_other_byte_is_refused_or_still_an_entry(self, entry: Entry, data: st.DataObject) -> None:
        body = bytearray(CODEC.encode(entry))
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
        with suppress(NotReadable):
            assert isinstance(CODEC.decode(entry.kind, entry.version, bytes(body)), Entry)

    @given(amendments())
    def test_an_amendment_without_what_it_holds(self, amendment: Entry) -> None:
        said = read_json(CODEC.encode(amendment))
        if isinstance(amendment, StrikeOut):
            return
        field = "entry" if isinstance(amendment, LateEntry) else "to"
        for inner in (None, SECRET, [SECRET], {"kind": 7, "form": 1, "body": {}}, {"kind": "contact", "form": True}):
            body = msgspec.json.encode(said | {field: inner})
            error = refused(lambda body=body: CODEC.decode(amendment.kind, 1, body))  # type: ignore[misc]
            assert all(problem.path.startswith(field) for problem in error.problems)


class TestFromAStranger:
    """Plain data from elsewhere is checked in full, all problems at once, each with its path."""

    def test_all_problems_at_once_also_inside_an_amendment(self) -> None:
        data = {
            "corrected_on": "yesterday",
            "of": "",
            "to": {"kind": "contact", "form": 1, "body": {"held_on": SECRET, "mode": SECRET, "outcome": "held"}},
            "reason": SECRET + "\0",
        }
        error = refused(lambda: CODEC.read_entry("correction", data))
        assert {problem.path for problem in error.problems} == {
            "corrected_on", "of", "to.held_on", "to.mode", "reason",
        }  # fmt: skip

    def test_an_unknown_field_is_refused(self) -> None:
        error = refused(lambda: CODEC.read_entry("contact", {"held_on": "2026-03-04", SECRET: SECRET}))
        assert len(error.problems) == 3

    def test_an_amendment_inside_an_amendment_is_refused(self) -> None:
        strike = {"kind": "strike-out", "form": 1, "body": {"struck_on": "2026-03-04", "of": "e", "reason": SECRET}}
        data = {"entered_on": "2026-03-04", "entry": strike, "reason": "late"}
        refused(lambda: CODEC.read_entry("late-entry", data))

    def test_amendments_nested_very_deep_are_refused(self) -> None:
        data: Any = {"entered_on": "2026-03-04", "entry": None, "reason": SECRET}
        for _ in range(10_000):
            data = {"entered_on": "2026-03-04", "entry": {"kind": "late-entry", "form": 1, "body": data}, "reason": "r"}
        refused(lambda: CODEC.read_entry("late-entry", data))

    @pytest.mark.parametrize("data", [None, 7, SECRET, [SECRET], {1: SECRET}, {"entry": SECRET}])
    @pytest.mark.parametrize("kind", ["contact", "late-entry", "strike-out"])
    def test_what_is_no_mapping_of_fields_is_refused(self, kind: str, data: object) -> None:
        refused(lambda: CODEC.read_entry(kind, data))


class TestKinds:
    """A kind is one class, and says by which day it is dated."""

    def test_a_kind_is_not_given_twice(self) -> None:
        @attrs.frozen(kw_only=True)
        class Other(Entry, kind="contact", dated="on"):
            on: date

        @attrs.frozen(kw_only=True)
        class Undated(Entry, kind="undated"):
            on: date

        with pytest.raises(NotReadable) as caught:
            Kinds([Other, Undated])
        assert [problem.path for problem in caught.value.problems] == ["Other", "Undated"]

    def test_they_are_those_of_the_library_and_those_added(self) -> None:
        assert tuple(HOST.kinds) == (*ENTRY_CLASSES, ErrandRun)
        assert HOST.kinds.get("errand") is ErrandRun
        assert CODEC.kinds.get("errand") is None
