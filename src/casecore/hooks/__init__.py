"""Where a host's plugins are asked, heard in addition, or told."""

from .answers import QUARANTINE_AFTER, Fault
from .appending import check_append, check_feed, check_index, same_content, settle_append
from .asking import API, Questions, hookimpl, hookspec
from .capabilities import Capability, not_offered
from .cards import PluginCard, PluginState, PluginStatus
from .chaining import CHAIN_START, NO_LINES, ChainAnchor, Damage, Damaged, check_chain, line_digest, link, link_lines
from .exchanged import Arrival, CaseAsked, NewKinds, Resource, ResourceSearch, Untaken
from .finding import GROUP, installed_plugins
from .loading import load_plugins
from .plugins import Plugins
from .stored import IndexRow, StoredEntry
from .storing import Store

__all__ = [
    "API",
    "CHAIN_START",
    "GROUP",
    "NO_LINES",
    "QUARANTINE_AFTER",
    "Arrival",
    "Capability",
    "CaseAsked",
    "ChainAnchor",
    "Damage",
    "Damaged",
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
    "check_chain",
    "check_feed",
    "check_index",
    "hookimpl",
    "hookspec",
    "installed_plugins",
    "line_digest",
    "link",
    "link_lines",
    "load_plugins",
    "not_offered",
    "same_content",
    "settle_append",
]
