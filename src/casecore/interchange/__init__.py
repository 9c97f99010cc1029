"""Entries to and from bytes; schemas of the files people write; applicants and answers as spreadsheets."""

from .answers import ANSWER_COLUMNS, AnsweredRow, harmless, qualify_applicants, write_answers
from .applicant_template import applicant_columns
from .applicants import Applicant, Applicants
from .due_bytes import due_bytes, dues_from, finding_bytes, findings_from
from .entry_bytes import EntryBytes
from .kinds import Kinds, Upcast
from .plain_json import read_json
from .schemas import post_schema, staff_file_schema
from .sheet import lines_of

__all__ = [
    "ANSWER_COLUMNS",
    "AnsweredRow",
    "Applicant",
    "Applicants",
    "EntryBytes",
    "Kinds",
    "Upcast",
    "applicant_columns",
    "due_bytes",
    "dues_from",
    "finding_bytes",
    "findings_from",
    "harmless",
    "lines_of",
    "post_schema",
    "qualify_applicants",
    "read_json",
    "staff_file_schema",
    "write_answers",
]
