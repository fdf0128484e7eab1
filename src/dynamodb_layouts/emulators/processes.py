"""Starting an emulator's process and ending it with all that it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil

from dynamodb_layouts.emulators.launchers.parent_watch import DETACHED, SCRATCH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: Seconds that killed processes get to disappear.
_DISAPPEAR = 10.0

# What an emulator may see of the caller's environment. All else stays out: credentials and endpoints,
# Python's and pip's settings, and AWS_CA_BUNDLE.
_KEPT = frozenset({"HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "TZ", "USER"})
_KEPT_PREFIXES = ("DOCKER_", "LC_", "XDG_")


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of an emulator's process: a few of the caller's variables, and `extra`."""
    kept = {
        name: value for name, value in os.environ.items() if name in _KEPT or name.startswith(_KEPT_PREFIXES)
    }
    return {**kept, "PYTHONUNBUFFERED": "1", **extra}


@dataclass
class Running:
    """A process that was started: its id and the time it was created, which tells it from a later one."""

    pid: int
    created: float
    #: Seconds it gets to end by itself before it is killed; 0 for emulators, which have nothing to save.
    grace: float = 0.0
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @classmethod
    def start(  # noqa: PLR0913
        cls,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        scratch: Path,
        *,
        grace: float = 0.0,
        detached: bool = False,
    ) -> Running:
        """Start `command` with its output in `log` and `scratch` as its folder for temporary files.

        Unless `detached`, it ends when this process does. It has a session of its own, so that the terminal's
        Ctrl-C does not reach it: whoever uses it stops it when done. Raises `OSError` when it cannot start.
        """
        settings = {SCRATCH: str(scratch), "TMPDIR": str(scratch)}
        if detached:
            settings[DETACHED] = "1"
        with log.open("ab") as output:
            child = subprocess.Popen(
                command,
                env=clean_environment({**environment, **settings}),
                cwd=scratch,
                stdin=subprocess.DEVNULL if detached else subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        created = time.time()
        with contextlib.suppress(psutil.Error):
            created = psutil.Process(child.pid).create_time()
        return cls(child.pid, created, grace, child)

    def alive(self) -> bool:
        """Say whether the process still runs; another one that was given its id does not count."""
        if self._child is not None:
            return self._child.poll() is None
        process = self._find()
        return process is not None and _runs(process)

    def listens(self, port: int) -> bool | None:
        """Say whether the process itself listens on `port`; None where the system does not tell."""
        process = self._find()
        if process is None:
            return False
        try:
            connections = process.net_connections("inet")
        except psutil.AccessDenied:
            return None
        except psutil.Error:
            return False
        return any(
            connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
            for connection in connections
        )

    def exit_code(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs or when it is not our child."""
        return self._child.poll() if self._child else None

    def stop(self) -> None:
        """End the process and all its descendants, and wait until they are gone."""
        root = self._find()
        if root is not None and self.grace and self.alive():
            with contextlib.suppress(psutil.Error):
                root.terminate()
            self._wait(self.grace)
        family = _family(root) if root is not None else []
        for process in family:
            with contextlib.suppress(psutil.Error):
                process.kill()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if root is not None:
                os.killpg(self.pid, signal.SIGKILL)
        self._wait(_DISAPPEAR)
        deadline = time.monotonic() + _DISAPPEAR
        while any(_runs(process) for process in family) and time.monotonic() < deadline:
            time.sleep(0.01)
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()

    def _find(self) -> psutil.Process | None:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(self.pid)
            # The kernel counts in ticks of 1/100 s.
            if abs(process.create_time() - self.created) < 1.0:
                return process
        return None

    def _wait(self, seconds: float) -> None:
        if self._child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(seconds)
            return
        deadline = time.monotonic() + seconds
        while self.alive() and time.monotonic() < deadline:
            time.sleep(0.01)


def _family(root: psutil.Process) -> list[psutil.Process]:
    """Return `root` and its descendants, having stopped `root` so that it starts no more of them."""
    with contextlib.suppress(psutil.Error):
        root.suspend()
        return [root, *root.children(recursive=True)]
    return [root]


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        # A zombie has ended; that nobody has asked for its exit code is another's affair.
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False
