"""Where a host's plugins are asked, heard in addition, or told."""

from .appending import check_append, check_feed, check_index, same_content, settle_append
from .asking import API, Questions, hookimpl, hookspec
from .capabilities import Capability, not_offered
from .chaining import (
    CHAIN_START,
    NO_LINES,
    ChainAnchor,
    Damage,
    Damaged,
    check_chain,
    line_digest,
    link,
    link_lines,
)
from .finding import GROUP, installed_plugins
from .plugins import Plugins, load_plugins
from .stored import IndexRow, StoredEntry
from .storing import Store

__all__ = [
    "API",
    "CHAIN_START",
    "GROUP",
    "NO_LINES",
    "Capability",
    "ChainAnchor",
    "Damage",
    "Damaged",
    "IndexRow",
    "Plugins",
    "Questions",
    "Store",
    "StoredEntry",
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
