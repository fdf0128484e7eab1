"""Which backend answers which service, so that each need is met by one that can."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.emulators import capabilities
from dynamodb_layouts.emulators.capabilities import SERVICES, Capability

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from dynamodb_layouts.emulators.emulator import Backend, Emulator

_DYNAMODB_ORDER: tuple[Backend, ...] = ("localstack", "ministack", "moto")
# Where services other than DynamoDB go when the primary backend does not do them. LocalStack is not among
# them: it is the slowest to start.
_ELSEWHERE: tuple[Backend, ...] = ("moto", "ministack")
#: As the AWS provider and botocore spell a service in `AWS_ENDPOINT_URL_…`.
_VARIABLES = {
    "application-autoscaling": "APPLICATION_AUTO_SCALING",
    "backup": "BACKUP",
    "cloudwatch": "CLOUDWATCH",
    "iam": "IAM",
}


@dataclass(frozen=True)
class Route:
    """A backend for DynamoDB and all else, and others for the services that it does not do."""

    primary: Emulator
    elsewhere: dict[str, Emulator] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Return the variables that point Terraform, boto3 and the AWS CLI at each service's backend."""
        return self.primary.environment() | {
            f"AWS_ENDPOINT_URL_{_VARIABLES[service]}": emulator.endpoint_url
            for service, emulator in self.elsewhere.items()
        }

    def backend_of(self, service: str) -> Emulator:
        """Return the backend that answers `service`, named as in boto3."""
        return self.elsewhere.get(service, self.primary)

    def client(self, service: str, region: str | None = None) -> Any:
        """Return a client for `service` at the backend that answers it; the region is the primary's."""
        return self.backend_of(service).client(service, region or self.primary.region)

    def emulators(self) -> list[Emulator]:
        """Return every backend of the route, the primary first."""
        return [self.primary, *self.elsewhere.values()]

    def unproven(self, needs: Collection[str]) -> dict[Capability, str]:
        """Return those of `needs` that the route cannot prove, each with why, naming the backend."""
        reasons: dict[Capability, str] = {}
        for capability in sorted(capabilities.check_names(needs)):
            emulator = self.backend_of(SERVICES.get(capability, "dynamodb"))
            found = capabilities.measured(emulator.kind, capability)
            if found.status != "works":
                reasons[capability] = f"{emulator} {_reason(found)}"
        return reasons


def route(needs: Collection[str], primary: Emulator, start: Callable[[Backend], Emulator]) -> Route:
    """Return the way for `needs` with `primary` for DynamoDB; `start` yields others (a pool's `get`).

    A service goes elsewhere only if the primary does not do what is needed of it and another one does more.
    Raises `CannotRunError` when a need is unknown, and what `start` raises.
    """
    elsewhere: dict[str, Emulator] = {}
    wanted = capabilities.check_names(needs)
    for service in sorted({SERVICES[capability] for capability in wanted if capability in SERVICES}):
        asked = [capability for capability in wanted if SERVICES.get(capability) == service]
        best = min([primary.kind, *_ELSEWHERE], key=lambda backend: _shortfall(backend, asked))
        if best is not None and best != primary.kind:
            elsewhere[service] = start(best)
    return Route(primary, elsewhere)


def choose(needs: Collection[str], preferred: Backend = "localstack") -> Backend:
    """Return the backend to run DynamoDB on: the first that fails at nothing in `needs`, drifts allowed.

    Looked at in the order `preferred`, LocalStack, ministack, moto; if each fails at something, the one that
    fails at the fewest. Needs of services that can go elsewhere do not count.
    """
    bound = [capability for capability in capabilities.check_names(needs) if capability not in SERVICES]
    # min() keeps the first of equals.
    return min([preferred, *_DYNAMODB_ORDER], key=lambda backend: _shortfall(backend, bound)[0])


def _shortfall(backend: Backend | None, needs: Collection[Capability]) -> tuple[int, int]:
    """Return how many of `needs` a backend fails at, and at how many it drifts."""
    found = [capabilities.measured(backend, capability).status for capability in needs]
    return found.count("fails"), found.count("drifts")


def _reason(found: capabilities.Measured) -> str:
    if found.status == "drifts":
        return f"applies it, but a second plan still changes {', '.join(found.drift)}"
    return f"cannot do it: {found.note}"
