"""Where Terraform's providers come from: a mirror on this machine, what the harness kept, or the registry."""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import hashlib
import itertools
import os
import platform
import re
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dynamodb_layouts import cache
from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.terraform import environment, process
from dynamodb_layouts.terraform.constraints import newest
from dynamodb_layouts.terraform.diagnostics import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dynamodb_layouts.terraform.binary import Terraform

VARIABLE = "DYNAMODB_LAYOUTS_PROVIDER_MIRROR"
AWS = "registry.terraform.io/hashicorp/aws"
#: The AWS providers that the module supports.
SUPPORTED = ">= 5.100, < 7"
#: The one that proofs are made with where there is a choice.
PREFERRED = "~> 5.100"

# Folders where packages, images and administrators put mirrors; looked into one and two levels deep.
_SYSTEM_ROOTS = ("/opt", "/usr/local/share", "/usr/local/lib", "/srv")
_PACKED = re.compile(r"^terraform-provider-aws_(?P<version>[^_]+)_(?P<platform>\w+)\.zip$")


@dataclass(frozen=True)
class ProviderBinary:
    """An AWS provider program and its version."""

    path: Path
    version: str


@dataclass(frozen=True)
class Installation:
    """How `terraform init` gets providers: `environment` makes it so, `origin` says it to a reader.

    Where an init fails this way, `fallback` is the way to try next.
    """

    origin: str
    environment: Mapping[str, str] = field(default_factory=dict)
    mirror: Path | None = None
    fallback: Installation | None = None

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold other inits off while one writes the plugin cache, which Terraform does not guard."""
        folder = self.environment.get("TF_PLUGIN_CACHE_DIR")
        if not folder:
            yield
            return
        with Path(folder, ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def find(environ: Mapping[str, str] | None = None, roots: Iterable[str] = _SYSTEM_ROOTS) -> Installation:
    """Return where providers come from.

    In this order: the mirror named by `DYNAMODB_LAYOUTS_PROVIDER_MIRROR`; what the user's own Terraform
    configuration says; Terraform's implied mirrors; mirrors below `roots`; what the harness downloaded
    earlier; the registry, keeping what it gives. Raises `CannotRunError` when the named mirror lacks the
    AWS provider for this platform.
    """
    environ = os.environ if environ is None else environ
    if named := environ.get(VARIABLE):
        folder = Path(named).expanduser().absolute()
        if not _versions(folder):
            raise CannotRunError(
                f"{VARIABLE} names {folder}, which holds no AWS provider for {target()}",
                f"fill it with `terraform providers mirror {folder}`, or unset {VARIABLE}",
            )
        return _from_mirror(folder)
    if configuration := environment.cli_config(environ):
        return _from_registry(f"as {configuration} says")
    for folder in itertools.chain(_implied(environ), _system(roots)):
        if _versions(folder):
            return _from_mirror(folder)
    registry = _from_registry("the registry")
    if _versions(store()):
        # What was downloaded once needs no network, but it must not bind a root that wants another version.
        return dataclasses.replace(_from_mirror(store()), fallback=registry)
    return registry


def provider(
    installation: Installation, terraform: Terraform, environ: Mapping[str, str] | None = None
) -> ProviderBinary:
    """Return an AWS provider program, installing it first where no mirror has it.

    Raises `CannotRunError` when it cannot be had.
    """
    if installation.mirror is None:
        _install(installation, terraform, os.environ if environ is None else environ)
    folder = installation.mirror or store()
    versions = _versions(folder)
    version = newest(versions, PREFERRED) or newest(versions, SUPPORTED)
    if version is None:
        raise CannotRunError(
            f"{folder} holds no AWS provider {SUPPORTED}, only {', '.join(sorted(versions)) or 'none'}",
            f"add one with `terraform providers mirror {folder}`",
        )
    return ProviderBinary(_unpacked(versions[version], version), version)


def store() -> Path:
    """Return the folder of downloaded providers, laid out like a mirror."""
    return cache.home() / "providers"


def target() -> str:
    """Return this machine's platform as Terraform names it, such as `linux_amd64`."""
    machine = platform.machine().lower()
    return f"{sys.platform}_{ {'x86_64': 'amd64', 'aarch64': 'arm64'}.get(machine, machine) }"


