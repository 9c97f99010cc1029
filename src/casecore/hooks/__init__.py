"""Where a host's plugins are asked, heard in addition, or told."""

from .answers import QUARANTINE_AFTER, Fault
from .appending import check_append, check_index, same_content, settle_append
from .asking import API, Questions, hookimpl, hookspec
from .cards import PluginCard, PluginState, PluginStatus
from .exchanged import Arrival, CaseAsked, NewKinds, Resource, ResourceSearch, Untaken
from .finding import GROUP, installed_plugins
from .loading import load_plugins
from .plugins import Plugins
from .storing import IndexRow, Store, StoredEntry

__all__ = [
    "API",
    "GROUP",
    "QUARANTINE_AFTER",
    "Arrival",
    "CaseAsked",
    "Fault",
    "IndexRow",
    "NewKinds",
    "PluginCard",
    "PluginState",
    "PluginStatus",
    "Plugins",
    "Questions",
    "Resource",
    "ResourceSearch",
    "Store",
    "StoredEntry",
    "Untaken",
    "check_append",
    "check_index",
    "hookimpl",
    "hookspec",
    "installed_plugins",
    "load_plugins",
    "same_content",
    "settle_append",
]
