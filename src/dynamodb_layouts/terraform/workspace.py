"""A copy of a root module that Terraform may do as it likes with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from dynamodb_layouts.errors import CannotRunError, out_of_room
from dynamodb_layouts.terraform import scan
from dynamodb_layouts.terraform.scratch import Scratch

_SKIPPED_FOLDERS = frozenset(
    {".git", ".hg", ".svn", ".terraform", ".venv", "venv", "node_modules", "__pycache__", ".tox"}
    | {".mypy_cache", ".pytest_cache", ".ruff_cache", ".tftest-cache", ".idea", ".vscode"}
)
_SKIPPED_FILES = shutil.ignore_patterns(
    "*.tfstate",
    "*.tfstate.*",
    ".terraform.lock.hcl",
    ".terraform.tfstate.lock.info",
    "crash.log",
    "crash.*.log",
)
# The user's own backend, wherever his state is, must never see this copy.
_OVERRIDE = "dynamodb_layouts_override.tf"
_LOCAL_BACKEND = 'terraform {\n  backend "local" {}\n}\n'


class Workspace:
    """A copy of the root module in `source`, with every local module it needs at the same relative place.

    `root` is the copied root module, `folder` the scratch folder around it. State and lock files are not
    copied, and the copy keeps its state in a local file, whatever backend the original names.
    """

    def __init__(self, source: Path | str) -> None:
        """Copy; raises `CannotRunError` when `source` holds no module, or when the copy cannot be made."""
        self.source = Path(source).resolve()
        if not self.source.is_dir():
            raise CannotRunError(f"{source} is not a folder", "name the folder of a Terraform root module")
        if not scan.files(self.source):
            raise CannotRunError(f"{source} holds no Terraform module", "name a folder with .tf files in it")
        self._scratch = Scratch()
        self.folder = self._scratch.folder
        try:
            self.root = self._copy()
        except OSError as error:
            self.remove()
            raise out_of_room(f"cannot copy {source} to {self.folder}", error) from error
        except BaseException:
            self.remove()
            raise

    def remove(self) -> None:
        """Delete the copy."""
        self._scratch.remove()

    def _copy(self) -> Path:
        needed = _needed(self.source)
        top = Path(os.path.commonpath(needed))
        if not top.is_dir():
            top = top.parent
        copied = self.folder / "copy"
        for path in _outermost(needed):
            place = copied / path.relative_to(top)
            if path.is_dir():
                shutil.copytree(
                    path, place, ignore=_ignored, ignore_dangling_symlinks=True, dirs_exist_ok=True
                )
            elif path.is_file():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, place)
        root = copied / self.source.relative_to(top)
        (root / _OVERRIDE).write_text(_LOCAL_BACKEND)
        return root


def _needed(source: Path) -> set[Path]:
    """Return `source` and all it refers to, directly or through the modules it calls."""
    found: set[Path] = set()
    waiting = [source]
    while waiting:
        path = waiting.pop()
        if path not in found and path.exists():
            found.add(path)
            if path.is_dir():
                waiting.extend(scan.neighbours(path))
    return found


def _outermost(paths: set[Path]) -> list[Path]:
    return sorted(path for path in paths if not paths & set(path.parents))


def _ignored(folder: str, names: list[str]) -> set[str]:
    return set(_SKIPPED_FILES(folder, names)) | (_SKIPPED_FOLDERS & set(names))
