"""Keys that stand twice in an object are found in what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynamodb_layouts.terraform.repeated import repeated

if TYPE_CHECKING:
    from pathlib import Path


def _found(folder: Path, text: str) -> list[str]:
    (folder / "main.tf").write_text(text, encoding="utf-8")
    return [f"{one.file}: {one.path}" for one in repeated(folder)]


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


def test_what_cannot_be_read_is_for_terraform_to_say(tmp_path: Path) -> None:
    assert _found(tmp_path, "module {{{") == []
