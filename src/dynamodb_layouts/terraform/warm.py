"""AWS provider processes that outlive one Terraform command, so that the next need not start one."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import grpc

from dynamodb_layouts.errors import CannotRunError, LayoutsError
from dynamodb_layouts.terraform import guard
from dynamodb_layouts.terraform.mirror import AWS, ProviderBinary
from dynamodb_layouts.terraform.proxy import SchemaProxy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from types import TracebackType

    from dynamodb_layouts.terraform.schema import Schema

#: Seconds that a provider may take to say where it listens; a cold disk reads 700 MB first.
START_SECONDS = 60.0
#: Seconds that a provider gets to be seen dead after a command has failed because it did not answer.
_DYING_SECONDS = 5.0
_REATTACH = re.compile(r"TF_REATTACH_PROVIDERS='(\{.*\})'")

# A provider takes half a second of processor time to tell its schema, which is the same whenever it is asked.
_SCHEMAS: dict[ProviderBinary, Schema] = {}
_SCHEMAS_LOCK = threading.Lock()


class WarmProvider:
    """One running AWS provider: started by its construction, ended by `stop` or the end of a `with`.

    It serves one Terraform command at a time. A provider holds a single configuration, and each command that
    connects replaces it; two at once would work with the region and the tags of whichever came last.
    It ends with the harness, however that ends.
    """

    def __init__(self, binary: ProviderBinary, environment: Mapping[str, str]) -> None:
        """Start `binary` in `environment`, which is all it gets: endpoint and credentials too.

        Raises `CannotRunError` when it does not come up.
        """
        self.binary = binary
        # Short, because a Unix socket's path may have about 100 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="dl-", dir="/tmp"))
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", guard.__file__, str(self._folder), str(binary.path), "-debug"],
            env={**environment, "TMPDIR": str(self._folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._proxy: SchemaProxy | None = None
        self._output = _Output(self._process)
        try:
            described = next(iter(json.loads(self._reattach_line()).values()))
            self.pid: int = described["Pid"]
            socket = self._folder / "proxy"
            self._proxy = SchemaProxy(Path(described["Addr"]["String"]), described["ProtocolVersion"], socket)
            self._schema = _schema(binary, self._proxy)
            described["Addr"]["String"] = str(socket)
            self._reattach = json.dumps({AWS: described})
        except (grpc.RpcError, KeyError, ValueError) as error:
            self.stop()
            raise CannotRunError(f"{binary.path} does not answer: {error}", "run it again") from error
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> Self:
        """Return the provider itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the provider."""
        self.stop()

    @property
    def alive(self) -> bool:
        """Whether the provider still runs."""
        return self._process.poll() is None

    @property
    def types(self) -> frozenset[str]:
        """Every resource and data source type that the provider has."""
        return self._schema.types

    def ends_within(self, seconds: float) -> bool:
        """Wait no longer than `seconds` for the provider's end, and say whether it has come."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return not self.alive

    def environment(self, types: Collection[str]) -> dict[str, str]:
        """Return what a Terraform needs to reach this provider, which will offer it the given types only."""
        if self._proxy:
            self._proxy.offer(self._schema.only(types))
        return {"TF_REATTACH_PROVIDERS": self._reattach}

    def check(self, doing: str) -> None:
        """Raise `CannotRunError` when the provider has ended; `doing` says what it was needed for."""
        if not self.alive:
            code = self._process.returncode
            raise CannotRunError(
                f"the AWS provider process {guard.describe(code)} during {doing}: {self._output.tail()}",
                "run it again; if it recurs, look for a shortage of memory",
            )

    def stop(self) -> None:
        """End the provider. Does nothing the second time."""
        if self._proxy:
            self._proxy.close()
            self._proxy = None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _reattach_line(self) -> str:
        self._output.said.wait(START_SECONDS)
        if not self._output.reattach:
            with contextlib.suppress(subprocess.TimeoutExpired):
                # Its output ends a moment before it does.
                self._process.wait(1)
            self.check("its start")
            raise CannotRunError(
                f"{self.binary.path} did not come up within {START_SECONDS:.0f} s: {self._output.tail()}",
                "check that it is an AWS provider for this machine",
            )
        return self._output.reattach


class _Output:
    """Reads what a provider writes: where it listens, and its last words. Its debug log is dropped."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.reattach = ""
        self.said = threading.Event()
        self._lines: deque[str] = deque(maxlen=20)
        self._thread = threading.Thread(target=self._read, args=(process.stdout,), daemon=True)
        self._thread.start()

    def tail(self) -> str:
        """Return the last lines, once no more come."""
        self._thread.join(1)
        return " / ".join(self._lines)[-600:] or "it left no message"

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe:
            for raw in pipe:
                line = raw.decode(errors="replace").strip()
                if match := _REATTACH.search(line):
                    self.reattach = match[1]
                    self._lines.clear()
                    self.said.set()
                elif line and not line.startswith("{"):
                    self._lines.append(line)
        self.said.set()


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
        except LayoutsError as error:
            # Terraform may report a dying provider before its end can be seen.
            if "plugin" in error.what.lower() and provider.ends_within(_DYING_SECONDS):
                try:
                    provider.check(doing)
                except CannotRunError as death:
                    raise death from error
            raise
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
        provider = WarmProvider(self.binary, self._environment)
        with self._lock:
            closed = self._closed
            self._all.append(provider)
        if closed:
            provider.stop()
            raise CannotRunError("the provider pool is closed", "keep it open while roots use it")
        return provider


def _schema(binary: ProviderBinary, proxy: SchemaProxy) -> Schema:
    # Those that start together wait for the first one's answer rather than ask as well.
    with _SCHEMAS_LOCK:
        if binary not in _SCHEMAS:
            _SCHEMAS[binary] = proxy.schema()
        return _SCHEMAS[binary]
