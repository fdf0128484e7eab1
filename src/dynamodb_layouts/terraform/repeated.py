"""Keys that stand twice in one object.

Terraform keeps the last of two equal keys, without a word: of two indexes of one name, one is never made.
https://developer.hashicorp.com/terraform/language/expressions/types#maps-objects
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lark import Token, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dynamodb_layouts.terraform.syntax import Source


@dataclass(frozen=True)
class Repeated:
    """A key that stands again in an object: its file, the blocks and keys it lies in, and itself last."""

    file: str
    path: str

    @property
    def found(self) -> str:
        """What became of it, and what to write instead."""
        name = self.path.rpartition(".")[2]
        return f"{name} twice, of which Terraform keeps the last without a word; name each once"


def repeated(sources: Sequence[Source]) -> list[Repeated]:
    """Return the keys that stand twice in the objects of a module's `.tf` files.

    Keys that are expressions are not compared.
    """
    return [
        Repeated(source.name, ".".join(path)) for source in sources for path in _repeated(source.tree, ())
    ]


def _repeated(tree: Tree[Token], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the paths of repeated keys below `tree`, which lies at `path`."""
    if tree.data == "block":
        # A block's type and labels stand before its body.
        names = (_name(child) for child in _trees(tree) if child.data in {"identifier", "string"})
        path = (*path, *(name for name in names if name))
    elif tree.data in {"attribute", "object_elem"}:
        path = (*path, _name(next(_trees(tree))) or "…")
    seen: set[str] = set()
    for child in _trees(tree):
        if tree.data == "object" and child.data == "object_elem":
            name = _name(next(_trees(child)))
            if name in seen:
                yield (*path, name)
            if name:
                seen.add(name)
        yield from _repeated(child, path)


def _name(tree: Tree[Token]) -> str | None:
    """Return the name that a key or a label is, or None where it is an expression."""
    tokens = map(str, tree.scan_values(lambda value: isinstance(value, Token)))
    plain = [text for text in tokens if text != '"']
    return plain[0] if len(plain) == 1 else None


def _trees(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    return (child for child in tree.children if isinstance(child, Tree))
