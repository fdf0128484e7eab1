"""Every access pattern of every table asked of generated items, where a design has a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynamodb_layouts.contract import prove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.verify.line import Line
    from dynamodb_layouts.verify.standing import Standing

ASPECT = "access patterns"


def check(standing: Standing) -> Iterator[Line]:
    """Yield a line for each access pattern, and for what entities and indexes must be for it to hold."""
    for table in standing.tables:
        answered: set[str] = set()
        for proof in prove(table.declaration, standing.client(table), standing.seed):
            own = proof.subject.startswith("pattern ") and proof.subject not in answered
            answered.add(proof.subject)
            yield standing.line(
                table.key,
                ASPECT if own else "items and indexes",
                proof.subject if own else f"{proof.subject}: {proof.claim}",
                proof.claim,
                proof.found,
                "table",
                holds=proof.held,
            )
