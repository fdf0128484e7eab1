"""What holds for every test, and backends that more than one folder changes tables on."""

from __future__ import annotations

import contextlib
import signal
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

# A job in the background of a shell is started with Ctrl-C ignored, and so would be every process that a test
# starts to send it one.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def backend() -> Iterator[Backends]:
    """Return what brings a backend up the first time it is asked for.

    `auto` is LocalStack, or what stands in for it. `auto+moto` and `ministack+moto` have moto's Application
    Auto Scaling, which no other backend has.
    """
    with contextlib.ExitStack() as ends:

        @cache
        def emulator(name: str) -> Emulator:
            return ends.enter_context(emulators.start(name))

        @cache
        def bring_up(name: str) -> tuple[Emulator, Session]:
            tables, _, scaling = name.partition("+")
            settings = emulator(tables).environment()
            if scaling:
                settings["AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING"] = emulator(scaling).endpoint_url
            return emulator(tables), ends.enter_context(Session(settings))

        yield bring_up
