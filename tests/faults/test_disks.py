"""Disks that are full and trees that are read-only: one message, exit code 2, no half of a file.

A file system of its own is mounted for that where this user may; where not, the test is skipped and says so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from command_line import COMMAND, REPOSITORY, table

from dynamodb_layouts import files
from dynamodb_layouts.errors import CannotRunError

# Takes what room there is, before Terraform has written its state for the last time.
FILLS = """
resource "terraform_data" "fills" {
  provisioner "local-exec" {
    command = "cat /dev/zero > zeros || true"
  }
}
"""
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount"]


def _inside(
    mount: str, *arguments: str | Path, then: str = "exec ", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line where `mount` has been done, in a namespace that ends with it."""
    may = subprocess.run([*UNSHARE, "sh", "-c", mount], capture_output=True, text=True, check=False)
    if may.returncode:
        pytest.skip(f"nothing can be mounted here: {may.stderr.strip()}")
    return subprocess.run(
        [*UNSHARE, "sh", "-c", f'{mount}; {then}"$@"', "-", COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | environment,
    )


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    """Return a folder that lies next to a copy of the module, for both to be mounted read-only."""
    house = tmp_path / "house"
    for name in ("main.tf", "variables.tf", "outputs.tf", "versions.tf", "modules"):
        source = REPOSITORY / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        house.mkdir(exist_ok=True)
        copy(source, house / name)
    root = house / "root"
    root.mkdir()
    (root / "main.tf").write_text(
        'module "dynamodb" {\n  source = "../"\n  tables = { frozen = { hash_key = "id" } }\n}\n'
        'output "design" {\n  value = module.dynamodb.design\n}\n'
    )
    return root


def test_a_full_disk_where_the_copy_would_go(tmp_path: Path) -> None:
    path = table(tmp_path / "root", "full")
    (path / "data.bin").write_bytes(b"x" * 2_000_000)
    place = tmp_path / "small"
    place.mkdir()
    mount = f"mount -t tmpfs -o size=1m none {place}"
    done = _inside(mount, "verify", "--backend", "ministack", path, "--json", "-", TMPDIR=str(place))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert f'"what": "cannot copy {path} to {place}/dynamodb-layouts-' in done.stdout
    assert "No space left on device" in done.stdout
    assert f"make room there, or name a folder on another disk in TMPDIR (now {place})" in done.stdout


def test_a_disk_that_fills_up_under_terraform(apart: Path, tmp_path: Path) -> None:
    with (apart / "main.tf").open("a") as more:
        more.write(FILLS)
    place = tmp_path / "small"
    place.mkdir()
    mount = f"mount -t tmpfs -o size=8m none {place}"
    done = _inside(mount, "verify", "--backend", "ministack", apart, "--json", "-", TMPDIR=str(place))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    report = json.loads(done.stdout)["roots"][0]
    assert report["error"]["what"].startswith(f"terraform apply of {apart} failed: ")
    assert "no space left on device" in report["error"]["what"]
    assert report["error"]["instead"] == "make room, or name a folder on another disk in TMPDIR"
    assert [line for line in report["lines"] if line["status"] == "false"] == []


def test_a_report_on_a_full_disk(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mount = f"mount -t tmpfs -o size=4k none {place}; head -c 4k /dev/zero > {place}/full"
    mount = f"trap 'ls -A {place}' EXIT; {mount}"
    # No root module is needed: a report says so, too.
    done = _inside(mount, "verify", "--backend", "ministack", tmp_path, "--junit", place / "new.xml", then="")
    assert done.returncode == 2
    assert done.stderr.endswith(
        f"error: cannot write {place}/new.xml: No space left on device\n"
        "make room there, or name another file\n"
    )
    # What the trap says at the end: no half of a report.
    assert done.stdout.endswith("\nfull\n")


def test_output_to_a_full_disk(tmp_path: Path) -> None:
    for arguments in (["--json", "-"], []):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [COMMAND, "verify", "--backend", "ministack", str(tmp_path), *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode == 2
        assert "error: cannot write to standard output: No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("before")
    with pytest.raises(CannotRunError, match=r"cannot write /dev/full: No space left on device"):
        files.write(Path("/dev/full"), "text")
    # What cannot be encoded fails in the middle of the writing.
    with pytest.raises(UnicodeEncodeError):
        files.write(file, "text \ud800")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"report.json": "before"}
    (tmp_path / "link.json").symlink_to(file)
    files.write(tmp_path / "link.json", "after")
    assert (file.read_text(), (tmp_path / "link.json").is_symlink()) == ("after", True)


def test_a_tree_that_is_read_only_is_proved(apart: Path) -> None:
    house = apart.parent
    mount = f"mount --bind {house} {house} && mount -o remount,bind,ro {house}"
    done = _inside(mount, "verify", "--backend", "ministack", apart)
    assert (done.returncode, "false" in done.stdout) == (0, False), done.stdout + done.stderr


def test_a_report_into_a_read_only_tree_is_refused_at_once(apart: Path) -> None:
    house = apart.parent
    mount = f"mount --bind {house} {house} && mount -o remount,bind,ro {house}"
    done = _inside(mount, "verify", apart, "--json", house / "report.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: cannot write {house}/report.json: nothing may be written there\nname another file\n"
    )
