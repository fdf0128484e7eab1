"""The root module and the operations that docs/verify.md shows, verified as they stand."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from verify_roots import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from dynamodb_layouts.verify import Verifier


def test_documentation(verifier: Verifier, tmp_path: Path) -> None:
    text = (REPOSITORY / "docs/verify.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(hcl|json)\n(.*?)```", text, re.DOTALL))
    source = os.path.relpath(REPOSITORY, tmp_path.resolve())
    (tmp_path / "main.tf").write_text(blocks["hcl"].replace("./terraform-aws-dynamodb-layouts", source))
    (tmp_path / "operations.json").write_text(blocks["json"])
    report = verifier.judge(tmp_path)
    report.assert_proved(strict=True)
    own = [line.found for line in report.lines if line.aspect == "operations.json"]
    assert own == ["accepted", "as expected", "as expected"]
