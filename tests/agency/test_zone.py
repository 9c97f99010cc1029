"""The agency's days begin and end in its own zone, also where the day of writing decides."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import casecore_sql
import pytest

from casecore.agency import Agency
from casecore.contacts import Contact, Mode, Outcome
from casecore.intake import Admission
from casecore.record import RULES
from casecore.standards import Rulebook, read_rulebook

NOTES_THE_SAME_DAY = """
[rulebook]
name = "notes"
version = "1"
title = "Notes on the same day (invented)"
layer = "agency"
invented = true

[[standard]]
name = "contacts/notes"
asks = "note-deadline"

[[standard.edition]]
since = 2026-01-01
source = { cite = "Manual 1", invented = true }
value = { within = { days = 0 } }
"""

LATER = date(2026, 3, 10)


@pytest.fixture
def rulebook() -> Rulebook:
    return read_rulebook(NOTES_THE_SAME_DAY, RULES)


class TestTheDayOfWriting:
    """A note written at ten in the evening was written on that day, wherever it is already tomorrow."""

    EVENING = datetime(2026, 3, 4, 22, tzinfo=ZoneInfo("America/New_York"))

    @pytest.mark.parametrize(("zone", "codes"), [("America/New_York", []), ("UTC", ["note-late"])])
    def test_it_is_the_agencys_day(self, rulebook: Rulebook, zone: str, codes: list[str]) -> None:
        with Agency.open(
            "sqlite://", plugins=[casecore_sql], rulebooks=[rulebook], zone=zone, clock=lambda: self.EVENING
        ) as agency:
            agency.write("C-1", Admission(admitted_on=date(2026, 1, 5), client="P-1", program="ICM"), by="w-1")
            held = Contact(held_on=date(2026, 3, 4), mode=Mode.VIDEO, outcome=Outcome.HELD)
            agency.write("C-1", held, by="w-1")
            assert [found.code for found in agency.checklist("C-1", as_of=LATER).findings] == codes
            assert [found.code for found in agency.worklist(as_of=LATER).findings] == codes

    def test_another_zone_is_judged_again(self, rulebook: Rulebook, tmp_path: object) -> None:
        url = f"sqlite:///{tmp_path}/a.db"
        found = {}
        for zone in ("America/New_York", "UTC"):
            with Agency.open(
                url, plugins=[casecore_sql], rulebooks=[rulebook], zone=zone, clock=lambda: self.EVENING
            ) as agency:
                held = Contact(held_on=date(2026, 3, 4), mode=Mode.VIDEO, outcome=Outcome.HELD)
                agency.write("C-1", held, by="w-1", entry_id="e-1")
                found[zone] = [each.code for each in agency.worklist(as_of=LATER).findings]
        assert found == {"America/New_York": [], "UTC": ["note-late"]}
        assert self.EVENING.astimezone(UTC).date() > self.EVENING.date()
