"""Lines and index rows of the size that an agency writes."""

from __future__ import annotations

import json
import uuid
from random import Random

from casecore.hooks import IndexRow, StoredEntry

CONTACT = {
    "held_on": "2026-03-04", "mode": "face-to-face", "outcome": "held", "minutes": 40, "place": "home",
    "party": "client", "by": "w-7", "note": "Reviewed the budget and walked to the bank; wants to try it alone. " * 2,
}  # fmt: skip
DUE = {
    "code": "contact-owed", "what": "face-to-face contact", "start": "2026-03-01", "end": "2026-04-01",
    "since": "2026-03-01", "standard": "contacts/icm-monthly", "cite": "14 NYCRR 506.4(b)(2)", "satisfy": "contact",
}  # fmt: skip
BODY = json.dumps(CONTACT).encode()
DUES = json.dumps([DUE] * 4).encode()
FINDINGS = b"[]"
AT = "2026-03-04T14:00:00.000000+00:00"


def lines(case: str, first: int, count: int, random: Random) -> tuple[StoredEntry, ...]:
    """Lines of one case; ids as a desk makes them, at random."""
    return tuple(
        StoredEntry(
            str(uuid.UUID(int=random.getrandbits(128), version=4)), case, first + place, "contact", 1, AT, "w-7", BODY
        )
        for place in range(count)
    )


def row(case: str, number: int, worker: str) -> IndexRow:
    """What is open on one case."""
    return IndexRow(case, number, worker, "icm", "ny-icm@2024.12", "2026-03-04", "2026-04-01", DUES, FINDINGS)
