"""Entries to and from bytes; old forms carried forward, unknown kinds kept."""

from .due_bytes import due_bytes, dues_from, finding_bytes, findings_from
from .entry_bytes import EntryBytes
from .kinds import Kinds, Upcast
from .plain_json import read_json

__all__ = [
    "EntryBytes",
    "Kinds",
    "Upcast",
    "due_bytes",
    "dues_from",
    "finding_bytes",
    "findings_from",
    "read_json",
]
