"""
`eventsourcing` saving one event: its own SQLite recorder, as it comes, at the synchronous level asked for.

Timed is ``Application.save`` of an aggregate with one new event: its JSON, its recorder, its commit. The aggregate
and the event are made outside the time taken.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import StoredEvent


class Case(Aggregate):
    """A case that takes down what happened, as in that library's tutorial."""

    @event("Opened")
    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.last = ""

    @event("ContactHeld")
    def hold(self, held_on: str, mode: str, outcome: str, minutes: int, note: str) -> None:
        self.last = held_on


class EventLog:
    """An application of theirs on a SQLite file."""

    def __init__(self, path: str, synchronous: str) -> None:
        self.application: Application[Any] = Application(
            env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": path, "SQLITE_LOCK_TIMEOUT": "10"}
        )
        # there is no setting for it: say it on the one connection that the application then goes on using
        with self.application.recorder.datastore.get_connection(commit=True) as connection:  # type: ignore[attr-defined]
            connection.cursor().execute(f"PRAGMA synchronous = {synchronous}")
        self.case: Any = Case(worker="w-7")
        self.application.save(self.case)

    def hold(self, note: str) -> None:
        self.case.hold("2026-03-04", "face-to-face", "held", 40, note)

    def save(self) -> None:
        self.application.save(self.case)

    def record(self, case: UUID, version: int, state: bytes) -> None:
        """Only the recorder: bytes in, no JSON."""
        self.application.recorder.insert_events([StoredEvent(case, version, "Case.ContactHeld", state)])

    def close(self) -> None:
        self.application.close()
