"""
Calling plugins, by one of two policies.

*Asked* plugins fail closed: an error ends the asking as a `PluginFault`. *Told* plugins are isolated: an error is
reported, the others still hear, and a plugin that fails too often running is told nothing more until the host lifts
that. Neither lets a plugin end the host: only the keyboard's interrupt passes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, NamedTuple

from casecore.terms import CasecoreError, PluginFault

QUARANTINE_AFTER = 3
"""How often running a plugin may fail to hear before it is told nothing more, where the host says nothing else."""


class Fault(NamedTuple):
    """
    A plugin failed where failing is not allowed to disturb the host.

    Attributes:
        error: The kind of error; never its message, which may quote a client's data.
        where: The file and line at which it was raised.
        running: How many times running this plugin has failed.
        quarantined: Whether it is told nothing more from now on.
    """

    plugin: str
    question: str
    error: str
    where: str
    running: int
    quarantined: bool

    def __str__(self) -> str:
        after = "; it is told nothing more" if self.quarantined else ""
        return f"plugin {self.plugin}: failed in {self.question}: {self.error} at {self.where}{after}"


class Answerer(NamedTuple):
    """One plugin's function, taking all of a question's arguments in order."""

    plugin: str
    call: Callable[..., Any]


class Answers:
    """
    The functions of a desk's plugins by question, and who of them failed how often.

    Args:
        on_fault: Is handed each `Fault`; without it, the log ``casecore.hooks`` is.
        quarantine_after: After how many faults running a plugin is told nothing more.
    """

    def __init__(
        self,
        by_question: Mapping[str, tuple[Answerer, ...]],
        *,
        on_fault: Callable[[Fault], None] | None = None,
        quarantine_after: int = QUARANTINE_AFTER,
    ) -> None:
        self._by_question = by_question
        self._on_fault = on_fault
        self._quarantine_after = quarantine_after
        self._running: dict[str, Fault] = {}

    def to(self, question: str) -> tuple[Answerer, ...]:
        """Who answers *question*, in the host's order."""
        return self._by_question.get(question, ())

    def ask(
        self, question: str, *said: object, passing: type[CasecoreError] | None = None
    ) -> Iterator[tuple[str, Any]]:
        """
        Each plugin's name and answer.

        Args:
            passing: Errors of this class are the plugin's rightful answer, and pass as they are.

        Raises:
            PluginFault: A plugin failed.
        """
        for plugin, call in self._by_question.get(question, ()):
            yield plugin, asked(plugin, question, call, *said, passing=passing)

    def tell(self, question: str, *said: object) -> None:
        """Tell every plugin that listens and is not in quarantine; nothing that it does is an error here."""
        for plugin, call in self._by_question.get(question, ()):
            if self._running and plugin in self._running and self._running[plugin].quarantined:
                continue
            try:
                call(*said)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                self._failed(plugin, question, error)
            else:
                if self._running:
                    self._running.pop(plugin, None)

    def quarantine(self, plugin: str) -> Fault | None:
        """The fault for which a plugin is in quarantine; nothing where it is not."""
        last = self._running.get(plugin)
        return last if last is not None and last.quarantined else None

    def lift(self, plugin: str) -> None:
        """Forget what a plugin did wrong: it is told again."""
        self._running.pop(plugin, None)

    def _failed(self, plugin: str, question: str, error: BaseException) -> None:
        before = self._running.get(plugin)
        running = before.running + 1 if before else 1
        fault = Fault(plugin, question, type(error).__name__, _where(error), running, running >= self._quarantine_after)
        self._running[plugin] = fault
        if self._on_fault is None:
            logging.getLogger("casecore.hooks").warning("%s", fault)
            return
        try:
            self._on_fault(fault)
        except Exception as own:  # the host's own function; what was written is written all the same
            logging.getLogger("casecore.hooks").warning("%s; on_fault failed too: %s", fault, type(own).__name__)


def asked(
    plugin: str,
    question: str,
    call: Callable[..., Any],
    *said: object,
    passing: type[CasecoreError] | None = None,
) -> Any:
    """
    What one plugin answers.

    Raises:
        PluginFault: It failed, in whatever way.
    """
    try:
        return call(*said)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        if passing is not None and isinstance(error, passing):
            raise
        fault = PluginFault(plugin, f"failed in {question}: {type(error).__name__} at {_where(error)}")
    # raised outside the handler: a driver's own message may quote the address, password and all
    raise fault


def _where(error: BaseException) -> str:
    """The file's name and the line; no folders, which would tell of the host's machine."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else "?"
