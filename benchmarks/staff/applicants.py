"""Post 1, and a mixed pile of staff files for it: yes by A and by B, no, the boundary, not known, needs judgement."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from casecore.staff import StaffFile
from casecore.staff.posts import Post, read_post
from casecore.terms import read

ON = date(2026, 7, 31)

RECOGNIZED = ["regionally-accredited"]
BACHELOR = {"level": "bachelor", "field": "history", "awarded_on": "2015-05-01", "accreditors": RECOGNIZED}
BACHELOR_WITHOUT = {**BACHELOR, "credits": []}
BACHELOR_IN_PSYCHOLOGY = {
    **BACHELOR,
    "field": "psychology",
    "credits": [
        {"subject": "psychology", "amount": 24, "unit": "semester"},
        {"subject": "sociology", "amount": 9, "unit": "quarter"},
        {"subject": "history", "amount": 12, "unit": "semester"},
    ],
}
MASTER = {**BACHELOR, "level": "master", "field": "social-work", "awarded_on": "2019-05-01", "credits": []}


def spell(first: str, last: str | None, share: float | None = 1, kind: str = "mental-health") -> dict[str, Any]:
    return {"began_on": first, "ended_on": last, "kinds": [kind], "share": share}


ONE_YEAR = [spell("2025-08-01", None)]
TWO_YEARS = [spell("2024-08-01", None)]
THREE_YEARS = [spell("2023-08-01", None)]
A_DAY_SHORT = [spell("2023-08-02", None)]
OVERLAPPING = [
    spell("2023-02-01", "2024-12-31", 0.5),
    spell("2023-08-01", "2025-03-31", 0.75, "linking-to-housing-services"),
    spell("2025-03-01", "2026-06-30", 1, "substance-abuse-services"),
    spell("2019-01-01", "2022-12-31", 1, "sales"),
]

FILES: dict[str, dict[str, Any]] = {
    "yes by A: three years to the day": {"degrees": [BACHELOR_WITHOUT], "experience": THREE_YEARS},
    "yes by A: two years and 30 credits": {"degrees": [BACHELOR_IN_PSYCHOLOGY], "experience": TWO_YEARS},
    "yes by A: part time, overlapping": {"degrees": [BACHELOR_IN_PSYCHOLOGY], "experience": OVERLAPPING},
    "yes by B": {"degrees": [BACHELOR_WITHOUT, MASTER], "experience": ONE_YEAR},
    "yes by C: a ruling": {
        "degrees": [],
        "experience": TWO_YEARS,
        "rulings": [
            {
                "post": "intensive-case-manager",
                "clause": "equivalent-combination",
                "is_so": True,
                "by": "personnel officer",
                "decided_on": "2026-07-01",
            }
        ],
    },
    "no: half a year": {"degrees": [BACHELOR_WITHOUT], "experience": [spell("2026-02-01", None)]},
    "no: no work": {"degrees": [BACHELOR_WITHOUT], "experience": []},
    "judgement: three years less a day": {"degrees": [BACHELOR_WITHOUT], "experience": A_DAY_SHORT},
    "judgement: no degree": {"degrees": [], "experience": THREE_YEARS},
    "yes by A: part time, no credits": {"degrees": [BACHELOR_WITHOUT], "experience": OVERLAPPING},
    "not known: where the degree is from": {
        "degrees": [{**BACHELOR_WITHOUT, "accreditors": None}],
        "experience": THREE_YEARS,
    },
    "not known: how much work it was": {"degrees": [BACHELOR_WITHOUT], "experience": [spell("2020-01-01", None, None)]},
    "not known: no word of work": {"degrees": [BACHELOR_WITHOUT], "experience": None},
}


def plain(name: str) -> dict[str, Any]:
    """One file of the pile as plain data."""
    return {"worker": "w-7", "credits": [], **FILES[name]}


def pile() -> dict[str, StaffFile]:
    """The pile: each file under what there is to see in it."""
    return {name: read(plain(name), StaffFile) for name in FILES}


def post() -> Post:
    """Post 1 as data."""
    return read_post(Path(__file__).with_name("intensive-case-manager.toml").read_text(encoding="utf-8"))
