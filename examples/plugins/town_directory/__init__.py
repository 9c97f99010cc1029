"""A town's directory of services, kept in a CSV file by somebody at the town hall, as a plugin."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from casecore.hooks import Resource, ResourceSearch, hookimpl


class TownDirectory:
    """
    A directory in a CSV file with the columns id, name, needs, services, places, reach; lists are parted by ``|``.

    Hand it over as ``plugins=["sql", TownDirectory(path)]``. The file is read at each search, so that what somebody
    adds is found at once.
    """

    __name__ = "town-directory"
    casecore_api = (1, 1)

    def __init__(self, path: Path) -> None:
        self.path = path

    @hookimpl
    def casecore_provide_resources(self, search: ResourceSearch) -> Sequence[Resource]:
        """Those that name every word asked for; the ones with the most places last, as the least particular."""
        asked = {"needs": search.need, "services": search.service, "places": search.place}
        with self.path.open(encoding="utf-8", newline="") as file:
            found = [_resource(row) for row in csv.DictReader(file) if _answers(row, asked)]
        return sorted(found, key=lambda each: (len(each.places), each.name))


def _answers(row: dict[str, str], asked: dict[str, str]) -> bool:
    return all(not word or word.casefold() in map(str.casefold, _words(row[column])) for column, word in asked.items())


def _resource(row: dict[str, str]) -> Resource:
    return Resource(
        id=row["id"],
        name=row["name"],
        needs=_words(row["needs"]),
        services=_words(row["services"]),
        places=_words(row["places"]),
        reach=row["reach"],
    )


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split("|") if word.strip())
