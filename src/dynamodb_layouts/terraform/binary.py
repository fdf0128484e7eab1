"""The Terraform program: where it is, and whether it is new enough."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import python_terraform
from packaging.version import Version

from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.terraform import environment, process

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The oldest Terraform that the module and the harness run on.
MINIMUM = Version("1.9.0")
VARIABLE = "DYNAMODB_LAYOUTS_TERRAFORM"

_INSTALL = f"install Terraform {MINIMUM} or newer (https://developer.hashicorp.com/terraform/install)"


@dataclass(frozen=True)
class Terraform:
    """A Terraform program that was found and is new enough."""

    path: Path
    version: Version


class Commands(python_terraform.Terraform):  # type: ignore[misc]
    """python-terraform's commands, run in an environment of ours.

    The original runs in the caller's environment, where `TF_CLI_ARGS` or a log setting changes the answer.
    """

    def __init__(self, binary: Path, folder: Path, env: Mapping[str, str]) -> None:
        super().__init__(working_dir=str(folder), terraform_bin_path=str(binary))
        self._folder = folder
        self._environment = env

    def cmd(self, cmd: str, *args: str, **kwargs: object) -> tuple[int, str, str]:
        """Run one Terraform command; return its exit code and what it wrote."""
        command = self.generate_cmd_string(cmd, *args, **kwargs)
        finished = process.run(command, self._folder, self._environment)
        return finished.code, finished.out, finished.err


def find(environ: Mapping[str, str] | None = None) -> Terraform:
    """Return the Terraform named by `DYNAMODB_LAYOUTS_TERRAFORM`, else the one on PATH.

    Raises `CannotRunError` when there is none, when it does not answer, or when it is older than `MINIMUM`.
    """
    environ = os.environ if environ is None else environ
    path = _locate(environ)
    version = _version(path, environ)
    if version < MINIMUM:
        raise CannotRunError(
            f"{path} is Terraform {version}, which is too old", f"{_INSTALL}, or name one in {VARIABLE}"
        )
    return Terraform(path, version)


def _locate(environ: Mapping[str, str]) -> Path:
    named = environ.get(VARIABLE)
    found = shutil.which(named or "terraform", path=environ.get("PATH", ""))
    if found:
        return Path(found).absolute()
    if named:
        raise CannotRunError(f"{VARIABLE} names {named}, which is not a program", "correct it, or unset it")
    raise CannotRunError("there is no terraform on PATH", f"{_INSTALL}, or name one in {VARIABLE}")


def _version(path: Path, environ: Mapping[str, str]) -> Version:
    commands = Commands(path, Path("/"), environment.clean(environ))
    code, out, err = commands.version_cmd(json=python_terraform.IsFlagged)
    try:
        return Version(json.loads(out)["terraform_version"])
    except (ValueError, KeyError, TypeError) as error:
        raise CannotRunError(
            f"{path} did not tell its version (exit code {code}): {(err or out).strip()[:200]}", _INSTALL
        ) from error
