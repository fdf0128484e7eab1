"""Checkov, a scanner of Terraform plans, in an environment of its own that `checkov.txt` names."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dynamodb_layouts import cache
from dynamodb_layouts.emulators import installing
from dynamodb_layouts.emulators.interpreters import Interpreter

if TYPE_CHECKING:
    from dynamodb_layouts.errors import CannotRunError

LOCK = Path(__file__).with_name("checkov.txt")

# What pip says where no package index answers; a package that is not what its hash says is another matter.
_OFFLINE = re.compile(
    r"\(from versions: none\)|connection broken|Max retries exceeded|Network is unreachable"
)


def program() -> Path:
    """Return the program, installed the first time. Raises `CannotRunError` when pip fails."""
    lock = LOCK.read_text("utf-8")
    place = cache.home() / "scanners" / f"checkov-{hashlib.sha256(lock.encode()).hexdigest()[:12]}"
    with installing.exclusive(place, _say):
        if not installing._ready(place):
            _say("installing checkov (once)")
            shutil.rmtree(place, ignore_errors=True)
            installing._make(Interpreter(Path(sys.executable), sys.version_info[:2]), place)
            installing._pip(place / "bin" / "python", place, "checkov", lock)
            installing.mark_ready(place)
    return place / "bin" / "checkov"


def is_offline(error: CannotRunError) -> bool:
    """Say whether an installation failed because no package index could be reached."""
    return _OFFLINE.search(error.what) is not None


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
