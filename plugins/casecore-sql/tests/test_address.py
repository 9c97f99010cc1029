from __future__ import annotations

from pathlib import Path

import casecore_sql
import pytest
from casecore_sql import Address, SQLiteStore, Synchronous

from casecore.hooks import Store, load_plugins
from casecore.terms import NotKnown, NotReadable


class TestAnAddress:
    """``sqlite:///relative``, ``sqlite:////absolute``, ``sqlite://``; two options; nothing else."""

    @pytest.mark.parametrize(
        ("url", "path"),
        [
            ("sqlite:///agency.db", "agency.db"),
            ("sqlite:////srv/agency.db", "/srv/agency.db"),
            ("sqlite:///C:/data/agency.db", "C:/data/agency.db"),
            ("sqlite:///my%20agency%3f.db", "my agency?.db"),
            ("sqlite:///file:x.db", "file:x.db"),
            ("sqlite://", ":memory:"),
            ("sqlite:///", ":memory:"),
            ("sqlite:///:memory:", ":memory:"),
        ],
    )
    def test_the_path(self, url: str, path: str) -> None:
        assert Address.read(url) == Address(path, "FULL", 10.0)

    def test_the_options(self) -> None:
        assert Address.read("sqlite:///a.db?synchronous=normal&timeout=2.5") == Address("a.db", "NORMAL", 2.5)

    @pytest.mark.parametrize(
        ("url", "problems"),
        [
            ("sqlite:agency.db", 1),
            ("sqlite:/agency.db", 1),
            ("sqlite://jane:secret@host/agency.db", 1),
            ("postgres:///secret", 1),
            ("sqlite:///a%00secret", 1),
            ("sqlite:///a.db?synchronous=OFF", 1),
            ("sqlite:///a.db?timeout=nan", 1),
            ("sqlite:///a.db?timeout=-1", 1),
            ("sqlite:///a.db?timeout=secret&secret=1&synchronous=", 3),
            ("sqlite:///a.db?timeout=1&timeout=2", 1),
        ],
    )
    def test_everything_wrong_is_said_at_once_and_not_quoted(self, url: str, problems: int) -> None:
        with pytest.raises(NotReadable) as refused:
            Address.read(url)
        assert len(refused.value.problems) == problems
        assert "secret" not in str(refused.value)
        with pytest.raises(NotReadable):
            SQLiteStore.open(url)


class TestThePlugin:
    """The plugin knows ``sqlite:`` addresses and no others."""

    def test_it_opens_what_it_knows(self, tmp_path: Path) -> None:
        plugins = load_plugins([casecore_sql])
        store = plugins.store(f"sqlite:///{tmp_path}/cases.db")
        assert isinstance(store, SQLiteStore)
        assert isinstance(store, Store)
        assert repr(store) == f"SQLiteStore('{tmp_path}/cases.db')"
        store.close()

    def test_it_leaves_the_rest_to_others(self) -> None:
        with pytest.raises(NotKnown):
            load_plugins([casecore_sql]).store("mysql://host/cases")

    def test_a_wrong_address_is_its_own_to_refuse(self) -> None:
        with pytest.raises(NotReadable):
            load_plugins([casecore_sql]).store("sqlite:cases.db")

    def test_an_unknown_level_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="OFF"):
            SQLiteStore(tmp_path / "a.db", synchronous=Synchronous("OFF"))
