from __future__ import annotations

import traceback
from typing import Any

import pytest
from casecore_sql.postgres import PostgresStore

from casecore.hooks import StoredEntry
from casecore.terms import NotReadable

LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", b"a client's data")
NEXT = LINE._replace(entry_id="e2", number=2)


@pytest.fixture
def store(pg: PostgresStore) -> PostgresStore:
    pg.append([LINE], expected={"C-1": 0})
    return pg


class TestWhatCannotBeKept:
    """`NotReadable` for what PostgreSQL has no room for; nothing is written, and nothing quoted."""

    @pytest.mark.parametrize(
        "changed",
        [
            {"entry_id": "a\0secret"},
            {"by": "secret\ud800"},
            {"form": 2**63},
            {"form": -(2**70)},
            {"entry_id": "".join(chr(place) for place in range(0x4E00, 0x4E00 + 4000))},
        ],
    )
    @pytest.mark.parametrize("several", [False, True])
    def test_a_line(self, store: PostgresStore, changed: dict[str, Any], several: bool) -> None:
        lines = [NEXT._replace(**changed), LINE._replace(entry_id="e3", number=3)][: 1 + several]
        with pytest.raises(NotReadable) as refused:
            store.append(lines, expected={"C-1": 1})
        assert "secret" not in "".join(traceback.format_exception(refused.value))
        assert refused.value.__context__ is None
        assert list(store.load("C-1")) == [LINE]

    def test_a_number_of_the_largest_size(self, store: PostgresStore) -> None:
        large = NEXT._replace(form=2**63 - 1)
        store.append([large], expected={"C-1": 1})
        assert store.find("e2") == large

    @pytest.mark.parametrize("text", ["a\0b", "\ud800"])
    def test_text_asked_for(self, store: PostgresStore, text: str) -> None:
        for call in (
            store.load,
            store.find,
            lambda text: store.index(worker=text),
            lambda text: store.index(cases=[text]),
        ):
            with pytest.raises(NotReadable):
                call(text)

    def test_more_than_a_transaction_has_places_for(
        self, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("casecore_sql.postgres.store.PLACES", 2)
        lines = [LINE._replace(entry_id=f"f{number}", number=number) for number in range(2, 5)]
        with pytest.raises(NotReadable, match="must not be more than 2 in one call"):
            store.append(lines, expected={"C-1": 1})
