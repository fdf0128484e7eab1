"""One LocalStack, and the tables of `roots/shop` that Terraform made on it, for all tests of the contract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dynamodb_layouts.emulators import start
from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.terraform import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.emulators import Emulator

ROOTS = Path(__file__).parent / "roots"


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    try:
        started = start("localstack")
    except CannotRunError as error:
        pytest.skip(f"no LocalStack here: {error}")
    with started:
        yield started


@pytest.fixture(scope="session")
def client(emulator: Emulator) -> Any:
    return emulator.client("dynamodb")


@pytest.fixture(scope="session")
def tables(emulator: Emulator) -> Iterator[dict[str, Any]]:
    """Return the elements of `design.tables` as an apply put them out; the tables are there and empty."""
    with Session(emulator.environment()) as session, session.root(ROOTS / "shop") as root:
        root.init()
        root.apply()
        yield root.outputs()["design"]["tables"]
