"""The proofs of one table's model: what is written, asked and compared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from dynamodb_layouts.contract import oracle, store
from dynamodb_layouts.contract.items import Item, generate, granting, keys_of
from dynamodb_layouts.contract.model import Entity, Model, Pattern
from dynamodb_layouts.contract.questions import Question, questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mypy_boto3_dynamodb import DynamoDBClient

#: Bytes of a page of an answer, and those that make an item large. One item, with the copies of it that local
#: indexes hold, may have 400 KB.
_PAGE = 2**20
_LARGE = 380_000
_FILLER_ATTRIBUTE = "filler-of-a-page"
_SHOWN = 3


@dataclass(frozen=True)
class Proof:
    """One thing asked of the backend, and whether it held.

    `subject` is the access pattern, entity or index; `claim` what should be so. `found` says what the backend
    did instead where `held` is false, with the request sent, in lines; else how the answer came about.
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
    held = store.ask(
        client, "Scan", {"TableName": model.name, "Select": "ALL_ATTRIBUTES"}, limit=1, first=True
    )
    if held.items:
        claim = "the table is empty before its model is proved"
        yield Proof("table", claim, held=False, found="it holds items, which stay as they are")
        return
    items = generate(model, seed)
    try:
        refused = put_items(model, client, items)
        yield from prove_items(model, client, items, seed, refused)
        for pattern in model.patterns:
            yield prove_pattern(model, client, pattern, items)
        yield from _pages(model, client, items)
        for entity in model.entities.values():
            yield from _writes(model, client, entity, items)
    finally:
        store.delete(client, model.name, [_key(model, item.stored) for item in items])


def put_items(model: Model, client: DynamoDBClient, items: Sequence[Item]) -> dict[str, str]:
    """Write the items; return what the backend said of entities whose items it refused."""
    refused = {}
    for name in model.entities:
        put = [item.stored for item in items if item.entity == name]
        try:
            store.write(client, model.name, put, model.primary_key)
        except ClientError as error:
            refused[name] = _said(error)
    return refused


def prove_items(
    model: Model, client: DynamoDBClient, items: Sequence[Item], seed: int, refused: Mapping[str, str]
) -> Iterator[Proof]:
    """Of the items that were put, each must be stored as it was, and be in the indexes it has keys for."""
    request = {"TableName": model.name, "ConsistentRead": True}
    stored = {_name(model, item): item for item in store.ask(client, "Scan", request).items}
    for name in model.entities:
        own = [item for item in items if item.entity == name]
        claim = f"{_count(own)} of seed {seed} are put and stored as put"
        difference = refused[name] if name in refused else _overwritten(model, own, stored)
        yield Proof(f"entity {name}", claim, held=not difference, found=difference or f"{len(own)} stored")
    for index in model.sources:
        if index is not None:
            yield _index(model, client, index, items)


def _overwritten(model: Model, own: Sequence[Item], stored: Mapping[str, dict[str, Any]]) -> str:
    """Return how the stored items differ from those put, in a line; empty when they do not."""
    for item in own:
        name = _name(model, item.stored)
        if name not in stored:
            return f"{name} is not stored"
        if stored[name] != item.stored:
            return f"another item was put over {name}: {_changes(item.stored, stored[name])}"
    return ""


def _index(model: Model, client: DynamoDBClient, name: str, items: Sequence[Item]) -> Proof:
    """Scan an index: it holds the items that have its keys, each with what it projects."""
    meant = [item for item in items if oracle.in_index(model, name, item)]
    claim = f"holds {_kinds(meant)}, projection {model.sources[name].projection}"
    request = {"TableName": model.name, "IndexName": name}
    try:
        answer = store.ask(client, "Scan", request)
    except ClientError as error:
        return Proof(f"index {name}", claim, held=False, found=_failure(_said(error), "Scan", request))
    projected = [_projected(model, name, item) for item in meant]
    wrong = _difference(model, answer.items, projected)
    found = _count(answer.items)
    if wrong:
        found = _failure(wrong, "Scan", request, _list(model, projected), _list(model, answer.items))
    return Proof(f"index {name}", claim, held=not wrong, found=found)


