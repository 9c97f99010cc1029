"""Standards and rulebooks: what the agency is held to, since when, and by whose authority."""

from .exemptions import Exemption, ExemptionEnded, exemptions_of, lift
from .rulebook import Layer, Rulebook, Rules
from .standard import Edition, Rule, Standard

__all__ = [
    "Edition",
    "Exemption",
    "ExemptionEnded",
    "Layer",
    "Rule",
    "Rulebook",
    "Rules",
    "Standard",
    "exemptions_of",
    "lift",
]
