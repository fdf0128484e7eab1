"""Several roots at once, and Ctrl-C among them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from terraform_roots import POLICY, VALUE, root

from dynamodb_layouts.errors import LayoutsError
from dynamodb_layouts.terraform import CancelledError, Root, Session

if TYPE_CHECKING:
    from pathlib import Path

# An apply that lasts, and a destroy that leaves a trace.
_SLOW = """
resource "terraform_data" "made" {
  provisioner "local-exec" {
    command = "touch ${path.root}/made"
  }
  provisioner "local-exec" {
    when    = destroy
    command = "touch @FOLDER@/destroyed"
  }
}
resource "terraform_data" "slow" {
  depends_on = [terraform_data.made]
  provisioner "local-exec" {
    command = "touch @FOLDER@/running; exec sleep 64.5"
  }
}
"""

# During the pause the other roots configure their providers, too: a shared one would answer wrongly.
_REGION = """
resource "terraform_data" "wait" {
  provisioner "local-exec" {
    command = "sleep 1"
  }
}
data "aws_region" "this" {
  depends_on = [terraform_data.wait]
}
output "value" {
  value = data.aws_region.this.name
}
"""

_HARNESS = """
import sys
from dynamodb_layouts.terraform import Session

def work(root):
    root.init()
    root.apply()

try:
    with Session({}) as session:
        session.each(sys.argv[1:], work, 2)
except KeyboardInterrupt:
    print("interrupted")
    raise SystemExit(130)
"""


def _apply(root: Root) -> str:
    root.init()
    root.apply()
    return str(root.outputs().get("value"))


def test_results_keep_their_order_and_a_failure_its_place(tmp_path: Path) -> None:
    paths = [
        root(tmp_path / "a", VALUE.replace("first", "a")),
        root(tmp_path / "b", "locals {\n"),
        tmp_path / "nothing",
        root(tmp_path / "d", VALUE.replace("first", "d")),
    ]
    with Session({}) as session:
        first, second, third, fourth = session.each(paths, _apply, 3)
    assert (first, fourth) == ("a", "d")
    assert isinstance(second, LayoutsError)
    assert second.exit_code == 1
    assert isinstance(third, LayoutsError)
    assert third.exit_code == 2


def test_commands_that_run_together_have_providers_of_their_own(tmp_path: Path) -> None:
    regions = ["eu-west-1", "us-east-1", "ap-south-1"]
    text = POLICY + _REGION
    paths = [root(tmp_path / region, text.replace("eu-west-1", region)) for region in regions]
    with Session({}) as session:
        assert session.each(paths, _apply, 3) == regions
        assert 1 <= len(session.providers.providers) <= 3


def test_nothing_begins_after_a_cancel(tmp_path: Path) -> None:
    with Session({}) as session:
        session.token.cancel()
        (result,) = session.each([root(tmp_path / "a", VALUE)], _apply)
    assert isinstance(result, CancelledError)


@pytest.mark.parametrize("whole_group", [True, False], ids=["as a terminal does", "the harness alone"])
def test_ctrl_c_destroys_what_was_applied(tmp_path: Path, *, whole_group: bool) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        root(folder, _SLOW.replace("@FOLDER@", str(folder)))
    command = [sys.executable, "-c", _HARNESS, *map(str, folders)]
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    ) as harness:
        _wait_for(*(folder / "running" for folder in folders))
        (os.killpg if whole_group else os.kill)(harness.pid, signal.SIGINT)
        out, _ = harness.communicate(timeout=30)
    assert (harness.returncode, out) == (130, "interrupted\n")
    assert all((folder / "destroyed").exists() for folder in folders)
    assert list(scratch.iterdir()) == []


def _wait_for(*files: Path) -> None:
    deadline = time.monotonic() + 30
    while not all(file.exists() for file in files):
        assert time.monotonic() < deadline
        time.sleep(0.02)
