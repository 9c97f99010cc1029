"""Entries to and from bytes, old forms carried forward, unknown kinds kept; and schemas of the files people write."""

from .due_bytes import due_bytes, dues_from, finding_bytes, findings_from
from .entry_bytes import EntryBytes
from .kinds import Kinds, Upcast
from .plain_json import read_json
from .schemas import post_schema, staff_file_schema

__all__ = [
    "EntryBytes",
    "Kinds",
    "Upcast",
    "due_bytes",
    "dues_from",
    "finding_bytes",
    "findings_from",
    "post_schema",
    "read_json",
    "staff_file_schema",
]
