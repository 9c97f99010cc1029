from __future__ import annotations

import types

import casecore_rules_ny
import pytest
from casecore_rules_ny import POSTS

from casecore.agency import posts_of
from casecore.hooks import hookimpl
from casecore.terms import NotReadable


def bringing(**posts: str) -> types.ModuleType:
    """A plugin that brings these posts."""
    module = types.ModuleType("house-posts")

    @hookimpl
    def casecore_provide_posts() -> dict[str, str]:
        return posts

    module.casecore_provide_posts = casecore_provide_posts  # type: ignore[attr-defined]
    return module


PORTER = """
[post]
name = "porter"
title = "Porter (invented)"
invented = true
[[edition]]
since = 2026-01-01
source = { cite = "House rules 1", invented = true }
value = { needs = { aged = { at_least = 18 } } }
"""


class TestAHostGetsThePostsItsPluginsBring:
    """What plugins bring as text, a host gets read, by name and in its own order."""

    def test_all_posts_by_name_in_the_order_of_the_plugins(self) -> None:
        posts = posts_of([bringing(porter=PORTER), casecore_rules_ny])
        assert list(posts) == ["porter", *POSTS]
        assert all(post.name == name for name, post in posts.items())

    def test_without_plugins_there_are_none(self) -> None:
        assert posts_of([]) == {}

    def test_a_post_that_calls_itself_otherwise_is_refused(self) -> None:
        with pytest.raises(NotReadable, match=r"post\.name: must be doorman"):
            posts_of([bringing(doorman=PORTER)])

    def test_a_post_that_cannot_be_read_is_refused(self) -> None:
        with pytest.raises(NotReadable, match=r"edition\[0\]\.value\.needs"):
            posts_of([bringing(porter=PORTER.replace("aged", "old"))])
