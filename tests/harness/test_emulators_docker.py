"""LocalStack in Docker: a stand-in for Docker's client runs ministack as the container.

It keeps to what the real client does: `run` stays in the foreground, and killing it does not end the
container.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from emulator_tools import eventually, fresh_home, gone, harness, only

from dynamodb_layouts.emulators import backends, start

if TYPE_CHECKING:
    from pathlib import Path

_CLIENT = """#!{python}
import json, os, pathlib, signal, subprocess, sys, time
home = pathlib.Path({home!r})
with (home / "calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
what = sys.argv[1]
if what == "version":
    print("27.0.0" if {engine} else "")
    sys.exit(0 if {engine} else 1)
if what == "image":
    sys.exit(1)
if what == "pull":
    print("no space left on device", file=sys.stderr)
    sys.exit({pull})
name = sys.argv[sys.argv.index("--name") + 1] if what == "run" else sys.argv[-1]
file = home / name
if what == "rm":
    os.kill(int(file.read_text()), signal.SIGKILL)
    file.unlink()
if what == "run":
    port = sys.argv[sys.argv.index("--publish") + 1].split(":")[1]
    environment = dict(os.environ, BIND_HOST="127.0.0.1", GATEWAY_PORT=port)
    child = subprocess.Popen([{ministack!r}], env=environment, start_new_session=True)
    file.write_text(str(child.pid))
    child.wait()
"""


def _docker(folder: Path, monkeypatch: pytest.MonkeyPatch, *, pull: int = 0, engine: bool = True) -> None:
    python = backends.ministack(lambda _: None).command(0)[0]
    text = _CLIENT.format(
        python=sys.executable,
        home=str(folder),
        engine=engine,
        pull=pull,
        ministack=str(python).removesuffix("python") + "ministack",
    )
    only({"docker": text}, folder / "bin", monkeypatch)
    monkeypatch.setenv("PYENV_ROOT", str(folder))
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


def _calls(folder: Path, what: str) -> list[list[str]]:
    calls = [json.loads(line) for line in (folder / "calls").read_text().splitlines()]
    return [call for call in calls if call[0] == what]


def test_a_container_is_pinned_on_loopback_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _docker(tmp_path, monkeypatch)
    said: list[str] = []
    with start("auto", progress=said.append) as emulator:
        assert (emulator.name, emulator.how, emulator.version) == ("localstack", "docker", "4.14.0")
        port = emulator.endpoint_url.rpartition(":")[2]
        (run,) = _calls(tmp_path, "run")
        assert run[-1] == "localstack/localstack:4.14.0"
        assert "--rm" in run
        assert run[run.index("--publish") + 1] == f"127.0.0.1:{port}:4566"
        container = int((tmp_path / run[run.index("--name") + 1]).read_text())
    assert gone(container)
    assert len(_calls(tmp_path, "rm")) == 1
    assert said == [
        "pulling the image localstack/localstack:4.14.0 (once, about 1.2 GB unpacked)",
        "starting localstack 4.14.0 (docker)",
    ]


def test_a_killed_harness_leaves_no_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _docker(tmp_path, monkeypatch)
    script = """
        import time
        from dynamodb_layouts.emulators import start
        emulator = start("localstack")
        print(emulator.log, flush=True)
        time.sleep(60)
        """
    with harness(script) as process:
        assert process.stdout
        assert process.stdout.readline()
        (run,) = _calls(tmp_path, "run")
        container = int((tmp_path / run[run.index("--name") + 1]).read_text())
        process.send_signal(signal.SIGKILL)
        assert eventually(lambda: gone(container))


def test_an_image_that_cannot_be_pulled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.version_info[:2] in backends.LOCALSTACK_PYTHONS:
        pytest.skip("LocalStack on the host would be had")
    _docker(tmp_path, monkeypatch, pull=1)
    fresh_home(tmp_path, monkeypatch, "ministack")
    said: list[str] = []
    with start("auto", progress=said.append) as emulator:
        assert emulator.name == "ministack"
    assert (
        "LocalStack does not run in Docker, so on the host: "
        "Docker could not pull localstack/localstack:4.14.0: no space left on device"
    ) in said


def test_a_client_without_an_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.version_info[:2] in backends.LOCALSTACK_PYTHONS:
        pytest.skip("LocalStack on the host would be had")
    _docker(tmp_path, monkeypatch, engine=False)
    fresh_home(tmp_path, monkeypatch, "ministack")
    with start("auto") as emulator:
        assert emulator.name == "ministack"
    assert not _calls(tmp_path, "run")
