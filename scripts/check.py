"""
Run the project's checks: all of them, or those named.

    python scripts/check.py                 everything, two checks at a time
    python scripts/check.py lint types      some of it

A check's output is shown when it ends. `others` runs the tests on every other supported Python found on this machine,
in an environment of its own, and says so where one is not found.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from subprocess import PIPE, STDOUT

TOP = Path(__file__).resolve().parent.parent
SUPPORTED = ((3, 11), (3, 12), (3, 13))
PLUGINS = sorted(map(str, TOP.glob("plugins/*/src")))
HERE = [sys.executable, "-m"]
TESTS = [  # and then the examples in docstrings, which only the sources have
    [*HERE, "pytest"],
    [*HERE, "pytest", "--doctest-modules", "src/casecore", *PLUGINS],
]
CHECKS = {  # the longest first, so that the two lanes end together
    "others": [[sys.executable, str(Path(__file__).resolve()), "--others"]],
    "tests": TESTS,
    "types": [[*HERE, "mypy", "src", *PLUGINS, "tests/typing/public.py", "scripts", "noxfile.py"]],
    "docs": [[*HERE, "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html"]],
    "floors": [[str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]],
    "lint": [[*HERE, "ruff", "check", "."], [*HERE, "ruff", "format", "--check", "."]],
}


def main(asked: list[str]) -> int:
    """Run what is *asked* for, or everything; the exit code is how many checks failed."""
    if asked == ["--others"]:
        return others()
    if unknown := [name for name in asked if name not in CHECKS]:
        print(f"no check is called {', '.join(unknown)}; there are {', '.join(CHECKS)}")
        return 2
    failed = []
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as lanes:
        running = {lanes.submit(run, name): name for name in asked or CHECKS}
        for done in as_completed(running):
            passed, output, seconds = done.result()
            outcome = "passed" if passed else "FAILED"
            print(f"== {running[done]}: {outcome} in {seconds:.0f} s", output, sep="\n", flush=True)
            if not passed:
                failed.append(running[done])
    summary = f"{', '.join(failed)} failed" if failed else "all passed"
    print(f"checks: {summary} ({time.monotonic() - began:.0f} s)")
    return len(failed)


def run(name: str) -> tuple[bool, str, float]:
    """Whether a check passed, what it printed, and how long it took."""
    began = time.monotonic()
    output = []
    passed = True
    for command in CHECKS[name]:
        done = subprocess.run(command, cwd=TOP, stdout=PIPE, stderr=STDOUT, text=True, check=False)
        output.append(done.stdout.rstrip())
        passed = passed and done.returncode == 0
    return passed, "\n".join(filter(None, output)), time.monotonic() - began


def others() -> int:
    """The tests on every other supported Python that is installed here; fewer examples of each property."""
    failures = 0
    for version in SUPPORTED:
        name = ".".join(map(str, version))
        if version == sys.version_info[:2]:
            continue
        python = next(interpreters(version), None)
        if python is None:
            print(f"-- Python {name} is not installed here: the tests were NOT run on it")
            continue
        venv = TOP / "build" / f"python-{name}"
        inside = venv / ("Scripts" if os.name == "nt" else "bin") / "python"
        steps = [
            [python, "-m", "venv", "--clear", str(venv)],
            [str(inside), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", "requirements-test.txt"],
            [str(inside), "-m", "pytest", "--hypothesis-profile=quick", "-p", "no:cacheprovider"],
        ]
        print(f"-- Python {name}", flush=True)
        failures += any(subprocess.run(step, cwd=TOP, check=False).returncode for step in steps)
    return failures


def interpreters(version: tuple[int, int]) -> Iterator[str]:
    """Working interpreters of this *version*: on the path, or kept by pyenv."""
    name = "python{}.{}".format(*version)
    found = [shutil.which(name)]
    if pyenv := shutil.which("pyenv"):
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False).stdout.strip()
        found += sorted(map(str, Path(root, "versions").glob(f"*/bin/{name}"))) if root else []
    for python in filter(None, found):
        question = [python, "-c", "import sys, venv; print(*sys.version_info[:2])"]
        asked = subprocess.run(question, capture_output=True, text=True, check=False)
        if asked.stdout.split() == [str(part) for part in version]:
            yield python


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
