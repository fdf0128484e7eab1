"""Access patterns as requests: values for their parameters, and what is sent to DynamoDB.

The values are taken from a generated item, and the request is made of the physical half of the design alone:
`key_condition`, `expression_names`, `expression_values`. What the answer must be is the oracle's business,
which reads the other half.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import Binary, TypeSerializer

from dynamodb_layouts.contract.items import in_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dynamodb_layouts.contract.items import Item
    from dynamodb_layouts.contract.model import Model, Pattern, Template

_SERIALIZE = TypeSerializer().serialize
#: Values of each type that no item has.
_NOBODY = {"S": "nosuchvalue", "N": Decimal(987654321), "B": Binary(b"nosuchvalue")}


@dataclass(frozen=True)
class Question:
    """A pattern with values for its placeholders: of the partition, then of the sort condition."""

    pattern: Pattern
    parameters: Sequence[Mapping[str, Any]]

    def request(self, model: Model) -> dict[str, Any]:
        """Return the parameters of the API call, for a low-level client."""
        pattern, source = self.pattern, model.sources[self.pattern.index]
        base: dict[str, Any] = {"TableName": model.name, "ReturnConsumedCapacity": "TOTAL"}
        if pattern.consistent:
            base["ConsistentRead"] = True
        if pattern.operation == "GetItem":
            templates = {source.hash_key: pattern.partition}
            if source.range_key:
                templates[source.range_key] = pattern.sort[0]
            return base | {
                "Key": {
                    key: self._value(template, at) for at, (key, template) in enumerate(templates.items())
                }
            }
        if pattern.index:
            base["IndexName"] = pattern.index
        if pattern.operation == "Scan":
            return base
        return base | {
            "KeyConditionExpression": pattern.key_condition,
            "ExpressionAttributeNames": pattern.expression_names,
            "ExpressionAttributeValues": {
                name: self._value(template, _SLOTS[name])
                for name, template in pattern.expression_values.items()
            },
            "ScanIndexForward": not pattern.descending,
        }

    def _value(self, template: Template | None, at: int) -> Any:
        assert template is not None  # noqa: S101 - a Query and a GetItem have one, which the plan checked
        if template.lone:
            return _SERIALIZE(self.parameters[at][template.names[0]])
        return _SERIALIZE(template.fill({name: str(value) for name, value in self.parameters[at].items()}))


#: Which of a question's templates each value of a key condition is made of.
_SLOTS = {":hash": 0, ":range": 1, ":low": 1, ":high": 2}


def questions(model: Model, pattern: Pattern, items: Sequence[Item]) -> list[Question]:
    """Return questions whose answers hold something, as far as there are items, and one for nothing."""
    if pattern.operation == "Scan" or pattern.partition is None:
        return [Question(pattern, [])]
    source = model.sources[pattern.index]
    keys = {source.hash_key, *([source.range_key] if source.range_key else [])}
    if pattern.condition and source.range_key is None:
        return []
    within = {name for name in pattern.returns if keys <= model.entities[name].keys.keys()}
    candidates = [item for item in items if item.entity in within and keys <= item.stored.keys()]
    found: list[Question] = []
    for entity in dict.fromkeys(item.entity for item in candidates):
        own = [item for item in candidates if item.entity == entity]
        asked = [
            values
            for item in own
            for values in map(_one_value_a_name, _parameters(model, pattern, item, own))
            if _is_a_range(pattern, values)
        ]
        if not asked:
            continue
        whole, outer = (Counter(map(repr, of)) for of in (asked, [values[0] for values in asked]))
        # In the fullest partition, what most items answer to first; and what fewest do.
        asked.sort(key=lambda values: (outer[repr(values[0])], whole[repr(values)]), reverse=True)
        unlike = list({repr(values): values for values in asked}.values())
        fullest = [values for values in unlike if values[0] == unlike[0][0]]
        chosen = [fullest[0], fullest[len(fullest) // 2], fullest[-1], unlike[-1]]
        found += [
            Question(pattern, values) for values in {repr(values): values for values in chosen}.values()
        ]
    return [*found, *_nothing(model, pattern, found)]


def _nothing(model: Model, pattern: Pattern, asked: list[Question]) -> list[Question]:
    """Return the same question about a partition that no item has."""
    partition = pattern.partition
    if not asked or partition is None or not partition.names:
        return []
    kind = model.key_types[model.sources[pattern.index].hash_key] if partition.lone else "S"
    return [Question(pattern, [dict.fromkeys(partition.names, _NOBODY[kind]), *asked[0].parameters[1:]])]


def _parameters(
    model: Model, pattern: Pattern, item: Item, own: Sequence[Item]
) -> Iterator[list[dict[str, Any]]]:
    """Yield values for each of the pattern's templates: bounds at the item, and bounds that it is within.

    `own` are the items of its entity. The values are those with which the answer holds this item; where a
    bound leaves it out, those of its partition beside it.
    """
    source = model.sources[pattern.index]
    key = source.range_key or ""
    ranked = sorted(own, key=lambda other: _order(other.stored[key])) if key else [item]
    least, greatest = ranked[0], ranked[-1]
    near = [other for other in ranked if other.stored[source.hash_key] == item.stored[source.hash_key]]
    # Up to the middle of what follows: some items are within, and some on either side.
    after = near[near.index(item) :]
    middle = after[len(after) // 2]
    above, below = [(greatest, 1)], [(least, -1)]
    beyond = {"between": below + above, "lt": above, "lte": above, "gt": below, "gte": below}
    bounds = [[(item, 0), (middle, 0)][: len(pattern.sort)]]
    if pattern.condition in beyond:
        bounds.append(beyond[pattern.condition])
    for chosen in bounds:
        asked = [(pattern.partition, source.hash_key, item, 0)]
        asked += [(template, key, *bound) for template, bound in zip(pattern.sort, chosen, strict=True)]
        yield [
            _beyond(
                _values(model, template, of, name, whole=at == 0 or pattern.condition == "equals"), beside
            )
            for at, (template, name, of, beside) in enumerate(asked)
            if template is not None
        ]


def _one_value_a_name(parameters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the parameters with one value under a name, wherever in the pattern it stands."""
    bound: dict[str, Any] = {}
    return [{name: bound.setdefault(name, value) for name, value in values.items()} for values in parameters]


