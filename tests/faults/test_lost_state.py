"""A state that is lost is made anew by the blocks of docs/faults.md, and nothing of the tables changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page import BLOCKS, do_as_it_says, house

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Backends

    from dynamodb_layouts.terraform import Root

#: What each piece of the page is about, and the backend that has it.
PIECES = {"killed": "ministack", "lost-scaled": "ministack+moto", "lost-attached": "ministack"}
#: What the page says that no import finds out: a setting that AWS does not tell.
FORGOTTEN = {"lost-attached": {"confirm_remove_self_resource_access", "revision_id"}}
LOST = [name for name in PIECES if name.startswith("lost-")]


def test_every_piece_of_the_page_is_run() -> None:
    assert list(BLOCKS) == [(name, side) for name in PIECES for side in ("before", "after")]


@pytest.mark.parametrize("name", LOST)
def test_imports_make_the_state_anew(backend: Backends, tmp_path: Path, name: str) -> None:
    _, session = backend(PIECES[name])
    with session.root(house(tmp_path, name)) as root:
        root.init()
        root.apply()
        before = _ids(root)
        for file in root.folder.glob("terraform.tfstate*"):
            file.unlink()

        do_as_it_says(root, name)
        plan = root.plan()
        assert {each.attribute for each in plan.drift()} == FORGOTTEN.get(name, set())
        assert {change.actions for change in plan.changes.values()} <= {("no-op",), ("update",)}
        assert plan.changes.keys() == before.keys()
        root.apply_planned()
        assert _ids(root) == before
        # The blocks may go then.
        (root.folder / "recovery.tf").unlink()
        assert root.plan().empty


def _ids(root: Root) -> dict[str, str]:
    """Return the id of every resource in the state, by address."""
    return {where: values["id"] for where, values in root.state().items() if ".data." not in where}
