from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pluggy
import pytest

from casecore import hooks
from casecore.hooks import GROUP, Questions, Store, hookimpl, installed_plugins, load_plugins
from casecore.terms import NotKnown, NotReadable, PluginFault, StoreUnavailable
from casecore.testing import MemoryStore


def plugin(name: str, *functions: Callable[..., Any], **others: object) -> types.ModuleType:
    """A plugin module made on the spot."""
    module = types.ModuleType(name)
    for function in functions:
        setattr(module, function.__name__, hookimpl(function))
    for other, value in others.items():
        setattr(module, other, value)
    return module


def stores(name: str, prefix: str, answer: object = None) -> types.ModuleType:
    """A plugin that opens addresses beginning with *prefix*."""

    def casecore_provide_store(url: str) -> object:
        return (answer or MemoryStore()) if url.startswith(prefix) else None

    return plugin(name, casecore_provide_store)


def books(name: str, brought: object) -> types.ModuleType:
    """A plugin that brings rulebooks."""

    def casecore_provide_rulebooks() -> object:
        return brought

    return plugin(name, casecore_provide_rulebooks)


def posts(name: str, brought: object) -> types.ModuleType:
    """A plugin that brings posts."""

    def casecore_provide_posts() -> object:
        return brought

    return plugin(name, casecore_provide_posts)


class TestTheHostNamesItsPlugins:
    """The host names plugins in order; only those are loaded, and nothing is shared between two desks."""

    def test_modules_and_objects_can_be_named_directly(self) -> None:
        class Plugin:
            @hookimpl
            def casecore_provide_rulebooks(self) -> Mapping[str, str]:
                return {"house": "a"}

        loaded = load_plugins([stores("memory", "memory:"), Plugin()])
        assert loaded.names[0] == "memory"
        assert loaded.names[1].endswith("Plugin")
        assert isinstance(loaded.store("memory:"), Store)
        assert loaded.rulebooks() == {"house": "a"}

    def test_the_first_one_named_is_asked_first(self) -> None:
        one, two = MemoryStore(), MemoryStore()
        first, second = stores("first", "memory:", one), stores("second", "memory:", two)
        assert load_plugins([first, second]).store("memory:") is one
        assert load_plugins([second, first]).store("memory:") is two

    def test_a_plugin_cannot_push_to_the_front(self) -> None:
        one = MemoryStore()

        @pluggy.HookimplMarker("casecore")(tryfirst=True)
        def casecore_provide_store(url: str) -> MemoryStore:
            raise AssertionError("asked although another came first")

        pushing = types.ModuleType("pushing")
        pushing.casecore_provide_store = casecore_provide_store  # type: ignore[attr-defined]
        assert load_plugins([stores("first", "memory:", one), pushing]).store("memory:") is one

    def test_two_desks_share_nothing(self) -> None:
        with_books, without = load_plugins([books("a", {"house": "a"})]), load_plugins([])
        assert with_books.rulebooks() == {"house": "a"}
        assert without.rulebooks() == {}
        assert without.names == ()

    def test_a_plugin_named_twice_is_refused(self) -> None:
        one = books("a", {})
        with pytest.raises(PluginFault, match="plugin a: is named twice"):
            load_plugins([one, one])
        with pytest.raises(PluginFault, match="plugin a: is named twice"):
            load_plugins([one, books("a", {})])


