"""Runs LocalStack on the host, in LocalStack's environment: `python run_localstack.py LIBJVM FOLDER`.

`LIBJVM` is Java's virtual machine, `FOLDER` holds DynamoDB Local. LocalStack would
download both, and start the second on every interface; here it gets ours (`run_dynamodb_local.py`).
"""

from __future__ import annotations

import functools
import os
import sys
import threading
from pathlib import Path

import parent_watch  # type: ignore[import-not-found]
from localstack import config  # type: ignore[import-not-found]
from localstack.aws.api import CommonServiceException  # type: ignore[import-not-found]
from localstack.packages import PackageInstaller  # type: ignore[import-not-found]
from localstack.runtime import events, main  # type: ignore[import-not-found]
from localstack.services.dynamodb import server  # type: ignore[import-not-found]
from localstack.utils.run import ShellCommandThread  # type: ignore[import-not-found]
from twisted.internet import endpoints  # type: ignore[import-not-found]

#: The exit code of a LocalStack whose DynamoDB Local has ended: EX_UNAVAILABLE.
LOST_DATABASE = 69


class HostServer(server.DynamodbServer):  # type: ignore[misc]
    """LocalStack's handle on DynamoDB Local, starting the one that the project installed."""

    def do_start_thread(self) -> ShellCommandThread:
        """Start DynamoDB Local and return the thread that waits for its end."""
        script = Path(__file__).with_name("run_dynamodb_local.py")
        command = [sys.executable, str(script), *sys.argv[1:3], self.heap_size, str(self.port)]
        thread = ShellCommandThread(
            command,
            stdin=True,  # a pipe: its end tells DynamoDB Local that LocalStack has ended
            log_listener=_log,
            name="dynamodb-local",
            env_vars={"DDB_LOCAL_TELEMETRY": "0"},
        )
        thread.start()
        threading.Thread(target=_end_with, args=(thread,), daemon=True).start()
        return thread


def _log(line: str, **_: object) -> None:
    sys.stdout.write(f"dynamodb-local: {line.rstrip()}\n")
    sys.stdout.flush()


def _end_with(thread: ShellCommandThread) -> None:
    """End LocalStack when DynamoDB Local has ended: one started anew would lack every table."""
    thread.join()
    if not events.infra_stopping.is_set():
        sys.stdout.write("DynamoDB Local has ended, and LocalStack with it\n")
        sys.stdout.flush()
        os._exit(LOST_DATABASE)


def _refuse(installer: PackageInstaller, *_: object, **__: object) -> None:
    """Stand in for the downloads that some services begin at their first call.

    An error that the caller is to blame for: clients retry others for minutes.
    """
    raise CommonServiceException(
        "ValidationException", f"{installer.name} is not installed, and nothing is downloaded at run time"
    )


if __name__ == "__main__":
    if parent_watch.attached():
        parent_watch.die_with_parent()
    # LocalStack's own server takes the port of GATEWAY_LISTEN and forgets the host.
    endpoints.TCP4ServerEndpoint = functools.partial(endpoints.TCP4ServerEndpoint, interface="127.0.0.1")
    server.DynamodbServer.do_start_thread = HostServer.do_start_thread
    PackageInstaller.install = _refuse
    config.dirs.mkdirs()
    # Beside LocalStack's own start, not after it: the two take about as long as each other.
    threading.Thread(target=server.DynamodbServer.get().start_dynamodb, daemon=True).start()
    main.main()
