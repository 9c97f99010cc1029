"""Who may see and write: the access policies of the host's plugins, asked before anything leaves the desk."""

from __future__ import annotations

from collections.abc import Sequence

from casecore.hooks import CaseAsked, Plugins
from casecore.record import CaseRecord
from casecore.terms import Entry, NotPossible, Verdict, not_known, yes

from .incoming import checked_ref

_UNNAMED = not_known(
    "Who asks?", "by", because="an access policy is in force, and whoever asks without a name is told nothing"
)


class Access:
    """Asks the plugins that say who may see and write; without such a plugin everybody may, and nothing is asked."""

    def __init__(self, plugins: Plugins) -> None:
        self.is_asked = plugins.has_access_policy
        self._plugins = plugins

    def to_read(self, record: CaseRecord, by: str | None) -> None:
        """
        Let the reading go on.

        Raises:
            NotPossible: Somebody may not see this record; carries the policies' verdict.
            PluginFault: A policy failed.
        """
        if self.is_asked:
            self.to_see([_asked_about(record)], by)

    def to_see(self, cases: Sequence[CaseAsked], by: str | None) -> None:
        """Let it go on where all of *cases* may be seen; raises as `to_read` does."""
        for verdict in self._verdicts(cases, by):
            if not verdict.is_yes:
                raise NotPossible(verdict)

    def seen(self, cases: Sequence[CaseAsked], by: str | None) -> list[bool]:
        """Which of *cases* may be seen: for a list, on which the others do not stand."""
        return [verdict.is_yes for verdict in self._verdicts(cases, by)]

    def to_write(self, record: CaseRecord, entry: Entry, by: str | None) -> Verdict:
        """Whether somebody may write *entry* in this case, by the policies alone."""
        if not self.is_asked:
            return _ANYBODY
        if by is None:
            return _UNNAMED
        return self._plugins.may_write(checked_ref("by", by), _asked_about(record), entry)

    def _verdicts(self, cases: Sequence[CaseAsked], by: str | None) -> list[Verdict]:
        if by is None:
            raise NotPossible(_UNNAMED)
        return self._plugins.may_read(checked_ref("by", by), cases)


_ANYBODY = yes("May this person write this?", "no access policy is in force")


def _asked_about(record: CaseRecord) -> CaseAsked:
    admission = record.admission
    return CaseAsked(record.case, record.worker or "", admission.program if admission else "")
