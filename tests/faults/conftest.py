"""Backends that live as long as the tests of faults, each with warm providers."""

from __future__ import annotations

import contextlib
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
def backend() -> Iterator[Backends]:
    """Return what brings a backend up the first time it is asked for.

    `scaled` is ministack, with Application Auto Scaling of moto, which no other backend has.
    """
    with contextlib.ExitStack() as ends:

        @cache
        def emulator(name: str) -> Emulator:
            return ends.enter_context(emulators.start(name))

        @cache
        def bring_up(name: str) -> tuple[Emulator, Session]:
            tables = emulator("ministack" if name == "scaled" else name)
            settings = tables.environment()
            if name == "scaled":
                settings["AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING"] = emulator("moto").endpoint_url
            return tables, ends.enter_context(Session(settings))

        yield bring_up
