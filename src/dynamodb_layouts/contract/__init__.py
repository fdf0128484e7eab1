"""The generated contract: every access pattern asked of generated items, and the answers judged."""

from dynamodb_layouts.contract.prove import Proof, prove

__all__ = ["Proof", "prove"]
