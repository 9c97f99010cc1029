"""
Compare the mutants that survived ``mutmut run`` with those explained in ``tests/staff/mutants_that_survive.toml``.

Fails on a survivor that nobody explained, and on an explanation of one that was killed or is no more. A mutant is known
by its function and by the line that it changes, not by its number, which moves with every line above it.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
EXPLAINED = TOP / "tests" / "staff" / "mutants_that_survive.toml"
ALIVE = ("survived", "no tests", "suspicious")

Mutant = tuple[str, str, str]
"""The function, the line taken out and the line put in."""


def ran(*command: str) -> str:
    """What a mutmut command prints."""
    return subprocess.run(["mutmut", *command], capture_output=True, text=True, check=True, cwd=TOP).stdout


def results() -> dict[str, str]:
    """What became of each mutant, by its name."""
    lines = [line.strip() for line in ran("results", "--all", "true").splitlines()]
    return {name: state.strip() for name, _, state in (line.partition(": ") for line in lines) if state}


def function_of(name: str) -> str:
    """``casecore.staff.months.days`` of ``casecore.staff.months.x_days__mutmut_3``."""
    module, _, mangled = name.rpartition("__mutmut_")[0].rpartition(".")
    return f"{module}.{mangled.removeprefix('x').strip('_').replace('ǁ', '.').strip('.')}"


def mutant(name: str) -> Mutant:
    """The mutant of that name, by what it changes."""
    changed = [line for line in ran("show", name).splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    out = [line[1:].strip() for line in changed if line[0] == "-"]
    put = [line[1:].strip() for line in changed if line[0] == "+"]
    return function_of(name), " ".join(out), " ".join(put)


def explained() -> Counter[Mutant]:
    """The mutants that somebody explained."""
    listed = tomllib.loads(EXPLAINED.read_text("utf-8")).get("mutant", [])
    for each in listed:
        if not each.get("because", "").strip():
            sys.exit(f"no reason is given for the mutant of {each['function']}")
    return Counter((each["function"], each["out"], each["put"]) for each in listed)


def main() -> int:
    """Print the differences; 1 where there are any, or where a mutant was not tried."""
    became = results()
    found = Counter(mutant(name) for name, state in became.items() if state in ALIVE)
    known = explained()
    for function, out, put in (found - known).elements():
        print(f"survives, unexplained: {function}\n  - {out}\n  + {put}")
    for function, out, put in (known - found).elements():
        print(f"explained, but does not survive: {function}\n  - {out}\n  + {put}")
    untried = sum(state in ("not checked", "skipped") for state in became.values())
    print(f"{len(became)} mutants, {sum(found.values())} survive, {untried} not tried")
    return 1 if found != known or untried else 0


if __name__ == "__main__":
    sys.exit(main())
