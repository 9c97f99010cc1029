"""Records as the first version of the tables kept them, made with its statements and none of today's."""

from __future__ import annotations

from casecore.hooks import IndexRow, StoredEntry

SQLITE = """
    CREATE TABLE casecore_schema (version INTEGER NOT NULL);
    INSERT INTO casecore_schema VALUES (1);
    CREATE TABLE entries (
        position    INTEGER PRIMARY KEY,
        entry_id    TEXT NOT NULL UNIQUE,
        case_id     TEXT NOT NULL,
        number      INTEGER NOT NULL,
        kind        TEXT NOT NULL,
        form        INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        written_by  TEXT NOT NULL,
        body        BLOB NOT NULL,
        UNIQUE (case_id, number)
    );
    CREATE TABLE due_index (
        case_id       TEXT PRIMARY KEY NOT NULL,
        number        INTEGER NOT NULL,
        worker        TEXT NOT NULL,
        program       TEXT NOT NULL,
        rules         TEXT NOT NULL,
        valid_from    TEXT NOT NULL,
        look_again_on TEXT NOT NULL,
        dues          BLOB NOT NULL,
        findings      BLOB NOT NULL
    );
    CREATE INDEX due_index_by_worker ON due_index (worker, case_id);
    CREATE TRIGGER entries_are_never_rewritten BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never rewritten'); END;
    CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
"""

POSTGRES = """
    CREATE SCHEMA {schema};
    CREATE TABLE {schema}.casecore_schema (version integer NOT NULL, xids_before bigint NOT NULL);
    INSERT INTO {schema}.casecore_schema VALUES (1, 0);
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
    );
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
    ) WITH (fillfactor = 70);
    CREATE INDEX due_index_by_worker ON {schema}.due_index (worker, case_id);
    CREATE FUNCTION {schema}.entries_are_never_rewritten() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'entries are never rewritten' USING ERRCODE = 'restrict_violation'; END $$;
    CREATE TRIGGER entries_are_never_rewritten BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.entries
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.entries_are_never_rewritten();
    ALTER TABLE {schema}.entries ENABLE ALWAYS TRIGGER entries_are_never_rewritten;
"""

COLUMNS = "position, entry_id, case_id, number, kind, form, recorded_at, written_by, body"
ROW = "case_id, number, worker, program, rules, valid_from, look_again_on, dues, findings"

LINES = tuple(
    StoredEntry(
        f"e{case}/{number}", f"C-{case}", number, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7",
        bytes([case, number]) * case * 40,
    )
    for number in range(1, 12)
    for case in range(1, 30)
)  # fmt: skip
"""Cases written to in turns, as they are."""

ROWS = tuple(
    IndexRow(f"C-{case}", 11, "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]") for case in range(1, 30)
)
