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


def demand_new(file: Path) -> None:
    """Raise `CannotRunError` where `file` is there already, or its folder is not."""
    if file.exists() or file.is_symlink():
        raise _exists(file)
    if not file.resolve().parent.is_dir():
        raise CannotRunError(f"cannot write {file}", "name a file in a folder that exists")


def write(file: Path, text: str, *, new: bool = False) -> None:
    """Write `text`, in UTF-8, to `file`: all of it, or the file stays as it was.

    A `new` file takes the place of no other. Raises `CannotRunError` when it cannot be written.
    """
    if new:
        demand_new(file)
    place = file.resolve()
    try:
        if place.exists() and not place.is_file():
            # A pipe or a device, which cannot be replaced.
            place.write_text(text, encoding="utf-8")
            return
        made = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            made.write_text(text, encoding="utf-8")
            if new:
                _put(made, place)
            else:
                made.replace(place)
        finally:
            made.unlink(missing_ok=True)
    except FileExistsError:
        raise _exists(file) from None
    except OSError as error:
        raise out_of_room(f"cannot write {file}", error, "name another file") from error


def _put(made: Path, file: Path) -> None:
    try:
        # A link, unlike a renaming, fails where somebody has made the file meanwhile.
        os.link(made, file)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        demand_new(file)
        made.replace(file)


def _exists(file: Path) -> CannotRunError:
    return CannotRunError(f"{file} is there already", "name a file that is not, or take it away")
