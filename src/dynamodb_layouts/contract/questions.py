"""Access patterns as requests: values for their parameters, and what is sent to DynamoDB."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeSerializer

from dynamodb_layouts.contract.items import in_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dynamodb_layouts.contract.items import Item
    from dynamodb_layouts.contract.model import Model, Pattern, Template

#: Questions put for each pattern with values that some item has; one more is put with values none has.
QUESTIONS = 3
_SERIALIZE = TypeSerializer().serialize
_NOBODY = "nosuchvalue"


@dataclass(frozen=True)
class Question:
    """A pattern with the values of the key condition: partition, and the sort condition's in order."""

    pattern: Pattern
    partition: Any
    sort: tuple[Any, ...]

    def request(self, model: Model) -> dict[str, Any]:
        """Return the parameters of the API call, for a low-level client."""
        pattern, source = self.pattern, model.sources[self.pattern.index]
        base: dict[str, Any] = {"TableName": model.name, "ReturnConsumedCapacity": "TOTAL"}
        if pattern.consistent:
            base["ConsistentRead"] = True
        if pattern.operation == "GetItem":
            key = {source.hash_key: self.partition}
            if source.range_key:
                key[source.range_key] = self.sort[0]
            return base | {"Key": {name: _SERIALIZE(value) for name, value in key.items()}}
        if pattern.index:
            base["IndexName"] = pattern.index
        if pattern.operation == "Scan":
            return base
        names = sorted(pattern.expression_values, key=[":hash", ":range", ":low", ":high"].index)
        values = dict(zip(names, (self.partition, *self.sort), strict=True))
        return base | {
            "KeyConditionExpression": pattern.key_condition,
            "ExpressionAttributeNames": pattern.expression_names,
            "ExpressionAttributeValues": {name: _SERIALIZE(value) for name, value in values.items()},
            "ScanIndexForward": not pattern.descending,
        }


def questions(model: Model, pattern: Pattern, items: Sequence[Item]) -> list[Question]:
    """Return questions whose answers hold something, as far as there are items, and one for nothing."""
    if pattern.operation == "Scan" or pattern.partition is None:
        return [Question(pattern, None, ())]
    found: dict[tuple[str, str], Question] = {}
    source = model.sources[pattern.index]
    candidates = [item for item in items if item.entity in pattern.returns and source.hash_key in item.stored]
    for item in _by_turns(candidates):
        partition = _value(model, pattern.partition, item, source.hash_key, whole=True)
        sort = _sort_values(model, pattern, item, items)
        if partition is None or sort is None:
            continue
        found.setdefault((repr(partition), repr(sort)), Question(pattern, partition, sort))
        if len(found) == QUESTIONS * len(pattern.returns):
            break
    return [*found.values(), *_nothing(model, pattern, list(found.values()))]


def _by_turns(items: Sequence[Item]) -> list[Item]:
    """One item of each entity, then the next of each, so that no entity is passed over."""
    kinds: dict[str, list[Item]] = {}
    for item in items:
        kinds.setdefault(item.entity, []).append(item)
    return [item for turn in itertools.zip_longest(*kinds.values()) for item in turn if item is not None]


def _nothing(model: Model, pattern: Pattern, asked: list[Question]) -> list[Question]:
    """Return the same question about a partition that no item has."""
    source = model.sources[pattern.index]
    if (
        not asked
        or not pattern.partition
        or not pattern.partition.names
        or model.key_types[source.hash_key] != "S"
    ):
        return []
    nobody = pattern.partition.fill(dict.fromkeys(pattern.partition.names, _NOBODY))
    return [Question(pattern, nobody, asked[0].sort)]


def _sort_values(model: Model, pattern: Pattern, item: Item, items: Sequence[Item]) -> tuple[Any, ...] | None:
    source = model.sources[pattern.index]
    if not pattern.condition:
        return ()
    if source.range_key is None or source.range_key not in item.stored:
        return None
    whole = pattern.condition == "equals"
    range_key = source.range_key
    values = [_value(model, template, item, range_key, whole=whole) for template in pattern.sort]
    if any(value is None for value in values):
        return None
    if pattern.condition == "between":
        # From this item to the greatest of its partition and kind, so that some are within and some are not.
        last = max(
            (
                other
                for other in items
                if other.entity == item.entity
                and other.stored.get(source.hash_key) == item.stored[source.hash_key]
                and range_key in other.stored
            ),
            key=lambda other: _order(other.stored[range_key]),
        )
        values[1] = _value(model, pattern.sort[1], last, range_key, whole=False)
        if values[1] is None:
            return None
    return tuple(values)


def _order(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def _value(model: Model, template: Template, item: Item, key: str, *, whole: bool) -> Any:
    """Return what this template is for this item: parameters take the item's own values.

    By text where the item's key has the template's words; by position where it does not, so that a template
    that differs from the entity's still asks for what it names.
    """
    actual = item.stored[key]
    if template.lone:
        return actual
    if not isinstance(actual, str):
        return None
    if not template.names:
        return template.text
    part = f"[^{re.escape(model.delimiters)}]+" if model.delimiters else ".+"
    pieces = re.split(r"\{[^{}]*\}", template.text)
    expression = part.join(re.escape(piece) for piece in pieces)
    found = re.match(expression + ("$" if whole else ""), actual)
    if found:
        return found[0]
    entity = model.entities[item.entity]
    written = entity.keys[key].names
    if len(template.names) > len(written):
        return None
    pairs = zip(template.names, written, strict=False)
    return template.fill(
        {ours: in_key(entity.attributes[theirs], item.values[theirs]) for ours, theirs in pairs}
    )
