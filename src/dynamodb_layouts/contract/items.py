"""Items for every entity of a model: several values a parameter, and decoys among them."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import Binary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dynamodb_layouts.contract.model import Attribute, Entity, Model, Pattern

#: Partitions of the table that an entity's items lie in, and items in each of them.
PARTITIONS = 5
IN_PARTITION = 12
#: Numbers whose order as text is not their order: 10 < 100 < 2 < 9.
NUMBERS = (9, 10, 100, 2)
#: More values for what alone tells an entity's items apart, so that there are items enough.
MORE = range(20, 32)
#: Items that expire from the year 2100 on are never collected while a proof runs.
NEVER = 4102444800


@dataclass(frozen=True)
class Item:
    """One item: its entity, the values of its attributes, and what is stored (keys included)."""

    entity: str
    values: dict[str, Any] = field(hash=False)
    stored: dict[str, Any] = field(hash=False)


def generate(model: Model, seed: int) -> list[Item]:
    """Return items for every entity; the same for the same seed."""
    # Nothing secret: the numbers only have to be the same again.
    chance = random.Random(seed)  # noqa: S311
    pools = _Pools(model, chance)
    return [item for entity in model.entities.values() for item in _of_entity(model, entity, pools, chance)]


def granting(model: Model, pattern: Pattern, items: Sequence[Item]) -> list[Item]:
    """Return the items with one of an entity changed where none has the words that a pattern asks for.

    An entity of one item cannot be `open` for one pattern and `closed` for another at once.
    """
    result = list(items)
    for name in pattern.returns:
        entity = model.entities[name]
        wish = _wish(model, entity, pattern)
        fixed = {part for key in model.primary_key for part in entity.keys[key].names}
        own = [number for number, item in enumerate(result) if item.entity == name]
        if any(_has(result[number], wish, wish) for number in own):
            continue
        for number in own:
            if _has(result[number], wish, wish.keys() & fixed):
                values = result[number].values | wish
                result[number] = Item(name, values, _stored(model, entity, values))
                break
    return result


def _has(item: Item, wish: Mapping[str, Any], names: Iterable[str]) -> bool:
    return all(item.values.get(name) == wish[name] for name in names)


def in_key(attribute: Attribute, value: Any) -> str:
    """Return how a value is written inside a key of several parts."""
    if attribute.type == "N":
        return str(value).zfill(attribute.pad or 0)
    return str(value)


def keys_of(model: Model, entity: Entity, values: dict[str, Any]) -> dict[str, Any]:
    """Return the key attributes that an item with these values has; an index it cannot be in is left out."""
    found: dict[str, Any] = {}
    for key, template in entity.keys.items():
        if key not in model.key_types or any(name not in values for name in template.names):
            continue
        if template.lone:
            found[key] = values[template.names[0]]
        else:
            found[key] = template.fill(
                {name: in_key(entity.attributes[name], values[name]) for name in template.names}
            )
    return found


def _stored(model: Model, entity: Entity, values: dict[str, Any]) -> dict[str, Any]:
    carried = {name: value for name, value in values.items() if entity.attributes[name].carried}
    return carried | keys_of(model, entity, values)


def _of_entity(model: Model, entity: Entity, pools: _Pools, chance: random.Random) -> list[Item]:
    """Return a few partitions of the table with several items each; all other attributes are by chance."""
    table = model.table
    partition = list(dict.fromkeys(entity.keys[table.hash_key].names))
    sort = entity.keys[table.range_key].names if table.range_key else []
    # What tells items apart and is in no key makes them overwrite each other, which is to be seen.
    within = [name for name in dict.fromkeys([*sort, *entity.identity]) if name not in partition]
    alone = len(partition) + len(within) == 1
    hash_keys = {source.hash_key for source in model.sources.values()} & entity.keys.keys()
    shared = {name for key in hash_keys for name in entity.keys[key].names}
    wishes = [wish for pattern in model.patterns.values() if (wish := _wish(model, entity, pattern))]

    def combined(names: list[str], most: int) -> list[dict[str, Any]]:
        of = {name: pools.of(entity, name, more=alone) for name in names}
        return _combinations(of, wishes, most, chance)

    keys = [
        outer | inner
        for outer in combined(partition, PARTITIONS if within else PARTITIONS * IN_PARTITION)
        for inner in combined(within, IN_PARTITION)
    ]
    items: list[Item] = []
    for number, values in enumerate(keys):
        granted: dict[str, Any] = next((wish for wish in wishes if _agree(wish, values)), {})
        if granted:
            wishes.remove(granted)
        for name, attribute in entity.attributes.items():
            # Every third item lacks what it may lack.
            if name in values or (not attribute.required and number % 3 == 2 and name not in granted):  # noqa: PLR2004
                continue
            pool = pools.of(entity, name)
            chosen = chance.choice(pool)
            # Every other item is in the same partition of an index, where numbers take turns.
            if number % 2 == 0 and name in shared:
                chosen = pool[0]
            elif number % 2 == 0 and attribute.type == "N":
                chosen = pool[number // 2 % len(pool)]
            values[name] = granted.get(name, chosen)
        items.append(Item(entity.name, values, _stored(model, entity, values)))
    return items


def _combinations(
    pools: Mapping[str, list[Any]], wishes: list[dict[str, Any]], most: int, chance: random.Random
) -> list[dict[str, Any]]:
    """Return different choices of a value for each name: neighbours that differ in one value first."""
    base = {name: pool[0] for name, pool in pools.items()}
    found = [base]
    most = min(max(most, len(pools) + 1), math.prod(len(pool) for pool in pools.values()))
    near = [base | {name: wish[name] for name in base if name in wish} for wish in wishes]
    for turn in range(1, max((len(pool) for pool in pools.values()), default=0)):
        near += [base | {name: pool[turn]} for name, pool in pools.items() if turn < len(pool)]
    for combination in near:
        if combination not in found and len(found) < most + len(wishes):
            found.append(combination)
    while len(found) < most:
        combination = {name: chance.choice(pool) for name, pool in pools.items()}
        if combination not in found:
            found.append(combination)
    return found


def _agree(wish: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return all(values.get(name, value) == value for name, value in wish.items())


class _Pools:
    """The values of each attribute. Entities share the pool of a name, so that their items meet."""

    def __init__(self, model: Model, chance: random.Random) -> None:
        self._model = model
        stem = "".join(chance.choice("bcdfghjkmnpqrstvwxz") for _ in range(3))
        # The second begins with the first, the third differs in case alone, the fourth is no ASCII.
        self._texts = [f"{stem}1", f"{stem}10", f"{stem.upper()}1", f"é{stem}世"]
        self._of_one_length = [f"{stem}1", f"{stem}2", f"{stem.upper()}1", f"é{stem[1:]}世"]
        self._more = [f"{stem}1{number}" for number in MORE]
        self._ordered = _ordered_as_text(model)
        self._made: dict[tuple[str, str, bool], list[Any]] = {}

    def of(self, entity: Entity, name: str, *, more: bool = False) -> list[Any]:
        asked = (entity.name, name, more)
        if asked not in self._made:
            self._made[asked] = self._make(entity, name, more=more)
        return self._made[asked]

    def _make(self, entity: Entity, name: str, *, more: bool) -> list[Any]:
        attribute = entity.attributes[name]
        wishes = [_wish(self._model, entity, pattern) for pattern in self._model.patterns.values()]
        wanted = [wish[name] for wish in wishes if name in wish]
        texts = [
            *(self._of_one_length if (entity.name, name) in self._ordered else self._texts),
            *(self._more if more else []),
        ]
        numbers = [
            Decimal(number + (NEVER if name == self._model.ttl else 0))
            for number in (*NUMBERS, *(MORE if more else []))
            if number < 10 ** (attribute.pad or 38)
        ]
        values: dict[str, list[Any]] = {
            "S": texts,
            "N": numbers,
            "B": [Binary(text.encode()) for text in texts],
            "BOOL": [True, False],
            "M": [{"text": text} for text in texts],
            "L": [[text, Decimal(1)] for text in texts],
            "SS": [{text, "other"} for text in texts],
            "NS": [{number, Decimal(7)} for number in numbers],
            "BS": [{Binary(text.encode())} for text in texts],
        }
        chosen: list[Any] = []
        for value in (*wanted, *values[attribute.type]):
            if value not in chosen:
                chosen.append(value)
        return chosen


def _ordered_as_text(model: Model) -> set[tuple[str, str]]:
    """Return the entities' attributes whose values must not begin with one another for `order_by` to hold.

    In `{day}|{id}` the days "1" and "10" come as "1|…" after "10|…", for "|" follows the digits. Only values
    of one length, such as times, are in order there.
    """
    return {
        (entity.name, pattern.order_by)
        for pattern in model.patterns.values()
        if pattern.order_by
        for entity in model.entities.values()
        for template in entity.keys.values()
        if re.search(rf"\{{{re.escape(pattern.order_by)}\}}[^{{}}!-/ ]", template.text)
    }


def _wish(model: Model, entity: Entity, pattern: Pattern) -> dict[str, Any]:
    """Return the values that an item of the entity needs to be in an answer to the pattern.

    They are the words that the pattern has where the entity's key has a placeholder.
    """
    if entity.name not in pattern.returns or pattern.partition is None:
        return {}
    source = model.sources[pattern.index]
    pairs = [(pattern.partition, source.hash_key)]
    if source.range_key and pattern.sort:
        pairs.append((pattern.sort[0], source.range_key))
    wish: dict[str, Any] = {}
    for asked, key in pairs:
        if key not in entity.keys:
            continue
        written, free = entity.keys[key], entity.ends_free(key)
        for ours, theirs in zip(
            written.cut(asked.text, free=free), written.cut(written.text, free=free), strict=False
        ):
            if "{" not in theirs or not ours or ours.split("{")[0] == theirs.split("{")[0]:
                continue
            for name, text in _unified(ours, theirs).items():
                # Below or above the word where the condition leaves the word itself out.
                beside = _BESIDE.get(pattern.condition, 0) if key == source.range_key else 0
                attribute = entity.attributes[name]
                if attribute.type == "S":
                    wish[name] = text + "1" if beside > 0 else text[:-1] or text if beside else text
                elif attribute.type == "N" and text.isdecimal():
                    wish[name] = Decimal(text) + beside
    return wish


_BESIDE = {"lt": -1, "lte": -1, "gt": 1, "gte": 1}


def _unified(ours: str, theirs: str) -> dict[str, str]:
    """Return what the placeholders of one part are for the part to be as the other says."""
    pieces = re.split(r"\{[^{}]*\}", theirs)
    expression = "(.+)".join(re.escape(piece) for piece in pieces)
    found = re.fullmatch(expression, re.sub(r"\{[^{}]*\}", "1", ours))
    return dict(zip(re.findall(r"\{([^{}]*)\}", theirs), found.groups(), strict=True)) if found else {}
