"""Runs a container that ends with its starter: `python run_docker.py NAME docker run … IMAGE`.

The Docker client alone would not do: the engine, not the client, owns the container, and lets it live on when
the client is killed.
"""

from __future__ import annotations

import signal
import subprocess
import sys

import parent_watch  # type: ignore[import-not-found]


def main() -> int:
    """Run the container; return the client's exit code."""
    name, *command = sys.argv[1:]

    def remove() -> None:
        subprocess.run([command[0], "rm", "--force", name], capture_output=True, check=False, timeout=30)

    def ended(*_: object) -> None:
        remove()
        sys.exit(0)

    signal.signal(signal.SIGTERM, ended)
    if parent_watch.attached():
        parent_watch.die_with_parent(remove)
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
