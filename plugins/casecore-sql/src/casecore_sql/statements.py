"""Every statement the store runs. Placeholders are plain: Python 3.12 warns of ``?1`` bound from a sequence."""

from __future__ import annotations

from casecore.hooks import IndexRow

ENTRY = "entry_id, case_id, number, kind, form, recorded_at, written_by, body"
ROW = "case_id, number, worker, program, rules, valid_from, look_again_on, dues, findings"

INSERT_ENTRY = f"INSERT INTO entries ({ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
HAS_LINE = "SELECT 1 FROM entries WHERE case_id = ? AND number = ?"
# Nearly always the case is indexed up to the line before and has kept its worker. Then this one statement replaces the
# row, touches no index of the table, and proves that the line before is there: a row never speaks of a missing line.
UPDATE_NEXT_ROW = """
    UPDATE due_index SET number = number + 1, program = ?, rules = ?, valid_from = ?, look_again_on = ?,
        dues = ?, findings = ?
    WHERE case_id = ? AND number = ? - 1 AND worker = ?
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


def next_row(row: IndexRow) -> tuple[object, ...]:
    """The values of *row* in the order in which `UPDATE_NEXT_ROW` asks for them."""
    return row[3:] + row[:3]


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
