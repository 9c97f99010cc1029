"""
Every statement the store runs, for one schema.

Each names its schema: a `search_path` can be lost on the way (a pooler, a host's connection), and then one agency's
lines would be another's.
"""

from __future__ import annotations

from psycopg import sql

from .schema import PLACES, named

ENTRY = "entry_id, case_id, number, kind, form, recorded_at, written_by, body"
ROW = "case_id, number, worker, program, rules, valid_from, look_again_on, dues, findings"
_NEW_ROW = ", ".join(f"{name} = excluded.{name}" for name in ROW.split(", ")[1:])
_NOW = "(pg_current_xact_id()::text::bigint + xids_before) * {places}"

# One statement, one journey: the line where the line before it is there and neither its id nor its number is, then its
# row where the line was written.
_LINE = f"""
    INSERT INTO {{schema}}.entries (position, {ENTRY})
    SELECT {_NOW}, given.*
    FROM {{schema}}.casecore_schema,
        (VALUES (%b, %b, %b, %b, %b, %b, %b, %b)) AS given ({ENTRY})
    WHERE given.number = 1 OR EXISTS (
        SELECT FROM {{schema}}.entries AS before
        WHERE before.case_id = given.case_id AND before.number = given.number - 1
    )
    ON CONFLICT DO NOTHING
"""
_CASES_AFTER = """
    WITH RECURSIVE known (case_id) AS (
        (SELECT case_id FROM {{schema}}.entries WHERE case_id {comparison} %b ORDER BY case_id LIMIT 1)
        UNION ALL
        SELECT (SELECT case_id FROM {{schema}}.entries WHERE case_id > known.case_id ORDER BY case_id LIMIT 1)
        FROM known WHERE known.case_id IS NOT NULL
    )
    SELECT case_id FROM known WHERE case_id IS NOT NULL LIMIT 1000
"""


class Statements:
    """The statements for one schema. Parameters are binary, and so are results where the cursor asks for it."""

    def __init__(self, schema: str) -> None:
        def made(statement: str) -> bytes:
            return sql.SQL(statement).format(schema=named(schema), places=sql.Literal(PLACES)).as_bytes(None)

        self.append_line = made(_LINE)
        self.append_line_with_row = made(f"""
            WITH line AS ({_LINE} RETURNING case_id)
            INSERT INTO {{schema}}.due_index ({ROW})
            SELECT line.case_id, %b, %b, %b, %b, %b, %b, %b, %b FROM line
            ON CONFLICT (case_id) DO UPDATE SET {_NEW_ROW}
        """)
        # The transaction's first position where every case is as long as expected; first seen, then numbered.
        self.begin_many = made(f"""
            SELECT {_NOW} FROM {{schema}}.casecore_schema WHERE NOT EXISTS (
                SELECT FROM unnest(%b::text[], %b::bigint[]) AS given (case_id, number)
                WHERE given.number > 0 AND NOT EXISTS (
                    SELECT FROM {{schema}}.entries
                    WHERE entries.case_id = given.case_id AND entries.number = given.number
                )
            )
        """)
        self.copy = made(f"COPY {{schema}}.entries (position, {ENTRY}) FROM STDIN (FORMAT BINARY)").replace(b"%%", b"%")
        self.replace_row = made(f"""
            INSERT INTO {{schema}}.due_index ({ROW}) VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b)
            ON CONFLICT (case_id) DO UPDATE SET {_NEW_ROW}
        """)
        # An append may commit between the look at the last line and the write: its row, of a later line, stays.
        self.reindex = made(f"""
            INSERT INTO {{schema}}.due_index ({ROW})
            SELECT * FROM (VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b)) AS given ({ROW})
            WHERE number = (SELECT max(number) FROM {{schema}}.entries WHERE entries.case_id = given.case_id)
            ON CONFLICT (case_id) DO UPDATE SET {_NEW_ROW} WHERE due_index.number <= excluded.number
        """)
        self.load = made(f"SELECT {ENTRY} FROM {{schema}}.entries WHERE case_id = %b ORDER BY number")
        self.find = made(f"SELECT {ENTRY} FROM {{schema}}.entries WHERE entry_id = %b")
        self.find_all = made(f"SELECT {ENTRY} FROM {{schema}}.entries WHERE entry_id = ANY (%b::text[])")
        self.last = made("SELECT max(number) FROM {schema}.entries WHERE case_id = %b")
        self.index = made(f"SELECT {ROW} FROM {{schema}}.due_index ORDER BY case_id")
        self.index_of_worker = made(f"SELECT {ROW} FROM {{schema}}.due_index WHERE worker = %b ORDER BY case_id")
        self.index_of_cases = made(
            f"SELECT {ROW} FROM {{schema}}.due_index WHERE case_id = ANY (%b::text[]) ORDER BY case_id"
        )
        self.first_cases = made(_CASES_AFTER.format(comparison=">="))
        self.next_cases = made(_CASES_AFTER.format(comparison=">"))
        self.feed = made(f"""
            SELECT position, {ENTRY} FROM {{schema}}.entries
            WHERE position > %b AND position < {{places}} * (
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + xids_before
                FROM {{schema}}.casecore_schema
            )
            ORDER BY position LIMIT %b
        """)
