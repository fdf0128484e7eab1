"""Random tables of a few entities and one question: right ones, and such that are wrong in one place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

#: Every character of ASCII that is no letter, digit or brace.
DELIMITERS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`|~ "
#: Those that a value is not thought to hold: a pattern may ask for "{year}-{month}" of a date.
_STRANGE = "".join(character for character in DELIMITERS if character not in " .:/@+-")
_WORDS = ("ORDER", "ORDERLINE", "USER", "META", "PAY", "A", "ORD", "Z")
_CONSTANTS = ("c1", "c2", "15")
_CONDITIONS = ("equals", "begins_with", "begins_with", "between", "lt", "lte", "gt", "gte")
_PARTS = re.compile(r"\{[^{}]+\}|[A-Z]+|[^{}]")


def table(chance: random.Random) -> dict[str, Any]:
    """Return a table whose only pattern is called "asked"."""
    delimiter = "#" if chance.random() < 0.6 else chance.choice(DELIMITERS)
    others = delimiter if chance.random() < 0.7 else chance.choice(DELIMITERS)
    indexed = chance.random() < 0.4
    partitions = [_template(chance, delimiter, "pq", lone=0.15) for _ in range(2)]
    entities: dict[str, Any] = {}
    for number in range(chance.randint(1, 3)):
        keys = {"PK": chance.choice(partitions), "SK": _template(chance, others, "xy", lone=0.15)}
        if indexed and chance.random() < 0.8:
            keys |= {
                "GSI1PK": _template(chance, delimiter, "uv", lone=0.15),
                "GSI1SK": _template(chance, others, "xy", lone=0.3),
            }
        entities[f"E{number}"] = {"keys": keys}
    declared: dict[str, Any] = {"hash_key": "PK", "range_key": "SK", "entities": entities}
    if indexed:
        declared["indexes"] = {"GSI1": {"hash_key": "GSI1PK", "range_key": "GSI1SK"}}
    declared["access_patterns"] = {"asked": _pattern(chance, entities)}
    return declared


def _template(chance: random.Random, delimiter: str, names: str, *, lone: float) -> str:
    if chance.random() < lone:
        return f"{{{names[0]}}}"
    parts = [chance.choice(_WORDS)] if chance.random() < 0.8 else []
    for name in names[: chance.randint(0 if parts else 1, len(names))]:
        parts.append(f"{{{name}}}")
        if chance.random() < 0.15:
            parts.append(chance.choice(_WORDS))
    return delimiter.join(parts)


def _pattern(chance: random.Random, entities: dict[str, Any]) -> dict[str, Any]:
    index = chance.random() < 0.4 and any("GSI1PK" in entity["keys"] for entity in entities.values())
    hash_key, range_key = ("GSI1PK", "GSI1SK") if index else ("PK", "SK")
    inside = [name for name, entity in entities.items() if hash_key in entity["keys"]]
    meant = entities[chance.choice(inside)]["keys"]
    pattern: dict[str, Any] = {"partition": _asked(chance, meant[hash_key], "k")}
    if index:
        pattern["index"] = "GSI1"
    condition = chance.choice(_CONDITIONS) if chance.random() < 0.75 else ""
    if condition == "between":
        pattern["sort"] = {
            condition: [_asked(chance, _beginning(chance, meant[range_key]), name) for name in "lh"]
        }
    elif condition:
        template = meant[range_key] if condition == "equals" else _beginning(chance, meant[range_key])
        pattern["sort"] = {condition: _asked(chance, template, "s")}
    if condition == "equals" and not index and chance.random() < 0.5:
        pattern["operation"] = "GetItem"
    pattern["returns"] = sorted(
        name
        for name in inside
        if entities[name]["keys"] is meant or _like(chance, entities[name]["keys"], meant, hash_key)
    )
    if chance.random() < 0.3:
        pattern["order_by"] = chance.choice("pqxyuv")
    return pattern


def _like(chance: random.Random, keys: dict[str, str], meant: dict[str, str], hash_key: str) -> bool:
    return chance.random() < (0.5 if keys[hash_key] == meant[hash_key] else 0.03)


def _beginning(chance: random.Random, template: str) -> str:
    parts = _PARTS.findall(template)
    return "".join(parts[: chance.randint(1, len(parts))])


def _asked(chance: random.Random, template: str, prefix: str) -> str:
    """Return a template with other names, constants for some placeholders, and at times a mistake."""
    asked = ""
    for part in _PARTS.findall(template):
        if part.startswith("{"):
            constant = chance.random() < 0.25
            asked += chance.choice(_CONSTANTS) if constant else f"{{{prefix}{part[1:]}"
        else:
            asked += part
    if chance.random() < 0.12:
        asked = _mistaken(chance, asked)
    return asked


def _mistaken(chance: random.Random, template: str) -> str:
    parts = _PARTS.findall(template)
    at = chance.randrange(len(parts))
    mistake = chance.randrange(4)
    if mistake == 0 and len(parts) > 1:
        del parts[at]
    elif mistake == 1:
        parts[at] = chance.choice(_WORDS)
    elif mistake == 2:
        parts.insert(at, chance.choice(_STRANGE))
    else:
        parts += [chance.choice(_STRANGE), "{more}"]
    return "".join(parts).replace("}{", "}#{")
