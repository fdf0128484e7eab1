"""The user's own folder: verify leaves it as it found it, and two runs leave each other alone."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

from command_line import SLOW, running, table, wait_for

if TYPE_CHECKING:
    from pathlib import Path

LOCK = ".terraform.lock.hcl"
# What a person's own work with Terraform has left in the folder.
OWN = {
    LOCK: "# mine",
    "terraform.tfstate": '{"version": 4, "serial": 7, "lineage": "mine", "resources": []}',
    "terraform.tfstate.backup": "mine",
    ".terraform.tfstate.lock.info": "mine",
    "terraform.tfvars": "",
    ".terraform/environment": "production",
    ".terraform/modules/modules.json": '{"Modules": []}',
    ".terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64/provider": "mine",
    "terraform.tfstate.d/production/terraform.tfstate": "mine",
}


def _put(path: Path) -> Path:
    for name, text in OWN.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text)
    return path


def _seen(path: Path) -> dict[str, tuple[int, bytes]]:
    """Return what is in a folder: contents and the time of the last change, folders' too."""
    return {
        str(file.relative_to(path)): (file.stat().st_mtime_ns, b"" if file.is_dir() else file.read_bytes())
        for file in [path, *sorted(path.rglob("*"))]
    }


def test_two_runs_at_once_on_one_root_both_prove_it_and_touch_nothing(tmp_path: Path) -> None:
    path = _put(table(tmp_path / "root", "shared"))
    before = _seen(path)
    arguments = ["verify", "--backend", "ministack", "--json", "-", path]
    with running(*arguments) as one, running(*arguments) as other:
        for run in (one, other):
            out, err = run.communicate(timeout=120)
            assert run.returncode == 0, out + err
            totals = json.loads(out)["totals"]
            assert (totals["false"], totals["unproven"]) == (0, 0)
            assert totals["proved"] > 10
    assert _seen(path) == before


def test_a_run_that_fails_touches_nothing(tmp_path: Path) -> None:
    path = _put(table(tmp_path / "root", "failing", 'stream = "ALL"'))
    before = _seen(path)
    with running("verify", "--backend", "ministack", path) as run:
        out, _ = run.communicate(timeout=120)
    assert run.returncode == 1
    assert '"ALL" is no view of a change' in " ".join(out.split())
    assert _seen(path) == before


def test_a_run_that_is_stopped_touches_nothing(tmp_path: Path) -> None:
    # The slow part says that it has begun beside the root, not in it.
    path = _put(table(tmp_path / "root", "stopped", more=SLOW.replace("@FOLDER@", str(tmp_path))))
    before = _seen(path)
    with running("verify", "--backend", "ministack", path) as run:
        wait_for((tmp_path / "running").exists)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    assert run.returncode == 130
    assert _seen(path) == before
