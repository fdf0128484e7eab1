"""Every command that the documentation shows exists."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import typer
from documents import REPOSITORY, blocks, files

from dynamodb_layouts import cli

if TYPE_CHECKING:
    from pathlib import Path

_MAKE = re.compile(r"(?:`|^\$ |^)make ([a-z][a-z-]*)", re.MULTILINE)
_TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)


def _commands() -> dict[str, str]:
    """Return the lines of shell that begin with the harness's own command, by where they stand."""
    found: dict[str, str] = {}
    for block in blocks("sh", "console"):
        # In a console, lines without a prompt are output.
        lines = block.text.replace("\\\n", " ").splitlines()
        prompt = "$ " if block.tag == "console" else ""
        commands = [line.removeprefix(prompt) for line in lines if line.startswith(prompt)]
        found |= {f"{block} {line}": line for line in commands if line.startswith("dynamodb-layouts")}
    return found


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(REPOSITORY)))
def test_make_targets_exist(file: Path) -> None:
    targets = set(_TARGET.findall((REPOSITORY / "Makefile").read_text(encoding="utf-8")))
    named = set(_MAKE.findall(file.read_text(encoding="utf-8")))
    assert named <= targets


@pytest.mark.parametrize("command", _commands().values(), ids=_commands())
def test_command_parses(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    program, *arguments = shlex.split(command, comments=True)
    harness = typer.main.get_command(cli.app)
    _silence(harness)
    harness.main(arguments, program, standalone_mode=False)


def _silence(command: Any) -> None:
    """Leave a command its parser and take away what it does."""
    command.callback = lambda *_, **__: None
    for inner in getattr(command, "commands", {}).values():
        _silence(inner)


def test_the_readme_has_its_two_commands() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert {"demo", "test"} <= set(_MAKE.findall(text))
