"""The policy documents that the tests of this folder judge."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import Any

import pytest

from dynamodb_layouts.terraform import Root

POLICIES = Path(__file__).resolve().parent / "policies"


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the documents by name: planned once, by the first of pytest's processes to ask."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "iam-documents.json").open("a+", encoding="utf-8") as shared:
        fcntl.flock(shared, fcntl.LOCK_EX)
        shared.seek(0)
        text = shared.read()
        if not text:
            text = json.dumps(_planned())
            shared.write(text)
    return {name: json.loads(document) for name, document in json.loads(text).items()}


def _planned() -> dict[str, str]:
    with Root(POLICIES) as root:
        root.init()
        planned: dict[str, str] = root.plan().outputs["documents"].after  # type: ignore[assignment]
    return planned
