"""Fixtures that prove root modules: `verify_root`, `applied_root` and `dynamodb_emulator`.

Loaded by pytest wherever this package is installed, so nothing is imported, and nothing started, before a
test asks for it.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dynamodb_layouts.emulators import Emulator
    from dynamodb_layouts.verify import Applied, RootReport, Verifier


class VerifyRoot(Protocol):
    """What `verify_root` is: call it with the folder of a root module."""

    def __call__(self, path: Path | str, variables: Mapping[str, Any] | None = None) -> RootReport:
        """Judge the root module, with values for its variables, and return what was found."""


class ApplyRoot(Protocol):
    """What `applied_root` is: call it with the folder of a root module."""

    def __call__(self, path: Path | str, variables: Mapping[str, Any] | None = None) -> Applied:
        """Apply the root module, with values for its variables; it is destroyed when the test ends."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--dynamodb-backend` and `--dynamodb-seed`."""
    group = parser.getgroup("dynamodb-layouts", "proofs of DynamoDB root modules")
    group.addoption(
        "--dynamodb-backend",
        choices=("auto", "localstack", "ministack", "moto"),
        default="auto",
        help="backend that holds the tables (default: auto, which is AWS_ENDPOINT_URL, else LocalStack, "
        "else ministack)",
    )
    group.addoption(
        "--dynamodb-seed",
        type=int,
        default=0,
        help="what the items for access patterns are made from (default: 0, so that every run has the same)",
    )


@pytest.fixture(scope="session")
def dynamodb_verifier(request: pytest.FixtureRequest) -> Iterator[Verifier]:
    """Yield what judges root modules; its emulators are started when needed and ended with the session."""
    from dynamodb_layouts.verify import Verifier  # noqa: PLC0415 - see above

    option = request.config.getoption
    with Verifier(option("--dynamodb-backend"), seed=option("--dynamodb-seed")) as verifier:
        yield verifier


@pytest.fixture(scope="session")
def dynamodb_emulator(dynamodb_verifier: Verifier) -> Emulator:
    """Return the running backend that holds the tables: `.client("dynamodb")`, `.environment()`."""
    return dynamodb_verifier.emulator()


@pytest.fixture(scope="session")
def verify_root(dynamodb_verifier: Verifier) -> VerifyRoot:
    """Return a function that judges a root module: `verify_root(path).assert_proved()`."""
    return dynamodb_verifier.judge


@pytest.fixture
def applied_root(dynamodb_verifier: Verifier) -> Iterator[ApplyRoot]:
    """Yield a function that applies a root module and returns its outputs, design and clients.

    What it applied is destroyed when the test ends, the last first.
    """
    with contextlib.ExitStack() as stack:

        def apply(path: Path | str, variables: Mapping[str, Any] | None = None) -> Applied:
            return stack.enter_context(dynamodb_verifier.applied(path, variables))

        yield apply
