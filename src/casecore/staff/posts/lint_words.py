"""What is wrong with a post's words: lists nobody uses, names that stand twice, steps at which nothing is asked."""

from __future__ import annotations

from collections.abc import Iterator

from casecore.standards import Flaw, FlawCode
from casecore.standards.lint_editions import flaw_at
from casecore.terms import field_names

from .needs import Need, Pattern
from .qualifications import Qualifications
from .word_lists import MARK, values_within, words_listed


def lint_words(asked: Qualifications, path: str, name: str | None) -> Iterator[Flaw]:
    """Idle lists and steps, names that stand twice, and lists named where no list can stand."""
    yield from _lint_lists(asked, path, name)
    yield from _lint_steps(asked, path, name)
    yield from _lint_names(asked, path, name)


def _lint_lists(asked: Qualifications, path: str, name: str | None) -> Iterator[Flaw]:
    used: set[str] = set()
    for where, value in values_within(asked.needs, f"{path}.needs"):
        used.update(word[1:] for _, listed in words_listed(value) for word in listed if word.startswith(MARK))
        for field in field_names(type(value)):
            text = getattr(value, field)
            is_said = isinstance(value, Need | Pattern) and field in ("name", "question", "cite")
            if isinstance(text, str) and text.startswith(MARK) and not is_said:
                message = f"is one word, for which no list can stand; {MARK} means one only where words are listed"
                yield flaw_at(FlawCode.LIST_OUT_OF_PLACE, f"{where}.{field}", message, name)
    for place, each in enumerate(asked.lists):
        if each.name not in used:
            yield flaw_at(FlawCode.UNUSED_LIST, f"{path}.lists[{place}]", "is never named", name, warning=True)


def _lint_steps(asked: Qualifications, path: str, name: str | None) -> Iterator[Flaw]:
    distinguished = any(need.asked_at for need in asked.needs.everything())
    used = set(_steps_of(asked.needs, frozenset(asked.steps)))
    for place, step in enumerate(asked.steps):
        where = f"{path}.steps[{place}]"
        if step in asked.steps[:place]:
            yield flaw_at(FlawCode.REPEATED_NAME, where, "another step bears it", name)
        elif not distinguished:
            yield flaw_at(FlawCode.UNUSED_STEP, where, "is never named by an asked_at", name, warning=True)
        elif step not in used:
            yield flaw_at(FlawCode.UNUSED_STEP, where, "is a step at which nothing is asked", name, warning=True)


def _steps_of(need: Need, steps: frozenset[str]) -> Iterator[str]:
    """The steps at which something is asked, of those at which the group around it is."""
    steps = steps & set(need.asked_at) if need.asked_at else steps
    if not need.parts or any(not part.parts and not part.asked_at for part in need.parts):
        yield from steps
    for part in need.parts:
        if part.parts or part.asked_at:
            yield from _steps_of(part, steps)


def _lint_names(asked: Qualifications, path: str, name: str | None) -> Iterator[Flaw]:
    """A name twice in one group is an error; twice in different groups, the answer names a route nobody can tell."""
    told: set[str] = set()
    twice: set[str] = set()
    for where, need in asked.needs.places(f"{path}.needs"):
        if need.name in told and where not in twice:
            message = "stands elsewhere in the edition too: an answer that names it could mean either"
            yield flaw_at(FlawCode.REPEATED_NAME, f"{where}.name", message, name, warning=True)
        if need.name is not None:
            told.add(need.name)
        for field, called in _groups_of_names(need):
            here: set[str] = set()
            for place, each in enumerate(called):
                if each in here:
                    there = f"{where}.{field}[{place}]"
                    twice.add(there)
                    yield flaw_at(FlawCode.REPEATED_NAME, f"{there}.name", "another one beside it bears it", name)
                elif each is not None:
                    here.add(each)


def _groups_of_names(need: Need) -> Iterator[tuple[str, list[str | None]]]:
    for field in ("all_of", "any_of", "none_of", "of", "adds_up"):
        parts = getattr(need, field)
        if parts:
            yield field, [part.name for part in parts]
