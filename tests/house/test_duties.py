from __future__ import annotations

import re

from .sources import TOP

DUTIES = TOP / "docs" / "duties.md"


def rows() -> dict[str, list[str]]:
    """Every row of the page: its id, and its cells."""
    lines = [line for line in DUTIES.read_text().splitlines() if line.startswith("| D")]
    return {line[2:5]: [cell.strip() for cell in line.split("|")[1:-1]] for line in lines}


class TestDuties:
    """Every duty of the two job descriptions is a row, and a closed one can be tried."""

    def test_all_39_are_there(self) -> None:
        assert list(rows()) == [f"D{number:02}" for number in range(1, 40)]

    def test_every_row_says_where_it_stands(self) -> None:
        assert {row[2] for row in rows().values()} <= {"open", "closed"}

    def test_a_closed_row_names_what_serves_it_and_links_to_an_example(self) -> None:
        wrong = []
        for duty, row in rows().items():
            if row[2] == "closed":
                links = re.findall(r"\]\(([^)#]+)", " ".join(row[3:]))
                if "`" not in row[3] or not links or not all((DUTIES.parent / link).is_file() for link in links):
                    wrong.append(duty)
        assert not wrong
