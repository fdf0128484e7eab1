"""What is asked of the Docker client before a container is run."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from typing import TYPE_CHECKING

from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from dynamodb_layouts.emulators.installing import Progress

#: Seconds that an engine gets to answer; a client without one can wait for long.
_PATIENCE = 5.0


def engine() -> str | None:
    """Return the Docker client when an engine answers it, else None."""
    client = shutil.which("docker")
    if client is None:
        return None
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run(
            [client, "version", "--format", "{{.Server.Version}}"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
        if answer.stdout.strip():
            return client
    return None


def pull(client: str, image: str, progress: Progress) -> None:
    """Have the engine fetch `image` unless it has it; raises `CannotRunError` when it cannot."""
    held = subprocess.run(
        [client, "image", "inspect", "--format", "{{.Id}}", image], capture_output=True, check=False
    )
    if held.returncode == 0:
        return
    progress(f"pulling the image {image} (once, about 1.2 GB unpacked)")
    pulled = subprocess.run([client, "pull", "--quiet", image], capture_output=True, text=True, check=False)
    if pulled.returncode:
        raise CannotRunError(
            f"Docker could not pull {image}: {pulled.stderr.strip()}",
            "check the engine's network, then run again",
        )
