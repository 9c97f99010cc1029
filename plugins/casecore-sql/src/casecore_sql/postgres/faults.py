"""
What PostgreSQL reports, as the few kinds a host needs to tell apart.

Its own messages quote values (``Key (entry_id)=(...) already exists``), and the driver's error for a failed connection
carries the password. So nothing of either is passed on, and our errors are raised where theirs are no longer at hand:
not even a traceback shows them.
"""

from __future__ import annotations

import psycopg

from casecore.terms import CasecoreError, NotReadable, Problem

from ..faults import unavailable

_SILENT = ("the server does not answer", True)
_UNKNOWN_USER = ("the server refuses the user or the password", False)
_NO_DATABASE = ("there is no such database", False)
_NOT_PERMITTED = ("not permitted", False)
_NO_ROOM = ("the server has no room or no connection left", True)
_ENDED = ("the server ended the connection, or is starting or stopping", True)

_SAID = {  # by SQLSTATE, or its first two characters
    "08": _SILENT,
    "22003": ("cannot hold a number that large", False),
    "25006": ("can only be read", False),
    "28": _UNKNOWN_USER,
    "3D000": _NO_DATABASE,
    "3F000": ("is damaged: its schema is gone", False),
    "40001": ("somebody else was writing the same", True),
    "40P01": ("two writers waited for each other", True),
    "42501": _NOT_PERMITTED,
    "42P01": ("is damaged: a table is missing", False),
    "53": _NO_ROOM,
    "55P03": ("somebody else is writing, and did not finish in time", True),
    "57": _ENDED,
    "57014": ("was told to stop", True),
    "58": ("the server could not read or write its disk", True),
    "XX001": ("is damaged", False),
    "XX002": ("is damaged", False),
}
_TOO_LONG = "54000"  # only of what is indexed: ids of entries, cases and workers
_NOT_TEXT = ("22021", "22P05")  # a NUL where text should be

# Before a session begins libpq hands on what the server said as text alone, without its SQLSTATE.
_REFUSED = (
    ("does not exist", "database", _NO_DATABASE),
    ("authentication failed", "", _UNKNOWN_USER),
    ("no password supplied", "", _UNKNOWN_USER),
    ("does not exist", "role", _UNKNOWN_USER),
    ("not permitted to log in", "", _UNKNOWN_USER),
    ("no pg_hba.conf entry", "", _UNKNOWN_USER),
    ("permission denied for database", "", _NOT_PERMITTED),
    ("too many clients", "", _NO_ROOM),
    ("too many connections", "", _NO_ROOM),
    ("connection slots are reserved", "", _NO_ROOM),
    ("database system is", "", _ENDED),
    ("SSL", "not", ("the server does not do what the address asks of SSL", False)),
    ("certificate", "", ("the server's certificate is not what the address asks for", False)),
)


def told(place: str, error: psycopg.Error) -> CasecoreError:
    """What the driver reports of the store at *place*, in our words."""
    state = error.sqlstate
    if state in _NOT_TEXT or (state is None and isinstance(error, psycopg.DataError)):
        return NotReadable([Problem("", "must not hold a NUL character")], what="call")
    if state == _TOO_LONG:
        return NotReadable([Problem("", "must not hold an id of more than 2,700 bytes")], what="call")
    if state is None:  # the driver's own: the connection is gone
        said = _SILENT if isinstance(error, psycopg.OperationalError) else None
    else:
        said = _SAID.get(state) or _SAID.get(state[:2])
    if said is None:
        return unavailable(place, f"failed with {state or type(error).__name__}")
    return unavailable(place, said[0], again=said[1])


def told_on_connecting(place: str, error: psycopg.Error) -> CasecoreError:
    """Why there is no connection. In a language we do not read, a refusal is told as a server that does not answer."""
    if error.sqlstate or not isinstance(error, psycopg.OperationalError):
        return told(place, error)
    message = str(error)
    refused = (said for words, other, said in _REFUSED if words in message and other in message)
    said, again = next(refused, _SILENT)
    return unavailable(place, said, again=again)
