"""Copies of root modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terraform_roots import VALUE, root

from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.terraform import Root
from dynamodb_layouts.terraform.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

_CALLS = """
module "near" {
  source = "./near"
}
module "far" {
  source = "../../modules/far"
}
output "text" {
  value = "${module.near.text} ${module.far.text}"
}
"""


def test_local_modules_and_files_beside_them_come_along(tmp_path: Path) -> None:
    source = root(tmp_path / "house/examples/one", _CALLS)
    root(source / "near", 'output "text" {\n  value = "near"\n}\n')
    root(
        tmp_path / "house/modules/far",
        'module "deep" {\n  source = "../deep"\n}\noutput "text" {\n  value = module.deep.text\n}\n',
    )
    root(
        tmp_path / "house/modules/deep",
        'output "text" {\n  value = file("${path.module}/../../texts/deep.txt")\n}\n',
    )
    (tmp_path / "house/texts").mkdir()
    (tmp_path / "house/texts/deep.txt").write_text("deep")
    root(tmp_path / "house/modules/unused", "")
    with Root(source) as copy:
        assert tmp_path not in copy.folder.parents
        assert not list(copy.folder.parents[1].glob("modules/unused"))
        copy.init()
        copy.apply()
        assert copy.outputs() == {"text": "near deep"}
        folder = copy.folder
    assert not folder.exists()


def test_the_users_lock_and_state_are_neither_copied_nor_touched(tmp_path: Path) -> None:
    source = root(tmp_path / "one", VALUE)
    mine = {".terraform.lock.hcl": "mine", "terraform.tfstate": "mine", "terraform.tfstate.backup": "mine"}
    for name, content in mine.items():
        (source / name).write_text(content)
    (source / ".terraform").mkdir()
    (source / ".terraform/environment").write_text("production")
    before = {file: file.read_bytes() for file in source.rglob("*") if file.is_file()}
    with Root(source) as copy:
        copy.init()
        copy.apply()
        assert copy.plan().empty
        copy.destroy()
    assert {file: file.read_bytes() for file in source.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(
    "backend",
    [
        'backend "http" {\n    address = "http://127.0.0.1:1/state"\n  }',
        'cloud {\n    organization = "mine"\n  }',
    ],
)
def test_the_users_backend_is_not_asked(tmp_path: Path, backend: str) -> None:
    source = root(tmp_path / "one", f"terraform {{\n  {backend}\n}}\n{VALUE}")
    with Root(source) as copy:
        copy.init()
        copy.apply()
        assert (copy.folder / "terraform.tfstate").is_file()


def test_a_path_without_a_module(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="holds no Terraform module") as caught:
        Workspace(tmp_path)
    assert caught.value.exit_code == 2
    with pytest.raises(CannotRunError, match="is not a folder"):
        Workspace(tmp_path / "nothing")
