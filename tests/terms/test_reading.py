from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

import casecore
from casecore.terms import (
    Due,
    Finding,
    NotReadable,
    Period,
    Source,
    Span,
    Value,
    Verdict,
    WorkingDays,
    plain,
    read,
)
from casecore.terms.reading import DEEPEST, MOST_PARTS
from casecore.testing.strategies import terms as strategies

SECRET = "Zq7-Jane-Doe-1990"
BY_CLASS = {
    Period: strategies.periods(),
    Span: strategies.spans(),
    WorkingDays: strategies.working_days(),
    Source: strategies.sources(),
    Verdict: strategies.verdicts(),
    Due: strategies.dues(),
    Finding: strategies.findings(),
}


@attrs.frozen(kw_only=True)
class Mixed(Value):
    """One field of each kind."""

    flag: bool = False
    number: int = 0
    share: float = 0.0
    money: Decimal = Decimal(0)
    at: datetime | None = None
    score: Decimal | int | None = None
    raw: bytes = b""
    pair: tuple[int, str] | None = None
    either: date | Span | None = None


def problems(data: object, cls: type) -> dict[str, str]:
    with pytest.raises(NotReadable) as caught:
        read(data, cls)
    assert_nothing_behind(caught.value)
    return {problem.path: problem.message for problem in caught.value.problems}


def assert_nothing_behind(error: BaseException) -> None:
    """No other error hangs behind it: what cattrs or Python says may quote the value."""
    assert error.__cause__ is None
    assert error.__context__ is None


class TestRoundTrip:
    """`read` makes the same value from what `plain` wrote."""

    @pytest.mark.parametrize("cls", BY_CLASS, ids=lambda cls: cls.__name__)
    @given(data=st.data())
    def test_every_value(self, cls: type, data: st.DataObject) -> None:
        value = data.draw(BY_CLASS[cls])
        assert read(plain(value), cls) == value
        assert read(json.loads(json.dumps(plain(value))), cls) == value

    @given(
        st.builds(
            Mixed,
            flag=st.booleans(),
            number=st.integers(-(10**15), 10**15),
            share=st.floats(-1e15, 1e15),
            money=st.decimals(-1000, 1000, places=2),
            at=st.none() | strategies.instants(),
            score=st.none() | st.integers(-100, 100) | st.decimals(-100, 100, places=3),
            pair=st.none() | st.tuples(st.integers(-5, 5), strategies.words()),
            either=st.none() | strategies.days() | strategies.spans(),
        )
    )
    def test_every_kind_of_field(self, value: Mixed) -> None:
        assert read(plain(value), Mixed) == value

    def test_fields_at_their_defaults_are_left_out(self) -> None:
        assert plain(Span(days=3)) == {"days": 3}
        assert plain(Source(cite="a")) == {"cite": "a"}

    def test_days_and_instants_may_come_as_such_or_as_text(self) -> None:
        as_text = {"start": "2026-03-01", "end": "2026-04-01"}
        assert read(as_text, Period) == read({"start": date(2026, 3, 1), "end": date(2026, 4, 1)}, Period)
        at = datetime(2026, 3, 31, 14, tzinfo=timezone.utc)  # noqa: UP017  # the same zone object that fromisoformat makes
        assert read({"at": at}, Mixed) == read({"at": "2026-03-31T14:00:00+00:00"}, Mixed)

    def test_any_mapping_will_do(self) -> None:
        assert read(MappingProxyType({"days": 3}), Span) == Span(days=3)

    def test_a_set_is_written_in_one_order(self) -> None:
        """Bytes made from plain data must not depend on how Python happened to hash that day."""
        code = (
            "from datetime import date; from casecore.terms import WorkingDays, plain; "
            "print(plain(WorkingDays(closed=frozenset(date(2026, month, 1) for month in range(1, 13)))))"
        )
        path = str(Path(casecore.__file__).parents[1])
        said = {
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2", "3")
        }
        assert len(said) == 1


