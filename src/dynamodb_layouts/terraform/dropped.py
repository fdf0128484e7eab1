"""Fields that a module block gives and the module does not have.

Terraform converts an object to the type of the variable and drops, without a word, whatever the type does not
name: `range_keys = "sk"` makes a table without a range key.
https://developer.hashicorp.com/terraform/language/expressions/type-constraints#conversion-of-complex-types
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.terraform import syntax
from dynamodb_layouts.terraform.type_constraints import BadTypeError, Type, parse_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from dynamodb_layouts.terraform.syntax import Source

_LOCAL = re.compile(r"\$\{local\.([\w-]+)\}")
_COLLECTION = re.compile(r"(?:map|list|set)\((.*)\)", re.DOTALL)
#: Locals may refer to locals; one that refers to itself is for Terraform to refuse.
_DEEPEST = 16
#: How alike two names must be for one to be meant by the other, from 0 to 1.
_CLOSE = 0.75


@dataclass(frozen=True)
class Dropped:
    """A field that is dropped: the module block, the path to the field, and the fields there are instead."""

    module: str
    path: str
    fields: tuple[str, ...]

    @property
    def found(self) -> str:
        """What became of it, and what to write instead."""
        name = self.path.rpartition(".")[2]
        close = difflib.get_close_matches(name, self.fields, 1, _CLOSE)
        instead = close[0] if close else f"one of {', '.join(self.fields)}"
        return f"no field {name}, which Terraform drops without a word; write {instead}"


def dropped(root: Path, sources: Sequence[Source]) -> list[Dropped]:
    """Return the fields that the root module's blocks give to modules in vain.

    `root` is initialised, `sources` are its files. Objects are followed as far as they are written out, in
    the block or in a local value.
    """
    listed = root / ".terraform" / "modules" / "modules.json"
    if not listed.is_file():
        return []
    folders = {module["Key"]: root / module["Dir"] for module in json.loads(listed.read_text())["Modules"]}
    written = _Written(sources)
    return [
        found
        for name, arguments in written.modules()
        if name in folders
        for variable, type_ in _types(folders[name]).items()
        if variable in arguments
        for found in written.unknown(f"module.{name}", variable, arguments[variable], type_)
    ]


class _Written:
    """What the files of a root module say, as far as it is written out."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._locals: dict[str, Any] = {}
        for source in sources:
            for block in source.blocks("locals"):
                self._locals.update(block)

    def modules(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the module blocks by name."""
        for source in self._sources:
            for block in source.blocks("module"):
                for name, arguments in block.items():
                    if isinstance(arguments, dict):
                        yield name.strip('"'), arguments

    def unknown(self, module: str, path: str, value: Any, type_: Type) -> Iterator[Dropped]:
        """Yield what `value` has and `type_` does not."""
        value = self._resolved(value)
        if inner := _COLLECTION.fullmatch(type_.text):
            parts = value if isinstance(value, list) else []
            if isinstance(value, dict):
                parts = list(value.items())
            for number, part in enumerate(parts):
                name, one = part if isinstance(value, dict) else (str(number), part)
                yield from self.unknown(module, f"{path}.{name}", one, Type(inner[1], type_.fields))
        elif type_.text == "object" and isinstance(value, dict):
            for name, one in value.items():
                if name in type_.fields:
                    yield from self.unknown(module, f"{path}.{name}", one, type_.fields[name].type)
                elif name.isidentifier() and not name.startswith("__"):
                    yield Dropped(module, f"{path}.{name}", tuple(type_.fields))

    def _resolved(self, value: Any) -> Any:
        for _ in range(_DEEPEST):
            reference = _LOCAL.fullmatch(value) if isinstance(value, str) else None
            if reference is None:
                return value
            value = self._locals.get(reference[1])
        return None


def _types(folder: Path) -> Mapping[str, Type]:
    """Return the types of a module's variables; those that say none, or cannot be read, are left out."""
    found = {}
    for source in syntax.read(folder):
        for block in source.blocks("variable"):
            for name, body in block.items():
                try:
                    found[name.strip('"')] = parse_type(str(body["type"]))
                except (BadTypeError, KeyError):
                    continue
    return found
