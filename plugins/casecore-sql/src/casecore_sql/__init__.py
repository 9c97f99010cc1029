"""Case records in SQLite. Installed, it is the plugin called ``sql``; it knows addresses that begin ``sqlite:``."""

from .address import Address, Synchronous
from .plugin import casecore_api, casecore_provide_store
from .store import SQLiteStore

__all__ = ["Address", "SQLiteStore", "Synchronous", "casecore_api", "casecore_provide_store"]
