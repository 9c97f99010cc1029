"""What a desk judges and reads by, with all that its plugins bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import attrs

from casecore.assessments import BUILT_IN, Instrument, built_in, read_instrument
from casecore.hooks import Plugins, load_plugins
from casecore.interchange import Kinds
from casecore.record import Review
from casecore.terms import NotReadable, Problem, WorkingDays


class Brought(NamedTuple):
    """
    The host's own and what plugins bring, together.

    Attributes:
        kinds: All classes of entries.
        added_kinds: Those of plugins, as ``kind/form``: the due index notices a change.
        working_days: The host's, without the days that plugins' calendars have as closed.
        reviews: Those of plugins.
        instruments: Those of plugins, by ``id@version``.
    """

    kinds: Kinds
    added_kinds: tuple[str, ...]
    working_days: WorkingDays
    reviews: Mapping[str, Review]
    instruments: Mapping[str, Instrument]


def brought_by(plugins: Plugins, kinds: Kinds | None, working_days: WorkingDays | None) -> Brought:
    """
    Ask plugins, once, for all that a desk needs before it opens.

    Raises:
        NotReadable: An instrument cannot be read, or a plugin's kind is one of the host's.
        PluginFault: A plugin failed, or answered with something else.
    """
    open_days, closed, added = working_days or WorkingDays(), plugins.closed_days(), plugins.kinds()
    kinds = kinds or Kinds()
    return Brought(
        kinds.with_added(added.entries, added.upcasts) if added.entries else kinds,
        tuple(f"{cls.kind}/{cls.version}" for cls in added.entries),
        attrs.evolve(open_days, closed=open_days.closed | closed) if closed else open_days,
        plugins.reviews(),
        _read_instruments(plugins.instruments()),
    )


def instruments_of(plugins: Sequence[str | object]) -> Mapping[str, Instrument]:
    """
    The instruments that come with the library and those that the plugins named bring, by ``id@version``.

    Args:
        plugins: Names of installed plugins, or modules and objects, as for `Agency.open`.

    Raises:
        NotKnown: No installed distribution announces a plugin of that name.
        NotReadable: An instrument cannot be read, calls itself by another key, or by one of the library's.
        PluginFault: A plugin cannot be loaded, fails, or brings a key that another brings too.
    """
    return with_built_in(_read_instruments(load_plugins(plugins).instruments()))


def with_built_in(brought: Mapping[str, Instrument]) -> Mapping[str, Instrument]:
    """The library's instruments, and those that plugins bring."""
    return {instrument.key: instrument for instrument in map(built_in, BUILT_IN)} | dict(brought)


def _read_instruments(brought: Mapping[str, str]) -> Mapping[str, Instrument]:
    found: dict[str, Instrument] = {}
    for key, text in brought.items():
        instrument = read_instrument(text)
        if instrument.key != key:
            raise NotReadable([Problem("id", f"must be that of {key}, under which a plugin brings it")], what=key)
        if instrument.id in BUILT_IN:
            raise NotReadable(
                [Problem("id", "must not be that of an instrument that comes with the library")], what=key
            )
        found[key] = instrument
    return found
