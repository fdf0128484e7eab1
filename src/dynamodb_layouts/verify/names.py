"""Names that a root is using: two roots that make a table of one name must not stand at the same time."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from dynamodb_layouts.terraform import CancelledError
from dynamodb_layouts.verify.standing import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dynamodb_layouts.terraform import Plan

#: Arguments that name a resource within an account and region, by the ways the provider spells them.
_NAMES = ("name", "alarm_name", "dashboard_name", "function_name", "bucket")
#: Seconds between two looks at whether the run was stopped.
_LOOK = 0.5


def of(plan: Plan) -> frozenset[str]:
    """Return the names that a plan would take, each with its resource type."""
    return frozenset(
        f"{kind_of(change.address)} {change.after[argument]}"
        for change in plan.changes.values()
        if change.after
        for argument in _NAMES
        if change.after.get(argument)
    )


class Names:
    """Names in use. All that a root needs are taken at once, so that no two roots wait for each other."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._used: set[str] = set()

    @contextlib.contextmanager
    def held(
        self, names: frozenset[str], *, stopped: Callable[[], bool], wait: Callable[[str], None]
    ) -> Iterator[None]:
        """Hold `names` while the body runs, after waiting for those that another root holds.

        `wait` is told whom it waits for, once. Raises `CancelledError` when the run is `stopped` meanwhile.
        """
        with self._changed:
            if taken := sorted(names & self._used):
                wait(f"waiting for another root that has {taken[0]}")
            while names & self._used:
                if stopped():
                    raise CancelledError("the run has been stopped")
                self._changed.wait(_LOOK)
            self._used |= names
        try:
            yield
        finally:
            with self._changed:
                self._used -= names
                self._changed.notify_all()
