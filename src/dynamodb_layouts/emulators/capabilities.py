"""What each backend was measured to do: `capabilities.json`, which `bench/emulator_matrix.py` writes."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, get_args

from dynamodb_layouts.emulators.emulator import Backend
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Capability = Literal[
    "table",
    "gsi_updates",
    "ttl",
    "pitr",
    "pitr_days",
    "sse",
    "cmk",
    "sse_update",
    "stream",
    "stream_update",
    "tags",
    "table_class",
    "provisioned",
    "to_on_demand_with_index",
    "on_demand_throughput",
    "on_demand_throughput_index",
    "replicas",
    "contributor_insights",
    "resource_policy",
    "kinesis",
    "autoscaling",
    "alarms",
    "alarm_tags",
    "dashboard",
    "iam",
    "backup",
    "import",
    "export",
    "restore",
    "deletion_protection",
    "cloudformation",
]
#: `works`: applied, the second plan empty, and found so through the API. `drifts`: applied, but the second
#: plan is not empty. `fails`: an apply failed, or the API showed something else.
Status = Literal["works", "drifts", "fails"]

CAPABILITIES: tuple[Capability, ...] = get_args(Capability)
BACKENDS: tuple[Backend, ...] = get_args(Backend)

#: Which service a capability that needs no table speaks to; every other one is DynamoDB's own, or is bound to
#: the backend that holds the table.
SERVICES: Mapping[Capability, str] = {
    "alarm_tags": "cloudwatch",
    "alarms": "cloudwatch",
    "autoscaling": "application-autoscaling",
    "backup": "backup",
    "dashboard": "cloudwatch",
    "iam": "iam",
}

_INDEX = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Measured:
    """What one backend did with one capability."""

    status: Status
    #: Where the second plan was not empty, as `resource_type.attribute`, such as
    #: `aws_dynamodb_table.point_in_time_recovery[0].recovery_period_in_days`.
    drift: tuple[str, ...] = ()
    #: Why it failed, or what works with a reservation.
    note: str = ""

    def explains(self, resource_type: str, attribute: str) -> bool:
        """Say whether a drift of that attribute is this known one; positions in lists do not count."""
        found = _INDEX.sub("[]", f"{resource_type}.{attribute}")
        known = {_INDEX.sub("[]", path) for path in self.drift}
        # A block that came or went is named as a whole in one plan and by its attributes in another.
        return any(found == path or found.startswith((f"{path}.", f"{path}[")) for path in known)


@functools.cache
def table() -> Mapping[Backend, Mapping[Capability, Measured]]:
    """Return the measured matrix."""
    return {
        backend: {
            capability: Measured(entry["status"], tuple(entry.get("drift", ())), entry.get("note", ""))
            for capability, entry in measured["capabilities"].items()
        }
        for backend, measured in document()["backends"].items()
    }


@functools.cache
def document() -> dict[str, Any]:
    """Return the file as it is: the matrix, and the versions that it was measured with."""
    text = resources.files("dynamodb_layouts.emulators").joinpath("capabilities.json").read_text()
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def measured(backend: Backend | None, capability: Capability) -> Measured:
    """Return what `backend` did with `capability`; of an unknown backend nothing bad is assumed."""
    if backend is None:
        return Measured("works", note="not measured: the endpoint does not say what it is")
    return table()[backend][capability]


def check_names(needs: Collection[str]) -> set[Capability]:
    """Return `needs` as capabilities; raises `CannotRunError` when one of them is none."""
    known: set[Capability] = {capability for capability in CAPABILITIES if capability in needs}
    if unknown := sorted(set(needs) - known):
        raise CannotRunError(
            f"there is no capability {', '.join(unknown)}", f"name some of {', '.join(CAPABILITIES)}"
        )
    return known
