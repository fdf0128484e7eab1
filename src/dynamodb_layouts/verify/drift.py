"""The second plan: what Terraform would change in what it has just applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynamodb_layouts.emulators import CAPABILITIES, measured
from dynamodb_layouts.verify.line import Line, shown
from dynamodb_layouts.verify.standing import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from dynamodb_layouts.emulators import Capability
    from dynamodb_layouts.terraform import Drift, Plan
    from dynamodb_layouts.verify.line import Status
    from dynamodb_layouts.verify.standing import Standing

ASPECT = "second plan"
_UNCHANGED = "no change"
# Between an address and an attribute; an instance key may hold a space.
_GAP = ": "
_SERVICES = {
    "aws_appautoscaling": "application-autoscaling",
    "aws_backup": "backup",
    "aws_cloudwatch": "cloudwatch",
    "aws_iam": "iam",
}


def check(
    standing: Standing,
    plan: Plan,
    fresh: Collection[str],
    again: Collection[tuple[str, str, str]] = (),
) -> Iterator[Line]:
    """Yield a line for every fresh address, or for each attribute of it that the plan would change.

    `fresh` are the addresses that no backend has judged yet. Of the others, only what `again` names is asked,
    the keys of lines that another backend left unproven. Where the whole root was applied, a resource
    to be made, or an output to be changed, is a drift too.
    """
    drifts: dict[str, list[Drift]] = {}
    for drift in plan.drift():
        drifts.setdefault(drift.address, []).append(drift)
    for address in standing.resources:
        if address in fresh and address not in plan.changes:
            yield _line(standing, address, address, _UNCHANGED)
    yield from _settled(standing, drifts, again)
    for address, change in plan.changes.items():
        if not (standing.whole or address in fresh):
            continue
        if change.before is None or change.after is None or address not in drifts:
            yield _line(standing, address, address, " and ".join(change.actions))
            continue
        for drift in drifts[address]:
            yield _drift(standing, drift)
    if standing.whole:
        for name in plan.outputs:
            yield _line(standing, "", f"output {name}", "a change")


def _settled(
    standing: Standing, drifts: Mapping[str, list[Drift]], again: Collection[tuple[str, str, str]]
) -> Iterator[Line]:
    """Yield a line for every attribute that drifts elsewhere and not here."""
    for _, aspect, subject in again:
        address, _, attribute = subject.partition(_GAP)
        if aspect != ASPECT or address not in standing.resources:
            continue
        # A block that comes or goes is named as a whole in one plan and by its attributes in another.
        if not any(
            attribute.startswith(drift.attribute) or drift.attribute.startswith(attribute)
            for drift in drifts.get(address, [])
        ):
            yield _line(standing, address, subject, _UNCHANGED)


def _subject(drift: Drift) -> str:
    return f"{drift.address}{_GAP}{drift.attribute}"


def _drift(standing: Standing, drift: Drift) -> Line:
    kind = kind_of(drift.address)
    backend = standing.route.backend_of(_service(kind))
    # A drift that is known of a change to a table is none that a table just made may show.
    possible = CAPABILITIES if standing.needs is None else standing.needs.get(drift.address, ())
    known: Capability | None = next(
        (
            capability
            for capability in possible
            if measured(backend.kind, capability).explains(kind, drift.attribute)
        ),
        None,
    )
    found = f"{shown(drift.before)} -> {shown(drift.after)}"
    return _line(standing, drift.address, _subject(drift), found, known)


def _line(
    standing: Standing, address: str, subject: str, found: str, known: Capability | None = None
) -> Line:
    """Return the line of one address or attribute; its drift is ascribed to the capability `known`."""
    backend = standing.route.backend_of(_service(kind_of(address)))
    why = ""
    if known:
        why = f"{backend} is known to show this change again ({known}), whatever was applied"
    status: Status = "proved" if found == _UNCHANGED else "unproven" if known else "false"
    return Line(
        standing.table_of(address), ASPECT, subject, _UNCHANGED, found, status, str(backend), why, known
    )


def _service(kind: str) -> str:
    return next((service for prefix, service in _SERVICES.items() if kind.startswith(prefix)), "dynamodb")
