"""The errors that a user is meant to read."""

from __future__ import annotations


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