def _versions(folder: Path) -> dict[str, Path]:
    """Return what `folder` holds of the AWS provider for this platform: unpacked folder or zip by version."""
    home = folder / AWS
    found: dict[str, Path] = {}
    with contextlib.suppress(OSError):
        for entry in home.iterdir():
            match = _PACKED.match(entry.name)
            if match and match["platform"] == target():
                found.setdefault(match["version"], entry)
            elif (entry / target()).is_dir() and _program(entry / target()):
                found[entry.name] = entry / target()
    return found


def _program(folder: Path) -> Path | None:
    return next(
        (file for file in sorted(folder.glob("terraform-provider-aws*")) if os.access(file, os.X_OK)), None
    )


def _unpacked(place: Path, version: str) -> Path:
    if place.suffix == ".zip":
        folder = store() / AWS / version / target()
        if not folder.is_dir():
            _unzip(place, folder)
        place = folder
    program = _program(place)
    if program is None:
        raise CannotRunError(f"{place} holds no AWS provider program", "remove it, and run again")
    return program.resolve()


def _unzip(archive: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(scratch)
        files = list(Path(scratch).iterdir())
        for file in Path(scratch).glob("terraform-provider-*"):
            file.chmod(0o755)  # zipfile drops the mode
        # Another process may have unpacked it meanwhile; a folder is only ever seen whole.
        whole = Path(scratch, "whole")
        whole.mkdir()
        for file in files:
            file.rename(whole / file.name)
        with contextlib.suppress(OSError):
            whole.rename(folder)


def _implied(environ: Mapping[str, str]) -> list[Path]:
    """Return the folders that Terraform itself looks into before it asks the registry."""
    data = environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    roots = [Path(folder) / "terraform/plugins" for folder in (data, *shared.split(":"))]
    return [Path("terraform.d/plugins").absolute(), Path.home() / ".terraform.d/plugins", *roots]


def _system(roots: Iterable[str]) -> Iterator[Path]:
    for root in roots:
        for pattern in (f"*/{AWS}", f"*/*/{AWS}"):
            for found in sorted(Path(root).glob(pattern)):
                yield Path(*found.parts[: -len(Path(AWS).parts)])


def _from_mirror(folder: Path) -> Installation:
    # What Terraform does with its implied mirrors: a provider that the mirror has never comes from elsewhere,
    # every other one comes from its registry.
    held = sorted(
        "/".join(entry.parts[-3:])
        for entry in folder.glob("*/*/*")
        if entry.is_dir() and "." in entry.parts[-3]
    )
    names = ", ".join(f'"{name}"' for name in held)
    text = (
        "provider_installation {\n"
        f'  filesystem_mirror {{\n    path    = "{folder}"\n    include = [{names}]\n  }}\n'
        f"  direct {{\n    exclude = [{names}]\n  }}\n"
        "}\n"
    )
    return Installation(f"the mirror {folder}", {"TF_CLI_CONFIG_FILE": str(_kept(text))}, folder)


def _kept(text: str) -> Path:
    file = cache.home() / "cli" / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.tfrc"
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False) as scratch:
            scratch.write(text)
        Path(scratch.name).replace(file)
    return file


def _from_registry(origin: str) -> Installation:
    store().mkdir(parents=True, exist_ok=True)
    settings = {
        "TF_PLUGIN_CACHE_DIR": str(store()),
        # Copies carry no lock file, and without one Terraform would download what the cache has.
        "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "1",
    }
    return Installation(origin, settings)


def _install(installation: Installation, terraform: Terraform, environ: Mapping[str, str]) -> None:
    """Have Terraform put the preferred AWS provider into the store, unless it is there."""
    if newest(_versions(store()), PREFERRED):
        return
    with tempfile.TemporaryDirectory(prefix="dynamodb-layouts-") as scratch:
        requirement = f'aws = {{ source = "hashicorp/aws", version = "{PREFERRED}" }}'
        Path(scratch, "main.tf").write_text(
            f"terraform {{\n  required_providers {{\n    {requirement}\n  }}\n}}\n"
        )
        with installation.lock():
            finished = process.run(
                [str(terraform.path), "init", "-no-color", "-input=false"],
                Path(scratch),
                environment.clean(environ) | dict(installation.environment),
            )
    if finished.code:
        raise CannotRunError(
            f"the AWS provider {PREFERRED} cannot be installed: {plain(finished.out + finished.err)}",
            "let Terraform reach registry.terraform.io, or name in "
            f"{VARIABLE} a folder made with `terraform providers mirror`",
        )
