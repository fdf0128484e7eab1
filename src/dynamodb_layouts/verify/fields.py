"""What is written and does not count: fields that a module does not have, and keys that stand twice.

Terraform drops both and says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynamodb_layouts.terraform import syntax
from dynamodb_layouts.terraform.dropped import dropped
from dynamodb_layouts.terraform.repeated import repeated
from dynamodb_layouts.verify.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.terraform import Root

_ASPECT = "fields"
_EXPECTED = "fields that the module has, each once"


def check(root: Root, backend: str) -> Iterator[Line]:
    """Yield a line for every field that is dropped, or one that says there is none; `root` is initialised.

    Fields are judged where they are written out: what an expression yields is not.
    """
    sources = syntax.read(root.folder)
    found = {f"{one.module}, {one.path}": one.found for one in dropped(root.folder, sources)}
    found |= {f"{one.file}, {one.path}": one.found for one in repeated(sources)}
    for where, what in found.items():
        yield Line("", _ASPECT, where, _EXPECTED, what, "false", backend)
    unread = [source.name for source in sources if not source.read]
    for name in unread:
        why = "python-hcl2, which reads the files, does not know all that is in it"
        yield Line("", _ASPECT, name, _EXPECTED, "not read", "unproven", backend, why)
    if not found and not unread:
        yield Line("", _ASPECT, _ASPECT, _EXPECTED, _EXPECTED, "proved", backend)
