"""Emulators for work by hand: they outlive the command, and stale records do no harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest
from emulator_tools import eventually, fresh_home, gone

from dynamodb_layouts.emulators import start, start_detached, status, stop_detached

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    start("ministack").stop()  # installed, so that the fresh home has it
    return fresh_home(tmp_path, monkeypatch, "ministack")


def test_it_outlives_the_command_that_started_it(home: Path) -> None:
    command = "from dynamodb_layouts.emulators import start_detached; start_detached('ministack')"
    subprocess.run([sys.executable, "-c", command], check=True, env=os.environ)
    (running,) = status()
    assert running.client("dynamodb").list_tables()["TableNames"] == []
    assert start_detached("ministack").pid == running.pid  # not a second one
    assert [emulator.pid for emulator in stop_detached("moto")] == []
    assert [emulator.pid for emulator in stop_detached()] == [running.pid]
    assert gone(running.pid or 0)
    assert status() == []
    assert not list((home / "logs").iterdir())
    assert running.scratch is not None
    assert not running.scratch.exists()


def test_one_that_died_is_forgotten_with_its_files(home: Path) -> None:
    started = start_detached("ministack")
    psutil.Process(started.pid).kill()
    assert eventually(lambda: not started.alive())
    assert status() == []
    assert started.scratch is not None
    assert not started.scratch.exists()
    assert json.loads((home / "run/emulators.json").read_text()) == []


def test_another_process_with_its_id_is_left_alone(home: Path) -> None:
    start_detached("ministack")
    file = home / "run/emulators.json"
    (entry,) = json.loads(file.read_text())
    emulator = psutil.Process(entry["pid"])
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        file.write_text(json.dumps([{**entry, "pid": other.pid, "created": entry["created"] - 3600}]))
        assert status() == []
        assert stop_detached() == []
        assert other.poll() is None
        other.kill()
    emulator.kill()
    assert eventually(lambda: gone(entry["pid"]))


def test_a_record_that_cannot_be_read_names_nothing(home: Path) -> None:
    (home / "run").mkdir()
    for text in ("", "{", '[{"name": "ministack"}]', '{"version": 2}'):
        (home / "run/emulators.json").write_text(text)
        assert status() == []


def test_a_given_endpoint_is_not_recorded(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with start("ministack") as emulator:
        monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.endpoint_url)
        assert start_detached().how == "given"
        assert status() == []
        assert emulator.alive()
    assert home.is_dir()
