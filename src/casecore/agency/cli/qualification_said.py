"""Answers to who may hold a post as plain data, for ``casecore qualify --json``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casecore.staff import Qualification
from casecore.terms import Problem, Verdict, plain

from .plain import source_said


def qualification_said(found: Qualification, worker: str) -> dict[str, Any]:
    """One answer: by which routes, on which conditions, what is missing, the ways to become qualified, the reasons."""
    return {
        "worker": worker,
        "post": found.post,
        "on": found.on.isoformat(),
        "answer": found.answer.value,
        "because": found.because,
        "routes": list(found.routes),
        "conditions": [
            {"what": each.what, "by": each.by.isoformat() if each.by else None, "footing": each.footing.value}
            for each in found.conditions
        ],
        "missing": list(found.missing),
        "would_satisfy": list(found.would_satisfy),
        "ways": [
            {
                "on": way.on.isoformat(),
                "months": way.months,
                "steps": [
                    {
                        "what": step.what,
                        "months": step.months,
                        "adds": {name: part for name, part in plain(step).items() if name not in ("what", "months")},
                    }
                    for step in way.steps
                ],
            }
            for way in found.ways
        ],
        "source": source_said(found.source),
        "parts": [_verdict_said(part) for part in found.parts],
        "problems": [],
    }


def unreadable_said(problems: Iterable[Problem]) -> dict[str, Any]:
    """A staff file that could not be read or judged."""
    return {
        "worker": None,
        "answer": "unreadable",
        "problems": [{"path": path, "message": message} for path, message in problems],
    }


def _verdict_said(verdict: Verdict) -> dict[str, Any]:
    return {
        "answer": verdict.answer.value,
        "question": verdict.question,
        "because": verdict.because,
        "missing": list(verdict.missing),
        "would_satisfy": list(verdict.would_satisfy),
        "source": source_said(verdict.source),
        "parts": [_verdict_said(part) for part in verdict.parts],
    }
