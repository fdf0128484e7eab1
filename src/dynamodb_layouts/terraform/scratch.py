"""Scratch folders that do not stay when whoever made them has died."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import threading
from pathlib import Path

from dynamodb_layouts.errors import out_of_room
from dynamodb_layouts.terraform import reaper

PREFIX = "dynamodb-layouts-"
#: A file in each folder that is locked as long as the process lives that made it.
OWNER = "owner"

_swept = threading.Event()


class Scratch:
    """A new folder for temporary files, until `remove`, or until this process ends, however it ends.

    The reaper removes it when this process is killed. Where both were killed, or the machine has lost its
    power, the next process that makes one removes it.
    """

    def __init__(self) -> None:
        """Make the folder; raises `CannotRunError` where there is no room for it."""
        if not _swept.is_set():
            _swept.set()
            sweep()
        try:
            self.folder, self._owner = _make()
        except OSError as error:
            raise out_of_room("cannot make a scratch folder", error) from error
        reaper.begins(folder=str(self.folder))

    def remove(self) -> None:
        """Delete the folder with all in it. Does nothing the second time."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._owner is not None:
            os.close(self._owner)
            self._owner = None
            reaper.ended(folder=str(self.folder))


def sweep() -> list[Path]:
    """Remove the scratch folders of processes that have died, and return them.

    A folder without an owner's file, of another user, or whose owner lives, is left alone.
    """
    removed = []
    with contextlib.suppress(OSError):
        for folder in sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*")):
            with contextlib.suppress(OSError):
                if _is_dead(folder):
                    removed.append(folder)
    return removed


def _make() -> tuple[Path, int | None]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        try:
            owner = os.open(folder / OWNER, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return folder, owner
        # Another process has taken it for a dead one's, and is about to remove it.
        os.close(owner)


def _is_dead(folder: Path) -> bool:
    """Remove the folder if its owner has died, and say whether it had."""
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid():
        return False
    owner = os.open(folder / OWNER, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(owner)
    return True
