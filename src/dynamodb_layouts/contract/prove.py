"""The proofs of one table's model: what is written, asked and compared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import Binary
from botocore.exceptions import ClientError

from dynamodb_layouts.contract import oracle, store
from dynamodb_layouts.contract.items import Item, generate, keys_of
from dynamodb_layouts.contract.model import Entity, Model
from dynamodb_layouts.contract.questions import Question, questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mypy_boto3_dynamodb import DynamoDBClient

#: Bytes of the filler that takes a partition over the 1 MB that one page of an answer holds.
FILLER = 300_000
_FILLER_ATTRIBUTE = "filler-of-a-page"
_FILLED = 5
_SHOWN = 3


@dataclass(frozen=True)
class Proof:
    """One thing asked of the backend, and whether it held.

    `subject` is the access pattern, entity or index; `claim` what should be so. `found` says what the backend
    did instead where `held` is false, with the request sent; else how the answer came about.
    """

    subject: str
    claim: str
    held: bool
    found: str


def prove(table: Mapping[str, Any], client: DynamoDBClient, seed: int) -> Iterator[Proof]:
    """Prove the model of one table, an element of `design.tables`, on an empty table behind `client`.

    Yields a proof at a time, for progress. The items are deleted at the end, also when it is not reached.
    The same seed makes the same items.
    """
    model = Model.read(table)
    if not model.entities:
        return
    held = store.ask(client, "Scan", {"TableName": model.name, "Select": "ALL_ATTRIBUTES"}, limit=1)
    if held.items:
        yield Proof(
            "table", "the table is empty before its model is proved", held=False, found="it holds items"
        )
        return
    items = generate(model, seed)
    try:
        store.write(client, model.name, [item.stored for item in items])
        yield _count(model, client, items)
        for name in model.sources:
            if name is not None:
                yield _index(model, client, name, items)
        for pattern in model.patterns.values():
            yield from _pattern(model, client, pattern.name, items)
        yield from _pages(model, client, items)
        for entity in model.entities.values():
            yield from _writes(model, client, entity, items)
    finally:
        store.delete(client, model.name, [_key(model, item.stored) for item in items])


def _count(model: Model, client: DynamoDBClient, items: Sequence[Item]) -> Proof:
    stored = store.ask(client, "Scan", {"TableName": model.name, "ConsistentRead": True}).items
    return Proof(
        "table",
        f"{len(items)} items of {len(model.entities)} entities are put and as many are stored",
        held=len(stored) == len(items),
        found=f"{len(stored)} stored",
    )


def _index(model: Model, client: DynamoDBClient, name: str, items: Sequence[Item]) -> Proof:
    """Scan an index: it holds the items that have its keys, each with what it projects."""
    source = model.sources[name]
    needed = {key for key in (source.hash_key, source.range_key) if key}
    meant = [item for item in items if needed <= item.stored.keys()]
    claim = f"index {name} holds {_kinds(meant)}, {source.projection}"
    try:
        answer = store.ask(client, "Scan", {"TableName": model.name, "IndexName": name})
    except ClientError as error:
        return Proof(f"index {name}", claim, held=False, found=_said(error))
    difference = _difference(model, answer.items, [_projected(model, name, item) for item in meant])
    return Proof(
        f"index {name}", claim, held=not difference, found=difference or f"{len(answer.items)} items"
    )


def _pattern(model: Model, client: DynamoDBClient, name: str, items: Sequence[Item]) -> Iterator[Proof]:
    pattern = model.patterns[name]
    asked = questions(model, pattern, items)
    subject = f"pattern {name}"
    if not any(oracle.expected(model, question, items) for question in asked):
        yield Proof(
            subject,
            f"answers with {' and '.join(pattern.returns)}",
            held=False,
            found="no generated item can be in an answer: pattern and entities have other templates",
        )
        return
    # The fullest answer first: it is the one to report when all is right.
    asked.sort(key=lambda question: len(oracle.expected(model, question, items)), reverse=True)
    proofs = [_answer(model, client, question, items) for question in asked]
    yield next((proof for proof in proofs if not proof.held), proofs[0])


def _answer(model: Model, client: DynamoDBClient, question: Question, items: Sequence[Item]) -> Proof:
    """One question: the right items, in order, with the right attributes, in one page and in many."""
    pattern = question.pattern
    subject, request = f"pattern {pattern.name}", question.request(model)
    meant = oracle.expected(model, question, items)
    claim = f"answers with {_kinds(meant)}"
    try:
        answer = store.ask(client, pattern.operation, request)
        small = (
            answer
            if pattern.operation == "GetItem"
            else store.ask(client, pattern.operation, request, limit=2)
        )
    except ClientError as error:
        return Proof(subject, claim, held=False, found=f"{_said(error)} {_shown(request)}")
    projected = [_projected(model, pattern.index, item) for item in meant]
    answered = answer.items
    if pattern.operation == "Scan":
        # A scan reads every entity; the application picks those it asked for.
        asked_for = {_name(model, item.stored) for item in items if item.entity in pattern.returns}
        answered = [item for item in answered if _name(model, item) in asked_for]
    wrong = _difference(model, answered, projected)
    if not wrong and answer.items != small.items:
        wrong = f"pages of 2 items join to another answer of {len(small.items)} items"
    if not wrong:
        by_key = {_name(model, item.stored): item for item in items}
        out_of_order = oracle.misplaced(model, question, [by_key[_name(model, item)] for item in answered])
        if out_of_order:
            one, other = (_name(model, item.stored) for item in out_of_order)
            direction, by = (
                ("descending" if pattern.descending else "ascending"),
                pattern.order_by or "sort key",
            )
            wrong = f"not in {direction} order of {by}: {one} before {other}"
    if not wrong:
        wrong = _lacking(model, question, answered, meant)
    if wrong:
        return Proof(subject, claim, held=False, found=f"{wrong}; request {_shown(request)}")
    how = {"GetItem": "GetItem", "Scan": "a scan"}.get(pattern.operation, "a single query")
    if answer.pages > 1:
        how = f"a {pattern.operation.lower()} of {answer.pages} pages"
    return Proof(subject, claim, held=True, found=f"{how}, {answer.capacity:g} capacity units")


def _lacking(
    model: Model, question: Question, answered: Sequence[dict[str, Any]], meant: Sequence[Item]
) -> str:
    """Return what the answer should carry and does not."""
    by_key = {_name(model, item.stored): item for item in meant}
    for found in answered:
        entity = model.entities[by_key[_name(model, found)].entity]
        for attribute in question.pattern.attributes:
            declared = entity.attributes.get(attribute)
            optional = declared is not None and not declared.required
            if attribute not in found and not optional:
                return f"{_name(model, found)} of {entity.name} comes without {attribute}"
    return ""


def _pages(model: Model, client: DynamoDBClient, items: Sequence[Item]) -> Iterator[Proof]:
    """Fill the table's fullest answer over 1 MB: it comes in pages that join to the whole."""
    best: tuple[int, Question, list[Item]] | None = None
    for pattern in model.patterns.values():
        if pattern.operation != "Query" or model.sources[pattern.index].projection != "ALL":
            continue
        for question in questions(model, pattern, items):
            meant = oracle.expected(model, question, items)
            if best is None or len(meant) > best[0]:
                best = (len(meant), question, meant)
    if best is None or best[0] < _FILLED:
        return
    _, question, meant = best
    chosen = meant[:_FILLED]
    filled = [item.stored | {_FILLER_ATTRIBUTE: "x" * FILLER} for item in chosen]
    subject = f"pattern {question.pattern.name}"
    claim = f"an answer over 1 MB ({_FILLED * FILLER / 1e6:.1f} MB) comes in pages that join to the whole"
    try:
        store.write(client, model.name, filled)
        answer = store.ask(client, "Query", question.request(model))
    finally:
        store.write(client, model.name, [item.stored for item in chosen])
    names = [_name(model, item) for item in answer.items]
    held = answer.pages > 1 and sorted(names) == sorted(_name(model, item.stored) for item in meant)
    yield Proof(subject, claim, held=held, found=f"{answer.pages} pages, {len(names)} of {len(meant)} items")


