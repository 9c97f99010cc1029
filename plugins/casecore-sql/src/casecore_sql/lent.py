"""
What a host lends: its own connection, out of whatever its framework wraps around it.

SQLAlchemy and Django are known by what their connections can do, never by importing them.
"""

from __future__ import annotations

import inspect
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from casecore.hooks import Capability, ChainAnchor, StoredEntry, not_offered
from casecore.terms import NotReadable, Problem, StoreUnavailable

from .faults import unavailable
from .proofs import PAGE

NO_TRANSACTION = (
    "there is no transaction open on the borrowed connection, so what is written could not be taken back with it;"
    " begin one first"
)


OFFERED = frozenset({Capability.CHAIN, Capability.BORROW})
"""What a borrowed store can do besides: anything that tells lines to others would tell what may yet vanish."""


class Lent:
    """What a borrowed store is, whatever its database; the first of its kinds, before the plain store."""

    _closed: bool

    def feed(self, after: int = 0, limit: int = PAGE) -> Sequence[tuple[int, StoredEntry]]:
        """Not offered."""
        raise not_offered(self, Capability.FEED)

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        """Not offered."""
        raise not_offered(self, Capability.ANCHOR)

    def close(self) -> None:
        """Use the connection no more. It stays open, and its transaction as it is."""
        self._closed = True


def without_tables(place: str) -> StoreUnavailable:
    """The refusal of a connection on which there are no tables of ours."""
    return unavailable(place, "has no tables of casecore's, and none are made on it; make them beforehand")


def as_written_here(place: str, versions: Sequence[int], ours: int) -> None:
    """Refuse tables of another version than the one that is written here."""
    if list(versions) != [ours]:
        found = ", ".join(map(str, versions)) or "none"
        raise unavailable(place, f"has tables of version {found}; this casecore-sql writes {ours}")


def driver_connection(host: object) -> Any:
    """
    The driver's connection in a SQLAlchemy Connection or Session, a Django connection, or the driver's own itself.

    Of a session or a framework's connection it is asked anew each time: after a commit it may be another.

    Raises:
        NotReadable: It is none of these, or its driver is not the one of a store here.
    """
    given: Any = host
    if not is_sqlite(given) and not is_psycopg(given):
        if callable(ensure := getattr(given, "ensure_connection", None)):  # Django
            ensure()
            given = given.connection
        else:
            given = _from_sqlalchemy(given)
    if is_sqlite(given) or is_psycopg(given):
        return given
    raise NotReadable(
        [
            Problem(
                "connection",
                "must be a connection of sqlite3 or psycopg, SQLAlchemy (or a Session) or Django over one of these",
            )
        ],
        what="borrowed connection",
    )


def is_sqlite(connection: object) -> bool:
    """Whether it is a connection of the standard library's driver."""
    return isinstance(connection, sqlite3.Connection)


def is_psycopg(connection: object) -> bool:
    """Whether it is a psycopg 3 connection that blocks; psycopg need not be there to ask."""
    return any(
        each.__name__ == "Connection" and each.__module__.partition(".")[0] == "psycopg"
        for each in type(connection).__mro__
    )


def _from_sqlalchemy(given: Any) -> Any:
    inner = getattr(given, "connection", None)
    if callable(inner) and not hasattr(inner, "driver_connection"):  # a Session, or one scoped to a thread
        given = inner()
        if inspect.iscoroutine(given):  # an asynchronous one
            given.close()
            return None
        inner = getattr(given, "connection", None)
    elif callable(getattr(given, "exec_driver_sql", None)) and not given.in_transaction():
        given.exec_driver_sql("SELECT 1")  # it begins with its first statement; else its commit would find nothing
        inner = given.connection
    return getattr(inner if inner is not None else given, "driver_connection", None)


def in_savepoint(execute: Callable[[str], object], is_open: Callable[[], bool], work: Callable[[str], bool]) -> bool:
    """
    Do *work*, which is told the name of the savepoint it stands in; take back what it did where it says no or fails.

    Args:
        execute: Runs a statement on the borrowed connection.
        is_open: Whether there still is a transaction; a database may have taken it all back by itself.
        work: Whether it was done.
    """
    name = f"casecore_{secrets.token_hex(8)}"  # the host may have savepoints of its own, and threads theirs
    execute(f"SAVEPOINT {name}")
    done = False
    try:
        done = work(name)
    finally:
        if not done and is_open():
            execute(f"ROLLBACK TO SAVEPOINT {name}")
            execute(f"RELEASE SAVEPOINT {name}")
    if done:
        execute(f"RELEASE SAVEPOINT {name}")
    return done
