"""Fields that Terraform drops without a word are found in what is written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dynamodb_layouts.terraform import clean, find_terraform
from dynamodb_layouts.terraform.dropped import dropped
from dynamodb_layouts.terraform.syntax import read
from dynamodb_layouts.terraform.type_constraints import BadTypeError, parse_type

DESIGN = Path(__file__).resolve().parents[2] / "modules" / "design"


def _root(folder: Path, text: str, name: str = "main.tf") -> Path:
    shutil.copytree(DESIGN, folder / "design", ignore=shutil.ignore_patterns("tests", ".terraform*"))
    (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(
        [str(find_terraform().path), "init"],
        cwd=folder,
        env=clean(os.environ),
        check=True,
        capture_output=True,
    )
    return folder


def test_what_is_dropped_is_told_with_what_to_write(tmp_path: Path) -> None:
    root = _root(
        tmp_path,
        """
        locals {
          entities = { Order = { keys = { id = "{id}" }, atributes = { id = {} } } }
          shared   = local.entities
        }
        module "design" {
          source = "./design"
          tables = {
            orders = {
              hash_key   = "id"
              range_keys = "at"
              indexes    = { by-day = { hash_key = "day", projection_type = "ALL", capacity = { reed = 5 } } }
              entities   = local.shared
              access_patterns = {
                order = { partition = "{id}", sort = { begin_with = "a" }, returns = ["Order"] }
              }
            }
            "stock" = { hash_key = "id", global_secondary_indexes = {} }
          }
        }
        """,
    )
    found = {f"{one.module}, {one.path}": one.found.rpartition("; ")[2] for one in dropped(root, read(root))}
    # Nothing is like it.
    listed = found.pop("module.design, tables.stock.global_secondary_indexes")
    assert listed.startswith("write one of name, hash_key, range_key, ")
    orders = "module.design, tables.orders"
    assert found == {
        f"{orders}.range_keys": "write range_key",
        f"{orders}.indexes.by-day.projection_type": "write projection",
        f"{orders}.indexes.by-day.capacity.reed": "write read",
        f"{orders}.entities.Order.atributes": "write attributes",
        f"{orders}.access_patterns.order.sort.begin_with": "write begins_with",
    }


def test_json_is_read_too(tmp_path: Path) -> None:
    tables = {"orders": {"hash_key": "id", "ttls": "expiresAt"}}
    root = _root(
        tmp_path, json.dumps({"module": {"design": {"source": "./design", "tables": tables}}}), "main.tf.json"
    )
    assert [one.found for one in dropped(root, read(root))] == [
        "no field ttls, which Terraform drops without a word; write ttl"
    ]


def test_what_is_not_written_out_is_not_judged(tmp_path: Path) -> None:
    root = _root(
        tmp_path,
        """
        variable "more" {
          default = {}
        }
        locals {
          loop = local.loop_again
          loop_again = local.loop
        }
        module "design" {
          source = "./design"
          tables = {
            (terraform.workspace) = merge({ hash_key = "id" }, var.more)
            other = { hash_key = "id", tags = { any = "name" }, attribute_types = { id = "N" } }
          }
        }
        """,
    )
    assert dropped(root, read(root)) == []


def test_a_root_without_modules_drops_nothing(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('output "nothing" { value = 1 }')
    assert dropped(tmp_path, read(tmp_path)) == []


@pytest.mark.parametrize("text", ["map(string) x", "object({ a })", "object({ a = string"])
def test_what_is_no_type_is_refused(text: str) -> None:
    with pytest.raises(BadTypeError, match=r"type|expected"):
        parse_type(text)
