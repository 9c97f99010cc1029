"""Where a host's plugins are asked, heard in addition, or told."""

from .appending import check_append, check_index, same_content, settle_append
from .asking import API, Questions, hookimpl, hookspec
from .finding import GROUP, installed_plugins
from .plugins import Plugins, load_plugins
from .storing import IndexRow, Store, StoredEntry

__all__ = [
    "API",
    "GROUP",
    "IndexRow",
    "Plugins",
    "Questions",
    "Store",
    "StoredEntry",
    "check_append",
    "check_index",
    "hookimpl",
    "hookspec",
    "installed_plugins",
    "load_plugins",
    "same_content",
    "settle_append",
]