def _writes(model: Model, client: DynamoDBClient, entity: Entity, items: Sequence[Item]) -> Iterator[Proof]:
    """Put on a condition, which does not overwrite, and move index keys, which leaves one entry."""
    own = [item for item in items if item.entity == entity.name]
    first = own[0]
    claim = "a put on condition that the key is free does not overwrite an item"
    try:
        client.put_item(
            TableName=model.name,
            Item=store.to_api(first.stored),
            ConditionExpression="attribute_not_exists(#hash)",
            ExpressionAttributeNames={"#hash": model.table.hash_key},
        )
    except client.exceptions.ConditionalCheckFailedException:
        yield Proof(f"entity {entity.name}", claim, held=True, found="ConditionalCheckFailedException")
    else:
        yield Proof(f"entity {entity.name}", claim, held=False, found="the put was accepted")
    for name in entity.indexes:
        moved = _moved(model, entity, name, own)
        if moved is not None:
            yield _move(model, client, name, *moved)


def _moved(
    model: Model, entity: Entity, name: str, own: Sequence[Item]
) -> tuple[Item, dict[str, Any]] | None:
    """Return an item of the index and another index key for it that leaves its primary key as it is."""
    source = model.sources[name]
    keys = [key for key in (source.hash_key, source.range_key) if key and key not in model.primary_key]
    for item in own:
        if source.hash_key not in item.stored:
            continue
        for other in own:
            values = other.values | {key: item.values[key] for key in _primary_names(model, entity)}
            stored = keys_of(model, entity, values)
            if all(key in stored for key in keys) and any(
                stored[key] != item.stored.get(key) for key in keys
            ):
                return item, {key: stored[key] for key in keys}
    return None