def _is_a_range(pattern: Pattern, parameters: list[dict[str, Any]]) -> bool:
    """Say whether DynamoDB takes the bounds: the lower one of BETWEEN must not be greater than the other."""
    if pattern.condition != "between":
        return True
    low, high = (
        values[template.names[0]] if template.lone else template.fill({k: str(v) for k, v in values.items()})
        for template, values in zip(pattern.sort, parameters[1:], strict=True)
    )
    return type(low) is not type(high) or bool(_order(low) <= _order(high))


def _beyond(values: dict[str, Any], beside: int) -> dict[str, Any]:
    """Return values of which the last is a little greater, or less, unless `beside` is 0."""
    if not beside or not values:
        return values
    name = list(values)[-1]
    value = getattr(values[name], "value", values[name])
    if isinstance(value, Decimal):
        return values | {name: value + beside}
    if isinstance(value, bytes):
        return values | {name: Binary(value + b"\xff" if beside > 0 else value[:-1])}
    return values | {name: f"{value}世" if beside > 0 else value[:-1]}


def _order(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else getattr(value, "value", value)


def _values(model: Model, template: Template, item: Item, key: str, *, whole: bool) -> dict[str, Any]:
    """Return what the template's placeholders are for this item.

    By the text of the item's key where it has the template's words; by position where it does not, so that a
    template that differs from the entity's still asks for what it names.
    """
    actual, entity = item.stored[key], model.entities[item.entity]
    if template.lone and entity.keys[key].lone:
        return {template.names[0]: actual}
    if isinstance(actual, str):
        part = f"([^{re.escape(entity.keys[key].delimiters)}]+)"
        pieces = [re.escape(piece) for piece in re.split(r"\{[^{}]*\}", template.text)]
        if entity.ends_free(key) and template.text.endswith("}"):
            pieces[-2:] = [f"{pieces[-2]}(.+)"]
        found = re.match(part.join(pieces) + ("$" if whole else ""), actual, re.DOTALL)
        if found:
            return dict(zip(template.names, found.groups(), strict=True))
    written = [in_key(entity.attributes[name], item.values[name]) for name in entity.keys[key].names]
    return dict(zip(template.names, itertools.chain(written, itertools.repeat(_NOBODY["S"])), strict=False))
