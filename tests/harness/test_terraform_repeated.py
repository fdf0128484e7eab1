"""Keys that stand twice in an object are found in what is written."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from dynamodb_layouts.terraform.repeated import repeated
from dynamodb_layouts.terraform.syntax import read
from dynamodb_layouts.verify import fields

if TYPE_CHECKING:
    from pathlib import Path

    from dynamodb_layouts.terraform import Root


def _found(folder: Path, text: str) -> list[str]:
    (folder / "main.tf").write_text(text, encoding="utf-8")
    return [f"{one.file}: {one.path}" for one in repeated(read(folder))]


def test_a_key_that_stands_twice(tmp_path: Path) -> None:
    found = _found(
        tmp_path,
        """
        locals {
          types = { id = "N", at = "N", id = "S" }
        }
        module "shop" {
          source = "./shop"
          tables = {
            orders = {
              hash_key = "id"
              indexes  = { by-day = { hash_key = "day" }, "by-day" = { hash_key = "date" } }
              tags     = merge({ a = 1, a = 2 }, {})
            }
          }
        }
        """,
    )
    assert found == [
        "main.tf: locals.types.id",
        "main.tf: module.shop.tables.orders.indexes.by-day",
        "main.tf: module.shop.tables.orders.tags.a",
    ]


def test_what_is_not_twice_in_one_object(tmp_path: Path) -> None:
    found = _found(
        tmp_path,
        """
        module "shop" {
          source = "./shop"
          tables = {
            orders = { hash_key = "id", indexes = { by-day = { hash_key = "day" } } }
            stock  = { hash_key = "id", indexes = { by-day = { hash_key = "day" } } }
            (var.one) = {}
            (var.two) = {}
            "${var.one}-x" = {}
            "${var.two}-x" = {}
          }
        }
        variable "one" {}
        variable "two" {}
        """,
    )
    assert found == []


def test_a_file_that_cannot_be_read_is_said_to_be(tmp_path: Path) -> None:
    """Nothing was found in it, and that proves nothing."""
    assert _found(tmp_path, "module {{{") == []
    (tmp_path / "more.tf").write_text("locals {}\n")
    (tmp_path / "data.tf.json").write_text("[1")
    assert {source.name: source.read for source in read(tmp_path)} == {
        "data.tf.json": False,
        "main.tf": False,
        "more.tf": True,
    }


def test_a_file_that_cannot_be_read_leaves_it_unproven(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("module {{{", encoding="utf-8")
    (line,) = fields.check(cast("Root", SimpleNamespace(folder=tmp_path)), "a backend")
    assert (line.subject, line.status) == ("main.tf", "unproven")
    assert line.why == "python-hcl2, which reads the files, does not know all that is in it"
