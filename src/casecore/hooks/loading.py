"""
From what a host names to the plugins its desk asks.

pluggy registers, and checks that a plugin's functions fit the questions; the asking is done from a snapshot taken here,
since pluggy cannot say which plugin failed, and calls at several times the cost of a call.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from casecore.terms import NotKnown, PluginFault

from .answers import QUARANTINE_AFTER, Answerer, Answers, Fault
from .asking import PROJECT, Questions, hookspec
from .cards import PluginCard, PluginState, PluginStatus
from .finding import Announcement, announced
from .plugins import Plugins

GUARDING = ("casecore_provide_store", "casecore_contribute_may_read", "casecore_contribute_may_write")
"""The questions without whose answer no desk may open: who answers one of them can never be left out."""


class _Unfit(Exception):
    """Why a plugin that was named is not loaded, and the error for a host that cannot do without it."""

    def __init__(self, status: PluginStatus, error: Exception) -> None:
        self.status, self.error = status, error
        super().__init__(status.reason)


def load_plugins(
    named: Sequence[str | object],
    *,
    can_do_without: Collection[str] = (),
    blocked: Collection[str] = (),
    on_fault: Callable[[Fault], None] | None = None,
    quarantine_after: int = QUARANTINE_AFTER,
) -> Plugins:
    """
    Load the plugins that a host names, in its order.

    Args:
        named: Names under which installed distributions announce plugins (entry point group ``casecore.plugins``),
            or the plugins themselves: modules or objects. Plugins that are installed and not named are not imported.
        can_do_without: Names of those that are left out where they cannot be loaded; `Plugins.states` tells why. A
            plugin that keeps records or says who may see them cannot be among them.
        blocked: Names of plugins that must not be loaded, whoever names them.
        on_fault: Is handed each fault of a plugin that is told something; without it the log ``casecore.hooks`` is.
        quarantine_after: How many faults running put a plugin into quarantine.

    Raises:
        NotKnown: A name that no installed distribution announces.
        PluginFault: A plugin is blocked, cannot be imported, is named twice, was written for another version of the
            hooks, or answers a question that does not exist; or a host says it can do without one that guards records.
    """
    if not named:
        return Plugins((), Answers({}))
    import pluggy  # loaded at the first use

    desk = pluggy.PluginManager(PROJECT)
    desk.add_hookspecs(_marked_questions())
    installed = announced() if any(isinstance(each, str) for each in named) else {}
    statuses: list[PluginStatus] = []
    for each in named:
        name = each if isinstance(each, str) else _name_of(each)
        if any(name == status.name for status in statuses) or (name != each and desk.is_registered(each)):
            raise PluginFault(name, "is named twice")
        try:
            status = _loaded(desk, name, each, installed, blocked)
        except _Unfit as unfit:
            if name not in can_do_without:
                raise unfit.error from unfit.error.__cause__
            status = unfit.status
        else:
            if name in can_do_without and (guards := _guarding(desk.get_plugin(name))):
                raise PluginFault(name, f"answers {guards}: no desk can do without it")
        statuses.append(status)
    names = [status.name for status in statuses if status.state is PluginState.OK]
    by_question = {question: _snapshot(desk, question, names) for question in _questions()}
    return Plugins(statuses, Answers(by_question, on_fault=on_fault, quarantine_after=quarantine_after))


def _loaded(
    desk: Any, name: str, each: str | object, installed: dict[str, Announcement], blocked: Collection[str]
) -> PluginStatus:
    """Find, examine and register one plugin."""
    card = PluginCard(name)
    if isinstance(each, str):
        if name not in installed:
            names = ", ".join(sorted(installed)) or "none"
            reason = f"no installed plugin is called {name!r}; installed are: {names}"
            raise _Unfit(PluginStatus(card, PluginState.BROKEN, reason), NotKnown(reason))
        card = installed[name].card
    if name in blocked:
        raise _unfit(card, PluginState.BLOCKED, PluginFault(name, "is blocked by the host"))
    if card.misfit:
        raise _unfit(card, PluginState.INCOMPATIBLE, PluginFault(name, card.misfit))
    try:
        plugin = installed[name].load() if isinstance(each, str) else each
        card = card._replace(version=card.version or _text(plugin, "__version__"), api=_spoken_api(name, plugin, card))
        if card.misfit:
            raise _unfit(card, PluginState.INCOMPATIBLE, PluginFault(name, card.misfit))
        _check_marks(name, plugin)
        _register(desk, name, plugin)
    except (KeyboardInterrupt, _Unfit):
        raise
    except PluginFault as fault:
        raise _unfit(card, PluginState.BROKEN, fault) from fault
    except BaseException as error:  # merely to look at a plugin's attributes may run its code
        raise _unfit(card, PluginState.BROKEN, PluginFault(name, f"cannot be loaded: {type(error).__name__}")) from None
    return PluginStatus(card, PluginState.OK, "is loaded")


def _unfit(card: PluginCard, state: PluginState, fault: PluginFault) -> _Unfit:
    return _Unfit(PluginStatus(card, state, str(fault.args[1])), fault)


def _register(desk: Any, name: str, plugin: object) -> None:
    import pluggy  # as above

    problem = ""
    try:
        desk.register(plugin, name=name)
        desk.check_pending()
    except pluggy.PluginValidationError:
        problem = "answers a question that is not asked, or asks for arguments it lacks"
    else:
        wrapped = [call.hook_name for call in _calls_of(desk, name) if call.wraps]
        problem = f"wraps {wrapped[0]}; a plugin answers, it does not wrap" if wrapped else ""
    if problem:
        if desk.has_plugin(name):
            desk.unregister(name=name)
        raise PluginFault(name, problem)


class _Call:
    """One of a plugin's functions, as pluggy has it."""

    def __init__(self, hook_name: str, found: Any) -> None:
        self.hook_name, self.found = hook_name, found
        self.wraps = bool(found.hookwrapper or found.wrapper)


