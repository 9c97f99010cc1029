"""What SQLite reports, as the few kinds a host needs to tell apart. No statement and no value is ever repeated."""

from __future__ import annotations

import sqlite3

from casecore.terms import StoreUnavailable

_SAID = {
    "SQLITE_BUSY": "somebody else is writing, and did not finish in time",
    "SQLITE_LOCKED": "somebody else is writing, and did not finish in time",
    "SQLITE_FULL": "there is no room left on the disk",
    "SQLITE_IOERR": "the disk could not be read or written",
    "SQLITE_PROTOCOL": "somebody else is writing, and did not finish in time",
    "SQLITE_CANTOPEN": "cannot be opened",
    "SQLITE_PERM": "cannot be opened: not permitted",
    "SQLITE_READONLY": "can only be read",
    "SQLITE_CORRUPT": "is damaged",
    "SQLITE_NOTADB": "is not a SQLite database",
}
_AGAIN = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_PROTOCOL"}


def unavailable(path: str, said: str, *, again: bool = False) -> StoreUnavailable:
    """The error that says of the store at *path* what is wrong; *again* where the same call may succeed later."""
    error = StoreUnavailable(f"the store {path}: {said}")
    error.retry = again
    return error


def told(path: str, error: sqlite3.Error) -> StoreUnavailable:
    """What the driver reports, in our words."""
    name = getattr(error, "sqlite_errorname", "")  # as SQLITE_IOERR_WRITE; the driver's own errors carry none
    kind = "_".join(name.split("_")[:2])
    if kind in _SAID:
        return unavailable(path, _SAID[kind], again=kind in _AGAIN)
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return unavailable(path, "is closed")
    return unavailable(path, f"failed with {name or type(error).__name__}")
