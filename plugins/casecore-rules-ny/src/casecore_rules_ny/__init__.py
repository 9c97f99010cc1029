"""New York's rulebooks: case management paid by Medicaid, 14 NYCRR Part 506. Installed, the plugin ``rules-ny``."""

from .plugin import RULEBOOKS, casecore_api, casecore_provide_rulebooks, rulebook_text

__all__ = ["RULEBOOKS", "casecore_api", "casecore_provide_rulebooks", "rulebook_text"]