class TestBadInput:
    """One error lists all problems with their paths."""

    def test_all_at_once_with_paths(self) -> None:
        data = {
            "answer": "yes",
            "question": "q",
            "parts": [{"answer": "no", "question": ""}, {"answer": "maybe", "question": 3, "colour": 1}],
        }
        assert problems(data, Verdict) == {
            "parts[0].question": "must not be empty",
            "parts[1].answer": "must be one of yes, no, not-known, needs-judgement",
            "parts[1].question": "must be text",
            "parts[1].colour": (
                "is not a field here; known are answer, because, missing, parts, question, source, would_satisfy"
            ),
        }

    def test_a_limit_is_told_beside_what_cannot_be_read(self) -> None:
        assert problems({"code": "", "what": "a\0b", "window": {"start": 5, "end": "2026-01-01"}, "case": 5}, Due) == {
            "code": "must not be empty",
            "what": "must not hold a NUL character",
            "window.start": "must be a day, as in 2026-03-31",
            "since": "is missing",
            "as_of": "is missing",
            "case": "must be text",
        }
        assert problems({"days": -1, "months": "two"}, Span) == {
            "days": "must be at least 0",
            "months": "must be a whole number",
        }

    def test_what_is_missing_is_named(self) -> None:
        assert problems({"start": "2026-01-01"}, Period) == {"end": "is missing"}

    @pytest.mark.parametrize("data", [None, 3, "days", ["days"], [], True, 1.5, object()])
    def test_something_else_altogether(self, data: object) -> None:
        assert problems(data, Span) == {"": "must be a Span"}

    @pytest.mark.parametrize(
        ("field", "bad", "says"),
        [
            ("flag", 1, "must be true or false"),
            ("number", True, "must be a whole number"),
            ("number", "5", "must be a whole number"),
            ("number", 10**400, "must lie between"),
            ("share", True, "must be a finite number"),
            ("share", float("nan"), "must be a finite number"),
            ("share", float("inf"), "must be a finite number"),
            ("share", 10**400, "must lie between"),
            ("money", "12,50", "must be a finite decimal number"),
            ("money", "NaN", "must be a finite decimal number"),
            ("money", 1.5, "must be a finite decimal number"),
            ("money", True, "must be a finite decimal number"),
            ("money", "1e999999999", "must lie between"),
            ("at", "2026-03-31T14:00:00", "must be an instant with its time zone"),
            ("at", "yesterday", "must be an instant with its time zone"),
            ("at", 5, "must be an instant with its time zone"),
            ("score", "many", "must be a finite decimal number or a whole number"),
            ("raw", "text", "must be bytes"),
            ("pair", [1], "must be a list of 2"),
            ("pair", "ab", "must be a list"),
            ("either", "soon", "must be a day or a Span"),
            ("either", {"days": -1}, "must be a day or a Span"),
        ],
    )
    def test_each_kind_of_field(self, field: str, bad: object, says: str) -> None:
        ((path, message),) = problems({field: bad}, Mixed).items()
        assert path == field
        assert message.startswith(says)

    @pytest.mark.parametrize(
        "bad",
        ["", "2026-02-30", "31.3.2026", "2026-03-31T00:00:00", 20260331, None, datetime(2026, 3, 31), ["2026"]],  # noqa: DTZ001  # on purpose
    )
    def test_what_is_not_a_day(self, bad: object) -> None:
        assert problems({"start": bad, "end": "2027-01-01"}, Period)["start"].startswith("must be a day")

    @pytest.mark.parametrize("name", ["Jane Doe", "a" * 61, "a-b", "", "0"])
    def test_an_unknown_field_is_named_only_where_it_looks_like_a_name(self, name: str) -> None:
        (path,) = problems({"days": 1, name: 2}, Span)
        assert path == "(a field whose name is not an identifier)"

    def test_field_names_that_are_no_text_at_all(self) -> None:
        assert list(problems({"days": 1, 5: 2, 1.5: 3}, Span)) == ["(a field whose name is not an identifier)"]

    def test_the_host_says_what_it_was_reading(self) -> None:
        with pytest.raises(NotReadable, match=r"^standard 3 of ny\.toml cannot be read"):
            read({}, Span, what="standard 3 of ny.toml")


