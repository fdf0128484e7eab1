"""A harness that is killed by SIGKILL, which it cannot hear: nothing of it stays."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import psutil
from command_line import SLOW, running, still_running, table, wait_for

from dynamodb_layouts.terraform import reaper, scratch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

# A provider that an apply started for itself, and that is up as long as something waits for the slow part.
ALONE = SLOW.replace("  depends_on = [module.dynamodb]\n", "")
PROVIDER = """
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
resource "aws_dynamodb_table_item" "late" {
  depends_on = [terraform_data.slow]
  table_name = "killed"
  hash_key   = "id"
  item       = jsonencode({ id = { S = "late" } })
}
"""
APPLY = """
import sys
from dynamodb_layouts.terraform import Root
with Root(sys.argv[1]) as root:
    root.init()
    root.apply()
"""


def test_nothing_outlives_a_killed_run(tmp_path: Path) -> None:
    path = table(tmp_path / "root", "killed", more=SLOW)
    with running("verify", "--backend", "ministack", path, TMPDIR=str(tmp_path)) as run:
        wait_for((path / "running").exists)
        _killed(run, "terraform apply", "terraform-provider-aws", "run_ministack", "reaper.py", "sleep 60")
    assert list(tmp_path.iterdir()) == [path]


def test_no_provider_outlives_a_harness_without_warm_ones(tmp_path: Path) -> None:
    path = tmp_path / "root"
    with _applying(path, ALONE + PROVIDER) as run:
        _killed(run, "terraform apply", "terraform-provider-aws", "reaper.py", "sleep 60")
    # Terraform's own folder for the socket to its provider is as short-lived as Terraform wants it.
    assert [left for left in tmp_path.iterdir() if not left.name.startswith("plugin")] == [path]


@contextlib.contextmanager
def _applying(path: Path, text: str) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a harness that has come to the slow part of a root module's apply."""
    path.mkdir()
    (path / "main.tf").write_text(text.replace("@FOLDER@", str(path)))
    command = [sys.executable, "-c", APPLY, str(path)]
    with subprocess.Popen(command, env=os.environ | {"TMPDIR": str(path.parent)}) as run:
        try:
            wait_for((path / "running").exists)
            yield run
        finally:
            run.kill()


def _killed(run: subprocess.Popen[Any], *names: str) -> None:
    """Kill a harness under which all of these run, and demand that they end with it."""
    own = psutil.Process(run.pid)
    # Not all of them are up when the slow part begins.
    wait_for(lambda: all(any(name in line for line in _lines(own)) for name in names))
    family = own.children(recursive=True)
    os.kill(run.pid, signal.SIGKILL)
    assert still_running(family) == []


def test_what_a_killed_reaper_could_not_remove_the_next_run_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    path = tmp_path / "root"
    with _applying(path, ALONE) as run:
        (left,) = tmp_path.glob(f"{scratch.PREFIX}*")
        # As long as its owner lives, nobody else's run touches it.
        assert scratch.sweep() == []
        assert (left / "copy").is_dir()

        family = psutil.Process(run.pid).children(recursive=True)
        (watching,) = [process for process in family if "reaper.py" in " ".join(process.cmdline())]
        (terraform,) = [process for process in family if process.name() == "terraform"]
        watching.kill()
        run.kill()
        os.killpg(terraform.pid, signal.SIGKILL)
        assert still_running(family) == []
    assert (left / "copy").is_dir()
    # A folder that is another's by its look is not taken for one of ours.
    (tmp_path / f"{scratch.PREFIX}of-somebody-else").mkdir()
    assert scratch.sweep() == [left]
    assert [folder.name for folder in tmp_path.glob(f"{scratch.PREFIX}*")] == [
        f"{scratch.PREFIX}of-somebody-else"
    ]


def test_a_reaper_that_was_killed_is_replaced(tmp_path: Path) -> None:
    watcher = reaper._Reaper()
    folders = [tmp_path / "one", tmp_path / "two", tmp_path / "three"]
    for folder in folders:
        folder.mkdir()
    watcher.begins(folder=str(folders[0]))
    watcher.begins(folder=str(folders[1]))
    assert watcher._process
    watcher._process.kill()
    watcher._process.wait()
    watcher.ended(folder=str(folders[1]))
    watcher.begins(folder=str(folders[2]))
    # The end of the pipe is all that the reaper sees of the end of a process.
    watcher.close()
    deadline = time.monotonic() + 10
    while any(folder.exists() for folder in (folders[0], folders[2])) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [folder.exists() for folder in folders] == [False, True, False]


def _lines(own: psutil.Process) -> list[str]:
    found = []
    for process in own.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            found.append(" ".join(process.cmdline()))
    return found
