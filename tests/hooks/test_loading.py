"""Which plugins are loaded, what is known of the others, and which a host can do without."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from casecore.hooks import GROUP, PluginCard, PluginState, PluginStatus, hookimpl, installed_plugins, load_plugins
from casecore.terms import NotKnown, PluginFault
from casecore.testing import MemoryStore


def books(name: str, **others: object) -> types.ModuleType:
    module = types.ModuleType(name)

    def casecore_provide_rulebooks() -> object:
        return {name: "x"}

    module.casecore_provide_rulebooks = hookimpl(casecore_provide_rulebooks)  # type: ignore[attr-defined]
    for other, value in others.items():
        setattr(module, other, value)
    return module


Announce = Callable[..., None]


@pytest.fixture
def announce(monkeypatch: pytest.MonkeyPatch) -> Announce:
    """Announce plugins: name and what it points to, by group."""

    def announce(**groups: tuple[str, str]) -> None:
        found = [
            metadata.EntryPoint(*point, GROUP if group == "v1" else f"{GROUP}.{group}")
            for group, point in groups.items()
        ]
        monkeypatch.setattr(metadata, "entry_points", lambda: metadata.EntryPoints(found))

    return announce


class TestTheCard:
    """Name, version and range of a plugin are known before it is imported."""

    def test_they_are_in_the_metadata_of_its_distribution(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        info = tmp_path / "house_rules-2.5.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-rules\nVersion: 2.5\n")
        (info / "entry_points.txt").write_text(
            f"[{GROUP}]\nown = explodes_when_imported\n[{GROUP}.v2]\nown = explodes_when_imported.second\n"
        )
        (tmp_path / "explodes_when_imported.py").write_text("raise SystemExit('imported')")
        monkeypatch.syspath_prepend(str(tmp_path))
        assert "own" in installed_plugins()
        own = next(status for status in load_plugins([]).states() if status.name == "own")
        assert own == PluginStatus(
            PluginCard("own", "house-rules", "2.5", (1, 2)),
            PluginState.DISABLED,
            "is installed, and the host does not name it",
        )
        assert "explodes_when_imported" not in sys.modules
        with pytest.raises(PluginFault, match="plugin own: cannot be imported: SystemExit"):
            load_plugins(["own"])

    def test_one_for_a_later_version_is_told_without_importing_it(self, announce: Announce) -> None:
        announce(v2=("late", "no_such_module_anywhere"))
        with pytest.raises(PluginFault, match="plugin late: is written for versions 2 to 2 of the hooks; this is ver"):
            load_plugins(["late"])

    def test_each_version_points_to_its_own(self, announce: Announce, monkeypatch: pytest.MonkeyPatch) -> None:
        announce(v1=("own", "made_for_version_1"), v2=("own", "no_such_module_anywhere"))
        monkeypatch.setitem(sys.modules, "made_for_version_1", books("made_for_version_1"))
        plugins = load_plugins(["own"])
        assert plugins.rulebooks() == {"made_for_version_1": "x"}
        assert plugins.states()[0].card.api == (1, 2)

    def test_a_gap_around_this_version(self, announce: Announce) -> None:
        announce(v0=("own", "a"), v2=("own", "b"))
        with pytest.raises(PluginFault, match="for older and for newer versions"):
            load_plugins(["own"])

    @pytest.mark.parametrize("group", ["v", "vx", "v1x", "v²", "other"])
    def test_other_groups_are_not_ours(self, announce: Announce, group: str) -> None:
        announce(**{group: ("own", "a")})
        assert installed_plugins() == ()

    def test_what_the_host_hands_over_speaks_for_itself(self) -> None:
        own = books("own", casecore_api=(1, 7), __version__="3")
        card = PluginCard("own", "", "3", (1, 7))
        assert load_plugins([own]).states()[0] == PluginStatus(card, PluginState.OK, "is loaded")


def _broken() -> types.ModuleType:
    return books("broken", casecore_provide_tea=hookimpl(lambda: None))


class Explodes:
    """Merely to look at it is too much."""

    __name__ = "explodes"

    @property
    def casecore_provide_store(self) -> object:
        raise SystemExit(7)


class TestDoingWithout:
    """What is named and cannot be loaded stops the desk, unless the host says that it can do without it."""

    @pytest.mark.parametrize(
        ("plugin", "name", "state", "reason"),
        [
            (books("late", casecore_api=(2, 2)), "late", PluginState.INCOMPATIBLE, "is written for versions 2 to 2"),
            (books("odd", casecore_api=2), "odd", PluginState.BROKEN, "must say casecore_api"),
            (types.ModuleType("empty"), "empty", PluginState.BROKEN, "answers no question"),
            (Explodes(), "explodes", PluginState.BROKEN, "cannot be loaded: SystemExit"),
            ("nowhere", "nowhere", PluginState.BROKEN, "no installed plugin is called 'nowhere'"),
            (books("denied"), "denied", PluginState.BLOCKED, "is blocked by the host"),
        ],
    )
    def test_each_way(self, plugin: Any, name: str, state: PluginState, reason: str) -> None:
        with pytest.raises((PluginFault, NotKnown), match=reason):
            load_plugins([books("a"), plugin, books("b")], blocked=["denied"])
        plugins = load_plugins([books("a"), plugin, books("b")], blocked=["denied"], can_do_without=[name, "c"])
        assert plugins.names == ("a", "b")
        assert list(plugins.rulebooks()) == ["a", "b"]
        ok, left_out, also_ok = plugins.states()[:3]
        assert (ok.state, also_ok.state) == (PluginState.OK, PluginState.OK)
        assert (left_out.name, left_out.state) == (name, state)
        assert left_out.reason.startswith(reason)

    def test_what_pluggy_refuses_is_left_out_whole(self) -> None:
        def casecore_provide_store(address: str) -> None: ...

        odd = books("odd", casecore_provide_store=hookimpl(casecore_provide_store))
        with pytest.raises(PluginFault, match="asks for arguments it lacks"):
            load_plugins([odd])
        with_tea = books("tea")

        def casecore_provide_tea() -> None: ...

        with_tea.casecore_provide_tea = hookimpl(casecore_provide_tea)  # type: ignore[attr-defined]
        plugins = load_plugins([with_tea, books("b")], can_do_without=["tea"])
        assert plugins.rulebooks() == {"b": "x"}
        assert plugins.states()[0].state is PluginState.BROKEN

    def test_blocked_plugins_are_not_even_imported(self, announce: Announce) -> None:
        announce(v1=("own", "no_such_module_anywhere"))
        plugins = load_plugins(["own"], blocked={"own"}, can_do_without={"own"})
        assert [(status.name, status.state) for status in plugins.states()] == [("own", PluginState.BLOCKED)]

    @pytest.mark.parametrize("guards", ["casecore_provide_store", "casecore_contribute_may_read"])
    def test_no_host_can_do_without_what_keeps_or_guards_records(self, guards: str) -> None:
        def casecore_provide_store() -> MemoryStore:
            return MemoryStore()

        def casecore_contribute_may_read() -> object: ...

        def casecore_contribute_may_write() -> object: ...

        own = books("own")
        if guards == "casecore_provide_store":
            own.casecore_provide_store = hookimpl(casecore_provide_store)  # type: ignore[attr-defined]
        else:
            own.casecore_contribute_may_read = hookimpl(casecore_contribute_may_read)  # type: ignore[attr-defined]
            own.casecore_contribute_may_write = hookimpl(casecore_contribute_may_write)  # type: ignore[attr-defined]
        assert load_plugins([own]).names == ("own",)
        with pytest.raises(PluginFault, match=f"plugin own: answers {guards}: no desk can do without it"):
            load_plugins([own], can_do_without=["own"])

    def test_twice_is_twice_also_where_one_is_left_out(self) -> None:
        with pytest.raises(PluginFault, match="plugin nowhere: is named twice"):
            load_plugins(["nowhere", "nowhere"], can_do_without=["nowhere"])
