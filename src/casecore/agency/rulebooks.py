"""From what a host names to the rulebooks its cases are held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from hashlib import sha256
from pathlib import Path

from casecore import __version__
from casecore.record import RULES
from casecore.standards import Rule, Rulebook, model_rulebook_text, read_rulebook
from casecore.terms import NotKnown, Value, WorkingDays, field_names

MODEL_AGENCY = "model-agency"
"""The invented rulebook that comes with the library."""


def rulebooks_named(
    named: Sequence[str | Path | Rulebook], brought: Mapping[str, str], added: Sequence[type[Rule]] = ()
) -> tuple[Rulebook, ...]:
    """
    The rulebooks a host asked for, in its order.

    Args:
        named: Names among *brought*, ``model-agency``, paths of TOML files (as `Path`, or text ending in ``.toml``), or
            rulebooks. A name brings every version of that rulebook, so that cases can be pinned to one.
        brought: The TOML texts that plugins bring, by ``name`` or ``name@version``.
        added: Classes of rules that plugins add to those of the library.

    Raises:
        NotKnown: No plugin brings a rulebook of that name, or there is no such file.
        NotReadable: A rulebook cannot be read.
    """
    rules = {**RULES, **{rule.asks: rule for rule in added}}
    found: list[Rulebook] = []
    for name in named:
        if isinstance(name, Rulebook):
            found.append(name)
        elif isinstance(name, Path) or name.endswith(".toml"):
            found.append(read_rulebook(Path(name), rules))
        else:
            found.extend(read_rulebook(text, rules) for text in _texts(name, brought))
    return tuple(found)


def _texts(name: str, brought: Mapping[str, str]) -> list[str]:
    texts = [text for key, text in brought.items() if name in (key, key.partition("@")[0])]
    if not texts and name == MODEL_AGENCY:
        texts = [model_rulebook_text()]
    if not texts:
        known = ", ".join(sorted({MODEL_AGENCY, *brought}))
        raise NotKnown(f"no rulebook is called {name!r}; known are {known}")
    return texts


def fingerprint(
    rulebooks: Sequence[Rulebook], working_days: WorkingDays, zone: tzinfo, added: Sequence[str] = ()
) -> str:
    """
    A key that changes with any word of any rulebook, the agency's open days and zone, and this library's version.

    It changes too with what plugins *added* to the judging: their reviews and kinds of entries, in words.

    The same in every process: sets, whose order is not, are put in order.
    """
    said = repr(_in_order((__version__, tuple(rulebooks), working_days, str(zone), tuple(added))))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _in_order(thing: object) -> object:
    if isinstance(thing, Value):
        return type(thing).__name__, [_in_order(getattr(thing, name)) for name in field_names(type(thing))]
    if isinstance(thing, tuple):
        return [_in_order(part) for part in thing]
    return sorted(repr(_in_order(part)) for part in thing) if isinstance(thing, frozenset) else thing