def prove_pattern(model: Model, client: DynamoDBClient, name: str, items: Sequence[Item]) -> Proof:
    """Ask one pattern with several values of its parameters; `items` have been written."""
    pattern = model.patterns[name]
    suited = granting(model, pattern, items)
    others = [number for number, item in enumerate(items) if suited[number] is not item]
    store.write(client, model.name, [suited[number].stored for number in others], model.primary_key)
    try:
        return _asked(model, client, pattern, suited)
    finally:
        store.write(client, model.name, [items[number].stored for number in others], model.primary_key)


def _asked(model: Model, client: DynamoDBClient, pattern: Pattern, items: Sequence[Item]) -> Proof:
    subject = f"pattern {pattern.name}"
    asked = [
        (question, oracle.expected(model, question, items)) for question in questions(model, pattern, items)
    ]
    # The fullest answer first: it is the one to report when all is right, and the one asked in pages, too.
    asked.sort(key=lambda question: len(question[1]), reverse=True)
    reached = {item.entity for _, meant in asked for item in meant}
    if strangers := [entity for entity in pattern.returns if entity not in reached]:
        claim = f"answers with {' and '.join(pattern.returns)}"
        found = (
            f"no item of {_some(strangers)} can be in an answer: its key and the pattern's templates disagree"
        )
        return Proof(subject, claim, held=False, found=found)
    found = ""
    for question, meant in asked:
        held, how = _answer(model, client, question, meant, items, paged=not found)
        if not held:
            return Proof(subject, f"answers with {_kinds(meant)}", held=False, found=how)
        found = found or how
    return Proof(subject, f"answers with {_kinds(asked[0][1])}", held=True, found=found)


def _answer(  # noqa: PLR0913 - one question, what it is about, and how to put it
    model: Model,
    client: DynamoDBClient,
    question: Question,
    meant: Sequence[Item],
    items: Sequence[Item],
    *,
    paged: bool,
) -> tuple[bool, str]:
    """Ask for the right items, in order, with the right attributes; `paged`, in one page and in many."""
    pattern, request = question.pattern, question.request(model)
    operation = pattern.operation
    projected = [_projected(model, pattern.index, item) for item in meant]
    try:
        answer = store.ask(client, operation, request)
        answered = answer.items
        if operation == "Scan":
            # A scan reads every entity; the application picks those it asked for.
            others = {_name(model, item.stored) for item in items if item.entity not in pattern.returns}
            answered = [item for item in answered if _name(model, item) not in others]
        wrong = (
            _difference(model, answered, projected)
            or _disorder(model, question, answered, items)
            or _lacking(model, question, answered, meant)
            or (_cut_short(model, client, question, answer) if paged else "")
        )
    except ClientError as error:
        return False, _failure(_said(error), operation, request, _list(model, projected))
    if wrong:
        return False, _failure(wrong, operation, request, _list(model, projected), _list(model, answered))
    how = {"GetItem": "GetItem", "Scan": "a scan"}.get(operation, "a single query")
    if answer.pages > 1:
        how = f"a {operation.lower()} of {answer.pages} pages"
    return True, f"{how}, {answer.capacity:g} capacity units"


def _disorder(
    model: Model, question: Question, answered: Sequence[dict[str, Any]], items: Sequence[Item]
) -> str:
    by_key = {_name(model, item.stored): item for item in items}
    found = oracle.misplaced(model, question, [by_key[_name(model, item)] for item in answered])
    if found is None:
        return ""
    one, other, by = found
    direction = "descending" if question.pattern.descending else "ascending"
    names = [_name(model, item.stored) for item in (one, other)]
    return f"not in {direction} order of {by}: {names[0]} comes before {names[1]}"


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


