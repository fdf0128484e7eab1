"""One LocalStack, and the tables of `roots/shop` that Terraform made on it, for all tests of the contract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import psutil
import pytest

from dynamodb_layouts.emulators import start
from dynamodb_layouts.terraform import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.emulators import Emulator

ROOTS = Path(__file__).parent / "roots"


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with start("auto") as started:
        yield started


@pytest.fixture(scope="session")
def client(emulator: Emulator) -> Any:
    return emulator.client("dynamodb")


@pytest.fixture(scope="session")
def database(emulator: Emulator) -> Any:
    """Return a client for tables that need no Terraform, with hooks of its own.

    Where LocalStack runs on the host, its DynamoDB Local is asked directly: seven times as fast as through
    the gateway, and these tests ask thousands of times.
    """
    ports = [
        connection.laddr.port
        for process in (psutil.Process(emulator.pid).children(recursive=True) if emulator.pid else [])
        if emulator.kind == "localstack"
        for connection in process.net_connections("tcp4")
        if connection.status == psutil.CONN_LISTEN
    ]
    return boto3.client(
        "dynamodb",
        endpoint_url=f"http://127.0.0.1:{ports[0]}" if ports else emulator.endpoint_url,
        region_name=emulator.region,
        aws_access_key_id=emulator.credentials.access_key,
        aws_secret_access_key=emulator.credentials.secret_key,
    )


@pytest.fixture(scope="session")
def tables(emulator: Emulator) -> Iterator[dict[str, Any]]:
    """Return the elements of `design.tables` as an apply put them out; the tables are there and empty."""
    with Session(emulator.environment()) as session, session.root(ROOTS / "shop") as root:
        root.init()
        root.apply()
        yield root.outputs()["design"]["tables"]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the tests counted: mutants killed, models proved."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "contract":
                terminalreporter.write_line(f"contract: {value}")
