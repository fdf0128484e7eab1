"""The Terraform tests of `modules/iam-policy`, each file a test of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dynamodb_layouts import terraform

REPOSITORY = Path(__file__).resolve().parents[2]
MODULE = Path("modules") / "iam-policy"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the module in a copy of all modules: a run takes its design from another."""
    folder = tmp_path_factory.mktemp("repository")
    ignored = shutil.ignore_patterns(".terraform*", "*.tfstate*")
    shutil.copytree(REPOSITORY / "modules", folder / "modules", ignore=ignored)
    with terraform.find_installation().lock():
        done = _terraform(folder / MODULE, "init", "-input=false", "-no-color")
    assert done.returncode == 0, done.stderr
    return folder / MODULE


def _terraform(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = terraform.clean(os.environ, terraform.find_installation().environment)
    command = [str(terraform.find_terraform().path), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("file", sorted(f.name for f in (REPOSITORY / MODULE).glob("tests/*.tftest.hcl")))
def test_file(copy: Path, file: str) -> None:
    done = _terraform(copy, "test", "-json", f"-filter=tests/{file}")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    wrong = [
        f"{event.get('@testrun', '')}: {event['diagnostic']['summary']}: {event['diagnostic']['detail']}"
        for event in events
        if event["type"] == "diagnostic" and event["diagnostic"]["severity"] == "error"
    ]
    assert (done.returncode, wrong) == (0, []), f"{done.stderr}\n" + "\n".join(wrong)
    summaries = [event["test_summary"] for event in events if event["type"] == "test_summary"]
    assert [(s["status"], s["failed"], s["errored"], s["skipped"]) for s in summaries] == [("pass", 0, 0, 0)]
