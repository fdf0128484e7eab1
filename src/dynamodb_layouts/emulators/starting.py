"""Choosing a backend, and bringing it up."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from botocore.exceptions import BotoCoreError, ClientError

from dynamodb_layouts import cache
from dynamodb_layouts.emulators import backends, docker, endpoint, ports
from dynamodb_layouts.emulators.emulator import Emulator, died, last_lines
from dynamodb_layouts.emulators.processes import Running
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dynamodb_layouts.emulators.installing import Progress

NAMES = ("auto", "localstack", "ministack", "moto")
#: Seconds that a backend gets from its start to its first answer; 3 are usual, a busy machine takes longer.
DEADLINE = 90.0
#: Logs of emulators that failed, kept for reading.
_KEPT_LOGS = 10
_PORT_ATTEMPTS = 3


def start(
    name: str = "auto", *, port: int | None = None, progress: Progress | None = None, detached: bool = False
) -> Emulator:
    """Start a backend and return it once it answers; installs it the first time.

    `name` is "localstack" (in Docker where an engine answers, else on the host), "ministack", "moto" or
    "auto": the endpoint in `AWS_ENDPOINT_URL`, else LocalStack, else, saying why in one line, ministack.
    `port` is one on 127.0.0.1 (default: any free one). `progress` is called with lines for a person to read.
    A `detached` emulator outlives this process.

    Raises `CannotRunError` when the backend cannot be had or does not come up, or when the port is taken.
    """
    say = progress or _quiet
    if name not in NAMES:
        raise CannotRunError(f"there is no emulator {name!r}", f"name one of {', '.join(NAMES)}")
    if name == "auto":
        return _auto(port, say, detached=detached)
    if port is not None:
        _demand(port)
    if name == "localstack":
        return _localstack(port, say, detached=detached)
    plan = backends.ministack(say) if name == "ministack" else backends.moto(say)
    return _bring_up(plan, port, say, detached=detached)


def _auto(port: int | None, say: Progress, *, detached: bool) -> Emulator:
    if given := os.environ.get("AWS_ENDPOINT_URL"):
        return endpoint.given(given)
    if port is not None:
        _demand(port)  # one that is taken is taken for either backend
    return first_available(lambda name: start(name, port=port, progress=say, detached=detached), say)


def first_available(get: Callable[[str], Emulator], say: Progress) -> Emulator:
    """Return LocalStack as `get` yields it, or ministack, having said in one line why."""
    try:
        return get("localstack")
    except CannotRunError as error:
        say(f"LocalStack cannot be had, so ministack it is: {error.what.splitlines()[0]}")
    return get("ministack")


def _demand(port: int) -> None:
    if ports.taken(port):
        raise CannotRunError(
            f"port {port} on {ports.LOOPBACK} is taken{_by(port)}", "stop what uses it, or name another port"
        )


def _localstack(port: int | None, say: Progress, *, detached: bool) -> Emulator:
    client = docker.engine()
    if client:
        try:
            docker.pull(client, backends.IMAGE, say)
            plan = backends.localstack_in_docker(client, f"dynamodb-layouts-{uuid.uuid4().hex[:12]}")
            return _bring_up(plan, port, say, detached=detached)
        except CannotRunError as error:
            say(f"LocalStack does not run in Docker, so on the host: {error.what.splitlines()[0]}")
    return _bring_up(backends.localstack(say), port, say, detached=detached)


def _bring_up(plan: backends.Plan, port: int | None, say: Progress, *, detached: bool) -> Emulator:
    say(f"starting {plan.name} {plan.version} ({plan.how})")
    for attempt in range(_PORT_ATTEMPTS):
        chosen = port or ports.free()
        emulator = _launch(plan, chosen, detached=detached)
        try:
            _wait_until_ready(emulator, plan.health)
        except _PortLostError as lost:
            emulator.stop()
            if port is None and attempt + 1 < _PORT_ATTEMPTS:
                continue  # someone took it between our asking for it and the emulator's
            raise CannotRunError(lost.what, lost.instead) from None
        except BaseException:
            emulator.stop()
            raise
        return emulator
    raise AssertionError


class _PortLostError(CannotRunError):
    """The emulator ended at its start, and its port belongs to someone else."""


def _launch(plan: backends.Plan, port: int, *, detached: bool) -> Emulator:
    log = _log_file(f"{plan.name}-{port}")
    scratch = Path(tempfile.mkdtemp(prefix=f"dynamodb-layouts-{plan.name}-"))
    try:
        process = Running.start(
            plan.command(port),
            plan.environment(port, scratch),
            log,
            scratch,
            grace=plan.grace,
            detached=detached,
        )
    except OSError as error:
        shutil.rmtree(scratch, ignore_errors=True)
        raise CannotRunError(
            f"{plan.name} could not be started: {error}", "check that its Python still works"
        ) from error
    return Emulator(
        plan.name,
        plan.version,
        plan.how,
        f"http://{ports.LOOPBACK}:{port}",
        log,
        kind=plan.name,
        process=process,
        scratch=scratch,
    )


def _wait_until_ready(emulator: Emulator, health: str) -> None:
    deadline = time.monotonic() + DEADLINE
    port = int(emulator.endpoint_url.rpartition(":")[2])
    _wait(emulator, deadline, lambda: _healthy(port, health))
    # The gateway answers before DynamoDB does.
    _wait(emulator, deadline, lambda: _lists_tables(emulator))
    # Whoever else has got the port may answer just as well.
    if emulator.how != "docker" and emulator.process and emulator.process.listens(port) is False:
        raise _PortLostError(f"port {port} is taken{_by(port)}", "run again")


def _wait(emulator: Emulator, deadline: float, ready: Callable[[], bool]) -> None:
    while True:
        if not emulator.alive():
            code = emulator.process.exit_code() if emulator.process else None
            error = died(f"{emulator} ended at its start", code, emulator.log)
            if ports.taken(int(emulator.endpoint_url.rpartition(":")[2])):
                raise _PortLostError(error.what, error.instead)
            raise error
        if ready():
            return
        if time.monotonic() > deadline:
            raise CannotRunError(
                f"{emulator} did not answer within {DEADLINE:.0f} s: {last_lines(emulator.log)}",
                f"its log is {emulator.log}; run it again on a machine with less to do",
            )
        time.sleep(0.02)


def _healthy(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _lists_tables(emulator: Emulator) -> bool:
    try:
        emulator.client("dynamodb").list_tables(Limit=1)
    except (BotoCoreError, ClientError):
        return False
    return True


def _log_file(stem: str) -> Path:
    folder = cache.home() / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    old = sorted(folder.glob("*.log"), key=_age, reverse=True)
    for file in old[: max(0, len(old) - _KEPT_LOGS)]:
        # Only those of emulators long gone; another run's may be in use.
        if _age(file) > 24 * 3600:
            file.unlink(missing_ok=True)
    return folder / f"{stem}-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"


def _age(file: Path) -> float:
    with contextlib.suppress(OSError):
        return time.time() - file.stat().st_mtime
    return 0.0


def _by(port: int) -> str:
    """Say whose port it is, as far as the system tells."""
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("inet"):
            if (
                connection.status == psutil.CONN_LISTEN
                and connection.pid
                and connection.laddr
                and connection.laddr.port == port
            ):
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""


def _quiet(_: str) -> None:
    pass
