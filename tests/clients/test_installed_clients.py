"""What is said where a client cannot be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import installed_clients
import pytest

from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from pathlib import Path


def _program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder on PATH, an empty one; nothing is installed either."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DYNAMODB_LAYOUTS_HOME", str(tmp_path / "home"))
    return folder


def test_no_node(programs: Path) -> None:
    assert installed_clients.unproven_without_node() == "stays unproven: no Node.js"
    _program(programs, "node", "echo 'no version is set' >&2; exit 127")
    assert installed_clients.unproven_without_node() == "stays unproven: no Node.js"


def test_an_old_node(programs: Path) -> None:
    _program(programs, "node", "echo v18.20.4")
    reason = "stays unproven: Node.js 20 or newer is needed, and this is v18.20.4"
    assert installed_clients.unproven_without_node() == reason


def test_no_npm(programs: Path) -> None:
    _program(programs, "node", "echo v20.0.0")
    assert installed_clients.unproven_without_node() == "stays unproven: no npm"
    _program(programs, "npm", "exit 0")
    assert installed_clients.unproven_without_node() is None


def test_no_network(programs: Path) -> None:
    _program(programs, "npm", "echo 'npm error code ENOTFOUND' >&2; exit 1")
    with pytest.raises(CannotRunError, match=r"from the npm registry: npm error code ENOTFOUND") as refused:
        installed_clients.node_modules()
    assert "npm config list" in refused.value.instead
    # What failed half-way is not taken for installed the next time.
    with pytest.raises(CannotRunError):
        installed_clients.node_modules()
