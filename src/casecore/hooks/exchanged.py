"""The values that a desk and its plugins hand each other, besides those of the rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from casecore.standards import Rule
from casecore.terms import Entry


class NewKinds(NamedTuple):
    """
    What a plugin adds to what can be written and to what a rulebook can ask.

    Attributes:
        entries: Its own classes of entries.
        rules: Its own classes of rules.
        upcasts: For a kind of its own and an older form of it, how its plain data is carried into the next form.
    """

    entries: tuple[type[Entry], ...] = ()
    rules: tuple[type[Rule], ...] = ()
    upcasts: Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}


class Arrival(NamedTuple):
    """
    A fact that another system tells of, such as a hospital's of an admission.

    Attributes:
        case: The case it belongs to, by the host's own mapping.
        source: The other system's stable id of the fact, without an ``@``: the same however often and however put.
        revision: Which telling of it this is; among tellings of one fact the greatest text is the latest. An instant in
            UTC in one fixed form does.
        where: Where it stands there, for a person to look: a file's name and line.
    """

    case: str
    entry: Entry
    source: str
    revision: str
    where: str = ""

    @property
    def entry_id(self) -> str:
        """The id under which this telling is written."""
        return f"{self.source}@{self.revision}"


class Untaken(NamedTuple):
    """Something that arrived and was not taken: where it stands, and why, without anybody's data."""

    where: str
    reason: str


class CaseAsked(NamedTuple):
    """
    A case that somebody wants to see or write in.

    Attributes:
        worker: The accountable worker; empty where there is none.
        program: Empty before admission.
    """

    case: str
    worker: str = ""
    program: str = ""


class ResourceSearch(NamedTuple):
    """
    What is looked for in a directory of resources; what is left empty does not matter.

    Attributes:
        need: What the client needs, in the directory's words: ``housing``.
        service: What kind of service: ``supported apartment``.
        place: Where: a town, a county, a postal code.
    """

    need: str = ""
    service: str = ""
    place: str = ""


class Resource(NamedTuple):
    """
    A service that a client can be referred to, as its directory tells of it.

    Attributes:
        id: The directory's own id; unique within it.
        needs, services, places: What it serves, by what, and where.
        reach: How to reach it, in one line.
        directory: The plugin that told of it; filled in by the desk.
    """

    id: str
    name: str
    needs: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    reach: str = ""
    directory: str = ""
