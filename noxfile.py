"""Nox sessions: the same checks as the README's second line, each in an environment of its own."""

from __future__ import annotations

import nox

PYTHONS = ["3.11", "3.12", "3.13"]

nox.options.sessions = ["lint", "types", "floors", "tests", "docs"]
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = False


def check(session: nox.Session, name: str) -> None:
    """Install everything and run one check of ``scripts/check.py``."""
    session.install("-r", "requirements-dev.txt")
    session.run("python", "scripts/check.py", name)


@nox.session
def lint(session: nox.Session) -> None:
    """Style, imports, likely mistakes."""
    check(session, "lint")


@nox.session
def types(session: nox.Session) -> None:
    """Strict typing of the sources and of the public face."""
    check(session, "types")


@nox.session
def floors(session: nox.Session) -> None:
    """A stage may look back along the case, never ahead."""
    check(session, "floors")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """All tests and every example, on each supported Python that is installed."""
    session.install("-r", "requirements-test.txt")
    session.run("python", "-m", "pytest", *session.posargs)
    session.run("python", "-m", "pytest", "--doctest-modules", "src/casecore")


@nox.session
def thorough(session: nox.Session) -> None:
    """Every property at 2,000 examples that no run before has seen; takes hours, and may find what is worth a test."""
    session.install("-r", "requirements-test.txt")
    session.run("python", "-m", "pytest", "tests", "plugins", "--hypothesis-profile=thorough", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation with warnings as errors, and run every example in it."""
    check(session, "docs")
    session.run("python", "-m", "pytest", "docs", "README.md")


@nox.session
def bench(session: nox.Session) -> None:
    """The ratio table of ``docs/reference/benchmarks.md``."""
    session.install("-r", "requirements-dev.txt")
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def mutants(session: nox.Session) -> None:
    """Change `casecore.staff` in every small way: tests must notice, or somebody explained why not; hours."""
    session.install("-r", "requirements-test.txt", "mutmut==3.8.1")
    session.run("mutmut", "run", *session.posargs)
    session.run("python", "scripts/mutants.py")
