"""The errors that a user is meant to read."""

from __future__ import annotations

import errno
import os
import tempfile

#: What the system says of a place that takes no more.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


class LayoutsError(Exception):
    """Something a user can mend.

    `what` says what is wrong, `instead` what to do about it. The command line prints both and ends with
    `exit_code`: 1 when something asked about is false, 2 when the question could not be put at all.
    """

    exit_code = 1

    def __init__(self, what: str, instead: str = "") -> None:
        super().__init__(f"{what}\n{instead}" if instead else what)
        self.what = what
        self.instead = instead


class CannotRunError(LayoutsError):
    """The work could not be done: a missing tool, a dead emulator, a bad path. Exit code 2."""

    exit_code = 2


def out_of_room(doing: str, error: OSError, elsewhere: str = "") -> CannotRunError:
    """Return the error for what could not be written: `doing` says what, and the system says why.

    `elsewhere` says where it could go on another disk; temporary files go where TMPDIR says.
    """
    # `shutil.copytree` goes on after the first failure, and lists them: (from, to, why).
    if error.errno is None and error.args and isinstance(error.args[0], list):
        why = str(error.args[0][0][-1])
        full = any(os.strerror(number) in why for number in _FULL)
        read_only = any(os.strerror(number) in why for number in _READ_ONLY)
    else:
        why = error.strerror or str(error)
        why = f"{why}: {error.filename}" if error.filename else why
        full, read_only = error.errno in _FULL, error.errno in _READ_ONLY
    instead = "see to that, and run it again"
    if full:
        temporary = f"name a folder on another disk in TMPDIR (now {tempfile.gettempdir()})"
        instead = f"make room there, or {elsewhere or temporary}"
    elif read_only:
        instead = f"make it readable and the place writable, or {elsewhere or 'name another place'}"
    return CannotRunError(f"{doing}: {why}", instead)


def is_full(error: OSError) -> bool:
    """Say whether a disk has no more room for what was to be written, or takes nothing at all."""
    return error.errno in _FULL | {errno.EROFS}
