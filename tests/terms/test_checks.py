from __future__ import annotations

import enum
import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.terms import (
    AtLeast,
    AtMost,
    Count,
    Label,
    Length,
    Minutes,
    NotReadable,
    Problem,
    Ref,
    Source,
    Span,
    Value,
    Words,
)
from casecore.terms.checks import LARGEST_NUMBER, LONGEST_TEXT, LONGEST_TUPLE, check_of
from casecore.testing.strategies import terms as strategies


class Color(enum.Enum):
    RED = "red"
    DARK_BLUE = "dark-blue"


@attrs.frozen(kw_only=True)
class Pocket(Value):
    spans: tuple[Span, ...] = ()
    pair: tuple[int, Label] | None = None


@attrs.frozen(kw_only=True)
class Coat(Value):
    pockets: tuple[Pocket, ...] = ()
    made_by: Source | None = None


def problems(annotation: Any, value: object) -> list[tuple[str, str]]:
    found: list[Problem] = []
    check_of(annotation)(value, "x", found)
    return [tuple(problem) for problem in found]  # type: ignore[misc]  # a problem is a pair


def message(annotation: Any, value: object) -> str:
    ((path, words),) = problems(annotation, value)
    assert path.startswith("x")
    return words


DAY, INSTANT = date(2026, 3, 4), datetime(2026, 3, 4, 14, tzinfo=UTC)
HUGE = 10**400


class TestKinds:
    """An annotation is the rule: each kind takes its own, and nothing that merely looks like it."""

    @pytest.mark.parametrize(
        ("annotation", "good"),
        [
            (bool, True),
            (int, -5),
            (int, LARGEST_NUMBER),
            (float, 0.5),
            (float, 3),
            (float, -float(LARGEST_NUMBER)),
            (Decimal, Decimal("-0.10")),
            (Decimal, 7),
            (Decimal, Decimal("1E-400")),
            (str, ""),
            (str, "Łukasz 世界 👩‍👧"),
            (bytes, b"\x00\xff"),
            (date, DAY),
            (datetime, INSTANT),
            (Color, Color.RED),
            (Span, Span(days=1)),
            (int | None, None),
            (Decimal | int | None, Decimal(3)),
            (date | Span, Span(days=1)),
            (tuple[int, ...], ()),
            (tuple[int, ...], (1, 2)),
            (tuple[int, str], (1, "a")),
            (frozenset[date], frozenset({DAY})),
            (Any, object()),
            (TypeVar("Anything"), object()),
            (TypeVar("SomeSpan", bound=Span), Span(days=1)),
        ],
    )
    def test_it_takes(self, annotation: Any, good: object) -> None:
        assert problems(annotation, good) == []

    @pytest.mark.parametrize(
        ("annotation", "bad", "says"),
        [
            (bool, 1, "must be true or false"),
            (int, True, "must be a whole number"),
            (int, 1.0, "must be a whole number"),
            (int, "1", "must be a whole number"),
            (int, None, "must be a whole number"),
            (int, HUGE, f"must lie between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"),
            (int, -HUGE, f"must lie between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"),
            (float, True, "must be a finite number"),
            (float, "1.5", "must be a finite number"),
            (float, Decimal("1.5"), "must be a finite number"),
            (float, math.nan, "must be a finite number"),
            (float, math.inf, "must be a finite number"),
            (float, -math.inf, "must be a finite number"),
            (float, 1e16, f"must lie between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"),
            (float, HUGE, f"must lie between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"),
            (Decimal, False, "must be a finite decimal number"),
            (Decimal, 1.5, "must be a finite decimal number"),
            (Decimal, Decimal("NaN"), "must be a finite decimal number"),
            (Decimal, Decimal("sNaN"), "must be a finite decimal number"),
            (Decimal, Decimal("-Infinity"), "must be a finite decimal number"),
            (Decimal, Decimal("1E+999999999"), f"must lie between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"),
            (Decimal, HUGE, f"must lie between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"),
            (Decimal | int | None, HUGE, "must be a finite decimal number or a whole number"),
            (str, b"a", "must be text"),
            (str, 5, "must be text"),
            (bytes, "a", "must be bytes"),
            (date, INSTANT, "must be a day"),
            (date, "2026-03-04", "must be a day"),
            (datetime, DAY, "must be an instant with its time zone"),
            (datetime, datetime(2026, 3, 4, 14), "must be an instant with its time zone"),  # noqa: DTZ001  # on purpose
            (Color, "red", "must be one of red, dark-blue"),
            (Span, {"days": 1}, "must be a Span"),
            (Source, None, "must be a Source"),
            (int | None, "x", "must be a whole number"),
            (date | Span, 5, "must be a day or a Span"),
            (tuple[int, ...], [1], "must be a tuple"),
            (tuple[int, str], (1,), "must be a tuple of 2"),
            (tuple[int, str], [1, "a"], "must be a tuple of 2"),
            (frozenset[int], {1}, "must be a frozenset"),
            (TypeVar("SomeSpan", bound=Span), 5, "must be a Span"),
        ],
        ids=lambda part: repr(part)[:40],
    )
    def test_it_refuses(self, annotation: Any, bad: object, says: str) -> None:
        assert message(annotation, bad) == says

    def test_an_article_fits_its_noun(self) -> None:
        @attrs.frozen(kw_only=True)
        class Apple(Value):
            pass

        assert message(Apple, 5) == "must be an Apple"


