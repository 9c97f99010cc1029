"""The plugins of one desk: what they bring, what they are asked and told, and the state each is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from casecore.record import Line, Review
from casecore.terms import CasecoreError, Entry, NotKnown, PluginFault, StoreUnavailable, Verdict, all_of

from .answers import Answers, asked
from .cards import PluginState, PluginStatus
from .checked import arrivals, closed_days, guarded, is_versioned, keyed, new_kinds, resources, texts, verdicts
from .exchanged import Arrival, CaseAsked, NewKinds, Resource, ResourceSearch, Untaken
from .finding import announced
from .storing import Store


class Plugins:
    """
    The plugins one desk asks, in the order in which the host named them. Two desks share nothing.

    Attributes:
        names: What the plugins that are loaded are called in messages.
        has_access_policy: Whether any of them says who may read and write.
        has_listeners: Whether any of them hears of what is written.
    """

    def __init__(self, statuses: Sequence[PluginStatus], answers: Answers) -> None:
        self.names = tuple(status.name for status in statuses if status.state is PluginState.OK)
        self.has_access_policy = bool(answers.to("casecore_contribute_may_read"))
        self.has_listeners = bool(answers.to("casecore_on_written"))
        self._statuses = tuple(statuses)
        self._answers = answers

    def states(self) -> tuple[PluginStatus, ...]:
        """The state of every plugin, with the reason: those named, in order, then the others that are installed."""
        others = sorted(set(found := announced()) - {status.name for status in self._statuses})
        return (
            *map(self._now, self._statuses),
            *(
                PluginStatus(found[name].card, PluginState.DISABLED, "is installed, and the host does not name it")
                for name in others
            ),
        )

    def lift(self, plugin: str) -> None:
        """
        Let a plugin out of quarantine: it is told again.

        Raises:
            NotKnown: No plugin of that name is loaded.
        """
        if plugin not in self.names:
            raise NotKnown(f"no plugin {plugin!r} is loaded; loaded are: {', '.join(self.names) or 'none'}")
        self._answers.lift(plugin)

    def store(self, url: str) -> Store:
        """
        The store that *url* names, from the first plugin that knows that kind of address.

        Raises:
            NotKnown: No plugin knows it.
            NotReadable: A plugin knows it and cannot read it.
            StoreUnavailable: It cannot be opened.
            PluginFault: A plugin failed, or answered with something that is not a store.
        """
        for plugin, answer in self._answers.ask("casecore_provide_store", url, passing=CasecoreError):
            if answer is None:
                continue
            if not asked(plugin, "casecore_provide_store", isinstance, answer, Store):
                raise PluginFault(plugin, "provided a store that lacks some of what a store does")
            store: Store = answer
            return store
        # only the scheme: the rest of an address may hold a password
        scheme = url.partition(":")[0] if ":" in url and url.partition(":")[0].isidentifier() else "?"
        names = ", ".join(self.names) or "none"
        raise NotKnown(f"no plugin knows stores of the kind {scheme}:...; plugins asked: {names}")

    def rulebooks(self) -> Mapping[str, str]:
        """
        The rulebooks that plugins bring, as TOML text by key (``name@version`` or ``name``), in the host's order.

        Raises:
            PluginFault: A plugin failed, answered with something else, or brings a key that another brings too.
        """
        brought: dict[str, str] = {}
        for plugin, key, text in texts(self._answers.ask("casecore_provide_rulebooks"), "rulebook"):
            if not is_versioned(key) and ("@" in key or not key):
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
        for plugin, name, text in texts(self._answers.ask("casecore_provide_posts"), "post"):
            if not name:
                raise PluginFault(plugin, "provided a post without a name")
            brought[name] = text
        return brought

    def instruments(self) -> Mapping[str, str]:
        """
        The assessment instruments that plugins bring, as TOML text by ``id@version``, in the host's order.

        Raises:
            PluginFault: As for `rulebooks`.
        """
        brought: dict[str, str] = {}
        for plugin, key, text in texts(self._answers.ask("casecore_provide_instruments"), "instrument"):
            if not is_versioned(key):
                raise PluginFault(plugin, "provided an instrument under a key that is not id@version")
            brought[key] = text
        return brought

    def closed_days(self) -> frozenset[date]:
        """
        All days that any plugin's calendar has as closed.

        Raises:
            PluginFault: A plugin failed, or answered with something else than days.
        """
        answers = self._answers.ask("casecore_provide_closed_days")
        return frozenset(day for plugin, answer in answers for day in closed_days(plugin, answer))

    def arrivals(self) -> list[Arrival | Untaken]:
        """
        All that the connectors of plugins tell now, in the host's order.

        Raises:
            PluginFault: A connector failed, or answered with something else.
            StoreUnavailable: Another system cannot be reached.
        """
        answers = self._answers.ask("casecore_provide_arrivals", passing=StoreUnavailable)
        return [arrival for plugin, answer in answers for arrival in arrivals(plugin, answer)]

    def kinds(self) -> NewKinds:
        """
        The classes of entries and rules that plugins add.

        Raises:
            PluginFault: A plugin failed, answered with something else, or takes a word that is another's.
        """
        return new_kinds(self._answers.ask("casecore_contribute_kinds"))

    def reviews(self) -> Mapping[str, Review]:
        """
        The reviews that plugins add, by ``name@version``, in the host's order; each names its plugin when it fails.

        Raises:
            PluginFault: A plugin failed, answered with something else, or brings a key that another brings too.
        """
        found: dict[str, Review] = {}
        answers = self._answers.ask("casecore_contribute_reviews")
        for plugin, key, review in keyed(answers, "review", callable, "functions"):
            if not is_versioned(key):
                raise PluginFault(plugin, "contributed a review under a key that is not name@version")
            found[key] = guarded(plugin, key, review)
        return found

    def resources(self, search: ResourceSearch) -> tuple[Resource, ...]:
        """
        What the directories of all plugins have for a search, in the host's order, each with its directory's name.

        Raises:
            PluginFault: A plugin failed, or answered with something else.
        """
        answers = self._answers.ask("casecore_provide_resources", search)
        return tuple(found for plugin, answer in answers for found in resources(plugin, answer))

    def may_read(self, by: str, cases: Sequence[CaseAsked]) -> list[Verdict]:
        """
        Whether *by* may see the records of *cases*: one verdict each, yes where every policy says so.

        Raises:
            PluginFault: A policy failed, or did not answer for every case.
            StoreUnavailable: A policy cannot look up what it must.
        """
        answers = self._answers.ask("casecore_contribute_may_read", by, tuple(cases), passing=StoreUnavailable)
        by_policy = [verdicts(plugin, answer, len(cases)) for plugin, answer in answers]
        if len(by_policy) == 1:
            return list(by_policy[0])
        return [
            _together("May this record be seen?", [said[place] for said in by_policy]) for place in range(len(cases))
        ]

    def may_write(self, by: str, case: CaseAsked, entry: Entry) -> Verdict:
        """
        Whether *by* may write *entry* in this case: yes where every policy says so.

        Raises:
            PluginFault: A policy failed, or answered with something else than a verdict.
            StoreUnavailable: A policy cannot look up what it must.
        """
        answers = self._answers.ask("casecore_contribute_may_write", by, case, entry, passing=StoreUnavailable)
        return _together("May this person write this?", [verdicts(plugin, (said,), 1)[0] for plugin, said in answers])

    def written(self, lines: Sequence[Line]) -> None:
        """Tell those who listen that these lines were written together. Never an error."""
        self._answers.tell("casecore_on_written", lines)

    def _now(self, status: PluginStatus) -> PluginStatus:
        fault: Any = self._answers.quarantine(status.name)
        if fault is None:
            return status
        reason = f"failed {fault.running} times running, last in {fault.question}: {fault.error} at {fault.where}"
        return status._replace(state=PluginState.BLOCKED, reason=f"{reason}; is told nothing until the host lifts that")


def _together(question: str, said: Sequence[Verdict]) -> Verdict:
    """Yes where all say so; several policies' reasons are laid side by side only where somebody is refused."""
    if said and (len(said) == 1 or all(verdict.is_yes for verdict in said)):
        return said[0]
    return all_of(question, said)
