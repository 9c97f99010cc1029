"""What is known of a plugin without importing it, and what became of it when the host named it."""

from __future__ import annotations

import enum
from typing import NamedTuple

from .asking import API


class PluginCard(NamedTuple):
    """
    What a plugin says of itself.

    An installed one says it in the metadata of its distribution, which is read without importing the plugin; one that
    the host hands over says it in ``casecore_api``.

    Attributes:
        distribution, version: Where it comes from; empty for a plugin that the host hands over.
        api: The first and the last version of the questions that it is written for.
    """

    name: str
    distribution: str = ""
    version: str = ""
    api: tuple[int, int] = (1, 1)

    @property
    def misfit(self) -> str:
        """Why it does not fit these questions; empty where it does."""
        first, last = self.api
        if first <= API <= last:
            return ""
        return f"is written for versions {first} to {last} of the hooks; this is version {API}"


class PluginState(enum.Enum):
    """What became of a plugin."""

    OK = "ok"
    """It is loaded and asked."""
    INCOMPATIBLE = "incompatible"
    """It is written for other versions of the questions."""
    BROKEN = "broken"
    """It cannot be loaded, or is not a plugin."""
    DISABLED = "disabled"
    """It is installed, and the host does not name it."""
    BLOCKED = "blocked"
    """The host has it on its list of blocked plugins, or it failed too often and is in quarantine."""


class PluginStatus(NamedTuple):
    """One plugin's state, and the reason in words."""

    card: PluginCard
    state: PluginState
    reason: str

    @property
    def name(self) -> str:
        """What the plugin is called in messages."""
        return self.card.name
