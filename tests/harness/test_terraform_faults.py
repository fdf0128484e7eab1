"""Terraform and providers that fail or die: an error each time, and nothing left behind."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from terraform_roots import VALUE, root, runs, script

from dynamodb_layouts.errors import CannotRunError, LayoutsError
from dynamodb_layouts.terraform import CancelledError, CancelToken, Root, diagnostics, validate
from dynamodb_layouts.terraform.process import run

if TYPE_CHECKING:
    from pathlib import Path


def test_an_apply_that_fails_carries_terraforms_words(tmp_path: Path) -> None:
    text = VALUE + 'resource "terraform_data" "bad" {\n  input = jsondecode(var.value)\n}\n'
    with Root(root(tmp_path / "one", text)) as copy:
        copy.init()
        with pytest.raises(LayoutsError) as caught:
            copy.apply()
    assert caught.value.exit_code == 1
    assert "terraform apply of" in caught.value.what
    assert "Error in function call (main.tf:13): Call to function" in caught.value.what
    assert "\x1b" not in caught.value.what
    assert "│" not in caught.value.what


def test_a_list_of_problems_stays_a_list() -> None:
    diagnostic = {"severity": "error", "summary": "Refused", "detail": "2 problems:\n\n- one\n- two\n"}
    assert diagnostics.errors([diagnostic]) == ["Refused: 2 problems:\n  - one\n  - two"]


def test_broken_hcl(tmp_path: Path) -> None:
    with Root(root(tmp_path / "one", "locals {\n  a = 3 +\n}\n")) as copy:
        with pytest.raises(
            LayoutsError, match=r"terraform init of .* failed: Error: Invalid expression"
        ) as caught:
            copy.init()
        assert "encountered problems" not in caught.value.what


def test_validate_lists_what_is_wrong(tmp_path: Path) -> None:
    assert validate(root(tmp_path / "good", VALUE)) == []
    found = validate(root(tmp_path / "bad", 'output "a" {\n  value = local.b + local.c\n}\n'))
    assert [line.split(":")[0] for line in found] == ["Reference to undeclared local value (main.tf"] * 2


def test_a_killed_terraform_is_no_success(tmp_path: Path) -> None:
    # tftest by itself takes exit code -9 for success.
    with Root(root(tmp_path / "one", runs("kill -9 $PPID"))) as copy:
        copy.init()
        with pytest.raises(CannotRunError, match=r"terraform apply of .* was killed by signal 9"):
            copy.apply()
        assert copy.applied


def test_an_unknown_exit_code_is_no_success(tmp_path: Path) -> None:
    with Root(root(tmp_path / "one", VALUE)) as copy:
        fake = script(tmp_path / "terraform", "echo odd >&2; exit 3")
        copy.terraform = type(copy.terraform)(fake, copy.terraform.version)
        with pytest.raises(CannotRunError, match=r"terraform init of .* ended with exit code 3: odd"):
            copy.init()


def test_much_on_both_pipes_does_not_block(tmp_path: Path) -> None:
    noisy = script(tmp_path / "noisy", "yes err | head -c 5000000 >&2; yes out | head -c 5000000; exit 5")
    finished = run([str(noisy)], tmp_path, dict(os.environ))
    assert (finished.code, len(finished.out), len(finished.err)) == (5, 5_000_000, 5_000_000)


def test_cancel_stops_an_apply_and_lets_the_destroy_through(tmp_path: Path) -> None:
    marker = tmp_path / "running"
    token = CancelToken(grace=10)
    with Root(root(tmp_path / "one", runs(f"touch {marker}; exec sleep 61.5")), token=token) as copy:
        copy.init()
        threading.Thread(target=_cancel_when, args=(marker, token)).start()
        began = time.monotonic()
        with pytest.raises(CancelledError, match="terraform apply was stopped before its end"):
            copy.apply()
        assert time.monotonic() - began < 10
        with pytest.raises(CancelledError, match="terraform plan was not started"):
            copy.plan()
        copy.destroy()
        assert not copy.applied
    assert not _running("61.5")


def test_a_terraform_that_will_not_stop_is_killed_with_its_children(tmp_path: Path) -> None:
    marker = tmp_path / "running"
    stubborn = script(tmp_path / "stubborn", f"trap '' INT; touch {marker}; sleep 62.5; sleep 62.5")
    token = CancelToken(grace=0.3)
    threading.Thread(target=_cancel_when, args=(marker, token)).start()
    with pytest.raises(CancelledError, match="stubborn was stopped"):
        run([str(stubborn)], tmp_path, dict(os.environ), token)
    assert not _running("62.5")


def test_kill_stops_a_destroy_too(tmp_path: Path) -> None:
    marker = tmp_path / "running"
    slow = script(tmp_path / "slow", f"touch {marker}; sleep 63.5")
    token = CancelToken()
    threading.Thread(target=_cancel_when, args=(marker, token), kwargs={"kill": True}).start()
    with pytest.raises(CancelledError, match="slow was stopped"):
        run([str(slow)], tmp_path, dict(os.environ), token, spared=True)
    assert not _running("63.5")


def test_leaving_the_root_destroys_and_removes(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    text = f"""
resource "terraform_data" "this" {{
  provisioner "local-exec" {{
    when    = destroy
    command = "touch {gone}"
  }}
}}
"""
    with Root(root(tmp_path / "one", text)) as copy:
        copy.init()
        copy.apply()
        assert not gone.exists()
    assert gone.exists()
    assert not copy.folder.exists()


def _cancel_when(marker: Path, token: CancelToken, *, kill: bool = False) -> None:
    deadline = time.monotonic() + 20
    while not marker.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    token.kill() if kill else token.cancel()


def _running(argument: str) -> list[int]:
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        found = [p.pid for p in psutil.process_iter(["cmdline"]) if argument in (p.info["cmdline"] or [])]
        if not found:
            return []
        time.sleep(0.05)
    return found
