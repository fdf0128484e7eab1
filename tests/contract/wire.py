"""Faults between the contract and the backend: requests and answers that are changed on their way.

Each changes every request, or every answer, of one kind. It does not apply to a pattern whose requests have
nothing to change, and is without effect on one whose answers cannot tell: `reason` says why then.
"""

from __future__ import annotations

import copy
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dynamodb_layouts.contract.model import Model, Pattern


@dataclass(frozen=True)
class Fault:
    """One way to spoil what is sent (`request`) or what comes back (`answer`), in place."""

    name: str
    operations: tuple[str, ...]
    request: Callable[[dict[str, Any]], None] | None = None
    answer: Callable[[dict[str, Any]], None] | None = None
    applies: Callable[[Model, Pattern], bool] = lambda _model, _pattern: True
    #: Why no answer to the pattern can tell, if so.
    reason: Callable[[Model, Pattern], str | None] = lambda _model, _pattern: None


@contextmanager
def spoiled(client: Any, fault: Fault) -> Iterator[None]:
    """Let every request that the client sends, or every answer it gets, have the fault."""

    def send(params: dict[str, Any], **_: Any) -> dict[str, Any]:
        params = copy.deepcopy(params)
        fault.request(params)
        return params

    def receive(parsed: dict[str, Any], **_: Any) -> None:
        fault.answer(parsed)

    hooks = [("provide-client-params", send)] if fault.request else [("after-call", receive)]
    names = [
        (f"{event}.dynamodb.{operation}", hook) for event, hook in hooks for operation in fault.operations
    ]
    for name, hook in names:
        client.meta.events.register(name, hook)
    try:
        yield
    finally:
        for name, hook in names:
            client.meta.events.unregister(name, hook)


# What a fault changes.


def _other_case(params: dict[str, Any]) -> None:
    for value in _partition(params):
        if "S" in value:
            value["S"] = value["S"].swapcase()


def _neighbour(params: dict[str, Any]) -> None:
    for value in _partition(params):
        for kind in value.keys() & {"S", "N"}:
            value[kind] += "0"


def _partition(params: dict[str, Any]) -> list[dict[str, Any]]:
    if "Key" in params:
        return [next(iter(params["Key"].values()))]
    return [params["ExpressionAttributeValues"][":hash"]]


def _no_sort(params: dict[str, Any]) -> None:
    params["KeyConditionExpression"] = "#hash = :hash"
    params["ExpressionAttributeNames"].pop("#range")
    for name in (":range", ":low", ":high"):
        params["ExpressionAttributeValues"].pop(name, None)


def _cut(params: dict[str, Any]) -> None:
    value = params["ExpressionAttributeValues"][":range"]
    value["S"] = value["S"][:-1]


def _other_comparison(params: dict[str, Any]) -> None:
    said = params["KeyConditionExpression"]
    for one, other in ((" <= ", " < "), (" < ", " <= "), (" >= ", " > "), (" > ", " >= ")):
        if one in said:
            params["KeyConditionExpression"] = said.replace(one, other)
            return


def _unbounded(params: dict[str, Any]) -> None:
    params["KeyConditionExpression"] = "#hash = :hash AND #range >= :low"
    params["ExpressionAttributeValues"].pop(":high")


def _reverse(params: dict[str, Any]) -> None:
    params["ScanIndexForward"] = not params["ScanIndexForward"]


def _table(params: dict[str, Any]) -> None:
    params.pop("IndexName")


def _other_key(params: dict[str, Any]) -> None:
    params["ExpressionAttributeNames"]["#hash"] += "2"


def _first_page(parsed: dict[str, Any]) -> None:
    parsed.pop("LastEvaluatedKey", None)


