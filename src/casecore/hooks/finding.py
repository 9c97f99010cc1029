"""Which plugins are installed, and the plugin behind a name. Only the plugin that was asked for is imported."""

from __future__ import annotations

from typing import Any

from casecore.terms import NotKnown, PluginFault

GROUP = "casecore.plugins"
"""The entry point group in which a distribution announces its plugins."""


def installed_plugins() -> tuple[str, ...]:
    """The names that installed distributions announce, in order; nothing is imported."""
    return tuple(sorted(_announced()))


def find_plugin(name: str) -> object:
    """
    Import the plugin that is announced as *name*.

    Raises:
        NotKnown: No installed distribution announces it.
        PluginFault: Two distributions announce different plugins by that name, or the import failed.
    """
    announced = _announced()
    if name not in announced:
        names = ", ".join(sorted(announced)) or "none"
        raise NotKnown(f"no installed plugin is called {name!r}; installed are: {names}")
    points = announced[name]
    if len(points) > 1:
        raise PluginFault(name, f"is announced twice, as {' and '.join(sorted(points))}")
    (point,) = points.values()
    try:
        plugin: object = point.load()
    except Exception as error:
        raise PluginFault(name, f"cannot be imported: {type(error).__name__}") from error
    return plugin


def _announced() -> dict[str, dict[str, Any]]:
    """Entry points by name, then by what they point to: the same one seen twice is one."""
    from importlib import metadata  # 20 ms that a host naming no plugin need not pay

    found: dict[str, dict[str, Any]] = {}
    for point in metadata.entry_points(group=GROUP):
        found.setdefault(point.name, {}).setdefault(point.value, point)
    return found
