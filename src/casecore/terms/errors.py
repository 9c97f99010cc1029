"""What can go wrong, in the few kinds a host needs to tell apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong with what was handed in: where, and what is asked for there; never the value."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    def inside(self, outer: str) -> Problem:
        """The same problem as seen from the value that holds this one."""
        if not self.path:
            return Problem(outer, self.message)
        joint = "" if self.path.startswith("[") else "."
        return Problem(f"{outer}{joint}{self.path}", self.message)


class CasecoreError(Exception):
    """Every error this library raises on purpose. Messages hold codes, ids and paths, never a client's data."""

    retry: bool = False
    """Whether the same call may well succeed when made again."""


class NotReadable(CasecoreError, ValueError):
    """Something handed in cannot be read: all its problems at once."""

    def __init__(self, problems: Iterable[Problem], *, what: str = "input") -> None:
        self.problems = tuple(problems)
        self.what = what
        super().__init__(what, self.problems)

    def __reduce__(self) -> tuple[Callable[..., NotReadable], tuple[object, ...]]:
        return _not_readable, (self.problems, self.what)  # so that it can cross to another process

    def __str__(self) -> str:
        count = len(self.problems)
        lines = "".join(f"\n  {problem}" for problem in self.problems)
        return f"{self.what} cannot be read, {count} problem{'s' if count != 1 else ''}:{lines}"


def _not_readable(problems: tuple[Problem, ...], what: str) -> NotReadable:
    return NotReadable(problems, what=what)


class NotKnown(CasecoreError, LookupError):
    """Asked for by a name or id that nothing here carries."""


class StandardNotInForce(CasecoreError, LookupError):
    """A standard was read on a day on which no edition of it is in force."""


class RecordMoved(CasecoreError, RuntimeError):
    """Somebody else wrote to this case first. Read it again, then decide again."""

    retry = True


class StoreUnavailable(CasecoreError, OSError):
    """The store did not answer. Whether the write took place is settled by writing it again with the same entry id."""

    retry = True


class NotOffered(CasecoreError, NotImplementedError):
    """Asked of a store for something that it does not list among its capabilities; says what and whose would do it."""


class PluginFault(CasecoreError, RuntimeError):
    """A plugin failed or broke its promise; names the plugin."""

    def __init__(self, plugin: str, message: str) -> None:
        self.plugin = plugin
        super().__init__(plugin, message)

    def __str__(self) -> str:
        plugin, message = self.args
        return f"plugin {plugin}: {message}"
