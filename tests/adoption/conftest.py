"""Backends that live as long as the tests, and the environment in which a user would adopt their tables."""

from __future__ import annotations

import contextlib
import os
from functools import cache
from typing import TYPE_CHECKING

import pytest

from dynamodb_layouts import emulators
from dynamodb_layouts.terraform import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dynamodb_layouts.emulators import Emulator

    #: A backend with a session of warm providers for it, by name.
    Backends = Callable[[str], tuple[Emulator, Session]]


@pytest.fixture(scope="session")
def emulator() -> Iterator[Callable[[str], Emulator]]:
    """Return what starts a backend the first time it is asked for."""
    with contextlib.ExitStack() as ends:
        yield cache(lambda name: ends.enter_context(emulators.start(name)))


@pytest.fixture(scope="session")
def backend(emulator: Callable[[str], Emulator]) -> Iterator[Backends]:
    """Return what brings a backend and a session for it up; `ministack` is scaled by moto."""
    with contextlib.ExitStack() as ends:

        @cache
        def bring_up(name: str) -> tuple[Emulator, Session]:
            tables = emulator(name)
            return tables, ends.enter_context(Session(settings(tables, emulator)))

        yield bring_up


def settings(tables: Emulator, emulator: Callable[[str], Emulator]) -> dict[str, str]:
    """Return the environment for a backend; where it does not scale tables, moto does."""
    scaling = {"AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING": emulator("moto").endpoint_url}
    return tables.environment() | (scaling if tables.name == "ministack" else {})


@pytest.fixture(autouse=True)
def _nothing_of_the_callers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the caller's AWS settings, files and instance role, which would decide what is found."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def at(emulator: Callable[[str], Emulator], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Emulator]:
    """Return what points this process at a backend, as a user's shell would."""

    def point(name: str) -> Emulator:
        tables = emulator(name)
        for variable, value in settings(tables, emulator).items():
            monkeypatch.setenv(variable, value)
        return tables

    return point
