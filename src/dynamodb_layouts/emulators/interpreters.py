"""Which Pythons there are on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Version = tuple[int, int]

#: Seconds that an interpreter gets to say what it is. pyenv's shims are shell scripts.
_PROBE_SECONDS = 10.0
_PROBE = "import ensurepip, json, sys, venv; print(json.dumps([*sys.version_info[:2], sys.executable]))"


@dataclass(frozen=True)
class Interpreter:
    """A Python that can make virtual environments."""

    path: Path
    version: Version


def find(versions: Iterable[Version]) -> Interpreter:
    """Return an interpreter of one of `versions`, the first of them that there is.

    Looks at the running Python, at PATH, at pyenv's versions and at uv's. Raises `CannotRunError` when none
    has any of the versions and the modules `venv` and `ensurepip`.
    """
    wanted = list(versions)
    seen: set[Path] = set()
    for version in wanted:
        for candidate in _candidates(version):
            if candidate in seen:
                continue
            seen.add(candidate)
            found = _probe(candidate)
            if found and found.version == version:
                return found
    names = " or ".join(_text(version) for version in wanted)
    raise CannotRunError(
        f"no Python {names} was found (looked at PATH, pyenv's and uv's versions)",
        f"install one, for example with `uv python install {_text(wanted[0])}`",
    )


def _candidates(version: Version) -> Iterator[Path]:
    if sys.version_info[:2] == version:
        yield Path(sys.executable)
    name = f"python{_text(version)}"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for program in (Path(folder) / name, Path(folder) / "python3"):
            if program.is_file() and os.access(program, os.X_OK):
                yield program
    yield from _of_pyenv(version)
    yield from _of_uv(version)


def _of_pyenv(version: Version) -> Iterator[Path]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    pattern = re.compile(rf"^{re.escape(_text(version))}(\.\d+)?$")
    with contextlib.suppress(OSError):
        for folder in sorted((root / "versions").iterdir(), reverse=True):
            if pattern.match(folder.name):
                yield folder / "bin" / "python3"


def _of_uv(version: Version) -> Iterator[Path]:
    uv = shutil.which("uv")
    if uv is None:
        return
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        found = subprocess.run(
            [uv, "python", "find", "--no-python-downloads", _text(version)],
            capture_output=True,
            text=True,
            timeout=_PROBE_SECONDS,
            check=True,
        )
        yield Path(found.stdout.strip())


def _probe(program: Path) -> Interpreter | None:
    with contextlib.suppress(OSError, subprocess.SubprocessError, ValueError):
        said = subprocess.run(
            [str(program), "-I", "-c", _PROBE],
            capture_output=True,
            text=True,
            timeout=_PROBE_SECONDS,
            check=True,
        )
        major, minor, executable = json.loads(said.stdout)
        return Interpreter(Path(executable), (major, minor))
    return None


def _text(version: Version) -> str:
    return ".".join(map(str, version))
