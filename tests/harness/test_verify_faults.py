"""Roots that cannot be judged, and what dies while they are: said clearly, and nothing left behind."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from verify_roots import SLOW, plain, root

from dynamodb_layouts.verify import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dynamodb_layouts.verify import RootReport


@pytest.fixture
def mortal() -> Iterator[Verifier]:
    """Yield a verifier of its own, whose backend a test may kill."""
    with Verifier("ministack") as verifier:
        yield verifier


def _tables(verifier: Verifier) -> list[str]:
    names: list[str] = verifier.emulator().client("dynamodb").list_tables()["TableNames"]
    return names


def test_a_path_without_a_module(verifier: Verifier, tmp_path: Path) -> None:
    report = verifier.judge(tmp_path)
    assert str(report.error) == f"{tmp_path} holds no Terraform module\nname a folder with .tf files in it"
    assert report.exit_code() == 2


def test_a_path_that_is_no_folder(verifier: Verifier, tmp_path: Path) -> None:
    report = verifier.judge(tmp_path / "nothing")
    assert str(report.error) == (
        f"{tmp_path}/nothing is not a folder\nname the folder of a Terraform root module"
    )
    assert report.exit_code() == 2


def test_a_root_without_a_design(verifier: Verifier, tmp_path: Path) -> None:
    report = verifier.judge(root(tmp_path, plain("undesigned"), design='"none"'))
    (line,) = report.having("false")
    assert line.found == (
        f"no output of {tmp_path} is a design, so there is nothing to compare its tables with\n"
        'add: output "design" { value = module.<name>.design }'
    )
    assert report.exit_code() == 1


def test_a_root_whose_apply_fails(verifier: Verifier, tmp_path: Path) -> None:
    more = """
resource "terraform_data" "bad" {
  depends_on = [module.dynamodb]
  provisioner "local-exec" {
    command = "echo no luck today >&2; exit 7"
  }
}
"""
    report = verifier.judge(root(tmp_path, plain("failing"), more))
    (line,) = report.having("false")
    assert line.found.startswith(f"terraform apply of {tmp_path} failed: local-exec provisioner error")
    assert "no luck today" in line.found
    assert report.exit_code() == 1
    # Its table is protected from deletion, and gone all the same.
    assert "verify-failing" not in _tables(verifier)


def test_a_bad_declaration(verifier: Verifier, tmp_path: Path) -> None:
    report = verifier.judge(root(tmp_path, plain("bad", 'stream = "ALL"')))
    (line,) = report.having("false")
    assert f"terraform plan of {tmp_path} failed: " in line.found
    assert 'table "bad", stream: "ALL" is no view of a change' in line.found


def test_bad_operations_are_refused_before_anything_starts(mortal: Verifier, tmp_path: Path) -> None:
    root(tmp_path, plain("unasked"))
    (tmp_path / "operations.json").write_text('{"steps": [{"operation": "Get"}]}')
    report = mortal.judge(tmp_path)
    assert report.error is not None
    assert f"{tmp_path}/operations.json is wrong:\n  steps[0]" in report.error.what
    assert report.exit_code() == 2
    assert mortal.pool.emulators == ()


def test_two_roots_with_a_table_of_one_name_take_turns(verifier: Verifier, tmp_path: Path) -> None:
    paths = [root(tmp_path / name, plain("shared")) for name in ("a", "b")]
    report = verifier.verify(paths)
    assert [found.complaint() for found in report.roots] == ["", ""]
    assert report.exit_code() == 0


def test_one_root_that_fails_leaves_the_others_alone(verifier: Verifier, tmp_path: Path) -> None:
    report = verifier.verify([tmp_path, root(tmp_path / "good", plain("good"))])
    assert [found.exit_code() for found in report.roots] == [2, 0]
    assert report.exit_code() == 2


def test_what_one_backend_cannot_prove_is_proved_on_another(verifier: Verifier, tmp_path: Path) -> None:
    report = verifier.judge(root(tmp_path, plain("days", "point_in_time_recovery = { days = 7 }")))
    report.assert_proved(strict=True)
    by_subject = {line.subject: line.backend.split()[0] for line in report.lines if line.table == "days"}
    assert by_subject["days"] == "moto"
    assert by_subject["point-in-time recovery"] == "ministack"


def test_an_emulator_that_is_killed(mortal: Verifier, tmp_path: Path) -> None:
    def kill() -> None:
        os.kill(mortal.emulator().pid or 0, signal.SIGKILL)

    began = time.monotonic()
    report = _judge_and(mortal, root(tmp_path, plain("slow"), SLOW), tmp_path / "running", kill)
    assert report.error is not None
    assert report.error.what.startswith("ministack 1.5.33 (pip) ended half-way (killed by signal 9): ")
    assert report.error.instead.endswith("run it again")
    assert report.exit_code() == 2
    # Terraform would go on asking an endpoint that is gone for minutes.
    assert time.monotonic() - began < 45


def test_a_terraform_that_is_killed(verifier: Verifier, tmp_path: Path) -> None:
    def kill() -> None:
        for process in psutil.Process().children(recursive=True):
            if process.name() == "terraform" and "apply" in process.cmdline():
                process.kill()

    report = _judge_and(verifier, root(tmp_path, plain("killed"), SLOW), tmp_path / "running", kill)
    assert report.error is not None
    assert report.error.what.startswith(f"terraform apply of {tmp_path} was killed by signal 9")
    assert report.exit_code() == 2


def _judge_and(verifier: Verifier, path: Path, signs: Path, kill: Callable[[], None]) -> RootReport:
    """Judge a root and `kill` something when its apply has come to the slow part."""
    reports = []
    thread = threading.Thread(target=lambda: reports.append(verifier.judge(path)))
    thread.start()
    deadline = time.monotonic() + 60
    while not signs.exists():
        assert thread.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    kill()
    thread.join(60)
    return reports[0]
