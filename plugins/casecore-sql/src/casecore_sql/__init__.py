"""
Case records in SQLite, and in PostgreSQL where the extra ``postgres`` is installed (`casecore_sql.postgres`).

Installed, it is the plugin called ``sql``; it knows addresses that begin ``sqlite:`` or ``postgresql:``.
"""

from .address import Address, Synchronous
from .plugin import casecore_api, casecore_provide_store
from .store import SQLiteStore

__all__ = ["Address", "SQLiteStore", "Synchronous", "casecore_api", "casecore_provide_store"]
