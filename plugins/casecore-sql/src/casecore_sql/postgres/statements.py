"""
Every statement the store runs, for one schema.

Each names its schema: a `search_path` can be lost on the way (a pooler, a host's connection), and then one agency's
lines would be another's.
"""

from __future__ import annotations

from psycopg import sql

from casecore.hooks import CHAIN_START

from ..proofs import Question
from .schema import PLACES, named

ENTRY = "entry_id, case_id, number, kind, form, recorded_at, written_by, body"
ROW = "case_id, number, worker, program, rules, valid_from, look_again_on, dues, findings"
_NEW_ROW = ", ".join(f"{name} = excluded.{name}" for name in ROW.split(", ")[1:])
_NOW = "(pg_current_xact_id()::text::bigint + xids_before) * {places}"

# One statement, one journey: the line where the line before it is there and neither its id nor its number is, linked to
# the hash of the one before, then its row where the line was written.
_LINE = f"""
    INSERT INTO {{schema}}.entries (position, {ENTRY}, hash)
    SELECT {_NOW}, {", ".join(f"given.{name}" for name in ENTRY.split(", "))},
        sha256(coalesce(before.hash, decode('{CHAIN_START.hex()}', 'hex')) || given.digest)
    FROM {{schema}}.casecore_schema
        CROSS JOIN (VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b)) AS given ({ENTRY}, digest)
        LEFT JOIN {{schema}}.entries AS before ON before.case_id = given.case_id AND before.number = given.number - 1
    WHERE given.number = 1 OR before.hash IS NOT NULL
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
# Below the oldest transaction under way nothing will ever appear any more.
_FED = """
    WHERE position > %b AND position < {places} * (
        SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + xids_before FROM {schema}.casecore_schema
    )
    ORDER BY position LIMIT %b
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
        # The transaction's first position, and the hash of each case's last line (NULL for a new case), where every
        # case is as long as expected; first seen, then numbered.
        self.begin_many = made(f"""
            SELECT {_NOW}, known.hashes FROM {{schema}}.casecore_schema, (
                SELECT array_agg(before.hash ORDER BY given.place) AS hashes,
                    bool_and(given.number = 0 OR before.hash IS NOT NULL) AS are_as_expected
                FROM unnest(%b::text[], %b::bigint[]) WITH ORDINALITY AS given (case_id, number, place)
                LEFT JOIN LATERAL (
                    SELECT hash FROM {{schema}}.entries
                    WHERE given.number > 0 AND entries.case_id = given.case_id AND entries.number = given.number
                    LIMIT 1
                ) AS before ON true
            ) AS known
            WHERE known.are_as_expected
        """)
        self.copy = made(f"COPY {{schema}}.entries (position, {ENTRY}, hash) FROM STDIN (FORMAT BINARY)").replace(
            b"%%", b"%"
        )
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
        # A number that nobody else has or will have, as this call's first position; see `.borrowed`. The row is taken
        # back at once. Its name is no case's; the transaction's number makes it differ from what others draw meanwhile.
        self.draw = made(f"""
            INSERT INTO {{schema}}.due_index ({ROW})
            VALUES (chr(1) || pg_current_xact_id()::text, 0, '', '', '', '', '', '', '')
            RETURNING (
                pg_current_xact_id()::text::bigint
                + ((xmin::text::bigint - pg_current_xact_id()::text::bigint) & 4294967295)
                + (SELECT xids_before FROM {{schema}}.casecore_schema)
            ) * {{places}}
        """)
        self.versions = made("SELECT version FROM {schema}.casecore_schema")
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
        self.proofs: dict[Question, bytes] = {
            "feed": made(f"SELECT position, {ENTRY} FROM {{schema}}.entries {_FED}"),
            "chain": made("SELECT hash FROM {schema}.entries WHERE case_id = %b ORDER BY number"),
            "hashes": made(f"SELECT position, hash FROM {{schema}}.entries {_FED}"),
            "lines_and_hashes": made(f"SELECT position, {ENTRY}, hash FROM {{schema}}.entries {_FED}"),
            "rows_without_line": made("""
                SELECT case_id, number FROM {schema}.due_index WHERE NOT EXISTS (
                    SELECT FROM {schema}.entries
                    WHERE entries.case_id = due_index.case_id AND entries.number = due_index.number
                ) ORDER BY case_id
            """),
        }
