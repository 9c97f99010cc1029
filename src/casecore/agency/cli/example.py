"""The folder that maps an existing agency's database to case records: its ``mapping.py`` and its ``rulebook.toml``."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from casecore.agency.adopting import OldEntry
from casecore.terms import NotReadable, Problem

USUAL_FOLDER = Path("examples/existing_agency")


class LeftBehind(Protocol):
    """What adoption could not carry over."""

    @property
    def what(self) -> str:
        """A table, or a fact of its rows."""

    @property
    def why(self) -> str:
        """Why not."""

    @property
    def how_many(self) -> int:
        """How many rows."""


class OldAgency(Protocol):
    """An existing agency's database, as a mapping shows it."""

    def __len__(self) -> int:
        """How many cases there are."""

    def cases(self) -> Iterator[tuple[str, Sequence[OldEntry]]]:
        """For each case its id and its entries, in the order in which they were written down."""

    def left_behind(self) -> Sequence[LeftBehind]:
        """What could not be carried over, once all cases have been read."""

    def close(self) -> None:
        """Let go of the database."""


class OpensOldAgency(Protocol):
    """What ``mapping.py`` must hold under the name ``OldAgency``."""

    def __call__(self, path: Path, *, zone: tzinfo) -> OldAgency:
        """The agency in the database at *path*."""


class Example(NamedTuple):
    """A mapping, and the rulebook its cases are held to."""

    old_agency: OpensOldAgency
    rulebook: Path


def load_example(folder: Path) -> Example:
    """
    The mapping in *folder*. It is code and is run, so the folder is named by whoever types the command.

    Raises:
        NotReadable: One of the two files is not there, or the mapping has no ``OldAgency``.
    """
    code, rulebook = folder / "mapping.py", folder / "rulebook.toml"
    problems = [Problem(str(file), "is not there") for file in (code, rulebook) if not file.is_file()]
    if problems:
        hint = "run the demo in a clone of casecore, or name the folder of a mapping of your own"
        raise NotReadable([*problems, Problem("", hint)], what="demo")
    name = "casecore_demo_mapping"
    spec = importlib.util.spec_from_file_location(name, code)
    assert spec is not None
    assert spec.loader is not None  # a file ending in .py always has one
    mapping = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mapping)
    if not hasattr(mapping, "OldAgency"):
        raise NotReadable([Problem(str(code), "must hold a class OldAgency")], what="demo")
    return Example(cast(OpensOldAgency, mapping.OldAgency), rulebook)