def _items(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    return parsed["Items"] if "Items" in parsed else [parsed["Item"]] if "Item" in parsed else []


def _lose(parsed: dict[str, Any]) -> None:
    if "Items" in parsed:
        parsed["Items"] = parsed["Items"][1:]
    parsed.pop("Item", None)


def _double(parsed: dict[str, Any]) -> None:
    parsed["Items"] = parsed["Items"][:1] + parsed["Items"]


def _more_attributes(parsed: dict[str, Any]) -> None:
    for item in _items(parsed):
        item["stray"] = {"S": "of the table"}


def _fewer_attributes(parsed: dict[str, Any]) -> None:
    for item in _items(parsed):
        item.popitem()


def _stale(parsed: dict[str, Any]) -> None:
    for item in _items(parsed)[:1]:
        for value in item.values():
            for kind in value.keys() & {"S", "N"}:
                value[kind] += "7"


# Where it applies, and where no answer can tell.


def _has_letters(model: Model, pattern: Pattern) -> bool:
    return pattern.partition is not None and model.key_types[model.sources[pattern.index].hash_key] == "S"


def _ends_open(model: Model, pattern: Pattern) -> bool:
    return _has_letters(model, pattern) and pattern.partition.text.endswith("}")


def _one_sort_key(model: Model, pattern: Pattern) -> str | None:
    if model.sources[pattern.index].range_key is None:
        return "the source has no sort key, so no order"
    return "all items of the answer have one sort key" if pattern.condition == "equals" else None


def _condition_holds_anyway(model: Model, pattern: Pattern) -> str | None:
    if pattern.condition != "begins_with" or pattern.sort[0].names:
        return None
    met = all(range_.startswith(pattern.sort[0].text) for range_ in _beside(model, pattern))
    return "every item of the partition meets the condition" if met else None


def _nothing_begins_so(model: Model, pattern: Pattern) -> str | None:
    asked = pattern.sort[0]
    if asked.names:
        last = [
            model.entities[entity].attributes[name]
            for entity in pattern.returns
            for name in model.entities[entity]
            .keys[model.sources[pattern.index].range_key]
            .names[len(asked.names) - 1 :][:1]
        ]
        padded = all(attribute.type == "N" and attribute.pad for attribute in last)
        return "a padded number is never the beginning of another" if padded else None
    also = [
        range_
        for range_ in _beside(model, pattern)
        if range_.startswith(asked.text[:-1]) and not range_.startswith(asked.text)
    ]
    return None if also else "no other sort key of the partition begins with the word alone"


def _bound_is_no_key(model: Model, pattern: Pattern) -> str | None:
    written = {model.entities[name].keys[model.sources[pattern.index].range_key] for name in pattern.returns}
    shorter = all(
        len(template.cut(pattern.sort[0].text)) < len(template.cut(template.text)) for template in written
    )
    return "the bound is a part of the sort key, which no whole key equals" if shorter else None


def _whole_key(model: Model, pattern: Pattern) -> str | None:
    whole = pattern.index is None and (pattern.condition == "equals" or model.table.range_key is None)
    return "a whole primary key has one item, and no second page" if whole else None


def _beside(model: Model, pattern: Pattern) -> list[str]:
    """Return the sort key templates of all entities that may lie in the partition a pattern asks for."""
    source = model.sources[pattern.index]
    partition = pattern.partition
    shape = [part for part in partition.cut(partition.text) if "{" not in part]
    return [
        entity.keys[source.range_key].text
        for entity in model.entities.values()
        if {source.hash_key, source.range_key} <= entity.keys.keys()
        and [part for part in partition.cut(entity.keys[source.hash_key].text) if "{" not in part] == shape
    ]


def _carries_more(model: Model, pattern: Pattern) -> bool:
    return model.sources[pattern.index].projection != "KEYS_ONLY"


def _condition_is(*conditions: str) -> Callable[[Model, Pattern], bool]:
    return lambda _model, pattern: pattern.operation == "Query" and pattern.condition in conditions


_COMPARISONS = ("lt", "lte", "gt", "gte")
_QUERY = ("Query",)
_LISTS = ("Query", "Scan")
_READS = ("GetItem", "Query", "Scan")

FAULTS = [
    Fault("other case", ("GetItem", "Query"), request=_other_case, applies=_has_letters),
    Fault("neighbouring partition", ("GetItem", "Query"), request=_neighbour, applies=_ends_open),
    Fault(
        "no sort condition",
        _QUERY,
        request=_no_sort,
        applies=_condition_is("equals", "begins_with", *_COMPARISONS, "between"),
        reason=_condition_holds_anyway,
    ),
    Fault(
        "delimiter cut off",
        _QUERY,
        request=_cut,
        applies=lambda model, pattern: (
            _condition_is("begins_with")(model, pattern)
            and pattern.sort[0].text[-1] in pattern.sort[0].delimiters
        ),
        reason=_nothing_begins_so,
    ),
    Fault(
        "bound in or out",
        _QUERY,
        request=_other_comparison,
        applies=_condition_is(*_COMPARISONS),
        reason=_bound_is_no_key,
    ),
    Fault("no upper bound", _QUERY, request=_unbounded, applies=_condition_is("between")),
    Fault("reversed", _QUERY, request=_reverse, reason=_one_sort_key),
    Fault("asks the table", _LISTS, request=_table, applies=lambda _, pattern: pattern.index is not None),
    Fault("asks another key", _QUERY, request=_other_key),
    Fault("first page only", _LISTS, answer=_first_page, reason=_whole_key),
    Fault("an item lost", _READS, answer=_lose),
    Fault("an item twice", _LISTS, answer=_double),
    Fault("an attribute more", _READS, answer=_more_attributes),
    Fault("an attribute less", _READS, answer=_fewer_attributes, applies=_carries_more),
    Fault("another value", _READS, answer=_stale),
]
