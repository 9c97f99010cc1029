"""
The plugins of one desk, loaded and asked.

pluggy registers and checks that a plugin's answers fit the questions. The asking is done here, from a snapshot taken
when the plugins are loaded: pluggy cannot say which plugin failed. Storage, rulebooks and posts fail closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from casecore.terms import CasecoreError, NotKnown, PluginFault

from .asking import API, PROJECT, Questions, hookspec
from .finding import find_plugin
from .storing import Store


class Answerer(NamedTuple):
    """One plugin's function, and the arguments it wants."""

    plugin: str
    function: Callable[..., Any]
    wants: tuple[str, ...]


class Plugins:
    """
    The plugins one desk asks, in the order in which the host named them. Two desks share nothing.

    Attributes:
        names: What the plugins are called in messages.
    """

    def __init__(self, names: tuple[str, ...], answers: Mapping[str, tuple[Answerer, ...]]) -> None:
        self.names = names
        self._answers = answers

    def store(self, url: str) -> Store:
        """
        The store that *url* names, from the first plugin that knows that kind of address.

        Raises:
            NotKnown: No plugin knows it.
            NotReadable: A plugin knows it and cannot read it.
            StoreUnavailable: It cannot be opened.
            PluginFault: A plugin failed, or answered with something that is not a store.
        """
        for plugin, answer in self._ask("casecore_provide_store", url=url):
            if answer is None:
                continue
            if not isinstance(answer, Store):
                raise PluginFault(plugin, "provided a store that lacks some of what a store does")
            return answer
        # only the scheme: the rest of an address may hold a password
        scheme = url.partition(":")[0] if ":" in url and url.partition(":")[0].isidentifier() else "?"
        asked = ", ".join(self.names) or "none"
        raise NotKnown(f"no plugin knows stores of the kind {scheme}:...; plugins asked: {asked}")

    def rulebooks(self) -> Mapping[str, str]:
        """
        The rulebooks that plugins bring, as TOML text by key (``name@version`` or ``name``), in the host's order.

        Raises:
            PluginFault: A plugin failed, answered with something else, or brings a key that another brings too.
        """
        brought: dict[str, str] = {}
        for plugin, key, text in self._texts("casecore_provide_rulebooks", "rulebook"):
            name, at, version = key.partition("@")
            if not name or bool(at) != bool(version) or "@" in version:
                raise PluginFault(plugin, "provided a rulebook under a key that is neither name nor name@version")
            brought[key] = text
        return brought

    def posts(self) -> Mapping[str, str]:
        """
        The posts that plugins bring, as TOML text by name, in the host's order.

        Raises:
            PluginFault: A plugin failed, answered with something else, or brings a name that another brings too.
        """
        brought: dict[str, str] = {}
        for plugin, name, text in self._texts("casecore_provide_posts", "post"):
            if not name:
                raise PluginFault(plugin, "provided a post without a name")
            brought[name] = text
        return brought

    def _texts(self, question: str, what: str) -> Iterator[tuple[str, str, str]]:
        """Each plugin, key and text of an answer that must be a mapping of text, no key twice."""
        by: dict[str, str] = {}
        for plugin, answer in self._ask(question):
            if not isinstance(answer, Mapping):
                raise PluginFault(plugin, f"provided {what}s that are not a mapping of text")
            for key, text in answer.items():
                if not isinstance(key, str) or not isinstance(text, str):
                    raise PluginFault(plugin, f"provided {what}s that are not a mapping of text")
                if key in by:
                    raise PluginFault(plugin, f"provides the {what} {key!r}, which {by[key]} provides too")
                by[key] = plugin
                yield plugin, key, text

    def _ask(self, question: str, **said: object) -> Iterator[tuple[str, object]]:
        for plugin, function, wants in self._answers[question]:
            fault: Exception | None = None
            try:
                answer = function(*(said[name] for name in wants))
            except CasecoreError:
                raise
            except Exception as error:
                fault = error
            if fault is not None:
                # raised outside the handler: a driver's own message may quote the address, password and all
                raise PluginFault(plugin, f"failed in {question}: {type(fault).__name__}")
            yield plugin, answer


def load_plugins(named: Sequence[str | object]) -> Plugins:
    """
    Load the plugins that a host names, in its order.

    Args:
        named: Names under which installed distributions announce plugins (entry point group ``casecore.plugins``),
            or the plugins themselves: modules or objects. Plugins that are installed and not named are not imported.

    Raises:
        NotKnown: A name that no installed distribution announces.
        PluginFault: A plugin cannot be imported, is named twice, was written for another version of the hooks, or
            answers a question that does not exist.
    """
    import pluggy  # loaded at the first use

    desk = pluggy.PluginManager(PROJECT)
    desk.add_hookspecs(_marked_questions())
    names: list[str] = []
    for each in named:
        name, plugin = (each, find_plugin(each)) if isinstance(each, str) else (_name_of(each), each)
        _check_version(name, plugin)
        _check_marks(name, plugin)
        if name in names or desk.is_registered(plugin):
            raise PluginFault(name, "is named twice")
        try:
            desk.register(plugin, name=name)
            desk.check_pending()
        except pluggy.PluginValidationError as error:
            raise PluginFault(name, "answers a question that is not asked, or asks for arguments it lacks") from error
        names.append(name)
    return Plugins(tuple(names), {question: _snapshot(desk, question, names) for question in _questions()})


def _questions() -> tuple[str, ...]:
    return tuple(name for name in vars(Questions) if name.startswith(f"{PROJECT}_"))


def _marked_questions() -> type:
    """The questions with pluggy's mark. Marked here and not where they stand, so that reading them needs no pluggy."""
    return type("MarkedQuestions", (), {name: staticmethod(hookspec(_bare(name))) for name in _questions()})


def _bare(name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(Questions, name)
    return function


def _snapshot(desk: Any, question: str, names: Sequence[str]) -> tuple[Answerer, ...]:
    found: dict[str, Answerer] = {}
    for answer in getattr(desk.hook, question).get_hookimpls():
        if answer.hookwrapper or answer.wrapper:
            raise PluginFault(answer.plugin_name, f"wraps {question}; a plugin answers, it does not wrap")
        found[answer.plugin_name] = Answerer(answer.plugin_name, answer.function, tuple(answer.argnames))
    return tuple(found[name] for name in names if name in found)


def _name_of(plugin: object) -> str:
    name = getattr(plugin, "__name__", None)
    return name if isinstance(name, str) else f"{type(plugin).__module__}.{type(plugin).__qualname__}"


def _check_version(name: str, plugin: object) -> None:
    """A plugin says ``casecore_api = (first, last)``; one that says nothing is taken to be written for version 1."""
    spoken = getattr(plugin, "casecore_api", (1, 1))
    if not (isinstance(spoken, tuple) and len(spoken) == 2 and all(type(end) is int for end in spoken)):
        raise PluginFault(name, "must say casecore_api = (first, last) with two whole numbers")
    first, last = spoken
    if not first <= API <= last:
        raise PluginFault(name, f"is written for versions {first} to {last} of the hooks; this is version {API}")


def _check_marks(name: str, plugin: object) -> None:
    """A function with a question's name and no mark would never be asked, and nobody would notice."""
    answers = [function for question in _questions() if (function := getattr(plugin, question, None)) is not None]
    if any(not hasattr(function, f"{PROJECT}_impl") for function in answers):
        raise PluginFault(name, "has a function with a question's name that is not marked with hookimpl")
    if not answers and not any(hasattr(getattr(plugin, each, None), f"{PROJECT}_impl") for each in dir(plugin)):
        raise PluginFault(name, "answers no question; is it a plugin?")
