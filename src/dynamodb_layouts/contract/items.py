"""Items for every entity of a model: several values a parameter, and decoys among them."""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import Binary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.contract.model import Attribute, Entity, Model

#: Items an entity gets at most. Enough for several values of three parameters in all their combinations.
MOST_ITEMS = 48
#: Numbers whose order as text is not their order: 10 < 100 < 2 < 9.
NUMBERS = (9, 10, 100, 2)
#: Values of an attribute that alone makes an entity's primary key, so that there are items enough.
MANY = 16
#: Items with this expiry, in the year 2100, are never collected while a proof runs.
NEVER = 4102444800


@dataclass(frozen=True)
class Item:
    """One item: its entity, the values of its attributes, and what is stored (keys included)."""

    entity: str
    values: dict[str, Any] = field(hash=False)
    stored: dict[str, Any] = field(hash=False)


def generate(model: Model, seed: int) -> list[Item]:
    """Return items for every entity, no two of them with the same primary key; the same for the same seed."""
    # Nothing secret: the numbers only have to be the same again.
    chance = random.Random(seed)  # noqa: S311
    pools = _Pools(model, chance)
    return [
        item
        for entity in model.entities.values()
        for item in itertools.islice(_of_entity(model, entity, pools, chance), MOST_ITEMS)
    ]


def in_key(attribute: Attribute, value: Any) -> str:
    """Return how a value is written inside a key of several parts."""
    if attribute.type == "N":
        return str(value).zfill(attribute.pad or 0)
    return str(value)


def keys_of(model: Model, entity: Entity, values: dict[str, Any]) -> dict[str, Any]:
    """Return the key attributes that an item with these values has; an index it cannot be in is left out."""
    found: dict[str, Any] = {}
    for key, template in entity.keys.items():
        if any(name not in values for name in template.names):
            continue
        if template.lone:
            found[key] = values[template.names[0]]
        else:
            found[key] = template.fill(
                {name: in_key(entity.attributes[name], values[name]) for name in template.names}
            )
    return {key: value for key, value in found.items() if key in model.key_types}


def _of_entity(model: Model, entity: Entity, pools: _Pools, chance: random.Random) -> Iterator[Item]:
    """Every combination of the values that the primary key is made of, in random order."""
    own = list(dict.fromkeys(name for key in model.primary_key for name in entity.keys[key].names))
    combinations = list(
        itertools.islice(
            itertools.product(*(pools.of(entity, name, many=len(own) == 1) for name in own)), 4096
        )
    )
    chance.shuffle(combinations)
    for number, combination in enumerate(combinations):
        values: dict[str, Any] = dict(zip(own, combination, strict=True))
        for name, attribute in entity.attributes.items():
            if name in values:
                continue
            # Every third item lacks what it may lack.
            if not attribute.required and number % 3 == 0:
                continue
            values[name] = NEVER if name == model.ttl else chance.choice(pools.of(entity, name))
        yield Item(entity.name, values, values | keys_of(model, entity, values))


class _Pools:
    """The values of each attribute. Entities share the pool of a name, so that their items meet."""

    def __init__(self, model: Model, chance: random.Random) -> None:
        stem = "".join(chance.choice("bcdfghjkmnpqrstvwxz") for _ in range(3))
        # The second begins with the first, the third differs in case alone, the fourth is no ASCII.
        self._strings = (f"{stem}1", f"{stem}10", f"{stem.upper()}1", f"é{stem}世")
        self._constants = _constants(model)

    def of(self, entity: Entity, name: str, *, many: bool = False) -> list[Any]:
        more = range(20, 20 + MANY - len(NUMBERS)) if many else range(0)
        attribute = entity.attributes[name]
        constants = self._constants.get((entity.name, name), [])
        texts = [*self._strings, *(f"{self._strings[0]}{number}" for number in more)]
        numbers = [Decimal(number) for number in (*NUMBERS, *more) if number < 10 ** (attribute.pad or 38)]
        values: dict[str, list[Any]] = {
            "S": [*constants, *texts],
            "N": [*(Decimal(constant) for constant in constants if constant.isdecimal()), *numbers],
            "B": [Binary(text.encode()) for text in texts],
            "BOOL": [True, False],
            "M": [{"text": text} for text in texts],
            "L": [[text, Decimal(1)] for text in texts],
            "SS": [{text, "other"} for text in texts],
            "NS": [{number, Decimal(7)} for number in numbers],
            "BS": [{Binary(text.encode())} for text in texts],
        }
        return values[attribute.type]


def _constants(model: Model) -> dict[tuple[str, str], list[str]]:
    """Return the words that patterns put where an entity has a placeholder: some items must have them."""
    found: dict[tuple[str, str], list[str]] = {}
    for pattern in model.patterns.values():
        source = model.sources[pattern.index]
        asked = [
            (source.hash_key, pattern.partition),
            *((source.range_key, template) for template in pattern.sort),
        ]
        for name in pattern.returns:
            entity = model.entities[name]
            for key, template in asked:
                if template is None or key not in entity.keys:
                    continue
                parts = zip(model.parts(template), model.parts(entity.keys[key]), strict=False)
                for ours, theirs in parts:
                    if ours and "{" not in ours and re.fullmatch(r"\{[^{}]*\}", theirs):
                        found.setdefault((name, theirs[1:-1]), []).append(ours)
    return found
