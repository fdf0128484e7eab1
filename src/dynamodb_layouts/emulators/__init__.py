"""Local backends that answer AWS calls: LocalStack, ministack, moto, or an endpoint the user gives."""

from __future__ import annotations

from dynamodb_layouts.emulators.capabilities import CAPABILITIES, Capability, Measured, measured
from dynamodb_layouts.emulators.detached import start_detached, status, stop_detached
from dynamodb_layouts.emulators.emulator import Backend, Emulator
from dynamodb_layouts.emulators.pool import EmulatorPool
from dynamodb_layouts.emulators.routing import Route, choose, route
from dynamodb_layouts.emulators.starting import start

__all__ = [
    "CAPABILITIES",
    "Backend",
    "Capability",
    "Emulator",
    "EmulatorPool",
    "Measured",
    "Route",
    "choose",
    "measured",
    "route",
    "start",
    "start_detached",
    "status",
    "stop_detached",
]
