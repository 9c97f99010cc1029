"""From a line of a hospital's file to the beginning or the end of a stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from casecore.crises import Setting, StayBegan, StayEnded
from casecore.hooks import Untaken
from casecore.terms import NotReadable

from .files import Row

SETTINGS: Mapping[str, Setting] = {setting.value: setting for setting in Setting}
"""casecore's own words for settings, which every file may use."""
LONGEST_VISIT = 60
_EVENTS = ("admitted", "discharged")


class Told(NamedTuple):
    """What one line tells: whose, which fact, when it was told, and the entry it comes to."""

    where: str
    visit: str
    patient: str
    event: str
    told_at: str
    entry: StayBegan | StayEnded


def told_in(row: Row, name: str, settings: Mapping[str, Setting]) -> Told | Untaken:
    """What the line tells; or everything that is wrong with it, by column and without what stands there."""
    cells = row.cells
    day, told_at, problems = _day(cells["on"]), _instant(cells["told_at"]), []
    if not cells["visit"] or len(cells["visit"]) > LONGEST_VISIT or "@" in cells["visit"]:
        problems.append(f"visit must have from 1 to {LONGEST_VISIT} characters, no @ among them")
    if not cells["patient"]:
        problems.append("patient must be given")
    if day is None:
        problems.append("on must be a day, as in 2026-03-04")
    if told_at is None:
        problems.append("told_at must be an instant with its time zone")
    if cells["event"] not in _EVENTS:
        problems.append("event must be admitted or discharged")
    if cells["event"] == "admitted" and cells.get("setting", "") not in settings:
        problems.append("setting must be one of the settings that the host knows")
    if problems or day is None or told_at is None:
        return Untaken(row.where, "; ".join(problems))
    try:
        entry = _entry(cells, day, f"{name}/{cells['visit']}", settings)
    except NotReadable as error:
        return Untaken(row.where, "; ".join(map(str, error.problems)))
    return Told(row.where, cells["visit"], cells["patient"], cells["event"], told_at, entry)


def _entry(cells: Mapping[str, str], day: date, stay: str, settings: Mapping[str, Setting]) -> StayBegan | StayEnded:
    if cells["event"] == "discharged":
        return StayEnded(discharged_on=day, stay_id=stay, destination=cells.get("destination") or None)
    return StayBegan(
        admitted_on=day,
        stay_id=stay,
        setting=settings[cells["setting"]],
        facility=cells.get("facility") or None,
        reason=cells.get("reason") or None,
    )


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if len(cell) == len("2026-03-04") else None
    except ValueError:
        return None


def _instant(cell: str) -> str | None:
    """The instant in UTC, in the one form in which a later one is a greater text."""
    try:
        at = datetime.fromisoformat(cell)
        return None if at.utcoffset() is None else at.astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        return None
