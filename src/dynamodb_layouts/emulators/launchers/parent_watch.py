"""Ends an emulator together with whoever started it.

The files of this folder run in the emulators' own environments, where this project is not installed: they
import each other by name and nothing else of it.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Set for an emulator that is meant to outlive the command that started it.
DETACHED = "DYNAMODB_LAYOUTS_DETACHED"
#: The folder of temporary files that goes with the emulator.
SCRATCH = "DYNAMODB_LAYOUTS_SCRATCH"


def die_with_parent(before: Callable[[], None] | None = None) -> None:
    """Kill this process group, after `before`, once standard input closes.

    Standard input is a pipe that nobody writes to: the kernel closes it when the starter ends, also by
    SIGKILL. (A parent-death signal would not do: it comes when the starting *thread* ends.)
    """
    threading.Thread(target=_wait, args=(before,), name="parent-watch", daemon=True).start()


def _wait(before: Callable[[], None] | None) -> None:
    while os.read(0, 1024):
        pass
    if before:
        before()
    if scratch := os.environ.get(SCRATCH):
        shutil.rmtree(scratch, ignore_errors=True)
    os.killpg(os.getpgid(0), signal.SIGKILL)


def attached() -> bool:
    """Say whether the emulator belongs to the process that started it."""
    return not os.environ.get(DETACHED)
