"""The command line, run as a user runs it."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import psutil
import pytest
from verify_roots import SLOW, plain, root

from dynamodb_layouts import cache

if TYPE_CHECKING:
    from dynamodb_layouts.verify import Verifier

# A table that no design speaks of, so that nothing can be said of it.
_OTHER = """
resource "aws_dynamodb_table" "other" {
  name         = "verify-cli-other"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "id"
    type = "S"
  }
}
"""
COMMAND = str(Path(sys.executable).with_name("dynamodb-layouts"))


def _run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


def test_version() -> None:
    assert _run("--version").stdout == f"{metadata.version('dynamodb-layouts')}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["verify"], "Missing argument"),
        (["verify", ".", "--backend", "docker"], "'docker' is not one of"),
        (["verify", ".", "--jobs", "0"], "greater than or equal to 1"),
        (["verfy"], "No such command 'verfy'"),
    ],
)
def test_wrong_use_is_explained(arguments: list[str], message: str) -> None:
    done = _run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_that_could_not_be_written_is_refused_at_once(tmp_path: Path) -> None:
    done = _run("verify", tmp_path, "--junit", tmp_path / "nowhere" / "report.xml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: cannot write {tmp_path}/nowhere/report.xml\nname a file in a folder that exists\n"
    )


def test_verify_in_every_form(tmp_path: Path) -> None:
    good = root(tmp_path / "good", plain("cli"))
    (tmp_path / "empty").mkdir()
    document, xml = tmp_path / "report.json", tmp_path / "report.xml"
    done = _run(
        "verify", good, tmp_path / "empty", "--backend", "ministack", "--json", document, "--junit", xml
    )
    assert done.returncode == 2
    # A person reads the table, and what goes on beside it.
    assert f"{good}: applying on ministack 1.5.33 (pip)\n" in done.stderr
    assert "operations" in done.stdout
    assert f"could not be judged: {tmp_path}/empty holds no Terraform module" in done.stdout
    assert "2 root modules: " in done.stdout
    assert "1 could not be judged" in done.stdout
    # A program reads the rest.
    report = json.loads(document.read_text())
    assert (report["version"], report["exit_code"]) == (1, 2)
    first, second = report["roots"]
    assert first["totals"] == {"proved": len(first["lines"]), "false": 0, "unproven": 0}
    assert {line["backend"] for line in first["lines"]} == {"ministack 1.5.33 (pip)"}
    assert second["error"]["what"] == f"{tmp_path}/empty holds no Terraform module"
    suites = ET.fromstring(xml.read_text())  # noqa: S314 - our own
    assert suites.get("errors") == "1"
    assert suites.get("tests") == str(len(first["lines"]) + 1)
    cases = {case.get("name") for case in suites.iter("testcase")}
    assert {
        "TTL",
        "operations: put",
        "destroy: what is left on ministack 1.5.33 (pip)",
        "could not be judged",
    } <= cases


def test_false_and_unproven_lines_in_full(tmp_path: Path) -> None:
    lie = "{ version = 1, tables = { cli = merge(module.dynamodb.design.tables.cli, local.lie) } }"
    more = 'locals {\n  lie = { stream = "NEW_IMAGE" }\n}\n' + _OTHER
    xml = tmp_path / "report.xml"
    path = root(tmp_path / "lies", plain("cli"), more, lie)
    document = tmp_path / "report.json"
    done = _run("verify", path, "--backend", "ministack", "--junit", xml, "--json", document)
    assert done.returncode == 1
    said = " ".join(done.stdout.split())
    assert "false cli, table: stream: expected NEW_IMAGE, found none [ministack 1.5.33 (pip)]" in said
    assert (
        "unproven table: aws_dynamodb_table.other: expected a design; "
        "no output of the root module is the design of this table" in said
    )
    lines = json.loads(document.read_text())["roots"][0]["lines"]
    (line,) = [line for line in lines if line["status"] == "false"]
    assert (line["subject"], line["expected"], line["found"]) == ("stream", "NEW_IMAGE", "none")
    suites = ET.fromstring(xml.read_text())  # noqa: S314 - our own
    (failure,) = suites.iter("failure")
    assert failure.get("message") == "expected NEW_IMAGE, found none"
    (skipped,) = suites.iter("skipped")
    assert skipped.get("message") == ("unproven: no output of the root module is the design of this table")


def test_strict_and_verbose(tmp_path: Path) -> None:
    path = root(tmp_path / "other", plain("cli"), _OTHER)
    done = _run("verify", path, "--backend", "ministack", "--strict", "--verbose", "--json", "-")
    report = json.loads(done.stdout)
    assert (done.returncode, report["exit_code"]) == (1, 1)
    assert report["totals"]["false"] == 0
    assert report["totals"]["unproven"] == 1


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    reader, writer = pty.openpty()
    command = [COMMAND, "verify", "--backend", "ministack", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=writer, text=True) as run:
        out, _ = run.communicate(timeout=60)
    os.close(writer)
    shown = os.read(reader, 65536).decode(errors="replace")
    os.close(reader)
    assert run.returncode == 2
    assert "starting ministack 1.5.33 (pip)" in shown
    assert "holds no Terraform module" in out


def test_an_unexpected_error_is_one_line(tmp_path: Path) -> None:
    # A cache folder that is a file is a thing nobody has thought of.
    (tmp_path / "home").write_text("")
    home = str(tmp_path / "home")
    done = _run("emulator", "status", DYNAMODB_LAYOUTS_HOME=home)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("error: ")
    assert done.stderr.endswith("; please report this, with what --debug shows\n")
    assert "Traceback" in _run("--debug", "emulator", "status", DYNAMODB_LAYOUTS_HOME=home).stderr


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a cache of its own that shares what is installed, so that nobody's emulators are touched."""
    folder = tmp_path / "home"
    folder.mkdir()
    for shared in ("emulators", "providers"):
        (folder / shared).symlink_to(cache.home() / shared)
    return folder


