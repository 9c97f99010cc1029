"""What the tests of the desk share: stores of both kinds, a clock that is set by hand, and a host's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from casecore.agency import Agency
from casecore.contacts import Contact, Mode, Outcome
from casecore.discharges import Destination, Discharged, DischargeReason
from casecore.hooks import Store
from casecore.intake import Admission
from casecore.record import RULES
from casecore.staff import WorkerAssigned
from casecore.standards import Rulebook, model_rulebook_text, read_rulebook
from casecore.terms import Entry

MODEL = read_rulebook(model_rulebook_text(), RULES)
STANDARDS = tuple(standard.name for standard in MODEL.standards)
CHANGED = read_rulebook(
    model_rulebook_text()
    .replace("at_least = 4\n", "at_least = 2\n")
    .replace("within = { business_days = 2 }", "within = { days = 1 }")
    .replace("days = 14\n", "days = 10\n")
    .replace("Model Agency Manual 4.1 (2025)", "Model Agency Manual 4.1 (draft)"),
    RULES,
)
"""The model agency's rulebook with other numbers under the same name and version, as an agency edits its file."""

MARCH_1 = date(2026, 3, 1)
ADMITTED = Admission(admitted_on=MARCH_1, client="P-1", program="ICM")
ASSIGNED = WorkerAssigned(assigned_on=MARCH_1, worker="w-7")


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = datetime(2026, 3, 31, 14, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, day: date, at: time = time(14), zone: str = "UTC") -> None:
        """Set it to a time of day in a zone."""
        self.now = datetime.combine(day, at, ZoneInfo(zone))


def numbered() -> Callable[[], str]:
    """Ids in the order in which they are asked for."""
    numbers = count(1)
    return lambda: f"id-{next(numbers)}"


def agency_over(store: Store, *rulebooks: Rulebook, clock: Clock | None = None, **more: Any) -> Agency:
    """A desk whose clock stands on 31 March 2026 unless one is handed in."""
    more.setdefault("new_id", numbered())
    return Agency(store, rulebooks, clock=clock or Clock(), **more)


def contact(day: int | date = 4, **fields: Any) -> Contact:
    """A visit, in March 2026 where only a day of the month is given."""
    held_on = date(2026, 3, day) if isinstance(day, int) else day
    said: dict[str, Any] = {"mode": Mode.FACE_TO_FACE, "outcome": Outcome.HELD, "minutes": 40} | fields
    return Contact(held_on=held_on, **said)


def discharged(day: int) -> Discharged:
    """A discharge in March 2026."""
    return Discharged(
        discharged_on=date(2026, 3, day),
        reason=DischargeReason.MOVED_AWAY,
        is_planned=True,
        destination=Destination.FAMILY,
    )


def wrote(agency: Agency, case: str, *entries: Entry) -> None:
    """Write some entries one after another."""
    for entry in entries:
        agency.write(case, entry, by="w-7")


def everything_in(store: Store) -> tuple[object, ...]:
    """All that a store keeps, byte for byte."""
    return tuple(tuple(store.load(case)) for case in store.cases()), tuple(store.index())


class Between:
    """A store in front of a store: something happens just before, or just after, the next append."""

    def __init__(self, inner: Store) -> None:
        self.inner = inner
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def append(self, entries: Any, index: Any = (), *, expected: Any) -> Any:
        """Append, with what is to happen around it, once."""
        before, after, self.before, self.after = self.before, self.after, lambda: None, lambda: None
        before()
        kept = self.inner.append(entries, index, expected=expected)
        after()
        return kept

    def load(self, case: str) -> Sequence[Any]:
        """As the inner store does."""
        return self.inner.load(case)

    def find(self, entry_id: str) -> Any:
        """As the inner store does."""
        return self.inner.find(entry_id)

    def cases(self) -> Iterator[str]:
        """As the inner store does."""
        return self.inner.cases()

    def index(self, **asked: Any) -> Sequence[Any]:
        """As the inner store does."""
        return self.inner.index(**asked)

    def reindex(self, rows: Any) -> None:
        """As the inner store does."""
        self.inner.reindex(rows)

    def close(self) -> None:
        """As the inner store does."""
        self.inner.close()
