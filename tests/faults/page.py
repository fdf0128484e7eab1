"""The blocks of docs/faults.md, as a person would paste them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from documents import CLONE, REPOSITORY, examples, module_files

if TYPE_CHECKING:
    from pathlib import Path

    from dynamodb_layouts.terraform import Root

BLOCKS: dict[tuple[str, str], str] = {
    example.migration: example.text
    for example in examples()
    if example.migration and example.block.file == "docs/faults.md"
}


def house(folder: Path, name: str) -> Path:
    """Write the root module that a piece of the page begins with, this repository's beside it."""
    for file in module_files():
        place = folder / CLONE / file
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / file, place)
    (folder / "main.tf").write_text(BLOCKS[name, "before"])
    return folder


def do_as_it_says(root: Root, name: str) -> None:
    """Add to a root module what the page says to add."""
    (root.folder / "recovery.tf").write_text(BLOCKS[name, "after"])
