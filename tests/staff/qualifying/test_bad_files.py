from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casecore.staff import Degree, Level, Spell, StaffFile
from casecore.staff.staff_file import MOST_DEGREES
from casecore.terms import NotReadable, read

SECRET = "Jane-Doe-1999"


def deep(levels: int) -> Any:
    data: Any = SECRET
    for _ in range(levels):
        data = [data]
    return data


class TestBadFiles:
    """A staff file that contradicts itself, or is none, is told with all problems and paths, and none of its data."""

    @pytest.mark.parametrize(
        ("facts", "paths"),
        [
            (
                {"experience": [{"began_on": "2020-01-02", "ended_on": "2020-01-01", "title": SECRET}]},
                {"experience[0].ended_on"},
            ),
            (
                {"degrees": [{"level": "master", "field": SECRET}] * 3},
                {"degrees[1]", "degrees[2]"},
            ),
            (
                {
                    "experience": [
                        {"began_on": "2020-01-01", "hours_per_week": -1},
                        {"began_on": "2020-01-01", "share": 4.0},
                        {"began_on": SECRET, "hours_per_week": 169},
                    ],
                    "degrees": [{"level": SECRET}],
                },
                {
                    "experience[0].hours_per_week",
                    "experience[1].share",
                    "experience[2].began_on",
                    "experience[2].hours_per_week",
                    "degrees[0].level",
                },
            ),
            ({"statements": [{"name": f"{SECRET}\0", "is_so": True}]}, {"statements[0].name"}),
            ({"statements": [{"name": f"{SECRET}\ud800", "is_so": True}]}, {"statements[0].name"}),
            ({"learning": [{"completed_on": "2020-01-01", "hours": float("nan")}]}, {"learning[0].hours"}),
            ({"degrees": deep(70)}, {""}),
            ({"degrees": [{"level": "master"}] * 20_000}, {"degrees"}),
        ],
    )
    def test_each_problem_has_its_path(self, facts: dict[str, Any], paths: set[str]) -> None:
        with pytest.raises(NotReadable) as caught:
            read({"worker": "w-1", **facts}, StaffFile)
        assert {problem.path for problem in caught.value.problems} >= paths
        assert SECRET not in str(caught.value)
        assert caught.value.__cause__ is None

    def test_the_same_made_by_hand(self) -> None:
        with pytest.raises(NotReadable) as caught:
            Spell(began_on=date(2020, 1, 2), ended_on=date(2020, 1, 1))
        assert [problem.path for problem in caught.value.problems] == ["ended_on"]
        with pytest.raises(NotReadable) as caught:
            StaffFile(worker="w", degrees=(Degree(level=Level.MASTER),) * (MOST_DEGREES + 1))
        assert [problem.path for problem in caught.value.problems] == ["degrees"]