class TestText:
    """One text policy: no NUL, no half characters, not longer than anybody reads."""

    @pytest.mark.parametrize("bad", ["\0", "a\0b", "ä\0"])
    def test_no_nul(self, bad: str) -> None:
        assert message(str, bad) == "must not hold a NUL character"

    @pytest.mark.parametrize("bad", ["\ud800", "a\udfffb"])
    def test_no_lone_surrogate(self, bad: str) -> None:
        assert message(str, bad) == "must not hold half of a character (a lone surrogate)"

    def test_the_bound_itself_is_fine_and_one_more_is_not(self) -> None:
        assert problems(str, "a" * LONGEST_TEXT) == []
        assert message(str, "a" * (LONGEST_TEXT + 1)) == f"must not be longer than {LONGEST_TEXT} characters"
        assert message(Words, "ä" * (LONGEST_TEXT + 1)) == f"must not be longer than {LONGEST_TEXT} characters"

    @given(st.text())
    def test_what_is_taken_can_be_written_as_utf8(self, text: str) -> None:
        try:
            writable = bool(text.encode() or True) and "\0" not in text
        except UnicodeEncodeError:
            writable = False
        assert (problems(str, text) == []) is writable

    @pytest.mark.parametrize("kind", [Words, Label, Ref])
    @pytest.mark.parametrize("blank", ["", " ", "\t\n"])
    def test_blank_is_not_a_name(self, kind: Any, blank: str) -> None:
        assert message(kind, blank) == "must not be empty"

    @pytest.mark.parametrize("kind", [Label, Ref])
    def test_a_name_has_200_characters_at_most(self, kind: Any) -> None:
        assert problems(kind, "a" * 200) == []
        assert message(kind, "a" * 201) == "must not be longer than 200"


class TestLimits:
    """Limits stand in the annotation; the bound itself is inside."""

    @pytest.mark.parametrize(
        ("annotation", "least", "most"),
        [(Minutes, 0, 7 * 24 * 60), (Count, 0, 1_000_000), (Annotated[float, AtLeast(0), AtMost(1)], 0, 1)],
    )
    def test_both_bounds(self, annotation: Any, least: int, most: int) -> None:
        assert problems(annotation, least) == problems(annotation, most) == []
        assert message(annotation, least - 1) == f"must be at least {least}"
        assert message(annotation, most + 1) == f"must be at most {most}"

    def test_length_bounds_a_tuple_too(self) -> None:
        some = Annotated[tuple[int, ...], Length(1, 2)]
        assert problems(some, (1,)) == problems(some, (1, 2)) == []
        assert message(some, ()) == "must not be empty"
        assert message(some, (1, 2, 3)) == "must not be longer than 2"

    def test_a_limit_is_not_asked_of_what_is_not_even_a_number(self) -> None:
        assert message(Minutes, "x") == "must be a whole number"
        assert message(Annotated[float, AtLeast(0)], math.nan) == "must be a finite number"

    def test_tuples_and_sets_are_bounded(self) -> None:
        assert problems(tuple[int, ...], (1,) * LONGEST_TUPLE) == []
        assert message(tuple[int, ...], (1,) * (LONGEST_TUPLE + 1)) == f"must not have more than {LONGEST_TUPLE} parts"
        too_many = frozenset(range(LONGEST_TUPLE + 1))
        assert message(frozenset[int], too_many) == f"must not have more than {LONGEST_TUPLE} parts"


class TestPaths:
    """All problems at once, each with the path to it."""

    def test_every_wrong_part_is_named(self) -> None:
        assert problems(tuple[Minutes, ...], (1, -1, "x")) == [
            ("x[1]", "must be at least 0"),
            ("x[2]", "must be a whole number"),
        ]

    def test_all_fields_at_once(self) -> None:
        with pytest.raises(NotReadable) as caught:
            Pocket(spans=(Span(days=1), 5), pair=("one", ""))  # type: ignore[arg-type]  # on purpose
        assert [tuple(problem) for problem in caught.value.problems] == [
            ("spans[1]", "must be a Span"),
            ("pair[0]", "must be a whole number"),
            ("pair[1]", "must not be empty"),
        ]
        assert caught.value.what == "Pocket"

    def test_a_nested_value_has_already_been_checked(self) -> None:
        assert Coat(pockets=(Pocket(spans=(Span(days=1),)),)).pockets[0].spans[0].days == 1
        with pytest.raises(NotReadable, match=r"pockets\[0\]: must be a Pocket"):
            Coat(pockets=({"spans": ()},))  # type: ignore[arg-type]  # on purpose

    def test_contradictions_are_asked_only_of_good_fields(self) -> None:
        with pytest.raises(NotReadable) as caught:
            Span(days=-1, months=1)
        assert [problem.path for problem in caught.value.problems] == ["days"]


class TestValue:
    """A value never changes, and a copy with another field is checked again."""

    @given(strategies.spans())
    def test_it_is_frozen(self, span: Span) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            span.days = 3  # type: ignore[misc]  # on purpose

    def test_a_changed_copy_is_checked(self) -> None:
        assert attrs.evolve(Span(days=1), days=2) == Span(days=2)
        with pytest.raises(NotReadable):
            attrs.evolve(Span(days=1), months=2)

    def test_equal_values_are_one_in_a_set(self) -> None:
        assert {Source(cite="a"), Source(cite="a")} == {Source(cite="a")}

    def test_what_it_is_called_by_a_debugger_is_its_own_init(self) -> None:
        assert Span.__init__.__name__ == "__init__"
        assert "days" in Span.__init__.__annotations__
