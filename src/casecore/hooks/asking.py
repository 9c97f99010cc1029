"""
What plugins are asked. A plugin is a module, or an object, with functions of these names marked by `hookimpl`.

A question is added here only together with a plugin in ``plugins/`` or ``examples/`` that answers it. The questions
themselves are described, one by one, in ``docs/reference/hooks.md``.

The verb says what a failure does. ``provide`` and ``contribute`` are questions: an error ends the asking. ``on`` is
news: an error is reported and disturbs nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from casecore.record import Line, Review
from casecore.terms import Entry, Verdict

from .exchanged import Arrival, CaseAsked, NewKinds, Resource, ResourceSearch, Untaken
from .storing import Store

API = 1
"""The version of the questions below. It moves when an existing plugin could no longer answer rightly."""

PROJECT = "casecore"
"""The name the marks carry; also the first half of the entry point group."""

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


def hookimpl(function: AnyFunction) -> AnyFunction:
    """
    Mark a plugin's function as the answer to the question of the same name.

    It takes the arguments it needs of those the question has, by name. There are no options: the order in which the
    host names the plugins is the order in which they are asked.
    """
    import pluggy  # loaded at the first use: a host without plugins never pays for it

    marked: AnyFunction = pluggy.HookimplMarker(PROJECT)(function)
    return marked


def hookspec(function: AnyFunction) -> AnyFunction:
    """Mark a function as a question that plugins may answer."""
    import pluggy  # as above

    marked: AnyFunction = pluggy.HookspecMarker(PROJECT)(function)
    return marked


class Questions:
    """Every question, by the name of the function that answers it."""

    @staticmethod
    def casecore_provide_store(url: str) -> Store | None:
        """
        The store that *url* names, opened; nothing where the plugin does not know that kind of address.

        Asked of one plugin after the other until one answers. Fails closed: an error ends the asking.

        Raises:
            NotReadable: The address is of this plugin's kind, and wrong.
            StoreUnavailable: The store cannot be opened.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_provide_rulebooks() -> Mapping[str, str]:
        """
        The rulebooks this plugin brings: the TOML text of each under ``name@version``, or under its bare ``name``.

        The bare name is for a plugin that brings one version only. No two plugins may bring the same key.
        Asked of every plugin, once, when the host asks for rulebooks. Fails closed.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_provide_posts() -> Mapping[str, str]:
        """
        The posts this plugin brings: the TOML text of each under its ``name``.

        No two plugins may bring the same name. Asked of every plugin, once, when the host asks for posts. Fails closed.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_provide_instruments() -> Mapping[str, str]:
        """
        The assessment instruments this plugin brings: the TOML text of each under its ``id@version``.

        No two plugins may bring the same key. Asked of every plugin when a desk opens. Fails closed.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_provide_closed_days() -> Collection[date]:
        """
        The days on which the agency is closed, as far as this plugin knows its calendar.

        Asked of every plugin when a desk opens; the days of all are closed, with those that the host names
        itself. Fails closed.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_provide_resources(search: ResourceSearch) -> Sequence[Resource]:
        """
        The resources of this plugin's directory that answer a search, the best first.

        Asked of every plugin, at every search. Fails closed: a list that silently lacks a directory would be taken
        for all there is.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_provide_arrivals() -> Sequence[Arrival | Untaken]:
        """
        All that another system tells now, and all of it that cannot be taken.

        Asked of every plugin, at every `Agency.take_in`. What was told before may be told again: the desk takes each
        telling once. Keeps the promises of ``docs/reference/contracts/connectors.md``. Fails closed: nothing is taken.

        Raises:
            StoreUnavailable: The other system cannot be reached.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_contribute_kinds() -> NewKinds:
        """
        The plugin's own classes of entries and of rules.

        Asked of every plugin when a desk opens. A kind or a word of casecore, or of another plugin, cannot be
        taken. Fails closed.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_contribute_reviews() -> Mapping[str, Review]:
        """
        The plugin's own reviews of a case, each under ``name@version``; the version moves whenever its answers may.

        Asked of every plugin when a desk opens; each review then at every checklist, after casecore's own. It
        keeps the law of reviews (see ``docs/reference/hooks.md``), for the due index relies on it. Fails closed.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_contribute_may_read(by: str, cases: Sequence[CaseAsked]) -> Sequence[Verdict]:
        """
        May *by* see the records of these cases? One verdict a case, in the order of *cases*.

        Asked of every plugin, at every reading, checklist and worklist, once for all cases of a list. All must say
        yes; anything else is a no. Fails closed.

        Raises:
            StoreUnavailable: What the policy must look up cannot be reached.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_contribute_may_write(by: str, case: CaseAsked, entry: Entry) -> Verdict:
        """
        May *by* write this entry in this case, and see its record?

        Asked of every plugin, at every writing, before the record's own rules. All must say yes; anything else is a
        no. Fails closed.

        Raises:
            StoreUnavailable: What the policy must look up cannot be reached.
        """
        raise NotImplementedError  # a question: plugins answer it, nobody calls it here

    @staticmethod
    def casecore_on_written(lines: Sequence[Line]) -> None:
        """
        These lines were written together, and the store has them.

        Told to every plugin after each writing, at most once; not for a retry that wrote nothing, nor for cases that
        are adopted. Isolated: an error is reported, and what was written stays written.
        """
        raise NotImplementedError  # news: plugins hear it, nobody calls it here
