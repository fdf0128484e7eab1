"""Which part of a root module is applied on which backend.

One pass applies the root on the preferred backend. What that backend cannot do is left out of it where that
is possible, and applied in further passes, each on a backend that can and with `-target`. Terraform pulls in
what a target depends on, so a plan says what a pass would really make before anything is made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dynamodb_layouts.emulators import measured
from dynamodb_layouts.emulators.capabilities import BACKENDS, SERVICES
from dynamodb_layouts.verify.standing import TABLE, kind_of

if TYPE_CHECKING:
    from dynamodb_layouts.emulators import Capability, Route
    from dynamodb_layouts.emulators.emulator import Backend
    from dynamodb_layouts.verify.needs import Needs


#: Returns the addresses that a plan with some targets would make; None where it cannot be planned.
PulledIn = Callable[[Collection[str]], set[str] | None]


@dataclass(frozen=True)
class Part:
    """Resources to apply, by address; with `whole`, the root without targets."""

    whole: bool
    addresses: frozenset[str]


def first(needs: Needs, route: Route, pulled_in: PulledIn) -> Part | None:
    """Return what to apply first: the root, or else as much of it as the route's backends do not fail at.

    None when every part fails.
    """
    failing = fails(needs, route)
    if not failing:
        return Part(whole=True, addresses=frozenset(needs))
    return _largest([needs.keys() - failing, _tables(needs.keys() - failing)], failing, pulled_in)


def further(
    needs: Needs,
    wanted: Collection[Capability],
    route: Route,
    pulled_in: PulledIn,
) -> Part | None:
    """Return the part of the root that shows the `wanted` capabilities, if `route` can apply it."""
    targets = {address for address, needed in needs.items() if needed & set(wanted)}
    failing = fails(needs, route)
    return _largest([targets - failing, _tables(targets - failing)], failing, pulled_in)


def fails(needs: Needs, route: Route) -> set[str]:
    """Return the addresses that need something at which the route's backends fail."""
    return {
        address
        for address, needed in needs.items()
        if any(status(route, capability) == "fails" for capability in needed)
    }


def status(route: Route, capability: Capability) -> str:
    """Return what the backend that answers for `capability` was measured to do with it."""
    backend = route.backend_of(SERVICES.get(capability, "dynamodb"))
    return measured(backend.kind, capability).status


def best(wanted: Collection[Capability], tried: Collection[Backend | None]) -> Backend | None:
    """Return the backend, none of `tried`, that does most of `wanted`; None if none does any."""
    scores = {
        backend: sum(measured(backend, capability).status == "works" for capability in wanted)
        for backend in BACKENDS
        if backend not in tried
    }
    chosen = max(scores, key=lambda backend: scores[backend], default=None)
    return chosen if chosen and scores[chosen] else None


def _largest(candidates: list[set[str]], failing: set[str], pulled_in: PulledIn) -> Part | None:
    for targets in candidates:
        if targets:
            made = pulled_in(targets)
            if made is not None and not made & failing:
                return Part(whole=False, addresses=frozenset(made))
    return None


def _tables(addresses: Collection[str]) -> set[str]:
    return {address for address in addresses if kind_of(address) == TABLE}
