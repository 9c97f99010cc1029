"""
Case records in SQLite, and in PostgreSQL where the extra ``postgres`` is installed (`casecore_sql.postgres`).

Installed, it is the plugin called ``sql``; it knows addresses that begin ``sqlite:`` or ``postgresql:``.
"""

from .address import Address, Synchronous
from .borrowed import BorrowedSQLiteStore, borrow
from .plugin import casecore_api, casecore_provide_store
from .schema import TABLES
from .store import SQLiteStore

__all__ = [
    "TABLES",
    "Address",
    "BorrowedSQLiteStore",
    "SQLiteStore",
    "Synchronous",
    "borrow",
    "casecore_api",
    "casecore_provide_store",
]
