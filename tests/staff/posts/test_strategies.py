from __future__ import annotations

import inspect
import json
from collections.abc import Callable

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import casecore.staff.posts
from casecore.staff.posts import Post
from casecore.terms import Value, plain, read
from casecore.testing.strategies import asked_of_staff, posts, staff_files

MAKERS = [
    function
    for module in (asked_of_staff, posts, staff_files)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_") and name != "some_of"
]


class TestStrategies:
    """Whatever a strategy makes is legal, and the same value again after being written as plain data and JSON."""

    @pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
    @given(data=st.data())
    @hypothesis.settings(max_examples=10, suppress_health_check=list(hypothesis.HealthCheck), deadline=None)
    def test_it_is_the_same_value(self, make: Callable[[], SearchStrategy[Value]], data: st.DataObject) -> None:
        made = data.draw(make())
        values = [made] if not isinstance(made, Post) else [edition.rule for edition in made.asks.editions]
        for value in values:
            assert read(json.loads(json.dumps(plain(value))), type(value)) == value

    def test_every_public_class_of_posts_is_drawn(self) -> None:
        drawn = {*vars(posts), *vars(asked_of_staff)}
        values = {
            name
            for name in casecore.staff.posts.__all__
            if inspect.isclass(thing := getattr(casecore.staff.posts, name)) and issubclass(thing, Value)
        }
        assert values <= drawn

    @given(data=st.data())
    @hypothesis.settings(max_examples=10, suppress_health_check=list(hypothesis.HealthCheck), deadline=None)
    def test_what_is_fixed_stays(self, data: st.DataObject) -> None:
        assert data.draw(staff_files.staff_files(worker="w-9", degrees=None)).degrees is None
        assert data.draw(posts.posts(name="clerk", invented=True)).asks.name == "clerk"
