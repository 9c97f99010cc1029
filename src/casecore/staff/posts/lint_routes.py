"""Routes that nobody needs: whoever can go them can go an easier one beside them."""

from __future__ import annotations

from collections.abc import Iterator

from casecore.standards import Flaw, FlawCode
from casecore.standards.lint_editions import flaw_at

from .implying import Implications
from .needs import Need
from .qualifications import Qualifications

MOST_NEEDS = 1_000
"""Editions of more needs are not looked through for hidden routes: each would be compared with each."""


def lint_routes(asked: Qualifications, path: str, name: str | None) -> Iterator[Flaw]:
    """Parts of an ``any_of`` that ask for at least all that another part asks for."""
    needs = list(asked.needs.places(f"{path}.needs"))
    if len(needs) > MOST_NEEDS:
        return
    implications = Implications()
    for where, need in needs:
        for place, easier in _hidden(need.any_of or (), implications):
            message = f"asks for all that any_of[{easier}] asks for: whoever can go it can go that one"
            yield flaw_at(FlawCode.HIDDEN_ROUTE, f"{where}.any_of[{place}]", message, name, warning=True)


def _hidden(routes: tuple[Need, ...], implications: Implications) -> Iterator[tuple[int, int]]:
    """The places of routes that ask for more, or of two that ask the same the later one, and of the easier route."""
    for place, route in enumerate(routes):
        for other_place, other in enumerate(routes):
            if place == other_place or not implications.implies(route, other):
                continue
            if other_place < place or not implications.implies(other, route):
                yield place, other_place
                break
