"""
What plugins are asked. A plugin is a module, or an object, with functions of these names marked by `hookimpl`.

A question is added here only together with a plugin in ``plugins/`` that answers it. The questions themselves are
described, one by one, in ``docs/reference/hooks.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

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
