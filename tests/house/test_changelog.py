from __future__ import annotations

from .sources import TOP

KINDS = {"added", "changed", "fixed", "removed", "rule"}


class TestFragments:
    """A change that a host or an agency will notice brings a fragment."""

    def test_every_fragment_is_named_after_its_kind_and_says_something(self) -> None:
        fragments = [path for path in (TOP / "changelog.d").iterdir() if path.name != "README.md"]
        assert fragments or "## 0.1.0 (not yet released)" not in (TOP / "CHANGELOG.md").read_text()
        wrong = [
            path.name
            for path in fragments
            if len(path.name.split(".")) != 3 or path.name.split(".")[1] not in KINDS or path.suffix != ".md"
            if path.read_text().strip()
        ]
        assert not wrong
        assert not [path.name for path in fragments if not path.read_text().strip()]

    def test_the_kinds_are_those_that_the_page_explains(self) -> None:
        page = (TOP / "changelog.d" / "README.md").read_text()
        assert {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")} == KINDS
