"""A node of a tree as rulebooks and posts write it: a group of other nodes, or one question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .errors import Problem


def node_problems(node: Any, *, groups: Sequence[str], alternatives: Sequence[str], part: str) -> Iterator[Problem]:
    """
    What contradicts itself in a node with the fields ``at_least`` and ``of``, besides those named.

    Args:
        groups: The fields that hold other nodes; ``of`` is among them.
        alternatives: All fields of which exactly one is filled, groups among them.
        part: What one of the other nodes is called.
    """
    if sum(getattr(node, name) is not None for name in alternatives) != 1:
        yield Problem("", f"must fill exactly one of {', '.join(alternatives)}")
    for name in groups:
        if getattr(node, name) == ():
            yield Problem(name, f"must hold at least one {part}")
    if (node.at_least is None) != (node.of is None):
        yield Problem("at_least", "must stand together with of")
    elif node.at_least is not None and node.of and node.at_least > len(node.of):
        yield Problem("at_least", f"must be at most {len(node.of)}, the number of parts in of")
