"""AWS provider processes that outlive one Terraform command, so that the next need not start one."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import grpc
import psutil

from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.terraform import guard
from dynamodb_layouts.terraform.mirror import AWS, ProviderBinary
from dynamodb_layouts.terraform.proxy import SchemaProxy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from types import TracebackType

#: Seconds that a provider may take to say where it listens; a cold disk reads 700 MB first.
START_SECONDS = 60.0
_REATTACH = re.compile(r"TF_REATTACH_PROVIDERS='(\{.*\})'")


class WarmProvider:
    """One running AWS provider: a context manager that starts it and ends it.

    It serves one Terraform command at a time. A provider holds a single configuration, and each command that
    connects replaces it; two at once would work with the region and the tags of whichever came last.
    """

    def __init__(self, binary: ProviderBinary, environment: Mapping[str, str]) -> None:
        """Start nothing yet. `environment` is all that the process gets: endpoint and credentials too."""
        self.binary = binary
        self._environment = dict(environment)
        self._folder = Path()
        self._process: subprocess.Popen[bytes] | None = None
        self._proxy: SchemaProxy | None = None
        self._reattach = ""
        self._pid = 0

    def __enter__(self) -> Self:
        """Start the provider; raises `CannotRunError` when it does not come up."""
        # Short, because a Unix socket's path may have about 100 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="dl-", dir="/tmp"))
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the provider."""
        self.stop()

    @property
    def alive(self) -> bool:
        """Whether the provider still runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The provider's own process id."""
        return self._pid

    def environment(self, types: Collection[str]) -> dict[str, str]:
        """Return what a Terraform needs to reach this provider, which will offer it the given types only."""
        if self._proxy:
            self._proxy.offer(types)
        return {"TF_REATTACH_PROVIDERS": self._reattach}

    def check(self, doing: str) -> None:
        """Raise `CannotRunError` when the provider has ended; `doing` says what it was needed for."""
        if not self.alive:
            code = self._process.returncode if self._process else 0
            raise CannotRunError(
                f"the AWS provider process ended during {doing} (exit code {code}): {self._last_words()}",
                "run it again; if it recurs, look for a shortage of memory",
            )

    def stop(self) -> None:
        """End the provider and what belongs to it. Does nothing the second time."""
        if self._proxy:
            self._proxy.close()
            self._proxy = None
        if self._process:
            _end(self._process)
        if self._folder.name:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> None:
        log = self._folder / "log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", guard.__file__, str(self.binary.path), "-debug"],
                env=self._environment | {"TMPDIR": str(self._folder)},
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        attach = json.loads(self._wait_for_line(log))
        described = next(iter(attach.values()))
        self._pid = described["Pid"]
        socket = self._folder / "proxy"
        try:
            self._proxy = SchemaProxy(Path(described["Addr"]["String"]), described["ProtocolVersion"], socket)
        except (grpc.RpcError, KeyError, ValueError) as error:
            raise CannotRunError(
                f"the AWS provider {self.binary.version} does not answer: {error}", "run it again"
            ) from error
        described["Addr"]["String"] = str(socket)
        self._reattach = json.dumps({AWS: described})

    def _wait_for_line(self, log: Path) -> str:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            match = _REATTACH.search(log.read_text(errors="replace"))
            if match:
                return match[1]
            self.check("its start")
            time.sleep(0.01)
        raise CannotRunError(
            f"{self.binary.path} did not come up within {START_SECONDS:.0f} s: {self._last_words()}",
            "check that it is an AWS provider for this machine",
        )

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            lines = (self._folder / "log").read_text(errors="replace").splitlines()
            return " / ".join(line.strip() for line in lines if line.strip())[-500:]
        return "it left no output"


class ProviderPool:
    """Warm providers of one environment, started when first needed, one for each command under way.

    A context manager; its end is the providers' end. Safe to use from several threads.
    """

    def __init__(self, binary: ProviderBinary, environment: Mapping[str, str]) -> None:
        """Start nothing yet; the arguments are those of `WarmProvider`."""
        self.binary = binary
        self._environment = dict(environment)
        self._lock = threading.Lock()
        self._idle: list[WarmProvider] = []
        self._all: list[WarmProvider] = []
        self._closed = False

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every provider."""
        self.close()

    @contextlib.contextmanager
    def lease(self, doing: str) -> Iterator[WarmProvider]:
        """Lend a provider to one command, `doing`.

        Raises `CannotRunError` when the provider has ended by the time the command has: what the command
        said cannot be trusted then, whatever its exit code.
        """
        provider = self._take()
        try:
            yield provider
        finally:
            if provider.alive:
                with self._lock:
                    self._idle.append(provider)
        provider.check(doing)

    def close(self) -> None:
        """End every provider; later leases are refused."""
        with self._lock:
            self._closed = True
            providers, self._all, self._idle = self._all, [], []
        for provider in providers:
            provider.stop()

    @property
    def providers(self) -> tuple[WarmProvider, ...]:
        """The providers started so far, dead ones included."""
        return tuple(self._all)

    def _take(self) -> WarmProvider:
        with self._lock:
            if self._closed:
                raise CannotRunError("the provider pool is closed", "keep it open while roots use it")
            while self._idle:
                provider = self._idle.pop()
                if provider.alive:
                    return provider
        provider = WarmProvider(self.binary, self._environment).__enter__()
        with self._lock:
            closed = self._closed
            self._all.append(provider)
        if closed:
            provider.stop()
            raise CannotRunError("the provider pool is closed", "keep it open while roots use it")
        return provider


def _end(process: subprocess.Popen[bytes]) -> None:
    below: list[psutil.Process] = []
    with contextlib.suppress(psutil.NoSuchProcess):
        below = psutil.Process(process.pid).children(recursive=True)
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for child in below:
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
