"""Emulators for work by hand: started by one command, used by others, stopped by a last one."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dynamodb_layouts import cache
from dynamodb_layouts.emulators import endpoint
from dynamodb_layouts.emulators.emulator import Emulator
from dynamodb_layouts.emulators.processes import Running
from dynamodb_layouts.emulators.starting import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.emulators.installing import Progress


def start_detached(
    name: str = "auto", *, port: int | None = None, progress: Progress | None = None
) -> Emulator:
    """Start a backend that outlives this process, and return it; one that already runs is returned as it is.

    Arguments and errors are those of `start`. "auto" is satisfied by LocalStack or ministack when one runs;
    an endpoint in `AWS_ENDPOINT_URL` is returned and not recorded.
    """
    if name == "auto" and (given := os.environ.get("AWS_ENDPOINT_URL")):
        return endpoint.given(given)
    with _state() as running:
        wanted = ("localstack", "ministack") if name == "auto" else (name,)
        for candidate in wanted:
            for emulator in running:
                if emulator.name == candidate and (
                    port is None or emulator.endpoint_url.endswith(f":{port}")
                ):
                    return emulator
        started = start(name, port=port, progress=progress, detached=True)
        if started.process is not None:
            running.append(started)
        return started


def status() -> list[Emulator]:
    """Return the detached emulators that run."""
    with _state() as running:
        return list(running)


def stop_detached(name: str | None = None) -> list[Emulator]:
    """Stop the detached emulators of that name, or all of them; return those that ran."""
    with _state() as running:
        stopped = [emulator for emulator in running if name in (None, emulator.name)]
        for emulator in stopped:
            emulator.stop()
            running.remove(emulator)
        return stopped


@contextlib.contextmanager
def _state() -> Iterator[list[Emulator]]:
    """Yield what runs, and record it again afterwards; other commands wait meanwhile.

    Entries whose process has ended are dropped, also where another process has been given its id since.
    """
    folder = cache.home() / "run"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "emulators.json"
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        recorded = _read(file)
        running = [emulator for emulator in recorded if emulator.alive()]
        for ended in recorded:
            if ended not in running:
                ended.stop()  # removes its files
        try:
            yield running
        finally:
            scratch = file.with_suffix(".new")
            scratch.write_text(json.dumps([_entry(emulator) for emulator in running], indent=2))
            scratch.replace(file)


def _read(file: Path) -> list[Emulator]:
    # A file that cannot be read, or was written by another version, names nothing that we could stop.
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return [_emulator(entry) for entry in json.loads(file.read_text())]
    return []


def _entry(emulator: Emulator) -> dict[str, Any]:
    process = emulator.process
    return {
        "name": emulator.name,
        "version": emulator.version,
        "how": emulator.how,
        "endpoint_url": emulator.endpoint_url,
        "log": str(emulator.log),
        "scratch": str(emulator.scratch),
        "pid": process.pid if process else 0,
        "created": process.created if process else 0.0,
        "grace": process.grace if process else 0.0,
    }


def _emulator(entry: dict[str, Any]) -> Emulator:
    return Emulator(
        entry["name"],
        entry["version"],
        entry["how"],
        entry["endpoint_url"],
        Path(entry["log"]),
        kind=entry["name"],
        process=Running(entry["pid"], entry["created"], entry["grace"]),
        scratch=Path(entry["scratch"]),
    )
