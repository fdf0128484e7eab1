"""Runs a command that must not outlive whoever started it: `python guard.py FOLDER COMMAND...`.

Its standard input is a pipe that nobody writes to. The pipe closes when the starter ends, however it ends;
then the command is killed and its scratch FOLDER removed. A parent-death signal would not do: it follows the
thread that started the child.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading

_SIGNAL_BASE = 128


def main() -> int:
    """Run the command; return its exit code, or 128 and the signal that ended it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL)
    threading.Thread(target=_kill_at_end_of_input, args=(child,), daemon=True).start()
    code = child.wait()
    shutil.rmtree(sys.argv[1], ignore_errors=True)
    return code if code >= 0 else _SIGNAL_BASE - code


def describe(code: int) -> str:
    """Say how a command ended whose exit code, or that of this guard, is `code`."""
    if 0 <= code <= _SIGNAL_BASE:
        return f"ended with exit code {code}"
    return f"was killed by signal {code - _SIGNAL_BASE if code > 0 else -code}"


def _kill_at_end_of_input(child: subprocess.Popen[bytes]) -> None:
    while os.read(0, 1024):
        pass
    child.kill()


if __name__ == "__main__":
    # Not sys.exit: the reading thread may hold standard input.
    os._exit(main())
