"""The plugin: a folder into which a hospital puts its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from casecore.crises import Setting
from casecore.hooks import Arrival, Untaken, hookimpl
from casecore.terms import NotReadable, Problem, StoreUnavailable, text_problem

from .files import rows_of
from .rows import SETTINGS, Told, told_in

LONGEST_NAME = 40


class DropFolder:
    """
    A folder of CSV files with one hospital's admissions and discharges.

    Args:
        folder: Where the files are.
        name: The host's name for this hospital; part of every id, so it must not change.
        cases: The host's case id for each of the hospital's patient ids. Whoever is not in it is told, not guessed.
        settings: casecore's setting for each of the hospital's own words, besides casecore's own.

    Raises:
        NotReadable: *name* is none.
    """

    casecore_api = (1, 1)

    def __init__(
        self,
        folder: Path,
        *,
        name: str,
        cases: Mapping[str, str],
        settings: Mapping[str, Setting] | None = None,
    ) -> None:
        if not 1 <= len(name) <= LONGEST_NAME or "@" in name or "/" in name or text_problem(name):
            told = f"must have from 1 to {LONGEST_NAME} characters, neither @ nor / among them"
            raise NotReadable([Problem("name", told)], what="drop folder")
        self.__name__ = f"dropfolder-{name}"
        self._folder, self._name, self._cases = folder, name, cases
        self._settings = {**SETTINGS, **(settings or {})}

    @hookimpl
    def casecore_provide_arrivals(self) -> Sequence[Arrival | Untaken]:
        """
        All that the files tell now, by visit: beginnings before ends.

        Raises:
            StoreUnavailable: The folder is not there, or cannot be read.
        """
        told: list[Told] = []
        untaken: list[Untaken] = []
        for path in self._files():
            for row in rows_of(path):
                line = row if isinstance(row, Untaken) else told_in(row, self._name, self._settings)
                (untaken if isinstance(line, Untaken) else told).append(line)  # type: ignore[arg-type]  # by the same test
        return [*self._arrivals(told), *untaken]

    def _files(self) -> list[Path]:
        try:
            return sorted(
                path
                for path in self._folder.iterdir()
                if path.suffix.lower() == ".csv" and not path.name.startswith(".") and path.is_file()
            )
        except OSError as error:
            kind = type(error).__name__
        raise StoreUnavailable(f"the folder of {self._name} cannot be read: {kind}")

    def _arrivals(self, told: Sequence[Told]) -> Iterator[Arrival | Untaken]:
        patients: dict[str, set[str]] = {}
        contents: dict[tuple[str, str, str], set[object]] = {}
        for line in told:
            patients.setdefault(line.visit, set()).add(line.patient)
            contents.setdefault((line.visit, line.event, line.told_at), set()).add(line.entry)
        for line in sorted(told, key=lambda line: line.event):  # admitted, discharged
            case = self._cases.get(line.patient)
            if len(patients[line.visit]) > 1:
                yield Untaken(line.where, "tells of a visit that elsewhere is another patient's")
            elif len(contents[line.visit, line.event, line.told_at]) > 1:
                yield Untaken(line.where, "is told in two ways at the same instant")
            elif case is None:
                yield Untaken(line.where, "tells of a patient who is not among the cases")
            else:
                source = f"{self._name}/{line.visit}/{line.event}"
                yield Arrival(case, line.entry, source, line.told_at, line.where)
