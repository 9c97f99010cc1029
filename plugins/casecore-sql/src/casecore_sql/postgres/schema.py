"""
The tables, and opening a schema that has them or shall have them.

**Positions.** `position` orders all entries for a feed that reads on from the last one it saw, so no entry may ever
appear behind a reader. A sequence would break that: numbers are drawn in one order and committed in another. A lock
around number and commit would keep it, and let one writer at a time wait for the disk. So a position is the number of
its transaction, which the server counts in 64 bits, times a million or so, plus the entry's place in the transaction;
and a feed reads only below the oldest transaction still under way (`pg_snapshot_xmin`). All below that has ended: what
is not there will never be. What is above is told when the long transaction ends; it makes the feed late, not wrong.

Within a case positions grow with the numbers: an append sees the line before it committed, and only then gets its
transaction's number.

A dump restored into another server meets smaller transaction numbers there. ``xids_before`` is added to them; it is
set when a store is opened and finds positions that this server cannot have given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

from casecore.hooks import StoredEntry, link_lines

from ..address import Synchronous
from ..faults import unavailable
from .address import PostgresAddress

PLACES = 1 << 20
"""Entries in one transaction, at most."""

_ENTRY = "position, entry_id, case_id, number, kind, form, recorded_at, written_by, body"
_PAGE = 5000


def chain_lines(schema: str, connection: psycopg.Connection[Any]) -> None:
    """Give every line its hash, in the order of positions: within a case that is also the order of numbers."""
    heads: dict[str, bytes] = {}
    page = _for(f"SELECT {_ENTRY} FROM {{schema}}.entries WHERE position > %s ORDER BY position LIMIT %s", schema)
    connection.execute("CREATE TEMP TABLE hashes (position bigint PRIMARY KEY, hash bytea NOT NULL) ON COMMIT DROP")
    last = 0
    while lines := connection.execute(page, (last, _PAGE)).fetchall():
        hashes = link_lines([StoredEntry._make(line[1:]) for line in lines], heads)
        with connection.cursor().copy("COPY pg_temp.hashes FROM STDIN") as copy:
            for line, head in zip(lines, hashes, strict=True):
                copy.write_row((line[0], head))
        last = lines[-1][0]
    if last:
        connection.execute("ANALYZE pg_temp.hashes")
        connection.execute(
            _for(
                "UPDATE {schema}.entries SET hash = hashes.hash FROM pg_temp.hashes"
                " WHERE entries.position = hashes.position",
                schema,
            ),
            (),
        )


Step = tuple[str | Callable[[str, psycopg.Connection[Any]], None], ...]
STEPS: tuple[Step, ...] = (
    (
        "CREATE TABLE {schema}.casecore_schema (version integer NOT NULL, xids_before bigint NOT NULL)",
        "INSERT INTO {schema}.casecore_schema VALUES (0, 0)",
        """
        CREATE TABLE {schema}.entries (
            position    bigint PRIMARY KEY,
            entry_id    text COLLATE "C" NOT NULL UNIQUE,
            case_id     text COLLATE "C" NOT NULL,
            number      bigint NOT NULL,
            kind        text COLLATE "C" NOT NULL,
            form        bigint NOT NULL,
            recorded_at text COLLATE "C" NOT NULL,
            written_by  text COLLATE "C" NOT NULL,
            body        bytea NOT NULL,
            UNIQUE (case_id, number)
        )
        """,
        # Room is left on each page, so that a row of the same worker is replaced without touching an index.
        """
        CREATE TABLE {schema}.due_index (
            case_id       text COLLATE "C" PRIMARY KEY,
            number        bigint NOT NULL,
            worker        text COLLATE "C" NOT NULL,
            program       text COLLATE "C" NOT NULL,
            rules         text COLLATE "C" NOT NULL,
            valid_from    text COLLATE "C" NOT NULL,
            look_again_on text COLLATE "C" NOT NULL,
            dues          bytea NOT NULL,
            findings      bytea NOT NULL
        ) WITH (fillfactor = 70)
        """,
        "CREATE INDEX due_index_by_worker ON {schema}.due_index (worker, case_id)",
        # Once a statement, not once a row; an INSERT pays nothing. They stop slips, not somebody who means to.
        """
        CREATE FUNCTION {schema}.entries_are_never_rewritten() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'entries are never rewritten' USING ERRCODE = 'restrict_violation'; END $$
        """,
        """
        CREATE TRIGGER entries_are_never_rewritten BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.entries
        FOR EACH STATEMENT EXECUTE FUNCTION {schema}.entries_are_never_rewritten()
        """,
        "ALTER TABLE {schema}.entries ENABLE ALWAYS TRIGGER entries_are_never_rewritten",
    ),
    (
        "ALTER TABLE {schema}.entries ADD COLUMN hash bytea",
        "ALTER TABLE {schema}.entries DISABLE TRIGGER entries_are_never_rewritten",
        chain_lines,
        "ALTER TABLE {schema}.entries ENABLE ALWAYS TRIGGER entries_are_never_rewritten",
        "ALTER TABLE {schema}.entries ALTER COLUMN hash SET NOT NULL",
    ),
)
"""What makes each version of the tables out of the one before; the first makes them out of nothing."""

_OLDEST = 13
"""The first PostgreSQL that counts transactions in 64 bits where a statement can ask."""
_SERVER = "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding')"
_HAS_SCHEMA = "SELECT FROM pg_namespace WHERE nspname = %s"
TABLES_THERE = """
    SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = %s AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