def _calls_of(desk: Any, name: str) -> list[_Call]:
    return [
        _Call(question, found)
        for question in _questions()
        for found in getattr(desk.hook, question).get_hookimpls()
        if found.plugin_name == name
    ]


def _snapshot(desk: Any, question: str, names: Sequence[str]) -> tuple[Answerer, ...]:
    """Who answers a question, in the order in which the host named them, each ready to be called with all it says."""
    hook = getattr(desk.hook, question)
    said = tuple(hook.spec.argnames)
    found = {each.plugin_name: _taking_all(each.function, said, tuple(each.argnames)) for each in hook.get_hookimpls()}
    return tuple(Answerer(name, found[name]) for name in names if name in found)


def _taking_all(function: Callable[..., Any], said: tuple[str, ...], wants: tuple[str, ...]) -> Callable[..., Any]:
    if wants == said:
        return function  # called as it is: this is the quick way
    places = tuple(said.index(name) for name in wants)
    return lambda *all_of_it: function(*(all_of_it[place] for place in places))


def _questions() -> tuple[str, ...]:
    return tuple(name for name in vars(Questions) if name.startswith(f"{PROJECT}_"))


def _marked_questions() -> type:
    """The questions with pluggy's mark. Marked here and not where they stand, so that reading them needs no pluggy."""
    return type("MarkedQuestions", (), {name: staticmethod(hookspec(_bare(name))) for name in _questions()})


def _bare(name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(Questions, name)
    return function


def _guarding(plugin: object) -> str:
    return next((question for question in GUARDING if hasattr(plugin, question)), "")


def _name_of(plugin: object) -> str:
    return _text(plugin, "__name__") or f"{type(plugin).__module__}.{type(plugin).__qualname__}"


def _text(plugin: object, name: str) -> str:
    found = getattr(plugin, name, "")
    return found if isinstance(found, str) else ""


def _spoken_api(name: str, plugin: object, card: PluginCard) -> tuple[int, int]:
    """A plugin may say ``casecore_api = (first, last)``; where it says nothing, what its card says holds."""
    spoken = getattr(plugin, "casecore_api", card.api)
    if not (isinstance(spoken, tuple) and len(spoken) == 2 and all(type(end) is int for end in spoken)):
        raise PluginFault(name, "must say casecore_api = (first, last) with two whole numbers")
    return spoken[0], spoken[1]


def _half(plugin: object, one: str, other: str) -> bool:
    return hasattr(plugin, one) != hasattr(plugin, other)


def _check_marks(name: str, plugin: object) -> None:
    """A function with a question's name and no mark would never be asked, and nobody would notice."""
    answers = [function for question in _questions() if (function := getattr(plugin, question, None)) is not None]
    if any(not hasattr(function, f"{PROJECT}_impl") for function in answers):
        raise PluginFault(name, "has a function with a question's name that is not marked with hookimpl")
    if _half(plugin, "casecore_contribute_may_read", "casecore_contribute_may_write"):
        raise PluginFault(name, "says who may read or who may write; an access policy says both")
    if not answers and not any(hasattr(getattr(plugin, each, None), f"{PROJECT}_impl") for each in dir(plugin)):
        raise PluginFault(name, "answers no question; is it a plugin?")
