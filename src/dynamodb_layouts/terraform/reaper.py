"""Ends what a harness that was killed leaves: its Terraforms with their providers, and its scratch folders.

A process of its own, one for a harness, started with the first thing that must not outlive it. Its standard
input is a pipe from the harness, which names there what begins and what ends. The pipe closes when the
harness ends, however it ends; what has not ended by then is killed or removed. A parent-death signal would
not do: it follows the thread that started the child.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading

# This file is also run by itself, in a Python that has the standard library alone.


class _Reaper:
    """The harness's end of the pipe. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._groups: set[int] = set()
        self._folders: set[str] = set()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def begins(self, group: int | None = None, folder: str | None = None) -> None:
        """Note a process group or a folder that must not outlive this process."""
        with self._lock:
            if group is not None:
                self._groups.add(group)
            if folder is not None:
                self._folders.add(folder)
            self._tell()

    def ended(self, group: int | None = None, folder: str | None = None) -> None:
        """Forget it again."""
        with self._lock:
            if group is not None:
                self._groups.discard(group)
            if folder is not None:
                self._folders.discard(folder)
            self._tell()

    def close(self) -> None:
        """Let the process end, and wait for it."""
        with self._lock:
            process, self._process = self._process, None
            if process is None or self._owner != os.getpid():
                return
            if process.stdin:
                with contextlib.suppress(OSError):
                    process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)

    def _tell(self) -> None:
        # All of it each time: it is little, and a reaper that was killed can be replaced at any moment.
        line = json.dumps([sorted(self._groups), sorted(self._folders)]).encode() + b"\n"
        for _ in range(2):
            if self._process is None or self._owner != os.getpid():
                self._start()
            pipe = self._process.stdin if self._process else None
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.write(line)
                    return
            self._process = None

    def _start(self) -> None:
        self._owner = os.getpid()
        # Without it, a killed harness leaves something behind; that is no reason not to work.
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", __file__],
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                # Neither the terminal's Ctrl-C nor the end of the harness's group may end it first.
                start_new_session=True,
            )


_REAPER = _Reaper()
atexit.register(_REAPER.close)
begins = _REAPER.begins
ended = _REAPER.ended


def main() -> None:
    """Read what lives until the pipe closes, then end it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    living: tuple[list[int], list[str]] = ([], [])
    for line in sys.stdin.buffer:
        # The last line may be cut off in the middle.
        with contextlib.suppress(ValueError):
            living = json.loads(line)
    groups, folders = living
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