"""
_VERSIONS = "SELECT version FROM {schema}.casecore_schema"
# Lines written here have smaller transaction numbers than the next transaction will have; others came in a dump.
_FOREIGN = """
    SELECT max(position) / {places} - pg_snapshot_xmin(pg_current_snapshot())::text::bigint + 1 AS missing
    FROM {schema}.entries
    HAVING max(position) / {places} >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint + (
        SELECT xids_before FROM {schema}.casecore_schema
    )
"""


def connect(address: PostgresAddress) -> psycopg.Connection[Any]:
    """A connection to the database at *address*, its tables made or brought up to date. The driver's errors pass."""
    told: dict[str, Any] = {
        "connect_timeout": max(2, round(address.timeout)),  # a server that is gone without a word is noticed
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
        "application_name": "casecore",
        **address.connection,
        "client_encoding": "UTF8",
    }
    connection = psycopg.connect(autocommit=True, prepare_threshold=None, **told)
    try:
        _settle(address, connection)
        open_tables(str(address), address.schema, connection)
        connection.prepare_threshold = 0  # what comes now comes again and again
    except BaseException:
        connection.close()
        raise
    return connection


def _settle(address: PostgresAddress, connection: psycopg.Connection[Any]) -> None:
    """What the session must be, whatever the server, the database or the role is set to."""
    version, encoding = connection.execute(_SERVER).fetchone() or (0, "")
    if version < _OLDEST:
        raise unavailable(str(address), f"is on PostgreSQL {version}; it must be {_OLDEST} or later")
    if encoding != "UTF8":
        raise unavailable(str(address), f"is a database that keeps text as {encoding}; it must be UTF8")
    settings = {
        "default_transaction_isolation": "read committed",  # the statements are written for it
        "lock_timeout": f"{max(1, round(address.timeout * 1000))}ms",
    }
    if address.synchronous is Synchronous.NORMAL:
        settings["synchronous_commit"] = "off"
    elif connection.execute("SHOW synchronous_commit").fetchone() == ("off",):
        settings["synchronous_commit"] = "on"
    for name, value in settings.items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, value))


def named(schema: str) -> sql.Identifier:
    """The schema's name for a statement with values, if only with none: there a doubled % stands for one."""
    return sql.Identifier(schema.replace("%", "%%"))


def open_tables(place: str, schema: str, connection: psycopg.Connection[Any]) -> None:
    """Make the tables, or bring them up to date, where that is to be done; refuse a schema that is somebody else's."""
    version = _version(place, schema, connection)
    if version < len(STEPS) or _foreign(schema, connection):
        with connection.transaction():
            # whoever opens the schema meanwhile waits here, and then finds it done
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"casecore {schema}",))
            version = _version(place, schema, connection)
            if not connection.execute(_HAS_SCHEMA, (schema,)).fetchall():
                connection.execute(_for("CREATE SCHEMA {schema}", schema), ())
            for step in STEPS[version:]:
                for part in step:
                    if isinstance(part, str):
                        connection.execute(_for(part, schema), ())
                    else:
                        part(schema, connection)
            if version < len(STEPS):
                connection.execute(_for("UPDATE {schema}.casecore_schema SET version = %s", schema), (len(STEPS),))
            if missing := _foreign(schema, connection):
                connection.execute(_for("UPDATE {schema}.casecore_schema SET xids_before = %s", schema), (missing,))


def _version(place: str, schema: str, connection: psycopg.Connection[Any]) -> int:
    """The version of the tables, 0 where there are none; refuses what is not ours, before anything is changed."""
    tables = {name for (name,) in connection.execute(TABLES_THERE, (schema,))}
    if not tables:
        return 0
    if "casecore_schema" not in tables:
        raise unavailable(place, "is a schema with other tables, and none of casecore's")
    versions = [version for (version,) in connection.execute(_for(_VERSIONS, schema), ())]
    if len(versions) != 1 or not 1 <= versions[0] <= len(STEPS):
        found = ", ".join(map(str, versions)) or "none"
        raise unavailable(place, f"has tables of version {found}; this casecore-sql reads version {len(STEPS)}")
    if not {"entries", "due_index"} <= tables:
        raise unavailable(place, "is damaged: a table is missing")
    return int(versions[0])


def _foreign(schema: str, connection: psycopg.Connection[Any]) -> int:
    """By how much the numbers of this server's transactions fall short of the entries; 0 where they do not."""
    found = connection.execute(_for(_FOREIGN, schema), ()).fetchone()
    return int(found[0]) if found else 0


def _for(statement: str, schema: str) -> sql.Composed:
    return sql.SQL(statement).format(schema=named(schema), places=sql.Literal(PLACES))
