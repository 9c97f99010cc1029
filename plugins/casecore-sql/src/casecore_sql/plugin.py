"""What this plugin answers."""

from __future__ import annotations

from casecore.hooks import hookimpl

from .store import SQLiteStore

casecore_api = (1, 1)


@hookimpl
def casecore_provide_store(url: str) -> SQLiteStore | None:
    """A SQLite store for ``sqlite:`` addresses."""
    return SQLiteStore.open(url) if url.startswith("sqlite:") else None