class TestInstalledPlugins:
    """A name stands for what an installed distribution announces; the others are not imported."""

    @pytest.fixture
    def announce(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
        def announce(*points: tuple[str, str], group: str = GROUP, **others: tuple[tuple[str, str], ...]) -> None:
            found = [metadata.EntryPoint(name, value, group) for name, value in points]
            found += [
                metadata.EntryPoint(name, value, f"{GROUP}.{version}")
                for version, more in others.items()
                for name, value in more
            ]
            monkeypatch.setattr(metadata, "entry_points", lambda: metadata.EntryPoints(found))

        return announce

    def test_a_name_is_resolved(self, announce: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
        announce(("sql", "made_for_this_test"), ("broken", "no_such_module_anywhere"))
        monkeypatch.setitem(sys.modules, "made_for_this_test", stores("made_for_this_test", "memory:"))
        assert installed_plugins() == ("broken", "sql")
        assert load_plugins(["sql"]).names == ("sql",)

    def test_an_unknown_name_is_told_with_the_known_ones(self, announce: Callable[..., None]) -> None:
        announce(("sql", "a"), ("rules-ny", "b"))
        with pytest.raises(NotKnown, match="no installed plugin is called 'sqlite'; installed are: rules-ny, sql"):
            load_plugins(["sqlite"])
        announce()
        with pytest.raises(NotKnown, match="installed are: none"):
            load_plugins(["sqlite"])

    def test_a_failing_import_names_the_plugin(self, announce: Callable[..., None]) -> None:
        announce(("broken", "no_such_module_anywhere"))
        with pytest.raises(PluginFault, match="plugin broken: cannot be imported: ModuleNotFoundError") as fault:
            load_plugins(["broken"])
        assert isinstance(fault.value.__cause__, ModuleNotFoundError)

    def test_two_plugins_of_one_name_are_refused(
        self, announce: Callable[..., None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        announce(("sql", "mine"), ("sql", "theirs"))
        with pytest.raises(PluginFault, match="plugin sql: is announced twice, as mine and theirs"):
            load_plugins(["sql"])
        announce(("sql", "mine"), ("sql", "mine"))  # one distribution seen twice, as editable installs are
        monkeypatch.setitem(sys.modules, "mine", stores("mine", "memory:"))
        assert load_plugins(["sql"]).names == ("sql",)


class TestAPluginThatDoesNotFit:
    """What cannot work is refused when it is loaded, by the plugin's name."""

    def test_written_for_another_version(self) -> None:
        for spoken in ((2, 3), (0, 0)):
            with pytest.raises(PluginFault, match="plugin late: is written for versions"):
                load_plugins([plugin("late", casecore_api=spoken)])
        assert load_plugins([types_with_books(casecore_api=(1, 4))]).names == ("a",)

    @pytest.mark.parametrize("spoken", [1, "1", (1,), ("1", "2"), (True, 1), None])
    def test_an_unreadable_version(self, spoken: object) -> None:
        with pytest.raises(PluginFault, match="casecore_api"):
            load_plugins([types_with_books(casecore_api=spoken)])

    def test_a_question_nobody_asks(self) -> None:
        def casecore_provide_coffee() -> None: ...

        with pytest.raises(PluginFault, match="plugin odd: answers a question that is not asked"):
            load_plugins([plugin("odd", casecore_provide_coffee)])

    def test_an_argument_the_question_lacks(self) -> None:
        def casecore_provide_store(address: str) -> None: ...

        with pytest.raises(PluginFault, match="plugin odd"):
            load_plugins([plugin("odd", casecore_provide_store)])

    def test_a_forgotten_mark(self) -> None:
        module = types.ModuleType("odd")
        module.casecore_provide_store = lambda url: None  # type: ignore[attr-defined]
        with pytest.raises(PluginFault, match="not marked with hookimpl"):
            load_plugins([module])

    def test_nothing_answered_at_all(self) -> None:
        with pytest.raises(PluginFault, match="plugin json: answers no question"):
            load_plugins([__import__("json")])

    def test_a_wrapper(self) -> None:
        @pluggy.HookimplMarker("casecore")(wrapper=True)
        def casecore_provide_store(url: str) -> Any:
            return (yield)

        module = types.ModuleType("odd")
        module.casecore_provide_store = casecore_provide_store  # type: ignore[attr-defined]
        with pytest.raises(PluginFault, match="plugin odd: wraps"):
            load_plugins([module])


def types_with_books(**others: object) -> types.ModuleType:
    module = books("a", {})
    for name, value in others.items():
        setattr(module, name, value)
    return module


class TestAskingForAStore:
    """The first plugin that knows the address answers; failing, it ends the asking."""

    def test_an_address_nobody_knows_is_told_without_its_password(self) -> None:
        with pytest.raises(NotKnown) as unknown:
            load_plugins([stores("memory", "memory:")]).store("postgres://jane:secret@host/cases")
        assert str(unknown.value) == "no plugin knows stores of the kind postgres:...; plugins asked: memory"
        for odd in ("secret", "secret word:x", ""):
            with pytest.raises(NotKnown) as unknown:
                load_plugins([]).store(odd)
            assert "secret" not in str(unknown.value)

    def test_something_else_than_a_store_is_refused(self) -> None:
        with pytest.raises(PluginFault, match="plugin odd: provided a store that lacks"):
            load_plugins([stores("odd", "memory:", object())]).store("memory:")

    def test_our_own_errors_pass(self) -> None:
        for error in (StoreUnavailable("the store x: is damaged"), NotReadable([], what="address")):
            with pytest.raises(type(error)):
                load_plugins([plugin("odd", raising(error)), stores("b", "memory:")]).store("memory:")

    def test_any_other_error_names_the_plugin_and_says_no_more(self) -> None:
        loaded = load_plugins([plugin("odd", raising(RuntimeError("cannot log in as jane:secret")))])
        with pytest.raises(PluginFault) as fault:
            loaded.store("memory:")
        told = str(fault.value)
        assert told.startswith("plugin odd: failed in casecore_provide_store: RuntimeError at test_plugins.py:")
        assert "secret" not in told
        assert fault.value.__cause__ is None
        assert fault.value.__context__ is None


def raising(error: Exception) -> Callable[[str], None]:
    def casecore_provide_store(url: str) -> None:
        raise error

    return casecore_provide_store


class TestAskingForRulebooks:
    """Every plugin's rulebooks, by name or name@version; none may hide another's."""

    def test_all_are_gathered_in_the_host_s_order(self) -> None:
        loaded = load_plugins([books("b", {"ny-icm@2024.12": "x", "ny-icm@2025.1": "y"}), books("a", {"house": "z"})])
        assert list(loaded.rulebooks().items()) == [("ny-icm@2024.12", "x"), ("ny-icm@2025.1", "y"), ("house", "z")]

    def test_one_key_from_two_plugins_is_refused(self) -> None:
        with pytest.raises(PluginFault, match="plugin b: provides the rulebook 'house', which a provides too"):
            load_plugins([books("a", {"house": "x"}), books("b", {"house": "x"})]).rulebooks()

    @pytest.mark.parametrize("brought", [None, ["house"], {"house": b"x"}, {1: "x"}, {"house": None}])
    def test_anything_but_a_mapping_of_text_is_refused(self, brought: object) -> None:
        with pytest.raises(PluginFault, match="plugin a: provided rulebooks that are not a mapping of text"):
            load_plugins([books("a", brought)]).rulebooks()

    @pytest.mark.parametrize("key", ["", "@", "@1", "house@", "house@1@2"])
    def test_a_key_that_is_no_name_is_refused(self, key: str) -> None:
        with pytest.raises(PluginFault, match="neither name nor name@version"):
            load_plugins([books("a", {key: "x"})]).rulebooks()


class TestAskingForPosts:
    """Every plugin is asked for its posts; no two may bring the same name."""

    def test_all_posts_in_the_order_of_the_host(self) -> None:
        loaded = load_plugins([posts("b", {"caseworker": "x"}), books("c", {"house": "z"}), posts("a", {"nurse": "y"})])
        assert list(loaded.posts().items()) == [("caseworker", "x"), ("nurse", "y")]
        assert list(loaded.rulebooks()) == ["house"]

    def test_two_plugins_may_not_bring_the_same_post(self) -> None:
        with pytest.raises(PluginFault, match="plugin b: provides the post 'nurse', which a provides too"):
            load_plugins([posts("a", {"nurse": "x"}), posts("b", {"nurse": "x"})]).posts()

    @pytest.mark.parametrize("brought", [None, ["nurse"], {"nurse": b"x"}, {7: "x"}])
    def test_anything_but_text_by_name_is_refused(self, brought: object) -> None:
        with pytest.raises(PluginFault, match="plugin a: provided posts that are not a mapping of text"):
            load_plugins([posts("a", brought)]).posts()

    def test_a_post_needs_a_name(self) -> None:
        with pytest.raises(PluginFault, match="plugin a: provided a post without a name"):
            load_plugins([posts("a", {"": "x"})]).posts()


class TestTheQuestions:
    """What plugins are asked is described, and costs nothing until somebody answers."""

    def test_every_question_is_in_the_reference(self, pytestconfig: pytest.Config) -> None:
        page = (pytestconfig.rootpath / "docs/reference/hooks.md").read_text(encoding="utf-8")
        for name, question in vars(Questions).items():
            if name.startswith("casecore_"):
                assert f"## {name}" in page
                assert question.__func__.__doc__

    def test_a_question_is_never_answered_by_itself(self) -> None:
        for name, question in vars(Questions).items():
            if name.startswith("casecore_"):
                with pytest.raises(NotImplementedError):
                    question(*[None] * question.__func__.__code__.co_argcount)

    def test_importing_the_room_loads_neither_pluggy_nor_metadata(self) -> None:
        asked = "import sys, casecore.hooks; print('pluggy' in sys.modules, 'importlib.metadata' in sys.modules)"
        src = Path(str(hooks.__file__)).parents[2]
        done = subprocess.run(
            [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(src)}
        )
        assert done.stdout.split() == ["False", "False"]