def _cut_short(model: Model, client: DynamoDBClient, question: Question, answer: store.Answer) -> str:
    """Ask again in small pages, and for no more than the pattern's limit."""
    pattern, request = question.pattern, question.request(model)
    if pattern.operation == "GetItem" or not answer.items:
        return ""
    size = max(1, len(answer.items) // 3)
    small = store.ask(client, pattern.operation, request, limit=size)
    if small.items != answer.items:
        wrong = _difference(model, small.items, answer.items) or "another order"
        return f"{small.pages} pages of at most {size} items join to another answer: {wrong}"
    if pattern.limit is None:
        return ""
    most = store.ask(client, pattern.operation, request, limit=pattern.limit, first=True)
    if most.items != answer.items[: pattern.limit]:
        return f"with limit {pattern.limit} come other items than the first {pattern.limit}"
    return ""


def _pages(model: Model, client: DynamoDBClient, items: Sequence[Item]) -> Iterator[Proof]:
    """Make an answer larger than 1 MB: it comes in pages that join to the whole.

    The fullest answer to a query is taken; where none holds enough, a scan of the table.
    """
    asked = [
        (pattern.name, "Query", question.request(model), oracle.expected(model, question, items))
        for pattern in model.patterns.values()
        if pattern.operation == "Query" and model.sources[pattern.index].projection == "ALL"
        for question in questions(model, pattern, items)
    ]
    asked.sort(key=lambda question: len(question[3]), reverse=True)
    scan = ("", "Scan", {"TableName": model.name}, list(items))
    size = _LARGE // (
        1 + len([name for name in model.local_indexes if model.sources[name].projection == "ALL"])
    )
    # So many that one remains when a page is full.
    enough = _PAGE // size + 2
    name, operation, request, meant = next((one for one in asked if len(one[3]) >= enough), scan)
    if len(meant) < enough:
        return
    filler = {_FILLER_ATTRIBUTE: "x" * size}
    filled = {_name(model, item.stored): item.stored | filler for item in meant[:enough]}
    whole = [filled.get(_name(model, item.stored), item.stored) for item in meant]
    subject = f"pattern {name}" if name else "table"
    claim = f"an answer over 1 MB, of {len(whole)} items, comes in pages that join to the whole"
    try:
        store.write(client, model.name, filled.values(), model.primary_key)
        answer = store.ask(client, operation, request)
    finally:
        store.write(client, model.name, [item.stored for item in meant[:enough]], model.primary_key)
    wrong = _difference(model, answer.items, whole) or ("" if answer.pages > 1 else "it comes in one page")
    found = f"a {operation.lower()} of {answer.pages} pages"
    yield Proof(subject, claim, held=not wrong, found=_failure(wrong, operation, request) if wrong else found)


def _writes(model: Model, client: DynamoDBClient, entity: Entity, items: Sequence[Item]) -> Iterator[Proof]:
    """Put on a condition, which does not overwrite, and move index keys, which leaves one entry."""
    own = [item for item in items if item.entity == entity.name]
    first = own[0].stored
    subject = f"entity {entity.name}"
    claim = "a put on condition that the key is free does not overwrite an item"
    request: Any = {
        "TableName": model.name,
        "Item": store.to_api(_key(model, first) | {_FILLER_ATTRIBUTE: "put over it"}),
        "ConditionExpression": "attribute_not_exists(#hash)",
        "ExpressionAttributeNames": {"#hash": model.table.hash_key},
    }
    try:
        client.put_item(**request)
    except client.exceptions.ConditionalCheckFailedException:
        yield Proof(subject, claim, held=True, found="ConditionalCheckFailedException")
    except ClientError as error:
        yield Proof(subject, claim, held=False, found=_failure(_said(error), "PutItem", request))
    else:
        store.write(client, model.name, [first], model.primary_key)
        yield Proof(subject, claim, held=False, found=_failure("the put was accepted", "PutItem", request))
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
    primary = [part for key in model.primary_key for part in entity.keys[key].names]
    within = [item for item in own if oracle.in_index(model, name, item)]
    for item in within[:_SHOWN]:
        for other in within:
            stored = keys_of(model, entity, other.values | {part: item.values[part] for part in primary})
            if any(stored[key] != item.stored[key] for key in keys):
                return item, {key: stored[key] for key in keys}
    return None


