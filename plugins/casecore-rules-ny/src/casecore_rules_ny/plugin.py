"""What the plugin answers: the texts of its rulebooks and posts."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from casecore.hooks import hookimpl
from casecore.terms import NotKnown

casecore_api = (1, 1)
"""The first and last version of casecore's hooks that this plugin is written for."""

RULEBOOKS = ("ny-icm", "ny-scm", "ny-blended")
"""The rulebooks by name."""

POSTS = (
    "intensive-case-manager",
    "caseworker-lewis",
    "caseworker-helps-saratoga",
    "mental-health-specialist-ulster",
    "mental-health-program-specialist-2",
    "director-of-community-services",
    "case-supervisor-cattaraugus",
    "social-welfare-worker-dutchess",
    "clinical-care-coordinator-nyc",
)
"""The posts by name."""


def rulebook_text(name: str) -> str:
    """
    The TOML of one rulebook.

    Raises:
        NotKnown: This plugin has no rulebook of that name.
    """
    if name not in RULEBOOKS:
        raise NotKnown(f"no rulebook here is called {name!r}; there are {', '.join(RULEBOOKS)}")
    return files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def post_text(name: str) -> str:
    """
    The TOML of one post.

    Raises:
        NotKnown: This plugin has no post of that name.
    """
    if name not in POSTS:
        raise NotKnown(f"no post here is called {name!r}; there are {', '.join(POSTS)}")
    return files(__package__).joinpath("posts", f"{name}.toml").read_text(encoding="utf-8")


@hookimpl
def casecore_provide_rulebooks() -> Mapping[str, str]:
    """Each rulebook's text by its name."""
    return {name: rulebook_text(name) for name in RULEBOOKS}


@hookimpl
def casecore_provide_posts() -> Mapping[str, str]:
    """Each post's text by its name."""
    return {name: post_text(name) for name in POSTS}
