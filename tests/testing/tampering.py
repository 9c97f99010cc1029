"""What somebody does who can reach into a store in memory."""

from __future__ import annotations

from casecore.hooks import Store, StoredEntry
from casecore.testing import MemoryStore


def tamper_in_memory(store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
    """Put *instead* where *line* is kept, or take it away; its hash stays where it is."""
    assert isinstance(store, MemoryStore)
    place = store._cases[line.case].index(line)
    del store._by_id[line.entry_id]
    if instead is None:
        store._fed.remove(line)
        del store._cases[line.case][place], store._hashes[line.case][place]
    else:
        store._fed[store._fed.index(line)] = store._cases[line.case][place] = instead
        store._by_id[instead.entry_id] = instead
