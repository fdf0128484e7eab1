"""Existing tables, written as declarations of the module with the imports that bring them under it."""

from __future__ import annotations

from dynamodb_layouts.adopt.adopting import SOURCE, Adoption, adopt
from dynamodb_layouts.adopt.document import demand_new, write

__all__ = ["SOURCE", "Adoption", "adopt", "demand_new", "write"]
