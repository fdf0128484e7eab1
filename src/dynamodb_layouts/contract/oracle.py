"""What a question's answer must be, decided by what it means and not by how it is asked.

The oracle reads a plain list of items and their attributes. It shares nothing with the code that builds
requests: it fills the pattern's own templates with each item's values and compares, so a key template that
does not say what the pattern means shows as a difference.
"""

from __future__ import annotations

import itertools
import operator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dynamodb_layouts.contract.items import Item
    from dynamodb_layouts.contract.model import Entity, Model, Template
    from dynamodb_layouts.contract.questions import Question


def expected(model: Model, question: Question, items: Sequence[Item]) -> list[Item]:
    """Return the items that must be in the answer, in no order."""
    return [item for item in items if _meant(model, question, item)]


def misplaced(model: Model, question: Question, answer: Sequence[Item]) -> tuple[Item, Item] | None:
    """Return the first two neighbours of an answer that stand in the wrong order, if any do."""
    pattern, source = question.pattern, model.sources[question.pattern.index]
    if pattern.operation != "Query":
        return None
    by = pattern.order_by or source.range_key
    if by is None:
        return None
    values = [_rank(item.values.get(by) if pattern.order_by else item.stored.get(by)) for item in answer]
    for number, (one, other) in enumerate(itertools.pairwise(values)):
        if one < other if pattern.descending else one > other:
            return answer[number], answer[number + 1]
    return None


def _meant(model: Model, question: Question, item: Item) -> bool:
    pattern, source = question.pattern, model.sources[question.pattern.index]
    needed = {key for key in (source.hash_key, source.range_key) if key}
    if item.entity not in pattern.returns or not needed <= item.stored.keys():
        return False
    entity = model.entities[item.entity]
    if (
        pattern.partition
        and _intended(entity, item, pattern.partition, source.hash_key) != question.partition
    ):
        return False
    return source.range_key is None or _within(entity, item, question, source.range_key)


def _within(entity: Entity, item: Item, question: Question, key: str) -> bool:
    """Return whether the item meets the sort condition, if there is one."""
    pattern = question.pattern
    if not pattern.condition:
        return True
    if pattern.condition == "equals":
        return bool(_intended(entity, item, pattern.sort[0], key) == question.sort[0])
    if pattern.condition == "begins_with":
        return _begins(entity, item, pattern.sort[0], key, question.sort[0])
    actual, bounds = _rank(item.stored[key]), [_rank(bound) for bound in question.sort]
    return all(holds(actual, bound) for holds, bound in zip(_COMPARE[pattern.condition], bounds, strict=True))


_COMPARE = {
    "between": (operator.ge, operator.le),
    "lt": (operator.lt,),
    "lte": (operator.le,),
    "gt": (operator.gt,),
    "gte": (operator.ge,),
}


def _intended(entity: Entity, item: Item, asked: Template, key: str) -> Any:
    """Return the key that the item would have if the pattern's template were its own."""
    written = entity.keys[key]
    if asked.lone and written.lone:
        return item.values[written.names[0]]
    if len(asked.names) != len(written.names) or not asked.names:
        # A constant stands for a placeholder: what is stored decides.
        return item.stored[key]
    return asked.fill(_texts(entity, item, dict(zip(asked.names, written.names, strict=True))))


def _begins(entity: Entity, item: Item, asked: Template, key: str, bound: Any) -> bool:
    written = entity.keys[key]
    reaches_in = asked.literal.startswith(written.literal) and asked.literal != written.literal
    if reaches_in or len(asked.names) > len(written.names):
        # A constant stands for a placeholder: what is stored decides.
        return str(item.stored[key]).startswith(str(bound))
    if not asked.names:
        # Words alone name a kind of item, and `returns` says that this is it.
        return True
    filled = asked.fill(_texts(entity, item, dict(zip(asked.names, written.names, strict=False))))
    # A beginning may stop inside its last part; one that ends with a delimiter does not.
    return filled.startswith(str(bound)) if asked.text.endswith("}") else filled == bound


def _texts(entity: Entity, item: Item, pairs: dict[str, str]) -> dict[str, str]:
    texts = {}
    for ours, theirs in pairs.items():
        attribute, value = entity.attributes[theirs], item.values[theirs]
        digits = attribute.pad or 0 if attribute.type == "N" else 0
        texts[ours] = f"{value}".rjust(digits, "0")
    return texts


def _rank(value: Any) -> Any:
    """Order as DynamoDB does: strings by their UTF-8 bytes, binary by its bytes, numbers by size."""
    if isinstance(value, str):
        return value.encode()
    return getattr(value, "value", value)
