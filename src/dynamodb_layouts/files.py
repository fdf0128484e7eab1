"""Files that a user asks for: written whole, or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dynamodb_layouts.errors import CannotRunError, out_of_room

if TYPE_CHECKING:
    from pathlib import Path


def demand_writable(file: Path) -> None:
    """Refuse a path that nothing could be written to, before the work is done rather than after.

    Raises `CannotRunError` for a folder, for a file in no folder, and where nothing may be written.
    """
    folder = file.resolve().parent
    if file.is_dir() or not folder.is_dir():
        raise CannotRunError(f"cannot write {file}", "name a file in a folder that exists")
    if not os.access(file if file.exists() else folder, os.W_OK):
        raise CannotRunError(f"cannot write {file}: nothing may be written there", "name another file")


def write(file: Path, text: str) -> None:
    """Write `text`, in UTF-8, to `file`: all of it, or the file stays as it was.

    Raises `CannotRunError` when it cannot be written.
    """
    place = file.resolve()
    try:
        if place.exists() and not place.is_file():
            # A pipe or a device, which cannot be replaced.
            place.write_text(text, encoding="utf-8")
            return
        new = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            new.write_text(text, encoding="utf-8")
            new.replace(place)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise out_of_room(f"cannot write {file}", error, "name another file") from error
