"""A hospital's admissions and discharges from CSV files in a folder. Hand a `DropFolder` over as a plugin."""

from .folder import DropFolder
from .rows import SETTINGS

__all__ = ["SETTINGS", "DropFolder"]
