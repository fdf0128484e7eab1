"""Root modules to verify, written where a test wants them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]

# What most tests use: an index that leaves something out, a number, an expiry, a stream, tags.
ORDERS = """
    orders = {
      name            = "verify-orders"
      hash_key        = "id"
      range_key       = "at"
      attribute_types = { at = "N" }
      indexes = {
        by-customer = { hash_key = "customerId", range_key = "at", projection = "KEYS_ONLY" }
        by-status   = { hash_key = "status" }
      }
      local_indexes = {
        by-total = { range_key = "total", projection = "INCLUDE", non_key_attributes = ["note"] }
      }
      ttl           = "expiresAt"
      stream        = "NEW_IMAGE"
      tags          = { Team = "shop" }
    }
"""

# Somewhere to stop: the table stands, and the apply goes on until it is stopped.
SLOW = """
resource "terraform_data" "slow" {
  depends_on = [module.dynamodb]
  provisioner "local-exec" {
    command = "touch @FOLDER@/running; exec sleep 60"
  }
}
"""


def root(folder: Path, tables: str = ORDERS, more: str = "", design: str = "module.dynamodb.design") -> Path:
    """Write a root module that calls this repository's, and return its folder.

    `tables` is the inside of the map of tables, `design` the expression that is put out, `more` other blocks.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source = os.path.relpath(REPOSITORY, folder.resolve())
    (folder / "main.tf").write_text(
        f"""
module "dynamodb" {{
  source = "{source}"
  tables = {{{tables}}}
}}
output "design" {{
  value = {design}
}}
{more.replace("@FOLDER@", str(folder))}
"""
    )
    return folder


def plain(name: str, *settings: str) -> str:
    """Return the declaration of a small table."""
    return "\n".join([f"{name} = {{", f'  name = "verify-{name}"', '  hash_key = "id"', *settings, "}\n"])


def declared(**changes: Any) -> dict[str, Any]:
    """Return a table as a design of version 1 holds it, with some fields changed."""
    return {
        "name": "verify-plain",
        "hash_key": "id",
        "range_key": None,
        "attributes": {"id": "S"},
        "billing_mode": "PAY_PER_REQUEST",
        "capacity": None,
        "autoscaling": None,
        "on_demand_throughput": None,
        "table_class": "STANDARD",
        "indexes": {},
        "local_indexes": {},
        "ttl": None,
        "point_in_time_recovery": {"enabled": True, "days": None},
        "encryption": {"enabled": True, "kms_key_arn": None},
        "deletion_protection": True,
        "stream": None,
        "kinesis_stream": None,
        "replicas": {},
        "contributor_insights": False,
        "resource_policy": None,
        "restore": None,
        "import": None,
        "tags": {"Name": "verify-plain"},
        "timeouts": {"create": None, "update": None, "delete": None},
        **changes,
    }