class TestBounds:
    """Depth and size are bounded before anything is made."""

    @pytest.mark.parametrize("depth", [DEEPEST, 1_000, 10_000, 100_000])
    def test_too_deep(self, depth: int) -> None:
        lists: list[object] = []
        for _ in range(depth):
            lists = [lists]
        verdict: dict[str, object] = {"answer": "yes", "question": "q"}
        for _ in range(depth):
            verdict = {"answer": "yes", "question": "q", "parts": [verdict]}
        says = {"": f"must not be nested deeper than {DEEPEST}"}
        assert problems(lists, Verdict) == problems(verdict, Verdict) == says

    def test_as_deep_as_allowed(self) -> None:
        verdict: dict[str, Any] = {"answer": "yes", "question": "q"}
        for _ in range(DEEPEST // 2 - 1):
            verdict = {"answer": "yes", "question": "q", "parts": [verdict]}
        assert sum(1 for _ in read(verdict, Verdict).lines()) == DEEPEST // 2

    def test_data_that_holds_itself(self) -> None:
        loop: dict[str, object] = {"answer": "yes", "question": "q"}
        loop["parts"] = [loop]
        assert problems(loop, Verdict) == {"": f"must not be nested deeper than {DEEPEST}"}

    def test_a_few_lines_that_unfold_to_billions(self) -> None:
        folded: dict[str, object] = {"answer": "yes", "question": "q"}
        for _ in range(25):
            folded = {"answer": "yes", "question": "q", "parts": [folded] * 4}
        assert problems(folded, Verdict) == {"": f"must not hold more than {MOST_PARTS} parts"}

    def test_too_many_parts(self) -> None:
        assert problems({"closed": ["2026-01-01"] * 10_001}, WorkingDays) == {
            "closed": "must not have more than 10000 parts"
        }

    def test_a_text_of_100_million_characters(self) -> None:
        assert problems({"cite": "a" * 100_000_000}, Source) == {"cite": "must not be longer than 100000 characters"}


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in plain data, as the keys that lead there."""
    yield path
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def placed(data: Any, path: tuple[Any, ...], value: object) -> Any:
    """The same data with *value* at one place."""
    if not path:
        return value
    copied = dict(data) if isinstance(data, dict) else list(data)
    copied[path[0]] = placed(copied[path[0]], path[1:], value)
    return copied


def refusal(make: Callable[[], object]) -> NotReadable:
    """The error that *make* is refused with; where it is taken, it was free text and this example is of no use."""
    try:
        make()
    except NotReadable as error:
        return error
    raise hypothesis.errors.UnsatisfiedAssumption


WRAPPED = st.sampled_from([str, str.encode, lambda s: s + "\0", lambda s: [s], lambda s: (s,), lambda s: {s: s}])


class TestSecrets:
    """No error quotes what was handed in: it may be about a client."""

    @staticmethod
    def tells_nothing(error: NotReadable) -> None:
        assert SECRET not in str(error)
        assert SECRET not in repr(error)
        assert_nothing_behind(error)

    @pytest.mark.parametrize("cls", BY_CLASS, ids=lambda cls: cls.__name__)
    @given(data=st.data(), wrap=WRAPPED)
    def test_wherever_it_is_put_it_is_not_repeated(self, cls: type, data: st.DataObject, wrap: Any) -> None:
        whole = plain(data.draw(BY_CLASS[cls]))
        path = data.draw(st.sampled_from(list(places(whole))))
        self.tells_nothing(refusal(lambda: read(placed(whole, path, wrap(SECRET)), cls)))

    @pytest.mark.parametrize("cls", BY_CLASS, ids=lambda cls: cls.__name__)
    @given(data=st.data(), wrap=WRAPPED)
    def test_nor_by_a_constructor(self, cls: type, data: st.DataObject, wrap: Any) -> None:
        value = data.draw(BY_CLASS[cls])
        field = data.draw(st.sampled_from(attrs.fields(cls)))
        self.tells_nothing(refusal(lambda: attrs.evolve(value, **{field.name: wrap(SECRET)})))

    @pytest.mark.parametrize("cls", BY_CLASS, ids=lambda cls: cls.__name__)
    @given(data=st.data())
    def test_nor_as_the_name_of_a_field(self, cls: type, data: st.DataObject) -> None:
        whole = plain(data.draw(BY_CLASS[cls]))
        self.tells_nothing(refusal(lambda: read({**whole, SECRET: 1}, cls)))
