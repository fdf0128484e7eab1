"""Local backends that answer AWS calls: LocalStack, ministack, moto, or an endpoint the user gives."""

from __future__ import annotations

from dynamodb_layouts.emulators.emulator import Emulator
from dynamodb_layouts.emulators.starting import start

__all__ = ["Emulator", "start"]
