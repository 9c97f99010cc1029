"""The rulebook of an agency that does not exist, for tutorials and tests."""

from __future__ import annotations

from importlib.resources import files


def model_rulebook_text() -> str:
    """
    The model agency's rulebook as TOML. Every number in it is invented, and every source says so.

    It asks for every kind of rule the library knows, so that it also shows how each is written.
    """
    return files(__package__).joinpath("rulebooks", "model-agency.toml").read_text(encoding="utf-8")
