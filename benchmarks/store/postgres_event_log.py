"""`eventsourcing` saving one event with its own PostgreSQL recorder, as it comes, over the same socket."""

from __future__ import annotations

from typing import Any

import psycopg
from eventsourcing.application import Application
from psycopg import sql

from benchmarks.store.event_log import Case
from tests.postgres_server import PostgresServer


class EventLog:
    """An application of theirs in a database of its own, at the synchronous level asked for."""

    def __init__(self, server: PostgresServer, name: str, synchronous: str) -> None:
        where: dict[str, Any] = {"host": str(server.folder), "port": server.port, "user": "owner"}
        database, level = sql.Identifier(name), sql.SQL("on" if synchronous == "FULL" else "off")
        with psycopg.connect(dbname="postgres", autocommit=True, **where) as owner:
            owner.execute(sql.SQL("CREATE DATABASE {}").format(database))
            owner.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = {}").format(database, level))
        self.application: Application[Any] = Application(
            env={
                "PERSISTENCE_MODULE": "eventsourcing.postgres",
                "POSTGRES_DBNAME": name,
                "POSTGRES_HOST": str(server.folder),
                "POSTGRES_PORT": str(server.port),
                "POSTGRES_USER": "owner",
                "POSTGRES_PASSWORD": "not asked for on the socket",
            }
        )
        self.case: Any = Case(worker="w-7")
        self.application.save(self.case)

    def hold(self, note: str) -> None:
        self.case.hold("2026-03-04", "face-to-face", "held", 40, note)

    def save(self) -> None:
        self.application.save(self.case)

    def close(self) -> None:
        self.application.close()
