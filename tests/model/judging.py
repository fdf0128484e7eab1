"""What `modules/design` says of tables: their problems and warnings, by the name of each table."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.terraform import clean, find_terraform

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DESIGN = Path(__file__).resolve().parents[2] / "modules" / "design"

_ROOT = """
module "design" {
  source  = "./design"
  enforce = false
  region  = var.region
  tables  = jsondecode(file("${path.module}/tables.json"))
}

variable "region" {
  type    = string
  default = null
}

output "problems" { value = module.design.problems }
output "warnings" { value = module.design.warnings }
"""
_TABLE = re.compile(r'table "([^"]*)"')


@dataclass(frozen=True)
class Verdict:
    """The problems and the warnings of one table, each a sentence that begins with the table's name."""

    problems: list[str]
    warnings: list[str]


def judge(tables: Mapping[str, Any], region: str | None = None) -> dict[str, Verdict]:
    """Return the verdict on each table, all of them judged in one plan; `region` is where they are.

    Raises `AssertionError` with Terraform's words if the plan fails: no declaration may make it do so.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(DESIGN, folder / "design", ignore=shutil.ignore_patterns("tests", ".terraform*"))
        (folder / "main.tf").write_text(_ROOT, encoding="utf-8")
        (folder / "tables.json").write_text(json.dumps(tables), encoding="utf-8")
        _terraform(folder, "init")
        _terraform(folder, "plan", "-out=plan", *([f"-var=region={region}"] if region else []))
        planned = json.loads(_terraform(folder, "show", "-json", "plan"))["planned_values"]["outputs"]
    problems, warnings = (_by_table(planned[name]["value"]) for name in ("problems", "warnings"))
    return {name: Verdict(problems.get(name, []), warnings.get(name, [])) for name in tables}


def _terraform(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(find_terraform().path), *arguments, "-no-color"],
        cwd=folder,
        env=clean(os.environ),
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _by_table(sentences: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sentence in sentences:
        match = _TABLE.match(sentence)
        assert match, sentence
        found.setdefault(match[1], []).append(sentence)
    return found