def _primary_names(model: Model, entity: Entity) -> list[str]:
    return [name for key in model.primary_key for name in entity.keys[key].names]


def _move(model: Model, client: DynamoDBClient, name: str, item: Item, change: dict[str, Any]) -> Proof:
    key = _key(model, item.stored)
    claim = f"an update that moves an item in index {name} leaves one entry, the new one"
    try:
        client.update_item(
            TableName=model.name,
            Key=store.to_api(key),
            UpdateExpression="SET " + ", ".join(f"#k{number} = :k{number}" for number in range(len(change))),
            ExpressionAttributeNames={f"#k{number}": attribute for number, attribute in enumerate(change)},
            ExpressionAttributeValues=store.to_api(
                {f":k{number}": value for number, value in enumerate(change.values())}
            ),
        )
        found = store.ask(client, "Scan", {"TableName": model.name, "IndexName": name}).items
    except ClientError as error:
        return Proof(f"entity {item.entity}", claim, held=False, found=_said(error))
    finally:
        store.write(client, model.name, [item.stored])
    entries = [entry for entry in found if _key(model, entry) == key]
    held = len(entries) == 1 and all(
        entries[0].get(attribute) == value for attribute, value in change.items()
    )
    return Proof(f"entity {item.entity}", claim, held=held, found=f"{len(entries)} entries")


def _projected(model: Model, index: str | None, item: Item) -> dict[str, Any]:
    source = model.sources[index]
    if source.projection == "ALL":
        return item.stored
    kept = {*model.primary_key, source.hash_key, source.range_key, *source.non_key_attributes}
    return {name: value for name, value in item.stored.items() if name in kept}


def _difference(model: Model, answered: Sequence[dict[str, Any]], meant: Sequence[dict[str, Any]]) -> str:
    """Return what is missing, too much or different in an answer, in a line; empty when nothing is."""
    got = {_name(model, item): item for item in answered}
    want = {_name(model, item): item for item in meant}
    missing, extra = sorted(want.keys() - got.keys()), sorted(got.keys() - want.keys())
    said = [f"{len(answered)} items instead of {len(meant)}"] if len(answered) != len(meant) else []
    said += [f"missing {_some(missing)}"] if missing else []
    said += [f"unexpected {_some(extra)}"] if extra else []
    if not said:
        for name, item in want.items():
            if item != got[name]:
                lost, gained = sorted(item.keys() - got[name].keys()), sorted(got[name].keys() - item.keys())
                changes = (
                    f"without {_some(lost)}" if lost else f"with {_some(gained)}" if gained else "changed"
                )
                return f"{name} comes {changes}"
    return ", ".join(said)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _key(model: Model, stored: Mapping[str, Any]) -> dict[str, Any]:
    return {key: stored[key] for key in model.primary_key}


def _name(model: Model, stored: Mapping[str, Any]) -> str:
    """Return an item's primary key as a person reads it."""
    return " / ".join(_text(stored[key]) for key in model.primary_key)


def _text(value: Any) -> str:
    return str(getattr(value, "value", value)) if isinstance(value, Binary) else str(value)


def _kinds(items: Sequence[Item]) -> str:
    counts: dict[str, int] = {}
    for item in items:
        counts[item.entity] = counts.get(item.entity, 0) + 1
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "nothing"


def _said(error: ClientError) -> str:
    return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"


def _shown(request: Mapping[str, Any]) -> str:
    shown = {
        name: value for name, value in request.items() if name not in {"TableName", "ReturnConsumedCapacity"}
    }
    return json.dumps(shown, default=lambda value: float(value) if isinstance(value, Decimal) else str(value))
