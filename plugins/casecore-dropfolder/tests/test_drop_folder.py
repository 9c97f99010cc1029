from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from casecore_dropfolder import DropFolder

from casecore.agency import Agency
from casecore.crises import Setting, StayBegan, StayEnded
from casecore.hooks import Arrival, Untaken, load_plugins
from casecore.record import RULES, LateEntry, StrikeOut
from casecore.standards import read_rulebook
from casecore.terms import NotReadable, StoreUnavailable
from casecore.testing import ConnectorContract, HospitalTold, MemoryStore

HEADER = "visit,patient,event,on,told_at,setting\n"
LINE = "v1,p-1,admitted,2026-03-02,2026-03-02T10:00:00Z,psychiatric-inpatient\n"
END = "v1,p-1,discharged,2026-03-05,2026-03-05T10:00:00Z,\n"


class TestKeepsTheContract(ConnectorContract):
    """A drop folder keeps every clause."""

    @pytest.fixture
    def connector(self, tmp_path: Path) -> DropFolder:
        self.folder, self.numbers = tmp_path, count()
        return DropFolder(tmp_path, name="st-marys", cases=self.CASES)

    def text(self, told: Sequence[HospitalTold]) -> str:
        events = {True: "admitted", False: "discharged"}
        return HEADER + "".join(
            f"{each.visit},{each.person},{events[each.began]},{each.on},{each.told_at.isoformat()},emergency-room\n"
            for each in told
        )

    def deliver(self, told: Sequence[HospitalTold]) -> None:
        (self.folder / f"adt-{next(self.numbers)}.csv").write_text(self.text(told))

    def deliver_unreadable(self, told: Sequence[HospitalTold]) -> None:
        text = self.text(told) + "v3,person-one,admitted,yesterday,2026-03-02T10:00:00Z,emergency-room\n"
        (self.folder / "adt.csv").write_text(text)

    def begin_delivery(self, told: Sequence[HospitalTold]) -> Callable[[], None]:
        whole = self.text(told)
        (self.folder / "adt.csv").write_text(whole[: whole.index("2026-03-15") + 9])
        return lambda: (self.folder / "adt.csv").write_text(whole) and None


def told_by(folder: Path, **more: Any) -> tuple[list[Arrival], dict[str, str]]:
    said = load_plugins([DropFolder(folder, name="h", cases={"p-1": "C-1", "p-2": "C-2"}, **more)]).arrivals()
    untaken = {each.where: each.reason for each in said if isinstance(each, Untaken)}
    return [each for each in said if isinstance(each, Arrival)], untaken


