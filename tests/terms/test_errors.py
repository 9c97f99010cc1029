from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given

from casecore.terms import (
    CasecoreError,
    NotKnown,
    NotOffered,
    NotPossible,
    NotReadable,
    PluginFault,
    Problem,
    RecordMoved,
    StandardNotInForce,
    StoreUnavailable,
    no,
)
from casecore.testing.strategies import terms as strategies


class TestTree:
    """One small tree of errors, each also an error that Python programmers know."""

    @pytest.mark.parametrize(
        ("error", "also", "retry"),
        [
            (NotReadable, ValueError, False),
            (NotPossible, ValueError, False),
            (NotKnown, LookupError, False),
            (NotOffered, NotImplementedError, False),
            (StandardNotInForce, LookupError, False),
            (RecordMoved, RuntimeError, True),
            (StoreUnavailable, OSError, True),
            (PluginFault, RuntimeError, False),
        ],
    )
    def test_each_is_ours_and_a_standard_one(
        self, error: type[CasecoreError], also: type[Exception], retry: bool
    ) -> None:
        assert issubclass(error, CasecoreError)
        assert issubclass(error, also)
        assert error.retry is retry

    @pytest.mark.parametrize(
        "error",
        [
            NotReadable([Problem("a", "must be text"), Problem("b[1]", "is missing")], what="Span"),
            NotPossible(no("May it?", "it may not")),
            NotKnown("no standard is called 'a/b'"),
            PluginFault("casecore-sql", "broke its promise"),
            StoreUnavailable("busy"),
        ],
    )
    def test_it_survives_the_way_to_another_process(self, error: CasecoreError) -> None:
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
            assert type(again) is type(error)
            assert str(again) == str(error)
        if isinstance(error, NotReadable):
            assert pickle.loads(pickle.dumps(error)).problems == error.problems


class TestMessages:
    """A message says where and what is asked for."""

    def test_one_problem_and_two(self) -> None:
        one = NotReadable([Problem("", "must be a Span")], what="Span")
        two = NotReadable([Problem("a", "is missing"), Problem("b", "must be text")])
        assert str(one) == "Span cannot be read, 1 problem:\n  must be a Span"
        assert str(two) == "input cannot be read, 2 problems:\n  a: is missing\n  b: must be text"

    def test_a_plugin_is_named(self) -> None:
        assert str(PluginFault("casecore-sql", "broke its promise")) == "plugin casecore-sql: broke its promise"
        assert PluginFault("casecore-sql", "x").plugin == "casecore-sql"

    @pytest.mark.parametrize(
        ("path", "seen"),
        [("", "outer"), ("a", "outer.a"), ("[2]", "outer[2]"), ("[2].a", "outer[2].a"), ("a.b", "outer.a.b")],
    )
    def test_a_path_as_seen_from_outside(self, path: str, seen: str) -> None:
        assert Problem(path, "m").inside("outer") == Problem(seen, "m")

    @given(strategies.problems())
    def test_the_message_stays_the_same_from_outside(self, problem: Problem) -> None:
        assert problem.inside("outer").message == problem.message
        assert str(problem).endswith(problem.message)
