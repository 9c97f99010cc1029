"""Which plugins are installed, and the plugin behind a name. Only the plugin that was asked for is imported."""

from __future__ import annotations

from typing import Any, NamedTuple

from casecore.terms import PluginFault

from .asking import API
from .cards import PluginCard

GROUP = "casecore.plugins"
"""The entry point group in which a distribution announces its plugins for version 1; for version 2 it adds ``.v2``."""


class Announcement(NamedTuple):
    """A plugin that is installed: its card, and what is to be imported for this version of the questions."""

    card: PluginCard
    points: tuple[Any, ...]

    def load(self) -> object:
        """
        Import the plugin.

        Raises:
            PluginFault: Two distributions announce different plugins by that name, or the import failed.
        """
        name = self.card.name
        if not self.points:
            raise PluginFault(name, f"is announced for older and for newer versions of the hooks, not for {API}")
        if len(self.points) > 1:
            raise PluginFault(name, f"is announced twice, as {' and '.join(sorted(p.value for p in self.points))}")
        try:
            plugin: object = self.points[0].load()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin that leaves while it is imported does not take the host along
            raise PluginFault(name, f"cannot be imported: {type(error).__name__}") from error
        return plugin


def installed_plugins() -> tuple[str, ...]:
    """The names that installed distributions announce, in order; nothing is imported."""
    return tuple(sorted(announced()))


def announced() -> dict[str, Announcement]:
    """What installed distributions announce, by name; nothing is imported."""
    from importlib import metadata  # 20 ms that a host naming no plugin need not pay

    # by name, version of the questions, and what is pointed to: the same one seen twice is one
    found: dict[str, dict[int, dict[str, Any]]] = {}
    points = metadata.entry_points()
    for group in points.groups:
        if (version := _version_of(group)) is not None:
            for point in points.select(group=group):
                found.setdefault(point.name, {}).setdefault(version, {}).setdefault(point.value, point)
    return {name: _announcement(name, versions) for name, versions in found.items()}


def _version_of(group: str) -> int | None:
    """The version of the questions that a group stands for; nothing where it is another's group."""
    number = group.removeprefix(f"{GROUP}.v")
    return 1 if group == GROUP else int(number) if number.isdecimal() and number.isascii() else None


def _announcement(name: str, versions: dict[int, dict[str, Any]]) -> Announcement:
    points = tuple(versions.get(API, {}).values())
    any_point = next(iter(versions[min(versions)].values()))
    distribution = any_point.dist
    card = PluginCard(
        name,
        distribution.name if distribution else "",
        distribution.version if distribution else "",
        (min(versions), max(versions)),
    )
    return Announcement(card, points)