class TestWholeFiles:
    """A file that is not whole, or not what was agreed, is told and left alone whole."""

    @pytest.mark.parametrize(
        ("raw", "told"),
        [
            (b"", "is not finished"),
            ((HEADER + LINE[:-1]).encode(), "is not finished"),
            ((HEADER + LINE + 'v2,"p-1,admitted\n').encode(), "breaks off within quotation marks"),
            (b"visit,patient,on\n1,2,3\n", "lacks the columns event, told_at"),
            ((HEADER.replace("setting", "visit") + LINE).encode(), "has the columns visit twice"),
            ((HEADER + LINE).encode("utf-16"), "is not in UTF-8"),
            ((HEADER + LINE.replace("v1", "v\xe9")).encode("latin-1"), "is not in UTF-8"),
            (b"\n\n", "lacks the columns visit"),
        ],
    )
    def test_it_is_told(self, tmp_path: Path, raw: bytes, told: str) -> None:
        (tmp_path / "a.csv").write_bytes(raw)
        (tmp_path / "b.csv").write_text(HEADER + LINE)
        arrived, untaken = told_by(tmp_path)
        assert [each.where for each in arrived] == ["b.csv:2"]
        assert list(untaken) == ["a.csv"]
        assert untaken["a.csv"].startswith(told)

    def test_a_file_that_is_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("casecore_dropfolder.files.LARGEST_FILE", 100)
        (tmp_path / "a.csv").write_text(HEADER + LINE)
        assert told_by(tmp_path) == ([], {"a.csv": "is larger than 100 bytes"})

    def test_which_files_are_read(self, tmp_path: Path) -> None:
        for name in ("a.CSV", "b.csv.part", ".c.csv", "d.txt"):
            (tmp_path / name).write_text(HEADER + LINE.replace("v1", name))
        (tmp_path / "e.csv").mkdir()
        arrived, untaken = told_by(tmp_path)
        assert [each.where for each in arrived] == ["a.CSV:2"]
        assert untaken == {}

    def test_a_mark_at_the_beginning_other_columns_spaces_and_line_ends(self, tmp_path: Path) -> None:
        text = (
            "ward,told_at, on ,event,patient,visit,setting,facility\r\n"
            '3,2026-03-02T10:00:00-05:00, 2026-03-02 ,admitted, p-1 ,v1,er,"Elm, East"\r\n\r\n'
        )
        (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
        (arrival,), untaken = told_by(tmp_path, settings={"er": Setting.EMERGENCY_ROOM})
        assert untaken == {}
        assert arrival == Arrival(
            "C-1",
            StayBegan(
                admitted_on=date(2026, 3, 2), stay_id="h/v1", setting=Setting.EMERGENCY_ROOM, facility="Elm, East"
            ),
            "h/v1/admitted",
            "2026-03-02T15:00:00.000000+00:00",
            "a.csv:2",
        )

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(StoreUnavailable, match="the folder of h cannot be read: FileNotFoundError") as gone:
            told_by(tmp_path / "none")
        assert gone.value.retry
        assert str(tmp_path) not in str(gone.value)

    @pytest.mark.parametrize("name", ["", "a@b", "a/b", "x" * 41, "a\0b"])
    def test_a_name_that_is_none(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(NotReadable, match="name"):
            DropFolder(tmp_path, name=name, cases={})


class TestLines:
    """A line that cannot be read, or that contradicts another, is told by its place; the others are taken."""

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("v1", "", "visit must have"),
            ("v1", "v@1", "visit must have"),
            ("v1", "v" * 61, "visit must have"),
            ("v1", "v\0", "stay_id: must not hold a NUL"),
            ("p-1", "", "patient must be given"),
            ("admitted", "moved", "event must be"),
            ("2026-03-02,", "2026-02-30,", "on must be a day"),
            ("2026-03-02,", "20260302,", "on must be a day"),
            ("10:00:00Z", "10:00:00", "told_at must be an instant"),
            ("2026-03-02T10:00:00Z", "0001-01-01T00:00:00+14:00", "told_at must be an instant"),
            ("psychiatric-inpatient", "ward 7", "setting must be one"),
            ("psychiatric-inpatient", "", "setting must be one"),
            (",psychiatric-inpatient", "", "must have 6 cells"),
            ("psychiatric-inpatient", "psychiatric-inpatient,x", "must have 6 cells"),
            ("p-1", "P-1", "tells of a patient who is not among the cases"),
        ],
    )
    def test_what_is_told(self, tmp_path: Path, old: str, new: str, told: str) -> None:
        (tmp_path / "a.csv").write_text(HEADER + LINE.replace(old, new, 1) + LINE.replace("v1", "v2"))
        arrived, untaken = told_by(tmp_path)
        assert [each.where for each in arrived] == ["a.csv:3"]
        assert list(untaken) == ["a.csv:2"]
        assert untaken["a.csv:2"].startswith(told)

    def test_all_that_is_wrong_at_once_and_nothing_of_what_stands_there(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(HEADER + "Jane@x,,Jane,Jane,Jane,Jane\n")
        _, untaken = told_by(tmp_path)
        assert len(untaken["a.csv:2"].split("; ")) == 5
        assert "Jane" not in untaken["a.csv:2"]

    def test_one_visit_of_two_patients_is_nobodys(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(HEADER + LINE)
        (tmp_path / "b.csv").write_text(HEADER + END.replace("p-1", "p-2"))
        arrived, untaken = told_by(tmp_path)
        assert arrived == []
        assert set(untaken.values()) == {"tells of a visit that elsewhere is another patient's"}

    def test_two_contents_at_one_instant(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(HEADER + LINE + LINE.replace("2026-03-02,", "2026-03-01,") + END)
        arrived, untaken = told_by(tmp_path)
        assert [type(each.entry) for each in arrived] == [StayEnded]
        assert set(untaken) == {"a.csv:2", "a.csv:3"}


LATE = """
[rulebook]
name = "late"
version = "1"
title = "Late entries"
layer = "agency"
invented = true
[[standard]]
name = "record/late-entries"
asks = "late-entry"
[[standard.edition]]
since = 2026-01-01
source = { cite = "Manual 1", invented = true }
value = { late_after = { days = 2 }, refused_after = { days = 20 } }
"""


class TestAtTheDesk:
    """What is told is written once, by the record's own rules; what a person has put right is theirs."""

    def desk(self, folder: Path, store: MemoryStore, day: int = 6, *rulebooks: Any) -> Agency:
        plugins = load_plugins([DropFolder(folder, name="h", cases={"p-1": "C-1"})])
        clock = lambda: datetime(2026, 3, day, 12, tzinfo=UTC)  # noqa: E731
        return Agency(store, rulebooks, clock=clock, plugins=plugins)

    def test_a_file_that_is_gone_takes_nothing_back(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(HEADER + LINE)
        store = MemoryStore()
        agency = self.desk(tmp_path, store)
        assert agency.take_in(by="h").written == 1
        (tmp_path / "a.csv").unlink()
        (tmp_path / "b.csv").write_text(HEADER + END)
        assert agency.take_in(by="h")[:3] == (1, 0, 0)
        (tmp_path / "a.csv").write_text(HEADER + LINE.replace("2026-03-02,", "2026-03-01,").replace("02T", "03T"))
        assert agency.take_in(by="h")[:3] == (0, 1, 1)
        (tmp_path / "a.csv").write_text(HEADER + LINE)  # the old one put back
        assert agency.take_in(by="h")[:3] == (0, 0, 2)
        assert [line.by for line in agency.read("C-1").lines] == ["h"] * 3

    def test_a_later_telling_of_the_same_says_nothing_new(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(HEADER + LINE + LINE.replace("02T", "03T"))
        agency = self.desk(tmp_path, MemoryStore())
        assert agency.take_in(by="h") == (1, 0, 1, ())

    def test_what_a_person_struck_out_stays_so(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(HEADER + LINE)
        agency = self.desk(tmp_path, MemoryStore())
        agency.take_in(by="h")
        (line,) = agency.read("C-1").lines
        agency.write("C-1", StrikeOut(struck_on=date(2026, 3, 6), of=line.entry_id, reason="wrong client"), by="w-7")
        assert agency.take_in(by="h") == (0, 0, 1, ())
        (tmp_path / "b.csv").write_text(HEADER + LINE.replace("02T", "03T").replace("2026-03-02,", "2026-03-01,"))
        (untaken,) = agency.take_in(by="h").untaken
        assert untaken.where == "b.csv:2"
        assert "corrected it or struck it out" in untaken.reason
        assert agency.read("C-1").number == 2

    def test_what_is_late_is_entered_as_late_as_far_as_the_rulebook_allows(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(HEADER + LINE)
        rulebook = read_rulebook(LATE, RULES)
        for day, kinds in ((4, [StayBegan]), (10, [LateEntry]), (31, [])):
            store = MemoryStore()
            agency = self.desk(tmp_path, store, day, rulebook)
            taken = agency.take_in(by="h")
            assert taken.written == len(kinds)
            assert [type(line.entry) for line in agency._writing.record("C-1").lines] == kinds
            assert agency.take_in(by="h").written == 0
        assert "on time" in taken.untaken[0].reason or "late" in taken.untaken[0].reason

    def test_what_has_not_happened_yet_waits(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(HEADER + LINE)
        agency = self.desk(tmp_path, MemoryStore(), 1)
        (untaken,) = agency.take_in(by="h").untaken
        assert "Has it happened yet?" in untaken.reason
