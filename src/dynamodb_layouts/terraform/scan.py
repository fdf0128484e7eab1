"""What the `.tf` files of a module say, as far as the harness must know before Terraform runs.

A full HCL parser is slower than a whole apply, and none of this needs one: a pattern that finds too much
costs a needless copy or a larger schema, and one that finds too little ends in Terraform's own error.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SUFFIXES = (".tf", ".tf.json", ".tofu")
_SOURCE = re.compile(r'\bsource"?\s*[=:]\s*"(\.\.?/[^"]*)"')
_OUTSIDE = re.compile(r"\$\{path\.(?:module|root)\}/((?:\.\./)+[^\"$]*)")
_TYPE = re.compile(r'"?\b(?:resource|data|ephemeral)"?\s*[:{]?\s*"?(\w+)"?')
_JSON_TYPE = re.compile(r'"(aws_\w+)"\s*:')
_ALIAS = re.compile(r'\balias"?\s*[=:]|\bconfiguration_aliases\b')
_PROVIDER = re.compile(r'\bprovider"?\s*[:{]?\s*"?aws"?\s*:?\s*\{')
# With its source, whatever the module calls it; without, under its own name; and as a bare string.
_REQUIREMENTS = (
    re.compile(r'\{([^{}]*"(?:registry\.terraform\.io/)?hashicorp/aws"[^{}]*)\}'),
    re.compile(r'\baws"?\s*[=:]\s*\{([^{}]*)\}'),
    re.compile(r'\baws"?\s*[=:](\s*"[=!<>~]*\s*\d[^"]*")'),
)
_VERSION = re.compile(r'(?:\bversion"?\s*[=:]|^)\s*"([^"]*)"')
_VARIABLE = re.compile(r'^\s*variable\s+"?([\w-]+)"?\s*\{', re.MULTILINE)


@dataclass(frozen=True)
class Scan:
    """What the configuration files of some folders say together."""

    types: frozenset[str]
    aws_versions: tuple[str, ...]
    several_configurations: bool


def files(folder: Path) -> list[Path]:
    """Return the configuration files of the module in `folder`; empty when it holds none."""
    return sorted(file for file in folder.iterdir() if file.name.endswith(_SUFFIXES) and file.is_file())


def text(folder: Path) -> str:
    """Return the text of every configuration file in `folder`."""
    return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files(folder))


def scan(folders: Iterable[Path]) -> Scan:
    """Read the modules in `folders`.

    Returns resource types, constraints on the AWS provider, and whether it may be configured more than once.
    """
    whole = "\n".join(text(folder) for folder in folders)
    return Scan(
        types=frozenset(_TYPE.findall(whole)) | frozenset(_JSON_TYPE.findall(whole)),
        aws_versions=tuple(
            version
            for requirement in _REQUIREMENTS
            for block in requirement.findall(whole)
            for version in _VERSION.findall(block)
        ),
        several_configurations=bool(_ALIAS.search(whole)) or len(_PROVIDER.findall(whole)) > 1,
    )


def variables(folder: Path) -> frozenset[str]:
    """Return the names of the variables that the module in `folder` declares."""
    names = set(_VARIABLE.findall(text(folder)))
    for file in files(folder):
        if file.suffix == ".json":
            # A file that is no JSON is for Terraform to complain about.
            with contextlib.suppress(ValueError, AttributeError):
                names |= json.loads(file.read_text(encoding="utf-8")).get("variable", {}).keys()
    return frozenset(names)


def neighbours(folder: Path) -> set[Path]:
    """Return what the module in `folder` names by a relative path: local modules, and files outside it."""
    whole = text(folder)
    return {(folder / source).resolve() for source in _SOURCE.findall(whole)} | {
        (folder / outside).resolve() for outside in _OUTSIDE.findall(whole)
    }
