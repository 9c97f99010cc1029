"""What plugins answer, checked before anybody relies on it: right types, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeGuard, TypeVar

from casecore.record import ENTRY_CLASSES, RULES, Question, Review, Reviewed
from casecore.standards import Rule
from casecore.terms import Due, Entry, Finding, PluginFault, Verdict, text_problem

from .answers import asked
from .exchanged import Arrival, NewKinds, Resource, Untaken

MOST_FOUND = 1_000
"""How many dues, findings or turning days one review may come to for one case."""
MOST_CLOSED_DAYS = 20_000
"""How many closed days one plugin may know: every day of fifty years."""
MOST_ARRIVALS = 200_000
"""How much one connector may tell at once."""
MOST_RESOURCES = 1_000
"""How many resources one directory may answer a search with."""

LONGEST_ID = 200
"""How long the id of a telling may be: that of any entry."""

T = TypeVar("T")


def _is_list(thing: object) -> TypeGuard[Sequence[Any]]:
    """Whether it is a plain list or tuple: to look through one of a plugin's own class would run its code."""
    return type(thing) in (tuple, list)


def keyed(
    answers: Iterator[tuple[str, Any]], what: str, is_right: Callable[[object], bool], kind: str
) -> Iterator[tuple[str, str, Any]]:
    """Each plugin, key and thing of answers that must be mappings from text to the right things, no key twice."""
    by: dict[str, str] = {}
    for plugin, answer in answers:
        if not isinstance(answer, Mapping):
            raise PluginFault(plugin, f"provided {what}s that are not a mapping of {kind}")
        for key, thing in asked(plugin, what, _items, answer):
            if not isinstance(key, str) or not is_right(thing):
                raise PluginFault(plugin, f"provided {what}s that are not a mapping of {kind}")
            if key in by:
                raise PluginFault(plugin, f"provides the {what} {key!r}, which {by[key]} provides too")
            by[key] = plugin
            yield plugin, key, thing


def _items(answer: Mapping[object, object]) -> list[tuple[object, object]]:
    return list(answer.items())


def texts(answers: Iterator[tuple[str, Any]], what: str) -> Iterator[tuple[str, str, str]]:
    """Each plugin, key and text."""
    return keyed(answers, what, lambda thing: isinstance(thing, str), "text")


def is_versioned(key: str) -> bool:
    """Whether a key is ``name@version``."""
    name, _, version = key.partition("@")
    return bool(name and version) and "@" not in version


def guarded(plugin: str, key: str, review: Review) -> Review:
    """A plugin's review that names the plugin where it fails, or answers with something else."""

    def review_of_a_plugin(question: Question) -> Reviewed:
        found = asked(plugin, key, review, question)
        if problem := _wrong_with(found, question):
            raise PluginFault(plugin, f"answered {key} with {problem}")
        reviewed: Reviewed = found
        return reviewed

    return review_of_a_plugin


def _wrong_with(found: object, question: Question) -> str:
    if type(found) is not Reviewed:
        return "something else than a Reviewed"
    for name, kind, some in zip(found._fields, (Due, Finding, date), found, strict=True):
        if not _is_list(some) or not all(type(each) is kind for each in some):
            return f"{name} that are not all a {kind.__name__}"
        if len(some) > MOST_FOUND:
            return f"more than {MOST_FOUND} {name}"
    if any(due.as_of != question.as_of for due in found.dues):
        return "a due as of another day than it was asked about"
    return ""


def verdicts(plugin: str, answer: object, count: int) -> Sequence[Verdict]:
    """As many verdicts as cases were asked about; anything else is a fault, never a yes."""
    if not _is_list(answer) or len(answer) != count:
        raise PluginFault(plugin, "did not answer with one verdict for each case asked about")
    if not all(type(each) is Verdict for each in answer):
        raise PluginFault(plugin, "answered with something else than a verdict")
    return answer


def closed_days(plugin: str, answer: Any) -> frozenset[date]:
    """Days, not instants, and not without end."""
    if not (_is_list(answer) or type(answer) in (set, frozenset)) or not all(type(day) is date for day in answer):
        raise PluginFault(plugin, "provided closed days that are not a collection of days")
    if len(answer) > MOST_CLOSED_DAYS:
        raise PluginFault(plugin, f"provided more than {MOST_CLOSED_DAYS} closed days")
    return frozenset(answer)


