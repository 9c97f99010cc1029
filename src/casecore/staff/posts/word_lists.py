"""
Lists of words under one name: where they are written, and what stands there when they are spelled out.

Every field that lists words may name a list, as in ``kinds = ["@mental-hygiene", "school-social-work"]``. The steps at
which a need is asked are the one exception: they are no words about a worker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from casecore.terms import Label, Problem, Value, field_names

MARK = "@"
"""What the name of a list is written after."""
MOST_WORDS = 200_000
"""How many words all fields of one edition may list together, its lists spelled out."""
NO_WORDS = frozenset({"asked_at"})
"""Fields that list names of something else."""

ValueT = TypeVar("ValueT", bound=Value)
Words = Mapping[str, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class WordList(Value):
    """A list of words under one name; written ``@name``, it stands for all of them wherever words are listed."""

    name: Label
    words: tuple[Label, ...]

    def contradictions(self) -> Iterator[Problem]:
        if self.name.startswith(MARK):
            yield Problem("name", f"must be written without the {MARK}")
        if not self.words:
            yield Problem("words", "must not be empty")
        for place, word in enumerate(self.words):
            if word.startswith(MARK):
                yield Problem(f"words[{place}]", "must not be another list")


class Spelled(tuple[str, ...]):
    """
    Words spelled out, which still know how the post wrote them.

    Attributes:
        written: The names of the lists, and the words that stood beside them: what a person would read.
    """

    written: tuple[str, ...]


def values_within(value: Value, path: str = "") -> Iterator[tuple[str, Value]]:
    """This value and every value inside it, each with its path."""
    waiting = [(path, value)]
    while waiting:
        there, each = waiting.pop()
        yield there, each
        inside: list[tuple[str, Value]] = []
        for name in field_names(type(each)):
            part = getattr(each, name)
            where = f"{there}.{name}" if there else name
            if isinstance(part, Value):
                inside.append((where, part))
            elif isinstance(part, tuple):
                inside.extend((f"{where}[{place}]", one) for place, one in enumerate(part) if isinstance(one, Value))
        waiting.extend(reversed(inside))


def words_listed(value: Value) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields of this value itself that list words: the field's name, and what it lists."""
    for name in field_names(type(value)):
        part = getattr(value, name)
        if isinstance(part, tuple) and part and isinstance(part[0], str) and name not in NO_WORDS:
            yield name, part


def spelled_out(value: ValueT, words: Words) -> ValueT:
    """
    The same with each ``@name`` replaced by the *words* of that list, each word once, here and in all values inside.

    Raises:
        KeyError: A list is named that *words* does not hold; `list_problems` tells of it beforehand.
    """
    changed: dict[str, Any] = {name: _spelled(listed, words) for name, listed in words_listed(value)}
    for name in field_names(type(value)):
        part = getattr(value, name)
        if isinstance(part, Value):
            changed[name] = spelled_out(part, words)
        elif isinstance(part, tuple) and part and isinstance(part[0], Value):
            changed[name] = tuple(spelled_out(one, words) for one in part)
    return value._with(**changed)


def _spelled(listed: tuple[str, ...], words: Words) -> tuple[str, ...]:
    if not any(word.startswith(MARK) for word in listed):
        return listed
    each = (words[word[1:]] if word.startswith(MARK) else (word,) for word in listed)
    spelled = Spelled(dict.fromkeys(word for some in each for word in some))
    spelled.written = tuple(word.removeprefix(MARK) for word in listed)
    return spelled


def list_problems(lists: Sequence[WordList], needs: Value) -> Iterator[Problem]:
    """Lists named twice, names that no list bears, and what contradicts itself once the lists are spelled out."""
    words: dict[str, tuple[str, ...]] = {}
    for place, each in enumerate(lists):
        if each.name in words:
            yield Problem(f"lists[{place}].name", "must not stand twice")
        words[each.name] = each.words
    total = 0
    for path, value in values_within(needs, "needs"):
        fits, named = True, False
        for name, listed in words_listed(value):
            for place, word in enumerate(listed):
                if word.startswith(MARK):
                    named = True
                    total += len(words.get(word[1:], ()))
                    if word[1:] not in words:
                        fits = False
                        yield Problem(f"{path}.{name}[{place}]", f"must name one of the lists after the {MARK}")
        if total > MOST_WORDS:
            yield Problem("lists", f"must not stand for more than {MOST_WORDS} words in all")
            return
        if named and fits:
            changed: dict[str, Any] = {name: _spelled(listed, words) for name, listed in words_listed(value)}
            yield from (problem.inside(path) for problem in value._with(**changed).contradictions())
