"""What the tests of the emulators share: homes, PATHs, and processes to look at."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from dynamodb_layouts import cache
from dynamodb_layouts.emulators import backends, docker, start
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dynamodb_layouts.emulators import Emulator

PATIENCE = 10.0


def eventually(true: Callable[[], bool]) -> bool:
    """Say whether it becomes true in time."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def gone(pid: int) -> bool:
    """Say whether no such process runs (one that waits to be asked for its exit code has ended)."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    return True


def tree(pid: int) -> list[int]:
    """Return a process and its descendants."""
    process = psutil.Process(pid)
    return [pid, *(child.pid for child in process.children(recursive=True))]


def listeners(pids: list[int]) -> set[str]:
    """Return the addresses that the processes listen on."""
    found: set[str] = set()
    for pid in pids:
        for connection in psutil.Process(pid).net_connections("inet"):
            if connection.status == psutil.CONN_LISTEN:
                found.add(connection.laddr.ip.removeprefix("::ffff:"))
    return found


@contextlib.contextmanager
def localstack() -> Iterator[Emulator]:
    """Yield a running LocalStack; skip the test where none can be had, not where it does not start."""
    if not docker.engine():
        try:
            backends.localstack(lambda _: None)
        except CannotRunError as error:
            pytest.skip(f"no LocalStack here: {error.what}")
    with start("localstack") as emulator:
        yield emulator


def fresh_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *shared: str) -> Path:
    """Give the test a home in which only those emulators are installed whose folders begin with `shared`."""
    installed = cache.home() / "emulators"
    home = tmp_path / "home"
    (home / "emulators").mkdir(parents=True)
    for folder in installed.iterdir():
        if shared and folder.is_dir() and folder.name.startswith(shared):
            (home / "emulators" / folder.name).symlink_to(folder)
    monkeypatch.setenv(cache.HOME_VARIABLE, str(home))
    return home


def only(programs: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make PATH a folder with these programs alone: name and script."""
    folder.mkdir()
    for name, text in programs.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@contextlib.contextmanager
def harness(text: str) -> Iterator[subprocess.Popen[str]]:
    """Run a script of the harness's in a process of its own; it ends by SIGKILL."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(text)], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
