"""What is downloaded is what was reviewed: every lock has a hash a package, every action a commit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def _files(*patterns: str) -> list[str]:
    found = {file for pattern in patterns for file in REPOSITORY.glob(pattern)}
    return sorted(str(file.relative_to(REPOSITORY)) for file in found if "node_modules" not in file.parts)


#: Compiled from the file of the same name that ends in `.in`.
PYTHON_LOCKS = [
    "requirements.lock",
    *(file.removesuffix("in") + "txt" for file in _files("src/**/*.in", "tests/**/*.in", "bench/**/*.in")),
]
NODE_LOCKS = _files("src/**/package-lock.json", "tests/**/package-lock.json")
WORKFLOWS = _files(".github/workflows/*")

_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+(?:\[[^]]+\])?)(.*)$")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def _loose(lock: str) -> list[str]:
    """Return each package of a lock that has no exact version or no hash."""
    # A requirement goes on where a line ends in a backslash; what begins with # or white space is none.
    logical = re.sub(r"\\\n\s*", " ", lock).splitlines()
    return [
        found[1]
        for line in logical
        if (found := _REQUIREMENT.match(line))
        if not re.match(r"==[^ *]+( |$)", found[2]) or not _HASH.search(line)
    ]


@pytest.mark.parametrize("file", PYTHON_LOCKS)
def test_every_python_package_has_a_version_and_a_hash(file: str) -> None:
    text = (REPOSITORY / file).read_text("utf-8")
    assert len(_HASH.findall(text)) >= 2
    assert _loose(text) == []


@pytest.mark.parametrize("file", NODE_LOCKS)
def test_every_node_package_has_an_integrity(file: str) -> None:
    packages = json.loads((REPOSITORY / file).read_text("utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name and not package.get("link")}
    assert installed
    loose = [
        name for name, package in installed.items() if not package.get("integrity", "").startswith("sha512-")
    ]
    assert loose == []


@pytest.mark.parametrize("file", WORKFLOWS)
def test_every_action_is_a_commit(file: str) -> None:
    """A tag can be moved to other code, a commit cannot; the tag stands behind it for a reader."""
    used = re.findall(r"^\s*(?:- )?uses:\s*(.+?)\s*$", (REPOSITORY / file).read_text("utf-8"), re.MULTILINE)
    assert used
    loose = [action for action in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*", action)]
    assert loose == []


def test_the_locks_are_found() -> None:
    assert {"tests/clients/awscli.txt", "tests/security/checkov.txt"} <= set(PYTHON_LOCKS)
    assert "src/dynamodb_layouts/emulators/locks/localstack.txt" in PYTHON_LOCKS
    assert {"tests/clients/package-lock.json", "tests/iam/package-lock.json"} == set(NODE_LOCKS)
    assert WORKFLOWS


def test_a_loose_package_is_seen() -> None:
    pinned = f"a==1.0 ; python_version >= '3.11' \\\n    --hash=sha256:{'0' * 64}\n    # via b\n"
    assert _loose(pinned) == []
    assert _loose("a==1.0\n") == ["a"]
    assert _loose(pinned.replace("==", ">=", 1)) == ["a"]
    assert _loose(pinned.replace("1.0", "1.*")) == ["a"]
