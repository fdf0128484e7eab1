"""The file that adopts tables: one module, and an import for everything that it makes."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from dynamodb_layouts.adopt import hcl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dynamodb_layouts.adopt.declaration import Declaration

#: What the module is called in the file, and so in every address.
MODULE = "dynamodb"
#: Global indexes that the module takes on a table unless told otherwise.
_INDEX_QUOTA = 20
_COLUMNS = 100


def render(declarations: Sequence[Declaration], source: str, region: str) -> str:
    """Return the file: a head of comment, the module's block, and the import blocks.

    `source` is where the module is, as Terraform takes it; `region` is where the tables are.
    """
    blocks = [
        _head(declarations, region),
        _module(declarations, source),
        *(
            hcl.block("import", {"to": hcl.Raw(part.address(declaration.key, MODULE)), "id": part.id})
            for declaration in declarations
            for part in declaration.parts
        ),
    ]
    return "\n\n".join(blocks) + "\n"


def sayings(declaration: Declaration) -> Iterator[str]:
    """Yield what there is to say of a table besides its declaration, a sentence each."""
    yield from (f"Applying changes: {change}." for change in declaration.changes)
    yield from (f"Left alone: {left}." for left in declaration.left)
    yield from (f"Not certain: {unsure}." for unsure in declaration.unsure)


def _head(declarations: Sequence[Declaration], region: str) -> str:
    count = "1 table" if len(declarations) == 1 else f"{len(declarations)} tables"
    lines = (
        f"Written by dynamodb-layouts adopt: {count} of {region}, with what differs from the module's "
        "defaults. The provider must have that region. The import blocks can go once they are applied."
    )
    return "\n".join(hcl.comment(line) for line in textwrap.wrap(lines, _COLUMNS))


def _module(declarations: Sequence[Declaration], source: str) -> str:
    most = max(len(declaration.fields.get("indexes", {})) for declaration in declarations)
    lines = [f'module "{MODULE}" {{', *hcl.attributes({"source": source}, "  "), "", "  tables = {"]
    for number, declaration in enumerate(declarations):
        lines += [""] if number else []
        lines += hcl.attributes({declaration.key: _commented(declaration)}, "    ")
    lines.append("  }")
    if most > _INDEX_QUOTA:
        lines += ["", *hcl.attributes({"global_index_quota": most}, "  ")]
    return "\n".join([*lines, "}"])


def _commented(declaration: Declaration) -> hcl.Value:
    fields = hcl.Multiline(declaration.ordered())
    lines = [
        line for saying in sayings(declaration) for line in textwrap.wrap(" ".join(saying.split()), _COLUMNS)
    ]
    return hcl.Commented(tuple(lines), fields) if lines else fields
