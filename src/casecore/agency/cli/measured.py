"""How long it took, and how much memory at most."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

try:
    import resource
except ModuleNotFoundError:  # Windows has none
    peak_of_process = None
else:
    peak_of_process = resource.getrusage


SET_UP = "set up"
"""The part that does not count: making up a database to begin with."""


class Measured:
    """
    The seconds that each part took.

    Attributes:
        seconds: By part, in the order in which they were done.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Measure what is done inside."""
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    @property
    def after_set_up(self) -> float:
        """The seconds of all parts but the set-up."""
        return sum(seconds for name, seconds in self.seconds.items() if name != SET_UP)


def peak_mib() -> float | None:
    """The most memory this process ever held, set-up included; nothing where the machine does not say."""
    if peak_of_process is None:
        return None
    peak = peak_of_process(resource.RUSAGE_SELF).ru_maxrss
    return float(peak) / (1024 * 1024 if sys.platform == "darwin" else 1024)
