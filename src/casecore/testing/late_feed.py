"""Reading a feed that may be late."""

from __future__ import annotations

import threading

from casecore.hooks import Store, StoredEntry

PAUSE = 0.01


def whole_feed(store: Store, count: int, patience: float) -> list[tuple[int, StoredEntry]]:
    """The feed from the beginning, once it tells *count* lines, or when *patience* (seconds) is at an end."""
    fed = list(store.feed(0, count + 1))
    for _ in range(round(patience / PAUSE)):
        if len(fed) >= count:
            break
        threading.Event().wait(PAUSE)
        fed = list(store.feed(0, count + 1))
    return fed
