"""Installing emulators, each in a Python environment of its own, once."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING

from dynamodb_layouts import cache
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from pathlib import Path

    from dynamodb_layouts.emulators.interpreters import Interpreter

Progress = Callable[[str], None]

#: Bytes of a failed command's output that are worth showing.
_SHOWN = 800
# Settings of the caller that would put packages elsewhere than into the new environment.
_MISLEADING = ("PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET", "PIP_USER", "PYTHONHOME", "PYTHONPATH")


def folder() -> Path:
    """Return the folder that holds every installed emulator."""
    return cache.home() / "emulators"


def lock_text(name: str) -> str:
    """Return the pinned requirements of `name`: every package with its version and hashes."""
    return resources.files("dynamodb_layouts.emulators").joinpath("locks", f"{name}.txt").read_text()


def virtual_environment(
    name: str,
    find_python: Callable[[], Interpreter],
    locks: Sequence[str],
    progress: Progress,
    optional: Sequence[str] = (),
) -> Path:
    """Return the Python of an environment that holds what `locks` pin, made the first time.

    The `optional` locks are left out where pip cannot install them. A changed lock has an environment of its
    own. Raises `CannotRunError` when there is no Python for it or pip fails.
    """
    texts = {lock: lock_text(lock) for lock in (*locks, *optional)}
    digest = hashlib.sha256("".join(texts.values()).encode()).hexdigest()[:12]
    place = folder() / f"{name}-{digest}"
    python = place / "bin" / "python"
    if _ready(place) and python.exists():
        return python
    with exclusive(place, progress):
        # Another run may have made it while this one waited. One whose base Python has gone is made again.
        if not (_ready(place) and python.exists()):
            interpreter = find_python()
            progress(f"installing {name} (once) with Python {'.'.join(map(str, interpreter.version))}")
            # In place, not beside and renamed: scripts in a virtual environment carry its path.
            shutil.rmtree(place, ignore_errors=True)
            _make(interpreter, place)
            for lock, text in texts.items():
                with contextlib.suppress(*([CannotRunError] if lock in optional else [])):
                    _pip(python, place, lock, text)
            mark_ready(place)
    return python


def _make(interpreter: Interpreter, place: Path) -> None:
    _run([str(interpreter.path), "-I", "-m", "venv", str(place)], "make a Python environment")


def _pip(python: Path, place: Path, lock: str, text: str) -> None:
    requirements = place / f"{lock}.txt"
    requirements.write_text(text)
    options = ["--quiet", "--disable-pip-version-check", "--no-input"]
    # The lock is complete, so there is nothing to resolve; modules compile as they are first imported, which
    # most of LocalStack's never are.
    options += ["--require-hashes", "--no-deps", "--no-compile"]
    _run(
        [str(python), "-m", "pip", "install", *options, "--requirement", str(requirements)],
        f"install {lock} from the Python package index",
    )


def _run(command: list[str], what: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    try:
        subprocess.run(
            command,
            check=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    except subprocess.CalledProcessError as error:
        said = [line for line in str(error.output).splitlines() if not line.startswith("WARNING: Location")]
        raise CannotRunError(
            f"could not {what}: {chr(10).join(said)[-_SHOWN:].strip()}",
            "check the network and pip's settings (`pip config list`), then run again",
        ) from error
    except OSError as error:
        raise CannotRunError(f"could not {what}: {error}", "check that this Python still works") from error


@contextlib.contextmanager
def exclusive(place: Path, progress: Progress) -> Iterator[None]:
    """Keep other runs from installing into `place` meanwhile; the kernel lets go of it if this one dies."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f".{place.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress(f"waiting for another run that installs {place.name}")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _ready(place: Path) -> bool:
    return (place / ".ready").is_file()


def mark_ready(place: Path) -> None:
    """Say that `place` is complete."""
    (place / ".ready").touch()
