"""The configuration files of a module as python-hcl2 reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import hcl2
from lark import Tree
from lark.exceptions import LarkError

from dynamodb_layouts.terraform import scan

if TYPE_CHECKING:
    from pathlib import Path

    from lark import Token

_OPTIONS = hcl2.SerializationOptions(with_comments=False, preserve_heredocs=False, strip_string_quotes=True)


@dataclass(frozen=True)
class Source:
    """One file: its blocks by type, with expressions as `${…}`, and the tree of a `.tf` file.

    One that is not `read` has neither: Terraform may know what python-hcl2 does not.
    """

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    tree: Tree[Token] = field(default_factory=lambda: Tree("start", []))
    read: bool = True

    def blocks(self, kind: str) -> list[dict[str, Any]]:
        """Return the blocks of a type, such as `module`: bodies by label, or of `locals` the body."""
        found = self.values.get(kind, [])
        return [block for block in (found if isinstance(found, list) else [found]) if isinstance(block, dict)]


def read(folder: Path) -> list[Source]:
    """Read the configuration files of the module in `folder`."""
    return [_source(file) for file in scan.files(folder)]


def _source(file: Path) -> Source:
    text = file.read_text(encoding="utf-8", errors="replace")
    try:
        if file.suffix == ".json":
            return Source(file.name, dict(json.loads(text)))
        tree = hcl2.parses_to_tree(text)
        values = hcl2.serialize(hcl2.transform(tree), serialization_options=_OPTIONS)
    except (LarkError, ValueError, TypeError):
        return Source(file.name, read=False)
    return Source(file.name, values, tree)