def _move(model: Model, client: DynamoDBClient, name: str, item: Item, change: dict[str, Any]) -> Proof:
    key = _key(model, item.stored)
    subject, claim = (
        f"entity {item.entity}",
        f"an update that moves an item in index {name} leaves one entry, the new one",
    )
    request: Any = {
        "TableName": model.name,
        "Key": store.to_api(key),
        "UpdateExpression": "SET " + ", ".join(f"#k{number} = :k{number}" for number in range(len(change))),
        "ExpressionAttributeNames": {f"#k{number}": attribute for number, attribute in enumerate(change)},
        "ExpressionAttributeValues": store.to_api(
            {f":k{number}": value for number, value in enumerate(change.values())}
        ),
    }
    try:
        client.update_item(**request)
        found = store.ask(client, "Scan", {"TableName": model.name, "IndexName": name}).items
    except ClientError as error:
        return Proof(subject, claim, held=False, found=_failure(_said(error), "UpdateItem", request))
    finally:
        store.write(client, model.name, [item.stored], model.primary_key)
    entries = [entry for entry in found if _key(model, entry) == key]
    moved = [entry for entry in entries if all(entry.get(name) == value for name, value in change.items())]
    if len(entries) == len(moved) == 1:
        return Proof(subject, claim, held=True, found="1 entry")
    wrong = f"{len(entries)} entries, {len(moved)} of them with the new key"
    return Proof(subject, claim, held=False, found=_failure(wrong, "UpdateItem", request))


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
    said = [f"missing {_some(missing)}"] if missing else []
    said += [f"unexpected {_some(extra)}"] if extra else []
    if len(got) != len(answered):
        said.append(f"{len(answered) - len(got)} items come twice")
    if said:
        return ", ".join(said)
    changed = (f"{name} comes {_changes(want[name], got[name])}" for name in want if want[name] != got[name])
    return next(changed, "")


def _changes(wanted: Mapping[str, Any], got: Mapping[str, Any]) -> str:
    lost, gained = sorted(wanted.keys() - got.keys()), sorted(got.keys() - wanted.keys())
    changed = sorted(name for name in wanted.keys() & got.keys() if wanted[name] != got[name])
    said = [f"without {_some(lost)}"] if lost else []
    said += [f"with {_some(gained)} too"] if gained else []
    said += [f"with other values of {_some(changed)}"] if changed else []
    return ", ".join(said)


def _failure(wrong: str, operation: str, request: Mapping[str, Any], *lists: str) -> str:
    """Return the lines of a failure: what is wrong, the request sent, what was expected, what came."""
    shown = {name: value for name, value in request.items() if name not in _NOT_SHOWN}
    lines = [wrong, f"request  {operation} {json.dumps(shown, default=_json, ensure_ascii=False)}"]
    lines += [f"{name} {listed}" for name, listed in zip(("expected", "returned"), lists, strict=False)]
    return "\n  ".join(lines)


_NOT_SHOWN = {"TableName", "ReturnConsumedCapacity"}


def _json(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


def _list(model: Model, items: Sequence[dict[str, Any]]) -> str:
    some = f": {_some([_name(model, item) for item in items])}" if items else ""
    return f"{_count(items)}{some}"


def _count(items: Sequence[Any]) -> str:
    return f"{len(items)} item{'' if len(items) == 1 else 's'}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _key(model: Model, stored: Mapping[str, Any]) -> dict[str, Any]:
    return {key: stored[key] for key in model.primary_key}


def _name(model: Model, stored: Mapping[str, Any]) -> str:
    """Return an item's primary key as a person reads it."""
    return " / ".join(_text(stored.get(key, f"without {key}")) for key in model.primary_key)


def _text(value: Any) -> str:
    return str(getattr(value, "value", value))


def _kinds(items: Sequence[Item]) -> str:
    counts: dict[str, int] = {}
    for item in items:
        counts[item.entity] = counts.get(item.entity, 0) + 1
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "nothing"


def _said(error: ClientError) -> str:
    return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