def arrivals(plugin: str, answer: object) -> Sequence[Arrival | Untaken]:
    """Arrivals with ids that can be kept, one telling never with two contents."""
    if not _is_list(answer) or len(answer) > MOST_ARRIVALS:
        raise PluginFault(plugin, f"provided arrivals that are not a list of at most {MOST_ARRIVALS}")
    told: dict[str, tuple[str, Entry]] = {}
    for each in answer:
        if not (_is_arrival(each) if type(each) is Arrival else type(each) is Untaken and _are_texts(*each)):
            raise PluginFault(plugin, "provided something else than an Arrival or an Untaken with text in them")
        if type(each) is Arrival and told.setdefault(each.entry_id, (each.case, each.entry)) != (each.case, each.entry):
            raise PluginFault(plugin, "provided one telling of one fact with two contents")
    return answer


def _is_arrival(each: Arrival) -> bool:
    texts = (each.case, each.source, each.revision)
    return (
        _are_texts(*texts, each.where)
        and all(texts)
        and "@" not in each.source + each.revision
        and len(each.entry_id) <= LONGEST_ID
        and isinstance(each.entry, Entry)
    )


def _are_texts(*parts: object) -> bool:
    return all(type(part) is str and text_problem(part) is None for part in parts)


def resources(plugin: str, answer: object) -> list[Resource]:
    """Resources of plain text, marked with the directory they come from."""
    if not _is_list(answer) or not all(_is_resource(each) for each in answer):
        raise PluginFault(plugin, "provided resources that are not a list of Resource with plain text in them")
    if len(answer) > MOST_RESOURCES:
        raise PluginFault(plugin, f"provided more than {MOST_RESOURCES} resources for one search")
    if len({each.id for each in answer}) != len(answer):
        raise PluginFault(plugin, "provided two resources with one id")
    return [each._replace(directory=plugin) for each in answer]


def _is_resource(thing: object) -> bool:
    if type(thing) is not Resource:
        return False
    lists = (thing.needs, thing.services, thing.places)
    if not all(type(some) is tuple and all(type(word) is str for word in some) for some in lists):
        return False
    words = (word for some in lists for word in some)
    return bool(thing.id) and _are_texts(thing.id, thing.name, thing.reach, thing.directory, *words)


def new_kinds(answers: Iterator[tuple[str, Any]]) -> NewKinds:
    """All plugins' classes together; no kind and no word is taken that another has."""
    kinds = {cls.kind: "casecore" for cls in ENTRY_CLASSES}
    words = dict.fromkeys(RULES, "casecore")
    together = NewKinds()
    for plugin, answer in answers:
        if type(answer) is not NewKinds:
            raise PluginFault(plugin, "contributed kinds that are not a NewKinds")
        own_kinds = {cls.kind for cls in _classes(plugin, answer.entries, Entry, "kind", kinds)}
        list(_classes(plugin, answer.rules, Rule, "asks", words))
        if not isinstance(answer.upcasts, Mapping) or not all(
            isinstance(key, tuple) and len(key) == 2 and key[0] in own_kinds and callable(upcast)
            for key, upcast in answer.upcasts.items()
        ):
            raise PluginFault(plugin, "contributed upcasts that are not functions by a kind of its own and a form")
        together = NewKinds(
            (*together.entries, *answer.entries),
            (*together.rules, *answer.rules),
            {**together.upcasts, **answer.upcasts},
        )
    return together


def _classes(plugin: str, classes: object, of: type[T], word: str, taken: dict[str, str]) -> Iterator[type[T]]:
    if not _is_list(classes):
        raise PluginFault(plugin, f"contributed {of.__name__} classes that are not a tuple")
    for cls in classes:
        if not isinstance(cls, type) or not issubclass(cls, of) or not hasattr(cls, "__attrs_attrs__"):
            raise PluginFault(plugin, f"contributed something else than an attrs class of {of.__name__}")
        name = getattr(cls, word)
        if not name or (isinstance(cls, type) and issubclass(cls, Entry) and not cls.dated):
            raise PluginFault(plugin, f"contributed {cls.__name__}, which does not name its {word} or its day")
        if name in taken:
            raise PluginFault(plugin, f"contributed {cls.__name__}, whose {word} {name!r} is {taken[name]}'s")
        taken[name] = plugin
        yield cls
