"""The credentials of whoever runs the harness are in nothing that it writes or leaves."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from widest_examples import EXAMPLES

from dynamodb_layouts import emulators
from dynamodb_layouts.terraform import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.emulators import Emulator

COMMAND = Path(sys.executable).with_name("dynamodb-layouts")

#: Made up anew in each run, so that no file of the repository, which a run copies, has them.
SECRETS = {name: f"odd/{uuid4().hex}" for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")}
# An example that applies, one that a plan refuses, and one that Terraform cannot read.
_REFUSED = f"""
module "dynamodb" {{
  source = "{EXAMPLES.parent}"
  tables = {{ orders = {{ hash_key = "id", stream = "ALL" }} }}
}}
output "design" {{ value = module.dynamodb.design }}
"""
_UNREADABLE = 'resource "aws_dynamodb_table" {'


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with emulators.start("ministack") as started:
        yield started


def _environment(emulator: Emulator) -> dict[str, str]:
    """Return what a user sets who has an endpoint and credentials of his own."""
    return {"AWS_ENDPOINT_URL": emulator.endpoint_url, "AWS_ACCESS_KEY_ID": "AKIAODDODDODDODD", **SECRETS}


def _holding(folder: Path) -> list[str]:
    """Return each file below `folder` that has one of the secrets in it, in plain or packed."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        texts = [file.read_bytes()]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                texts += [packed.read(name) for name in packed.namelist()]
        if any(secret.encode() in text for secret in SECRETS.values() for text in texts):
            found.append(str(file.relative_to(folder)))
    return found


def test_reports_logs_and_what_is_printed(emulator: Emulator, tmp_path: Path) -> None:
    for name, text in {"refused": _REFUSED, "unreadable": _UNREADABLE}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(text)
    (tmp_path / "scratch").mkdir()
    roots = [EXAMPLES / "mana-memory", tmp_path / "refused", tmp_path / "unreadable"]
    reports = ["--json", "report.json", "--junit", "report.xml"]
    done = subprocess.run(
        [COMMAND, "--debug", "verify", "--jobs", "1", "--verbose", *reports, *roots],
        cwd=tmp_path,
        # The harness's own emulators have credentials of their own; a given endpoint gets the user's.
        env={**os.environ, **_environment(emulator), "TMPDIR": str(tmp_path / "scratch")},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    # All three were judged, and the report was written.
    assert "TTL" in done.stdout
    assert "is no view of a change" in done.stdout + done.stderr
    assert (tmp_path / "report.json").stat().st_size > 1000
    assert (tmp_path / "report.xml").stat().st_size > 1000
    assert [name for name, secret in SECRETS.items() if secret in done.stdout + done.stderr] == []
    assert _holding(tmp_path) == []
    assert emulator.log is not None
    assert [name for name, secret in SECRETS.items() if secret in emulator.log.read_text("utf-8")] == []


def test_state_and_plans(emulator: Emulator) -> None:
    settings = emulator.environment() | _environment(emulator)
    with Session(settings) as session, session.root(EXAMPLES / "mana-memory") as root:
        root.init()
        root.apply({"policy_name": "secrets", "deletion_protection": False})
        root.plan({"policy_name": "secrets-2", "deletion_protection": False})
        assert (root.folder / "terraform.tfstate").stat().st_size > 1000
        assert zipfile.is_zipfile(root._plan_file)
        assert _holding(root._plan_file.parent) == []


def test_a_secret_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "terraform.tfstate").write_text(f'{{"key": "{SECRETS["AWS_SECRET_ACCESS_KEY"]}"}}')
    with zipfile.ZipFile(tmp_path / "plan", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("tfplan", f"… {SECRETS['AWS_SESSION_TOKEN']} …" * 50)
    assert _holding(tmp_path) == ["plan", "terraform.tfstate"]
