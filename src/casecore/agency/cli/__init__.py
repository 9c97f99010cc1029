"""The command line: what is due, one case, a rulebook checked, and the demo. Needs the ``cli`` extra."""

from __future__ import annotations

import sys

try:
    from .app import app
except ModuleNotFoundError as missing:
    NOT_THERE: str | None = (missing.name or "").partition(".")[0]
    if NOT_THERE not in ("typer", "rich"):
        raise
else:
    NOT_THERE = None


def main() -> None:
    """Run the command that was typed."""
    if NOT_THERE is not None:
        sys.exit(f"casecore: the command line needs {NOT_THERE}, which is not installed: pip install 'casecore[cli]'")
    app()
