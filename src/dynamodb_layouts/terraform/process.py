"""Running Terraform as a child that can be stopped, cannot block and cannot die unnoticed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.terraform import reaper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Seconds that Terraform gets to end by itself: it finishes the calls under way and writes its state.
GRACE = 20.0
#: Seconds that pipes may stay open after Terraform has ended.
_PIPE_GRACE = 5.0


class CancelledError(CannotRunError):
    """The run was stopped from outside, by Ctrl-C or by another thread."""


@dataclass(frozen=True)
class Finished:
    """A command that has ended: its exit code (negative: the signal that killed it) and what it wrote."""

    code: int
    out: str
    err: str


class CancelToken:
    """Stops every Terraform that runs under it, whichever thread started it.

    `cancel()` asks politely and refuses later commands, so that callers can destroy what was applied (a
    destroy is not refused). `kill()` ends everything at once, destroys too.
    """

    def __init__(self, grace: float = GRACE) -> None:
        self.grace = grace
        self._lock = threading.Lock()
        self._running: dict[subprocess.Popen[bytes], bool] = {}
        self._cancelled = False
        self._killed = False

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` or `kill` was called."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask every running Terraform, except destroys, to stop; kill it after `grace` seconds."""
        with self._lock:
            self._cancelled = True
            running = [process for process, spared in self._running.items() if not spared]
        for process in running:
            interrupt(process)
        if running:
            timer = threading.Timer(self.grace, _kill_all, (running,))
            timer.daemon = True
            timer.start()

    def kill(self) -> None:
        """End every running Terraform now, and refuse every later command."""
        with self._lock:
            self._cancelled = self._killed = True
            running = list(self._running)
        _kill_all(running)

    def stops(self, *, spared: bool) -> bool:
        """Say whether a command is to be refused; `spared` ones are refused after `kill` only."""
        return self._killed if spared else self._cancelled

    def _start(self, start: _Start, *, spared: bool) -> subprocess.Popen[bytes]:
        # Under the lock, so that a cancel either refuses this process or finds it in the list.
        with self._lock:
            if self.stops(spared=spared):
                raise CancelledError(f"{start.name} was not started: the run has been stopped")
            process = start()
            # It has a group of its own, and its providers are in that.
            reaper.begins(group=process.pid)
            self._running[process] = spared
            return process

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._running.pop(process, None)


@dataclass(frozen=True)
class _Start:
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"{Path(self.command[0]).name} {self.command[1] if len(self.command) > 1 else ''}".strip()

    def __call__(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # The terminal's Ctrl-C must reach the harness alone: it decides when Terraform stops.
                start_new_session=True,
            )
        except OSError as error:
            raise CannotRunError(
                f"cannot start {self.command[0]}: {error.strerror}",
                "install Terraform and put it on PATH",
            ) from error


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    token: CancelToken | None = None,
    *,
    spared: bool = False,
) -> Finished:
    """Run `command` in `folder` to its end and return it, whatever its exit code.

    Raises `CancelledError` when `token` stopped it (`spared`: `token.cancel` does not), and
    `CannotRunError` when it cannot be started. A KeyboardInterrupt passes through after Terraform has
    stopped: it is asked to, and killed when it takes longer than the token's grace.
    """
    token = token or CancelToken()
    start = _Start(command, folder, environment)
    process = token._start(start, spared=spared)  # noqa: SLF001 - one unit with the token
    pipes = [_Drain(pipe) for pipe in (process.stdout, process.stderr) if pipe]
    try:
        process.wait()
    except KeyboardInterrupt:
        stop(process, token.grace)
        raise
    finally:
        token._ended(process)  # noqa: SLF001
        if process.returncode != 0:
            # A Terraform that was killed or crashed leaves its providers behind, in its group.
            _kill_all([process])
        reaper.ended(group=process.pid)
        out, err = (pipe.text() for pipe in pipes)
    if token.stops(spared=spared):
        raise CancelledError(f"{start.name} was stopped before its end")
    return Finished(process.returncode, out, err)


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """Ask `process` to stop, as Ctrl-C would."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)


def stop(process: subprocess.Popen[bytes], grace: float) -> None:
    """Ask `process` to stop, wait `grace` seconds, then kill it with its group."""
    interrupt(process)
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        _kill_all([process])
        process.wait()


def _kill_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


class _Drain:
    """Empties a pipe as it fills, so that the writer never waits for the reader."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._parts: list[bytes] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._pipe:
            while part := self._pipe.read1(65536):  # type: ignore[attr-defined]
                self._parts.append(part)

    def text(self) -> str:
        """Return all that was written; wait for it no longer than a moment."""
        self._thread.join(_PIPE_GRACE)
        return b"".join(self._parts).decode(errors="replace")
