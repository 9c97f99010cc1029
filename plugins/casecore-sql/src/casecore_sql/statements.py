"""Every statement the store runs. Placeholders are plain: Python 3.12 warns of ``?1`` bound from a sequence."""

from __future__ import annotations

from .proofs import Question

ENTRY = "entry_id, case_id, number, kind, form, recorded_at, written_by, body"
JUDGED = "worker, program, rules, valid_from, look_again_on, dues, findings"
ROW = f"case_id, number, {JUDGED}"

INSERT_ENTRY = f"INSERT INTO entries ({ENTRY}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
HASH_OF_LINE = "SELECT hash FROM entries WHERE case_id = ? AND number = ?"
# Nearly always the case is indexed up to the line before and has kept its worker. Then one statement writes the line
# and replaces its row, in less time than BEGIN, INSERT, UPDATE and COMMIT. The UPDATE touches no index of its table; it
# proves that the line before is there: a row never speaks of a missing line. View and trigger are the connection's own
# (TEMP): the file has neither, and needs no other version for them. The view's `hash` is the line's own digest; what is
# kept is its link to the hash of the line before, made by the connection's own function; to none there is no link.
LAST_LINES = f"""
    CREATE TEMP VIEW last_lines AS
    SELECT {ENTRY}, {JUDGED}, hash FROM main.entries JOIN main.due_index USING (case_id, number)
"""
GO_ON = f"""
    CREATE TEMP TRIGGER go_on INSTEAD OF INSERT ON last_lines BEGIN
        UPDATE due_index SET number = NEW.number, program = NEW.program, rules = NEW.rules,
            valid_from = NEW.valid_from, look_again_on = NEW.look_again_on, dues = NEW.dues, findings = NEW.findings
        WHERE case_id = NEW.case_id AND number = NEW.number - 1 AND worker = NEW.worker;
        SELECT RAISE(ABORT, 'another line, another worker or no row') WHERE changes() = 0;
        INSERT INTO entries ({ENTRY}, hash) VALUES (
            NEW.entry_id, NEW.case_id, NEW.number, NEW.kind, NEW.form, NEW.recorded_at, NEW.written_by, NEW.body,
            casecore_link((SELECT hash FROM entries WHERE case_id = NEW.case_id AND number = NEW.number - 1), NEW.hash)
        );
    END
"""
INSERT_NEXT = f"""
    INSERT INTO last_lines ({ENTRY}, {JUDGED}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
REPLACE_ROW = f"INSERT OR REPLACE INTO due_index ({ROW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
REINDEX = f"""
    WITH given ({ROW}) AS (VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?))
    INSERT OR REPLACE INTO due_index ({ROW}) SELECT {ROW} FROM given
    WHERE number = (SELECT max(number) FROM entries WHERE entries.case_id = given.case_id)
"""
LOAD = f"SELECT {ENTRY} FROM entries WHERE case_id = ? ORDER BY number"
FIND = f"SELECT {ENTRY} FROM entries WHERE entry_id = ?"
LAST = "SELECT max(number) FROM entries WHERE case_id = ?"
INDEX = f"SELECT {ROW} FROM due_index ORDER BY case_id"
INDEX_OF_WORKER = f"SELECT {ROW} FROM due_index WHERE worker = ? ORDER BY case_id"
INDEX_OF_CASE = f"SELECT {ROW} FROM due_index WHERE case_id = ?"
PROOFS: dict[Question, str] = {
    "feed": f"SELECT position, {ENTRY} FROM entries WHERE position > ? ORDER BY position LIMIT ?",
    "chain": "SELECT hash FROM entries WHERE case_id = ? ORDER BY number",
    "hashes": "SELECT position, hash FROM entries WHERE position > ? ORDER BY position LIMIT ?",
    "lines_and_hashes": f"SELECT position, {ENTRY}, hash FROM entries WHERE position > ? ORDER BY position LIMIT ?",
    "rows_without_line": """
        SELECT case_id, number FROM due_index WHERE NOT EXISTS (
            SELECT 1 FROM entries WHERE entries.case_id = due_index.case_id AND entries.number = due_index.number
        ) ORDER BY case_id
    """,
}


def cases_after(comparison: str) -> str:
    """A page of case ids; jumps from case to case in the index, where DISTINCT would walk every line of each."""
    return f"""
        WITH RECURSIVE known (case_id) AS (
            SELECT min(case_id) FROM entries WHERE case_id {comparison} ?
            UNION ALL
            SELECT (SELECT min(case_id) FROM entries WHERE case_id > known.case_id)
            FROM known WHERE known.case_id IS NOT NULL
        )
        SELECT case_id FROM known WHERE case_id IS NOT NULL LIMIT 1000
    """


FIRST_CASES = cases_after(">=")
NEXT_CASES = cases_after(">")
