"""How each backend is set up and started."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dynamodb_layouts.emulators import dynamodb_local, installing, interpreters, java, ports
from dynamodb_layouts.emulators.interpreters import Interpreter, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dynamodb_layouts.emulators.installing import Progress

LOCALSTACK = "4.14.0"
MINISTACK = "1.5.33"
MOTO = "5.2.5"
#: The last image that runs without an account: LocalStack's open repository was archived in March 2026.
IMAGE = f"localstack/localstack:{LOCALSTACK}"

#: LocalStack 4.14 uses syntax of Python 3.12, and its lock has no wheels for later ones than 3.13.
LOCALSTACK_PYTHONS: tuple[Version, ...] = ((3, 13), (3, 12))

# LocalStack's settings in either way of running it: no analytics, no downloads, tables in memory. Its second
# provider for DynamoDB leaves streams to DynamoDB Local; the first makes them of a Kinesis emulator that npm
# installs at run time.
_LOCALSTACK_SETTINGS = {
    "DISABLE_EVENTS": "1",
    "DYNAMODB_IN_MEMORY": "1",
    "EAGER_SERVICE_LOADING": "0",
    "PROVIDER_OVERRIDE_DYNAMODB": "v2",
    "PROVIDER_OVERRIDE_DYNAMODBSTREAMS": "v2",
    "SKIP_SSL_CERT_DOWNLOAD": "1",
}
_PORT_INSIDE = 4566
#: Seconds that `docker run` gets to remove its container when it is asked to end.
_DOCKER_GRACE = 15.0


@dataclass(frozen=True)
class Plan:
    """A backend that is installed and can be started: what to run, given a port and a scratch folder."""

    name: Literal["localstack", "ministack", "moto"]
    version: str
    how: Literal["docker", "host", "pip"]
    command: Callable[[int], Sequence[str]]
    environment: Callable[[int, Path], Mapping[str, str]] = field(default=lambda _port, _scratch: {})
    #: Answers 200 once the backend takes calls.
    health: str = "/"
    grace: float = 0.0


def localstack(progress: Progress) -> Plan:
    """Return LocalStack in host mode, installed the first time (about 35 s and 550 MB).

    Raises `CannotRunError` when there is no Python 3.12 or 3.13, no Java, or no network for the first time.
    """
    python = installing.virtual_environment(
        "localstack",
        lambda: interpreters.find(LOCALSTACK_PYTHONS),
        ["localstack"],
        progress,
        optional=["java"],
    )
    libjvm = java.virtual_machine(java.find(python))
    jar = dynamodb_local.ensure(progress)

    def environment(port: int, scratch: Path) -> Mapping[str, str]:
        return _LOCALSTACK_SETTINGS | {
            "DNS_ADDRESS": "0",
            # Everything that it writes goes below this folder, nothing below /var/lib.
            "FILESYSTEM_ROOT": str(scratch),
            "GATEWAY_LISTEN": f"{ports.LOOPBACK}:{port}",
            "OVERRIDE_IN_DOCKER": "0",
        }

    return Plan(
        "localstack",
        LOCALSTACK,
        "host",
        lambda _: [str(python), _launcher("run_localstack"), str(libjvm), str(jar)],
        environment,
        "/_localstack/health",
    )


def localstack_in_docker(engine: str, container: str) -> Plan:
    """Return LocalStack as a container of that name, `engine` being the Docker client."""
    settings = [word for name, value in _LOCALSTACK_SETTINGS.items() for word in ("--env", f"{name}={value}")]

    def command(port: int) -> Sequence[str]:
        publish = f"{ports.LOOPBACK}:{port}:{_PORT_INSIDE}"
        run = [engine, "run", "--rm", "--name", container, "--publish", publish, *settings, IMAGE]
        return [sys.executable, _launcher("run_docker"), container, *run]

    return Plan(
        "localstack", LOCALSTACK, "docker", command, health="/_localstack/health", grace=_DOCKER_GRACE
    )


def ministack(progress: Progress) -> Plan:
    """Return ministack, installed the first time (about 8 s and 90 MB).

    Raises `CannotRunError` when there is no network for the first time.
    """
    python = installing.virtual_environment("ministack", _this_python, ["ministack"], progress)
    return Plan(
        "ministack",
        MINISTACK,
        "pip",
        lambda _: [str(python), _launcher("run_ministack")],
        lambda port, scratch: {
            "BIND_HOST": ports.LOOPBACK,
            "GATEWAY_PORT": str(port),
            "S3_DATA_DIR": str(scratch / "s3"),
        },
        "/_ministack/health",
    )


def moto(progress: Progress) -> Plan:
    """Return moto's server, installed the first time (about 20 s and 230 MB).

    Raises `CannotRunError` when there is no network for the first time.
    """
    python = installing.virtual_environment("moto", _this_python, ["moto"], progress)
    return Plan(
        "moto",
        MOTO,
        "pip",
        lambda port: [str(python), _launcher("run_moto"), str(port)],
        health="/moto-api/data.json",
    )


def _this_python() -> Interpreter:
    return Interpreter(Path(sys.executable), (sys.version_info[0], sys.version_info[1]))


def _launcher(name: str) -> str:
    return str(resources.files("dynamodb_layouts.emulators").joinpath("launchers", f"{name}.py"))
