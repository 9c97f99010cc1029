"""
The address of a SQLite store.

>>> Address.read("sqlite:///agency.db")
Address(path='agency.db', synchronous='FULL', timeout=10.0)
>>> Address.read("sqlite:////srv/agency.db?synchronous=NORMAL").path
'/srv/agency.db'
>>> Address.read("sqlite://").path
':memory:'
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote

from casecore.terms import NotReadable, Problem


class Synchronous(enum.StrEnum):
    """
    How much a commit survives.

    With FULL, what was acknowledged survives a power failure. With NORMAL it survives the end of the process, and a
    power failure may take the last few commits (never half of one).
    """

    FULL = "FULL"
    NORMAL = "NORMAL"


LEAST_TIMEOUT = 0.0
MOST_TIMEOUT = 3600.0
DEFAULT_TIMEOUT = 10.0
MEMORY = ":memory:"


class Address(NamedTuple):
    """
    Where a SQLite store is and how it is opened.

    Attributes:
        path: The file, relative or absolute; ``:memory:`` for a store that ends with the process.
        synchronous: `Synchronous.FULL` unless the address says otherwise.
        timeout: How many seconds to wait for another writer.
    """

    path: str
    synchronous: str = str(Synchronous.FULL)
    timeout: float = DEFAULT_TIMEOUT

    @classmethod
    def read(cls, url: str) -> Address:
        """
        Read ``sqlite:///relative.db``, ``sqlite:////absolute.db`` or ``sqlite://``.

        Options follow a question mark: ``?synchronous=NORMAL&timeout=30``. Percent signs escape, as in every URL.

        Raises:
            NotReadable: With every problem; the address is not quoted.
        """
        rest, _, query = url.partition("?")
        place = rest.removeprefix("sqlite:")
        given = parse_qsl(query, keep_blank_values=True)
        problems = [*_place_problems(rest, place), *option_problems(given)]
        if problems:
            raise NotReadable(problems, what="sqlite address")
        options = dict(given)
        return cls(
            path=unquote(place[3:]) or MEMORY,
            synchronous=options.get("synchronous", "FULL").upper(),
            timeout=float(options.get("timeout", DEFAULT_TIMEOUT)),
        )


def _place_problems(rest: str, place: str) -> Iterator[Problem]:
    if not rest.startswith("sqlite:") or not (place == "//" or place.startswith("///")):
        yield Problem("", "must look like sqlite:///path; an absolute path makes four slashes")
    elif "\0" in unquote(place):
        yield Problem("path", "must not hold a NUL character")


def option_problems(given: list[tuple[str, str]]) -> Iterator[Problem]:
    """What is wrong with the options of an address."""
    names = [name for name, _ in given]
    if len(set(names)) != len(names):
        yield Problem("?", "must not say an option twice")
    for name, value in given:
        if name == "synchronous":
            if value.upper() not in list(Synchronous):
                yield Problem("?synchronous", "must be FULL or NORMAL")
        elif name == "timeout":
            if not _is_timeout(value):
                yield Problem("?timeout", f"must be seconds between {LEAST_TIMEOUT:g} and {MOST_TIMEOUT:g}")
        else:
            yield Problem("?", "must be synchronous or timeout; there are no other options")


def _is_timeout(value: str) -> bool:
    try:
        return LEAST_TIMEOUT <= float(value) <= MOST_TIMEOUT
    except ValueError:
        return False
