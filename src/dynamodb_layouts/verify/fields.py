"""Fields of the module blocks: Terraform drops those that a module does not have, and says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynamodb_layouts.terraform.dropped import dropped
from dynamodb_layouts.verify.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.terraform import Root

_ASPECT = "fields"
_EXPECTED = "fields that the module has"


def check(root: Root, backend: str) -> Iterator[Line]:
    """Yield a line for every field that is dropped, or one that says there is none; `root` is initialised."""
    found = dropped(root.folder)
    for one in found:
        yield Line("", _ASPECT, f"{one.module}, {one.path}", _EXPECTED, one.found, "false", backend)
    if not found:
        yield Line("", _ASPECT, _ASPECT, _EXPECTED, _EXPECTED, "proved", backend)
