"""A host on the driver alone, sqlite3 or psycopg: the miles of a visit and its entry are there together, or neither."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from casecore_sql import TABLES, borrow

from casecore.agency import Agency
from casecore.contacts import Contact, Mode, Outcome
from casecore.terms import NotPossible, RecordMoved

MILEAGE = "CREATE TABLE mileage (entry_id VARCHAR(200) PRIMARY KEY, miles INTEGER NOT NULL)"


def prepare(connection: Any) -> None:
    """The host's migration, run once. In PostgreSQL casecore's own tables are made by opening its plain store once."""
    for statement in (*TABLES, MILEAGE) if isinstance(connection, sqlite3.Connection) else (MILEAGE,):
        connection.execute(statement)
    connection.commit()


def record_visit(connection: Any, desk: Agency, case: str, visit: Mapping[str, Any], *, by: str) -> None:
    """One visit, in the transaction that is open; whoever calls commits it."""
    marks = "?, ?" if isinstance(connection, sqlite3.Connection) else "%s, %s"
    connection.execute(f"INSERT INTO mileage VALUES ({marks})", (visit["id"], visit["miles"]))
    day, minutes = date.fromisoformat(visit["on"]), visit["minutes"]
    contact = Contact(held_on=day, mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=minutes)
    desk.over(borrow(connection)).write(case, contact, by=by, entry_id=visit["id"])


def record_visits(connection: Any, desk: Agency, case: str, visits: Any, *, by: str) -> dict[str, str]:
    """All visits of a day. Those that cannot be written are left out, each whole, and told with the reason."""
    left = {}
    for visit in visits:
        try:
            with savepoint(connection):
                record_visit(connection, desk, case, visit, by=by)
        except (NotPossible, RecordMoved) as why:
            left[visit["id"]] = str(why)
    return left


@contextmanager
def savepoint(connection: Any) -> Iterator[None]:
    if isinstance(connection, sqlite3.Connection) and not connection.in_transaction:
        connection.execute("BEGIN")  # the driver begins before an INSERT, but not before a savepoint
    connection.execute("SAVEPOINT visit")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK TO SAVEPOINT visit")
        raise
    finally:
        connection.execute("RELEASE SAVEPOINT visit")
