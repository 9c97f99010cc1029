from __future__ import annotations

import attrs
import pytest
from hypothesis import given

from casecore.assessments import Band, ScoreRange
from casecore.terms import Due, NotReadable, Span, Value
from casecore.testing.strategies.terms import dues


@attrs.frozen(kw_only=True, slots=False)
class Loose(Value):
    """A host's class without slots, and with a default that is made anew."""

    parts: tuple[str, ...] = attrs.field(factory=tuple)
    name: str = ""


class TestUnchecked:
    """A judgement makes values past the check; they are the same values."""

    @given(dues())
    def test_it_is_the_value_that_the_checked_way_makes(self, due: Due) -> None:
        fields = {field.name: getattr(due, field.name) for field in attrs.fields(Due)}
        assert Due.unchecked(**fields) == due

    def test_defaults_are_filled_in(self) -> None:
        assert Span.unchecked(days=3) == Span(days=3)

    def test_nothing_is_refused(self) -> None:
        with pytest.raises(NotReadable):
            Span(days=-1)
        assert Span.unchecked(days=-1).days == -1

    def test_a_field_that_must_be_given_must_be_given_here_too(self) -> None:
        with pytest.raises(TypeError):
            Band.unchecked(at_least=3)

    def test_each_class_makes_its_own_also_where_it_inherits(self) -> None:
        assert type(ScoreRange.unchecked(at_least=1)) is ScoreRange
        assert type(Band.unchecked(name="mild", at_least=1)) is Band
        assert type(ScoreRange.unchecked(at_least=1)) is ScoreRange

    def test_a_class_without_slots_is_made_by_attrs_own(self) -> None:
        assert Loose.unchecked(name="a") == Loose(name="a")
        assert Loose.unchecked().parts == ()