def test_an_emulator_for_work_by_hand(home: Path) -> None:
    settings = {"DYNAMODB_LAYOUTS_HOME": str(home)}
    assert _run("emulator", "status", **settings).returncode == 1
    started = _run("emulator", "start", "--backend", "ministack", **settings)
    try:
        assert started.returncode == 0, started.stderr
        script = 'eval "$1"; echo "$AWS_ENDPOINT_URL"'
        shell = subprocess.run(
            ["bash", "-c", script, "-", started.stdout], capture_output=True, text=True, check=True
        )
        endpoint = shell.stdout.strip()
        assert f"ministack 1.5.33 (pip) runs at {endpoint}\n" in started.stderr
        assert endpoint.startswith("http://127.0.0.1:")
        status = _run("emulator", "status", **settings)
        assert f"ministack 1.5.33 (pip) runs at {endpoint} (process " in status.stdout
    finally:
        stopped = _run("emulator", "stop", **settings)
    assert stopped.stderr == "ministack 1.5.33 (pip) is stopped\n"
    assert "unset AWS_ENDPOINT_URL\n" in stopped.stdout
    assert _run("emulator", "stop", **settings).stderr == "no emulator ran\n"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_leaves_nothing(
    verifier: Verifier, tmp_path: Path, number: int, code: int
) -> None:
    # An endpoint that was given outlives the run, so it can be asked what the run has left.
    emulator = verifier.emulator()
    path = root(tmp_path / "slow", plain(f"stopped-{code}"), SLOW)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with subprocess.Popen(
        [COMMAND, "verify", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, **emulator.environment(), "TMPDIR": str(scratch)},
    ) as run:
        _wait_for(path / "running")
        assert f"verify-stopped-{code}" in emulator.client("dynamodb").list_tables()["TableNames"]
        family = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(number)
        out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (code, "")
    assert "stopping: what has been applied is being destroyed" in err
    assert "stopped: what had been applied is destroyed; emulators ended: none had been started\n" in err
    assert "Traceback" not in err
    assert f"verify-stopped-{code}" not in emulator.client("dynamodb").list_tables()["TableNames"]
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    assert list(scratch.iterdir()) == []


def test_a_run_that_is_stopped_ends_its_emulator(tmp_path: Path) -> None:
    path = root(tmp_path / "slow", plain("ended"), SLOW)
    with subprocess.Popen(
        [COMMAND, "verify", "--backend", "ministack", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        _wait_for(path / "running")
        family = psutil.Process(run.pid).children(recursive=True)
        assert any("run_ministack" in " ".join(process.cmdline()) for process in family)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "emulators ended: ministack 1.5.33 (pip)\n" in err
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []


def _wait_for(file: Path) -> None:
    deadline = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
