"""Where a host's plugins are asked, heard in addition, or told."""

from .storing import IndexRow, Store, StoredEntry

__all__ = ["IndexRow", "Store", "StoredEntry"]
