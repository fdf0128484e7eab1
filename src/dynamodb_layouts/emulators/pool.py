"""Backends shared by everything in one run."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Self

from dynamodb_layouts.emulators import routing
from dynamodb_layouts.emulators.starting import first_available, start
from dynamodb_layouts.errors import CannotRunError, LayoutsError

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import TracebackType

    from dynamodb_layouts.emulators.emulator import Emulator
    from dynamodb_layouts.emulators.installing import Progress
    from dynamodb_layouts.emulators.routing import Route


class EmulatorPool:
    """Starts each backend when it is first asked for, and stops them all at the end.

    A context manager. Safe to use from several threads: two that ask for one backend get the same, two that
    ask for different ones do not wait for each other. A backend that could not be had is not tried again.
    """

    def __init__(self, progress: Progress | None = None) -> None:
        """Start nothing yet; `progress` is called with lines for a person to read."""
        self._progress = progress
        self._lock = threading.Lock()
        self._starting: dict[str, threading.Lock] = {}
        self._started: dict[str, Emulator] = {}
        self._failed: dict[str, LayoutsError] = {}
        self._closed = False

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop every backend."""
        self.close()

    def get(self, name: str = "auto") -> Emulator:
        """Return the running backend `name`, as `start` takes it; starts it the first time.

        Raises `CannotRunError` when it cannot be had, or when it has ended since.
        """
        with self._lock:
            self._refuse_if_closed()
            turn = self._starting.setdefault(name, threading.Lock())
        with turn:
            if failure := self._failed.get(name):
                raise failure
            emulator = self._started.get(name)
            if emulator is None:
                emulator = self._start(name)
            emulator.check()
            return emulator

    def route(self, needs: Collection[str], primary: str = "auto") -> Route:
        """Return the way for `needs` with `primary` for DynamoDB, starting what it takes."""
        return routing.route(needs, self.get(primary), self.get)

    def check(self) -> None:
        """Raise `CannotRunError` naming the first backend that has ended by itself."""
        for emulator in self.emulators:
            emulator.check()

    @property
    def emulators(self) -> tuple[Emulator, ...]:
        """The backends that run, in the order of their start."""
        with self._lock:
            return tuple({id(emulator): emulator for emulator in self._started.values()}.values())

    def close(self) -> None:
        """Stop every backend; later requests are refused."""
        with self._lock:
            self._closed = True
            started, self._started = self._started, {}
        for emulator in {id(emulator): emulator for emulator in started.values()}.values():
            emulator.stop()

    def _start(self, name: str) -> Emulator:
        try:
            if name == "auto" and not os.environ.get("AWS_ENDPOINT_URL"):
                # By their own names, so that what "auto" comes to is not started twice.
                emulator = first_available(self.get, self._progress or _quiet)
            else:
                emulator = start(name, progress=self._progress)
        except LayoutsError as failure:
            self._failed[name] = failure
            raise
        with self._lock:
            if not self._closed:
                self._started[name] = emulator
                return emulator
        emulator.stop()
        self._refuse_if_closed()
        raise AssertionError

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise CannotRunError("the emulators have been stopped", "keep the pool open while they are used")


def _quiet(_: str) -> None:
    pass
