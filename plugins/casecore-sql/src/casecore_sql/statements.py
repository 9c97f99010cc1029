"""Every statement the store runs."""

ENTRY = "entry_id, case_id, number, kind, form, recorded_at, written_by, body"
ROW = "case_id, number, worker, program, rules, valid_from, look_again_on, dues, findings"

INSERT_ENTRY = f"INSERT INTO entries ({ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
HAS_LINE = "SELECT 1 FROM entries WHERE case_id = ? AND number = ?"
# Nearly always the case is indexed up to the line before and has kept its worker. Then this one statement replaces the
# row, touches no index of the table, and proves that the line before is there: a row never speaks of a missing line.
UPDATE_NEXT_ROW = """
    UPDATE due_index SET number = ?2, program = ?4, rules = ?5, valid_from = ?6, look_again_on = ?7,
        dues = ?8, findings = ?9
    WHERE case_id = ?1 AND worker = ?3 AND number = ?2 - 1
"""
REPLACE_ROW = f"INSERT OR REPLACE INTO due_index ({ROW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
REINDEX = f"""
    INSERT OR REPLACE INTO due_index ({ROW}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
    WHERE ?2 = (SELECT max(number) FROM entries WHERE case_id = ?1)
"""
LOAD = f"SELECT {ENTRY} FROM entries WHERE case_id = ? ORDER BY number"
FIND = f"SELECT {ENTRY} FROM entries WHERE entry_id = ?"
LAST = "SELECT max(number) FROM entries WHERE case_id = ?"
INDEX = f"SELECT {ROW} FROM due_index ORDER BY case_id"
INDEX_OF_WORKER = f"SELECT {ROW} FROM due_index WHERE worker = ? ORDER BY case_id"
INDEX_OF_CASE = f"SELECT {ROW} FROM due_index WHERE case_id = ?"


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
