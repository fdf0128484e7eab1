"""Existing tables, written as declarations of the module with the imports that bring them under it."""

from __future__ import annotations

from dynamodb_layouts.adopt.adopting import SOURCE, Adoption, adopt

__all__ = ["SOURCE", "Adoption", "adopt"]
