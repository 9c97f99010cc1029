"""What this plugin answers."""

from __future__ import annotations

import importlib

from casecore.hooks import Store, hookimpl

from .faults import unavailable
from .store import SQLiteStore

casecore_api = (1, 1)


@hookimpl
def casecore_provide_store(url: str) -> Store | None:
    """A SQLite store for ``sqlite:`` addresses, a PostgreSQL store for ``postgresql:`` and ``postgres:``."""
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        return SQLiteStore.open(url)
    return _postgres_store(url) if scheme in ("postgresql", "postgres") else None


def _postgres_store(url: str) -> Store:
    try:
        importlib.import_module("psycopg")  # an extra, and loaded only where it is asked for
    except ImportError:  # also where it is there without libpq
        pass
    else:
        store: Store = importlib.import_module(".postgres", __package__).PostgresStore.open(url)
        return store
    raise unavailable("postgresql:...", "needs psycopg: pip install 'casecore-sql[postgres]'")
