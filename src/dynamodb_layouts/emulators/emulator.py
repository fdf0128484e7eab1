"""One running emulator."""

from __future__ import annotations

import contextlib
import shutil
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from localstack_client.session import Session as LocalStackSession

from dynamodb_layouts.emulators import ports
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from dynamodb_layouts.emulators.processes import Running

Backend = Literal["localstack", "ministack", "moto"]
Name = Literal["localstack", "ministack", "moto", "endpoint"]
How = Literal["docker", "host", "pip", "given"]

REGION = "us-east-1"
#: Lines of an emulator's log that an error shows.
_TAIL = 12


@dataclass(frozen=True)
class Credentials:
    """What requests are signed with; emulators take any."""

    access_key: str = "test"
    secret_key: str = "test"  # noqa: S105
    session_token: str | None = None


# localstack-client makes its clients from boto3's default session, which is no place for two threads.
_DEFAULT_SESSION = threading.Lock()


class _LocalStackAt(LocalStackSession):  # type: ignore[misc]
    """localstack-client's session for one endpoint; alone it puts `AWS_ENDPOINT_URL` before its argument."""

    def __init__(self, endpoint_url: str, credentials: Credentials, region: str) -> None:
        super().__init__(
            aws_access_key_id=credentials.access_key,
            aws_secret_access_key=credentials.secret_key,
            region_name=region,
            localstack_host=urlsplit(endpoint_url).netloc,
        )
        self._service_endpoint_mapping = dict.fromkeys(vars(self)["_service_endpoint_mapping"], endpoint_url)


@dataclass(eq=False)
class Emulator:
    """A backend that answers AWS calls: one that the harness started, or an endpoint that the user gave.

    A context manager whose end is the emulator's end. Safe to use from several threads.
    """

    name: Name
    version: str
    how: How
    endpoint_url: str
    #: Where its output goes; None for an endpoint that was given.
    log: Path | None = None
    region: str = REGION
    #: What it behaves like, which is what decides its capabilities; None when an endpoint does not say.
    kind: Backend | None = None
    credentials: Credentials = field(default=Credentials(), repr=False)
    process: Running | None = field(default=None, repr=False)
    #: Its temporary files, removed with it.
    scratch: Path | None = field(default=None, repr=False)
    _clients: dict[tuple[str, str], Any] = field(default_factory=dict, init=False, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False, repr=False)
    _stopped: bool = field(default=False, init=False, repr=False)

    def __enter__(self) -> Self:
        """Return the emulator itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.stop()

    def __str__(self) -> str:
        """Say which backend this is, as reports name it: `LocalStack 4.14.0 (host)`."""
        names = {"localstack": "LocalStack", "ministack": "ministack", "moto": "moto"}
        if self.name == "endpoint":
            behind = f", {names[self.kind]} {self.version}".rstrip() if self.kind else ""
            return f"{self.endpoint_url} (given{behind})"
        return f"{names[self.name]} {self.version} ({self.how})"

    @property
    def pid(self) -> int | None:
        """The process id; None for an endpoint that was given."""
        return self.process.pid if self.process else None

    def environment(self) -> dict[str, str]:
        """Return the variables that point Terraform, boto3 and the AWS CLI at this emulator."""
        settings = {
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_ACCESS_KEY_ID": self.credentials.access_key,
            "AWS_SECRET_ACCESS_KEY": self.credentials.secret_key,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            # Nobody is to look for an instance's role: where there is none, that takes seconds to find out.
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        if self.credentials.session_token:
            settings["AWS_SESSION_TOKEN"] = self.credentials.session_token
        return settings

    def client(self, service: str, region: str | None = None) -> Any:
        """Return a boto3 client for `service`, made once; LocalStack's comes from localstack-client."""
        key = (service, region or self.region)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._make_client(*key)
            return self._clients[key]

    def alive(self) -> bool:
        """Say whether it runs; of an endpoint that was given, whether something accepts connections there."""
        if self._stopped:
            return False
        if self.process is not None:
            return self.process.alive()
        address = urlsplit(self.endpoint_url)
        return ports.answers(
            address.hostname or "", address.port or (443 if address.scheme == "https" else 80)
        )

    def check(self) -> None:
        """Raise `CannotRunError`, naming it and showing the end of its log, when it does not run any more."""
        if self.alive():
            return
        if self.process is None:
            raise CannotRunError(
                f"nothing answers at {self.endpoint_url} any more",
                "start it again, or unset AWS_ENDPOINT_URL",
            )
        code = self.process.exit_code()
        raise died(f"{self} ended half-way", code, self.log)

    def stop(self) -> None:
        """End the whole process tree, wait for it, and remove its files; leaves a given endpoint alone.

        The log stays if the emulator had ended by itself: it may say why. Does nothing the second time.
        """
        with self._lock:
            if self._stopped:
                return
            own_end = not self.alive()
            self._stopped = True
            for client in self._clients.values():
                client.close()
            self._clients.clear()
        if self.process is not None:
            self.process.stop()
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)
        if self.log is not None and not own_end:
            self.log.unlink(missing_ok=True)

    def _make_client(self, service: str, region: str) -> Any:
        config = Config(
            retries={"mode": "standard", "total_max_attempts": 5},
            connect_timeout=10,
            read_timeout=120,
            max_pool_connections=32,
            # A proxy cannot reach this machine's loopback address.
            proxies={} if _is_loopback(self.endpoint_url) else None,
        )
        if self.name == "localstack":
            session = _LocalStackAt(self.endpoint_url, self.credentials, region)
            with _DEFAULT_SESSION:
                return session.client(service, config=config)
        make: Callable[..., Any] = boto3.session.Session().client
        return make(
            service,
            region_name=region,
            endpoint_url=self.endpoint_url,
            aws_access_key_id=self.credentials.access_key,
            aws_secret_access_key=self.credentials.secret_key,
            aws_session_token=self.credentials.session_token,
            config=config,
        )


def died(what: str, code: int | None, log: Path | None) -> CannotRunError:
    """Return the error that says `what`, with the exit code and the end of the log."""
    end = ""
    if code is not None:
        end = f" (killed by signal {-code})" if code < 0 else f" (exit code {code})"
    return CannotRunError(f"{what}{end}: {last_lines(log)}", f"its log is {log}; run it again")


def last_lines(log: Path | None) -> str:
    """Return the end of a log, one line."""
    if log is not None:
        with contextlib.suppress(OSError):
            lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
            if lines:
                return "\n  " + "\n  ".join(lines[-_TAIL:])
    return "it left no output"


def _is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in {"127.0.0.1", "::1", "localhost"}
