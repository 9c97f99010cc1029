"""What the plugin answers: the texts of its rulebooks."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from casecore.hooks import hookimpl
from casecore.terms import NotKnown

casecore_api = (1, 1)
"""The first and last version of casecore's hooks that this plugin is written for."""

RULEBOOKS = ("ny-icm", "ny-scm", "ny-blended")
"""The rulebooks by name."""


def rulebook_text(name: str) -> str:
    """
    The TOML of one rulebook.

    Raises:
        NotKnown: This plugin has no rulebook of that name.
    """
    if name not in RULEBOOKS:
        raise NotKnown(f"no rulebook here is called {name!r}; there are {', '.join(RULEBOOKS)}")
    return files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


@hookimpl
def casecore_provide_rulebooks() -> Mapping[str, str]:
    """Each rulebook's text by its name."""
    return {name: rulebook_text(name) for name in RULEBOOKS}
