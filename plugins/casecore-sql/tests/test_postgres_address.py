from __future__ import annotations

import traceback

import pytest
from casecore_sql import Synchronous
from casecore_sql.postgres import PostgresAddress

from casecore.terms import NotReadable


class TestAnAddress:
    """It says where the records are; the password is nobody else's business."""

    def test_by_network(self) -> None:
        read = PostgresAddress.read("postgresql://worker:se%2Fcret@db.example.org:6543/agency?schema=north&timeout=3")
        assert dict(read.connection) == {
            "user": "worker", "password": "se/cret", "host": "db.example.org", "port": "6543", "dbname": "agency",
        }  # fmt: skip
        assert (read.schema, read.synchronous, read.timeout) == ("north", Synchronous.FULL, 3.0)
        assert str(read) == "postgresql://worker@db.example.org:6543/agency?schema=north"
        assert "cret" not in repr(read)

    def test_by_socket(self) -> None:
        read = PostgresAddress.read("postgresql:///agency?host=/var/run/pg&password=a+b&synchronous=normal")
        assert dict(read.connection) == {"host": "/var/run/pg", "dbname": "agency", "password": "a+b"}
        assert (read.schema, read.synchronous) == ("casecore", Synchronous.NORMAL)
        assert str(read) == "postgresql:///agency?host=/var/run/pg&schema=casecore"

    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://worker@/agency?schema=n&sslpassword=secret&sslkey=/k",
            "postgres://a:secret@h1:1,h2:2/agency?target_session_attrs=read-write",
            "postgresql://[::1]:5433/agency?schema=a%20b%26c%3F",
            "postgresql://a:sec?ret@host/agency?schema=b",
            "postgresql:///agency?host=h1,h2&port=6543",
            "postgresql://",
        ],
    )
    def test_what_is_shown_can_be_read_again(self, url: str) -> None:
        read = PostgresAddress.read(url)
        again = PostgresAddress.read(str(read))
        for name in ("user", "host", "dbname"):
            assert again.connection.get(name) == read.connection.get(name)
        assert set(again.connection.get("port", "").split(",")) == set(read.connection.get("port", "").split(","))
        assert again.schema == read.schema
        assert "ret" not in str(read)

    @pytest.mark.parametrize(
        ("url", "problem"),
        [
            ("sqlite:///agency.db", "must look like postgresql://"),
            ("postgresql:agency", "must look like postgresql://"),
            ("postgresql+psycopg://worker:secret@host/agency", "must look like postgresql://"),
            ("postgresql://worker:a@secret@host/agency", "must escape @"),
            ("postgresql://worker:a/secret@host/agency", "must escape @ and /"),
            ("postgresql://worker:12/secret@host/agency", "must escape @ and /"),
            ("postgresql://worker:a/?secret@host/agency", "percent-escaped"),
            ("postgresql://worker:a%secret@host/agency", "percent-escaped"),
            ("postgresql://worker:a:secret", "port"),
            ("postgresql://host/agency?secret=1", "percent-escaped"),
            ("postgresql://host/agency?schema=", "a name of 1 to 63 bytes"),
            ("postgresql://host/agency?schema=" + "ä" * 32, "a name of 1 to 63 bytes"),
            ("postgresql://host/agency?schema=a%00secret", "a name of 1 to 63 bytes"),
            ("postgresql://host/agency?schema=pg_secret", "PostgreSQL's own"),
            ("postgresql://host/agency?schema=information_schema", "PostgreSQL's own"),
            ("postgresql://host/agency?schema=a&schema=secret", "twice"),
            ("postgresql://host/agency?timeout=secret", "must be seconds between"),
            ("postgresql://host/agency?timeout=1&timeout=2", "must not say an option twice"),
            ("postgresql://host/agency?synchronous=secret", "must be FULL or NORMAL"),
        ],
    )
    def test_what_cannot_be_read_is_told_and_not_quoted(self, url: str, problem: str) -> None:
        with pytest.raises(NotReadable, match=problem) as told:
            PostgresAddress.read(url)
        assert "secret" not in str(told.value)
        assert "secret" not in str(told.value.__context__)
        assert "cannot be read" in "".join(traceback.format_exception(told.value))
