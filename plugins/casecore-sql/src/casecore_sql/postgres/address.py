"""
The address of a PostgreSQL store.

>>> PostgresAddress.read("postgresql://worker:secret@db.example.org/agency?schema=north")
PostgresAddress('postgresql://worker@db.example.org/agency?schema=north')
>>> PostgresAddress.read("postgresql:///agency?host=/var/run/postgresql").schema
'casecore'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote

import attrs
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from casecore.terms import NotReadable, Problem

from ..address import DEFAULT_TIMEOUT, Synchronous, option_problems

SCHEMES = ("postgresql://", "postgres://")
DEFAULT_SCHEMA = "casecore"
LONGEST_NAME = 63
"""Bytes; PostgreSQL cuts longer names, and two agencies could end in one schema."""
OURS = ("schema", "synchronous", "timeout")


@attrs.frozen(repr=False)
class PostgresAddress:
    """
    Where a PostgreSQL store is and how it is opened. Written out, it leaves the password away.

    Attributes:
        connection: What libpq is told, the password included.
        schema: The PostgreSQL schema that holds this agency's records, and nothing else.
        synchronous: What a commit survives, see `Synchronous`.
        timeout: How many seconds to wait for another writer, and for the server when connecting.
    """

    connection: Mapping[str, str]
    schema: str = DEFAULT_SCHEMA
    synchronous: Synchronous = Synchronous.FULL
    timeout: float = DEFAULT_TIMEOUT

    @classmethod
    def read(cls, url: str) -> PostgresAddress:
        """
        Read ``postgresql://user:password@host:port/database?schema=NAME``.

        Besides ``schema``, ``synchronous`` and ``timeout``, every option of libpq may follow the question mark:
        ``host=/var/run/postgresql`` for a socket, ``sslmode=verify-full``. What is left out libpq finds as ever, in
        ``PGHOST`` and its like, in ``~/.pgpass``.

        Raises:
            NotReadable: With every problem; the address is not quoted.
        """
        place, query = _parts(url)
        said = [each.partition("=") for each in query.split("&")]  # to libpq, unlike to browsers, + is no space
        given = [(unquote(name), unquote(value)) for name, _, value in said if name in OURS]
        options = dict(given)
        rest = "&".join("".join(each) for each in said if each[0] not in OURS)
        connection = _libpq("".join(place) + "?" * bool(rest) + rest)
        problems = [*_place_problems(place, connection), *_our_problems(given, options)]
        if problems or connection is None:
            raise NotReadable(problems, what="postgresql address")
        return cls(
            connection=connection,
            schema=options.get("schema", DEFAULT_SCHEMA),
            synchronous=Synchronous(options.get("synchronous", "FULL").upper()),
            timeout=float(options.get("timeout", DEFAULT_TIMEOUT)),
        )

    def __str__(self) -> str:
        said = {name: self.connection.get(name, "") for name in ("user", "host", "port", "dbname")}
        on_socket = said["host"].startswith(("/", "@"))
        user = quote(said["user"], safe="") + "@" * bool(said["user"])
        hosts, ports = ("" if on_socket else said["host"]).split(","), said["port"].split(",")
        ports = ports if len(ports) == len(hosts) else ports[:1] * len(hosts)
        server = ",".join(map(_server, hosts, ports))
        socket = f"host={quote(said['host'])}&" * on_socket
        return f"postgresql://{user}{server}/{quote(said['dbname'])}?{socket}schema={quote(self.schema)}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


def _parts(url: str) -> tuple[tuple[str, str, str], str]:
    """What stands up to the host, the host and all after it, and the options; cut where libpq cuts them."""
    scheme, joint, rest = url.partition("://")
    user, at, after = rest.partition("@") if "@" in rest.partition("/")[0] else ("", "", rest)
    server, _, query = after.partition("?")
    return (scheme + joint, user + at, server), query


def _server(host: str, port: str) -> str:
    return (f"[{host}]" if ":" in host else quote(host)) + ":" * bool(port) + port


def _libpq(url: str) -> dict[str, str] | None:
    try:
        return {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except (ProgrammingError, UnicodeEncodeError):
        return None  # its message may quote the password


def _place_problems(place: tuple[str, str, str], connection: Mapping[str, str] | None) -> Iterator[Problem]:
    scheme, _, server = place
    if scheme not in SCHEMES:
        yield Problem("", "must look like postgresql://user:password@host:port/database?schema=NAME")
    # A password with one of these in it is cut there, and what follows would be shown as host, port or database.
    elif "@" in server:
        yield Problem("", "must escape @ and / in a name or password: %40, %2F")
    elif connection is None:
        yield Problem("", "must be an address that PostgreSQL's own tools read, percent-escaped")
    elif not all(port.isdigit() or not port for port in connection.get("port", "").split(",")):
        yield Problem("port", "must be a number; a : in a name or password is written %3A")


def _our_problems(given: list[tuple[str, str]], options: Mapping[str, str]) -> Iterator[Problem]:
    yield from option_problems([each for each in given if each[0] in ("synchronous", "timeout")])
    if [name for name, _ in given].count("schema") > 1:
        yield Problem("?schema", "must not be said twice")
    schema = options.get("schema", DEFAULT_SCHEMA)
    if not schema or not _is_name(schema):
        yield Problem("?schema", f"must be a name of 1 to {LONGEST_NAME} bytes")
    elif schema.startswith("pg_") or schema == "information_schema":
        yield Problem("?schema", "must not be one of PostgreSQL's own")


def _is_name(text: str) -> bool:
    try:
        return "\0" not in text and len(text.encode()) <= LONGEST_NAME
    except UnicodeEncodeError:
        return False
