"""Entries to and from bytes; old forms carried forward, unknown kinds kept."""

from .entry_bytes import EntryBytes
from .kinds import Kinds, Upcast
from .plain_json import read_json

__all__ = ["EntryBytes", "Kinds", "Upcast", "read_json"]
