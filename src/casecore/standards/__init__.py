"""Standards and rulebooks: what the agency is held to, since when, and by whose authority."""

from .changes import Change, ChangeKind, compare_rulebooks
from .exemptions import Exemption, ExemptionEnded, exemptions_of, lift, next_exemption_turn
from .flaws import Flaw, FlawCode, Severity
from .lint import lint_rulebook
from .model import model_rulebook_text
from .pins import Bookshelf, RulebookPinned, pinned_versions, rules_for, version_order
from .reading import read_rulebook
from .rulebook import Layer, Rulebook, Rules
from .standard import Edition, Rule, Standard
from .writing import rulebook_toml

__all__ = [
    "Bookshelf",
    "Change",
    "ChangeKind",
    "Edition",
    "Exemption",
    "ExemptionEnded",
    "Flaw",
    "FlawCode",
    "Layer",
    "Rule",
    "Rulebook",
    "RulebookPinned",
    "Rules",
    "Severity",
    "Standard",
    "compare_rulebooks",
    "exemptions_of",
    "lift",
    "lint_rulebook",
    "model_rulebook_text",
    "next_exemption_turn",
    "pinned_versions",
    "read_rulebook",
    "rulebook_toml",
    "rules_for",
    "version_order",
]
